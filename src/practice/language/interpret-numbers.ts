import { type Machine, Raised, Stopped, unsupported } from './interpret-machine.ts'
import { stripSpace } from './interpret-strings.ts'

/** Python's arithmetic where JavaScript's differs. Integers are whole numbers in floats, exact to ±(2^53 - 1). */

export function divisionByZero(): Raised {
  return new Raised('ZeroDivisionError', 'division by zero')
}

/** Towards negative infinity. */
export function floorDivide(a: number, b: number): number {
  if (b === 0) throw divisionByZero()
  const remainder = a % b
  const quotient = (a - remainder) / b
  return remainder !== 0 && remainder < 0 !== b < 0 ? quotient - 1 : quotient
}

/** Has the sign of `b`. */
export function floorModulo(a: number, b: number): number {
  if (b === 0) throw divisionByZero()
  const remainder = a % b
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder
}

/** `divmod` of floats, as CPython's `float_divmod` has it, zeros' signs included. */
export function divideFloats(a: number, b: number): [quotient: number, remainder: number] {
  if (b === 0) throw divisionByZero()
  let remainder = a % b
  let quotient = (a - remainder) / b
  if (remainder === 0) remainder = b < 0 ? -0 : 0
  else if (remainder < 0 !== b < 0) {
    remainder += b
    quotient -= 1
  }
  if (quotient === 0) return [a / b < 0 || Object.is(a / b, -0) ? -0 : 0, remainder]
  const floor = Math.floor(quotient)
  return [quotient - floor > 0.5 ? floor + 1 : floor, remainder]
}

/** `base ** exponent` of integers, by multiplication: `Math.pow` is not exact. */
export function integerPower(base: number, exponent: number, machine: Machine): number {
  if (exponent < 0) {
    if (base === 0) throw divisionByZero()
    throw unsupported('an integer to a negative power, which is a float')
  }
  if (base === 0 || base === 1) return exponent === 0 ? 1 : base
  if (base === -1) return exponent % 2 === 0 ? 1 : -1
  let power = 1
  for (let i = 0; i < exponent; i++) power = machine.int(power * base)
  return power
}

export function floatPower(base: number, exponent: number): number {
  if (base === 0 && exponent < 0) throw divisionByZero()
  if (base < 0 && Number.isFinite(base) && Number.isFinite(exponent) && !Number.isInteger(exponent))
    throw unsupported('a negative float to a power that is not whole, which is a complex number')
  if (base === 1 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return 1
  const power = base ** exponent
  if (!Number.isFinite(power) && Number.isFinite(base) && Number.isFinite(exponent))
    throw new Raised('OverflowError', 'Numerical result out of range')
  return power
}

/** `pow(base, exponent, modulus)`. */
export function modularPower(base: number, exponent: number, modulus: number): number {
  if (modulus === 0) throw new Raised('ValueError', 'pow() 3rd argument cannot be 0')
  if (exponent < 0) throw unsupported('the inverse of an integer modulo another')
  const limit = BigInt(modulus)
  let power = 1n
  let square = BigInt(base) % limit
  for (let bits = BigInt(exponent); bits > 0n; bits >>= 1n) {
    if (bits & 1n) power = (power * square) % limit
    square = (square * square) % limit
  }
  return floorModulo(Number(power % limit), modulus)
}

/** `&`, `|` and `^` of integers of any sign, as if in two's complement without end. */
export function bitwise(operator: '&' | '|' | '^', a: number, b: number): number {
  if ((a | 0) === a && (b | 0) === b) return operator === '&' ? a & b : operator === '|' ? a | b : a ^ b
  const [left, right] = [BigInt(a), BigInt(b)]
  return Number(operator === '&' ? left & right : operator === '|' ? left | right : left ^ right)
}

export function shift(operator: '<<' | '>>', a: number, by: number): number {
  if (by < 0) throw new Raised('ValueError', 'negative shift count')
  if (operator === '<<') return a === 0 ? 0 : a * 2 ** by
  return by > 53 ? (a < 0 ? -1 : 0) : Math.floor(a / 2 ** by)
}

/** `math.isqrt`. */
export function integerSquareRoot(n: number): number {
  if (n < 0) throw new Raised('ValueError', 'isqrt() argument must be nonnegative')
  const root = BigInt(Math.floor(Math.sqrt(n)))
  const exact = BigInt(n)
  if (root * root > exact) return Number(root - 1n)
  return Number((root + 1n) * (root + 1n) <= exact ? root + 1n : root)
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [large, small] = [Math.abs(a), Math.abs(b)]
  while (small !== 0) [large, small] = [small, large % small]
  return large
}

/**
 * `x · 10^digits` as the nearest integer, a tie to the even one, computed exactly: the decimal text of a float and
 * `round` both come from it. `digits` may be negative.
 * @param x finite.
 */
export function scaledToInteger(x: number, digits: number): bigint {
  const [mantissa, exponent] = partsOf(Math.abs(x))
  let numerator = mantissa
  let denominator = 1n
  if (digits >= 0) numerator *= 10n ** BigInt(digits)
  else denominator = 10n ** BigInt(-digits)
  if (exponent >= 0) numerator <<= BigInt(exponent)
  else denominator <<= BigInt(-exponent)
  const quotient = numerator / denominator
  const twice = 2n * (numerator % denominator)
  const up = twice > denominator || (twice === denominator && (quotient & 1n) === 1n)
  return (up ? quotient + 1n : quotient) * (x < 0 ? -1n : 1n)
}

const bits = new DataView(new ArrayBuffer(8))

/** The float as `mantissa · 2^exponent`. */
function partsOf(x: number): [mantissa: bigint, exponent: number] {
  bits.setFloat64(0, x)
  const whole = bits.getBigUint64(0)
  const exponent = Number(whole >> 52n)
  const fraction = whole & 0xfffffffffffffn
  return exponent === 0 ? [fraction, -1074] : [fraction | 0x10000000000000n, exponent - 1075]
}

/** `round(x, digits)` of a float: the nearest float to the nearest decimal. */
export function roundFloat(x: number, digits: number): number {
  if (!Number.isFinite(x) || digits > 323) return x
  if (digits < -308) return x < 0 ? -0 : 0
  const rounded = Number(`${scaledToInteger(Math.abs(x), digits)}e${-digits}`)
  if (!Number.isFinite(rounded)) throw new Raised('OverflowError', 'rounded value too large to represent')
  return x < 0 || Object.is(x, -0) ? -rounded : rounded
}

/** `round(n, digits)` of an integer; the result is checked by the caller. */
export function roundInteger(n: number, digits: number): number {
  if (digits >= 0) return n
  if (digits < -17) return 0
  return Number(scaledToInteger(n, digits)) * 10 ** -digits
}

/** A float that becomes an integer, already whole or cut: `int(x)`, `round(x)`, `math.floor(x)`. */
export function integerOf(x: number, machine: Machine): number {
  if (Number.isNaN(x)) throw new Raised('ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(x)) throw new Raised('OverflowError', 'cannot convert float infinity to integer')
  return machine.int(x)
}

/** `int(text, base)`. */
export function parseInteger(text: string, base: number): number {
  if (base !== 0 && (base < 2 || base > 36))
    throw new Raised('ValueError', 'int() base must be >= 2 and <= 36, or 0')
  if (base === 0) throw unsupported('int() with base 0')
  const invalid = () => new Raised('ValueError', `invalid literal for int() with base ${base}: '${text}'`)
  const parts = /^([+-]?)(0[bBoOxX]_?)?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/.exec(stripSpace(text))
  if (parts === null) throw invalid()
  const [, sign, prefix = '', digits = ''] = parts
  const isPrefix = { b: 2, o: 8, x: 16 }[prefix.charAt(1).toLowerCase()] === base
  const all = (isPrefix ? digits : prefix + digits).replaceAll('_', '')
  let value = 0
  for (const character of all) {
    const digit = Number.parseInt(character, 36)
    if (!(digit < base)) throw invalid()
    value = value * base + digit
    if (value > Number.MAX_SAFE_INTEGER) throw new Stopped('range', 'int() of a text that leaves ±2^53')
  }
  return sign === '-' ? -value : value
}

/** `float(text)`. */
export function parseFloating(text: string): number {
  const plain = stripSpace(text).toLowerCase()
  const special = /^([+-]?)(?:(inf|infinity)|nan)$/.exec(plain)
  if (special !== null) return special[2] === undefined ? NaN : special[1] === '-' ? -Infinity : Infinity
  const digits = '[0-9]+(?:_[0-9]+)*'
  if (!new RegExp(`^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`).test(plain))
    throw new Raised('ValueError', `could not convert string to float: '${text}'`)
  return Number(plain.replaceAll('_', ''))
}
