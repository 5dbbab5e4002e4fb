import type {
  ClassDeclaration,
  FunctionDeclaration,
  Parameter,
  Program,
  RecordDeclaration,
} from '../../language/program.ts'
import { bracketed, type Doc, hardline, join, print } from '../print.ts'
import type { Style } from '../renderer.ts'
import { annotation } from './annotations.ts'
import { comment, type Documented, docstring } from './documentation.ts'
import { expression } from './expressions.ts'
import { block, suite } from './statements.ts'
import { needs, type Writing, writingOf } from './writing.ts'

/** A module: imports, records, classes and functions, two blank lines apart. */
export function moduleText(program: Program, style: Style): string {
  const writing = writingOf(program, style)
  const documented = (name: string, signature?: Documented['signature']): Documented | undefined =>
    style.documentation && name === program.entry
      ? { name, content: style.documentation.content, ...(signature && { signature }) }
      : undefined
  const define = (of: Documented | undefined, definition: (text: Doc | undefined) => Doc): Doc => {
    if (!of) return definition(undefined)
    if (style.documentation?.form === 'doc') return definition(docstring(of, writing))
    return [comment(of, writing), hardline, definition(undefined)]
  }
  const definitions = [
    ...program.records.map((record) =>
      define(documented(record.name), (text) => dataclass(record, text, writing)),
    ),
    ...program.classes.map((of) => define(documented(of.name), (text) => classOf(of, text, writing))),
    ...program.functions.map((of) =>
      define(documented(of.name, of), (text) =>
        functionOf(of, of.parameters.map(parameter(writing)), text, writing),
      ),
    ),
  ]
  const gap = [hardline, hardline, hardline]
  const options = { width: writing.black ? 88 : 100, tab: '    ', tabWidth: 4 }
  const body = print(join(gap, definitions), options)
  const imports = importLines(writing)
  return `${imports.length > 0 ? `${imports.join('\n')}\n\n\n` : ''}${body}\n`
}

function functionOf(
  { name, result, body }: FunctionDeclaration,
  parameters: readonly Doc[],
  text: Doc | undefined,
  writing: Writing,
): Doc {
  const arrow = writing.types ? ` -> ${annotation(result, writing)}` : ''
  const statements = block(body, { ...writing, undeclared: new Set() })
  const head = [`def ${name}`, bracketed('(', parameters, ')', ','), arrow]
  return suite(head, text === undefined ? statements : [text, hardline, statements])
}

function parameter(writing: Writing): (of: Parameter) => Doc {
  return ({ name, type, default: value }) => {
    const typed = writing.types ? `${name}: ${annotation(type, writing)}` : name
    if (value === undefined) return typed
    return [typed, writing.types ? ' = ' : '=', expression(value, writing)]
  }
}

function dataclass({ name, fields }: RecordDeclaration, text: Doc | undefined, writing: Writing): Doc {
  needs(writing, 'dataclasses', 'dataclass')
  const lines = fields.map(({ name, type }) => `${name}: ${annotation(type, writing)}`)
  const body = join(hardline, lines.length > 0 ? lines : ['pass'])
  return [
    '@dataclass',
    hardline,
    suite(`class ${name}`, text === undefined ? body : [text, hardline, hardline, body]),
  ]
}

function classOf(of: ClassDeclaration, text: Doc | undefined, writing: Writing): Doc {
  const withSelf = (parameters: readonly Parameter[]) => ['self', ...parameters.map(parameter(writing))]
  const init = {
    name: '__init__',
    parameters: [],
    result: { kind: 'none' } as const,
    body: of.constructor.body,
  }
  const members = [
    functionOf(init, withSelf(of.constructor.parameters), undefined, { ...writing, constructing: true }),
    ...of.methods.map((method) => functionOf(method, withSelf(method.parameters), undefined, writing)),
  ]
  const body = join([hardline, hardline], members)
  return suite(`class ${of.name}`, text === undefined ? body : [text, hardline, hardline, body])
}

/** `import …` before `from … import …`, each in the order of the alphabet. */
function importLines({ imports }: Writing): string[] {
  const modules = [...imports].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    ...modules.filter(([, names]) => names.size === 0).map(([module]) => `import ${module}`),
    ...modules
      .filter(([, names]) => names.size > 0)
      .map(([module, names]) => `from ${module} import ${[...names].toSorted().join(', ')}`),
  ]
}
