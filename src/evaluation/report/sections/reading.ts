import { publishedNotice } from '../published.ts'
import type { SectionMaker } from './input.ts'

/** How to read it all. */
export const reading: SectionMaker = () => ({
  id: 'reading',
  title: 'How to read this',
  blocks: [
    {
      kind: 'list',
      items: [
        'pass@k is the unbiased estimator of Chen et al. 2021 (arXiv 2107.03374): 1 − C(n − c, k) ÷ C(n, k), where c of a problem’s n samples pass, averaged over the problems.',
        'Intervals are 95 %. Those of scores are bootstraps over problems (percentile method), with the run’s seed; where no sample passes at all, or every one, Wilson’s for that many problems.',
        'Distinct is the share of a problem’s samples that differ from one another.',
        'T is the temperature, n the number of samples for each problem. With the seed, a run can be made again.',
        publishedNotice,
      ],
    },
  ],
})
