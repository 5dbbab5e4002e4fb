import type { Parameter } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import type { Example } from '../../language/value.ts'
import { type Doc, hardline, join } from '../print.ts'
import type { Documentation } from '../renderer.ts'
import { wrapped } from '../wrap.ts'
import { valueLiteral } from './literals.ts'
import { spell } from './spelling.ts'
import type { Writing } from './writing.ts'

/** What is documented: how it is called, and what it takes and gives; a class has no `signature`. */
export interface Documented {
  name: string
  content: Documentation
  signature?: { parameters: readonly Parameter[]; result: Type }
}

/** Columns of running text. */
const textWidth = 78

/** Comment lines above a definition: with YARD's tags, or with examples alone. */
export function comment(of: Documented, form: 'doc' | 'comment', writing: Writing): Doc {
  const paragraphs = of.content.text.split(/\n+/).map((paragraph) => wrapped(paragraph.trim(), textWidth))
  const text = paragraphs.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]))
  const tags =
    form === 'doc' && writing.yard && of.signature ? yard(of, of.signature, writing) : examplesOf(of, writing)
  const lines = [...text, ...(tags.length > 0 ? ['', ...tags] : [])]
  return join(
    hardline,
    lines.map((line) => (line === '' ? '#' : `# ${line}`)),
  )
}

function yard(of: Documented, signature: NonNullable<Documented['signature']>, writing: Writing): string[] {
  const { parameters = {}, returns } = of.content
  const tag = (start: string, text: string | undefined) =>
    wrapped(text === undefined ? start : `${start} ${text}`, textWidth).map((line, at) =>
      at === 0 ? line : `  ${line}`,
    )
  const params = signature.parameters.flatMap(({ name, type }) => {
    const text = parameters[name]
    return text === undefined && !writing.types
      ? []
      : tag(`@param ${spell(name, 'variable')} [${typeName(type)}]`, text)
  })
  const hasResult = returns !== undefined || (writing.types && signature.result.kind !== 'none')
  const result = hasResult ? tag(`@return [${typeName(signature.result)}]`, returns) : []
  const examples = of.content.examples.map((example) => `  ${exampleLine(of, example, writing)}`)
  return [...params, ...result, ...(examples.length > 0 ? ['@example', ...examples] : [])]
}

function examplesOf(of: Documented, writing: Writing): string[] {
  return of.signature ? of.content.examples.map((example) => `  ${exampleLine(of, example, writing)}`) : []
}

/** `count([1, 5], 2) # => 1`. */
function exampleLine(of: Documented, { arguments: args, outcome }: Example, writing: Writing): string {
  const { parameters, result } = of.signature!
  const given = args.map((arg, at) =>
    valueLiteral(arg, parameters[at]!.type, writing.quote, writing.fieldsOf),
  )
  const call = `${spell(of.name, 'function')}${given.length > 0 ? `(${given.join(', ')})` : ''}`
  if ('raised' in outcome) return `${call} # raises ArgumentError`
  return `${call} # => ${valueLiteral(outcome.value, result, '"', writing.fieldsOf)}`
}

/** A type as YARD has it: `Array<Integer>`. */
function typeName(type: Type): string {
  switch (type.kind) {
    case 'int':
    case 'days':
      return 'Integer'
    case 'float':
      return 'Float'
    case 'bool':
      return 'Boolean'
    case 'string':
    case 'char':
      return 'String'
    case 'date':
      return 'Date'
    case 'none':
      return 'void'
    case 'list':
      return `Array<${typeName(type.of)}>`
    case 'set':
      return `Set<${typeName(type.of)}>`
    case 'map':
      return `Hash{${typeName(type.key)} => ${typeName(type.value)}}`
    case 'tuple':
      return `Array(${type.of.map(typeName).join(', ')})`
    case 'optional':
      return `${typeName(type.of)}, nil`
    case 'record':
      return type.name
    case 'function':
      return 'Proc'
  }
}
