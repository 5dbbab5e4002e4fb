/**
 * Draws exercises: a program with its texts and examples, of a family, a chain of stages, a lifted function or a set of
 * rules. Pure: the same library and seed give the same exercise.
 */
import { type Random, randomFor, UserError } from '../../lib/index.ts'
import type { Parameter, Program } from '../language/program.ts'
import type { Type } from '../language/types.ts'
import type { Example, Value } from '../language/value.ts'
import { assemble, runMany } from './assemble.ts'
import { degenerate, selectExamples } from './cases.ts'
import { draftChain } from './chain.ts'
import { pick } from './choose.ts'
import type { Draft, Kind } from './draft.ts'
import { draftFamily } from './draft-family.ts'
import type { Library } from './library.ts'
import { liftDraft } from './lift.ts'
import { type Phrases, type Register, registers } from './phrases.ts'
import { describeIn, type Edge, type Subject } from './registers.ts'
import { draftRules } from './rules.ts'
import { typeWords } from './type-words.ts'
import { fill, type Text } from './wording.ts'

export interface Exercise {
  /** The same for the same seed and files. */
  id: string
  kind: Kind
  /** Names of the families or stages it was made of. */
  origins: string[]
  topic: string
  program: Program
  /** For classes: the program with a function that drives the class; examples are calls of it. */
  scenario?: Program
  /** The surface text, before names were spelled. */
  source: string
  /** Of the entry; none for a class. */
  parameters: Parameter[]
  result: Type
  /** Of the entry, or of the scenario. */
  examples: Example[]
  /** The largest integer that occurs in computing the examples. */
  largestInteger: number
  /** One text for each register that has one; identifiers and values are for a renderer to spell. */
  descriptions: Partial<Record<Register, Text>>
  /** One line on each parameter and on the result. */
  documentation: { parameters: Record<string, Text>; returns?: Text }
  /** How it works, one sentence a step. */
  steps?: Text
}

/** How often exercises are of each kind, in sum 1. */
export const shares: Readonly<Record<Kind, number>> = { family: 0.6, chain: 0.15, lifted: 0.1, rules: 0.15 }

const attempts = 60
const inputsPerExercise = 160
const examplesPerExercise = 8

/**
 * The exercise of a seed. Its kind and topic depend on the seed alone, so that neither rare topics nor compositions
 * lose their share where drafts are rejected. Throws a {@link UserError} where nothing can be made.
 */
export function drawExercise(library: Library, seed: string | number, kind: Kind = kindOf(seed)): Exercise {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const random = randomFor('exercise', seed, attempt)
    const draft = draw(kind, library, seed, random)
    const exercise = draft && makeExercise(draft, library, `${draft.origins.join('+')}/${seed}`, random)
    if (exercise !== undefined && typeof exercise !== 'string') return exercise
  }
  throw new UserError(
    `None of ${attempts} drafts of kind ${kind} makes an exercise for seed ${seed}.`,
    'Run `node scripts/practice-lint.ts`, which says what is wrong with the files.',
  )
}

function kindOf(seed: string | number): Kind {
  let left = randomFor('kind', seed)()
  for (const [kind, share] of Object.entries(shares)) {
    left -= share
    if (left < 0) return kind as Kind
  }
  return 'family'
}

function draw(kind: Kind, library: Library, seed: string | number, random: Random): Draft | undefined {
  const { families, stages, ruleSets, compose } = library
  const common = families.filter(({ native }) => native === undefined)
  switch (kind) {
    case 'family':
      return draftFamily(pick(ofTopic(common, seed), random), random)
    case 'lifted':
      return liftDraft(draftFamily(pick(common, random), random), compose, random)
    case 'chain':
      return draftChain(stages, compose, random)
    case 'rules':
      return draftRules(pick(ruleSets, random), compose, random)
  }
}

/** The families of one topic, each topic as likely as the others. */
function ofTopic<T extends { topic: string }>(entries: readonly T[], seed: string | number): T[] {
  const topics = [...new Set(entries.map(({ topic }) => topic))].sort()
  const topic = pick(topics, randomFor('topic', seed))
  return entries.filter((entry) => entry.topic === topic)
}

/** The exercise of a draft, or why there is none. */
export function makeExercise(draft: Draft, library: Library, id: string, random: Random): Exercise | string {
  const assembled = assemble(draft, library.frontEnd)
  if ('part' in assembled) return `${assembled.part}: ${assembled.message}`
  const ran = runMany(assembled, inputsPerExercise, random)
  if ('stopped' in ran) return ran.stopped
  const idle = draft.occurs.find(
    (_, index) => !ran.some((example) => assembled.holds(index, example.arguments)),
  )
  if (idle !== undefined) return `no input fulfils ${idle}`
  // Families and rules say what is an error; in a chain it is an accident of how stages meet.
  const mayRaise = draft.kind === 'family' || draft.kind === 'rules'
  if (!mayRaise && ran.some(({ outcome }) => 'raised' in outcome))
    return 'an error comes of an input, of which no text tells'
  const fault = degenerate(ran)
  if (fault !== undefined) return fault

  const { program, scenario, called } = assembled
  const examples = selectExamples(ran, examplesPerExercise)
  const entry = draft.spellings[draft.entry] ?? draft.entry
  const isClass = !program.functions.some(({ name }) => name === entry)
  const parameters = isClass ? [] : called.parameters
  const subject: Subject = {
    entry,
    kind: isClass ? 'class' : 'function',
    parameters,
    result: called.result,
    wording: draft.wording,
    edges: isClass ? [] : edgesOf(parameters, ran),
    examples,
  }
  const textRandom = (name: string) => randomFor('text', id, name)
  const descriptions: Partial<Record<Register, Text>> = {}
  for (const register of registers) {
    const text = describeIn(register, subject, library.phrases, textRandom(register))
    if (text !== undefined) descriptions[register] = text
  }
  const steps = draft.wording.steps?.(textRandom('steps'))
  return {
    id,
    kind: draft.kind,
    origins: draft.origins,
    topic: draft.topic,
    program,
    ...(scenario === undefined ? {} : { scenario }),
    source: draft.code,
    parameters,
    result: called.result,
    examples,
    largestInteger: largestOf(assembled, ran),
    descriptions,
    documentation: documentationOf(subject, library.phrases, textRandom('documentation')),
    ...(steps === undefined ? {} : { steps }),
  }
}

function largestOf({ run }: { run: (args: Value[]) => object }, examples: readonly Example[]): number {
  return examples.reduce((largest, example) => {
    const result = run(example.arguments) as { largestInteger?: number }
    return Math.max(largest, result.largestInteger ?? 0)
  }, 0)
}

/** Arguments with nothing in them for which the result is always the same. */
function edgesOf(parameters: readonly Parameter[], examples: readonly Example[]): Edge[] {
  return parameters.flatMap(({ name, type: { kind } }, index): Edge[] => {
    if (kind !== 'list' && kind !== 'string' && kind !== 'map' && kind !== 'set') return []
    const empty = examples.filter((example) => isEmpty(example.arguments[index]))
    const values = empty.map(({ outcome }) => ('value' in outcome ? outcome.value : undefined))
    const [first] = values
    const always =
      values.length >= 3 && values.every((value) => JSON.stringify(value) === JSON.stringify(first))
    return always && first !== undefined ? [{ parameter: name, container: kind, value: first }] : []
  })
}

function isEmpty(value: Value | undefined): boolean {
  if (value === '') return true
  if (typeof value !== 'object' || value === null) return false
  if ('list' in value) return value.list.length === 0
  if ('set' in value) return value.set.length === 0
  return 'map' in value && value.map.length === 0
}

function documentationOf(subject: Subject, phrases: Phrases, random: Random): Exercise['documentation'] {
  const parameters = Object.fromEntries(
    subject.parameters.map(({ name, type }) => {
      const what = { text: typeWords(type, 'one', phrases, random) }
      const speaks = type.kind !== 'bool' && name.length > 2
      const frames = phrases.parameter.filter((frame) => speaks || !frame.includes('{words}'))
      return [
        name,
        fill(pick(frames, random), { what, words: { template: name.replaceAll('_', ' ') } }, random),
      ]
    }),
  )
  if (subject.kind === 'class' || subject.result.kind === 'none') return { parameters }
  const returns = subject.wording.returns?.(random)
  const result = typeWords(subject.result, 'one', phrases, random)
  const frames = phrases.result.filter((frame) => returns !== undefined || !frame.includes('{returns}'))
  const text = fill(
    pick(frames, random),
    { returns: { text: returns ?? [] }, result: { text: result } },
    random,
  )
  return { parameters, returns: text }
}
