import { UserError } from '../../lib/index.ts'
import keywords from './keywords.json' with { type: 'json' }
import { libraryNames } from './library.ts'
import { mapNames, type Role } from './map-names.ts'
import type { Program } from './program.ts'

const reserved = new Set(keywords)

/**
 * A copy of the program with other names: functions, classes, methods, fields, parameters and locals alike, wherever
 * they are used. Names that the program does not have are passed over. Throws a `UserError` where a new name is no
 * identifier, is the library's, or would mean two things at one place.
 */
export function rename(program: Program, names: ReadonlyMap<string, string>): Program {
  const spelled = (name: string) => names.get(name) ?? name
  /** By the place where they have to differ: what each new name was before. */
  const places = new Map<string, Map<string, string>>()
  const used = new Map<string, Role>()

  function take(name: string, place: string): void {
    const taken = places.get(place) ?? new Map<string, string>()
    places.set(place, taken)
    const next = spelled(name)
    const other = taken.get(next)
    if (other !== undefined && other !== name)
      throw new UserError(
        `\`${other}\` and \`${name}\` cannot both be called \`${next}\`.`,
        'Choose another name for one.',
      )
    taken.set(next, name)
  }

  const renamed = mapNames(program, (name, role, scope) => {
    used.set(name, role)
    if (role === 'variable') take(name, `variables of ${scope}`)
    if (role === 'function' || role === 'type') take(name, 'the top')
    return spelled(name)
  })
  for (const { name, fields } of program.records)
    for (const field of fields) take(field.name, `parts of ${name}`)
  for (const { name, fields, methods } of program.classes)
    for (const part of [...fields, ...methods]) take(part.name, `parts of ${name}`)
  for (const [name, role] of used) checkSpelling(name, spelled(name), role)
  refuseCaptures(places)
  return renamed
}

function checkSpelling(name: string, next: string, role: Role): void {
  if (name === next) return
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(next) || reserved.has(next))
    throw new UserError(`\`${next}\` is no name.`, `Choose another name for \`${name}\`.`)
  if (role !== 'field' && role !== 'method' && libraryNames.has(next))
    throw new UserError(`\`${next}\` is a name of the library.`, `Choose another name for \`${name}\`.`)
}

/** A variable that is called like a function would hide it. */
function refuseCaptures(places: ReadonlyMap<string, ReadonlyMap<string, string>>): void {
  const top = places.get('the top') ?? new Map<string, string>()
  for (const [place, taken] of places) {
    if (!place.startsWith('variables of ')) continue
    for (const [next, name] of taken)
      if (top.has(next))
        throw new UserError(
          `The variable \`${name}\` cannot be called \`${next}\`: a function or class is called so.`,
          'Choose another name for one.',
        )
  }
}
