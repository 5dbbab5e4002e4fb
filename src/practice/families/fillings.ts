/** What the holes of a family's texts hold after its choice is made. */
import { BOOL, NONE } from '../language/types.ts'
import { wordsOf } from '../render/names.ts'
import { type Choice, fillAxes, identifiersOf } from './choose.ts'
import type { Option, Spelling } from './family.ts'
import type { Filling, Fillings, Role } from './wording.ts'

/** Values that every language writes its own way: `` {`None`} ``. */
export const literalFillings: Fillings = {
  None: { text: [{ literal: null, type: NONE }] },
  True: { text: [{ literal: true, type: BOOL }] },
  False: { text: [{ literal: false, type: BOOL }] },
}

/** @param source the solution's text before its names are spelled. */
export function fillingsOf(choice: Pick<Choice, 'options' | 'spellings'>, source: string): Fillings {
  const fillings: Record<string, Filling> = { ...literalFillings }
  for (const name of identifiersOf(source)) fillings[name] ??= identifierFilling(name, undefined, source)
  for (const [name, spelling] of Object.entries(choice.spellings))
    fillings[name] = identifierFilling(name, spelling, source)
  for (const [axis, option] of Object.entries(choice.options))
    Object.assign(fillings, axisFillings(axis, option, choice.options))
  return fillings
}

/** `{test}` is what the option says, `{test.unit}` another field of it. */
export function axisFillings(
  axis: string,
  option: Option,
  options: Readonly<Record<string, Option>>,
): Record<string, Filling> {
  const fillings: Record<string, Filling> = {}
  if (option.say !== undefined) fillings[axis] = { template: fillAxes(option.say, options) }
  for (const [field, text] of Object.entries(option))
    fillings[`${axis}.${field}`] = { template: fillAxes(text, options) }
  return fillings
}

function identifierFilling(name: string, spelling: Spelling | undefined, source: string): Filling {
  const identifier = spelling?.name ?? name
  return { identifier, role: roleIn(source, name), words: spelling?.words ?? speakable(identifier) }
}

/** `start_date` → start date. Names of one or two letters are no words: they are shown as code. */
function speakable(identifier: string): string | undefined {
  return identifier.length > 2 ? wordsOf(identifier).join(' ') : undefined
}

/** What a name of a surface program is the name of. */
export function roleIn(source: string, name: string): Role {
  if (new RegExp(`\\bdef ${name}\\b`).test(source)) return 'function'
  if (new RegExp(`\\bclass ${name}\\b`).test(source)) return 'type'
  if (new RegExp(`\\.${name}\\b(?!\\()|^class [sS]*?^ {4}${name}:`, 'm').test(source)) return 'field'
  return 'variable'
}
