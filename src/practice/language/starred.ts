/** `first, *rest = xs` as assignments of items by their index and of a slice, on nodes made for it. */
import { unstarred } from './placement.ts'
import { madeNode, type Node } from './surface.ts'

/** The star's part comes last, so that it may have the name of the whole. `_` is nothing that is kept. */
export function partsOfStarred(targets: readonly Node[], of: Node): { left: Node; right: Node }[] {
  const star = targets.findIndex((target) => target.type === 'list_splat_pattern')
  const after = targets.length - 1 - star
  const items = [...targets.keys()].filter((index) => index !== star)
  const parts = [
    ...items.map((index) => ({
      left: targets[index]!,
      right: at(of, integer(of, index < star ? index : index - targets.length)),
    })),
    { left: unstarred(targets[star]!), right: at(of, slice(of, star, -after)) },
  ]
  return parts.filter(({ left }) => left.text !== '_')
}

function at(of: Node, index: Node): Node {
  return madeNode(of, 'subscript', of.text, [
    { ...of, field: 'value' },
    { ...index, field: 'subscript' },
  ])
}

function integer(of: Node, value: number): Node {
  const digits = madeNode(of, 'integer', String(Math.abs(value)), [], 'argument')
  if (value >= 0) return digits
  return { ...madeNode(of, 'unary_operator', String(value), [digits]), tokens: [madeNode(of, '-', '-')] }
}

/** `start:stop`; 0 says that a bound is not written. */
function slice(of: Node, start: number, stop: number): Node {
  const colon = { ...madeNode(of, ':', ':'), start: of.start + 1 }
  const bounds = [
    ...(start === 0 ? [] : [integer(of, start)]),
    ...(stop === 0 ? [] : [{ ...integer(of, stop), start: of.start + 2 }]),
  ]
  return { ...madeNode(of, 'slice', of.text, bounds), tokens: [colon] }
}
