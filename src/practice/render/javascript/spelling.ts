import type { Program } from '../../language/program.ts'
import { camelCase } from '../names.ts'
import { Unsupported } from '../renderer.ts'
import { assignedIn, expressionsOfProgram, functionsOf } from '../walk.ts'
import words from './reserved-words.json' with { type: 'json' }

type Role = 'variable' | 'function' | 'type' | 'field'

const reserved = new Set(words)

/** `count_above` → `countAbove`. Words of the language, and names that the renderings need, get a second word. */
export function spell(name: string, role: Role): string {
  const spelled = role === 'type' ? name : camelCase(name)
  if (role === 'field') return name.startsWith('_') ? `_${spelled}` : spelled
  if (!reserved.has(spelled)) return spelled
  return `${spelled}${{ variable: 'Value', function: 'Function', type: 'Record' }[role]}`
}

/** All names of the program, spelled. Throws {@link Unsupported} where two become one. */
export function namesOf(program: Program): Set<string> {
  const variables = new Set<string>()
  for (const { parameters, body } of functionsOf(program))
    for (const name of [...parameters.map(({ name }) => name), ...assignedIn(body)]) variables.add(name)
  for (const expression of expressionsOfProgram(program)) {
    if (expression.kind === 'lambda') for (const { name } of expression.parameters) variables.add(name)
    if (expression.kind === 'comprehension' || expression.kind === 'map-comprehension')
      for (const { names } of expression.clauses) for (const { name } of names) variables.add(name)
  }
  const names = new Map<string, string>()
  const note = (name: string, role: Role) => {
    const spelled = spell(name, role)
    if ((names.get(spelled) ?? name) !== name) throw new Unsupported(`${name} is spelled like another name`)
    names.set(spelled, name)
  }
  for (const name of variables) note(name, 'variable')
  for (const { name } of program.functions) note(name, 'function')
  for (const { name } of [...program.records, ...program.classes]) note(name, 'type')
  return new Set(names.keys())
}
