import type { Statement } from '../../language/program.ts'
import { assignedBy, blocksOf, statementsIn } from '../walk.ts'

/** The statements whose variables get another value later, so that they are declared with `let`. */
export function reassignedIn(body: readonly Statement[]): Set<Statement> {
  const found = new Set<Statement>()
  const visit = (block: readonly Statement[]) => {
    block.forEach((statement, index) => {
      for (const inner of blocksOf(statement)) visit(inner)
      const names = declaredBy(statement)
      if (names.length === 0) return
      for (const later of statementsIn(block.slice(index + 1)))
        if (setsAgain(later).some((name) => names.includes(name))) found.add(statement)
    })
  }
  visit(body)
  return found
}

export function declaredBy(statement: Statement): string[] {
  if (statement.kind === 'declare') return [statement.name]
  if (statement.kind !== 'unpack') return []
  return statement.targets.flatMap((target, index) =>
    target.kind === 'name' && statement.declares[index] === true ? [target.name] : [],
  )
}

/** Lists and sets grow in place under `+=` and `|=`. */
function setsAgain(statement: Statement): string[] {
  if (statement.kind === 'declare' || statement.kind === 'for') return []
  if (statement.kind === 'update' && ['list', 'set'].includes(statement.target.type.kind)) return []
  const declared = declaredBy(statement)
  return assignedBy(statement).filter((name) => !declared.includes(name))
}
