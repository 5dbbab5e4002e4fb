/**
 * The benchmarks, by family. Each family reads the official data and follows the official harness in how the prompt
 * is built, where the completion is cut and how the program is put together; what differs is in docs/evaluation.md.
 */
import { UserError } from '../../lib/index.ts'
import type { Benchmark } from '../problem.ts'
import type { DataOptions } from './data-file.ts'
import type { Family } from './family.ts'
import { fix } from './fix.ts'
import { humaneval } from './humaneval.ts'
import { humanevalPlus } from './humaneval-plus.ts'
import { humanevalX } from './humaneval-x.ts'
import { infilling } from './infilling.ts'
import { mbpp } from './mbpp.ts'
import { multiplE } from './multipl-e.ts'
import { practiceBench } from './practice-bench/family.ts'
import { safim } from './safim.ts'
import { translation } from './translation.ts'

const families: Family[] = [
  humaneval,
  humanevalPlus,
  mbpp,
  humanevalX,
  multiplE,
  infilling,
  fix,
  translation,
  safim,
  practiceBench,
]

/** Every benchmark by name, in the order of reports. */
export function benchmarkNames(): string[] {
  return families.flatMap((family) => family.names)
}

/**
 * Reads one benchmark, from the folder `data` or, without it, from its official place by way of the cache. Throws
 * `UserError` for an unknown name, for data that is absent, cannot be fetched or is broken.
 */
export async function loadBenchmark(name: string, options: DataOptions = {}): Promise<Benchmark> {
  const family = families.find(({ names }) => names.includes(name))
  if (family === undefined)
    throw new UserError(
      `There is no benchmark ${JSON.stringify(name)}.`,
      `Take one of: ${benchmarkNames().join(', ')}.`,
    )
  const benchmark = await family.load(name, options)
  options.signal?.throwIfAborted()
  const ids = new Set<string>()
  for (const { id } of benchmark.problems) {
    if (ids.has(id))
      throw new UserError(
        `${name} holds the problem ${id} twice.`,
        `Replace its file by that of ${benchmark.url}.`,
      )
    ids.add(id)
  }
  return benchmark
}
