import type { Builtin, Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import type { Write } from './builtins.ts'
import { functionalOnly, itemsOf, mapped } from './comprehensions.ts'
import { operand } from './expressions.ts'
import { intValue, isSimple } from './numbers.ts'
import type { Writing } from './writing.ts'
import { arrow, atom, call, compared, conditional, infix, levels } from './written.ts'

const plain =
  (name: string): Write =>
  (args) =>
    call(name, ...args)

/** Of text of one byte a character: the extension for others is not everywhere. */
export const strings: Partial<Record<Builtin, Write>> = {
  'str.lower': plain('strtolower'),
  'str.upper': plain('strtoupper'),
  'str.capitalize': ([text]) => call('ucfirst', call('strtolower', text!)),
  'str.title': ([text]) =>
    call(
      'preg_replace_callback',
      atom("'/[a-z]+/i'"),
      arrow(['$match'], atom('ucfirst(strtolower($match[0]))')),
      text!,
    ),
  'str.swapcase': ([text], { arguments: [of] }) => {
    if (!isSimple(of!)) throw new Unsupported('the cases of a text that is computed')
    // A letter's cases differ in one bit, which this turns.
    const bits = infix(call('strtolower', text!), '^', call('strtoupper', text!), levels['^'])
    return infix(bits, '^', text!, levels['^'])
  },
  'str.strip': stripping('trim'),
  'str.lstrip': stripping('ltrim'),
  'str.rstrip': stripping('rtrim'),
  'str.split': split,
  'str.splitlines': ([text]) => {
    const lines = call('preg_split', atom("'/(?<=\\n)/'"), text!, atom('-1'), atom('PREG_SPLIT_NO_EMPTY'))
    return call('array_map', arrow(['$line'], atom('rtrim($line, "\\r\\n")')), lines)
  },
  'str.join': (_, of, writing) => joined(of, writing),
  'str.replace'([text, old, by, limit]) {
    if (limit) throw new Unsupported('a replacement some times')
    return call('str_replace', old!, by!, text!)
  },
  'str.startswith': affix('str_starts_with'),
  'str.endswith': affix('str_ends_with'),
  'str.find': position('strpos'),
  'str.rfind': position('strrpos'),
  'str.count': plain('substr_count'),
  'str.isdigit': plain('ctype_digit'),
  'str.isalpha': plain('ctype_alpha'),
  'str.isalnum': plain('ctype_alnum'),
  'str.isspace': plain('ctype_space'),
  'str.isupper': cased('ctype_upper', 'strtoupper', 'strtolower'),
  'str.islower': cased('ctype_lower', 'strtolower', 'strtoupper'),
  'str.zfill': ([text, width]) => call('str_pad', text!, width!, atom("'0'"), atom('STR_PAD_LEFT')),
  'str.ljust': plain('str_pad'),
  'str.rjust': ([text, width, fill]) =>
    call('str_pad', text!, width!, fill ?? atom("' '"), atom('STR_PAD_LEFT')),
  'str.removeprefix': ([text, part], { arguments: args }) => {
    if (!args.every(isSimple)) throw new Unsupported('the beginning of a text that is computed')
    return conditional(
      call('str_starts_with', text!, part!),
      call('substr', text!, call('strlen', part!)),
      text!,
    )
  },
  'str.removesuffix': ([text, part], { arguments: [of, suffix] }) => {
    if (!isSimple(of!) || suffix!.kind !== 'string' || suffix!.value === '')
      throw new Unsupported('the end of a text that is computed')
    const length = String(-suffix!.value.length)
    return conditional(
      call('str_ends_with', text!, part!),
      call('substr', text!, atom('0'), atom(length)),
      text!,
    )
  },
}

function affix(name: string): Write {
  return (args, { arguments: [, part] }) => {
    if (part!.kind === 'tuple') throw new Unsupported('several beginnings')
    return call(name, ...args)
  }
}

/** Without characters: white space where none are named. `..` would be a range. */
function stripping(name: string): Write {
  return (args, { arguments: [, characters] }) => {
    if (characters && (characters.kind !== 'string' || characters.value.includes('..')))
      throw new Unsupported('characters to strip that are computed')
    return call(name, ...args)
  }
}

function split(
  [text, separator, limit]: Operand[],
  { arguments: [, by, most] }: Expression & { kind: 'builtin' },
): Operand {
  if (!separator || by!.kind === 'none') {
    if (limit) throw new Unsupported('some words')
    return call('preg_split', atom("'/\\s+/'"), text!, atom('-1'), atom('PREG_SPLIT_NO_EMPTY'))
  }
  const count = intValue(most)
  if (limit && count === undefined) throw new Unsupported('a number of parts that is computed')
  const parts = limit && count! >= 0 ? [atom(String(count! + 1))] : []
  return call('explode', separator, text!, ...parts)
}

/** Numbers need no cast to be joined. */
function joined(of: Expression & { kind: 'builtin' }, writing: Writing): Operand {
  const [separator, source] = of.arguments as [Expression, Expression]
  const number =
    source.kind === 'comprehension' && source.item.kind === 'builtin' && source.item.name === 'str'
      ? source.item.arguments[0]!
      : undefined
  const items =
    source.kind === 'comprehension' && number?.type.kind === 'int' ? { ...source, item: number } : source
  const glue =
    separator.kind === 'string' && separator.value === '' ? atom("''") : operand(separator, writing)
  return functionalOnly(of, writing, () => {
    const texts = items.kind === 'comprehension' ? mapped(items, writing, false) : itemsOf(items, writing)
    return call('implode', glue, texts)
  })
}

/** `strpos` is false where nothing is found. */
function position(name: string): Write {
  return (args, { arguments: all }) => {
    if (!all.every(isSimple)) throw new Unsupported('a place in a text that is computed')
    if (all[2]) throw new Unsupported('a place to begin')
    const found = call(name, ...args)
    return conditional(compared(found, '===', atom('false')), atom('-1'), found)
  }
}

/** Some letter has the case, and none the other. */
function cased(ofCharacter: string, same: string, other: string): Write {
  return ([text], { arguments: [of] }) => {
    if (of!.type.kind === 'char') return call(ofCharacter, text!)
    if (!isSimple(of!)) throw new Unsupported('the case of a text that is computed')
    const isSame = compared(text!, '===', call(same, text!))
    return infix(isSame, '&&', compared(text!, '!==', call(other, text!)), levels.and)
  }
}
