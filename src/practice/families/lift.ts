/** Applies the function of an exercise to many values: each, those that pass, how many, the total, sorted by it. */
import type { Random } from '../../lib/index.ts'
import { fillAxes, pick, pluralOf } from './choose.ts'
import type { ComposeData, Lift } from './compose-data.ts'
import type { Draft, Wording } from './draft.ts'
import { literalFillings } from './fillings.ts'
import { type Filling, type Fillings, fill, holesOf, type Text } from './wording.ts'

/** What a lift needs to know of the function: one parameter, and no errors. */
interface Inner {
  name: string
  parameter: string
  type: string
  result: string
}

/** Nothing where the draft's function cannot be lifted. */
export function liftDraft(draft: Draft, data: ComposeData, random: Random): Draft | undefined {
  const inner = innerOf(draft)
  if (inner === undefined) return undefined
  const fitting = data.lifts.filter(({ needs }) => needs === 'any' || fits(needs, inner.result))
  const lift = pick(fitting, random)
  const innerName = draft.spellings[inner.name] ?? inner.name
  const one = draft.spellings[inner.parameter] ?? inner.parameter
  const many = nameOfMany(one, inner.type)
  const taken = new Set([...Object.values(draft.spellings), innerName, one])
  if (taken.has(many)) return undefined
  const entry = pick(lift.entry, random).replace('{inner}', innerName)
  const code = fillAxes(pick(lift.code, random), holesFor(inner))
  const generator = draft.inputs[inner.parameter] ?? ''
  return {
    kind: 'lifted',
    origins: draft.origins,
    topic: draft.topic,
    code: `${draft.code.trimEnd()}\n\n\n${code}`,
    entry: 'lifted_entry',
    spellings: { ...draft.spellings, lifted_entry: entry, all_of_them: many },
    inputs: { all_of_them: `list(${generator}, 0..6)` },
    requires: draft.requires.map((condition) => `all(${condition} for ${inner.parameter} in all_of_them)`),
    occurs: [],
    wording: wordingOf(lift, draft.wording, { inner: innerName, entry, one, many }),
  }
}

function innerOf(draft: Draft): Inner | undefined {
  if (draft.scenario !== undefined || draft.wording.raises !== undefined) return undefined
  if (draft.code.includes('raise ') || draft.code.includes('class ')) return undefined
  const signature = new RegExp(`^def ${draft.entry}\\((\\w+): ([^=]+?)\\) -> (.+):$`, 'm').exec(draft.code)
  if (signature === null || /, \w+: /.test(signature[2] as string)) return undefined
  const [, parameter = '', type = '', result = ''] = signature
  return result === 'None' ? undefined : { name: draft.entry, parameter, type, result }
}

function nameOfMany(one: string, type: string): string {
  if (one.length < 3) return 'values'
  return type.includes('[') ? `all_${one}` : pluralOf(one)
}

function fits(needs: Exclude<Lift['needs'], 'any'>, result: string): boolean {
  if (needs === 'bool') return result === 'bool'
  if (needs === 'number') return result === 'int' || result === 'float'
  return result === 'int' || result === 'str' || result === 'bool'
}

function holesFor({ name, parameter, type, result }: Inner) {
  return {
    lifted: { code: 'lifted_entry' },
    many: { code: 'all_of_them' },
    one: { code: parameter },
    inner: { code: name },
    T: { code: type },
    R: { code: result },
    zero: { code: result === 'float' ? '0.0' : '0' },
  }
}

function wordingOf(
  lift: Lift,
  inner: Wording,
  names: { inner: string; entry: string; one: string; many: string },
): Wording {
  const known: Record<string, Filling> = {
    ...literalFillings,
    inner: { identifier: names.inner, role: 'function', words: undefined },
    lifted: { identifier: names.entry, role: 'function', words: undefined },
    one: { identifier: names.one, role: 'variable', words: undefined },
    many: { identifier: names.many, role: 'variable', words: undefined },
  }
  const innerReturns = inner.returns
  return {
    describe: (random) => {
      const describe: Filling = { text: inner.describe?.(random) ?? [] }
      return fill(pick(lift.describe, random), { ...known, describe }, random)
    },
    ...(innerReturns === undefined || inner.provisos !== undefined
      ? {}
      : {
          returns: (random: Random) => {
            const returns = innerReturns(random)
            return returns === undefined ? undefined : nested(lift, returns, known, random)
          },
        }),
  }
}

function nested(lift: Lift, returns: Text, known: Fillings, random: Random): Text | undefined {
  const [first, ...rest] = returns
  const isCondition = typeof first === 'string' && first.startsWith('whether ')
  const fillings: Fillings = {
    ...known,
    returns: { text: returns },
    ...(isCondition ? { condition: { text: [first.slice('whether '.length), ...rest] } } : {}),
  }
  const templates = lift.returns.filter((template) => holesOf(template).every((hole) => hole in fillings))
  return templates.length === 0 ? undefined : fill(pick(templates, random), fillings, random)
}
