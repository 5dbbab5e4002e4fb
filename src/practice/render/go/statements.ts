import type { Expression, Statement } from '../../language/program.ts'
import { lowerReturn } from '../lower.ts'
import { Unsupported } from '../renderer.ts'
import { leaves } from '../uses.ts'
import { assign, declare, unpack, update } from './assignments.ts'
import { bareCall, resultShape, shapeOf } from './calls.ts'
import { expression } from './expressions.ts'
import { errorOf, failureLines, tryStatement } from './failing.ts'
import { forStatement } from './loops.ts'
import { expressionStatement } from './mutations.ts'
import { unexported } from './names.ts'
import { quotientAndRemainder } from './numbers.ts'
import { pair } from './optionals.ts'
import { place } from './places.ts'
import { switchLines } from './switches.ts'
import { atom, call, type Go, header, index, negated, print, printAll, select } from './syntax.ts'
import { isArray, placeName, zeroOf } from './types.ts'
import { captured, emit, fresh, indented, type Writing } from './writing.ts'

/** The lines of a block. `rest` is what follows it in the same scope. */
export function block(
  statements: readonly Statement[],
  writing: Writing,
  rest: readonly Statement[] = [],
): string[] {
  return captured(writing, () => {
    statements.forEach((of, at) => {
      statement(of, writing, [...statements.slice(at + 1), ...rest])
    })
  }).lines
}

function statement(of: Statement, writing: Writing, rest: readonly Statement[]): void {
  switch (of.kind) {
    case 'declare':
      declare(of, writing, rest)
      return
    case 'assign':
      assign(of, writing)
      return
    case 'update':
      update(of, writing)
      return
    case 'unpack':
      unpack(of, writing, rest)
      return
    case 'delete': {
      const { of: container, index: at } = of.target
      if (container.type.kind === 'list') {
        expressionStatement(
          { kind: 'builtin', name: 'list.pop', arguments: [container, at], type: of.target.type },
          writing,
        )
        return
      }
      emit(writing, print(call('delete', place(container, writing), expression(at, writing))))
      return
    }
    case 'expression':
      expressionStatement(of.value, writing)
      return
    case 'if':
      emit(writing, ...ifLines(of, writing))
      return
    case 'while':
      emit(writing, ...whileLines(of, writing))
      return
    case 'for':
      forStatement(of, writing)
      return
    case 'return':
      returnStatement(of.value, writing)
      return
    case 'break':
    case 'continue':
      emit(writing, of.kind)
      return
    case 'raise':
      emit(writing, ...failureLines(writing, () => errorOf(of.message, writing)))
      return
    case 'try':
      tryStatement(of, writing, rest)
      return
  }
}

type If = Statement & { kind: 'if' }

function ifLines(of: If, writing: Writing): string[] {
  const switched = writing.module.choices.switches ? switchLines(of, writing) : undefined
  if (switched) return switched
  const [first, ...more] = of.branches
  const { test, before } = condition(first!.condition, writing)
  const lines = [...before, `if ${test} {`, ...indented(block(first!.body, writing))]
  const otherwise: readonly Statement[] =
    more.length > 0 ? [{ kind: 'if', branches: more, otherwise: of.otherwise }] : of.otherwise
  if (otherwise.length === 0) return [...lines, '}']
  const rest = block(otherwise, writing)
  const [head, ...tail] = rest
  const isChain = otherwise.length === 1 && otherwise[0]!.kind === 'if' && head?.startsWith('if ')
  if (isChain && rest.at(-1) === '}' && isOne(rest)) return [...lines, `} else ${head}`, ...tail]
  if (rest.length === 0) return [...lines, '}']
  return [...lines, '} else {', ...indented(rest), '}']
}

/** Whether lines are one `if` with its `else`. */
function isOne(lines: readonly string[]): boolean {
  return lines.slice(1, -1).every((line) => line.startsWith('\t') || line === '' || line.startsWith('} else'))
}

/** A condition for the head of an `if`, with what it needs before. A look into a map stands inside the head. */
function condition(of: Expression, writing: Writing): { test: string; before: string[] } {
  const inner = of.kind === 'not' ? of.value : of
  if (inner.kind === 'in' && inner.container.type.kind === 'map') {
    const { value, lines } = captured(writing, () => {
      const map = expression(inner.container, writing, 'read')
      return index(map, expression(inner.item, writing))
    })
    const isThere = inner.negated === (of.kind === 'not')
    return { test: `_, ok := ${print(value)}; ${isThere ? 'ok' : '!ok'}`, before: lines }
  }
  const { value, lines } = captured(writing, () => expression(of, writing, 'read'))
  return { test: print(header(value)), before: lines }
}

function whileLines({ condition: of, body }: Statement & { kind: 'while' }, writing: Writing): string[] {
  if (of.kind === 'bool' && of.value) return ['for {', ...indented(block(body, writing)), '}']
  const { value, lines } = captured(writing, () => expression(of, writing, 'read'))
  if (lines.length === 0) return [`for ${print(header(value))} {`, ...indented(block(body, writing)), '}']
  const leave = [`if ${print(header(negated(value)))} {`, '\tbreak', '}']
  return ['for {', ...indented([...lines, ...leave, ...block(body, writing)]), '}']
}

function returnStatement(of: Expression | undefined, writing: Writing): void {
  const { survey } = writing.module
  const shape = resultShape(writing.subject, survey)
  const own = shape.error ? ['nil'] : []
  if (!of || (of.kind === 'none' && shape.types.length === 0)) {
    emit(writing, own.length > 0 ? 'return nil' : 'return')
    return
  }
  const early = lowerReturn(of, (...wanted) => fresh(writing, ...wanted))
  if (early) {
    emit(writing, ...block(early, writing))
    return
  }
  const passed = shapeOf(of, writing)
  if (
    passed &&
    passed.types.length === shape.types.length &&
    passed.flag === shape.flag &&
    passed.error === shape.error
  ) {
    emit(writing, `return ${print(bareCall(of as Parameters<typeof bareCall>[0], writing))}`)
    return
  }
  const { values, flag } = returned(of, shape.flag, writing)
  emit(
    writing,
    `return ${[printAll(values), ...(flag ? [print(flag)] : []), ...own].filter((text) => text !== '').join(', ')}`,
  )
}

/** The values that a function returns for one: a tuple's parts, and the flag of an optional. */
function returned(of: Expression, hasFlag: boolean, writing: Writing): { values: Go[]; flag?: Go } {
  const { survey } = writing.module
  if (hasFlag) {
    const held = (of.type as { of: typeof of.type }).of
    if (of.kind === 'none')
      return {
        values: (held.kind === 'tuple' ? held.of : [held]).map((type) => zeroOf(type, survey)),
        flag: atom('false'),
      }
    if (of.kind === 'convert' && of.value.type.kind !== 'optional')
      return { values: parts(of.value, writing), flag: atom('true') }
    const { value, ok } = pair(of, writing)
    if (held.kind === 'tuple') throw new Unsupported('an optional tuple that is handed on')
    return { values: [value], flag: ok }
  }
  return { values: parts(of, writing) }
}

function parts(of: Expression, writing: Writing): Go[] {
  if (of.type.kind !== 'tuple') return [expression(of, writing)]
  return tupleValues(of, of.type, writing)
}

/** The parts of a tuple, without a struct where it is written out. */
export function tupleValues(
  of: Expression,
  type: Expression['type'] & { kind: 'tuple' },
  writing: Writing,
): Go[] {
  if (of.kind === 'tuple') return of.items.map((item) => expression(item, writing))
  if (of.kind === 'builtin' && of.name === 'divmod')
    return quotientAndRemainder(of.arguments[0]!, of.arguments[1]!, writing)
  let whole = expression(of, writing, 'read')
  if (whole.kind !== 'atom' && whole.kind !== 'index') {
    const kept = unexported(fresh(writing, 'pair', 'parts'))
    emit(writing, `${kept} := ${print(whole)}`)
    whole = atom(kept)
  }
  return type.of.map((_, at) =>
    isArray(type) ? index(whole, atom(String(at))) : select(whole, placeName(at)),
  )
}

export { leaves }
