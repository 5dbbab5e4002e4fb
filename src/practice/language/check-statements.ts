import { asComprehension } from './applied.ts'
import { bindNames, unpackPair } from './bindings.ts'
import { assign, remove, update } from './check-assignments.ts'
import { type Checker, type Iterable, openAt } from './checker.ts'
import { coerce } from './coerce.ts'
import { openType } from './open-types.ts'
import type { Placement } from './placement.ts'
import type { Binding, Expression, Statement } from './program.ts'
import { unlessPutOff } from './rounds.ts'
import { addPlace, after, copyFlow, type Flow, forget, meet, within } from './scope.ts'
import { type Node, need, part, refuse } from './surface.ts'
import { BOOL, listOf, STRING } from './types.ts'

/** The statements of a block, whose names live in it alone. */
export function block(checker: Checker, node: Node, placement: Placement): Statement[] {
  return within(checker.scope, () => node.children.flatMap((child) => statement(checker, child, placement)))
}

function statement(checker: Checker, node: Node, placement: Placement): Statement[] {
  if (checker.scope.flow.ended) refuse(node, 'nothing comes here', 'Leave it out.')
  const before = (placement.before.get(node.start) ?? []).map((name): Statement => {
    const place = { name, type: openAt(checker, node, name), role: 'local' as const }
    addPlace(checker.scope, place, false)
    return { kind: 'declare', name, type: place.type, value: undefined, mutable: false }
  })
  return [...before, ...(unlessPutOff(checker.round, () => bareStatement(checker, node, placement)) ?? [])]
}

function bareStatement(checker: Checker, node: Node, placement: Placement): Statement[] {
  const { flow, breaks } = checker.scope
  switch (node.type) {
    case 'pass_statement':
      return []
    case 'expression_statement':
      if (node.children[0]?.type === 'assignment') return assign(checker, node.children[0], placement)
      return [simple(checker, node)]
    case 'if_statement':
      return [choice(checker, node, placement)]
    case 'while_statement':
      return [repeat(checker, node, placement)]
    case 'for_statement':
      return [forEach(checker, node, placement)]
    case 'try_statement':
      return [attempt(checker, node, placement)]
    case 'return_statement':
      return [giveBack(checker, node)]
    case 'raise_statement':
      return [raise(checker, node)]
    case 'delete_statement':
      return [remove(checker, node)]
    case 'break_statement':
    case 'continue_statement': {
      const around = breaks.at(-1)
      const word = node.type === 'break_statement' ? 'break' : 'continue'
      if (around === undefined)
        return refuse(node, `\`${word}\` stands in a loop`, 'Leave it out, or return.')
      if (word === 'break') around.push(copyFlow(flow))
      flow.ended = true
      return [{ kind: word }]
    }
    default:
      return refuse(
        node,
        `the language has no ${node.type.replaceAll('_', ' ')} here`,
        instead[node.type] ?? 'Write it another way.',
      )
  }
}

const instead: Record<string, string> = {
  function_definition: 'Nothing is nested: define it at the top, above.',
  class_definition: 'Nothing is nested: define it at the top, above.',
  import_statement: 'Imports stand at the top.',
  import_from_statement: 'Imports stand at the top.',
  assert_statement: 'Write `if not …: raise ValueError("…")`.',
  with_statement: 'The language has no files.',
  global_statement: 'Give it as a parameter, or make a class.',
  match_statement: 'Write `if` and `elif`.',
}

function simple(checker: Checker, node: Node): Statement {
  const inner = node.children[0]!
  if (node.children.length > 1) return refuse(node, 'a tuple by itself does nothing', 'Leave it out.')
  if (inner.type === 'augmented_assignment') return update(checker, inner)
  const value = checker.check(inner)
  if (!['builtin', 'call', 'method', 'construct'].includes(value.kind))
    return refuse(inner, 'this value is not used', 'Assign it, return it, or leave it out.')
  return { kind: 'expression', value }
}

function choice(checker: Checker, node: Node, placement: Placement): Statement {
  const branches: { condition: Expression; body: Statement[] }[] = []
  const ends: Flow[] = []
  let otherwise: Statement[] | undefined
  for (const clause of [node, ...node.children.filter((child) => child.field === 'alternative')]) {
    const conditionNode = part(clause, 'condition')
    if (conditionNode === undefined) {
      otherwise = block(checker, need(clause, 'body'), placement)
    } else {
      const condition = conditionOf(checker, conditionNode)
      const rest = after(checker.scope.flow, condition, false)
      checker.scope.flow = after(checker.scope.flow, condition, true)
      branches.push({ condition, body: block(checker, need(clause, 'consequence'), placement) })
      ends.push(checker.scope.flow)
      checker.scope.flow = rest
    }
  }
  checker.scope.flow = meet([...ends, checker.scope.flow])
  return { kind: 'if', branches, otherwise: otherwise ?? [] }
}

function repeat(checker: Checker, node: Node, placement: Placement): Statement {
  noElse(node)
  const { scope } = checker
  forgetAssigned(scope.flow, node)
  const condition = conditionOf(checker, need(node, 'condition'))
  const forever = condition.kind === 'bool' && condition.value
  const exit = after(scope.flow, condition, false)
  scope.flow = after(scope.flow, condition, true)
  const { body, breaks } = loopBody(checker, node, placement)
  scope.flow = meet(forever ? breaks : [exit, ...breaks])
  return { kind: 'while', condition, body }
}

function forEach(checker: Checker, node: Node, placement: Placement): Statement {
  noElse(node)
  const { scope } = checker
  const right = need(node, 'right')
  const through = () => checker.iterable(asComprehension(checker, right, 'list_comprehension') ?? right)
  const { value, item } = unlessPutOff(checker.round, through) ?? nothing()
  if (value.kind === 'comprehension' && value.form === 'generator')
    refuse(need(node, 'right'), 'a loop does not go through a generator', 'Put the `if` into the loop.')
  forgetAssigned(scope.flow, node)
  const exit = copyFlow(scope.flow)
  return within(scope, () => {
    const pairs: [Binding, Node][] = []
    const names = bindNames(checker, need(node, 'left'), item, (pair, parts) => pairs.push([pair, parts]))
    const apart = pairs.map(([pair, parts]) => unpackPair(checker, pair, parts))
    const { body, breaks } = loopBody(checker, node, placement)
    scope.flow = meet([exit, ...breaks])
    return { kind: 'for', names, iterable: value, body: [...apart, ...body] }
  })
}

/** Stands for what a loop goes through while that is put off. */
function nothing(): Iterable {
  return { value: { kind: 'list', items: [], type: listOf(openType()) }, item: openType() }
}

function loopBody(checker: Checker, node: Node, placement: Placement): { body: Statement[]; breaks: Flow[] } {
  const breaks: Flow[] = []
  checker.scope.breaks.push(breaks)
  const body = block(checker, need(node, 'body'), placement)
  checker.scope.breaks.pop()
  return { body, breaks }
}

/** The condition; where it is put off, one that lets the round go on below it. */
function conditionOf(checker: Checker, node: Node): Expression {
  return (
    unlessPutOff(checker.round, () => checker.condition(node)) ?? { kind: 'bool', value: false, type: BOOL }
  )
}

function noElse(node: Node): void {
  const otherwise = node.children.find((child) => child.type === 'else_clause')
  if (otherwise !== undefined)
    refuse(otherwise, 'a loop has no else', 'Put it after the loop, and ask what the loop found.')
}

/** A loop comes back: what its body assigns is not known at its start. */
function forgetAssigned(flow: Flow, node: Node): void {
  if (node.type === 'assignment' || node.type === 'augmented_assignment') {
    const left = need(node, 'left')
    for (const target of left.type === 'pattern_list' || left.type === 'tuple_pattern'
      ? left.children
      : [left])
      forget(flow, target.text)
  }
  for (const child of node.children) forgetAssigned(flow, child)
}

function attempt(checker: Checker, node: Node, placement: Placement): Statement {
  const { scope } = checker
  const clauses = node.children.filter((child) => child.type !== 'block')
  const [clause] = clauses
  const caught = clause?.children.find((child) => child.type !== 'block')
  if (
    clause === undefined ||
    clauses.length > 1 ||
    clause.type !== 'except_clause' ||
    caught?.text !== 'ValueError'
  )
    return refuse(
      clauses.find((child) => child.type !== 'except_clause') ?? caught ?? clause ?? node,
      'a try has one handler, `except ValueError:`',
      'The language has this one error: ask before (`if k in d`), or catch ValueError.',
    )
  const start = copyFlow(scope.flow)
  const body = block(checker, need(node, 'body'), placement)
  const end = scope.flow
  forgetAssigned(start, need(node, 'body'))
  scope.flow = start
  const handler = block(checker, clause.children.find((child) => child.type === 'block')!, placement)
  scope.flow = meet([end, scope.flow])
  return { kind: 'try', body, handler }
}

function giveBack(checker: Checker, node: Node): Statement {
  const result = checker.result
  const [valueNode] = node.children
  const none = valueNode === undefined || valueNode.type === 'none'
  let value: Expression | undefined
  if (result === undefined) {
    if (!none) refuse(valueNode!, 'this function gives nothing back', 'Annotate its result: `-> int`.')
  } else {
    if (valueNode === undefined) return refuse(node, 'a value has to be given back', 'Write `return …`.')
    value = unlessPutOff(checker.round, () => coerce(checker.check(valueNode, result), result, valueNode))
  }
  checker.scope.flow.ended = true
  return { kind: 'return', value }
}

function raise(checker: Checker, node: Node): Statement {
  const [error, cause] = node.children
  const called = error?.type === 'call' ? need(error, 'function') : error
  const given = error?.type === 'call' ? need(error, 'arguments').children : []
  if (error === undefined || cause !== undefined || called?.text !== 'ValueError')
    return refuse(node, 'the language has one error', 'Write `raise ValueError("…")`.')
  const [messageNode] = given
  if (messageNode === undefined || given.length > 1)
    return refuse(node, 'an error has a message', 'Write `raise ValueError("…")`.')
  const message = coerce(checker.check(messageNode, STRING), STRING, messageNode)
  checker.scope.flow.ended = true
  return { kind: 'raise', message }
}
