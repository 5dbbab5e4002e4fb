/**
 * The unbiased estimator of pass@k: the chance that at least one of k samples, drawn from the n at hand without
 * putting back, is among the c that pass, 1 − C(n−c, k) / C(n, k). As a product, since the binomials overflow
 * (Chen et al. 2021, arXiv 2107.03374, section 2.1 and figure 3).
 * @throws RangeError unless 0 ≤ c ≤ n and 1 ≤ k ≤ n, all whole.
 */
export function passAtK(n: number, c: number, k: number): number {
  if (![n, c, k].every(Number.isInteger) || c < 0 || c > n || k < 1 || k > n)
    throw new RangeError(`pass@${k} has no meaning for ${c} of ${n} samples.`)
  if (n - c < k) return 1
  let noneOfThem = 1
  for (let i = n - c + 1; i <= n; i++) noneOfThem *= 1 - k / i
  return 1 - noneOfThem
}

/** Those k of the paper's tables that n samples can tell. */
export function reportedK(n: number): number[] {
  return [1, 10, 100].filter((k) => k <= n)
}
