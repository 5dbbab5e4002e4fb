import type { Program } from '../language/program.ts'
import { spellType, type Type } from '../language/types.ts'
import { isIterator } from './lower.ts'
import type { Subject } from './subjects.ts'
import { expressionsIn } from './walk.ts'

type Tuple = Type & { kind: 'tuple' }

/**
 * Names of types for the tuples that a program keeps: `Pair`, `Triple`, or named for what they hold where there are
 * several. `skips` are those that need none.
 */
export function tupleNames(
  program: Program,
  subjects: ReadonlyMap<string, Subject>,
  skips: { tuple(type: Type): boolean; results: boolean },
): Map<string, string> {
  const found = new Map<string, Tuple>()
  const visit = (type: Type, isPassing = false): void => {
    if (type.kind === 'list' || type.kind === 'set') visit(type.of)
    else if (type.kind === 'optional') visit(type.of, isPassing)
    else if (type.kind === 'map') {
      visit(type.key)
      visit(type.value)
    } else if (type.kind === 'tuple') {
      for (const part of type.of) visit(part)
      if (!isPassing && !skips.tuple(type)) found.set(spellType(type), type)
    }
  }
  for (const { fields } of [...program.records, ...program.classes])
    for (const { type } of fields) visit(type)
  for (const { declaration } of subjects.values()) {
    for (const { type } of declaration.parameters) visit(type)
    visit(declaration.result, skips.results)
    for (const expression of expressionsIn(declaration.body)) {
      if (isIterator(expression)) continue
      const isPassing = ['tuple', 'call', 'method', 'builtin', 'convert'].includes(expression.kind)
      visit(expression.type, isPassing)
    }
  }
  return named(found, new Set([...program.records, ...program.classes].map(({ name }) => name)))
}

function named(found: ReadonlyMap<string, Tuple>, taken: Set<string>): Map<string, string> {
  const names = new Map<string, string>()
  for (const [spelled, type] of found) {
    const alone = [...found.values()].filter(({ of }) => of.length === type.of.length).length === 1
    const general = { 2: 'Pair', 3: 'Triple' }[type.of.length] ?? 'Row'
    const name = alone && !taken.has(general) ? general : `${type.of.map(wordOf).join('')}${general}`
    names.set(spelled, name)
    taken.add(name)
  }
  return names
}

function wordOf(type: Type): string {
  switch (type.kind) {
    case 'record':
      return type.name
    case 'list':
    case 'set':
      return `${wordOf(type.of)}s`
    case 'optional':
      return `Optional${wordOf(type.of)}`
    case 'map':
      return `${wordOf(type.key)}To${wordOf(type.value)}`
    case 'tuple':
      return type.of.map(wordOf).join('')
    default:
      return type.kind.charAt(0).toUpperCase() + type.kind.slice(1)
  }
}
