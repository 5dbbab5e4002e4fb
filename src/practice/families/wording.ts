/**
 * Text templates: `[a|b]` takes one, `{name}` speaks of a name, `` {`name`} `` shows it as code. What comes out is free
 * of any programming language: identifiers stay identifiers until a renderer spells them.
 */
import type { Random } from '../../lib/index.ts'
import type { Type } from '../language/types.ts'
import type { Value } from '../language/value.ts'

export type Role = 'variable' | 'function' | 'type' | 'field'

/** A text whose identifiers and values each language writes its own way. */
export type Text = TextPart[]
export type TextPart = string | { identifier: string; role: Role } | { literal: Value; type: Type }

/** How one language writes names and values: a part of a `Renderer`. */
export interface Speller {
  spell(name: string, role: Role): string
  literal(value: Value, type: Type): string
}

/** The text in one language. */
export function writeText(text: Text, speller: Speller): string {
  return text
    .map((part) => {
      if (typeof part === 'string') return part
      if ('identifier' in part) return speller.spell(part.identifier, part.role)
      return speller.literal(part.literal, part.type)
    })
    .join('')
}

/** What a hole may hold. */
export type Filling =
  /** Text in its place; it may have holes and alternatives of its own. */
  | { template: string }
  | { text: Text }
  /** A name of the program: `words` is how texts speak of it, and a hole where they show it. */
  | { identifier: string; role: Role; words: string | undefined }

export type Fillings = Readonly<Record<string, Filling>>

/** A template says something that it has no means to say. Its message is about the template, for its author. */
export class TemplateError extends Error {}

/** Fills every hole and decides every alternative. Throws {@link TemplateError}. */
export function fill(template: string, fillings: Fillings, random: Random): Text {
  return tidy(expand(template, fillings, random, 0))
}

/** The names of the holes of a template, in all its alternatives. */
export function holesOf(template: string): string[] {
  return tokensOf(template).flatMap((token) => (token.kind === 'hole' ? [token.name] : []))
}

/** How many different texts its alternatives make, holes aside. */
export function countAlternatives(template: string): number {
  const { sequence } = parseSequence(tokensOf(template), 0, false)
  const count = (nodes: Node[]): number =>
    nodes.reduce((product, node) => {
      if (node.kind !== 'choice') return product
      return product * node.options.reduce((sum, option) => sum + count(option), 0)
    }, 1)
  return count(sequence)
}

type Token =
  | { kind: 'text'; text: string }
  | { kind: 'hole'; name: string; quoted: boolean; span: boolean }
  | { kind: 'open' }
  | { kind: 'bar' }
  | { kind: 'close' }

type Node = Exclude<Token, { kind: 'open' | 'bar' | 'close' }> | { kind: 'choice'; options: Node[][] }

const maxDepth = 8

function expand(template: string, fillings: Fillings, random: Random, depth: number): Text {
  if (depth > maxDepth) throw new TemplateError(`a hole of "${template}" holds itself`)
  const { sequence } = parseSequence(tokensOf(template), 0, false)
  const out: Text = []
  const write = (nodes: Node[]): void => {
    for (const node of nodes) {
      if (node.kind === 'text') out.push(node.text)
      else if (node.kind === 'choice') write(node.options[Math.floor(random() * node.options.length)] ?? [])
      else out.push(...fillHole(node))
    }
  }
  const fillHole = (hole: Extract<Token, { kind: 'hole' }>): Text => {
    const filling = fillings[hole.name]
    if (filling === undefined) throw new TemplateError(`{${hole.name}} is no name, axis or field`)
    if ('template' in filling) return agree(out, expand(filling.template, fillings, random, depth + 1))
    if ('text' in filling) return agree(out, filling.text)
    const { identifier, role, words } = filling
    if (hole.span) return [{ identifier, role }]
    if (hole.quoted || words === undefined) return ['`', { identifier, role }, '`']
    return agree(out, [words])
  }
  write(sequence)
  return out
}

/** "a" or "an" before what goes into a hole. */
function agree(before: Text, insert: Text): Text {
  const last = before.at(-1)
  const next = insert[0]
  if (typeof last !== 'string' || typeof next !== 'string') return insert
  const article = /(^|[^A-Za-z'])([Aa])n?( )$/.exec(last)
  if (article !== null)
    before[before.length - 1] =
      `${last.slice(0, article.index)}${article[1]}${article[2]}${beginsWithVowelSound(next) ? 'n' : ''} `
  return insert
}

function beginsWithVowelSound(word: string): boolean {
  if (/^(hour|honest|heir)/i.test(word)) return true
  return /^[aeiou]/i.test(word) && !/^(uni[^nm]|us[ae]|one|once|eu|ut)/i.test(word)
}

/** Joins neighbouring strings, takes out doubled blanks, and begins with a capital where it begins with a word. */
function tidy(text: Text): Text {
  const joined: Text = []
  for (const part of text) {
    const last = joined.at(-1)
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part
    else joined.push(part)
  }
  return joined.map((part, index) => {
    if (typeof part !== 'string') return part
    const single = part.replace(/ {2,}/g, ' ').replace(/ ([.,;?!])(?= |$)/g, '$1')
    const begun = index === 0 ? single.trimStart() : single
    return index === joined.length - 1 ? begun.trimEnd() : begun
  })
}

/** Backticks outside holes begin a span of code: brackets in it stand for themselves, and `{name}` shows the identifier. */
function tokensOf(template: string): Token[] {
  const tokens: Token[] = []
  let span = false
  let at = 0
  const pattern = /\{`([A-Za-z_][\w.]*)`\}|\{([A-Za-z_][\w.]*)\}|`|[[\]|]/g
  for (const match of template.matchAll(pattern)) {
    if (match.index > at) tokens.push({ kind: 'text', text: template.slice(at, match.index) })
    at = match.index + match[0].length
    const name = match[1] ?? match[2]
    if (name !== undefined) tokens.push({ kind: 'hole', name, quoted: match[1] !== undefined, span })
    else if (match[0] === '`') {
      span = !span
      tokens.push({ kind: 'text', text: '`' })
    } else if (span) tokens.push({ kind: 'text', text: match[0] })
    else tokens.push({ kind: match[0] === '[' ? 'open' : match[0] === '|' ? 'bar' : 'close' })
  }
  if (at < template.length) tokens.push({ kind: 'text', text: template.slice(at) })
  return tokens
}

/** A bracket without `|` and one that is not closed stand for themselves. */
function parseSequence(
  tokens: readonly Token[],
  from: number,
  inside: boolean,
): { sequence: Node[]; end: number; options: Node[][] } {
  let sequence: Node[] = []
  const options: Node[][] = [sequence]
  let at = from
  while (at < tokens.length) {
    const token = tokens[at] as Token
    at++
    if (token.kind === 'text' || token.kind === 'hole') sequence.push(token)
    else if (token.kind === 'close' && inside) return { sequence, end: at, options }
    else if (token.kind === 'close') sequence.push({ kind: 'text', text: ']' })
    else if (token.kind === 'bar' && inside) {
      sequence = []
      options.push(sequence)
    } else if (token.kind === 'bar') sequence.push({ kind: 'text', text: '|' })
    else {
      const inner = parseSequence(tokens, at, true)
      if (inner.end === -1) sequence.push({ kind: 'text', text: '[' })
      else {
        at = inner.end
        if (inner.options.length > 1) sequence.push({ kind: 'choice', options: inner.options })
        else
          sequence.push({ kind: 'text', text: '[' }, ...(inner.options[0] ?? []), { kind: 'text', text: ']' })
      }
    }
  }
  return { sequence, end: inside ? -1 : at, options }
}
