import type { Clause, Expression } from '../../language/program.ts'
import { bracketed, type Doc, group, indent, join, line, type Operand, softline } from '../print.ts'
import { builtinCall } from './calls.ts'
import { constructorParameters, functionParameters, methodParameters, withoutDefaults } from './defaults.ts'
import { formatted } from './format-strings.ts'
import { lambda } from './lambdas.ts'
import { float, quoted } from './literals.ts'
import { needs, type Writing } from './writing.ts'

/** How tightly Python's operators bind, from `lambda` to names. */
export const levels = {
  lambda: 0,
  conditional: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  '|': 6,
  '^': 7,
  '&': 8,
  shift: 9,
  sum: 10,
  product: 11,
  unary: 12,
  power: 13,
  postfix: 14,
  atom: 15,
} as const

const arithmeticLevels = {
  '|': levels['|'],
  '^': levels['^'],
  '&': levels['&'],
  '<<': levels.shift,
  '>>': levels.shift,
  '+': levels.sum,
  '-': levels.sum,
  '*': levels.product,
  '/': levels.product,
  '//': levels.product,
  '%': levels.product,
  '**': levels.power,
} as const

/** An expression that stands for itself: an argument, an item, a right-hand side. */
export function expression(of: Expression, writing: Writing): Doc {
  return group(operand(of, writing).doc)
}

/** A condition of a statement, of `… if … else …` or in a comprehension: what is true is what holds something. */
export function condition(of: Expression, writing: Writing): Operand {
  if (of.kind === 'logic') {
    const [left, right] = [condition(of.left, writing), condition(of.right, writing)]
    return binary(left, of.operator, right, levels[of.operator])
  }
  return writing.truth && isLengthTest(of, '>')
    ? operand(of.left.arguments[0]!, writing)
    : operand(of, writing)
}

/** `len(xs) > 0` or `len(xs) == 0`. */
function isLengthTest(of: Expression, operator: '>' | '=='): of is LengthTest {
  if (of.kind !== 'compare' || of.operator !== operator) return false
  return (
    of.left.kind === 'builtin' && of.left.name === 'len' && of.right.kind === 'int' && of.right.value === 0
  )
}

type LengthTest = Expression & { kind: 'compare'; left: Expression & { kind: 'builtin' } }

/** In brackets where it binds less tightly than `level`. */
export function bind({ doc, level: own }: Operand, level: number): Doc {
  return own < level ? surrounded('(', doc, ')') : doc
}

/** A generator as the only argument of a call, without brackets of its own. */
export function soleArgument(of: Expression, writing: Writing): Doc {
  if (of.kind !== 'comprehension' || of.form !== 'generator') return expression(of, writing)
  return comprehension(expression(of.item, writing), of.clauses, writing)
}

export function call(name: Doc, args: readonly Doc[]): Operand {
  return { doc: [name, bracketed('(', args, ')', args.length > 1 ? ',' : '')], level: levels.postfix }
}

export function operand(of: Expression, writing: Writing): Operand {
  const inner = (part: Expression) => expression(part, writing)
  const bound = (part: Expression, level: number) => bind(operand(part, writing), level)
  const left = (pair: { left: Expression }) => operand(pair.left, writing)
  const right = (pair: { right: Expression }) => operand(pair.right, writing)
  switch (of.kind) {
    case 'name':
      return atom(of.name)
    case 'self':
      return atom('self')
    case 'int':
      return of.value < 0 ? { doc: String(of.value), level: levels.unary } : atom(String(of.value))
    case 'float':
      return floatLiteral(of.value, writing)
    case 'bool':
      return atom(of.value ? 'True' : 'False')
    case 'string':
      return atom(quoted(of.value, writing.quote))
    case 'none':
      return atom('None')
    case 'list':
      return atom(bracketed('[', of.items.map(inner), ']', ','))
    case 'set':
      return atom(of.items.length === 0 ? 'set()' : bracketed('{', of.items.map(inner), '}', ','))
    case 'tuple':
      if (of.items.length === 1) return atom(['(', inner(of.items[0]!), ',)'])
      return atom(bracketed('(', of.items.map(inner), ')', ','))
    case 'map':
      return atom(
        bracketed(
          '{',
          of.entries.map(({ key, value }) => [inner(key), ': ', inner(value)]),
          '}',
          ',',
        ),
      )
    case 'construct':
      return call(of.name, withoutDefaults(of.arguments, constructorParameters(of.name, writing)).map(inner))
    case 'call':
      return call(
        of.function,
        withoutDefaults(of.arguments, functionParameters(of.function, writing)).map(inner),
      )
    case 'method':
      return call(
        [bound(of.of, levels.postfix), `.${of.name}`],
        withoutDefaults(of.arguments, methodParameters(of, writing)).map(inner),
      )
    case 'builtin':
      return builtinCall(of, writing)
    case 'index':
      return postfix([bound(of.of, levels.postfix), '[', inner(of.index), ']'])
    case 'field':
      return postfix([bound(of.of, levels.postfix), `.${of.name}`])
    case 'slice':
      return postfix([bound(of.of, levels.postfix), '[', ...sliceBounds(of, writing), ']'])
    case 'unwrap':
    case 'convert':
      return operand(of.value, writing)
    case 'negate':
      return { doc: ['-', bound(of.value, levels.unary)], level: levels.unary }
    case 'invert':
      return { doc: ['~', bound(of.value, levels.unary)], level: levels.unary }
    case 'not':
      return negated(condition(of.value, writing))
    case 'arithmetic':
      if (of.operator === '**') return power(of, writing)
      return binary(left(of), of.operator, right(of), arithmeticLevels[of.operator])
    case 'logic':
      return binary(left(of), of.operator, right(of), levels[of.operator])
    case 'compare':
      if (writing.truth && isLengthTest(of, '==')) return negated(operand(of.left.arguments[0]!, writing))
      return comparison(left(of), of.operator, right(of))
    case 'between': {
      const [low, value, high] = [of.low, of.value, of.high].map((part) => bound(part, levels.comparison + 1))
      return {
        doc: [low!, ` ${of.lowOperator} `, value!, ` ${of.highOperator} `, high!],
        level: levels.comparison,
      }
    }
    case 'in':
      return comparison(
        operand(of.item, writing),
        of.negated ? 'not in' : 'in',
        operand(of.container, writing),
      )
    case 'is-none':
      return {
        doc: [bound(of.value, levels.comparison + 1), of.negated ? ' is not None' : ' is None'],
        level: levels.comparison,
      }
    case 'conditional':
      return {
        doc: [
          bound(of.then, levels.or),
          line,
          ['if ', bind(condition(of.condition, writing), levels.or)],
          line,
          ['else ', bound(of.otherwise, levels.conditional)],
        ],
        level: levels.conditional,
      }
    case 'comprehension': {
      const [open, close] = { list: '[]', set: '{}', generator: '()' }[of.form]
      return atom(surrounded(open!, comprehension(inner(of.item), of.clauses, writing), close!))
    }
    case 'map-comprehension': {
      const entry = [inner(of.key), ': ', inner(of.value)]
      return atom(surrounded('{', comprehension(entry, of.clauses, writing), '}'))
    }
    case 'lambda':
      return lambda(of, writing)
    case 'format':
      return formatted(of.parts, writing)
  }
}

function negated(of: Operand): Operand {
  return { doc: ['not ', bind(of, levels.not)], level: levels.not }
}

function atom(doc: Doc): Operand {
  return { doc, level: levels.atom }
}
function postfix(doc: Doc): Operand {
  return { doc, level: levels.postfix }
}

export function surrounded(open: string, doc: Doc, close: string): Doc {
  return group(open, indent(softline, doc), softline, close)
}

function floatLiteral(value: number, writing: Writing): Operand {
  if (Number.isFinite(value)) return { doc: float(value), level: value < 0 ? levels.unary : levels.atom }
  needs(writing, 'math')
  return value > 0 ? postfix('math.inf') : { doc: '-math.inf', level: levels.unary }
}

/** A left-associative operator; long chains break before it. */
function binary(left: Operand, operator: string, right: Operand, level: number): Operand {
  const side = (of: Operand, least: number) => (of.level === level ? bind(of, least) : group(bind(of, least)))
  return { doc: [side(left, level), line, `${operator} `, side(right, level + 1)], level }
}

/** Comparisons do not associate: inside one another they stand in brackets. */
function comparison(left: Operand, operator: string, right: Operand): Operand {
  const side = (of: Operand) => group(bind(of, levels.comparison + 1))
  return { doc: [side(left), line, `${operator} `, side(right)], level: levels.comparison }
}

/** Black leaves the blanks out between names, numbers and fields. */
function power({ left, right }: { left: Expression; right: Expression }, writing: Writing): Operand {
  const close = writing.black && [left, right].every(isSimple)
  const [base, exponent] = [
    bind(operand(left, writing), levels.postfix),
    bind(operand(right, writing), levels.unary),
  ]
  return { doc: [base, close ? '**' : ' ** ', exponent], level: levels.power }
}

function isSimple(of: Expression): boolean {
  if (of.kind === 'convert' || of.kind === 'unwrap' || of.kind === 'negate') return isSimple(of.value)
  if (of.kind === 'field') return isSimple(of.of)
  return of.kind === 'name' || of.kind === 'self' || of.kind === 'int' || of.kind === 'float'
}

function sliceBounds(of: Expression & { kind: 'slice' }, writing: Writing): Doc[] {
  const { start, stop, step } = of
  const spaced = writing.black && [start, stop].some((bound) => bound !== undefined && !isSimple(bound))
  const before = spaced && start !== undefined ? ' ' : ''
  const after = spaced && stop !== undefined ? ' ' : ''
  const bounds = [
    start ? expression(start, writing) : '',
    before,
    ':',
    after,
    stop ? expression(stop, writing) : '',
  ]
  return step === 1 ? bounds : [...bounds, spaced && stop !== undefined ? ' : ' : ':', String(step)]
}

export function comprehension(item: Doc, clauses: readonly Clause[], writing: Writing): Doc {
  const parts = clauses.flatMap(({ names, iterable, conditions }) => [
    ['for ', names.map(({ name }) => name).join(', '), ' in ', bind(operand(iterable, writing), levels.or)],
    ...conditions.map((test) => ['if ', bind(condition(test, writing), levels.or)]),
  ])
  return join(line, [item, ...parts])
}
