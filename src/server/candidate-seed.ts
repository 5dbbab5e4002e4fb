/**
 * The seed of one of a request's candidates, an unsigned 32-bit number: the request's own plus the candidate's
 * index, as in vLLM. So a request for n with seed s gives what n requests with s, s + 1, … would have given, and
 * each prompt of a batch the answers that it would have had alone; how samples are put into requests changes none.
 */
export function candidateSeed(seed: number, candidate: number): number {
  // A seed may be any safe integer; its upper part counts too.
  const base = Math.floor(seed / 2 ** 32) ^ seed
  return (base + candidate) >>> 0
}
