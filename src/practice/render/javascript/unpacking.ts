import type { Expression, Statement, Target } from '../../language/program.ts'
import type { Doc } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { mentions } from '../walk.ts'
import { annotation } from './annotations.ts'
import { isPure, operand, target } from './expressions.ts'
import { spell } from './spelling.ts'
import { assigned, ended, stored } from './statements.ts'
import { typedValue } from './typing.ts'
import type { Writing } from './writing.ts'
import { array } from './written.ts'

type Unpack = Statement & { kind: 'unpack' }

/** `const [a, b] = pair`, `[a, b] = [b, a]`, or one line for each where none needs another's old value. */
export function unpacked(of: Unpack, writing: Writing): Doc[] {
  const values = itemsOf(of.value)
  if (of.value.type.kind !== 'tuple' && writing.catches)
    throw new Unsupported('a list that is unpacked and may be of another length')
  const keyword = writing.reassigned.has(of) ? 'let' : 'const'
  const areNew = of.declares.every(Boolean)
  if (values !== undefined && isIndependent(of.targets, values))
    return of.targets.map((place, index) => {
      const value = values[index]!
      if (!of.declares[index] || place.kind !== 'name')
        return ended(stored(place, operand(value, writing), writing), writing)
      const typed = typedValue(place.type, value, writing)
      return ended(
        [`${keyword} ${spell(place.name, 'variable')}`, typed.type, assigned(typed.value)],
        writing,
      )
    })
  const pair =
    values === undefined
      ? operand(of.value, writing)
      : array(values.map((value) => operand(value, writing).doc))
  const holes = of.targets.map((place, index) =>
    of.declares[index] && place.kind === 'name' && place.name === '_' ? '' : target(place, writing).doc,
  )
  while (holes.at(-1) === '') holes.pop()
  const left = array(holes).doc
  if (areNew) return [ended([`${keyword} `, left, assigned(pair)], writing)]
  return [...missing(of, writing), ended([left, assigned(pair)], writing)]
}

/** Some are new and some are not: the new ones are declared before. */
function missing({ targets, declares }: Unpack, writing: Writing): Doc[] {
  return targets.flatMap((place, index) => {
    if (declares[index] !== true || place.kind !== 'name' || place.name === '_') return []
    const type = writing.typed ? `: ${annotation(place.type, writing)}` : ''
    return [ended([`let ${spell(place.name, 'variable')}`, type], writing)]
  })
}

/** The values where the text has them: a tuple's items, or quotient and remainder. */
function itemsOf(value: Expression): readonly Expression[] | undefined {
  if (value.kind === 'tuple') return value.items
  if (value.kind !== 'builtin' || value.name !== 'divmod') return undefined
  const [left, right] = value.arguments as [Expression, Expression]
  if (left.type.kind !== 'int' || !isPure(left) || !isPure(right)) return undefined
  return (['//', '%'] as const).map((operator) => ({
    kind: 'arithmetic',
    operator,
    left,
    right,
    type: left.type,
  }))
}

/** Whether one after the other gives the same as all at once. */
function isIndependent(targets: readonly Target[], values: readonly Expression[]): boolean {
  return targets.every((place, index) => {
    if (place.kind !== 'name') return false
    const others = [...values.slice(index + 1), ...targets.slice(index + 1)]
    return others.every((other) => !mentions(other, place.name))
  })
}
