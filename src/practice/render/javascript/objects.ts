import type { Expression, FunctionDeclaration, Statement } from '../../language/program.ts'
import { expressionsOf, partsOf, statementsIn } from '../walk.ts'

/**
 * The maps of a function that can be plain objects, since nobody sees more of them than values by their keys: no order,
 * no size, no inherited names. With `literals` alone, those that are tables of constants.
 */
export function objectsOf({ body }: Pick<FunctionDeclaration, 'body'>, accumulates: boolean): Set<string> {
  const tables = new Map<string, boolean>()
  for (const statement of statementsIn(body)) {
    if (statement.kind !== 'declare' || statement.type.kind !== 'map' || statement.value?.kind !== 'map')
      continue
    const { key } = statement.type
    const isTable = statement.value.entries.length > 0
    if (key.kind !== 'char' && key.kind !== 'string') continue
    if (statement.value.entries.some((entry) => entry.key.kind !== 'string')) continue
    if (isTable || accumulates) tables.set(statement.name, key.kind === 'char')
  }
  for (const statement of statementsIn(body)) {
    if (statement.kind === 'assign' && statement.target.kind === 'name') tables.delete(statement.target.name)
    if (statement.kind === 'unpack')
      for (const target of statement.targets) if (target.kind === 'name') tables.delete(target.name)
  }
  for (const name of escapingIn(body, tables)) tables.delete(name)
  return new Set(tables.keys())
}

/** Names that occur otherwise than as `map[key]`, `key in map`, `map.get(key, …)`, `del map[key]`. */
function escapingIn(body: readonly Statement[], tables: ReadonlyMap<string, boolean>): Set<string> {
  const names = new Set<string>()
  const visit = (of: Expression) => {
    if (of.kind === 'name') names.add(of.name)
    const held = heldBy(of)
    const allowed = held?.kind === 'name' && isSafe(of, tables.get(held.name))
    for (const part of partsOf(of)) if (!(allowed && part === held)) visit(part)
  }
  for (const statement of statementsIn(body)) expressionsOf(statement).forEach(visit)
  return names
}

/** The map whose entry an expression speaks of. */
function heldBy(of: Expression): Expression | undefined {
  if (of.kind === 'index') return of.of
  if (of.kind === 'in') return of.container
  return of.kind === 'builtin' && of.name === 'dict.get' ? of.arguments[0] : undefined
}

/** An absent key finds what every object inherits, `constructor` say; no single character is such a name. */
function isSafe(of: Expression, byCharacter: boolean | undefined): boolean {
  return of.kind !== 'builtin' || byCharacter === true
}
