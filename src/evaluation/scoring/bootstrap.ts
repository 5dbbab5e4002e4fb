import { mulberry32, shareEstimate } from '../quality/interval.ts'
import type { Estimate } from '../report/result.ts'

const resamples = 2_000

/**
 * The mean over problems with its 95 % interval: percentile bootstrap with the problems as units, since samples of
 * one problem are not independent (Efron 1979). The same values in the same order with the same seed give the same
 * interval. The mean of nothing is NaN. Where all shares are 0, or all 1, resampling claims certainty; there the
 * interval is Wilson's for that many problems.
 */
export function estimateMean(values: readonly number[], seed: number): Estimate {
  for (const extreme of [0, 1])
    if (values.length > 0 && values.every((value) => value === extreme))
      return shareEstimate(extreme * values.length, values.length)
  const random = mulberry32(seed)
  const means = Float64Array.from({ length: values.length === 0 ? 0 : resamples }, () => {
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)]!
    return sum / values.length
  }).sort()
  const at = (share: number) => means[Math.round(share * (means.length - 1))] ?? Number.NaN
  const value = values.reduce((sum, one) => sum + one, 0) / values.length
  return { value, low: at(0.025), high: at(0.975) }
}
