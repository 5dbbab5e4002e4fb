import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import type { BuiltinCall } from './builtins.ts'
import { infix, isSimple, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import { arrayOf } from './iterables.ts'
import { type Writing, withName } from './writing.ts'
import {
  array,
  arrow,
  atom,
  call,
  conditional,
  levels,
  method,
  property,
  spread,
  type Written,
} from './written.ts'

const methods: Record<string, string> = {
  'str.lower': 'toLowerCase',
  'str.upper': 'toUpperCase',
  'str.startswith': 'startsWith',
  'str.endswith': 'endsWith',
  'str.find': 'indexOf',
  'str.rfind': 'lastIndexOf',
  'str.ljust': 'padEnd',
  'str.rjust': 'padStart',
}

/** Tests of all characters of a text that has some. */
const patterns: Record<string, string> = {
  'str.isdigit': '/^\\d+$/',
  'str.isalpha': '/^\\p{L}+$/u',
  'str.isalnum': '/^[\\p{L}\\p{N}]+$/u',
  'str.isspace': '/^\\s+$/',
}

/** The same of one character. */
const characterPatterns: Record<string, string> = {
  'str.isdigit': '/\\d/',
  'str.isalpha': '/\\p{L}/u',
  'str.isalnum': '/[\\p{L}\\p{N}]/u',
  'str.isspace': '/\\s/',
}

/** Methods of strings; `undefined` for other names. */
export function stringBuiltin(of: BuiltinCall, writing: Writing): Written | undefined {
  if (!of.name.startsWith('str.')) return undefined
  const [text, ...rest] = of.arguments.map((part) => operand(part, writing)) as [Written, ...Written[]]
  const [value, first, second] = of.arguments
  const { quote } = writing.manner
  const plain = methods[of.name]
  if (plain !== undefined) return affixes(of, plain, writing) ?? method(text, plain, rest)
  const pattern = value!.type.kind === 'char' ? characterPatterns[of.name] : patterns[of.name]
  if (pattern !== undefined) return method(atom(pattern), 'test', [text])
  switch (of.name) {
    case 'str.isupper':
      return cased(value!, 'toLowerCase', 'toUpperCase', writing)
    case 'str.islower':
      return cased(value!, 'toUpperCase', 'toLowerCase', writing)
    case 'str.title':
      return call(helper('titleCase', writing), [text])
    case 'str.capitalize':
      return capitalized(value!, writing)
    case 'str.swapcase':
      return call(helper('swapCase', writing), [text])
    case 'str.strip':
    case 'str.lstrip':
    case 'str.rstrip':
      return stripped(of.name, text, first, writing)
    case 'str.split':
      return split(text, first, second, writing)
    case 'str.splitlines':
      return call(helper('splitLines', writing), [text])
    case 'str.join':
      return method(arrayOf(first!, writing), 'join', [text])
    case 'str.replace':
      return replaced(of, writing)
    case 'str.index':
      if (writing.catches) return call(helper('textIndexIn', writing), [text, ...rest])
      return method(text, 'indexOf', rest)
    case 'str.count':
      return counted(text, first!, rest[0]!, writing)
    case 'str.zfill':
      if (isSigned(value!)) return call(helper('zeroFill', writing), [text, ...rest])
      return method(text, 'padStart', [rest[0]!, atom(`${quote}0${quote}`)])
    case 'str.center':
      return call(helper('center', writing), [text, ...rest])
    case 'str.removeprefix':
      return withoutAffix(of, 'startsWith', writing)
    case 'str.removesuffix':
      return withoutAffix(of, 'endsWith', writing)
    case 'str.partition':
      return call(helper('partition', writing), [text, ...rest])
    default:
      return undefined
  }
}

/** Whether a text may begin with a sign; numbers that are filled with zeros are taken not to be negative. */
function isSigned(of: Expression): boolean {
  return of.kind !== 'builtin' && of.kind !== 'slice' && of.kind !== 'format'
}

/** `startswith` of several: one of them. */
function affixes(
  { arguments: [text, part] }: BuiltinCall,
  name: string,
  writing: Writing,
): Written | undefined {
  if (part?.type.kind !== 'tuple' && part?.type.kind !== 'list') return undefined
  if (part.kind === 'name' || part.kind === 'tuple' || part.kind === 'list')
    return withName(['affix', 'part'], writing, (affix) =>
      method(operand(part, writing), 'some', [
        arrow([affix], method(operand(text!, writing), name, [atom(affix)])),
      ]),
    )
  throw new Unsupported('the start of a text among computed ones')
}

/** A letter whose other case is another; of a text, one at least and none the other way. */
function cased(value: Expression, other: string, own: string, writing: Writing): Written {
  if (!isSimple(value) && !(value.kind === 'index' && isSimple(value.of) && isSimple(value.index)))
    throw new Unsupported('the case of a text without a name')
  const text = operand(value, writing)
  const differs = infix(text, '!==', method(text, other), levels.equality)
  if (value.type.kind === 'char') return differs
  const isOwn = infix(text, '===', method(text, own), levels.equality)
  return infix(isOwn, '&&', differs, levels.and)
}

function capitalized(value: Expression, writing: Writing): Written {
  const text = operand(value, writing)
  if (!isSimple(value)) return call(helper('capitalize', writing), [text])
  const first = method(method(text, 'charAt', [atom('0')]), 'toUpperCase')
  return infix(first, '+', method(method(text, 'slice', [atom('1')]), 'toLowerCase'), levels.sum)
}

function stripped(name: string, text: Written, chars: Expression | undefined, writing: Writing): Written {
  const plain = { 'str.strip': 'trim', 'str.lstrip': 'trimStart', 'str.rstrip': 'trimEnd' }[name]!
  if (chars === undefined || chars.kind === 'none') return method(text, plain)
  const source = chars.kind === 'convert' ? chars.value : chars
  if (source.kind === 'string' && /^[\x20-\x7e]+$/.test(source.value)) {
    const set = characterClass(source.value)
    const pattern = { trim: `/^${set}+|${set}+$/g`, trimStart: `/^${set}+/`, trimEnd: `/${set}+$/` }[plain]!
    return method(text, 'replace', [atom(pattern), atom(writing.manner.quote.repeat(2))])
  }
  return call(helper(`${plain}Chars`, writing), [text, operand(chars, writing)])
}

function characterClass(characters: string): string {
  const escaped = [...characters].map((character) => character.replace(/[\\\]^\-/]/, '\\$&')).join('')
  return characters.length === 1 && /[\w\s,;:#!=<>"'%&~@`-]/.test(characters) ? characters : `[${escaped}]`
}

function split(
  text: Written,
  separator: Expression | undefined,
  limit: Expression | undefined,
  writing: Writing,
): Written {
  if (separator !== undefined && separator.kind !== 'none') {
    const parts = [text, operand(separator, writing)]
    if (limit === undefined) return method(text, 'split', parts.slice(1))
    return call(helper('splitAtMost', writing), [...parts, operand(limit, writing)])
  }
  if (limit !== undefined) return call(helper('maxSplit', writing), [text, operand(limit, writing)])
  // `split` alone gives an empty text at either end of blanks.
  if (writing.manner.words === 'filter')
    return method(method(text, 'split', [atom('/\\s+/')]), 'filter', [atom('Boolean')])
  return infix(method(text, 'match', [atom('/\\S+/g')]), '??', array([]), levels.nullish)
}

/** In a replacement `$` has a meaning; a function is taken as it is. */
function replaced({ arguments: given }: BuiltinCall, writing: Writing): Written {
  const [text, old, by] = given.map((part) => operand(part, writing)) as [Written, Written, Written]
  const [, , byExpression, limit] = given
  const isPlain = byExpression!.kind === 'string' && !byExpression!.value.includes('$')
  const replacement = isPlain ? by : arrow([], by)
  if (limit === undefined || isMinusOne(limit)) return method(text, 'replaceAll', [old, replacement])
  if (limit.kind === 'int' && limit.value === 1) return method(text, 'replace', [old, replacement])
  throw new Unsupported('a limited number of replacements')
}

function isMinusOne(of: Expression): boolean {
  return (
    (of.kind === 'int' && of.value === -1) ||
    (of.kind === 'negate' && of.value.kind === 'int' && of.value.value === 1)
  )
}

function counted(text: Written, part: Expression, written: Written, writing: Writing): Written {
  if (part.kind === 'string' && part.value === '') throw new Unsupported('a count of nothing')
  if (part.type.kind === 'char' && writing.manner.words === 'match')
    return withName(['char', 'c', 'letter'], writing, (name) => {
      const test = infix(atom(name), '===', written, levels.equality)
      return property(method(spread(text), 'filter', [arrow([name], test)]), 'length')
    })
  return infix(property(method(text, 'split', [written]), 'length'), '-', atom('1'), levels.sum)
}

function withoutAffix(of: BuiltinCall, test: 'startsWith' | 'endsWith', writing: Writing): Written {
  const [value, affix] = of.arguments as [Expression, Expression]
  const [text, part] = [operand(value, writing), operand(affix, writing)]
  const isStart = test === 'startsWith'
  if (!isSimple(value) || !isSimple(affix))
    return call(helper(isStart ? 'removePrefix' : 'removeSuffix', writing), [text, part])
  const size = affix.kind === 'string' ? atom(String(affix.value.length)) : property(part, 'length')
  if (affix.kind === 'string' && affix.value === '') return text
  const rest = isStart
    ? [size]
    : affix.kind === 'string'
      ? [atom('0'), atom(`-${affix.value.length}`)]
      : [atom('0'), infix(property(text, 'length'), '-', size, levels.sum)]
  return conditional(method(text, test, [part]), method(text, 'slice', rest), text)
}
