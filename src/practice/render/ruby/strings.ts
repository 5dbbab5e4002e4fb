import type { Builtin, Expression } from '../../language/program.ts'
import type { Doc, Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import type { Write } from './builtins.ts'
import { joined } from './comprehensions.ts'
import { operand } from './expressions.ts'
import { quoted } from './literals.ts'
import { intValue, isSimple } from './numbers.ts'
import type { Writing } from './writing.ts'
import { atom, call, conditional, flat, infix, levels, send, withBlock } from './written.ts'

const method =
  (name: string): Write =>
  ([text, ...args]) =>
    send(text!, name, ...args.map(({ doc }) => doc))
const matches =
  (pattern: string): Write =>
  ([text]) =>
    send(text!, 'match?', pattern)

export const strings: Partial<Record<Builtin, Write>> = {
  'str.lower': method('downcase'),
  'str.upper': method('upcase'),
  'str.capitalize': method('capitalize'),
  'str.swapcase': method('swapcase'),
  'str.title': ([text]) => send(text!, 'gsub', '/[[:alpha:]]+/', '&:capitalize'),
  'str.strip': stripping('strip', (set) => `/\\A${set}+|${set}+\\z/`, 'gsub'),
  'str.lstrip': stripping('lstrip', (set) => `/\\A${set}+/`, 'sub'),
  'str.rstrip': stripping('rstrip', (set) => `/${set}+\\z/`, 'sub'),
  'str.split': split,
  'str.splitlines': ([text]) => send(text!, 'lines', 'chomp: true'),
  'str.join': (_, { arguments: [separator, items] }, writing) => joined(items!, separator!, writing),
  'str.replace': replace,
  'str.startswith': affix('start_with?'),
  'str.endswith': affix('end_with?'),
  'str.find': ([text, ...args]) => orElse(send(text!, 'index', ...args.map(({ doc }) => doc)), atom('-1')),
  'str.rfind': ([text, part]) => orElse(send(text!, 'rindex', part!.doc), atom('-1')),
  'str.index': ([text, ...args], _, writing) =>
    found(send(text!, 'index', ...args.map(({ doc }) => doc)), 'substring not found', writing),
  'str.count': ([text, part], { arguments: [of, wanted] }, writing) => {
    const isOne = wanted!.kind === 'string' && /^[A-Za-z0-9 .,;:!?]$/.test(wanted!.value)
    // The prefix of binary digits holds no 1.
    const isOnes = of!.kind === 'builtin' && of!.name === 'bin' && isOne && wanted!.value === '1'
    const receiver = isOnes ? send(operand(of!.arguments[0]!, writing), 'to_s', '2') : text!
    return isOne ? send(receiver, 'count', part!.doc) : send(send(receiver, 'scan', part!.doc), 'length')
  },
  'str.isdigit': matches('/\\A\\d+\\z/'),
  'str.isalpha': matches('/\\A[[:alpha:]]+\\z/'),
  'str.isalnum': matches('/\\A[[:alnum:]]+\\z/'),
  'str.isspace': matches('/\\A\\s+\\z/'),
  'str.isupper': cased('[[:upper:]]', 'upcase', 'downcase'),
  'str.islower': cased('[[:lower:]]', 'downcase', 'upcase'),
  'str.zfill': ([text, width]) => send(text!, 'rjust', width!.doc, "'0'"),
  'str.ljust': method('ljust'),
  'str.rjust': method('rjust'),
  'str.removeprefix': method('delete_prefix'),
  'str.removesuffix': method('delete_suffix'),
  'str.partition': method('partition'),
}

function orElse(of: Operand, other: Operand): Operand {
  return infix(of, '||', other, levels.or)
}

/** Nil where nothing was found, which is an error where one may be caught. */
export function found(of: Operand, message: string, writing: Writing): Operand {
  if (!writing.catches) return of
  return orElse(of, call('raise', 'ArgumentError', quoted(message, writing.quote)))
}

function affix(name: string): Write {
  return ([text, part], { arguments: [, of] }) =>
    of!.kind === 'tuple' ? send(text!, name, flat(part!.doc).slice(1, -1)) : send(text!, name, part!.doc)
}

/** Without characters: white space where none are named. */
function stripping(plain: string, pattern: (set: string) => string, name: string): Write {
  return ([text], { arguments: [, characters] }) => {
    if (!characters) return send(text!, plain)
    if (characters.kind !== 'string' || characters.value === '')
      throw new Unsupported('characters to strip that are computed')
    return send(text!, name, pattern(characterSet(characters.value)), "''")
  }
}

/** `[ab]`, or one character by itself, in a regular expression. */
function characterSet(characters: string): string {
  const one = [...new Set(characters)].map((character) =>
    character.replace(/[\\\]^\-/[#]/g, '\\$&').replace('\n', '\\n'),
  )
  if (one.length > 1) return `[${one.join('')}]`
  return characters
    .charAt(0)
    .replace(/[.*+?^${}()|[\]\\/#]/g, '\\$&')
    .replace('\n', '\\n')
}

/** Ruby drops empty parts at the end unless the limit is -1, and has none of an empty text. */
function split(
  [text, separator, limit]: Operand[],
  of: Expression & { kind: 'builtin' },
  writing: Writing,
): Operand {
  const [receiver, by, most] = of.arguments
  if (!separator || by!.kind === 'none') return send(text!, 'split', ...(limit ? limited(most!, limit) : []))
  const pattern = by!.kind === 'string' && by!.value === ' ' ? '/ /' : separator.doc
  const parts = send(text!, 'split', pattern, ...(limit ? limited(most!, limit) : ['-1']))
  if (writing.knowledge.hasLength(receiver!, 1)) return parts
  if (!isSimple(receiver!)) throw new Unsupported('the parts of a text that is computed')
  return conditional(send(text!, 'empty?'), atom("['']"), parts)
}

function limited(most: Expression, limit: Operand): Doc[] {
  const value = intValue(most)
  if (value !== undefined && value < 0) return ['-1']
  return value === undefined ? [infix(limit, '+', atom('1'), levels.sum).doc] : [String(value + 1)]
}

/** What is put in is text, in which a backslash means nothing. */
function replace(
  [text, old, by, limit]: Operand[],
  { arguments: [, , put, most] }: Expression & { kind: 'builtin' },
): Operand {
  const value = intValue(most)
  if (limit && value !== 1) throw new Unsupported('a replacement some times')
  const name = limit ? 'sub' : 'gsub'
  if (put!.kind === 'string' && !put!.value.includes('\\')) return send(text!, name, old!.doc, by!.doc)
  return withBlock(text!, name, '', by!.doc, old!.doc)
}

/** Some letter has the case, and none the other. */
function cased(set: string, same: string, other: string): Write {
  return ([text], { arguments: [of] }) => {
    if (of!.type.kind === 'char') return send(text!, 'match?', `/${set}/`)
    if (!isSimple(of!)) throw new Unsupported('the case of a text that is computed')
    const isSame = infix(text!, '==', send(text!, same), levels.equality)
    return infix(isSame, '&&', infix(text!, '!=', send(text!, other), levels.equality), levels.and)
  }
}
