/** An exercise before its program is parsed: what families, chains of stages and rules all come to. */
import type { Random } from '../../lib/index.ts'
import type { Text } from './wording.ts'

/** How an exercise came to be. */
export type Kind = 'family' | 'chain' | 'lifted' | 'rules'

export interface Draft {
  kind: Kind
  /** The families and stages that it was made of. */
  origins: string[]
  topic: string
  /** A surface program (`docs/practice.md`), names not spelled yet. */
  code: string
  /** A function or a class of the code. */
  entry: string
  /** Where the entry is a class: a function `scenario` that drives it. */
  scenario?: string
  /** Names of the code and how they are to be spelled; others stay. */
  spellings: Record<string, string>
  /** Generators for the parameters of the entry, or of the scenario. */
  inputs: Record<string, string>
  /** Expressions over the parameters that hold for every input. */
  requires: string[]
  /** Conditions over the parameters, each of which some inputs fulfil: no case is idle. */
  occurs: string[]
  wording: Wording
}

/** What can be said of it. Each call draws anew. Parts that are absent, or undefined this time, cannot be said. */
export interface Wording {
  /** A noun phrase for the result, or "whether …". */
  returns?: (random: Random) => Text | undefined
  /** The whole, in one or several sentences. */
  describe?: (random: Random) => Text
  /** Sentences without which `returns` would be wrong: "If there are none left, return 0." */
  provisos?: (random: Random) => Text[]
  /** When it is an error, as clauses. */
  raises?: (random: Random) => Text
  steps?: (random: Random) => Text
}
