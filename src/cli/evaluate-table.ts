import type { EvaluationProgress, RunResult } from '../evaluation/index.ts'
import { describeDuration } from '../training/index.ts'

type Estimate = RunResult['passAt'][string]

/** One line while a benchmark runs, at most 79 wide. */
export function describeProgress(name: string, temperature: number, progress: EvaluationProgress): string {
  const { samples, total, judged, passed, drawn, seconds } = progress
  const speed = drawn / seconds
  // Judging keeps up with sampling, or is what is left.
  const left = total - samples
  const time =
    judged === total
      ? ''
      : left === 0
        ? `  judging ${total - judged} more`
        : drawn > 0
          ? `  ${describeDuration(left / speed)} left`
          : ''
  const rate = drawn > 0 ? `  ${speed.toFixed(1)}/s` : ''
  return `${short(name, 26)} T ${temperature}  ${samples}/${total}${rate}  ${passed} passed${time}`.slice(
    0,
    79,
  )
}

/** The results as a table of at most 80 columns, and what has to be said with them. */
export function describeResults(results: readonly RunResult[]): string {
  const row = (cells: string[]) =>
    `${short(cells[0]!, 24).padEnd(24)}${cells[1]!.padStart(5)}${cells[2]!.padStart(5)}${cells[3]!.padStart(6)}  ${cells[4]!.padEnd(20)}${cells[5]!.padStart(7)}${cells[6]!.padStart(9)}`.trimEnd()
  const lines = [row(['', 'T', 'n', 'tasks', 'pass@1 % (95 %)', '@10', '@100'])]
  for (const { benchmark, sampling, problems, passAt, judge } of results)
    lines.push(
      row([
        judge === 'match' ? `${benchmark} =` : benchmark,
        String(sampling.temperature),
        String(sampling.n),
        String(problems),
        interval(passAt['1']),
        percent(passAt['10']?.value),
        percent(passAt['100']?.value),
      ]),
    )
  if (results.some(({ judge }) => judge === 'match')) lines.push('= is exact match with the reference.')
  for (const result of results) lines.push(...remarks(result))
  return `${lines.join('\n')}\n`
}

function remarks({ benchmark, sampling, ranked, exactMatch, judge, flaky, notes }: RunResult): string[] {
  const about = [
    ...(ranked && ranked.random.value > 0
      ? [
          `the likeliest of ${ranked.samples ?? sampling.n} passes ${percent(ranked.byMeanLogprob.value)} %, any ${percent(ranked.random.value)} %`,
        ]
      : []),
    ...(exactMatch && judge === 'run' && exactMatch.value > 0
      ? [`exact match ${percent(exactMatch.value)} %`]
      : []),
    ...(flaky.length > 0 ? [`flaky: ${flaky.join(', ')}`] : []),
    ...notes,
  ]
  return about.flatMap((text) => wrap(`${benchmark}, T ${sampling.temperature}: ${text}`))
}

function interval(estimate: Estimate | undefined): string {
  if (!estimate) return ''
  return `${percent(estimate.value)} (${percent(estimate.low)}–${percent(estimate.high)})`
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : (100 * share).toFixed(1)
}

/** Lines of at most 80 characters, broken at blanks; those after the first are indented. */
function wrap(text: string): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last !== '' && last.length + 1 + word.length > 80) lines.push(`  ${word}`)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

function short(name: string, width: number): string {
  return name.length <= width ? name : `…${name.slice(name.length - width + 1)}`
}
