import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { arithmetic } from './arithmetic.ts'
import type { BuiltinCall } from './builtins.ts'
import { truth } from './conditions.ts'
import { infix, isPure, operand } from './expressions.ts'
import { text } from './format.ts'
import { helper } from './helpers.ts'
import { atLeast, type Writing } from './writing.ts'
import { array, atom, call, conditional, levels, method, type Written } from './written.ts'

const mathFunctions: Record<string, string> = {
  abs: 'Math.abs',
  'math.sqrt': 'Math.sqrt',
  'math.floor': 'Math.floor',
  'math.ceil': 'Math.ceil',
  'math.hypot': 'Math.hypot',
  'math.sin': 'Math.sin',
  'math.cos': 'Math.cos',
}

/** Numbers, conversions and characters' codes; `undefined` for other names. */
export function numberBuiltin(of: BuiltinCall, writing: Writing): Written | undefined {
  const [first, second] = of.arguments
  const given = () => of.arguments.map((part) => operand(part, writing))
  const { quote } = writing.manner
  const plain = mathFunctions[of.name]
  if (plain !== undefined) return call(plain, given())
  switch (of.name) {
    case 'round':
      return rounded(of, writing)
    case 'divmod':
      return quotientAndRemainder(of, writing)
    case 'pow':
      return power(of, writing)
    case 'int':
      return first === undefined ? atom('0') : integer(first, second, writing)
    case 'float':
      return first === undefined ? atom('0') : float(first, writing)
    case 'str':
      return first === undefined ? atom(quote + quote) : text(first, undefined, writing)
    case 'bool':
      return first === undefined ? atom('false') : truth(first, writing)
    case 'ord':
      return method(operand(first!, writing), 'charCodeAt', [atom('0')])
    case 'chr':
      return call('String.fromCharCode', given())
    case 'bin':
      return prefixed(first!, 2, '0b', writing)
    case 'hex':
      return prefixed(first!, 16, '0x', writing)
    case 'math.isqrt':
      return call('Math.floor', [call('Math.sqrt', given())])
    case 'math.gcd': {
      const name = helper('gcd', writing)
      return given().reduce((all, next) => call(name, [all, next]))
    }
    case 'math.pi':
      return atom('Math.PI')
    case 'math.inf':
      return atom('Infinity')
    case 'math.radians':
      return infix(
        infix(operand(first!, writing), '*', atom('Math.PI'), levels.product),
        '/',
        atom('180'),
        levels.product,
      )
    case 'math.log': {
      const natural = call('Math.log', [operand(first!, writing)])
      return second === undefined
        ? natural
        : infix(natural, '/', call('Math.log', [operand(second, writing)]), levels.product)
    }
    case 'print':
      return printed(of, writing)
    default:
      return undefined
  }
}

/** Python rounds halves to the even number, `Math.round` upwards. */
function rounded({ arguments: [value, digits] }: BuiltinCall, writing: Writing): Written {
  const written = operand(value!, writing)
  if (value!.type.kind === 'int') {
    if (digits === undefined || (digits.kind === 'int' && digits.value >= 0)) return written
    throw new Unsupported('an integer rounded to tens')
  }
  if (digits === undefined || digits.kind === 'none') return call(helper('roundHalfEven', writing), [written])
  if (!atLeast(digits, 0, writing) && digits.kind !== 'name') throw new Unsupported('rounding to tens')
  return call(helper('roundTo', writing), [written, operand(digits, writing)])
}

function quotientAndRemainder({ arguments: [left, right], type }: BuiltinCall, writing: Writing): Written {
  if (!isPure(left!) || !isPure(right!)) throw new Unsupported('divmod of what can be computed only once')
  const part = (operator: '//' | '%') =>
    arithmetic({ kind: 'arithmetic', operator, left: left!, right: right!, type: left!.type }, writing)
  if (type.kind === 'tuple' && type.of[0]!.kind === 'float') throw new Unsupported('divmod of floats')
  return array([part('//').doc, part('%').doc])
}

function power({ arguments: [base, exponent, modulus], type }: BuiltinCall, writing: Writing): Written {
  if (modulus === undefined)
    return arithmetic({ kind: 'arithmetic', operator: '**', left: base!, right: exponent!, type }, writing)
  return call(
    helper('powMod', writing),
    [base!, exponent!, modulus].map((part) => operand(part, writing)),
  )
}

/** Without `try` in the program, text is taken for a number that it is; else a helper raises. */
function integer(value: Expression, base: Expression | undefined, writing: Writing): Written {
  const written = operand(value, writing)
  switch (value.type.kind) {
    case 'int':
      return written
    case 'bool':
      return call('Number', [written])
    case 'float':
      return call('Math.trunc', [written])
    default:
      if (base !== undefined && !(base.kind === 'int' && base.value === 10)) {
        if (writing.catches) throw new Unsupported('digits of another base that may be wrong')
        return call('Number.parseInt', [written, operand(base, writing)])
      }
      return writing.catches ? call(helper('parseInteger', writing), [written]) : call('Number', [written])
  }
}

function float(value: Expression, writing: Writing): Written {
  const written = operand(value, writing)
  const { kind } = value.type
  if (kind === 'int' || kind === 'float') return written
  if (kind === 'bool') return call('Number', [written])
  return writing.catches ? call(helper('parseNumber', writing), [written]) : call('Number', [written])
}

/** `0b101`; a minus stands before the prefix. */
function prefixed(value: Expression, base: number, prefix: string, writing: Writing): Written {
  const { quote } = writing.manner
  const mark = (text: string) => atom(`${quote}${text}${quote}`)
  const digits = (of: Written) => method(of, 'toString', [atom(String(base))])
  if (atLeast(value, 0, writing)) return infix(mark(prefix), '+', digits(operand(value, writing)), levels.sum)
  const sign = conditional(
    infix(operand(value, writing), '<', atom('0'), levels.relation),
    mark(`-${prefix}`),
    mark(prefix),
  )
  return infix(sign, '+', digits(call('Math.abs', [operand(value, writing)])), levels.sum)
}

function printed({ arguments: given }: BuiltinCall, writing: Writing): Written {
  if (given.length === 0) return call('console.log', [])
  if (given.length === 1) {
    const [value] = given
    const isPlain = value!.type.kind === 'int' || value!.type.kind === 'string' || value!.type.kind === 'char'
    return call('console.log', [isPlain ? operand(value!, writing) : text(value!, undefined, writing)])
  }
  return call(
    'console.log',
    given.map((value) => text(value, undefined, writing)),
  )
}
