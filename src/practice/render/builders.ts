import type { Expression, Statement } from '../language/program.ts'
import { blocksOf, expressionsIn, expressionsOf, statementsIn } from './walk.ts'

/**
 * Variables of strings that are put together piece by piece: they start empty, only grow by `+=`, in a loop, and are
 * not read in that loop but for their length. Languages whose strings are copied at each `+=` have a type for this.
 */
export function buildersIn(body: readonly Statement[]): Set<string> {
  const found = new Set<string>()
  const refused = new Set<string>()
  visitBlock(body, [], (statement, loops) => {
    if (statement.kind === 'declare' && statement.type.kind === 'string') {
      if (isEmpty(statement.value) && growsInLoop(statement, body, loops)) found.add(statement.name)
      else refused.add(statement.name)
    }
    if (statement.kind === 'assign' && statement.target.kind === 'name') refused.add(statement.target.name)
    if (statement.kind === 'unpack')
      for (const target of statement.targets) if (target.kind === 'name') refused.add(target.name)
    if (statement.kind === 'update' && statement.target.kind === 'name' && statement.operator !== '+')
      refused.add(statement.target.name)
  })
  return new Set([...found].filter((name) => !refused.has(name)))
}

function isEmpty(value: Expression | undefined): boolean {
  return value?.kind === 'string' && value.value === ''
}

function visitBlock(
  block: readonly Statement[],
  loops: readonly Statement[],
  visit: (statement: Statement, loops: readonly Statement[]) => void,
): void {
  for (const statement of block) {
    visit(statement, loops)
    const inner = statement.kind === 'for' || statement.kind === 'while' ? [...loops, statement] : loops
    for (const nested of blocksOf(statement)) visitBlock(nested, inner, visit)
  }
}

function growsInLoop(
  { name }: Statement & { kind: 'declare' },
  body: readonly Statement[],
  around: readonly Statement[],
): boolean {
  let grows = false
  let isRead = false
  visitBlock(body, [], (statement, loops) => {
    const isUpdate = (of: Statement) =>
      of.kind === 'update' && of.target.kind === 'name' && of.target.name === name
    const inner = loops.filter((loop) => !around.includes(loop))
    if (inner.length > 0 && isUpdate(statement)) grows = true
    const growing = inner.some((loop) => [...statementsIn([loop])].some(isUpdate))
    const isLoop = statement.kind === 'while' && [...statementsIn([statement])].some(isUpdate)
    if (!growing && !isLoop) return
    const read = isUpdate(statement) ? [(statement as { value: Expression }).value] : expressionsOf(statement)
    if (read.some((expression) => reads(expression, name))) isRead = true
  })
  return grows && !isRead
}

/** Whether more than the length is read. */
function reads(expression: Expression, name: string): boolean {
  const all = [...expressionsIn(expression)]
  const isName = (of: Expression | undefined) => of?.kind === 'name' && of.name === name
  const lengths = all.filter((of) => of.kind === 'builtin' && of.name === 'len' && isName(of.arguments[0]))
  return all.filter(isName).length > lengths.length
}
