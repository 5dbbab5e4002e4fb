import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { FrontEnd } from '../../language/front-end.ts'
import { prepare } from '../../language/interpret.ts'
import type { FunctionDeclaration, Program } from '../../language/program.ts'
import { INT, tupleOf } from '../../language/types.ts'
import type { Example, Value } from '../../language/value.ts'

export interface TestProgram {
  source: string
  program: Program
  examples: Example[]
}

const common = join(import.meta.dirname, 'programs.yaml')

/** The programs of a file like `programs.yaml`, with the interpreter's answers. */
export function readPrograms(frontEnd: FrontEnd, file = common): TestProgram[] {
  const entries = parse(readFileSync(file, 'utf8')) as {
    code: string
    calls: string[]
  }[]
  return entries.map(({ code, calls }) => {
    const program = frontEnd.parseProgram(code)
    return { source: code, program, examples: calls.map((call) => exampleOf(frontEnd, program, call)) }
  })
}

/** `arguments` as a call has them between its brackets. */
export function exampleOf(frontEnd: FrontEnd, program: Program, call: string): Example {
  const entry = program.functions.find(({ name }) => name === program.entry)!
  const args = argumentsOf(frontEnd, program, entry, call)
  const answer = prepare(program)(entry.name, args)
  if ('stopped' in answer) throw new Error(`${entry.name}(${call}): ${answer.why}`)
  return { arguments: args, outcome: answer.outcome }
}

function argumentsOf(
  frontEnd: FrontEnd,
  program: Program,
  entry: FunctionDeclaration,
  call: string,
): Value[] {
  if (call === '') return []
  // A tuple has two items or more: two more than the arguments.
  const result = tupleOf(...entry.parameters.map(({ type }) => type), INT, INT)
  const value = frontEnd.parseExpression(`(${call}, 0, 0)`, new Map(), { program, want: result })
  const given: FunctionDeclaration = {
    name: 'given',
    parameters: [],
    result,
    body: [{ kind: 'return', value }],
  }
  const answer = prepare({ ...program, functions: [...program.functions, given] })('given', [])
  if ('stopped' in answer || !('value' in answer.outcome))
    throw new Error(`arguments of ${entry.name}: ${call}`)
  return (answer.outcome.value as { tuple: Value[] }).tuple.slice(0, -2)
}
