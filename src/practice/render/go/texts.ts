import type { Expression } from '../../language/program.ts'
import * as build from '../build.ts'
import { Unsupported } from '../renderer.ts'
import { characters } from './characters.ts'
import { expression, lowered, several } from './expressions.ts'
import { checkError } from './failing.ts'
import type { Entries, Entry } from './library.ts'
import { unexported } from './names.ts'
import { atom, binary, call, type Go, print } from './syntax.ts'
import { emit, fresh, helper, isSimple, type Writing } from './writing.ts'

/** A function of `strings` with the same arguments. */
function strings(name: string): Entry {
  return (args, writing) => call(`strings.${name}`, ...all(args, writing))
}

function all(args: readonly Expression[], writing: Writing): Go[] {
  return several(args, writing, (part) => expression(part, writing))
}

/** `unicode.IsX` of a character; of a string, whether it holds for all of at least one. */
function kind(test: (char: Go) => Go, ofText: (text: Go, writing: Writing) => Go): Entry {
  return ([of], writing) => {
    if (of!.type.kind === 'char') return test(characters(of!, writing))
    return ofText(expression(of!, writing), writing)
  }
}

const unicode = (name: string) => (char: Go) => call(`unicode.${name}`, char)
const helped = (name: string) => (text: Go, writing: Writing) => helper(writing, name, text)

/** Changes of case; of a character it is one again. */
function cased(name: string): Entry {
  return ([of], writing) =>
    of!.type.kind === 'char'
      ? call(`unicode.${name}`, characters(of!, writing))
      : call(`strings.${name}`, expression(of!, writing))
}

function stripped(both: string, space: (text: Go) => Go): Entry {
  return ([of, chars], writing) => {
    const text = expression(of!, writing)
    return chars ? call(`strings.${both}`, text, expression(chars, writing)) : space(text)
  }
}

export const texts: Entries = {
  'str.lower': cased('ToLower'),
  'str.upper': cased('ToUpper'),
  'str.title': ([of], writing) => helper(writing, 'titleCase', expression(of!, writing)),
  'str.capitalize': ([of], writing) => helper(writing, 'capitalize', expression(of!, writing)),
  'str.swapcase'([of], writing) {
    if (of!.type.kind === 'char') return helper(writing, 'swapCase', characters(of!, writing))
    return call(
      'strings.Map',
      atom(print(helper(writing, 'swapCase')).replace('()', '')),
      expression(of!, writing),
    )
  },
  'str.strip': stripped('Trim', (text) => call('strings.TrimSpace', text)),
  'str.lstrip': stripped('TrimLeft', (text) => call('strings.TrimLeftFunc', text, atom('unicode.IsSpace'))),
  'str.rstrip': stripped('TrimRight', (text) => call('strings.TrimRightFunc', text, atom('unicode.IsSpace'))),
  'str.split'(args, writing) {
    const [text, separator, most] = args
    if (!separator) return call('strings.Fields', expression(text!, writing))
    if (!most) return call('strings.Split', ...all(args, writing))
    if (most.kind !== 'int') throw new Unsupported('a computed number of splits')
    const [a, b] = all([text!, separator], writing)
    return call('strings.SplitN', a!, b!, atom(String(most.value + 1)))
  },
  'str.splitlines': ([of], writing) => helper(writing, 'lines', expression(of!, writing)),
  'str.join'([separator, items], writing, of) {
    if (items!.kind === 'comprehension') return lowered(of, writing)
    const type = items!.type
    const isChars = (type.kind === 'list' && type.of.kind === 'char') || type.kind === 'string'
    const isEmpty = separator!.kind === 'string' && separator!.value === ''
    if (type.kind === 'list' && !isChars && !isIterator(items!)) {
      const [list, between] = all([items!, separator!], writing)
      return call('strings.Join', list!, between!)
    }
    if (isChars && isEmpty && !isIterator(items!)) return call('string', expression(items!, writing, 'read'))
    if (
      isEmpty &&
      items!.kind === 'builtin' &&
      items!.name === 'reversed' &&
      items!.arguments[0]!.type.kind === 'string'
    )
      return helper(writing, 'reverse', expression(items!.arguments[0]!, writing))
    return lowered({ ...of, arguments: [separator!, asGenerator(items!, writing)] }, writing)
  },
  'str.replace'(args, writing) {
    if (args.length > 3) return call('strings.Replace', ...all(args, writing))
    return call('strings.ReplaceAll', ...all(args, writing))
  },
  'str.startswith': strings('HasPrefix'),
  'str.endswith': strings('HasSuffix'),
  'str.find': found('Index'),
  'str.rfind': found('LastIndex'),
  'str.index'(args, writing, of, goal) {
    const place = found('Index')(args, writing, of)
    if (writing.knowledge.isMember(args[1]!, args[0]!)) return place
    const name = goal ?? unexported(fresh(writing, 'index', 'position'))
    emit(writing, `${name} := ${print(place)}`)
    checkError(writing, `${name} < 0`, () => call('errors.New', atom('"substring not found"')))
    return atom(name)
  },
  'str.count'([text, part], writing) {
    const ones =
      text!.kind === 'builtin' && text!.name === 'bin' && part!.kind === 'string' && part!.value === '1'
    if (ones) {
      const number = (text as Expression & { kind: 'builtin' }).arguments[0]!
      if (writing.knowledge.atLeast(number, 0))
        return call('bits.OnesCount', call('uint', expression(number, writing)))
    }
    return call('strings.Count', ...all([text!, part!], writing))
  },
  'str.isdigit': kind(unicode('IsDigit'), helped('isDigits')),
  'str.isalpha': kind(unicode('IsLetter'), helped('isLetters')),
  'str.isalnum': kind(
    (char) => binary(call('unicode.IsLetter', char), '||', call('unicode.IsDigit', char)),
    helped('isAlphanumeric'),
  ),
  'str.isupper': kind(unicode('IsUpper'), (text) => sameCase(text, 'ToUpper', 'ToLower')),
  'str.islower': kind(unicode('IsLower'), (text) => sameCase(text, 'ToLower', 'ToUpper')),
  'str.isspace': kind(unicode('IsSpace'), (text) =>
    binary(binary(text, '!=', atom('""')), '&&', binary(call('strings.TrimSpace', text), '==', atom('""'))),
  ),
  'str.zfill': (args, writing) => helper(writing, 'zeroFill', ...all(args, writing)),
  'str.ljust': padded('padRight', '-'),
  'str.rjust': padded('padLeft', ''),
  'str.center': (args, writing) => helper(writing, 'center', ...all([...args, blank].slice(0, 3), writing)),
  'str.removeprefix': strings('TrimPrefix'),
  'str.removesuffix': strings('TrimSuffix'),
  'str.partition'() {
    throw new Unsupported('a partition that is not taken apart')
  },
}

const blank = build.textOf(' ')

function padded(name: string, flag: string): Entry {
  return (args, writing) => {
    const [text, width, fill] = args
    if (!fill && width!.kind === 'int')
      return call('fmt.Sprintf', atom(`"%${flag}${width!.value}s"`), expression(text!, writing))
    return helper(writing, name, ...all([...args, blank].slice(0, 3), writing))
  }
}

/** All letters, of which there are some, have one case. */
function sameCase(text: Go, own: string, other: string): Go {
  const same = binary(call(`strings.${own}`, text), '==', text)
  return binary(same, '&&', binary(call(`strings.${other}`, text), '!=', text))
}

/** Where a part is; from a start on, counted from the beginning all the same. */
function found(name: string): Entry {
  return (args, writing) => {
    const [text, part, start] = args
    const needle = (of: Expression) =>
      of.type.kind === 'char' ? call('string', characters(of, writing)) : expression(of, writing)
    if (!start) return call(`strings.${name}`, expression(text!, writing), needle(part!))
    if (!isSimple(text!) || !isSimple(start)) throw new Unsupported('a search from a computed start')
    return helper(writing, 'indexFrom', expression(text!, writing), needle(part!), expression(start, writing))
  }
}

function isIterator(of: Expression): boolean {
  return (
    of.kind === 'builtin' &&
    ['reversed', 'dict.keys', 'dict.values', 'range', 'zip', 'enumerate'].includes(of.name)
  )
}

function asGenerator(items: Expression, writing: Writing): Expression {
  const type =
    items.type.kind === 'list' || items.type.kind === 'set' ? items.type.of : ({ kind: 'char' } as const)
  const name = fresh(writing, type.kind === 'char' ? 'char' : 'item', 'part')
  const item = build.nameOf(name, type)
  const text: Expression =
    type.kind === 'char' ? { kind: 'convert', value: item, type: { kind: 'string' } } : item
  return {
    kind: 'comprehension',
    form: 'generator',
    item: text,
    clauses: [{ names: [{ name, type }], iterable: items, conditions: [] }],
    type: { kind: 'list', of: { kind: 'string' } },
  }
}
