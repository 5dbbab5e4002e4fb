import { decode, prefixOf } from './check-literals.ts'
import { type Checker, known } from './checker.ts'
import { spell } from './coerce.ts'
import { head, isLetter } from './open-types.ts'
import type { Expression, FormatPart, FormatSpec } from './program.ts'
import { type Node, part, refuse } from './surface.ts'
import { FLOAT, STRING, type Type } from './types.ts'

/** An f-string, also one in several pieces, of which some may be plain. */
export function format(checker: Checker, node: Node): Expression {
  const pieces = node.type === 'concatenated_string' ? node.children : [node]
  const parts = pieces.flatMap((piece) => partsOf(checker, piece))
  return { kind: 'format', parts: joined(parts), type: STRING }
}

function partsOf(checker: Checker, piece: Node): (string | FormatPart)[] {
  const prefix = prefixOf(piece)
  const found: (string | FormatPart)[] = []
  for (const child of piece.children) {
    if (child.type === 'interpolation') found.push(hole(checker, child))
    else if (child.type === 'string_content') {
      const content = prefix.includes('f')
        ? child.text.replaceAll('{{', '{').replaceAll('}}', '}')
        : child.text
      found.push(decode(child, content, prefix.includes('r')))
    }
  }
  return found
}

function joined(parts: readonly (string | FormatPart)[]): (string | FormatPart)[] {
  const found: (string | FormatPart)[] = []
  for (const piece of parts) {
    const last = found.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') found[found.length - 1] = last + piece
    else if (piece !== '') found.push(piece)
  }
  return found
}

function hole(checker: Checker, node: Node): FormatPart {
  const expression = part(node, 'expression')
  if (expression === undefined)
    return refuse(node, 'this hole is empty', 'Put an expression into the braces.')
  if (part(node, 'type_conversion') !== undefined || node.tokens.some((token) => token.text === '='))
    return refuse(node, '`!r` and `=` are not here', 'Write the text around the value yourself.')
  const value = checker.check(expression)
  printable(value.type, expression)
  const specNode = part(node, 'format_specifier')
  if (specNode === undefined) return { value }
  const spec = specOf(specNode)
  const of = head(value.type)
  agree(spec, of, specNode)
  const wantsFloat = of.kind === 'int' && (spec.form === 'f' || spec.form === '%')
  return { value: wantsFloat ? { kind: 'convert', value, type: FLOAT } : value, spec }
}

/** Refuses what programming languages print each in their own way. */
export function printable(type: Type, at: Node): void {
  const of = known(type, at)
  if (isLetter(of) || ['int', 'float', 'bool', 'string', 'char', 'date'].includes(of.kind)) return
  const instead =
    of.kind === 'optional'
      ? 'Ask `is None` first.'
      : of.kind === 'days'
        ? 'Write its `.days`.'
        : of.kind === 'list'
          ? 'Join its items: `", ".join(…)`.'
          : 'Write its parts.'
  refuse(at, `${spell(type)} is not written as text`, instead)
}

const specShape = /^(?:(.?)([<>^]))?(0)?(\d+)?(,)?(?:\.(\d+))?([dboxXf%s])?$/su

function specOf(node: Node): FormatSpec {
  const match = specShape.exec(node.text.slice(1))
  if (node.children.length > 0 || match === null)
    return refuse(
      node,
      'this format is not here',
      'Write fill, align, width, comma, precision and one of d b o x X f %.',
    )
  const [, fill, align, zero, width, grouping, precision, form] = match
  const spec: FormatSpec = {}
  if (fill || zero) spec.fill = fill || zero!
  if (align) spec.align = align as '<'
  else if (zero && width === undefined)
    return refuse(node, 'a zero without a width does nothing', 'Write `05d`, or nothing.')
  if (width !== undefined) spec.width = Number(width)
  if (grouping) spec.grouping = true
  if (precision !== undefined) spec.precision = Number(precision)
  if (form && form !== 's') spec.form = form as 'd'
  return spec
}

/** Refuses a format that does not go with the type. */
function agree(spec: FormatSpec, type: Type, at: Node): void {
  const number = type.kind === 'int' || type.kind === 'float'
  const zeros = spec.fill === '0' && spec.align === undefined
  if (!number && (spec.grouping || spec.precision !== undefined || spec.form || zeros))
    refuse(at, `this format is for numbers, and here is ${spell(type)}`, 'Write only fill, align and width.')
  if (type.kind === 'float' && spec.form !== undefined && spec.form !== 'f' && spec.form !== '%')
    refuse(at, `\`${spec.form}\` is for integers`, 'Write `f`, as in `.2f`.')
  if (spec.precision !== undefined && spec.form !== 'f' && spec.form !== '%')
    refuse(at, 'a precision needs `f` or `%` after it', 'Write `.2f` or `.1%`.')
  if (spec.grouping && spec.form && spec.form !== 'd' && spec.form !== 'f')
    refuse(at, 'a comma goes with `d` and `f` only', 'Leave the comma out.')
}
