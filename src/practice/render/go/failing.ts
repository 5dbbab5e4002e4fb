import type { Expression, Statement } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { calleeOf } from '../subjects.ts'
import { blocksOf, expressionsIn, expressionsOf } from '../walk.ts'
import { resultShape } from './calls.ts'
import { expression } from './expressions.ts'
import { quoted } from './literals.ts'
import { canRaise } from './raising.ts'
import { block, leaves } from './statements.ts'
import { atom, call, type Go, print } from './syntax.ts'
import { zeroOf } from './types.ts'
import { captured, emit, type Failing, indented, type Writing } from './writing.ts'

/** `if condition { … }` around what an error leads to; `err` holds it, or it is what `error` says. */
export function checkError(writing: Writing, condition: string, error: () => Go = () => atom('err')): void {
  const { failing } = writing
  if (!failing) throw new Unsupported('an error where none can be handed on')
  if (failing.kind === 'else') emit(writing, MARK + condition)
  else emit(writing, `if ${condition} {`, ...indented(failureLines(writing, error)), '}')
}

/** Stands before a condition where a `try` goes on: what the lines after it come to is not known there yet. */
const MARK = '\0'

/** What is done about an error here: it is returned, or the handler's statements run and leave. */
export function failureLines(writing: Writing, error: () => Go): string[] {
  const { failing, module } = writing
  if (!failing) throw new Unsupported('an error where none can be handed on')
  switch (failing.kind) {
    case 'return': {
      const shape = resultShape(writing.subject, module.survey)
      const zeros = shape.types.map((type) => print(zeroOf(type, module.survey)))
      const { value, lines } = captured(writing, () => print(error()))
      return [...lines, `return ${[...zeros, ...(shape.flag ? ['false'] : []), value].join(', ')}`]
    }
    case 'closure': {
      const { value, lines } = captured(writing, () => print(error()))
      return [...lines, `return ${value}`]
    }
    case 'leave':
      return handled(failing, writing)
    case 'else':
      throw new Unsupported('a raise inside a try that goes on')
  }
}

function handled(failing: Failing & { kind: 'leave' }, writing: Writing): string[] {
  writing.failing = failing.outer
  try {
    return block(failing.handler, writing)
  } finally {
    writing.failing = failing
  }
}

/** The error that a message makes. Go's begin with a small letter and end without a point. */
export function errorOf(message: Expression, writing: Writing): Go {
  if (message.kind === 'string') return call('errors.New', atom(quoted(asErrorText(message.value))))
  const text = expression(message, writing)
  if (text.kind === 'call' && text.of.kind === 'atom' && text.of.text === 'fmt.Sprintf') {
    const [format, ...rest] = text.arguments
    const first = format!.kind === 'atom' ? atom(asErrorText(format!.text)) : format!
    return call('fmt.Errorf', first, ...rest)
  }
  return call('errors.New', text)
}

function asErrorText(text: string): string {
  return text
    .replace(/^("?)([A-Z])(?=[a-z ])/, (_, quote: string, letter: string) => quote + letter.toLowerCase())
    .replace(/[.!](?="?$)/, '')
}

/**
 * `try`. Where the handler leaves, each error runs it on the spot; where it goes on and one statement can fail, what
 * follows is the `else` of that; else the body is a function of its own that returns an error.
 */
export function tryStatement(
  { body, handler }: Statement & { kind: 'try' },
  writing: Writing,
  rest: readonly Statement[],
): void {
  const points = failurePoints(body, writing)
  if (points === 0) {
    emit(writing, ...block(body, writing, rest))
    return
  }
  const outer = writing.failing
  const run = (failing: Failing) => {
    writing.failing = failing
    try {
      return block(body, writing, rest)
    } finally {
      writing.failing = outer
    }
  }
  if (leaves(handler) && (points <= 2 || handler.length === 1)) {
    emit(writing, ...run({ kind: 'leave', handler, outer }))
    return
  }
  const onTop = body.reduce((sum, statement) => sum + ownPoints(statement, writing), 0)
  if (points === 1 && onTop === 1 && !body.some(({ kind }) => kind === 'raise')) {
    emit(writing, ...elseLines(body, handler, writing))
    return
  }
  if (containsJump(body)) throw new Unsupported('a try from which is returned, and that goes on')
  emit(writing, 'err := func() error {', ...indented([...run({ kind: 'closure' }), 'return nil']), '}()')
  emit(writing, 'if err != nil {', ...indented(block(handler, writing)), '}')
}

/** The handler where the one statement fails that can; else what follows it. */
function elseLines(body: readonly Statement[], handler: readonly Statement[], writing: Writing): string[] {
  const { failing } = writing
  writing.failing = { kind: 'else' }
  let lines: string[]
  try {
    lines = block(body, writing)
  } finally {
    writing.failing = failing
  }
  const place = lines.findIndex((line) => line.startsWith(MARK))
  if (place === -1) throw new Unsupported('an error inside a block of a try that goes on')
  const condition = lines[place]!.slice(MARK.length)
  const [before, after] = [lines.slice(0, place), indented(lines.slice(place + 1))]
  const handled = indented(block(handler, writing))
  if (handled.length === 0)
    return [...before, `if ${condition.replace('err != nil', 'err == nil')} {`, ...after, '}']
  if (after.length === 0) return [...before, `if ${condition} {`, ...handled, '}']
  return [...before, `if ${condition} {`, ...handled, '} else {', ...after, '}']
}

/** How many places of a block, nested ones included, raise what a `try` around it catches. */
function failurePoints(body: readonly Statement[], writing: Writing): number {
  return body.reduce((sum, statement) => {
    const inner = statement.kind === 'try' ? [statement.handler] : blocksOf(statement)
    return (
      sum +
      ownPoints(statement, writing) +
      inner.reduce((more, nested) => more + failurePoints(nested, writing), 0)
    )
  }, 0)
}

function ownPoints(statement: Statement, writing: Writing): number {
  const { fallible } = writing.module.survey
  const expressions = expressionsOf(statement).flatMap((of) => [...expressionsIn(of)])
  const failing = expressions.filter(
    (of) => canRaise(of, writing.knowledge, true) || fallible.has(calleeOf(of) ?? ''),
  )
  const takesApart = statement.kind === 'unpack' && statement.value.type.kind === 'list'
  return failing.length + (statement.kind === 'raise' ? 1 : 0) + (takesApart ? 1 : 0)
}

function containsJump(body: readonly Statement[], inLoop = false): boolean {
  return body.some((statement) => {
    if (statement.kind === 'return') return true
    if ((statement.kind === 'break' || statement.kind === 'continue') && !inLoop) return true
    const loop = inLoop || statement.kind === 'for' || statement.kind === 'while'
    return blocksOf(statement).some((inner) => containsJump(inner, loop))
  })
}
