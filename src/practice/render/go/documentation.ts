import type { Example } from '../../language/value.ts'
import type { Style } from '../renderer.ts'
import { wrapped } from '../wrap.ts'
import { resultShape } from './calls.ts'
import { exported, unexported } from './names.ts'
import { valueText } from './values.ts'
import words from './words.json' with { type: 'json' }
import type { Module } from './writing.ts'

const verbs: Readonly<Record<string, string>> = words.verbs

/** Columns of running text, without the slashes. */
const textWidth = 77

/** The comment above the entry. A documentation comment begins with the name, as Go has it, where a sentence allows. */
export function comment(
  name: string,
  { form, content }: NonNullable<Style['documentation']>,
  module: Module,
): string {
  const paragraphs = content.text
    .split(/\n+/)
    .map((text) => (form === 'doc' ? plain(text.trim()) : text.trim()))
  const own = exported(name)
  const [first = '', ...rest] = paragraphs
  const texts =
    form === 'doc' ? begun(own, first, content.returns && plain(content.returns), rest) : [first, ...rest]
  const lines = texts.flatMap((text, at) => [...(at > 0 ? [''] : []), ...wrapped(text, textWidth)])
  if (form === 'doc') {
    const described = parameterLines(content.parameters)
    if (described.length > 0) lines.push('', ...described)
  }
  const calls = content.examples.flatMap((example) => exampleLine(name, example, module))
  if (calls.length > 0) lines.push('', ...calls.map((call) => `\t${call}`))
  return lines
    .map((line) => (line === '' ? '//' : line.startsWith('\t') ? `//${line}` : `// ${line}`))
    .join('\n')
}

/** Go's documentation has no marks around code. */
function plain(text: string): string {
  return text.replaceAll('`', '')
}

/** Sentences that begin with the name: `CountAbove counts …`, `CountAbove returns …`. */
function begun(name: string, first: string, returns: string | undefined, rest: readonly string[]): string[] {
  const [, verb = '', after = ''] = /^(\w+)(\b.*)$/s.exec(first) ?? []
  const third = /^[A-Z]/.test(verb) ? verbs[verb.toLowerCase()] : undefined
  if (third !== undefined) return [`${name} ${third}${after}`, ...rest]
  if (returns !== undefined) return [`${name} returns ${returns.replace(/\.$/, '')}.`, first, ...rest]
  return [first, ...rest]
}

function parameterLines(parameters: Readonly<Record<string, string>> | undefined): string[] {
  return Object.entries(parameters ?? {}).flatMap(([name, text]) =>
    wrapped(`${unexported(name)} is ${plain(text).replace(/\.$/, '')}.`, textWidth),
  )
}

/** `CountAbove([]int{1, 5}, 3) // 1`; nothing where a value has no short form. */
function exampleLine(name: string, { arguments: args, outcome }: Example, module: Module): string[] {
  const subject = module.survey.subjects.get(name)
  if (!subject || subject.of !== undefined || subject.declaration.result.kind === 'none') return []
  const { parameters, result } = subject.declaration
  const given = args.map((arg, at) => valueText(arg, parameters[at]!.type, module.survey))
  const call = `${exported(name)}(${given.join(', ')})`
  if ('raised' in outcome) return [`${call} // error`]
  const shape = resultShape(subject, module.survey)
  if (outcome.value === null) return [`${call} // not found`]
  const shown =
    shape.types.length > 1 && typeof outcome.value === 'object' && 'tuple' in outcome.value
      ? outcome.value.tuple.map((part, at) => valueText(part, shape.types[at]!, module.survey)).join(', ')
      : valueText(outcome.value, result, module.survey)
  return [`${call} // ${shown}${shape.flag ? ', true' : ''}`]
}
