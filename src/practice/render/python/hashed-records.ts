import type { Program } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { expressionsOfProgram } from '../walk.ts'

/** Records that are items of sets or keys of maps: they have to be hashable, so frozen. */
export function hashedRecords(program: Program): Set<string> {
  const found = new Set<string>()
  const visit = (type: Type, hashed: boolean): void => {
    if (type.kind === 'set') visit(type.of, true)
    else if (type.kind === 'list' || type.kind === 'optional') visit(type.of, hashed)
    else if (type.kind === 'tuple') for (const of of type.of) visit(of, hashed)
    else if (type.kind === 'map') {
      visit(type.key, true)
      visit(type.value, hashed)
    } else if (type.kind === 'record' && hashed && !found.has(type.name)) {
      found.add(type.name)
      for (const field of fieldsOf(program, type.name)) visit(field.type, true)
    }
  }
  for (const { type } of expressionsOfProgram(program)) visit(type, false)
  for (const { fields } of [...program.records, ...program.classes])
    for (const { type } of fields) visit(type, false)
  for (const { parameters } of program.functions) for (const { type } of parameters) visit(type, false)
  return found
}

function fieldsOf(program: Program, record: string) {
  return program.records.find(({ name }) => name === record)?.fields ?? []
}
