import type { Parameter } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import type { Example } from '../../language/value.ts'
import { type Doc, hardline, join } from '../print.ts'
import type { Documentation } from '../renderer.ts'
import { wrapped } from '../wrap.ts'
import { valueLiteral } from './literals.ts'
import { spell, variable } from './spelling.ts'
import { documented, saysMore } from './types.ts'

/** What is documented: how it is called, and what it takes and gives; a class has no `signature`. */
export interface Documented {
  name: string
  content: Documentation
  signature?: { parameters: readonly Parameter[]; result: Type }
  fieldsOf(record: string): Type[]
}

/** Columns of running text. */
const textWidth = 77

/** A PHPDoc block: the text, examples, and what the signature does not say. */
export function docBlock(of: Documented): Doc {
  const { parameters = {}, returns } = of.content
  const lines = [...paragraphs(of), ...examples(of)]
  const tags: string[] = []
  for (const { name, type } of of.signature?.parameters ?? []) {
    const text = parameters[name]
    if (text !== undefined || saysMore(type))
      tags.push(...tag(`@param ${documented(type)} ${variable(name)}${text === undefined ? '' : ` ${text}`}`))
  }
  const result = of.signature?.result
  if (result && (returns !== undefined || saysMore(result)))
    tags.push(...tag(`@return ${documented(result)}${returns === undefined ? '' : ` ${returns}`}`))
  if (tags.length > 0) lines.push('', ...tags)
  // The end of a comment cannot stand in it.
  const body = lines.map((line) => (line === '' ? ' *' : ` * ${line.replaceAll('*/', '* /')}`))
  return join(hardline, ['/**', ...body, ' */'])
}

export function lineComment(of: Documented): Doc {
  return join(
    hardline,
    [...paragraphs(of), ...examples(of)].map((line) => (line === '' ? '//' : `// ${line}`)),
  )
}

function tag(text: string): string[] {
  return wrapped(text, textWidth).map((line, at) => (at === 0 ? line : `    ${line}`))
}

function paragraphs({ content }: Documented): string[] {
  return content.text
    .split(/\n+/)
    .flatMap((paragraph, at) => [...(at === 0 ? [] : ['']), ...wrapped(paragraph.trim(), textWidth)])
}

function examples(of: Documented): string[] {
  if (!of.signature || of.content.examples.length === 0) return []
  return ['', ...of.content.examples.map((example) => `    ${exampleLine(of, example)}`)]
}

/** `count([1, 5], 2); // 1`. */
function exampleLine(of: Documented, { arguments: args, outcome }: Example): string {
  const { parameters, result } = of.signature!
  const given = args.map((arg, at) => valueLiteral(arg, parameters[at]!.type, of.fieldsOf))
  const call = `${spell(of.name, 'function')}(${given.join(', ')});`
  if ('raised' in outcome) return `${call} // throws InvalidArgumentException`
  return `${call} // ${valueLiteral(outcome.value, result, of.fieldsOf)}`
}
