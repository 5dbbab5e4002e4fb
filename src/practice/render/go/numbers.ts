import type { Expression } from '../../language/program.ts'
import * as build from '../build.ts'
import { Unsupported } from '../renderer.ts'
import { looseChar } from './characters.ts'
import { expression, lowered, several } from './expressions.ts'
import { checkError } from './failing.ts'
import { textOf } from './format.ts'
import type { Call, Entries, Entry } from './library.ts'
import { quotedRune } from './literals.ts'
import { unexported } from './names.ts'
import { two } from './operators.ts'
import { atom, binary, call, composite, type Go, print } from './syntax.ts'
import { goType } from './types.ts'
import { emit, fresh, helper, isSimple, type Writing } from './writing.ts'

/** `float64 → float64` of Go's `math`. */
function math(name: string): Entry {
  return (args, writing) =>
    call(`math.${name}`, ...several(args, writing, (part) => expression(part, writing)))
}

/** A function of `math`, as an int. */
function whole(name: string): Entry {
  return ([of], writing) => call('int', call(`math.${name}`, expression(of!, writing)))
}

export const numbers: Entries = {
  min: extreme,
  max: extreme,
  abs: ([of], writing) =>
    of!.type.kind === 'float'
      ? call('math.Abs', expression(of!, writing))
      : helper(writing, 'abs', expression(of!, writing)),
  round([of, digits], writing) {
    if (digits) return helper(writing, 'roundTo', ...two(of!, digits, writing))
    if (of!.kind === 'convert' && of!.value.type.kind === 'int') return expression(of!.value, writing)
    return call('int', call('math.RoundToEven', expression(of!, writing)))
  },
  divmod([a, b], writing, of) {
    return composite(goType(of.type, writing.module.survey), quotientAndRemainder(a!, b!, writing))
  },
  pow(args, writing) {
    return helper(writing, 'powMod', ...several(args, writing, (part) => expression(part, writing)))
  },
  int: integer,
  float([of], writing, _, goal) {
    if (of!.type.kind === 'int') return call('float64', expression(of!, writing))
    return parsed(
      call('strconv.ParseFloat', trimmed(of!, writing), atom('64')),
      goal,
      writing,
      'value',
      'number',
    )
  },
  str: ([of], writing) => textOf(of!, writing),
  ord([of], writing) {
    if (of!.kind === 'string') return call('int', atom(quotedRune(of!.value)))
    return call('int', looseChar(of!, writing).go)
  },
  chr: ([of], writing) => call('rune', expression(of!, writing)),
  bin: ([of], writing) => call('fmt.Sprintf', atom('"%#b"'), expression(of!, writing)),
  hex: ([of], writing) => call('fmt.Sprintf', atom('"%#x"'), expression(of!, writing)),
  print: (args, writing) => call('fmt.Println', ...several(args, writing, (part) => printed(part, writing))),
  'math.sqrt': math('Sqrt'),
  'math.isqrt': ([of], writing) => call('int', call('math.Sqrt', call('float64', expression(of!, writing)))),
  'math.floor': whole('Floor'),
  'math.ceil': whole('Ceil'),
  'math.gcd': (args, writing) =>
    helper(writing, 'gcd', ...several(args, writing, (part) => expression(part, writing))),
  'math.pi': () => atom('math.Pi'),
  'math.inf': () => call('math.Inf', atom('1')),
  'math.hypot': math('Hypot'),
  'math.sin': math('Sin'),
  'math.cos': math('Cos'),
  'math.radians': ([of], writing) =>
    binary(binary(expression(of!, writing), '*', atom('math.Pi')), '/', atom('180')),
  'math.log'(args, writing) {
    const [x, base] = several(args, writing, (part) => expression(part, writing))
    return base ? binary(call('math.Log', x!), '/', call('math.Log', base)) : call('math.Log', x!)
  },
}

/** `a / b` and `a % b`, rounded as Python does. */
export function quotientAndRemainder(a: Expression, b: Expression, writing: Writing): [Go, Go] {
  if (!isSimple(a) || !isSimple(b)) throw new Unsupported('divmod of what is computed')
  const of = (operator: '//' | '%') => expression(build.arithmetic(a, operator, b), writing)
  return [of('//'), of('%')]
}

function printed(of: Expression, writing: Writing): Go {
  return of.type.kind === 'int' ? expression(of, writing) : textOf(of, writing)
}

/** `min` and `max`, of several numbers or of what a list gives. */
function extreme(args: readonly Expression[], writing: Writing, of: Call): Go {
  if (args.length === 1) return lowered(of, writing)
  if (of.options?.key) {
    const list: Expression = { kind: 'list', items: [...args], type: { kind: 'list', of: of.type } }
    return lowered({ ...of, arguments: [list] }, writing)
  }
  if (of.type.kind === 'int' || of.type.kind === 'float') {
    const name =
      of.type.kind === 'int' ? of.name : { min: 'math.Min', max: 'math.Max' }[of.name as 'min' | 'max']
    const values = several(args, writing, (part) => expression(part, writing))
    return values.reduce((left, right) =>
      of.type.kind === 'int' ? helper(writing, name, left, right) : call(name, left, right),
    )
  }
  if (!args.every(isSimple)) throw new Unsupported('min and max of computed values')
  const best = args.reduce((left, right) =>
    build.choose(build.compare(right, of.name === 'min' ? '<' : '>', left), right, left),
  )
  return lowered(best, writing)
}

function integer(args: readonly Expression[], writing: Writing, _: Call, goal?: string): Go {
  const [value, base] = args as [Expression, Expression?]
  if (value.type.kind === 'bool') return lowered(build.choose(value, build.intOf(1), build.intOf(0)), writing)
  if (value.kind === 'float') return atom(String(Math.trunc(value.value)))
  if (value.type.kind === 'float') return call('int', expression(value, writing))
  if (base) {
    if (base.kind !== 'int') throw new Unsupported('a computed base')
    const made = call('strconv.ParseInt', trimmed(value, writing), expression(base, writing), atom('64'))
    return call('int', parsed(made, undefined, writing, 'number', 'n'))
  }
  if (value.type.kind === 'char' && (writing.knowledge.isDigit(value) || value.kind === 'string')) {
    const char = looseChar(value, writing)
    return call('int', binary(char.go, '-', atom("'0'")))
  }
  if (!writing.failing && writing.knowledge.isDigit(value)) {
    const name = goal ?? unexported(fresh(writing, 'number', 'n'))
    emit(writing, `${name}, _ := ${print(call('strconv.Atoi', expression(value, writing)))}`)
    return atom(name)
  }
  return parsed(call('strconv.Atoi', trimmed(value, writing)), goal, writing, 'number', 'n')
}

/** Python's conversions skip the blanks around a number. */
function trimmed(of: Expression, writing: Writing): Go {
  if (of.type.kind === 'char') return call('string', looseChar(of, writing).go)
  const text = expression(of, writing)
  const isBare =
    of.kind === 'string' ||
    writing.knowledge.isDigit(of) ||
    writing.bare.has(of.kind === 'name' ? of.name : '')
  return isBare ? text : call('strings.TrimSpace', text)
}

/** `n, err := …`, and what follows from the error. */
export function parsed(made: Go, goal: string | undefined, writing: Writing, ...wanted: string[]): Go {
  const name = goal ?? unexported(fresh(writing, ...wanted))
  emit(writing, `${name}, err := ${print(made)}`)
  checkError(writing, 'err != nil')
  return atom(name)
}
