import type { Expression, Statement } from '../language/program.ts'
import { blocksOf, expressionsIn, statementsIn } from './walk.ts'

/** Whether a variable is read in statements, in Go's sense: to assign it, or to add to it, is no use of it. */
export function isUsed(name: string, statements: readonly Statement[]): boolean {
  for (const statement of statementsIn(statements))
    for (const expression of readBy(statement)) if (occursIn(expression, name)) return true
  return false
}

export function occursIn(expression: Expression, name: string): boolean {
  for (const part of expressionsIn(expression)) if (part.kind === 'name' && part.name === name) return true
  return false
}

/** The expressions of a statement that are read, statements inside it aside. */
export function readBy(statement: Statement): Expression[] {
  const unless = (target: Expression) => (target.kind === 'name' ? [] : [target])
  switch (statement.kind) {
    case 'declare':
      return statement.value ? [statement.value] : []
    case 'expression':
      return [statement.value]
    case 'assign':
      return [...unless(statement.target), statement.value]
    case 'update':
      return [
        ...(statement.target.type.kind === 'list' ? [statement.target] : unless(statement.target)),
        statement.value,
      ]
    case 'unpack':
      return [...statement.targets.flatMap(unless), statement.value]
    case 'delete':
      return [statement.target]
    case 'if':
      return statement.branches.map(({ condition }) => condition)
    case 'while':
      return [statement.condition]
    case 'for':
      return [statement.iterable]
    case 'return':
      return statement.value ? [statement.value] : []
    case 'raise':
      return [statement.message]
    default:
      return []
  }
}

/** Whether a block never goes on to what follows it. */
export function leaves(block: readonly Statement[]): boolean {
  const last = block.at(-1)
  if (!last) return false
  if (last.kind === 'if')
    return (
      last.otherwise.length > 0 && [...last.branches.map(({ body }) => body), last.otherwise].every(leaves)
    )
  return ['return', 'raise', 'break', 'continue'].includes(last.kind)
}

/** Whether Go sees that a function ends with this block. */
export function ends(block: readonly Statement[]): boolean {
  const last = block.at(-1)
  if (!last) return false
  switch (last.kind) {
    case 'return':
    case 'raise':
      return true
    case 'if':
      return last.otherwise.length > 0 && blocksOf(last).every(ends)
    case 'while':
      return last.condition.kind === 'bool' && last.condition.value && !hasBreak(last.body)
    case 'try':
      return ends(last.body) && ends(last.handler)
    default:
      return false
  }
}

/** A `break` of the loop whose body this is. */
export function hasBreak(body: readonly Statement[]): boolean {
  return body.some((statement) => {
    if (statement.kind === 'break') return true
    if (statement.kind === 'for' || statement.kind === 'while') return false
    return blocksOf(statement).some(hasBreak)
  })
}
