import type { Expression, Statement, Target } from '../../language/program.ts'
import * as build from '../build.ts'
import { lower, lowerReturn } from '../lower.ts'
import { type Doc, group, hardline, indent, join, softline } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { expression, operand } from './expressions.ts'
import { loop } from './loops.ts'
import { isInt } from './numbers.ts'
import { variable } from './spelling.ts'
import { inside, NeedsStatements, type Writing } from './writing.ts'
import { levels } from './written.ts'

/** Statements, each on lines of its own, with what has to stand before them. */
export function block(statements: readonly Statement[], writing: Writing): Doc {
  return join(hardline, lines(statements, writing))
}

/** `{`, the statements, and `}`. */
export function braces(statements: readonly Statement[], writing: Writing, first: readonly Doc[] = []): Doc {
  const all = [...first, ...lines(statements, writing)]
  return all.length === 0 ? '{}' : ['{', indent(hardline, join(hardline, all)), hardline, '}']
}

function lines(statements: readonly Statement[], writing: Writing): Doc[] {
  return statements.flatMap((of) => {
    const before: Doc[] = []
    const own: Writing = { ...writing, before: (earlier) => before.push(...lines(earlier, writing)) }
    const written = statement(of, own)
    return [...before, ...written]
  })
}

function statement(of: Statement, writing: Writing): Doc[] {
  switch (of.kind) {
    case 'declare':
      return of.value === undefined ? [] : assigned(build.nameOf(of.name, of.type), of.value, false, writing)
    case 'assign':
      return assigned(of.target, of.value, true, writing)
    case 'update':
      return [update(of, writing)]
    case 'unpack': {
      const targets = of.targets.map((target) => expression(target, writing))
      return [['[', join(', ', targets), '] = ', value(of.value, writing), ';']]
    }
    case 'delete':
      return [['unset(', expression(of.target, writing), ');']]
    case 'expression':
      if (of.value.kind === 'none') return []
      return [[expression(of.value, writing), ';']]
    case 'if':
      return branches(of, writing)
    case 'while':
      return whileLoop(of, writing)
    case 'for':
      return loop(of, writing)
    case 'return':
      return returned(of.value, writing)
    case 'break':
    case 'continue':
      return [`${of.kind};`]
    case 'raise':
      return [['throw new InvalidArgumentException(', expression(of.message, writing), ');']]
    case 'try':
      return [
        ['try ', braces(of.body, writing), ' catch (InvalidArgumentException) ', braces(of.handler, writing)],
      ]
  }
}

/** `$x = …;`, where a loop fills `$x` itself if the value takes one. */
function assigned(target: Target, of: Expression, declared: boolean, writing: Writing): Doc[] {
  if (isShared(of) && writing.isChanged(target, of))
    throw new Unsupported('two names for an array that changes')
  const popped = popOf(of, writing)
  const place = expression(target, writing)
  if (popped) return [[place, ' = ', popped.value, ';'], popped.after]
  if (target.kind !== 'name') return [[place, ' = ', value(of, writing), ';']]
  if (writing.functional || !isLoop(of)) {
    try {
      return [[place, ' = ', value(of, inside(writing)), ';']]
    } catch (error) {
      if (!(error instanceof NeedsStatements)) throw error
    }
  }
  const lowered = lower(of, writing.fresh, { name: target.name, declared })
  if (!lowered) return [[place, ' = ', value(of, writing), ';']]
  const isFilled = lowered.value.kind === 'name' && lowered.value.name === target.name
  const filled = lines(lowered.statements, writing)
  return isFilled ? filled : [...filled, [place, ' = ', value(lowered.value, writing), ';']]
}

/** An array, set or map that another place holds too. */
function isShared(of: Expression): boolean {
  const isPlace = of.kind === 'name' || of.kind === 'index' || of.kind === 'field'
  return isPlace && ['list', 'map', 'set'].includes(of.type.kind)
}

function isLoop(of: Expression): boolean {
  return of.kind === 'comprehension' || of.kind === 'map-comprehension'
}

/** `d.pop(k)`: the value, and the statement that takes the key away. */
function popOf(of: Expression, writing: Writing): { value: Doc; after: Doc } | undefined {
  if (of.kind === 'convert') return popOf(of.value, writing)
  if (of.kind !== 'builtin' || of.name !== 'dict.pop') return undefined
  const [map, key, other] = of.arguments.map((arg) => expression(arg, writing)) as [Doc, Doc, Doc?]
  return {
    value: [map, '[', key, ']', other ? [' ?? ', other] : ''],
    after: ['unset(', map, '[', key, ']);'],
  }
}

function update(of: Statement & { kind: 'update' }, writing: Writing): Doc {
  const { target, operator, value: by } = of
  const place = expression(target, writing)
  const { kind } = target.type
  const isNumber = kind === 'int' || kind === 'float'
  if (kind === 'string' && operator === '+') return [place, ' .= ', value(by, writing), ';']
  if (kind === 'list' && operator === '+')
    return [expression(build.call('list.extend', { kind: 'none' }, target, by), writing), ';']
  if (kind === 'int' && isInt(by, 1) && (operator === '+' || operator === '-')) {
    const sign = operator + operator
    return writing.postfix ? [place, sign, ';'] : [sign, place, ';']
  }
  if (isNumber && operator !== '//' && operator !== '%') {
    const widened = by.kind === 'convert' && by.value.type.kind === 'int' ? by.value : by
    return [place, ` ${operator}= `, value(widened, writing), ';']
  }
  const whole: Expression = { kind: 'arithmetic', operator, left: target, right: by, type: target.type }
  return [place, ' = ', value(whole, writing), ';']
}

function branches(of: Statement & { kind: 'if' }, writing: Writing): Doc[] {
  const [first, ...rest] = of.branches
  const parts: Doc[] = [['if (', condition(first!.condition, writing), ') ', braces(first!.body, writing)]]
  for (const [at, branch] of rest.entries()) {
    try {
      parts.push([
        ' elseif (',
        condition(branch.condition, inside(writing)),
        ') ',
        braces(branch.body, writing),
      ])
    } catch (error) {
      if (!(error instanceof NeedsStatements)) throw error
      const nested: Statement = { kind: 'if', branches: rest.slice(at), otherwise: of.otherwise }
      return [[...parts, ' else ', braces([nested], writing)]]
    }
  }
  if (of.otherwise.length > 0) parts.push([' else ', braces(of.otherwise, writing)])
  return [parts]
}

function whileLoop(of: Statement & { kind: 'while' }, writing: Writing): Doc[] {
  try {
    return [['while (', condition(of.condition, inside(writing)), ') ', braces(of.body, writing)]]
  } catch (error) {
    if (!(error instanceof NeedsStatements)) throw error
    const leave = build.when(build.not(of.condition), [{ kind: 'break' }])
    return [['while (true) ', braces([leave, ...of.body], writing)]]
  }
}

function returned(of: Expression | undefined, writing: Writing): Doc[] {
  if (of === undefined) return ['return;']
  const popped = popOf(of, writing)
  if (popped) {
    const name = variable(writing.fresh('value', 'item'))
    return [[name, ' = ', popped.value, ';'], popped.after, `return ${name};`]
  }
  const asks = of.kind === 'not' ? of.value : of
  const isQuestion = asks.kind === 'builtin' && (asks.name === 'any' || asks.name === 'all')
  const early = isQuestion || of.kind === 'logic' ? lowerReturn(of, writing.fresh) : undefined
  if (early) return lines(early, writing)
  return [['return ', value(of, writing), ';']]
}

/** A value at the end of a line; an operator that is too long goes on in lines that are indented. */
function value(of: Expression, writing: Writing): Doc {
  const { doc, level } = operand(of, writing)
  return group(level >= levels.unary || level <= levels.conditional ? doc : indent(doc))
}

/** In the brackets of `if` and `while`. */
function condition(of: Expression, writing: Writing): Doc {
  return group(indent(softline, operand(of, writing).doc), softline)
}
