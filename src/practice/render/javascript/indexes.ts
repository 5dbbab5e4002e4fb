/**
 * Whether an index counts from the start of a list. Where nothing proves it, the text of the function decides: what it
 * never takes from another number nor compares with one below 0 is a place that somebody handed over or found.
 */
import type { Expression, Statement } from '../../language/program.ts'
import { expressionsIn, statementsIn } from '../walk.ts'
import { atLeast, type Writing } from './writing.ts'

/** Variables that may be negative by the text of their function. */
export function signedIn(body: readonly Statement[]): Set<string> {
  const names = new Set<string>()
  const note = (of: Expression) => {
    if (of.kind === 'name') names.add(of.name)
  }
  for (const statement of statementsIn(body)) {
    if (statement.kind === 'declare' && statement.value !== undefined && isSigned(statement.value))
      names.add(statement.name)
    if (statement.kind === 'assign' && isSigned(statement.value)) note(statement.target)
    if (statement.kind === 'update' && (statement.operator === '-' || isSigned(statement.value)))
      note(statement.target)
    if (statement.kind === 'unpack' && isSigned(statement.value)) statement.targets.forEach(note)
  }
  for (const of of expressionsIn(body)) {
    const sides =
      of.kind === 'compare' ? [of.left, of.right] : of.kind === 'between' ? [of.low, of.value] : []
    if (sides.some(isNegative)) sides.forEach(note)
  }
  return names
}

/** What is compared with 0 somewhere, by its shape: who asks whether it is negative uses it where it is not. */
export function guardedIn(body: readonly Statement[]): Set<string> {
  const shapes = new Set<string>()
  for (const of of expressionsIn(body)) {
    if (of.kind === 'between' && isZero(of.low)) shapes.add(JSON.stringify(of.value))
    if (of.kind !== 'compare') continue
    if (['>=', '<'].includes(of.operator) && isZero(of.right)) shapes.add(JSON.stringify(of.left))
    if (['<=', '>'].includes(of.operator) && isZero(of.left)) shapes.add(JSON.stringify(of.right))
  }
  return shapes
}

function isZero(of: Expression): boolean {
  return of.kind === 'int' && of.value === 0
}

function isNegative(of: Expression): boolean {
  return of.kind === 'negate' || (of.kind === 'int' && of.value < 0)
}

function isSigned(value: Expression): boolean {
  for (const of of expressionsIn(value)) {
    if (isNegative(of)) return true
    if (of.kind === 'arithmetic' && of.operator === '-') return true
    if (of.kind === 'builtin' && (of.name === 'str.find' || of.name === 'str.rfind')) return true
  }
  return false
}

export function countsFromStart(index: Expression, writing: Writing): boolean {
  if (atLeast(index, 0, writing) || writing.guarded.has(JSON.stringify(index))) return true
  const inner = (of: Expression) => countsFromStart(of, writing)
  switch (index.kind) {
    case 'name':
      return !writing.signed.has(index.name)
    case 'int':
    case 'negate':
      return false
    case 'convert':
    case 'unwrap':
      return inner(index.value)
    case 'conditional':
      return inner(index.then) && inner(index.otherwise)
    case 'arithmetic':
      return index.operator !== '-' && inner(index.left) && inner(index.right)
    default:
      return index.kind !== 'builtin' || (index.name !== 'str.find' && index.name !== 'str.rfind')
  }
}
