import { createHash } from 'node:crypto'

/**
 * The seed of a problem's first sample, below 2^31; its sample i has the seed i above it. It depends on the run's
 * seed and the problem alone, so neither the order of the problems nor how many go into one request changes a
 * sample, on servers that give choice i of a request the request's seed plus i (Understudy's own, vLLM).
 */
export function firstSeed(runSeed: number, problem: string): number {
  return createHash('sha256').update(`${runSeed}\0${problem}`).digest().readUInt32LE(0) >>> 1
}
