import { type Arguments, argumentsOf, inOrder, match, type Receiver } from './arguments.ts'
import { special } from './check-library.ts'
import { fieldType } from './check-parts.ts'
import { type Checker, known } from './checker.ts'
import { coerce, spell } from './coerce.ts'
import { isBuiltin, ownersOf, signatureOf } from './library.ts'
import { head, isLetter, isOpen, openType } from './open-types.ts'
import type { Builtin, Expression, Parameter } from './program.ts'
import { bare, type Node, need, refuse } from './surface.ts'
import { CHAR, listOf, mapOf, STRING, setOf, type Type } from './types.ts'
import { unify } from './unify.ts'

export function call(checker: Checker, node: Node, want?: Type): Expression {
  const called = bare(need(node, 'function'))
  const given = argumentsOf(node)
  if (called.type === 'attribute') return callOfPart(checker, called, given, want)
  if (called.type !== 'identifier')
    return refuse(called, 'only functions and methods are called', 'Write a function.')
  const name = checker.tables.imported.get(called.text) ?? called.text
  const signature = checker.tables.functions.get(name)
  if (signature !== undefined)
    return {
      kind: 'call',
      function: name,
      arguments: match(checker, given, signature.parameters),
      type: signature.result,
    }
  const parameters = constructorOf(checker, name)
  if (parameters !== undefined)
    return {
      kind: 'construct',
      name,
      arguments: match(checker, given, parameters),
      type: { kind: 'record', name },
    }
  if (isBuiltin(name)) return library(checker, name, given, undefined, want)
  return refuse(
    called,
    `there is no function \`${called.text}\``,
    habits[called.text] ?? 'Define it above, or mend its spelling.',
  )
}

const habits: Record<string, string> = {
  map: 'Write `list(map(…))`, or a comprehension.',
  filter: 'Write `list(filter(…))`, or a comprehension with `if`.',
  Counter: 'Count in a dict: `counts[x] = counts.get(x, 0) + 1`.',
  defaultdict: 'Use a dict and `.setdefault(k, [])`.',
  deque: 'Use a list.',
  reduce: 'Write a loop.',
  input: 'Take it as a parameter.',
  isinstance: 'Each name has one type here.',
  frozenset: 'Use a tuple that was sorted.',
  next: 'Write a loop that returns.',
  iter: 'Write a loop.',
  type: 'Each name has one type here.',
  open: 'The language has no files.',
}

function constructorOf(checker: Checker, name: string): readonly Parameter[] | undefined {
  return checker.tables.records.get(name)?.fields ?? checker.tables.classes.get(name)?.constructor
}

function callOfPart(checker: Checker, called: Node, given: Arguments, want?: Type): Expression {
  const method = need(called, 'attribute')
  const ofNode = bare(need(called, 'object'))
  const module = ofNode.type === 'identifier' ? `${ofNode.text}.${method.text}` : ''
  if (ofNode.text === 'math' && isBuiltin(module)) return library(checker, module, given, undefined, want)
  if (module === 'date.fromisoformat') return library(checker, module, given, undefined, want)
  if (
    ofNode.type === 'identifier' &&
    ['math', 'str', 'date', 'datetime', 'list', 'dict'].includes(ofNode.text)
  )
    return refuse(called, `there is no \`${called.text}\``, 'Use what the library of the language has.')
  const receiver = checker.check(ofNode)
  assume(receiver, method.text)
  const type = known(receiver.type, ofNode)
  if (type.kind === 'record') return methodCall(checker, receiver, type.name, method, given)
  const owner = ownerNames[type.kind]
  const name = `${owner}.${method.text}`
  if (owner !== undefined && isBuiltin(name))
    return library(checker, name, given, { value: receiver, node: ofNode }, want)
  return refuse(
    method,
    `${spell(type)} has no \`${method.text}\``,
    methodHabits[method.text] ??
      (type.kind === 'optional' ? 'Ask `is None` first.' : 'Use what the library of the language has.'),
  )
}

const ownerNames: Partial<Record<Type['kind'], string>> = {
  string: 'str',
  char: 'str',
  list: 'list',
  map: 'dict',
  set: 'set',
  date: 'date',
  days: 'timedelta',
}

const methodHabits: Record<string, string> = {
  format: 'Write an f-string.',
  strftime: 'Write an f-string of its year, month and day, or `.isoformat()`.',
  isoweekday: 'Write `.weekday() + 1`.',
  casefold: 'Write `.lower()`.',
  isnumeric: 'Write `.isdigit()`.',
  rsplit: 'Write `.split(…)`.',
  popitem: 'Write `.pop(key)`.',
  total_seconds: 'Write `.days`.',
  symmetric_difference: 'Write `(a - b) | (b - a)`.',
  issuperset: 'Write `b.issubset(a)`.',
  isdisjoint: 'Write `len(a & b) == 0`.',
}

/** An open receiver is what alone has such a method. A literal of one character is a string. */
function assume(receiver: Expression, method: string): void {
  if (isLetter(receiver.type)) unify(receiver.type, STRING)
  if (!isOpen(receiver.type)) return
  const owners = ownersOf(method)
  const made = owners.length === 1 ? madeTypes[owners[0]!]?.() : undefined
  if (made !== undefined) unify(receiver.type, made)
}

const madeTypes: Record<string, () => Type> = {
  list: () => listOf(openType()),
  set: () => setOf(openType()),
  dict: () => mapOf(openType(), openType()),
  str: () => STRING,
}

function methodCall(
  checker: Checker,
  of: Expression,
  owner: string,
  method: Node,
  given: Arguments,
): Expression {
  const signature = checker.tables.classes.get(owner)?.methods.get(method.text)
  if (signature === undefined) {
    fieldType(checker, owner, method)
    return refuse(method, 'a field is not called', 'Leave the brackets out.')
  }
  return {
    kind: 'method',
    of,
    name: method.text,
    arguments: match(checker, given, signature.parameters),
    type: signature.result,
  }
}

function library(
  checker: Checker,
  name: Builtin,
  given: Arguments,
  receiver: Receiver | undefined,
  want?: Type,
): Expression {
  const own = special[name]
  if (own !== undefined) return own(checker, given, receiver, want)
  const letter = receiver !== undefined && head(receiver.value.type) === CHAR
  const signature = signatureOf(name, letter)
  if (signature === undefined)
    return refuse(given.node, `\`${name}\` is not called`, 'Leave the brackets out.')
  const parameters = receiver === undefined ? signature.parameters : signature.parameters.slice(1)
  const nodes = given.positional
  for (const value of given.named.values())
    refuse(value, 'the library takes no names here', 'Give it by position.')
  const least = parameters.filter((parameter) => !parameter.optional).length
  if (nodes.length < least || nodes.length > parameters.length)
    return refuse(given.node, `\`${name}\` takes ${count(least, parameters.length)}`, 'Give as many.')
  const found =
    receiver === undefined ? [] : [coerce(receiver.value, signature.parameters[0]!.type, receiver.node)]
  nodes.forEach((node, index) => {
    const { type, iterable } = parameters[index]!
    found.push(
      iterable ? through(checker, node, type) : coerce(asSet(checker.check(node, type), type), type, node),
    )
  })
  return { kind: 'builtin', name, arguments: found, type: head(signature.result) }
}

/** `a.union(xs)` with a list is `a.union(set(xs))`. */
function asSet(value: Expression, want: Type): Expression {
  const has = head(value.type)
  if (head(want).kind !== 'set' || has.kind !== 'list') return value
  return { kind: 'builtin', name: 'set', arguments: [value], type: setOf(has.of) }
}

function count(least: number, most: number): string {
  return `${least === most ? least : `${least} to ${most}`} argument${most === 1 ? '' : 's'}`
}

/** An argument that is gone through, whose items have to be of the type. */
function through(checker: Checker, node: Node, type: Type): Expression {
  const { value, item } = checker.iterable(node)
  inOrder(value, node)
  if (head(type).kind === 'string') {
    const items = head(item)
    if (items.kind === 'char' || isLetter(items)) return value
  }
  if (value.kind === 'comprehension') {
    const fitted = coerce(value.item, type, node)
    return fitted === value.item ? value : { ...value, item: fitted, type: listOf(type) }
  }
  return unify(item, type)
    ? value
    : refuse(node, `the items are ${spell(item)}, and ${spell(type)} is wanted`, 'Convert each.')
}
