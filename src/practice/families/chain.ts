/** Chains of stages whose types fit: which stages, what they are fed, and what guards them. */
import type { Random } from '../../lib/index.ts'
import { writeChain } from './chain-code.ts'
import { chainWording } from './chain-wording.ts'
import { fillAxes, pick } from './choose.ts'
import type { ComposeData, ItemWords } from './compose-data.ts'
import type { Draft } from './draft.ts'
import type { Option, Stage } from './family.ts'

/** One stage of a chain with its choice. */
export interface Link {
  stage: Stage
  options: Record<string, Option>
  /** For the items of what comes in. */
  words: ItemWords
}

/** A case in which the chain stops early and returns `value`, a literal. */
export interface Guard {
  /** Before the link of this index. */
  before: number
  /** A condition on `$it` and `$item`. */
  code: string
  say: string
  value: string
}

export interface Chain {
  links: Link[]
  input: { name: string; type: string; generator: string }
  guards: Guard[]
  entry: string
  /** The type that comes out. */
  result: string
}

/** Shares of chains, 0 to 1. */
const threeStages = 0.4
const earlyGuard = 0.25

/** A draft of two or three stages. Throws where no two stages fit. */
export function draftChain(stages: readonly Stage[], data: ComposeData, random: Random): Draft {
  const chain = chooseChain(stages, data, random)
  const { code, entry } = writeChain(chain, random)
  const last = chain.links.at(-1)?.stage.topic ?? ''
  return {
    kind: 'chain',
    origins: chain.links.map(({ stage }) => stage.stage),
    topic: `chains of ${last}`,
    code,
    entry,
    spellings: {},
    inputs: { [chain.input.name]: chain.input.generator },
    requires: [],
    occurs: chain.guards
      .filter(({ before }) => before === 0)
      .flatMap(({ code }) => bothWays(code, chain.input.name)),
    wording: chainWording(chain, data),
  }
}

function bothWays(code: string, input: string): string[] {
  const condition = code.replace(/\$item\b/g, 'item').replace(/\$it(?!\w)/g, input)
  return [condition, `not (${condition})`]
}

export function chooseChain(stages: readonly Stage[], data: ComposeData, random: Random): Chain {
  const path = choosePath(stages, data, random)
  const first = path[0] as Stage
  const begin = pick(data.begins[first.from] ?? [], random)
  const input = { name: pick(begin.names, random), type: first.from, generator: first.inputs ?? begin.inputs }
  const words = new Map<string, ItemWords>()
  const links = path.map((stage, index): Link => {
    const item = itemKind(stage.from)
    if (!words.has(item))
      words.set(
        item,
        (index === 0 ? wordsOfName(input.name, item, data) : undefined) ?? wordsFor(item, data, random),
      )
    const options = Object.fromEntries(
      Object.entries(stage.axes).map(([axis, all]) => [axis, pick(all, random)]),
    )
    return { stage, options, words: words.get(item) as ItemWords }
  })
  return {
    links,
    input,
    guards: chooseGuards(links, data, random),
    entry: entryName(links, data, random),
    result: path.at(-1)?.to ?? '',
  }
}

function choosePath(stages: readonly Stage[], data: ComposeData, random: Random): Stage[] {
  const length = random() < threeStages ? 3 : 2
  const starts = [...new Set(stages.map(({ from }) => from))].filter((type) => type in data.begins)
  for (let attempt = 0; attempt < 200; attempt++) {
    const path: Stage[] = []
    let type = pick(starts, random)
    while (path.length < length) {
      const next = stages.filter((stage) => stage.from === type && follows(stage, path))
      if (next.length === 0) break
      const stage = pick(next, random)
      path.push(stage)
      type = stage.to
    }
    if (path.length === length) return path
  }
  throw new RangeError('no stages fit together')
}

function follows(stage: Stage, path: readonly Stage[]): boolean {
  if (path.includes(stage) || (path.length > 0 && stage.inputs !== undefined)) return false
  return !(path.at(-1)?.reorders && (stage.ignores_order || stage.reorders))
}

function chooseGuards(links: readonly Link[], data: ComposeData, random: Random): Guard[] {
  const first = links[0] as Link
  const result = links.at(-1)?.stage.to ?? ''
  const values = data.nothing[containerOf(result)]
  if (values === undefined) return []
  const value = pick(values, random)
  const partial = links.flatMap(({ stage, options }, before): Guard[] =>
    stage.undefined === undefined
      ? []
      : [{ before, code: fillAxes(stage.undefined.code, options), say: stage.undefined.say, value }],
  )
  if (partial.length > 0) return partial.slice(0, 1)
  const early = data.early[first.stage.from] ?? []
  return random() < earlyGuard && early.length > 0 ? [{ before: 0, ...pick(early, random), value }] : []
}

function entryName(links: readonly Link[], data: ComposeData, random: Random): string {
  if (random() < 0.2) return pick(data.names.plain, random)
  const name = ({ stage, options }: Link) => fillAxes(stage.name, options, 'name')
  const first = name(links[0] as Link)
  const last = name(links.at(-1) as Link)
  return pick(data.names.entry, random).replace('{first}', first).replace('{last}', last)
}

/** `list[int]` → int, `str` → char, `dict[str, int]` → other. */
function itemKind(type: string): string {
  const inside = /^(?:list|set)\[(.*)\]$/.exec(type)?.[1]
  if (inside === undefined) return type === 'str' ? 'char' : containerOf(type)
  return containerOf(inside)
}

function containerOf(type: string): string {
  return /^\w+/.exec(type)?.[0] ?? type
}

function wordsFor(item: string, data: ComposeData, random: Random): ItemWords {
  return pick(data.items[item] ?? data.items.other ?? [], random)
}

/** A list that is called `scores` holds scores. */
function wordsOfName(name: string, item: string, data: ComposeData): ItemWords | undefined {
  if (item === 'char' || name.length < 4 || !/[^s]s$/.test(name)) return undefined
  const one = name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.slice(0, -1)
  const variables = (data.items[item] ?? [])[0]?.variables ?? []
  return { many: name, one, variables: [one, one.charAt(0), ...variables] }
}
