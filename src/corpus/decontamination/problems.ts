/**
 * The problems of benchmark records: what the function is called and the sentences that describe it. Sets name
 * these fields alike, so one list of fields serves them all; what has neither a name nor a sentence gives nothing.
 */
import { spacedWords } from './words.ts'

export interface Problem {
  names: string[]
  /** Lower-case words with single spaces, each sentence of at least {@link LEAST_WORDS}. */
  sentences: string[]
}

/** Shorter sentences are said of many functions: "returns the sum", "add an item". */
const LEAST_WORDS = 5

const NAME_FIELDS = ['entry_point', 'class_name', 'method_name']
const PROSE_FIELDS = [
  'text',
  'description',
  'docstring',
  'doc',
  'instruction',
  'class_description',
  'method_description',
]
const CODE_FIELDS = ['prompt', 'code', 'declaration', 'signature', 'skeleton']

const DEFINITION = /\b(?:def|function|func|fn)\s+([A-Za-z_]\w{2,})\s*\(/g
/** More functions than these, and a comment may be about any of them or about none. */
const MOST_DEFINITIONS = 2
/** What programs call whatever they do. */
const ANY_NAME = /^(?:main|solve|solution|problem|test|check|run|init|__init__|get|set|add|candidate)$/i
const COMMENT =
  /"""[\s\S]*?"""|'''[\s\S]*?'''|\/\*[\s\S]*?\*\/|(?:^[ \t]*(?:#(?!include|define|undef|if|el|end|pragma|!)|\/\/|--)[^\n]*\n?)+/gm
/** How a task says what its solution's documentation says without it. */
const ASSIGNMENT =
  /^ (?:write|create|implement|complete) (?:an? |the )?(?:\w+ ){0,2}(?:function|method|program)(?: \w+)?? (?:to|that|which) /

/** The problems in a record, those in its nested objects included. */
export function* problemsIn(record: unknown): Generator<Problem> {
  if (typeof record !== 'object' || record === null) return
  for (const value of Object.values(record)) yield* problemsIn(value)
  if (Array.isArray(record)) return
  const text = (field: string): string => {
    const value = (record as Record<string, unknown>)[field]
    return typeof value === 'string' ? value : ''
  }
  const code = CODE_FIELDS.map(text)
  const names = namesOf(NAME_FIELDS.map(text), code)
  if (names.size === 0) return
  const prose = [...PROSE_FIELDS.map(text), ...code.flatMap(proseOf)]
  const sentences = new Set(prose.flatMap(sentencesOf))
  if (sentences.size > 0) yield { names: [...names], sentences: [...sentences] }
}

/** The names that are given, and those that the code defines where it defines few functions. */
function namesOf(given: string[], code: string[]): Set<string> {
  const defined = new Set(code.flatMap((one) => [...one.matchAll(DEFINITION)].map((match) => match[1]!)))
  const names = new Set([...given, ...(defined.size <= MOST_DEFINITIONS ? defined : [])])
  return new Set([...names].filter((name) => name.length > 2 && !ANY_NAME.test(name)))
}

/** The comments and documentation of code; a text without any code is prose as a whole. */
function proseOf(code: string): string[] {
  const comments = code.match(COMMENT)
  if (comments) return comments.map((comment) => comment.replace(/^[ \t]*(?:#|\/\/+|--|\*)/gm, ''))
  return /[{}=;]/.test(code) ? [] : [code]
}

function sentencesOf(prose: string): string[] {
  return prose
    .replace(/^[ \t]*>>>[\s\S]*?(?:\n[ \t]*\n|(?![\s\S]))/gm, '\n\n')
    .split(/[.!?:;](?:\s|$)|\n[ \t]*\n/)
    .map((sentence) => spacedWords(sentence).replace(ASSIGNMENT, ' ').trim())
    .filter((sentence) => sentence.split(' ').length >= LEAST_WORDS)
}
