import type { Clause, Expression, FunctionDeclaration, Statement, Target } from '../language/program.ts'
import {
  ATMOST,
  above,
  below,
  distance,
  type Facts,
  hasFlag,
  lengthTerm,
  linear,
  lowerBound,
  placeOf,
  shifted,
  termsOf,
  upperBound,
  weaker,
  withFact,
  withFlag,
  without,
  withoutContents,
  withoutField,
} from './bounds.ts'
import { assignedIn, changedIn, expressionsIn, partsOf } from './walk.ts'

/** What holds whenever an expression of a function is computed, as far as it is easy to see. Unknown is `false`. */
export interface Knowledge {
  /** A number is not less. */
  atLeast(expression: Expression, bound: number): boolean
  /** A number is not greater. */
  atMost(expression: Expression, bound: number): boolean
  /** `index ≤ len(of) + offset`. */
  withinLength(index: Expression, of: Expression, offset: number): boolean
  /** Bounds of a slice of a list or string: the start is not behind the stop. */
  ordered(start: Expression, stop: Expression, of: Expression): boolean
  /** A list, string, set or map has at least so many items. */
  hasLength(of: Expression, least: number): boolean
  /** A character is a digit. */
  isDigit(expression: Expression): boolean
  /** `left % right` was asked, and is zero. */
  divides(left: Expression, right: Expression): boolean
  /** `item in container` was asked, and is so. */
  isMember(item: Expression, container: Expression): boolean
}

/** The length is one more; the rest is as `after` has it. */
function lengthsShifted(before: Facts, after: Facts, length: string): Facts {
  const own = [...before].filter(([key]) => key.split(ATMOST).includes(length))
  return new Map([...after, ...shifted(new Map(own), length, 1)])
}

/** Goes through the function as it runs, and through loops until nothing more is forgotten. */
export function knowledgeOf(of: Pick<FunctionDeclaration, 'body'>): Knowledge {
  const known = new Map<Expression, Facts>()
  runBlock(of.body, new Map(), { known, breaks: [], continues: [] })
  const at = (expression: Expression): Facts => known.get(expression) ?? new Map()
  return {
    atLeast: (expression, bound) => lowerBound(expression, at(expression)) >= bound,
    atMost: (expression, bound) => upperBound(expression, at(expression)) <= bound,
    withinLength(index, of, offset) {
      const term = lengthTerm(of)
      return term !== undefined && above(index, term, at(index)) <= offset
    },
    ordered(start, stop, of) {
      const [first, last] = [linear(start), linear(stop)]
      const length = lengthTerm(of)
      if (last?.term === '' && last.offset < 0) {
        if (first?.term === '' && first.offset < 0) return first.offset <= last.offset
        return length !== undefined && above(start, length, at(start)) <= last.offset
      }
      if (last) return above(start, last.term, at(start)) <= last.offset
      return stop.kind === 'arithmetic' && stop.operator === '+' && spellsLike(start, stop.left)
    },
    hasLength(of, least) {
      const term = lengthTerm(of)
      return term !== undefined && -distance(at(of), '', term) >= least
    },
    isDigit(expression) {
      const place = placeOf(expression)
      return place !== undefined && hasFlag(at(expression), `digit ${place}`)
    },
    divides(left, right) {
      const flag = divisionFlag(left, right)
      return flag !== undefined && hasFlag(at(left), flag)
    },
    isMember(item, container) {
      const flag = memberFlag(item, container)
      return flag !== undefined && hasFlag(at(item), flag)
    },
  }
}

function spellsLike(a: Expression, b: Expression): boolean {
  const place = placeOf(a)
  return place !== undefined && place === placeOf(b)
}

interface Run {
  known: Map<Expression, Facts>
  /** What holds where the loop is left, or begun again, from within. */
  breaks: Facts[]
  continues: Facts[]
}

/** No facts: the place is not reached. */
type Flow = Facts | undefined

function joined(...flows: Flow[]): Flow {
  return flows.reduce((a, b) => (a && b ? weaker(a, b) : (a ?? b)))
}

function runBlock(block: readonly Statement[], before: Flow, run: Run): Flow {
  let flow = before
  for (const statement of block) {
    if (!flow) return undefined
    flow = runStatement(statement, flow, run)
  }
  return flow
}

function runStatement(statement: Statement, facts: Facts, run: Run): Flow {
  switch (statement.kind) {
    case 'declare':
      return statement.value
        ? assigned(statement.name, statement.value, evaluated(statement.value, facts, run))
        : without(facts, statement.name)
    case 'assign':
      return stored(statement.target, statement.value, evaluated(statement.value, facts, run), run)
    case 'update': {
      const { target, operator, value } = statement
      const sum: Expression = { kind: 'arithmetic', operator, left: target, right: value, type: target.type }
      const after = evaluated(value, facts, run)
      evaluated(target, after, run)
      return stored(target, sum, after, run)
    }
    case 'unpack':
      return unpacked(statement.targets, statement.value, evaluated(statement.value, facts, run), run)
    case 'delete':
      return changed([statement], evaluated(statement.target, facts, run))
    case 'expression': {
      const { value } = statement
      const after = evaluated(value, facts, run)
      const grown =
        value.kind === 'builtin' && value.name === 'list.append' && lengthTerm(value.arguments[0]!)
      return grown ? lengthsShifted(facts, after, grown) : after
    }
    case 'if': {
      let flow: Flow = facts
      const ends: Flow[] = []
      for (const { condition, body } of statement.branches) {
        if (!flow) break
        const after = evaluated(condition, flow, run)
        ends.push(runBlock(body, assume(condition, true, after), run))
        flow = assume(condition, false, after)
      }
      return joined(...ends, runBlock(statement.otherwise, flow, run))
    }
    case 'while': {
      const { condition, body } = statement
      return runLoop(facts, run, (head, inner) => {
        const asked = evaluated(condition, head, inner)
        const end = runBlock(body, assume(condition, true, asked), inner)
        return { end, left: isTrue(condition) ? undefined : assume(condition, false, asked) }
      })
    }
    case 'for': {
      const ready = evaluated(statement.iterable, facts, run)
      return runLoop(ready, run, (head, inner) => ({
        end: runBlock(statement.body, bound(statement, head), inner),
        left: head,
      }))
    }
    case 'return':
      if (statement.value) evaluated(statement.value, facts, run)
      return undefined
    case 'raise':
      evaluated(statement.message, facts, run)
      return undefined
    case 'break':
      run.breaks.push(facts)
      return undefined
    case 'continue':
      run.continues.push(facts)
      return undefined
    case 'try': {
      const end = runBlock(statement.body, facts, run)
      return joined(end, runBlock(statement.handler, changed(statement.body, facts, true), run))
    }
  }
}

function isTrue(condition: Expression): boolean {
  return condition.kind === 'bool' && condition.value
}

function runLoop(
  before: Facts,
  run: Run,
  turn: (head: Facts, inner: Run) => { end: Flow; left: Flow },
): Flow {
  let head = before
  for (let round = 0; ; round++) {
    const inner: Run = { known: run.known, breaks: [], continues: [] }
    const { end, left } = turn(head, inner)
    const next = joined(head, end, ...inner.continues)!
    if (sameFacts(next, head)) return joined(left, ...inner.breaks)
    // What weakens with every turn would do so for ever.
    head = round < 2 ? next : new Map([...next].filter(([key, c]) => head.get(key) === c))
  }
}

function sameFacts(a: Facts, b: Facts): boolean {
  return a.size === b.size && [...a].every(([key, c]) => b.get(key) === c)
}

/** Notes what is known wherever a part of the expression is computed, and forgets what computing it changes. */
function evaluated(expression: Expression, facts: Facts, run: Run): Facts {
  visit(expression, facts, run)
  return changed([{ kind: 'expression', value: expression }], facts)
}

function visit(expression: Expression, facts: Facts, run: Run): void {
  run.known.set(expression, facts)
  for (const [part, at] of reached(expression, facts, run)) visit(part, at, run)
}

/** The parts of an expression, each with what holds where it is computed. */
function reached(expression: Expression, facts: Facts, run: Run): (readonly [Expression, Facts])[] {
  switch (expression.kind) {
    case 'logic': {
      const { left, right, operator } = expression
      return [
        [left, facts],
        [right, assume(left, operator === 'and', facts)],
      ]
    }
    case 'conditional': {
      const { condition, then, otherwise } = expression
      return [
        [condition, facts],
        [then, assume(condition, true, facts)],
        [otherwise, assume(condition, false, facts)],
      ]
    }
    case 'comprehension':
      return [[expression.item, clauses(expression.clauses, facts, run)]]
    case 'map-comprehension': {
      const inside = clauses(expression.clauses, facts, run)
      return [
        [expression.key, inside],
        [expression.value, inside],
      ]
    }
    case 'lambda': {
      const inside = expression.parameters.reduce((left, { name }) => without(left, name), facts)
      return [[expression.body, inside]]
    }
    default:
      return partsOf(expression).map((part) => [part, facts])
  }
}

function clauses(of: readonly Clause[], before: Facts, run: Run): Facts {
  let facts = before
  for (const clause of of) {
    visit(clause.iterable, facts, run)
    facts = bound(clause, facts)
    for (const condition of clause.conditions) {
      visit(condition, facts, run)
      facts = assume(condition, true, facts)
    }
  }
  return facts
}

/** Forgets what a block may change in place, and with `names` what it assigns. */
function changed(block: readonly Statement[], before: Facts, names = false): Facts {
  let facts = before
  for (const name of changedIn(block)) facts = withoutContents(facts, name)
  for (const expression of expressionsIn(block)) {
    if (expression.kind !== 'method' && expression.kind !== 'call') continue
    // Whatever it does to objects, it does to those that others hold.
    facts = new Map([...facts].filter(([key]) => !key.includes('.')))
  }
  if (names) for (const name of assignedIn(block)) facts = without(facts, name)
  return facts
}

function stored(target: Target, value: Expression, before: Facts, run: Run): Facts {
  if (target.kind === 'name') return assigned(target.name, value, before)
  visit(target, before, run)
  if (target.kind === 'field') {
    const place = placeOf(target)
    const facts = withoutField(before, target.name)
    return place === undefined ? facts : learnt(place, value, before, facts)
  }
  const place = placeOf(target)
  // An item is another one, the length is the same; a map may have grown.
  const kept = target.of.type.kind === 'list' && placeOf(target.of)
  if (!kept) return changed([{ kind: 'delete', target }], before)
  const facts = new Map([...before].filter(([key]) => !key.includes(`${kept}[`) && !key.startsWith('?')))
  return place === undefined ? facts : facts
}

/** After `name = value`. */
function assigned(name: string, value: Expression, before: Facts): Facts {
  if (value.type.kind === 'int' && value.kind === 'arithmetic') {
    const by = linear(value)
    if (by?.term === name) return shifted(before, name, by.offset)
  }
  return learnt(name, value, before, without(before, name))
}

/** Says of a place what is known of the value that it was given. */
function learnt(place: string, value: Expression, before: Facts, after: Facts): Facts {
  let facts = after
  const relate = (term: string, of: Expression) => {
    for (const other of termsOf(after)) {
      if (other === place) continue
      facts = withFact(facts, term, other, above(of, other, before))
      facts = withFact(facts, other, term, below(of, other, before))
    }
    const same = linear(of)
    if (!same || same.term === place || mentionsPlace(same.term, place)) return
    facts = withFact(withFact(facts, term, same.term, same.offset), same.term, term, -same.offset)
  }
  if (value.type.kind === 'int') relate(place, value)
  for (const length of lengthsOf(value)) relate(`#${place}`, length)
  return facts
}

function mentionsPlace(term: string, place: string): boolean {
  return without(new Map([[term, 0]]), place.split(/[.[]/, 1)[0]!).size === 0
}

const INT = { kind: 'int' } as const
const int = (value: number): Expression => ({ kind: 'int', value, type: INT })
const len = (of: Expression): Expression => ({ kind: 'builtin', name: 'len', arguments: [of], type: INT })

/** Expressions for the length of a value. */
function lengthsOf(value: Expression): Expression[] {
  switch (value.kind) {
    case 'list':
      return [int(value.items.length)]
    case 'string':
      return [int([...value.value].length)]
    case 'map':
      return [int(value.entries.length)]
    case 'arithmetic':
      if (value.operator === '*' && value.left.kind === 'list' && value.left.items.length === 1)
        return [value.right]
      return []
    case 'comprehension': {
      const [clause, another] = value.clauses
      if (value.form !== 'list' || another || clause!.conditions.length > 0) return []
      const { iterable } = clause!
      if (iterable.kind === 'builtin' && iterable.name === 'range')
        return iterable.arguments.length === 1 ? iterable.arguments : []
      return [len(iterable)]
    }
    case 'builtin':
      if (['sorted', 'list', 'list.copy', 'set.copy', 'dict.copy'].includes(value.name))
        return [len(value.arguments[0]!)]
      return []
    case 'slice':
      return value.start || value.stop || Math.abs(value.step) !== 1 ? [] : [len(value.of)]
    case 'name':
    case 'field':
    case 'index':
      return [len(value)]
    default:
      return []
  }
}

function unpacked(targets: readonly Target[], value: Expression, before: Facts, run: Run): Facts {
  let facts = before
  for (const target of targets)
    facts = target.kind === 'name' ? without(facts, target.name) : stored(target, value, facts, run)
  const [a, b] = value.kind === 'builtin' && value.name === 'divmod' ? value.arguments : []
  targets.forEach((target, index) => {
    if (target.kind !== 'name') return
    const part: Expression | undefined =
      value.kind === 'tuple'
        ? value.items[index]
        : a && b && { kind: 'arithmetic', operator: index === 0 ? '//' : '%', left: a, right: b, type: INT }
    if (part?.type.kind !== 'int') return
    facts = withFact(facts, '', target.name, -lowerBound(part, before))
    facts = withFact(facts, target.name, '', upperBound(part, before))
  })
  return facts
}

/** Inside a loop or after a clause: what its variables are. */
function bound({ names, iterable }: Pick<Clause, 'names' | 'iterable'>, before: Facts): Facts {
  let facts = names.reduce((left, { name }) => without(left, name), before)
  const [first, second] = names
  if (!first) return facts
  const between = (name: string, low: Expression | undefined, high: Expression | undefined, past: number) => {
    if (low) {
      facts = withFact(facts, '', name, -lowerBound(low, before))
      const term = linear(low)
      if (term && !mentionsPlace(term.term, name)) facts = withFact(facts, term.term, name, -term.offset)
    }
    if (!high) return
    for (const term of termsOf(facts))
      if (term !== name) facts = withFact(facts, name, term, above(high, term, before) - past)
    const term = linear(high)
    if (term && !mentionsPlace(term.term, name)) facts = withFact(facts, name, term.term, term.offset - past)
  }
  const source =
    iterable.kind === 'builtin' && iterable.name === 'reversed' ? iterable.arguments[0]! : iterable
  if (source.kind === 'list' && source.type.kind === 'list' && source.type.of.kind === 'int') {
    facts = withFact(
      facts,
      '',
      first.name,
      -Math.min(...source.items.map((item) => lowerBound(item, before))),
    )
  }
  if (source.kind !== 'builtin') return facts
  const args = source.arguments
  if (source.name === 'range') {
    const [low, high, step] = args.length === 1 ? [int(0), args[0]!] : args
    const down = step !== undefined && isNegative(step)
    if (down) between(first.name, high && plusOne(high), low, 0)
    else between(first.name, low, high, 1)
  }
  if (source.name === 'enumerate') {
    const [of, start] = args
    between(first.name, start ?? int(0), start ? undefined : len(of!), 1)
    if (second && isNumberText(of!, before)) facts = withFlag(facts, `digit ${second.name}`)
  }
  if (isNumberText(source, before)) facts = withFlag(facts, `digit ${first.name}`)
  return facts
}

function plusOne(left: Expression): Expression {
  return { kind: 'arithmetic', operator: '+', left, right: int(1), type: INT }
}

function isNegative(step: Expression): boolean {
  return (step.kind === 'negate' && step.value.kind === 'int') || (step.kind === 'int' && step.value < 0)
}

/** `str(n)` where `n` is not negative: nothing but digits. */
function isNumberText(expression: Expression, facts: Facts): boolean {
  if (expression.kind !== 'builtin' || expression.name !== 'str') return false
  const of = expression.arguments[0]!
  return of.type.kind === 'int' && lowerBound(of, facts) >= 0
}

function divisionFlag(left: Expression, right: Expression): string | undefined {
  const [a, b] = [placeOf(left), right.kind === 'int' ? String(right.value) : placeOf(right)]
  return a && b && `${a} over ${b}`
}

function memberFlag(item: Expression, container: Expression): string | undefined {
  const [a, b] = [placeOf(item), placeOf(container)]
  return a && b && `${a} in ${b}`
}

/** What follows from the answer to a condition. */
function assume(condition: Expression, answer: boolean, facts: Facts): Facts {
  switch (condition.kind) {
    case 'not':
      return assume(condition.value, !answer, facts)
    case 'logic': {
      const { left, right, operator } = condition
      if ((operator === 'and') === answer) return assume(right, answer, assume(left, answer, facts))
      return weaker(assume(left, answer, facts), assume(right, answer, assume(left, !answer, facts)))
    }
    case 'between': {
      const { low, value, high } = condition
      if (!answer) return facts
      return atMost(
        value,
        high,
        condition.highOperator === '<',
        atMost(low, value, condition.lowOperator === '<', facts),
      )
    }
    case 'compare': {
      const { left, right } = condition
      const operator = answer ? condition.operator : opposite[condition.operator]
      if (left.type.kind !== 'int') return assumeEmpty(condition, answer, facts)
      if (operator === '<' || operator === '<=') return atMost(left, right, operator === '<', facts)
      if (operator === '>' || operator === '>=') return atMost(right, left, operator === '>', facts)
      if (operator === '==') return equals(left, right, facts)
      return different(left, right, different(right, left, facts))
    }
    case 'in': {
      const flag = memberFlag(condition.item, condition.container)
      return flag !== undefined && answer !== condition.negated ? withFlag(facts, flag) : facts
    }
    case 'builtin': {
      const place = placeOf(condition.arguments[0] ?? condition)
      if (place === undefined || !answer) return facts
      if (condition.name === 'str.isdigit') return withFlag(facts, `digit ${place}`)
      if (condition.name === 'bool') return withFact(facts, '', `#${place}`, -1)
      return facts
    }
    default:
      return facts
  }
}

const opposite = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

/** `s == ''` and `xs != []`. */
function assumeEmpty(condition: Expression & { kind: 'compare' }, answer: boolean, facts: Facts): Facts {
  const { left, right, operator } = condition
  const [length] = lengthsOf(right)
  const term = lengthTerm(left)
  if (length?.kind !== 'int' || length.value !== 0 || term === undefined) return facts
  if (operator === '==') return answer ? withFact(facts, term, '', 0) : withFact(facts, '', term, -1)
  if (operator === '!=') return answer ? withFact(facts, '', term, -1) : withFact(facts, term, '', 0)
  return facts
}

function equals(left: Expression, right: Expression, before: Facts): Facts {
  const facts = atMost(left, right, false, atMost(right, left, false, before))
  if (left.kind !== 'arithmetic' || left.operator !== '%' || right.kind !== 'int' || right.value !== 0)
    return facts
  const flag = divisionFlag(left.left, left.right)
  return flag === undefined ? facts : withFlag(facts, flag)
}

/** `left ≤ right`, or `left < right`. */
function atMost(left: Expression, right: Expression, strictly: boolean, facts: Facts): Facts {
  const [a, b] = [linear(left), linear(right)]
  const less = strictly ? 1 : 0
  if (a && b) return withFact(facts, a.term, b.term, b.offset - a.offset - less)
  if (a) return withFact(facts, a.term, '', upperBound(right, facts) - a.offset - less)
  if (b) return withFact(facts, '', b.term, b.offset - lowerBound(left, facts) - less)
  return facts
}

/** `left ≠ right`, where `left ≤ right` is known. */
function different(left: Expression, right: Expression, facts: Facts): Facts {
  const [a, b] = [linear(left), linear(right)]
  if (!a || !b) return facts
  const apart = distance(facts, a.term, b.term) + a.offset - b.offset
  return apart === 0 ? atMost(left, right, true, facts) : facts
}
