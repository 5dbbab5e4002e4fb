import type { Comparison, Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import * as build from '../build.ts'
import { Unsupported } from '../renderer.ts'
import { alike, characters } from './characters.ts'
import { expression, lowered, several } from './expressions.ts'
import { quoted } from './literals.ts'
import { unexported } from './names.ts'
import { floatOperands, two } from './operators.ts'
import { pair } from './optionals.ts'
import { atom, binary, call, type Go, index, method, negated, print, unary } from './syntax.ts'
import { isComparable } from './types.ts'
import { emit, fresh, helper, isSimple, type Writing } from './writing.ts'

type Compare = Expression & { kind: 'compare' }

export function comparison(of: Compare, writing: Writing): Go {
  const { left, right, operator } = of
  const equality = operator === '==' || operator === '!='
  switch (left.type.kind) {
    case 'int':
      return integers(of, writing)
    case 'float':
      return around(operator, floatOperands(left, right, writing))
    case 'char':
      return around(operator, alike(left, right, writing))
    case 'date':
      return dates(of, writing)
    case 'tuple':
      if (equality && !(left.kind === 'tuple' && right.kind === 'tuple'))
        return around(operator, two(left, right, writing))
      return lexicographic(of, writing)
    case 'list':
    case 'set':
    case 'map': {
      const empty = [left, right].find(isEmpty)
      if (empty) {
        const length = call('len', expression(empty === left ? right : left, writing, 'read'))
        return binary(length, operator, atom('0'))
      }
      if (!equality) throw new Unsupported('lists that are ordered')
      const same = equalContainers(left, right, writing)
      return operator === '==' ? same : negated(same)
    }
    case 'optional':
      return optionals(of, writing)
    case 'record':
      return records(of, writing)
    case 'bool':
      if (!equality) throw new Unsupported('truth values that are ordered')
      return around(operator, two(left, right, writing))
    default:
      return around(operator, two(left, right, writing))
  }
}

/** Records are equal where their fields are; of those behind pointers, what is pointed to is compared. */
function records({ left, right, operator }: Compare, writing: Writing): Go {
  const { byReference, comparable } = writing.module.survey
  const name = (left.type as { name: string }).name
  if (!comparable.has(name) || (operator !== '==' && operator !== '!='))
    throw new Unsupported('objects that are compared by value')
  const sides = two(left, right, writing)
  if (!byReference.has(name)) return around(operator, sides)
  return around(operator, sides.map((side) => unary('*', side)) as [Go, Go])
}

function around(operator: string, [left, right]: [Go, Go]): Go {
  return binary(left, operator, right)
}

function isEmpty(of: Expression): boolean {
  return (
    ((of.kind === 'list' || of.kind === 'set') && of.items.length === 0) ||
    (of.kind === 'map' && of.entries.length === 0)
  )
}

function integers({ left, right, operator }: Compare, writing: Writing): Go {
  const isZero = right.kind === 'int' && right.value === 0
  if (isZero && left.kind === 'builtin' && left.name === 'len' && left.arguments[0]!.type.kind === 'string') {
    const text = left.arguments[0]!
    const isBuilder = text.kind === 'name' && writing.builders.has(text.name)
    const sign = { '==': '==', '>': '!=', '!=': '!=' }[operator as string]
    if (sign && !isBuilder) return binary(expression(text, writing), sign, atom('""'))
  }
  if (left.kind === 'arithmetic' && left.operator === '%' && right.kind === 'int') {
    // Whether there is a remainder does not depend on its sign; an odd number is one that is not even.
    const isOdd = right.value === 1 && left.right.kind === 'int' && left.right.value === 2
    const equality = operator === '==' || operator === '!='
    if (equality && (right.value === 0 || isOdd)) {
      const rest = around('%', two(left.left, left.right, writing))
      if (!isOdd || writing.knowledge.atLeast(left.left, 0))
        return binary(rest, operator, atom(String(right.value)))
      return binary(rest, operator === '==' ? '!=' : '==', atom('0'))
    }
  }
  return around(operator, two(left, right, writing))
}

function dates({ left, right, operator }: Compare, writing: Writing): Go {
  const [a, b] = two(left, right, writing)
  switch (operator) {
    case '==':
      return method(a, 'Equal', b)
    case '!=':
      return negated(method(a, 'Equal', b))
    case '<':
      return method(a, 'Before', b)
    case '>':
      return method(a, 'After', b)
    case '<=':
      return negated(method(a, 'After', b))
    case '>=':
      return negated(method(a, 'Before', b))
  }
}

/** The items of a tuple, as expressions. */
export function itemsOf(of: Expression): Expression[] {
  if (of.kind === 'tuple') return of.items
  if (of.type.kind !== 'tuple' || !isSimple(of))
    throw new Unsupported('a tuple that is compared part by part')
  return of.type.of.map((type, place) => build.itemOf(of, build.intOf(place), type))
}

/** `a < b || a == b && c < d`. */
function lexicographic({ left, right, operator }: Compare, writing: Writing): Go {
  const [a, b] = [itemsOf(left), itemsOf(right)]
  if (operator === '==' || operator === '!=') {
    const same = a.map((item, place) => build.compare(item, '==', b[place]!)).reduce(build.both)
    return expression(operator === '==' ? same : build.not(same), writing)
  }
  const strict = operator[0] as '<' | '>'
  const last = a.length - 1
  let found: Expression = build.compare(a[last]!, operator, b[last]!)
  for (let place = last - 1; place >= 0; place--) {
    const [x, y] = [a[place]!, b[place]!]
    found = build.either(build.compare(x, strict, y), build.both(build.compare(x, '==', y), found))
  }
  return expression(found, writing)
}

function equalContainers(left: Expression, right: Expression, writing: Writing): Go {
  const [a, b] = two(left, right, writing)
  const { type } = left
  if (type.kind !== 'list') {
    if (holdsLists(type)) throw new Unsupported('maps of lists that are compared')
    return call('reflect.DeepEqual', a, b)
  }
  if (!isComparable(type.of, writing.module.survey) || type.of.kind === 'date')
    throw new Unsupported('nested lists that are compared')
  return helper(writing, 'equal', a, b)
}

/** A nil slice is not deeply equal to an empty one. */
function holdsLists(type: Type): boolean {
  if (type.kind === 'list' || type.kind === 'date') return true
  if (type.kind === 'map') return holdsLists(type.value)
  return false
}

function optionals({ left, right, operator }: Compare, writing: Writing): Go {
  const full = [left, right].find((side) => side.kind === 'convert' && side.value.type.kind !== 'optional')
  const other = full === left ? right : left
  if (!full || (operator !== '==' && operator !== '!=')) throw new Unsupported('optionals that are compared')
  const { value, ok } = pair(other, writing)
  const wanted = expression((full as Expression & { kind: 'convert' }).value, writing, 'read')
  if (!isComparable((full as Expression & { kind: 'convert' }).value.type, writing.module.survey))
    throw new Unsupported('optionals that are compared')
  const same = binary(ok, '&&', binary(value, '==', wanted))
  return operator === '==' ? same : negated(same)
}

export function between(of: Expression & { kind: 'between' }, writing: Writing): Go {
  const { low, value, high } = of
  const middle = isSimple(value) || value.kind === 'arithmetic' ? value : named(value, writing)
  const first: Compare = {
    kind: 'compare',
    operator: of.lowOperator,
    left: low,
    right: middle,
    type: of.type,
  }
  const last: Compare = {
    kind: 'compare',
    operator: of.highOperator,
    left: middle,
    right: high,
    type: of.type,
  }
  return binary(comparison(first, writing), '&&', comparison(last, writing))
}

/** A variable for what would be computed twice. */
function named(value: Expression, writing: Writing): Expression {
  const name = fresh(writing, value.type.kind === 'char' ? 'char' : 'value', 'middle')
  emit(writing, `${unexported(name)} := ${print(expression(value, writing))}`)
  return build.nameOf(name, value.type)
}

export function membership(of: Expression & { kind: 'in' }, writing: Writing): Go {
  const found = member(of, writing)
  return of.negated ? negated(found) : found
}

function member({ item, container }: Expression & { kind: 'in' }, writing: Writing): Go {
  const items = container.kind === 'list' || container.kind === 'set' ? container.items : undefined
  if (items && items.length > 0 && items.length <= 4 && isSimple(item))
    return expression(items.map((one) => build.compare(item, '==', one)).reduce(build.either), writing)
  switch (container.type.kind) {
    case 'string': {
      if (item.type.kind !== 'char') {
        const [part, whole] = two(item, container, writing)
        return call('strings.Contains', whole, part)
      }
      const [char, whole] = several([item, container], writing, (part, place) =>
        place === 0 ? characters(part, writing) : expression(part, writing),
      )
      if (item.kind === 'string') return call('strings.Contains', whole!, atom(quoted(item.value)))
      return call('strings.ContainsRune', whole!, char!)
    }
    case 'set': {
      const [key, set] = two(item, container, writing)
      return index(set, key)
    }
    case 'map': {
      const [key, map] = two(item, container, writing)
      const ok = unexported(fresh(writing, 'ok', 'found'))
      emit(writing, `_, ${ok} := ${print(index(map, key))}`)
      return atom(ok)
    }
    case 'list': {
      if (container.kind === 'builtin' && container.name === 'dict.keys')
        return member(
          { kind: 'in', item, container: container.arguments[0]!, negated: false, type: item.type },
          writing,
        )
      if (
        container.kind === 'builtin' &&
        (container.name === 'dict.values' || container.name === 'dict.items')
      )
        return any(item, container, writing)
      if (!isComparable(item.type, writing.module.survey) || item.type.kind === 'date')
        return any(item, container, writing)
      const [one, list] = two(item, container, writing)
      return helper(writing, 'contains', list, one)
    }
    default:
      throw new Unsupported('membership here')
  }
}

function any(item: Expression, container: Expression, writing: Writing): Go {
  if (!isSimple(item)) throw new Unsupported('a search for a computed value')
  const name = fresh(writing, 'candidate', 'other')
  const type = (container.type as { of: Type }).of
  const same = build.compare(build.nameOf(name, type), '==' as Comparison, item)
  const generator: Expression = {
    kind: 'comprehension',
    form: 'generator',
    item: same,
    clauses: [{ names: [{ name, type }], iterable: container, conditions: [] }],
    type: { kind: 'list', of: same.type },
  }
  return lowered(build.call('any', same.type, generator), writing)
}
