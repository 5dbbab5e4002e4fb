import type { Expression, Statement } from '../language/program.ts'
import { assignedIn, blocksOf, changedIn, expressionsIn, expressionsOf, mentions, partsOf } from './walk.ts'

/**
 * The expressions of a function that go through a map where the order of its keys may show in what comes out. Languages
 * whose maps have no order can go through all others as they like. Of two maps with the same entries in another order
 * the rest of the function makes the same.
 */
export function ordersThatMatter(body: readonly Statement[]): Set<Expression> {
  const found = new Set<Expression>()
  visitBlock(body, [], found)
  return found
}

/** Whether an expression goes through a map's keys, values or entries. */
export function goesThroughMap(of: Expression): boolean {
  if (of.type.kind === 'map') return true
  return of.kind === 'builtin' && ['dict.items', 'dict.keys', 'dict.values'].includes(of.name)
}

function visitBlock(block: readonly Statement[], after: readonly Statement[], found: Set<Expression>): void {
  block.forEach((statement, at) => {
    const rest = [...block.slice(at + 1), ...after]
    for (const expression of expressionsOf(statement)) {
      if (statement.kind === 'for' && goesThroughMap(expression)) {
        if (!isNeutral(statement, rest)) found.add(expression)
        for (const part of partsOf(expression)) visit(part, false, found)
      } else visit(expression, false, found)
    }
    for (const inner of blocksOf(statement)) visitBlock(inner, rest, found)
  })
}

/** @param isLost what receives the value makes the same of it in any order. */
function visit(of: Expression, isLost: boolean, found: Set<Expression>): void {
  if (of.kind === 'comprehension' || of.kind === 'map-comprehension') {
    const keeps =
      of.kind === 'map-comprehension'
        ? of.clauses.every(({ names }) => isName(of.key, names[0]?.name))
        : of.form === 'set' || isLost
    for (const { iterable, conditions } of of.clauses) {
      if (goesThroughMap(iterable)) {
        if (!keeps) found.add(iterable)
        for (const part of partsOf(iterable)) visit(part, false, found)
      } else visit(iterable, isLost, found)
      for (const condition of conditions) visit(condition, false, found)
    }
    for (const part of of.kind === 'comprehension' ? [of.item] : [of.key, of.value]) visit(part, false, found)
    return
  }
  if (of.kind !== 'builtin') {
    for (const part of partsOf(of)) visit(part, false, found)
    return
  }
  const [source, ...rest] = of.arguments
  if (source && losesOrder(of)) {
    if (!goesThroughMap(source)) visit(source, true, found)
    else for (const part of partsOf(source)) visit(part, false, found)
  } else if (source) {
    if (goesThroughMap(source) && goesThrough.has(of.name) && !isLost) found.add(source)
    visit(source, of.name === 'list' && isLost, found)
  }
  for (const part of rest) {
    if (goesThroughMap(part) && (goesThrough.has(of.name) || of.name === 'list.extend')) found.add(part)
    visit(part, false, found)
  }
  if (of.options?.key) visit(of.options.key, false, found)
}

const goesThrough: ReadonlySet<string> = new Set([
  ...['list', 'sorted', 'min', 'max', 'enumerate', 'zip', 'reversed', 'str.join', 'dict'],
])

/** Builtins that give the same for any order of what they go through. */
function losesOrder(of: Expression & { kind: 'builtin' }): boolean {
  switch (of.name) {
    case 'sum':
    case 'any':
    case 'all':
    case 'len':
    case 'set':
      return true
    case 'dict':
      return of.arguments[0]!.type.kind === 'map'
    case 'min':
    case 'max':
      return of.arguments.length === 1 && (!of.options?.key || isWhole(of.options.key))
    case 'sorted':
      return !of.options?.key || isWhole(of.options.key)
    default:
      return false
  }
}

/** Whether a key tells different items apart, so that the order of those with equal keys cannot be seen. */
export function isWhole(key: Expression): boolean {
  if (key.kind !== 'lambda') return false
  const { name, type } = key.parameters[0]!
  const parts = keyParts(key.body).map((part) => (part.kind === 'negate' ? part.value : part))
  if (parts.some((part) => isName(part, name))) return true
  if (type.kind !== 'tuple') return false
  const places = parts.flatMap((part) =>
    part.kind === 'index' && isName(part.of, name) && part.index.kind === 'int' ? [part.index.value] : [],
  )
  return type.of.every((_, place) => places.includes(place) || places.includes(place - type.of.length))
}

/** Whether a key of a map's entries holds the map's key, which no other entry has. */
function holdsFirst(key: Expression): boolean {
  if (key.kind !== 'lambda') return false
  const { name } = key.parameters[0]!
  return keyParts(key.body).some(
    (part) =>
      part.kind === 'index' && isName(part.of, name) && part.index.kind === 'int' && part.index.value === 0,
  )
}

function keyParts(body: Expression): Expression[] {
  return body.kind === 'tuple' ? body.items.flatMap(keyParts) : [body]
}

function isName(of: Expression, name: string | undefined): boolean {
  return of.kind === 'name' && of.name === name
}

/** Whether a loop through a map does the same in any order. */
function isNeutral({ names, body }: Statement & { kind: 'for' }, rest: readonly Statement[]): boolean {
  const own = new Set(names.map(({ name }) => name))
  collectDeclared(body, own)
  const changed = new Set([...assignedIn(body), ...changedIn(body)].filter((name) => !own.has(name)))
  const readsChanged = (of: Expression) => [...changed].some((name) => mentions(of, name))
  const key = names[0]!.name
  const check = (statement: Statement): boolean => {
    switch (statement.kind) {
      case 'declare':
        return !statement.value || !readsChanged(statement.value)
      case 'update': {
        const { target, operator, value } = statement
        const adds =
          ['int', 'float', 'set'].includes(target.type.kind) &&
          ['+', '-', '*', '|', '&', '^'].includes(operator)
        return adds && !readsChanged(value)
      }
      case 'assign': {
        const { target, value } = statement
        if (target.kind === 'name') return own.has(target.name) ? !readsChanged(value) : isConstant(value)
        if (target.kind !== 'index') return false
        return addsTo(target, value, readsChanged) || (isName(target.index, key) && !readsChanged(value))
      }
      case 'unpack':
        return statement.declares.every((declared) => declared) && !readsChanged(statement.value)
      case 'expression':
        return isNeutralCall(statement.value, readsChanged, rest)
      case 'if':
        if (isRecord(statement)) return true
        return (
          statement.branches.every(
            ({ condition, body: inner }) => !readsChanged(condition) && inner.every(check),
          ) && statement.otherwise.every(check)
        )
      case 'for':
        return !readsChanged(statement.iterable) && statement.body.every(check)
      case 'while':
        return !readsChanged(statement.condition) && statement.body.every(check)
      case 'return':
        return (!statement.value || isConstant(statement.value)) && changed.size === 0
      case 'break':
        return true
      case 'continue':
      case 'raise':
        return true
      default:
        return false
    }
  }
  return body.every(check) && (!hasBreak(body) || body.every(setsConstants))
}

/** `counts[k] = counts.get(k, 0) + n`: sums are the same in any order. */
function addsTo(
  target: Expression & { kind: 'index' },
  value: Expression,
  readsChanged: (of: Expression) => boolean,
): boolean {
  if (value.kind !== 'arithmetic' || !['int', 'float'].includes(value.type.kind)) return false
  if (!['+', '-', '*'].includes(value.operator)) return false
  const { left, right } = value
  const place = JSON.stringify([target.of, target.index])
  const isLookup =
    left.kind === 'builtin' &&
    left.name === 'dict.get' &&
    JSON.stringify(left.arguments.slice(0, 2)) === place &&
    left.arguments.slice(2).every(isConstant)
  const isSame = left.kind === 'index' && JSON.stringify([left.of, left.index]) === place
  return (isLookup || isSame) && !readsChanged(right)
}

function collectDeclared(block: readonly Statement[], into: Set<string>): void {
  for (const statement of block) {
    if (statement.kind === 'declare') into.add(statement.name)
    if (statement.kind === 'unpack')
      statement.targets.forEach((target, at) => {
        if (target.kind === 'name' && statement.declares[at]) into.add(target.name)
      })
    if (statement.kind === 'for') for (const { name } of statement.names) into.add(name)
    for (const inner of blocksOf(statement)) collectDeclared(inner, into)
  }
}

function hasBreak(body: readonly Statement[]): boolean {
  return body.some((statement) => statement.kind === 'break' || blocksOf(statement).some(hasBreak))
}

/** What a loop that may be left early can do without harm: say that something was found. */
function setsConstants(statement: Statement): boolean {
  if (statement.kind === 'if') return blocksOf(statement).every((block) => block.every(setsConstants))
  if (statement.kind === 'assign') return statement.target.kind === 'name' && isConstant(statement.value)
  return ['declare', 'break', 'continue', 'raise'].includes(statement.kind)
}

function isConstant(of: Expression): boolean {
  if (of.kind === 'convert') return isConstant(of.value)
  return ['int', 'float', 'bool', 'string', 'none'].includes(of.kind)
}

function isNeutralCall(
  of: Expression,
  readsChanged: (of: Expression) => boolean,
  rest: readonly Statement[],
): boolean {
  if (of.kind !== 'builtin') return false
  const [receiver, ...args] = of.arguments
  if (!receiver || args.some(readsChanged)) return false
  if (['set.add', 'set.discard', 'set.remove', 'dict.pop'].includes(of.name)) return receiver.kind === 'name'
  return of.name === 'list.append' && receiver.kind === 'name' && isSortedIn(receiver.name, rest)
}

/** Whether the first thing that is done with a list is to sort it, by all of what its items are. */
function isSortedIn(name: string, rest: readonly Statement[]): boolean {
  const next = rest.find((statement) => mentions([statement], name))
  if (!next) return false
  for (const expression of expressionsOf(next))
    for (const part of expressionsIn(expression)) {
      if (part.kind !== 'builtin' || (part.name !== 'list.sort' && part.name !== 'sorted')) continue
      if (isName(part.arguments[0]!, name)) {
        const key = part.options?.key
        return !key || isWhole(key) || holdsFirst(key)
      }
    }
  return false
}

/** `if n > most: most = n`: the largest of all is the same in any order. */
function isRecord({ branches, otherwise }: Statement & { kind: 'if' }): boolean {
  const [only, more] = branches
  if (!only || more || otherwise.length > 0 || only.condition.kind !== 'compare') return false
  const { left, right, operator } = only.condition
  const [assignment, another] = only.body
  if (operator === '==' || operator === '!=' || another || assignment?.kind !== 'assign') return false
  const spelled = JSON.stringify(assignment.value)
  const isBest = (best: Expression, other: Expression) =>
    assignment.target.kind === 'name' &&
    isName(best, assignment.target.name) &&
    JSON.stringify(other) === spelled
  return isBest(right, left) || isBest(left, right)
}
