import { arithmetic, isArithmetic } from './check-operators.ts'
import { fieldType, subscript } from './check-parts.ts'
import { type Checker, freeName, openAt, readAnnotation } from './checker.ts'
import { coerce, spell, tryCoerce } from './coerce.ts'
import { head, unify } from './open-types.ts'
import type { Placement } from './placement.ts'
import type { Expression, Statement, Target } from './program.ts'
import { addPlace, forget, type Place, pathOf, visible } from './scope.ts'
import { bare, type Node, need, part, refuse } from './surface.ts'
import { NONE, sameType, type Type } from './types.ts'

/** `target = value`, `name: type = value` and `a, b = …`. */
export function assign(checker: Checker, node: Node, placement: Placement): Statement {
  const left = bare(need(node, 'left'))
  const right = part(node, 'right')
  if (right === undefined)
    return refuse(node, 'a name is declared with its first value', 'Write `name: type = value`.')
  if (right.type === 'assignment') return refuse(node, 'one assignment stands on a line', 'Write two lines.')
  if (left.type === 'pattern_list' || left.type === 'tuple_pattern')
    return unpack(checker, node, left, right, placement)
  const annotation = part(node, 'type')
  const type = annotation && readAnnotation(checker.tables, annotation)
  if (left.type === 'identifier' && placement.declares.has(`${node.start}:${left.text}`)) {
    freeName(checker, left)
    const place: Place = { name: left.text, type: type ?? openAt(checker, left, 'name'), role: 'local' }
    const value = given(checker, right, place.type)
    addPlace(checker.scope, place, true)
    note(checker, left.text, place.type, value.found)
    return { kind: 'declare', name: left.text, type: place.type, value: value.fitted, mutable: false }
  }
  const target = targetOf(checker, left, node, type)
  const value = given(checker, right, target.type)
  settle(checker, left, target, value.found)
  return { kind: 'assign', target, value: value.fitted }
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
function targetOf(checker: Checker, node: Node, at: Node, type?: Type): Target {
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
      return refuse(at, 'a name, a field or an item is assigned', 'Assign one of these.')
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

function unpack(checker: Checker, node: Node, left: Node, right: Node, placement: Placement): Statement {
  const nodes = left.children
  const declares = nodes.map((target) => placement.declares.has(`${node.start}:${target.text}`))
  const found = checker.check(right)
  const parts = partsOf(found, nodes.length, right)
  const targets = nodes.map((target, index): Target => {
    if (target.type !== 'identifier' || !declares[index]) return targetOf(checker, target, target)
    freeName(checker, target)
    const place: Place = { name: target.text, type: openAt(checker, target, 'name'), role: 'local' }
    addPlace(checker.scope, place, true)
    return { kind: 'name', name: target.text, type: place.type }
  })
  const items = parts.map((value, index) => coerce(value, targets[index]!.type, right))
  targets.forEach((target, index) => {
    settle(checker, nodes[index]!, target, parts[index])
  })
  if (found.kind === 'tuple') {
    const type: Type = { kind: 'tuple', of: items.map((item) => item.type) }
    return { kind: 'unpack', targets, declares, value: { ...found, items, type } }
  }
  if (items.some((item, index) => item !== parts[index]))
    refuse(right, 'a part has to be converted before it is assigned', 'Take it apart into new names first.')
  return { kind: 'unpack', targets, declares, value: found }
}

/** What the value's parts are, each as an expression; where the value is not written out, only their types count. */
function partsOf(value: Expression, count: number, at: Node): Expression[] {
  if (value.kind === 'tuple' && value.items.length === count) return value.items
  const type = head(value.type)
  const named = (of: Type): Expression => ({ kind: 'name', name: '', type: of })
  if (type.kind === 'tuple' && type.of.length === count) return type.of.map(named)
  if (type.kind === 'list') return Array.from({ length: count }, () => named(type.of))
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
  const target = read.kind === 'index' ? (targetOf(checker, left, node) as Target) : read
  const result = arithmetic(node, operator, read, checker.check(right, target.type))
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
