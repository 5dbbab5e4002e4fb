import type { Expression, Statement } from '../../language/program.ts'
import type { Doc } from '../print.ts'
import { group } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { arithmetic, checkBits, isPlainModulo } from './arithmetic.ts'
import { isObject, isPure, operand, target } from './expressions.ts'
import { extension } from './lists.ts'
import { isInt } from './ranges.ts'
import { braced, ended, stored } from './statements.ts'
import { type Writing, withName } from './writing.ts'
import { levels, method } from './written.ts'

type Update = Statement & { kind: 'update' }

/** `target += value`, where JavaScript's operator means the same; else `target = target … value`. */
export function updated(of: Update, writing: Writing): Doc[] {
  const { target: place, operator, value } = of
  if (place.type.kind === 'list' && operator === '+') return [ended(extended(place, value, writing), writing)]
  if (place.type.kind === 'set') return changedSet(of, writing)
  const whole: Expression & { kind: 'arithmetic' } = {
    kind: 'arithmetic',
    operator,
    left: place,
    right: value,
    type: place.type,
  }
  const isMap = place.kind === 'index' && place.of.type.kind === 'map' && !isObject(place.of, writing)
  const sign = isMap ? undefined : operatorOf(whole, writing)
  if (sign !== undefined) {
    const left = target(place, writing).doc
    if (isInt(value, 1) && (sign === '+' || sign === '-') && writing.manner.increment === 'i++')
      return [ended([left, sign, sign], writing)]
    return [ended([left, ` ${sign}= `, group(operand(value, writing).doc)], writing)]
  }
  if (place.kind === 'index' && !(isPure(place.of) && isPure(place.index)))
    throw new Unsupported('a place that can be computed only once')
  return [ended(stored(place, arithmetic(whole, writing), writing), writing)]
}

/** JavaScript's operator, where what `arithmetic` writes is `left operator right`. */
function operatorOf(
  { operator, left, right, type }: Expression & { kind: 'arithmetic' },
  writing: Writing,
): string | undefined {
  if (type.kind === 'date' || type.kind === 'list') return undefined
  if (type.kind === 'string') return operator === '+' ? operator : undefined
  if (['&', '|', '^'].includes(operator)) checkBits(left, right)
  if (['+', '-', '*', '/', '**', '&', '|', '^'].includes(operator)) return operator
  return operator === '%' && isPlainModulo(left, right, writing) ? '%' : undefined
}

function extended(place: Expression, value: Expression, writing: Writing): Doc {
  return method(operand(place, writing), 'push', extension(value, writing)).doc
}

function changedSet({ target: place, operator, value }: Update, writing: Writing): Doc[] {
  if (operator !== '|' && operator !== '-') throw new Unsupported('an intersection in place')
  return withName(['item', 'value'], writing, (item) => {
    const change = method(operand(place, writing), operator === '|' ? 'add' : 'delete', [
      { doc: item, level: levels.atom },
    ])
    const source = value.kind === 'set' ? { ...value, kind: 'list' as const } : value
    return [
      braced(
        ['for (const ', item, ' of ', group(operand(source, writing).doc), ')'],
        [ended(change.doc, writing)],
      ),
    ]
  })
}
