import type { Expression, Statement } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { isNew, keepsNames, keptParts } from '../sharing.ts'
import type { Subject } from '../subjects.ts'
import { blocksOf, expressionsIn, expressionsOf } from '../walk.ts'
import { resizedIn, type Survey } from './survey.ts'

/** Lists that somebody else holds too, at a place of the function. Nothing: the place is not reached. */
type Held = ReadonlySet<string> | undefined

/**
 * Python's list is one thing that several names may hold. Go's slice is a view: where one name makes it longer, others
 * do not see it. A program in which that could show is none for Go.
 */
export function checkAliases({ declaration, key }: Subject, survey: Survey): void {
  const loops: { breaks: Held[]; continues: Held[] }[] = []
  const parameters = declaration.parameters.filter(({ type }) => type.kind === 'list')
  const resized = resizedIn(declaration.body)
  for (const { name } of parameters)
    if (resized.has(name) && !survey.pointers.has(`${key}.${name}`) && declaration.result.kind === 'none')
      throw new Unsupported('a list that is made longer for the caller')
  runBlock(declaration.body, new Set(), loops)
}

function runBlock(
  block: readonly Statement[],
  before: Held,
  loops: { breaks: Held[]; continues: Held[] }[],
): Held {
  let held = before
  for (const statement of block) {
    if (!held) return undefined
    held = runStatement(statement, held, loops)
  }
  return held
}

function joined(...all: Held[]): Held {
  const reached = all.filter((one) => one !== undefined)
  return reached.length === 0 ? undefined : new Set(reached.flatMap((one) => [...one]))
}

function runStatement(
  statement: Statement,
  before: ReadonlySet<string>,
  loops: { breaks: Held[]; continues: Held[] }[],
): Held {
  const held = new Set(before)
  for (const expression of expressionsOf(statement)) note(expression, held)
  refuseGrowth(statement, before)
  switch (statement.kind) {
    case 'declare':
    case 'assign': {
      const { value } = statement
      const name =
        statement.kind === 'declare'
          ? statement.name
          : statement.target.kind === 'name'
            ? statement.target.name
            : undefined
      const type = statement.kind === 'declare' ? statement.type : statement.target.type
      if (!value) return held
      for (const kept of keepsNames(value)) held.add(kept)
      if (name !== undefined && type.kind === 'list') {
        if (isNew(value)) held.delete(name)
        else held.add(name)
      }
      return held
    }
    case 'unpack':
      for (const kept of keepsNames(statement.value)) held.add(kept)
      for (const target of statement.targets)
        if (
          target.kind === 'name' &&
          target.type.kind === 'list' &&
          !(statement.value.kind === 'tuple' && statement.value.items.every(isNew))
        )
          held.add(target.name)
      return held
    case 'if':
      return joined(...blocksOf(statement).map((inner) => runBlock(inner, held, loops)))
    case 'for':
    case 'while': {
      if (statement.kind === 'for')
        for (const { name, type } of statement.names) if (type.kind === 'list') held.add(name)
      let head: ReadonlySet<string> = held
      for (;;) {
        const own = { breaks: [] as Held[], continues: [] as Held[] }
        const end = runBlock(statement.body, head, [...loops, own])
        const next = joined(head, end, ...own.continues)!
        if (next.size === head.size) return joined(head, ...own.breaks)
        head = next
      }
    }
    case 'try':
      return joined(
        runBlock(statement.body, held, loops),
        runBlock(statement.handler, joined(held, runBlock(statement.body, held, loops)), loops),
      )
    case 'break':
      loops.at(-1)?.breaks.push(held)
      return undefined
    case 'continue':
      loops.at(-1)?.continues.push(held)
      return undefined
    case 'return':
    case 'raise':
      return undefined
    default:
      return held
  }
}

/** What the parts of an expression keep of variables' lists. */
function note(expression: Expression, held: Set<string>): void {
  for (const part of expressionsIn(expression))
    if (part.kind !== 'call')
      for (const kept of keptParts(part)) for (const name of keepsNames(kept)) held.add(name)
}

function refuseGrowth(statement: Statement, held: ReadonlySet<string>): void {
  const own = blocksOf(statement).length > 0 ? [] : [statement]
  const grown = own.length > 0 ? resizedIn(own) : new Set<string>()
  for (const name of grown)
    if (held.has(name)) throw new Unsupported('a list that grows while another name holds it')
}
