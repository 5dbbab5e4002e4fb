import type { FunctionDeclaration, RecordDeclaration } from '../../language/program.ts'
import type { Example } from '../../language/value.ts'
import { type Doc, hardline, join } from '../print.ts'
import { type Documentation, type Style, Unsupported } from '../renderer.ts'
import { wrapped } from '../wrap.ts'
import { annotation } from './annotations.ts'
import { literal } from './literals.ts'
import { spell } from './spelling.ts'
import type { Writing } from './writing.ts'

/** Columns of running text. */
const width = 76

/** What stands above the entry: a JSDoc comment, or lines of `//`. A class has no `signature`. */
export function documented(
  { form, content }: NonNullable<Style['documentation']>,
  signature: FunctionDeclaration | undefined,
  style: Style,
  writing: Writing,
): Doc {
  const text = paragraphs(content.text)
  if (form === 'comment') {
    const examples = signature ? content.examples.map((example) => shown(signature.name, example, ' → ')) : []
    return comment([...text, ...(examples.length > 0 ? ['', ...examples] : [])])
  }
  const tags = signature ? tagsOf(content, signature, style, writing) : []
  return block([...text, ...(tags.length > 0 ? ['', ...tags] : [])])
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n+/)
    .map((paragraph) => wrapped(paragraph.trim(), width))
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

function comment(lines: readonly string[]): Doc {
  return join(
    hardline,
    lines.map((text) => `// ${text}`.trimEnd()),
  )
}

function block(lines: readonly string[]): Doc {
  if (lines.some((text) => text.includes('*/')))
    throw new Unsupported('the end of a comment inside a comment')
  const [only] = lines
  if (lines.length === 1) return `/** ${only} */`
  return join(hardline, ['/**', ...lines.map((text) => ` * ${text}`.trimEnd()), ' */'])
}

/** `@param`, `@returns` and `@example`; with types where the language has none of its own and the style wants them. */
function tagsOf(
  content: Documentation,
  { name, parameters, result }: FunctionDeclaration,
  style: Style,
  writing: Writing,
): string[] {
  const isTyped = style.types && !writing.typed
  const lines: string[] = []
  const tag = (head: string, text: string | undefined, dash: string) => {
    const [first = '', ...rest] = wrapped(`${head}${text === undefined ? '' : `${dash}${text}`}`, width)
    lines.push(first, ...rest.map((line) => `  ${line}`))
  }
  for (const parameter of parameters) {
    const text = content.parameters?.[parameter.name]
    if (text === undefined && !isTyped) continue
    const type = isTyped ? `{${annotation(parameter.type, writing)}} ` : ''
    const shown = spell(parameter.name, 'variable')
    const optional = isTyped && parameter.default !== undefined ? `[${shown}]` : shown
    tag(`@param ${type}${optional}`, text, ' - ')
  }
  if (content.returns !== undefined || (isTyped && result.kind !== 'none'))
    tag(`@returns${isTyped ? ` {${annotation(result, writing)}}` : ''}`, content.returns, ' ')
  if (content.examples.length > 0)
    lines.push('@example', ...content.examples.map((example) => shown(name, example, ' // → ')))
  return lines
}

function shown(name: string, { arguments: given, outcome }: Example, arrow: string): string {
  const call = `${spell(name, 'function')}(${given.map(literal).join(', ')})`
  if ('raised' in outcome) return `${call}${arrow.replace('→', '')}throws`.replace(/ {2,}/g, ' ')
  return outcome.value === null && arrow === '' ? call : `${call}${arrow}${literal(outcome.value)}`
}

/** What an object is made of, for readers of JavaScript. */
export function typedef({ name, fields }: RecordDeclaration, writing: Writing): Doc {
  const lines = fields.map(
    (field) => `@property {${annotation(field.type, writing)}} ${spell(field.name, 'field')}`,
  )
  return block([`@typedef {Object} ${spell(name, 'type')}`, ...lines])
}
