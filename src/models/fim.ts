import type { ModelVocabulary } from './vocabulary.ts'

/** How a model wants the text around a gap: three marks, by token id, and their order. */
export interface FimTemplate {
  /** `codellama`, `starcoder`, …; `unknown` where the file names the ids of tokens that no family here spells so. */
  family: string
  prefix: number
  suffix: number
  /** Stands where the answer begins; absent where the prefix itself stands last. */
  middle: number | undefined
  order: FimOrder
}

/**
 * The order of the parts in the prompt; the answer follows the last.
 * - `prefix-suffix-middle`: `<prefix>P<suffix>S<middle>`, what most models learn.
 * - `suffix-prefix-middle`: `<prefix><suffix>S<middle>P` (Bavarian et al. 2022, arXiv 2207.14255): the answer goes on
 *   where the prefix ends, which a small model does far better, and a growing prefix keeps the cached suffix.
 * - `suffix-prefix`: `<suffix>S<prefix>P`, Codestral's.
 */
export type FimOrder = 'prefix-suffix-middle' | 'suffix-prefix-middle' | 'suffix-prefix'

interface FimSpelling {
  family: string
  prefix: string
  suffix: string
  middle?: string
}

/** How families of open code models spell their marks. All put prefix, suffix, middle, but for Codestral. */
const spellings: FimSpelling[] = [
  { family: 'qwen', prefix: '<|fim_prefix|>', suffix: '<|fim_suffix|>', middle: '<|fim_middle|>' },
  { family: 'starcoder', prefix: '<fim_prefix>', suffix: '<fim_suffix>', middle: '<fim_middle>' },
  { family: 'santacoder', prefix: '<fim-prefix>', suffix: '<fim-suffix>', middle: '<fim-middle>' },
  { family: 'deepseek', prefix: '<｜fim▁begin｜>', suffix: '<｜fim▁hole｜>', middle: '<｜fim▁end｜>' },
  { family: 'codellama', prefix: '▁<PRE>', suffix: '▁<SUF>', middle: '▁<MID>' },
  { family: 'codellama', prefix: '<PRE>', suffix: '<SUF>', middle: '<MID>' },
  { family: 'glm', prefix: '<|code_prefix|>', suffix: '<|code_suffix|>', middle: '<|code_middle|>' },
  { family: 'falcon', prefix: '<|prefix|>', suffix: '<|suffix|>', middle: '<|middle|>' },
  { family: 'codestral', prefix: '[PREFIX]', suffix: '[SUFFIX]' },
]

/**
 * The FIM template of a model, or `undefined` where it has none. The ids that the file names decide; where it
 * names none, the marks are found by how the known families spell them.
 */
export function fimTemplate({ tokens, named, fimOrder }: ModelVocabulary): FimTemplate | undefined {
  const { fimPrefix: prefix, fimSuffix: suffix, fimMiddle: middle } = named
  if (prefix !== undefined && suffix !== undefined && middle !== undefined) {
    const family = spellings.find((spelling) => spelling.prefix === tokens[prefix])?.family ?? 'unknown'
    const order = fimOrder === 'suffix-prefix-middle' ? fimOrder : 'prefix-suffix-middle'
    return { family, prefix, suffix, middle, order }
  }
  const ids = new Map(tokens.map((token, id) => [token, id]))
  for (const spelling of spellings) {
    const prefix = ids.get(spelling.prefix)
    const suffix = ids.get(spelling.suffix)
    const middle = spelling.middle === undefined ? undefined : ids.get(spelling.middle)
    if (prefix === undefined || suffix === undefined) continue
    if (spelling.middle === undefined)
      return { family: spelling.family, prefix, suffix, middle, order: 'suffix-prefix' }
    if (middle !== undefined)
      return { family: spelling.family, prefix, suffix, middle, order: 'prefix-suffix-middle' }
  }
  return undefined
}
