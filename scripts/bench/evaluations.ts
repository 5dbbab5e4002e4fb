import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { type Estimate, type RunResult, runResult } from '../../src/evaluation/index.ts'
import { cacheFolder, projectRoot, UserError } from '../../src/lib/index.ts'
import type { Values } from './result.ts'

/** Public benchmarks: `$UNDERSTUDY_BENCH`, or a folder beside the checkout. */
export const benchData = process.env.UNDERSTUDY_BENCH ?? join(projectRoot, '../shared/bench')

/**
 * `understudy evaluate` of the shipped model, by the command that users have. It goes on where an earlier run of the
 * same stopped, and answers at once where that was finished.
 */
export async function evaluateShipped(
  names: readonly string[],
  { n, temperature, limit }: { n: number; temperature: number; limit?: number },
): Promise<RunResult[]> {
  if (!existsSync(benchData))
    throw new UserError(
      `${benchData} is not there.`,
      'Name the folder of public benchmarks by UNDERSTUDY_BENCH.',
    )
  const { stdout } = await promisify(execFile)(
    join(projectRoot, 'understudy'),
    [
      ...['evaluate', ...names, '--json', '--data', benchData, '--out', cacheFolder('evaluation')],
      ...['--n', String(n), '--temperature', String(temperature), '--top-p', '0.95'],
      ...(limit === undefined ? [] : ['--limit', String(limit)]),
    ],
    { maxBuffer: 64 << 20 },
  )
  return z.array(runResult).parse(JSON.parse(stdout))
}

/** An estimate in percent. */
export function percentages({ value, low, high }: Estimate): Values {
  return { value: 100 * value, 'from, 95 %': 100 * low, 'to, 95 %': 100 * high }
}
