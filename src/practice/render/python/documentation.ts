import type { Parameter } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import type { Example, Value } from '../../language/value.ts'
import { type Doc, hardline, join } from '../print.ts'
import { type Documentation, Unsupported } from '../renderer.ts'
import { statementsOfProgram } from '../walk.ts'
import { wrapped } from '../wrap.ts'
import { annotation } from './annotations.ts'
import { valueLiteral } from './literals.ts'
import { needs, type Writing } from './writing.ts'

/** What is documented: how it is called, and what it takes and gives; a class has no `signature`. */
export interface Documented {
  name: string
  content: Documentation
  signature?: { parameters: readonly Parameter[]; result: Type }
}

/** Columns of running text. */
const textWidth = 76

/** A docstring, with its quotes. */
export function docstring(of: Documented, writing: Writing): Doc {
  const [summary = '', ...paragraphs] = of.content.text
    .split(/\n+/)
    .map((text) => marked(text.trim(), writing))
  const sections = sectionsOf(of, writing)
  const text = wrapped(summary, textWidth)
  const lines = [...text, ...paragraphs.flatMap((paragraph) => ['', ...wrapped(paragraph, textWidth)])]
  for (const section of sections) lines.push('', ...section)
  const all = lines.join('\n')
  if (all.includes('"""')) throw new Unsupported('three quotes inside a docstring')
  const open = all.includes('\\') ? 'r"""' : '"""'
  if (lines.length === 1 && !all.endsWith('"') && !all.endsWith('\\')) return `${open}${all}"""`
  return asLines([
    ...(writing.docstringBelow ? [open, ...lines] : [open + lines[0], ...lines.slice(1)]),
    '"""',
  ])
}

/** Comment lines for the line above a definition. */
export function comment(of: Documented, writing: Writing): Doc {
  const lines = of.content.text.split(/\n+/).flatMap((paragraph) => wrapped(paragraph.trim(), textWidth))
  for (const example of shownExamples(of)) {
    if (writing.sessions) lines.push(...session(of, example, writing))
    else lines.push(equation(of, example, writing))
  }
  return asLines(lines.map((text) => `# ${text}`))
}

function asLines(lines: readonly string[]): Doc {
  return join(hardline, lines)
}

/** Code in reStructuredText stands between double backticks. */
function marked(text: string, { docstring }: Writing): string {
  return docstring === 'rest' ? text.replace(/`([^`]+)`/g, '``$1``') : text
}

function sectionsOf(of: Documented, writing: Writing): string[][] {
  const sections: string[][] = []
  const { parameters = {}, returns } = of.content
  const described = of.signature?.parameters.filter(({ name }) => parameters[name] !== undefined) ?? []
  const entries = described.map(({ name, type }) => ({
    name,
    type,
    text: marked(parameters[name]!, writing),
  }))
  const result = returns === undefined ? undefined : marked(returns, writing)
  const examples = shownExamples(of).flatMap((example) => session(of, example, writing))
  const indented = (text: string) =>
    wrapped(text, textWidth - 4).map((line, index) => (index ? '        ' : '    ') + line)
  if (writing.docstring === 'rest') {
    const fields = entries.map(({ name, text }) => `:param ${name}: ${text}`)
    if (result !== undefined) fields.push(`:return: ${result}`)
    if (fields.length > 0)
      sections.push(
        fields.flatMap((field) =>
          wrapped(field, textWidth).map((line, index) => (index ? '    ' : '') + line),
        ),
      )
  } else if (writing.docstring === 'google') {
    if (entries.length > 0)
      sections.push(['Args:', ...entries.flatMap(({ name, text }) => indented(`${name}: ${text}`))])
    if (result !== undefined)
      sections.push(['Returns:', ...wrapped(result, textWidth - 4).map((line) => `    ${line}`)])
  } else {
    const typed = (name: string, type: Type) =>
      (name ? `${name} : ` : '') + annotation(type, { ...writing, imports: new Map() })
    const body = (text: string) => wrapped(text, textWidth - 4).map((line) => `    ${line}`)
    if (entries.length > 0)
      sections.push([
        'Parameters',
        '----------',
        ...entries.flatMap(({ name, type, text }) => [typed(name, type), ...body(text)]),
      ])
    if (result !== undefined && of.signature)
      sections.push(['Returns', '-------', typed('', of.signature.result), ...body(result)])
  }
  if (examples.length === 0) return sections
  if (!writing.exampleHeading) sections.push(examples)
  else if (writing.docstring === 'google')
    sections.push(['Examples:', ...examples.map((line) => `    ${line}`)])
  else if (writing.docstring === 'numpy') sections.push(['Examples', '--------', ...examples])
  else sections.push(['Examples:', '', ...examples])
  return sections
}

function shownExamples({ content, signature }: Documented): readonly Example[] {
  return signature ? content.examples : []
}

/** What a doctest has: the call after `>>>`, and below it what the interpreter shows. */
function session(of: Documented, { arguments: args, outcome }: Example, writing: Writing): string[] {
  const call = callOf(of, args, writing)
  if ('raised' in outcome)
    return [
      `>>> ${call}`,
      'Traceback (most recent call last):',
      '    ...',
      errorLine(outcome.raised, writing),
    ]
  const result = of.signature!.result
  const form = { quote: "'" as const, program: writing.program, shown: true }
  if (hasUnorderedSet(outcome.value))
    return [`>>> ${call} == ${valueLiteral(outcome.value, result, { ...form, shown: false })}`, 'True']
  if (outcome.value === null) return [`>>> ${call}`]
  return [`>>> ${call}`, valueLiteral(outcome.value, result, form)]
}

/** The last line of a traceback; the message is known where the program has one error. */
function errorLine(name: string, { program }: Writing): string {
  const raises = statementsOfProgram(program).filter((statement) => statement.kind === 'raise')
  const [message] = raises.map((statement) => statement.message)
  return name === 'ValueError' && raises.length === 1 && message?.kind === 'string'
    ? `${name}: ${message.value}`
    : `${name}: ...`
}

function equation(of: Documented, { arguments: args, outcome }: Example, writing: Writing): string {
  const call = callOf(of, args, writing)
  if ('raised' in outcome) return `${call} raises ${outcome.raised}`
  const value = valueLiteral(outcome.value, of.signature!.result, {
    quote: writing.quote,
    program: writing.program,
  })
  return `${call} ${outcome.value === null || typeof outcome.value === 'boolean' ? 'is' : '=='} ${value}`
}

function callOf(of: Documented, args: readonly Value[], writing: Writing): string {
  const form = { quote: writing.quote, program: writing.program }
  const types = of.signature!.parameters.map(({ type }) => type)
  for (const value of args.flatMap(partsOfValue)) {
    if (typeof value !== 'object' || value === null) continue
    if ('date' in value) needs(writing, 'datetime', 'date')
    if ('days' in value) needs(writing, 'datetime', 'timedelta')
  }
  return `${of.name}(${args.map((arg, index) => valueLiteral(arg, types[index]!, form)).join(', ')})`
}

/** Whether a value holds a set of several items, which Python shows in an order of its own. */
function hasUnorderedSet(value: Value): boolean {
  return partsOfValue(value).some(
    (part) => typeof part === 'object' && part !== null && 'set' in part && part.set.length > 1,
  )
}

/** A value and all values inside it. */
function partsOfValue(value: Value): Value[] {
  if (typeof value !== 'object' || value === null || 'days' in value || 'date' in value) return [value]
  const parts =
    'list' in value
      ? value.list
      : 'tuple' in value
        ? value.tuple
        : 'set' in value
          ? value.set
          : 'map' in value
            ? value.map.flat()
            : Object.values(value.fields)
  return [value, ...parts.flatMap(partsOfValue)]
}
