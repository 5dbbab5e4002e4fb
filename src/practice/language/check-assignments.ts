import { asComprehension } from './applied.ts'
import { arithmetic, isArithmetic } from './check-operators.ts'
import { fieldType, subscript } from './check-parts.ts'
import { type Checker, freeName, freshName, known, openAt, readAnnotation } from './checker.ts'
import { coerce, spell, tryCoerce } from './coerce.ts'
import { head, openType } from './open-types.ts'
import type { Placement } from './placement.ts'
import type { Expression, Statement, Target } from './program.ts'
import { unlessPutOff } from './rounds.ts'
import { addPlace, forget, type Place, pathOf, visible } from './scope.ts'
import { partsOfStarred } from './starred.ts'
import { bare, madeNode, type Node, need, part, refuse } from './surface.ts'
import { BOOL, NONE, sameType, type Type } from './types.ts'
import { unify } from './unify.ts'

/** `target = value`, `name: type = value`, `a, b = …`, `first, *rest = …` and `a = b = value`, which is two. */
export function assign(checker: Checker, node: Node, placement: Placement): Statement[] {
  const right = part(node, 'right')
  if (right === undefined)
    return refuse(node, 'a name is declared with its first value', 'Write `name: type = value`.')
  if (right.type === 'assignment') return chain(checker, node, placement)
  const left = bare(need(node, 'left'))
  const assignment = { at: node.start, left, right, placement }
  if (!isPattern(left)) return [assignOne(checker, assignment, part(node, 'type'))]
  const isStarred = left.children.some((child) => child.type === 'list_splat_pattern')
  return isStarred ? starred(checker, assignment) : [unpack(checker, assignment)]
}

/** An assignment, and the start of the statement that it stands in. */
interface Assignment {
  at: number
  left: Node
  right: Node
  placement: Placement
}

function isPattern(node: Node): boolean {
  return node.type === 'pattern_list' || node.type === 'tuple_pattern'
}

function assignOne(
  checker: Checker,
  { at, left, right, placement }: Assignment,
  annotation?: Node,
): Statement {
  const type = annotation && readAnnotation(checker.tables, annotation)
  if (left.type === 'identifier' && placement.declares.has(`${at}:${left.text}`)) {
    const place = declared(checker, left, type)
    const value = unlessPutOff(checker.round, () => given(checker, right, place.type))
    addPlace(checker.scope, place, true)
    note(checker, left.text, place.type, value?.found)
    return { kind: 'declare', name: left.text, type: place.type, value: value?.fitted, mutable: false }
  }
  const target = targetOf(checker, left, type)
  const value = given(checker, right, target.type)
  settle(checker, left, target, value.found)
  return { kind: 'assign', target, value: value.fitted }
}

function declared(checker: Checker, node: Node, type?: Type): Place {
  freeName(checker, node)
  return { name: node.text, type: type ?? openAt(checker, node, 'name'), role: 'local' }
}

const literals = new Set(['integer', 'float', 'string', 'true', 'false', 'none'])

/** `a = b = value`: a literal is written twice, of another value the second name is given the first. */
function chain(checker: Checker, node: Node, placement: Placement): Statement[] {
  const targets: Node[] = []
  let right = node
  while (right.type === 'assignment') {
    targets.push(bare(need(right, 'left')))
    right = part(right, 'right') ?? refuse(right, 'a value is missing', 'Write it.')
  }
  const [first] = targets as [Node]
  const odd = targets.find((target) => target.type !== 'identifier')
  if (odd !== undefined) refuse(odd, 'only names are assigned in one line', 'Write two lines.')
  return targets.map((left, index) => {
    const value = index === 0 || literals.has(right.type) ? right : { ...first, field: 'right' }
    return assignOne(checker, { at: node.start, left, right: value, placement })
  })
}

/** `first, *rest = xs`: the items by their index, the rest as a slice, as `starred.ts` writes them. */
function starred(checker: Checker, { at, left, right, placement }: Assignment): Statement[] {
  const isName = right.type === 'identifier' && !left.children.some((child) => child.text === right.text)
  const of = isName ? right : madeNode(right, 'identifier', freshName(checker, right, 'items'))
  const declaresItems: Placement = { before: new Map(), declares: new Set([`${at}:${of.text}`]) }
  return [
    ...(isName ? [] : [assignOne(checker, { at, left: of, right, placement: declaresItems })]),
    ...partsOfStarred(left.children, of).map((part) => assignOne(checker, { at, ...part, placement })),
  ]
}

function given(checker: Checker, node: Node, type: Type): { found: Expression; fitted: Expression } {
  const found = checker.check(node, type)
  if (sameType(head(found.type), NONE))
    return refuse(node, 'this gives nothing back', 'Call it on a line of its own.')
  return { found, fitted: coerce(found, type, node) }
}

/** What is assigned is assigned from here on, and no longer what it was. */
function settle(checker: Checker, node: Node, target: Target, value: Expression | undefined): void {
  if (target.kind === 'name') checker.scope.flow.assigned.add(visible(checker.scope, node.text)!)
  const path = pathOf(target)
  if (path !== undefined) note(checker, path, target.type, value)
}

/** An optional that was given a value has one. */
function note(checker: Checker, path: string, type: Type, value: Expression | undefined): void {
  const { flow } = checker.scope
  forget(flow, path)
  if (head(type).kind === 'optional' && value !== undefined && head(value.type).kind !== 'optional')
    flow.present.add(path)
}

/** Where a value goes that replaces another: a name, a field, an item. `type` is an annotation. */
function targetOf(checker: Checker, node: Node, type?: Type): Target {
  switch (node.type) {
    case 'identifier': {
      const place = assignable(checker, node)
      if (type !== undefined && !unify(place.type, type))
        refuse(
          node,
          `\`${node.text}\` is ${spell(place.type)} already`,
          'Keep its first type, or choose another name.',
        )
      return { kind: 'name', name: node.text, type: place.type }
    }
    case 'attribute': {
      const name = need(node, 'attribute')
      const of = checker.check(need(node, 'object'))
      const owner = head(of.type)
      if (owner.kind !== 'record') return refuse(node, `${spell(of.type)} has no fields`, 'Assign a name.')
      if (of.kind === 'self') declareField(checker, owner.name, name, type)
      return { kind: 'field', of, name: name.text, type: fieldType(checker, owner.name, name) }
    }
    case 'subscript': {
      const target = subscript(checker, node)
      if (target.kind !== 'index')
        return refuse(node, 'a part of a list is not replaced at once', 'Build a new list.')
      const kind = head(target.of.type).kind
      if (kind === 'list' || kind === 'map') return target
      return refuse(
        node,
        `${spell(target.of.type)} is never changed`,
        'Build a new one: of a string with `[:i]`, `+` and `[i:]`.',
      )
    }
    default:
      return refuse(node, 'a name, a field or an item is assigned', 'Assign one of these.')
  }
}

/** In the constructor, at its top, the first assignment to a field declares it. */
function declareField(checker: Checker, owner: string, name: Node, type: Type | undefined): void {
  const table = checker.tables.classes.get(owner)
  if (!checker.constructs || table === undefined || table.fields.has(name.text)) return
  if (checker.scope.blocks.length > 2)
    refuse(name, 'a field is set at the top of `__init__`', 'Set it before the branch or loop.')
  if (table.methods.has(name.text))
    refuse(name, `\`${name.text}\` is a method already`, 'Choose another name.')
  table.fields.set(name.text, type ?? openAt(checker, name, 'field'))
}

function assignable(checker: Checker, node: Node): Place {
  freeName(checker, node)
  const place = visible(checker.scope, node.text)
  if (place === undefined) return refuse(node, `\`${node.text}\` is not assigned before`, 'Assign it first.')
  if (place.role === 'binding')
    return refuse(
      node,
      `\`${node.text}\` is the loop's own variable`,
      'Give the new value a name of its own.',
    )
  return place
}

function unpack(checker: Checker, { at, left, right, placement }: Assignment): Statement {
  const nodes = left.children
  const { whole, parts } =
    unlessPutOff(checker.round, () => taken(checker, right, nodes.length)) ?? unknown(nodes.length)
  const declares = nodes.map((node) => node.text === '_' || placement.declares.has(`${at}:${node.text}`))
  const targets = nodes.map((node, index): Target => {
    if (node.text === '_') return { kind: 'name', name: '_', type: parts[index]!.type }
    if (node.type !== 'identifier' || !declares[index]) return targetOf(checker, node)
    const place = declared(checker, node)
    addPlace(checker.scope, place, true)
    return { kind: 'name', name: node.text, type: place.type }
  })
  const items = parts.map((item, index) => coerce(item, targets[index]!.type, right))
  targets.forEach((target, index) => {
    if (nodes[index]!.text !== '_') settle(checker, nodes[index]!, target, parts[index])
  })
  if (whole.kind === 'tuple') {
    const type: Type = { kind: 'tuple', of: items.map((item) => item.type) }
    return { kind: 'unpack', targets, declares, value: { ...whole, items, type } }
  }
  if (items.some((item, index) => item !== parts[index]))
    refuse(right, 'a part has to be converted before it is assigned', 'Take it apart into new names first.')
  return { kind: 'unpack', targets, declares, value: whole }
}

interface Taken {
  whole: Expression
  parts: Expression[]
}

/** The value that is taken apart, with its parts. */
function taken(checker: Checker, node: Node, count: number): Taken {
  const whole = checker.check(asComprehension(checker, node, 'list_comprehension') ?? node)
  return { whole, parts: partsOf(whole, count, node) }
}

function unknown(count: number): Taken {
  return { whole: partOf(openType()), parts: Array.from({ length: count }, () => partOf(openType())) }
}

/** What an assignment asks the type of, where there is no tree of it. */
function partOf(type: Type): Expression {
  return { kind: 'name', name: '', type }
}

/** What the value's parts are, each as an expression; where the value is not written out, only their types count. */
function partsOf(value: Expression, count: number, at: Node): Expression[] {
  if (value.kind === 'tuple' && value.items.length === count) return value.items
  const type = known(value.type, at)
  if (type.kind === 'tuple' && type.of.length === count) return type.of.map(partOf)
  if (type.kind === 'list') return Array.from({ length: count }, () => partOf(type.of))
  return refuse(at, `${spell(type)} has not ${count} parts`, 'Give as many names as there are parts.')
}

/** `target += value`. */
export function update(checker: Checker, node: Node): Statement {
  const left = need(node, 'left')
  const right = need(node, 'right')
  const operator = (node.tokens[0]?.text ?? '').slice(0, -1)
  if (!isArithmetic(operator)) return refuse(node, `there is no \`${operator}=\``, 'Write it out.')
  if (left.type === 'identifier') assignable(checker, left)
  const read = checker.check(left)
  if (read.kind !== 'name' && read.kind !== 'field' && read.kind !== 'index')
    return refuse(left, 'this may be None, or is no name, field or item', 'Write `x = x + …`.')
  const target = read.kind === 'index' ? targetOf(checker, left) : read
  const value = checker.check(right, target.type)
  if (head(target.type).kind === 'bool' && (operator === '|' || operator === '&')) {
    const logic = operator === '|' ? 'or' : 'and'
    const both: Expression = {
      kind: 'logic',
      operator: logic,
      left: read,
      right: coerce(value, BOOL, right),
      type: BOOL,
    }
    return { kind: 'assign', target, value: both }
  }
  const result = arithmetic(node, operator, read, value)
  if (result.kind !== 'arithmetic') return refuse(node, 'this is no arithmetic', 'Write it out.')
  const fits = result.left === read && tryCoerce(result, target.type) !== undefined
  if (!fits) {
    tryCoerce({ ...result, kind: 'name', name: '' } as Expression, target.type)
    refuse(
      node,
      `\`${left.text}\` is ${spell(target.type)}, and this makes it ${spell(result.type)}`,
      'Start with that type.',
    )
  }
  return { kind: 'update', target, operator, value: result.right }
}

/** `del d[k]`. */
export function remove(checker: Checker, node: Node): Statement {
  const [target, more] = node.children
  if (target?.type === 'subscript' && more === undefined) {
    const found = subscript(checker, target)
    if (found.kind === 'index' && head(found.of.type).kind === 'map') return { kind: 'delete', target: found }
  }
  return refuse(node, '`del` takes an item out of a dict', 'Write `d.pop(k)`, or `xs.pop(i)` for a list.')
}
