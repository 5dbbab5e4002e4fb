import type { Arithmetic, Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { Unsupported } from '../renderer.ts'
import { looseChar } from './characters.ts'
import { expression, several } from './expressions.ts'
import { combinedSets, concatenated, repeatedList } from './lists.ts'
import { quotedRune } from './literals.ts'
import { atom, binary, call, type Go, method, unary } from './syntax.ts'
import { helper, isSimple, type Writing } from './writing.ts'

export type Arithmetical = Expression & { kind: 'arithmetic' }

export function arithmetic(of: Arithmetical, writing: Writing, goal?: string): Go {
  switch (of.type.kind) {
    case 'int':
      return integers(of, writing)
    case 'float':
      return floats(of, writing)
    case 'string':
      return texts(of, writing)
    case 'list':
      return of.operator === '*' ? repeatedList(of, writing, goal) : concatenated(of, writing)
    case 'set':
      return combinedSets(of.operator, of.left, of.right, writing, goal)
    case 'date': {
      const [date, days] = of.right.type.kind === 'days' ? [of.left, of.right] : [of.right, of.left]
      const [from, count] = two(date, days, writing)
      return method(from, 'AddDate', atom('0'), atom('0'), of.operator === '-' ? minus(count) : count)
    }
    case 'days': {
      if (of.left.type.kind !== 'date') return plain(of, writing)
      const [later, earlier] = two(of.left, of.right, writing)
      return call('int', binary(method(method(later, 'Sub', earlier), 'Hours'), '/', atom('24')))
    }
    default:
      throw new Unsupported(`arithmetic that gives a ${of.type.kind}`)
  }
}

function minus(of: Go): Go {
  return of.kind === 'atom' && /^\d/.test(of.text) ? atom(`-${of.text}`) : unary('-', of)
}

export function two(left: Expression, right: Expression, writing: Writing): [Go, Go] {
  return several([left, right], writing, (part) => expression(part, writing, 'read')) as [Go, Go]
}

function plain({ operator, left, right }: Arithmetical, writing: Writing): Go {
  const [a, b] = two(left, right, writing)
  return binary(a, operator, b)
}

function integers(of: Arithmetical, writing: Writing): Go {
  const { operator, left, right } = of
  switch (operator) {
    case '+':
    case '-':
      return sum(of, writing)
    case '//': {
      const [a, b] = two(left, right, writing)
      const isPlain =
        writing.knowledge.divides(left, right) ||
        (writing.knowledge.atLeast(left, 0) && writing.knowledge.atLeast(right, 1))
      return isPlain ? binary(a, '/', b) : helper(writing, 'floorDiv', a, b)
    }
    case '%':
      return remainder(left, right, writing)
    case '**':
      return power(left, right, writing)
    default:
      return plain(of, writing)
  }
}

type Code = Expression & { kind: 'builtin' }
function isCode(of: Expression): of is Code {
  return of.kind === 'builtin' && of.name === 'ord'
}

/** Sums and differences, where codes of characters are characters: `int(r - 'a')`. */
function sum({ operator, left, right }: Arithmetical, writing: Writing): Go {
  if (operator === '-' && isCode(left) && isCode(right)) {
    const [a, b] = [looseChar(left.arguments[0]!, writing), looseChar(right.arguments[0]!, writing)]
    const runes = (a.form === 'rune' && b.form !== 'byte') || (b.form === 'rune' && a.form !== 'byte')
    if (runes) return call('int', binary(a.go, '-', b.go))
    return binary(call('int', a.go), '-', b.form === 'either' ? b.go : call('int', b.go))
  }
  const [a, b] = several([left, right], writing, (part, index) => {
    const other = index === 0 ? right : left
    const isLetter = isCode(part) && part.arguments[0]!.kind === 'string' && other.kind !== 'int'
    return isLetter ? letterOf(part) : expression(part, writing, 'read')
  })
  return binary(a!, operator, b!)
}

function letterOf(of: Code): Go {
  return atom(quotedRune((of.arguments[0] as Expression & { kind: 'string' }).value))
}

/** Go's `%` has the sign of the left side, Python's that of the right. */
function remainder(left: Expression, right: Expression, writing: Writing): Go {
  const { knowledge } = writing
  const [a, b] = two(left, right, writing)
  if (knowledge.atLeast(left, 0) && knowledge.atLeast(right, 1)) return binary(a, '%', b)
  if (knowledge.atLeast(right, 1) && isSimple(right)) return binary(binary(binary(a, '%', b), '+', b), '%', b)
  return helper(writing, 'floorMod', a, b)
}

function power(left: Expression, right: Expression, writing: Writing): Go {
  if (right.kind === 'int' && right.value === 2 && isSimple(left)) {
    const base = expression(left, writing)
    return binary(base, '*', base)
  }
  const [a, b] = two(left, right, writing)
  if (left.kind === 'int' && left.value === 2) return binary(atom('1'), '<<', b)
  return helper(writing, 'pow', a, b)
}

function isIntLiteral(of: Expression): boolean {
  return of.kind === 'convert' && of.value.kind === 'int'
}

/** Operands that are floats; a whole literal beside a variable stays as it is: `x * 2`. */
export function floatOperands(left: Expression, right: Expression, writing: Writing): [Go, Go] {
  const isLiteral = (of: Expression) => of.kind === 'float' || isIntLiteral(of)
  return several([left, right], writing, (part, index) => {
    const other = index === 0 ? right : left
    const bare = isIntLiteral(part) && !isLiteral(other)
    return expression(bare ? (part as Expression & { kind: 'convert' }).value : part, writing, 'read')
  }) as [Go, Go]
}

function floats({ operator, left, right }: Arithmetical, writing: Writing): Go {
  if (operator === '**') {
    const half = right.kind === 'float' && right.value === 0.5
    if (half) return call('math.Sqrt', expression(left, writing))
    const square = right.kind === 'convert' && right.value.kind === 'int' && right.value.value === 2
    if (square && isSimple(left)) {
      const base = expression(left, writing)
      return binary(base, '*', base)
    }
    return call('math.Pow', ...two(left, right, writing))
  }
  const [a, b] = floatOperands(left, right, writing)
  if (operator === '//') {
    const isExact =
      right.kind === 'convert' && right.value.kind === 'int' && Number.isInteger(Math.log2(right.value.value))
    return isExact ? call('math.Floor', binary(a, '/', b)) : helper(writing, 'floatDiv', a, b)
  }
  if (operator === '%') {
    const plainly = writing.knowledge.atLeast(left, 0) && writing.knowledge.atLeast(right, 0)
    return plainly ? call('math.Mod', a, b) : helper(writing, 'floatMod', a, b)
  }
  return binary(a, operator, b)
}

function texts({ operator, left, right }: Arithmetical, writing: Writing): Go {
  if (operator !== '*')
    return plain({ kind: 'arithmetic', operator: '+', left, right, type: left.type }, writing)
  const [text, times] = left.type.kind === 'int' ? [right, left] : [left, right]
  const [a, n] = two(text, times, writing)
  return call(
    'strings.Repeat',
    a,
    writing.knowledge.atLeast(times, 0) ? n : helper(writing, 'max', n, atom('0')),
  )
}

/** What `target op= value` computes, where Go has no such assignment for it. */
export function updated(
  target: Expression,
  operator: Arithmetic,
  value: Expression,
  type: Type,
): Arithmetical {
  return { kind: 'arithmetic', operator, left: target, right: value, type }
}
