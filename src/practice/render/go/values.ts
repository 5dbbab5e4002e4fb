import { NONE, type Type } from '../../language/types.ts'
import type { Value } from '../../language/value.ts'
import { floatText, quoted, quotedRune } from './literals.ts'
import { exported } from './names.ts'
import type { Survey } from './survey.ts'
import { goType } from './types.ts'

/** A value of a type as an expression: `[]int{1, 2}`, `map[string]int{"a": 1}`. */
export function valueText(value: Value, type: Type, survey: Survey): string {
  const list = (values: readonly Value[], of: (at: number) => Type) =>
    values.map((item, at) => valueText(item, of(at), survey)).join(', ')
  if (type.kind === 'optional') return value === null ? 'nil' : valueText(value, type.of, survey)
  if (value === null) return 'nil'
  if (typeof value === 'number') return type.kind === 'float' ? floatText(value) : String(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return type.kind === 'char' ? quotedRune(value) : quoted(value)
  if ('days' in value) return String(value.days)
  if ('date' in value) {
    const [year, month, day] = value.date.split('-').map(Number)
    return `time.Date(${year}, ${month}, ${day}, 0, 0, 0, 0, time.UTC)`
  }
  if ('list' in value) return `${goType(type, survey)}{${list(value.list, () => inner(type))}}`
  if ('set' in value) {
    const items = value.set.map((item) => `${valueText(item, inner(type), survey)}: true`)
    return `${goType(type, survey)}{${items.join(', ')}}`
  }
  if ('tuple' in value) {
    const of = type.kind === 'tuple' ? type.of : []
    return `${goType(type, survey)}{${list(value.tuple, (at) => of[at] ?? NONE)}}`
  }
  if ('map' in value) {
    const [key, of] = type.kind === 'map' ? [type.key, type.value] : [NONE, NONE]
    const entries = value.map.map(([k, v]) => `${valueText(k, key, survey)}: ${valueText(v, of, survey)}`)
    return `${goType(type, survey)}{${entries.join(', ')}}`
  }
  const declared = survey.program.records.find(({ name }) => name === value.record)
  const fields = Object.entries(value.fields).map(([name, field]) => {
    const fieldType = declared?.fields.find((one) => one.name === name)?.type ?? NONE
    return `${exported(name)}: ${valueText(field, fieldType, survey)}`
  })
  const isPointer = survey.byReference.has(value.record)
  return `${isPointer ? '&' : ''}${exported(value.record)}{${fields.join(', ')}}`
}

function inner(type: Type): Type {
  return type.kind === 'list' || type.kind === 'set' ? type.of : NONE
}
