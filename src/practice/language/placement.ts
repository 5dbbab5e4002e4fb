/**
 * Where a name of a function is declared. Python lets a name live in the whole function, the typed tree in the block
 * where it is declared; so each name is declared in the innermost block that holds all of its uses, and names that
 * are used in several blocks, each time assigned first, are declared in each of them.
 */
import { type Node, part } from './surface.ts'

export interface Placement {
  /** Names that have to be declared without a value before a statement, by the statement's start. */
  before: Map<number, string[]>
  /** Assignments that declare a name: `start of the statement:name`. */
  declares: Set<string>
}

type Event = { name: string; write: boolean }

/** A statement with its uses of names: its own in the order of evaluation, then those in its blocks. */
interface Step {
  node: Node
  own: Event[]
  blocks: Step[][]
}

/** `names` of parameters are declared already. */
export function placeNames(body: Node, parameters: readonly string[]): Placement {
  const placement: Placement = { before: new Map(), declares: new Set() }
  const steps = stepsOf(body, new Set(parameters))
  for (const name of new Set(namesIn(steps))) place(name, steps, placement)
  return placement
}

function namesIn(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => [
    ...step.own.filter((event) => event.write).map((event) => event.name),
    ...step.blocks.flatMap(namesIn),
  ])
}

function uses(step: Step, name: string): boolean {
  return (
    step.own.some((event) => event.name === name) ||
    step.blocks.some((block) => block.some((inner) => uses(inner, name)))
  )
}

function isInside(name: string, step: Step): boolean {
  return step.own.every((event) => event.name !== name)
}

/** The blocks of these statements that use the name. */
function blocksUsing(name: string, steps: readonly Step[]): Step[][] {
  return steps.flatMap((step) => step.blocks).filter((block) => block.some((step) => uses(step, name)))
}

function place(name: string, block: readonly Step[], placement: Placement): void {
  const using = block.filter((step) => uses(step, name))
  const [first] = using
  if (first === undefined) return
  const own = first.own.find((event) => event.name === name)
  const inner = blocksUsing(name, using)
  const apart = inner.length === 1 || inner.every((one) => isOwnIn(name, one))
  if (own?.write) placement.declares.add(`${first.node.start}:${name}`)
  else if (apart && using.every((step) => isInside(name, step)))
    for (const one of inner) place(name, one, placement)
  else placement.before.set(first.node.start, [...(placement.before.get(first.node.start) ?? []), name])
}

/** Whether no use of the name in this block needs a value from outside. */
function isOwnIn(name: string, block: readonly Step[]): boolean {
  const using = block.filter((step) => uses(step, name))
  const first = using[0]!
  const own = first.own.find((event) => event.name === name)
  if (own !== undefined) return own.write
  if (assigns(name, first)) return true
  return (
    using.every((step) => isInside(name, step)) && blocksUsing(name, using).every((one) => isOwnIn(name, one))
  )
}

/** Whether the name has a value after the statement, whatever way it went. */
function assigns(name: string, step: Step): boolean {
  if (step.own.some((event) => event.name === name && event.write)) return true
  if (step.node.type === 'if_statement' && !step.node.children.some((child) => child.type === 'else_clause'))
    return false
  if (step.node.type !== 'if_statement' && step.node.type !== 'try_statement') return false
  return step.blocks.every((block) => ends(block) || block.some((inner) => assigns(name, inner)))
}

function ends(block: readonly Step[]): boolean {
  return ['return_statement', 'raise_statement', 'break_statement', 'continue_statement'].includes(
    block.at(-1)?.node.type ?? '',
  )
}

function stepsOf(block: Node, bound: ReadonlySet<string>): Step[] {
  return block.children.map((node) => stepOf(node, bound))
}

function stepOf(node: Node, bound: ReadonlySet<string>): Step {
  const own: Event[] = []
  const blocks: Step[][] = []
  const read = (inner: Node | undefined) => inner && own.push(...readsOf(inner, bound))
  const enter = (inner: Node | undefined, names: ReadonlySet<string> = bound) => {
    const body = inner?.type === 'block' ? inner : inner?.children.find((child) => child.type === 'block')
    if (body !== undefined) blocks.push(stepsOf(body, names))
  }
  switch (node.type) {
    case 'for_statement': {
      read(part(node, 'right'))
      const names = identifiersOf(part(node, 'left'))
      enter(part(node, 'body'), new Set([...bound, ...names]))
      break
    }
    case 'if_statement':
      read(part(node, 'condition'))
      enter(part(node, 'consequence'))
      for (const branch of node.children.filter((child) => child.field === 'alternative')) {
        read(part(branch, 'condition'))
        enter(part(branch, 'consequence') ?? part(branch, 'body'))
      }
      break
    case 'while_statement':
      read(part(node, 'condition'))
      enter(part(node, 'body'))
      break
    case 'try_statement':
      enter(part(node, 'body'))
      for (const clause of node.children.filter((child) => child.type === 'except_clause')) enter(clause)
      break
    case 'expression_statement':
      for (const inner of node.children) own.push(...assignmentEvents(inner, bound))
      break
    default:
      read(node)
  }
  return { node, own, blocks }
}

function assignmentEvents(node: Node, bound: ReadonlySet<string>): Event[] {
  if (node.type !== 'assignment' && node.type !== 'augmented_assignment') return readsOf(node, bound)
  const left = part(node, 'left')
  const right = part(node, 'right')
  const events = right === undefined ? [] : assignmentEvents(right, bound)
  const several = left?.type === 'pattern_list' || left?.type === 'tuple_pattern'
  const targets = several ? left.children.map(unstarred) : left ? [left] : []
  for (const target of targets) {
    const isName = target.type === 'identifier' && !bound.has(target.text) && target.text !== '_'
    if (!isName || node.type === 'augmented_assignment') events.push(...readsOf(target, bound))
    if (isName) events.push({ name: target.text, write: true })
  }
  return events
}

/** `rest` of `*rest`. */
export function unstarred(target: Node): Node {
  return target.type === 'list_splat_pattern' ? target.children[0]! : target
}

function readsOf(node: Node, bound: ReadonlySet<string>): Event[] {
  if (node.type === 'identifier') return bound.has(node.text) ? [] : [{ name: node.text, write: false }]
  const names = node.children.flatMap((child) =>
    child.type === 'for_in_clause'
      ? identifiersOf(part(child, 'left'))
      : child.type === 'lambda_parameters'
        ? identifiersOf(child)
        : [],
  )
  const inner = names.length === 0 ? bound : new Set([...bound, ...names])
  return node.children.flatMap((child) =>
    child.field === 'attribute' || (node.type === 'keyword_argument' && child.field === 'name')
      ? []
      : readsOf(child, inner),
  )
}

function identifiersOf(node: Node | undefined): string[] {
  if (node === undefined) return []
  return node.type === 'identifier' ? [node.text] : node.children.flatMap(identifiersOf)
}
