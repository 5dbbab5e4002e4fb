import { evaluateShipped, percentages } from './evaluations.ts'
import type { Benchmark, Values } from './result.ts'

/** HumanEval as Codex was measured on it (arXiv 2107.03374): T 0.2 for pass@1, T 0.8 for pass@10 and pass@100. */
export const humanevalFigures: Benchmark = {
  name: 'humaneval',
  title: 'HumanEval: understudy-nano, as Codex was measured',
  cost: 'bubblewrap and the folder of public benchmarks; an hour',
  async measure(): Promise<Values> {
    const values: Values = {}
    for (const { n, temperature } of [
      { n: 20, temperature: 0.2 },
      { n: 200, temperature: 0.8 },
    ]) {
      const [result] = await evaluateShipped(['humaneval'], { n, temperature })
      if (!result) throw new Error('The evaluation gave no result.')
      const { problems, samples, sampling, passAt, ranked, distinct, outcomes, tokens, seconds } = result
      values[`T ${temperature}, n ${n}`] = {
        problems,
        samples,
        seed: sampling.seed,
        'top-p': sampling.topP,
        ...Object.fromEntries(
          Object.entries(passAt).map(([k, share]) => [`pass@${k} %`, percentages(share)]),
        ),
        ...(ranked && {
          'likeliest by mean log-probability passes %': percentages(ranked.byMeanLogprob),
          'any of the same passes %': percentages(ranked.random),
        }),
        ...(distinct && { 'distinct %': percentages(distinct) }),
        'tokens a sample': tokens / samples,
        'minutes of sampling': seconds.sampling / 60,
        'minutes of judging after it': seconds.judging / 60,
        'samples a second': samples / seconds.sampling,
        outcomes,
      }
    }
    return values
  },
}
