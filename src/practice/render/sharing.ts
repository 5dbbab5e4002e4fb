import type { Expression, FunctionDeclaration, Statement } from '../language/program.ts'
import { changedIn, expressionsIn, expressionsOf, rootOf, statementsIn } from './walk.ts'

/**
 * Slices of lists that need no copy although they are kept: a slice of a local list that is returned, and one in a
 * variable that is only looked at while the list does not change.
 */
export function sharedSlices({ body, parameters }: FunctionDeclaration): Set<Expression> {
  const found = new Set<Expression>()
  const changed = changedIn(body)
  const given = new Set(parameters.map(({ name }) => name))
  const fresh = freshLists(body)
  for (const statement of statementsIn(body)) {
    if (statement.kind === 'return' && statement.value?.kind === 'slice') {
      const root = rootOf(statement.value.of)
      if (statement.value.of.kind === 'name' && root !== undefined && !given.has(root) && fresh.has(root))
        found.add(statement.value)
    }
    if (statement.kind === 'declare' && statement.value?.kind === 'slice') {
      const root = rootOf(statement.value.of)
      const settled = root !== undefined && !changed.has(root) && !changed.has(statement.name)
      if (settled && isOnlyRead(statement.name, body)) found.add(statement.value)
    }
  }
  return found
}

/** Variables whose lists nobody else holds: they are made here, and never kept anywhere. */
function freshLists(body: readonly Statement[]): Set<string> {
  const made = new Set<string>()
  for (const statement of statementsIn(body))
    if (statement.kind === 'declare' && statement.value && isNew(statement.value)) made.add(statement.name)
  for (const statement of statementsIn(body))
    if (statement.kind === 'assign' && statement.target.kind === 'name' && !isNew(statement.value))
      made.delete(statement.target.name)
  return new Set([...made].filter((name) => isOnlyRead(name, body, true)))
}

/** Whether a value is a list of its own. */
export function isNew(of: Expression): boolean {
  switch (of.kind) {
    case 'name':
    case 'index':
    case 'field':
    case 'self':
    case 'logic':
      return false
    case 'unwrap':
    case 'convert':
      return isNew(of.value)
    case 'conditional':
      return isNew(of.then) && isNew(of.otherwise)
    case 'builtin':
      return !['dict.get', 'dict.setdefault', 'dict.pop', 'list.pop', 'min', 'max'].includes(of.name)
    default:
      return true
  }
}

/** Whether a variable's list is never kept in another place; with `mayReturn` it may be the result. */
export function isOnlyRead(name: string, body: readonly Statement[], mayReturn = false): boolean {
  for (const statement of statementsIn(body)) {
    const kept = statement.kind === 'return' && !mayReturn ? statement.value : givenValue(statement)
    if (kept && keeps(kept, name)) return false
    for (const expression of expressionsOf(statement))
      for (const part of expressionsIn(expression))
        if (keptParts(part).some((of) => keeps(of, name))) return false
  }
  return true
}

function givenValue(statement: Statement): Expression | undefined {
  return statement.kind === 'declare' || statement.kind === 'assign' || statement.kind === 'unpack'
    ? statement.value
    : undefined
}

/** Whether the value of an expression is, or holds, the list of a variable. */
export function keeps(of: Expression, name: string): boolean {
  switch (of.kind) {
    case 'name':
      return of.name === name
    case 'convert':
    case 'unwrap':
      return keeps(of.value, name)
    case 'conditional':
      return keeps(of.then, name) || keeps(of.otherwise, name)
    case 'slice':
      return keeps(of.of, name)
    case 'list':
    case 'tuple':
      return of.items.some((item) => keeps(item, name))
    default:
      return false
  }
}

const storing: ReadonlySet<string> = new Set([
  'list.append',
  'list.insert',
  'set.add',
  'dict.setdefault',
  'dict.get',
])

/** Parts of an expression that live on in something else. */
export function keptParts(of: Expression): readonly Expression[] {
  switch (of.kind) {
    case 'list':
    case 'set':
    case 'tuple':
      return of.items
    case 'map':
      return of.entries.map(({ value }) => value)
    case 'construct':
    case 'method':
    case 'call':
      return of.arguments
    case 'comprehension':
      return [of.item]
    case 'map-comprehension':
      return [of.value]
    case 'builtin':
      return storing.has(of.name) ? of.arguments.slice(1) : []
    default:
      return []
  }
}

/** Whether every list that a function returns was made by it, so that the caller may do with it what it likes. */
export function returnsNew({ name, body }: FunctionDeclaration): boolean {
  const fresh = freshLists(body)
  const returns = [...statementsIn(body)].filter((statement) => statement.kind === 'return')
  return returns.every(({ value }) => {
    if (!value) return false
    if (value.kind === 'name') return fresh.has(value.name)
    if (value.kind === 'call') return value.function === name
    return value.kind === 'list' || value.kind === 'comprehension' || value.kind === 'arithmetic'
  })
}

/** The variables whose lists the value of an expression is, or holds. */
export function keepsNames(of: Expression): string[] {
  switch (of.kind) {
    case 'name':
      return of.type.kind === 'list' ? [of.name] : []
    case 'convert':
    case 'unwrap':
      return keepsNames(of.value)
    case 'conditional':
      return [...keepsNames(of.then), ...keepsNames(of.otherwise)]
    case 'list':
    case 'tuple':
      return of.items.flatMap(keepsNames)
    case 'map':
      return of.entries.flatMap(({ value }) => keepsNames(value))
    default:
      return []
  }
}
