import { buildTrie, findToken, type TrieLevel } from './ngram-trie.ts'
import { addDocument, createTokenSequence, type TokenSequence } from './token-sequence.ts'

/**
 * Interpolated modified Kneser–Ney (Chen & Goodman 1998, "An empirical study of smoothing techniques for
 * language modeling", section 3): the strongest n-gram model without other knowledge, and so the one that a
 * trained network has to beat. With c the counts of {@link buildTrie}, h a context and h' the context without
 * its first token,
 *
 *     p(w | h) = max(c(hw) - D(c(hw)), 0) / c(h·) + γ(h) p(w | h')
 *     γ(h) = (D1 N1(h·) + D2 N2(h·) + D3 N3+(h·)) / c(h·)
 *
 * down to the empty context, whose own lower order is uniform over the vocabulary.
 */
export interface KneserNey {
  order: number
  vocabularySize: number
  /** Number of distinct n-grams by order, unigrams first. */
  ngrams: number[]
  /** D1, D2 and D3+ by order, unigrams first. */
  discounts: Discounts[]
  /** Natural logarithm of p(token | context); only the last `order` - 1 ids of the context count. */
  logprob(context: ArrayLike<number>, token: number): number
  /** Sum of the log-probabilities of all ids but the first, each given those before it. */
  scoreRow(ids: ArrayLike<number>): number
}

export type Discounts = readonly [number, number, number]

export interface KneserNeyOptions {
  /** Longest n-gram. */
  order: number
  /** Ids run from 0 to this number, not included. */
  vocabularySize: number
  /** Id that stands before a document's first token; documents never hold it. */
  startToken: number
}

/** Trains on documents of ids; n-grams never cross from one document into the next. */
export function trainKneserNey(documents: Iterable<ArrayLike<number>>, options: KneserNeyOptions): KneserNey {
  const sequence = createTokenSequence(options.startToken)
  for (const document of documents) addDocument(sequence, document)
  return kneserNeyOf(sequence, options)
}

/** Trains on documents that were gathered one by one. */
export function kneserNeyOf(
  sequence: TokenSequence,
  { order, vocabularySize }: Omit<KneserNeyOptions, 'startToken'>,
): KneserNey {
  const levels = buildTrie(sequence, order)
  const discounts = levels.map((level) => estimateDiscounts(countsOfCounts(level)))
  const contexts = levels.map((level, i) =>
    weighContexts(level, i === 0 ? Int32Array.of(0, level.size) : levels[i - 1]!.children, discounts[i]!),
  )

  /** p(token | the `available` ids before `end` in `ids`), from the shortest context to the longest that was seen. */
  function probability(ids: ArrayLike<number>, end: number, token: number): number {
    let p = 1 / vocabularySize
    for (let used = 0; used < order && used <= end; used++) {
      let node = 0
      for (let depth = 0; depth < used && node >= 0; depth++) {
        const children = depth === 0 ? undefined : levels[depth - 1]!.children
        const from = children === undefined ? 0 : children[node]!
        const to = children === undefined ? levels[0]!.size : children[node + 1]!
        node = findToken(levels[depth]!, from, to, ids[end - used + depth]!)
      }
      // A context that was never seen has no longer one that was.
      if (node < 0) break
      const { starts, totals, backoff } = contexts[used]!
      if (totals[node] === 0) break
      const found = findToken(levels[used]!, starts[node]!, starts[node + 1]!, token)
      const count = found < 0 ? 0 : levels[used]!.counts[found]!
      p = (count - discountOf(count, discounts[used]!)) / totals[node]! + backoff[node]! * p
    }
    return p
  }

  return {
    order,
    vocabularySize,
    ngrams: levels.map((level) => level.size),
    discounts,
    logprob: (context, token) => Math.log(probability(context, context.length, token)),
    scoreRow(ids) {
      let sum = 0
      for (let i = 1; i < ids.length; i++) sum += Math.log(probability(ids, i, ids[i]!))
      return sum
    },
  }
}

/** What a level says of the contexts that its n-grams extend. */
interface Contexts {
  /** By context: index of its first n-gram, and one more entry for the end. */
  starts: Int32Array
  /** c(h·) */
  totals: Float64Array
  /** γ(h) */
  backoff: Float64Array
}

function weighContexts(level: TrieLevel, starts: Int32Array, discounts: Discounts): Contexts {
  const totals = new Float64Array(starts.length - 1)
  const backoff = new Float64Array(starts.length - 1)
  for (let context = 0; context < totals.length; context++) {
    let total = 0
    let taken = 0
    for (let i = starts[context]!; i < starts[context + 1]!; i++) {
      total += level.counts[i]!
      taken += discountOf(level.counts[i]!, discounts)
    }
    totals[context] = total
    backoff[context] = total === 0 ? 1 : taken / total
  }
  return { starts, totals, backoff }
}

function discountOf(count: number, discounts: Discounts): number {
  return count === 0 ? 0 : discounts[Math.min(count, 3) - 1]!
}

/** Number of n-grams that count 1, 2, 3 and 4. */
function countsOfCounts(level: TrieLevel): [number, number, number, number] {
  const found: [number, number, number, number] = [0, 0, 0, 0]
  for (const count of level.counts) if (count >= 1 && count <= 4) found[count - 1]!++
  return found
}

/**
 * D1, D2 and D3+ from the number of n-grams that count 1 to 4 (Chen & Goodman 1998, equation 26). A corpus too
 * small or too regular to say gets 0.5, 1 and 1.5.
 */
export function estimateDiscounts([n1, n2, n3, n4]: readonly [number, number, number, number]): Discounts {
  const y = n1 / (n1 + 2 * n2)
  const discounts: Discounts = [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3]
  const isSound = discounts.every((discount, i) => discount >= 0 && discount <= i + 1)
  return isSound ? discounts : [0.5, 1, 1.5]
}
