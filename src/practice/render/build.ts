/** Short ways to make parts of the tree, for what a renderer writes in other terms than the program does. */
import type {
  Arithmetic,
  Clause,
  Comparison,
  Expression,
  IndexExpression,
  NameExpression,
  Statement,
} from '../language/program.ts'
import { BOOL, INT, listOf, STRING, type Type } from '../language/types.ts'

export function nameOf(name: string, type: Type): NameExpression {
  return { kind: 'name', name, type }
}
export function intOf(value: number): Expression {
  return { kind: 'int', value, type: INT }
}
export function boolOf(value: boolean): Expression {
  return { kind: 'bool', value, type: BOOL }
}
export function textOf(value: string): Expression {
  return { kind: 'string', value, type: STRING }
}
export function call(
  name: (Expression & { kind: 'builtin' })['name'],
  type: Type,
  ...args: Expression[]
): Expression & { kind: 'builtin' } {
  return { kind: 'builtin', name, arguments: args, type }
}
export function lengthOf(of: Expression): Expression {
  return call('len', INT, of)
}
/** The opposite; of a comparison, the one with the opposite operator. */
export function not(value: Expression): Expression {
  if (value.kind === 'not') return value.value
  if (value.kind === 'compare' && value.left.type.kind !== 'float')
    return { ...value, operator: opposites[value.operator] }
  if (value.kind === 'in' || value.kind === 'is-none') return { ...value, negated: !value.negated }
  return { kind: 'not', value, type: BOOL }
}
const opposites = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

export function both(left: Expression, right: Expression): Expression {
  return { kind: 'logic', operator: 'and', left, right, type: BOOL }
}
export function either(left: Expression, right: Expression): Expression {
  return { kind: 'logic', operator: 'or', left, right, type: BOOL }
}
export function choose(condition: Expression, then: Expression, otherwise: Expression): Expression {
  return { kind: 'conditional', condition, then, otherwise, type: then.type }
}
export function compare(left: Expression, operator: Comparison, right: Expression): Expression {
  return { kind: 'compare', operator, left, right, type: BOOL }
}
export function arithmetic(left: Expression, operator: Arithmetic, right: Expression): Expression {
  return { kind: 'arithmetic', operator, left, right, type: left.type }
}
export function itemOf(of: Expression, index: Expression, type: Type): IndexExpression {
  return { kind: 'index', of, index, type }
}

export function declare(name: string, type: Type, value: Expression | undefined): Statement {
  return { kind: 'declare', name, type, value, mutable: true }
}
export function run(value: Expression): Statement {
  return { kind: 'expression', value }
}
export function when(condition: Expression, body: Statement[], otherwise: Statement[] = []): Statement {
  return { kind: 'if', branches: [{ condition, body }], otherwise }
}
export function append(list: Expression, item: Expression): Statement {
  return run(call('list.append', { kind: 'none' }, list, item))
}
export function emptyList(of: Type): Expression {
  return { kind: 'list', items: [], type: listOf(of) }
}

/** `for … if …:` around a block. */
export function loops(clauses: readonly Clause[], body: Statement[]): Statement[] {
  return clauses.reduceRight<Statement[]>((inner, { names, iterable, conditions }) => {
    const condition = conditions.length > 0 ? conditions.reduce(both) : undefined
    return [{ kind: 'for', names, iterable, body: condition ? [when(condition, inner)] : inner }]
  }, body)
}
