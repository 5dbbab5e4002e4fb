/** Makes a program of a draft and runs it: typed, named, with what its inputs are and what comes of them. */
import { messageOf, type Random, UserError } from '../../lib/index.ts'
import type { FrontEnd } from '../language/front-end.ts'
import { type Interpreter, prepare } from '../language/interpret.ts'
import type { FunctionDeclaration, Program } from '../language/program.ts'
import { rename } from '../language/rename.ts'
import { sameOutcome } from '../language/same-value.ts'
import { spellType } from '../language/types.ts'
import type { Example, Outcome, Value } from '../language/value.ts'
import type { Draft } from './draft.ts'
import { type Generator, parseGenerator } from './inputs.ts'

export interface Assembled {
  /** Spelled, without scenario and conditions. */
  program: Program
  /** The program with the scenario as its entry, where the draft has one. */
  scenario?: Program
  /** What is called: the entry, or the scenario. */
  called: FunctionDeclaration
  /** Draws arguments that fulfil `requires`; nothing where 40 draws in a row do not. */
  draw(random: Random): Value[] | undefined
  run(args: readonly Value[]): Result
  /** Whether the condition of this index in `occurs` holds for the arguments. */
  holds(index: number, args: readonly Value[]): boolean
}

export type Result = { outcome: Outcome; largestInteger: number } | { stopped: string }

/** What is wrong with a draft, and in which of its parts. */
export interface Fault {
  part: 'code' | 'scenario' | 'inputs' | 'requires' | 'names'
  message: string
}

export function assemble(draft: Draft, frontEnd: FrontEnd): Assembled | Fault {
  const source = [draft.code.trimEnd(), draft.scenario?.trimEnd() ?? ''].join('\n\n\n')
  const parsed = attempt('code', () => frontEnd.parseProgram(source, { entry: draft.entry }))
  if ('part' in parsed) return parsed
  const called = parsed.functions.find(
    ({ name }) => name === (draft.scenario === undefined ? draft.entry : 'scenario'),
  )
  if (called === undefined)
    return { part: 'scenario', message: `a class needs a scenario, with a function \`def scenario(…) -> …\`` }
  const unfed = called.parameters.find(
    ({ name, default: literal }) => !(name in draft.inputs) && literal === undefined,
  )
  if (unfed !== undefined) return { part: 'inputs', message: `the parameter ${unfed.name} is fed nothing` }
  const unknown = Object.keys(draft.inputs).find(
    (name) => !called.parameters.some((parameter) => parameter.name === name),
  )
  if (unknown !== undefined)
    return { part: 'inputs', message: `${unknown} is no parameter of ${called.name}` }

  const conditions = [...draft.requires, ...draft.occurs]
  const signature = called.parameters.map(({ name, type }) => `${name}: ${spellType(type)}`).join(', ')
  const checks = conditions.map(
    (condition, index) => `def check_${index}(${signature}) -> bool:\n    return ${condition}\n`,
  )
  const whole = attempt('requires', () =>
    checks.length === 0
      ? parsed
      : frontEnd.parseProgram(`${source}\n\n\n${checks.join('\n\n')}`, { entry: draft.entry }),
  )
  if ('part' in whole) return whole
  const spelled = attempt('names', () => rename(whole, new Map(Object.entries(draft.spellings))))
  if ('part' in spelled) return spelled
  return ready(draft, spelled, called)
}

function ready(draft: Draft, whole: Program, before: FunctionDeclaration): Assembled | Fault {
  const spelled = (name: string) => draft.spellings[name] ?? name
  const called = whole.functions.find(({ name }) => name === spelled(before.name)) as FunctionDeclaration
  // Parameters that are fed nothing have defaults, and come last.
  const generators = before.parameters
    .filter(({ name }) => name in draft.inputs)
    .map(({ name }, index) =>
      generatorFor(draft.inputs[name] as string, called.parameters[index], whole, spelled),
    )
  const faulty = generators.find((generator) => 'part' in generator)
  if (faulty !== undefined) return faulty as Fault

  const interpreter = prepare(whole)
  const requires = draft.requires.map((_, index) => `check_${index}`)
  const draw = (random: Random): Value[] | undefined => {
    for (let attempts = 0; attempts < 40; attempts++) {
      const args = (generators as Generator[]).map((generator) => generator.draw(random))
      if (requires.every((name) => isTrue(interpreter, name, args))) return args
    }
    return undefined
  }
  const program: Program = {
    ...whole,
    functions: whole.functions.filter(({ name }) => !/^check_\d+$/.test(name) && name !== 'scenario'),
  }
  return {
    program,
    ...(draft.scenario === undefined
      ? {}
      : { scenario: { ...program, functions: [...program.functions, called], entry: called.name } }),
    called,
    draw,
    run: (args) => run(interpreter, called, args),
    holds: (index, args) => isTrue(interpreter, `check_${draft.requires.length + index}`, args),
  }
}

function generatorFor(
  text: string,
  parameter: FunctionDeclaration['parameters'][number] | undefined,
  program: Program,
  spelled: (name: string) => string,
): Generator | Fault {
  const named = text.replace(/\b[A-Z]\w*(?=\()/g, spelled)
  return attempt('inputs', () => {
    const generator = parseGenerator(named, program.records)
    if (parameter !== undefined && !generator.fits(parameter.type))
      throw new UserError(
        `${text} does not give ${spellType(parameter.type)}, which ${parameter.name} is`,
        'Mend it.',
      )
    return generator
  })
}

/** A result that depends on the order of a set or dict is none: languages order them each in their own way. */
function run(
  interpreter: Interpreter,
  { name, result }: FunctionDeclaration,
  args: readonly Value[],
): Result {
  const answer = interpreter(name, args)
  if ('stopped' in answer) return { stopped: `${answer.stopped}: ${answer.why}` }
  const again = interpreter(name, args, { backwards: { sets: true, maps: true } })
  const isSame = 'outcome' in again && sameOutcome(again.outcome, answer.outcome, result)
  return isSame ? answer : { stopped: 'the result depends on the order of a set or dict' }
}

function isTrue(interpreter: Interpreter, name: string, args: readonly Value[]): boolean {
  const answer = interpreter(name, args)
  return 'outcome' in answer && 'value' in answer.outcome && answer.outcome.value === true
}

function attempt<T>(part: Fault['part'], action: () => T): T | Fault {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { part, message: `${messageOf(error)} ${error.hint}` }
  }
}

/** What comes of an input, for each of some inputs; nothing where `requires` leaves too few. */
export function runMany(
  assembled: Assembled,
  count: number,
  random: Random,
): Example[] | { stopped: string; args: Value[] } {
  const examples: Example[] = []
  for (let index = 0; index < count; index++) {
    const args = assembled.draw(random)
    if (args === undefined) break
    const result = assembled.run(args)
    if ('stopped' in result) return { stopped: result.stopped, args }
    examples.push({ arguments: args, outcome: result.outcome })
  }
  return examples
}
