import { readCorpus } from '../../src/corpus/index.ts'
import { measureBaseline } from '../../src/evaluation/index.ts'
import { UserError } from '../../src/lib/index.ts'
import { loadTokenizer } from '../../src/tokenizer/index.ts'
import { readRunEvents } from '../../src/training/index.ts'
import { nano, needsNano } from './places.ts'
import type { Benchmark, Values } from './result.ts'

/** Held-out bits per byte of the model beside those of a Kneser–Ney 5-gram model of the same corpus. */
export const heldoutFigures: Benchmark = {
  name: 'heldout',
  title: 'Held-out bits per byte: understudy-nano and a Kneser–Ney 5-gram',
  cost: `${needsNano}; some minutes and 3 GB of memory`,
  async measure(): Promise<Values> {
    const model = readRunEvents(nano.run).findLast((event) => event.event === 'heldout' && event.full)
    if (model?.event !== 'heldout')
      throw new UserError('The run has no full held-out measure yet.', 'Let it train to its end first.')
    const baseline = await measureBaseline({
      documents: readCorpus(nano.corpus),
      tokenizer: await loadTokenizer(nano.tokenizer),
      shards: nano.shards,
      order: 5,
    })
    const languages = Object.keys(model.bitsPerByte).sort((a, b) =>
      a === 'all' ? -1 : b === 'all' ? 1 : a < b ? -1 : 1,
    )
    return {
      'bits per byte': Object.fromEntries(
        languages.map((language) => {
          const [ours, theirs] = [model.bitsPerByte[language]!, baseline.bitsPerByte[language]!]
          return [language, { 'understudy-nano': ours, '5-gram': theirs, ratio: ours / theirs }]
        }),
      ),
      '5-gram, training tokens': baseline.tokens,
      '5-gram, distinct 5-grams': baseline.ngrams.at(-1) ?? 0,
    }
  },
}
