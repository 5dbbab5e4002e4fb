/** Describes an exercise in a register: a frame of `practice/phrases.yaml` and the sentences that go with it. */
import type { Random } from '../../lib/index.ts'
import type { Parameter } from '../language/program.ts'
import type { Type } from '../language/types.ts'
import type { Example, Value } from '../language/value.ts'
import { pick } from './choose.ts'
import type { Wording } from './draft.ts'
import { literalFillings } from './fillings.ts'
import type { Phrases, Register } from './phrases.ts'
import { parameterNames, parameterWords, typeWords } from './type-words.ts'
import { type Filling, type Fillings, fill, holesOf, type Text } from './wording.ts'

/** What there is to say of an exercise. Texts are drawn anew for each register. */
export interface Subject {
  entry: string
  kind: 'function' | 'class'
  /** Of a function. */
  parameters: readonly Parameter[]
  result: Type
  wording: Wording
  /** What comes out for an argument with nothing in it. */
  edges: readonly Edge[]
  examples: readonly Example[]
}

export interface Edge {
  /** Which parameter has nothing in it. */
  parameter: string
  container: 'list' | 'string' | 'map' | 'set'
  value: Value
}

/** Nothing where no frame of the register fits. */
export function describeIn(
  register: Register,
  subject: Subject,
  phrases: Phrases,
  random: Random,
): Text | undefined {
  const { frames, edge, example, bullets } = phrases.registers[register]
  const fillings = fillingsFor(subject, phrases, random)
  const raises = subject.examples.some(({ outcome }) => 'raised' in outcome)
  const fitting = frames.filter((frame) => {
    const holes = holesOf(frame)
    if (!holes.every((hole) => hole in fillings)) return false
    return !raises || subject.wording.raises !== undefined || tellsAll(frame)
  })
  if (fitting.length === 0) return undefined
  const frame = pick(fitting, random)
  const sentences: Text[] = []
  if (!tellsAll(frame)) {
    sentences.push(...(subject.wording.provisos?.(random) ?? []))
    if (raises) sentences.push(errorSentence(subject, phrases, random))
  }
  if (random() < edge) sentences.push(...edgeSentence(subject, phrases, random))
  if (random() < example) sentences.push(...exampleSentence(subject, phrases, random))
  return joined(fill(inLines(frame, fillings), fillings, random), sentences, bullets)
}

/** A whole description also tells of errors and special cases. */
function tellsAll(frame: string): boolean {
  return holesOf(frame).some((hole) => hole === 'describe' || hole === 'sentence')
}

/** A description of several lines has them to itself. */
function inLines(frame: string, { describe }: Fillings): string {
  const lines =
    describe !== undefined &&
    'text' in describe &&
    describe.text.some((part) => typeof part === 'string' && part.includes('\n'))
  if (!lines) return frame
  return frame
    .replace(/\n- \{describe\}/, '\n{describe}')
    .replace(/ \{describe\}/, '\n{describe}')
    .replace(/\{describe\} /, '{describe}\n')
}

function fillingsFor(subject: Subject, phrases: Phrases, random: Random): Fillings {
  const { parameters, result, entry } = subject
  const fillings: Record<string, Filling> = { ...literalFillings }
  const put = (name: string, text: Text | undefined) => {
    if (text === undefined) return
    fillings[name] = { text }
    fillings[capital(name)] = { text: capitalizedText(text) }
  }
  fillings.purpose = { template: pick(phrases.purposes, random) }
  const description = subject.wording.describe?.(random)
  put('describe', description)
  if (description !== undefined && isSentence(description)) put('sentence', description)
  put('steps', subject.wording.steps?.(random))
  fillings[subject.kind] = {
    identifier: entry,
    role: subject.kind === 'class' ? 'type' : 'function',
    words: undefined,
  }
  if (subject.kind === 'class') return fillings

  const names = parameters.map(({ name }): Text => [{ identifier: name, role: 'variable' }])
  put('call', ['`', { identifier: entry, role: 'function' }, '(', ...separated(names), ')`'])
  if (parameters.length > 0) {
    put('parameters', parameterWords(parameters, phrases, random))
    put('names', parameterNames(parameters))
  }
  if (result.kind === 'none') return fillings
  put('result', typeWords(result, 'one', phrases, random))
  const returns = subject.wording.returns?.(random)
  if (returns === undefined) return fillings
  put('returns', returns)
  const condition = conditionOf(returns)
  if (condition !== undefined) put('condition', condition)
  put(condition !== undefined || isClause(returns) ? 'clause' : 'noun', returns)
  return fillings
}

/** Descriptions up to this length stand where one sentence is wanted. */
const longestSentence = 220

function isSentence(text: Text): boolean {
  const written = text.map((part) => (typeof part === 'string' ? part : 'name')).join('')
  return written.length <= longestSentence && !written.includes('\n')
}

/** "whether `n` is even" → "`n` is even". */
function conditionOf([first, ...rest]: Text): Text | undefined {
  if (typeof first !== 'string' || !/^whether /i.test(first)) return undefined
  const left = first.slice('whether '.length)
  return left === '' ? rest : [left, ...rest]
}

function isClause([first]: Text): boolean {
  return typeof first === 'string' && /^(how|which|what|where|when|who|whose|why|if) /i.test(first)
}

function errorSentence(subject: Subject, phrases: Phrases, random: Random): Text {
  const raises = subject.wording.raises?.(random) ?? []
  return fill(pick(phrases.sentences.error, random), { raises: { text: raises } }, random)
}

function edgeSentence(subject: Subject, phrases: Phrases, random: Random): Text[] {
  const edge = subject.edges[Math.floor(random() * subject.edges.length)]
  if (edge === undefined) return []
  const containers = subject.parameters.filter(({ type }) => type.kind in phrases.empty)
  const nothing: Text =
    containers.length > 1
      ? ['an empty `', { identifier: edge.parameter, role: 'variable' }, '`']
      : [pick(phrases.empty[edge.container], random)]
  const value: Text = ['`', { literal: edge.value, type: subject.result }, '`']
  const fillings = {
    case: { text: nothing },
    Case: { text: capitalizedText(nothing) },
    value: { text: value },
  }
  return [fill(pick(phrases.sentences.edge, random), fillings, random)]
}

/** Longer examples than this many characters of JSON are not put into a sentence. */
const longestExample = 90

function exampleSentence(subject: Subject, phrases: Phrases, random: Random): Text[] {
  if (subject.kind === 'class') return []
  const short = subject.examples.filter(
    (example) => 'value' in example.outcome && JSON.stringify(example).length <= longestExample,
  )
  // A call with nothing in it shows little.
  const telling = short.filter((example) => !/\[\]|""/.test(JSON.stringify(example.arguments)))
  const chosen = (telling.length > 0 ? telling : short)[
    Math.floor(random() * (telling.length || short.length))
  ]
  if (chosen === undefined || !('value' in chosen.outcome)) return []
  const values = chosen.arguments.map((value, index): Text => {
    const parameter = subject.parameters[index]
    return parameter === undefined ? [] : [{ literal: value, type: parameter.type }]
  })
  const call: Text = ['`', { identifier: subject.entry, role: 'function' }, '(', ...separated(values), ')`']
  const value: Text = ['`', { literal: chosen.outcome.value, type: subject.result }, '`']
  return [
    fill(pick(phrases.sentences.example, random), { call: { text: call }, value: { text: value } }, random),
  ]
}

function separated(items: readonly Text[]): Text {
  return items.flatMap((item, index) => (index === 0 ? item : [', ', ...item]))
}

/** Sentences after a text; each on a line with a dash where the register has its requirements so. */
function joined(text: Text, sentences: readonly Text[], bullets: boolean): Text {
  const out = [...text]
  for (const sentence of sentences) {
    const last = out.at(-1)
    const ends = typeof last === 'string' && /[.?!:]\)?$/.test(last)
    out.push(bullets ? '\n- ' : ends ? ' ' : '. ', ...sentence)
  }
  return out
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** With a capital where it begins with a word. */
export function capitalizedText([first, ...rest]: Text): Text {
  if (first === undefined) return []
  return typeof first === 'string' ? [capital(first), ...rest] : [first, ...rest]
}
