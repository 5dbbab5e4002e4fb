import type { Expression } from '../language/program.ts'

/**
 * Inequalities between integer variables and lengths, `a ≤ b + c`, and what follows from them for expressions. Terms
 * are variables and fields (`i`, `self.size`), lengths (`#xs`) and, as `''`, zero. Languages whose `/` and `%` round
 * toward zero, and whose slices may not leave the list, need this to be written without guards.
 */
export type Facts = ReadonlyMap<string, number>

export const ATMOST = '≤'
const ZERO = ''

/** The text of what can be spoken about: a variable, a field of one, an item at a literal or variable index. */
export function placeOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'name':
      return expression.name
    case 'self':
      return 'self'
    case 'field': {
      const of = placeOf(expression.of)
      return of && `${of}.${expression.name}`
    }
    case 'index': {
      const of = placeOf(expression.of)
      const index =
        expression.index.kind === 'int' ? String(expression.index.value) : placeOf(expression.index)
      return of && index && `${of}[${index}]`
    }
    case 'unwrap':
    case 'convert':
      return placeOf(expression.value)
    default:
      return undefined
  }
}

export function lengthTerm(of: Expression): string | undefined {
  const place = placeOf(of)
  return place && `#${place}`
}

interface Linear {
  term: string
  offset: number
}

/** `term + offset`, where the expression has that form. */
export function linear(expression: Expression): Linear | undefined {
  if (expression.kind === 'int') return { term: ZERO, offset: expression.value }
  if (expression.kind === 'convert') return linear(expression.value)
  if (expression.kind === 'negate' && expression.value.kind === 'int')
    return { term: ZERO, offset: -expression.value.value }
  if (expression.kind === 'builtin' && expression.name === 'len') {
    const of = expression.arguments[0]!
    if (of.kind === 'list' || of.kind === 'tuple') return { term: ZERO, offset: of.items.length }
    const term = lengthTerm(of)
    return term === undefined ? undefined : { term, offset: 0 }
  }
  if (expression.kind === 'arithmetic' && (expression.operator === '+' || expression.operator === '-')) {
    const [left, right] = [linear(expression.left), linear(expression.right)]
    if (!left || !right) return undefined
    if (expression.operator === '-')
      return right.term === ZERO ? { ...left, offset: left.offset - right.offset } : undefined
    if (left.term !== ZERO && right.term !== ZERO) return undefined
    return { term: left.term || right.term, offset: left.offset + right.offset }
  }
  const place = expression.type.kind === 'int' ? placeOf(expression) : undefined
  return place === undefined ? undefined : { term: place, offset: 0 }
}

/** Adds `a ≤ b + c`. */
export function withFact(facts: Facts, a: string, b: string, c: number): Facts {
  const key = a + ATMOST + b
  if (a === b || !Number.isFinite(c) || (facts.get(key) ?? Infinity) <= c) return facts
  return new Map(facts).set(key, c)
}

/** Something that holds or is not known: `digit c`. */
export function withFlag(facts: Facts, flag: string): Facts {
  return new Map(facts).set(`?${flag}`, 0)
}
export function hasFlag(facts: Facts, flag: string): boolean {
  return facts.has(`?${flag}`)
}

/** What both say, at its weaker. */
export function weaker(a: Facts, b: Facts): Facts {
  return new Map([...a].flatMap(([key, c]) => (b.has(key) ? [[key, Math.max(c, b.get(key)!)]] : [])))
}

export function termsOf(facts: Facts): Set<string> {
  const keys = [...facts.keys()].filter((key) => !key.startsWith('?'))
  return new Set([ZERO, ...keys.flatMap((key) => key.split(ATMOST))])
}

/** Forgets what is said about a variable, its fields, items and length. */
export function without(facts: Facts, name: string): Facts {
  const word = new RegExp(`(?<![\\w.])${name}(?!\\w)`)
  const kept = [...facts].filter(([key]) => !word.test(key))
  return kept.length === facts.size ? facts : new Map(kept)
}

/** Forgets what is said about what a variable holds, which another may change; a number in it stays. */
export function withoutContents(facts: Facts, name: string): Facts {
  return new Map([...without(facts, name), ...[...facts].filter(([key]) => isAbout(key, name))])
}

function isAbout(key: string, name: string): boolean {
  const terms = key.split(ATMOST)
  const others = terms.filter((term) => term !== name).join(ATMOST)
  return terms.includes(name) && without(new Map([[others, 0]]), name).size === 1
}

/** Forgets what is said about a field of any object: two variables may hold the same one. */
export function withoutField(facts: Facts, name: string): Facts {
  return new Map([...facts].filter(([key]) => !key.includes(`.${name}`)))
}

/** After `name += by`. */
export function shifted(facts: Facts, name: string, by: number): Facts {
  return new Map(
    [...facts].map(([key, c]) => {
      const [a, b] = key.split(ATMOST)
      return [key, a === name ? c + by : b === name ? c - by : c]
    }),
  )
}

/** The least known `c` with `a ≤ b + c`. */
export function distance(facts: Facts, a: string, b: string): number {
  const best = new Map([[a, 0]])
  for (let round = 0; round < 6; round++) {
    const zero = best.get(ZERO)
    if (zero !== undefined && b.startsWith('#')) best.set(b, Math.min(zero, best.get(b) ?? Infinity))
    let changed = false
    for (const [key, c] of facts) {
      if (key.startsWith('?')) continue
      const [from, to] = key.split(ATMOST) as [string, string]
      const way = (best.get(from) ?? Infinity) + c
      if (way < (best.get(to) ?? Infinity)) {
        best.set(to, way)
        changed = true
      }
    }
    if (!changed) break
  }
  return best.get(b) ?? Infinity
}

/** The least `c` that is known to satisfy `expression ≤ term + c`. */
export function above(expression: Expression, term: string, facts: Facts): number {
  const straight = linear(expression)
  if (straight) return distance(facts, straight.term, term) + straight.offset
  switch (expression.kind) {
    case 'convert':
    case 'unwrap':
      return above(expression.value, term, facts)
    case 'conditional':
      return Math.max(above(expression.then, term, facts), above(expression.otherwise, term, facts))
    case 'arithmetic':
      return aboveArithmetic(expression, term, facts)
    case 'builtin':
      return aboveBuiltin(expression, term, facts)
    default:
      return Infinity
  }
}

function aboveArithmetic(
  { operator, left, right }: Expression & { kind: 'arithmetic' },
  term: string,
  facts: Facts,
): number {
  const upper = (of: Expression) => above(of, ZERO, facts)
  const lower = (of: Expression) => lowerBound(of, facts)
  switch (operator) {
    case '+':
      return Math.min(above(left, term, facts) + upper(right), above(right, term, facts) + upper(left))
    case '-':
      return above(left, term, facts) - lower(right)
    case '*':
      return term === ZERO && lower(left) >= 0 && lower(right) >= 0 ? upper(left) * upper(right) : Infinity
    case '//': {
      if (right.kind === 'int' && right.value === 2 && isSum(left))
        return Math.max(above(left.left, term, facts), above(left.right, term, facts))
      if (lower(left) < 0 || lower(right) < 1) return Infinity
      const most = term === ZERO && right.kind === 'int' ? Math.floor(upper(left) / right.value) : Infinity
      return Math.min(above(left, term, facts), most)
    }
    case '%':
      if (lower(right) < 1) return Infinity
      return Math.min(above(right, term, facts) - 1, lower(left) >= 0 ? above(left, term, facts) : Infinity)
    case '&':
      return Math.min(...[left, right].map((of) => (lower(of) >= 0 ? above(of, term, facts) : Infinity)))
    default:
      return Infinity
  }
}

const most: Readonly<Record<string, number>> = {
  'date.weekday': 6,
  'date.month': 12,
  'date.day': 31,
  'date.year': 9999,
}

function aboveBuiltin(of: Expression & { kind: 'builtin' }, term: string, facts: Facts): number {
  const [first, second] = of.arguments
  const bounds = () => of.arguments.map((argument) => above(argument, term, facts))
  switch (of.name) {
    case 'date.weekday':
    case 'date.month':
    case 'date.day':
    case 'date.year':
      return term === ZERO ? most[of.name]! : Infinity
    case 'int':
      return term === ZERO && first!.type.kind === 'char' ? 9 : Infinity
    case 'min':
      return second ? Math.min(...bounds()) : Infinity
    case 'max':
      return second ? Math.max(...bounds()) : Infinity
    case 'str.find':
    case 'str.rfind':
    case 'str.index':
    case 'list.index': {
      const length = lengthTerm(first!)
      return length === undefined ? Infinity : distance(facts, length, term)
    }
    default:
      return Infinity
  }
}

function isSum(expression: Expression): expression is Expression & { kind: 'arithmetic' } {
  return expression.kind === 'arithmetic' && expression.operator === '+'
}

/** The least `c` that is known to satisfy `term ≤ expression + c`. */
export function below(expression: Expression, term: string, facts: Facts): number {
  const straight = linear(expression)
  if (straight) return distance(facts, term, straight.term) - straight.offset
  const known = distance(facts, term, ZERO) - lowerBound(expression, facts)
  if (expression.kind !== 'arithmetic') return known
  const { operator, left, right } = expression
  if (operator === '+')
    return Math.min(
      known,
      below(left, term, facts) - lowerBound(right, facts),
      below(right, term, facts) - lowerBound(left, facts),
    )
  if (operator === '//' && right.kind === 'int' && right.value === 2 && isSum(left))
    return Math.min(known, Math.max(below(left.left, term, facts), below(left.right, term, facts)))
  return known
}

export function upperBound(expression: Expression, facts: Facts): number {
  return above(expression, ZERO, facts)
}

/** The greatest number that an integer is known to reach at least. */
export function lowerBound(expression: Expression, facts: Facts): number {
  const straight = linear(expression)
  if (straight) return straight.offset - distance(facts, ZERO, straight.term)
  switch (expression.kind) {
    case 'float':
      return expression.value
    case 'convert':
    case 'unwrap':
      return lowerBound(expression.value, facts)
    case 'conditional':
      return Math.min(lowerBound(expression.then, facts), lowerBound(expression.otherwise, facts))
    case 'negate':
      return -upperBound(expression.value, facts)
    case 'arithmetic':
      return lowerOfArithmetic(expression, facts)
    case 'builtin':
      return lowerOfBuiltin(expression, facts)
    default:
      return -Infinity
  }
}

function lowerOfArithmetic(expression: Expression & { kind: 'arithmetic' }, facts: Facts): number {
  const { operator, left, right } = expression
  const [a, b] = [lowerBound(left, facts), lowerBound(right, facts)]
  switch (operator) {
    case '+':
      return a + b
    case '-': {
      // left - right ≥ -c where right ≤ left + c.
      const straight = linear(left)
      const apart = straight ? above(right, straight.term, facts) - straight.offset : Infinity
      const other = linear(right)
      const reverse = other ? below(left, other.term, facts) + other.offset : Infinity
      return Math.max(-apart, -reverse, a - upperBound(right, facts))
    }
    case '*': {
      const place = placeOf(left)
      if (place !== undefined && place === placeOf(right)) return 0
      return a >= 0 && b >= 0 ? a * b : -Infinity
    }
    case '//':
      if (a < 0 || b < 1) return -Infinity
      return right.kind === 'int' ? Math.floor(a / right.value) : 0
    case '%':
      return b >= 1 ? 0 : -Infinity
    case '/':
    case '|':
    case '^':
      return a >= 0 && b >= 0 ? 0 : -Infinity
    case '**':
      return a >= 1 ? 1 : a >= 0 ? 0 : -Infinity
    case '&':
      return a >= 0 || b >= 0 ? 0 : -Infinity
    case '<<':
    case '>>':
      return a >= 0 ? 0 : -Infinity
  }
}

function lowerOfBuiltin(expression: Expression & { kind: 'builtin' }, facts: Facts): number {
  const [first, second] = expression.arguments
  switch (expression.name) {
    case 'len':
    case 'abs':
    case 'ord':
    case 'str.count':
    case 'list.count':
    case 'str.index':
    case 'list.index':
    case 'math.isqrt':
    case 'math.gcd':
    case 'math.sqrt':
    case 'date.weekday':
      return 0
    case 'date.year':
    case 'date.month':
    case 'date.day':
      return 1
    case 'str.find':
    case 'str.rfind':
      return -1
    case 'int':
      if (first!.type.kind === 'char') return 0
      return first!.type.kind === 'string' ? -Infinity : lowerBound(first!, facts) >= 0 ? 0 : -Infinity
    case 'round':
    case 'math.ceil':
    case 'math.floor':
    case 'pow':
      return lowerBound(first!, facts) >= 0 ? 0 : -Infinity
    case 'sum':
      return first!.kind === 'comprehension' && lowerBound(first!.item, new Map()) >= 0 ? 0 : -Infinity
    case 'min':
      return second ? Math.min(...expression.arguments.map((of) => lowerBound(of, facts))) : -Infinity
    case 'max':
      return second ? Math.max(...expression.arguments.map((of) => lowerBound(of, facts))) : -Infinity
    default:
      return -Infinity
  }
}
