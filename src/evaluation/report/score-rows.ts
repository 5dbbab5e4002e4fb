import { benchmarkNames } from '../benchmarks/benchmarks.ts'
import type { Estimate, RunResult } from './result.ts'

/** One model on one benchmark, all its ways of sampling together. */
export interface ScoreRow {
  model: JudgedModel
  benchmark: string
  title: string
  language: string
  judge: RunResult['judge']
  problems: number
  /** By temperature; of runs at the same temperature, the one with the most samples. */
  runs: RunResult[]
  /** By k: the run whose pass@k is highest, and that pass@k. */
  best: Map<number, { run: RunResult; passAt: Estimate }>
}

export interface JudgedModel {
  /** Its name, with the head of its checksum where two models share the name. */
  label: string
  name: string
  sha256: string | undefined
  parameters: number | undefined
}

const order = new Map(benchmarkNames().map((name, at) => [name, at]))

/** Where a benchmark stands in reports; those that are not known come last. */
export function placeOf(benchmark: string): number {
  return order.get(benchmark) ?? order.size
}

/** Every k of the runs, from the smallest. */
export function ksOf(results: readonly RunResult[]): number[] {
  const ks = new Set(results.flatMap(({ passAt }) => Object.keys(passAt).map(Number)))
  return [...ks].sort((a, b) => a - b)
}

/**
 * Rows in the benchmarks' order. Runs are of one row only where model, benchmark and the number of problems agree:
 * figures on a part of the problems are not those on all.
 */
export function scoreRows(results: readonly RunResult[], models: readonly JudgedModel[]): ScoreRow[] {
  const groups = Map.groupBy(results, (run) =>
    JSON.stringify([keyOf(run.model), run.benchmark, run.problems]),
  )
  return [...groups.values()]
    .map((runs) => rowOf(runs, modelOf(runs[0] as RunResult, models)))
    .sort((a, b) => placeOf(a.benchmark) - placeOf(b.benchmark))
}

function rowOf(all: readonly RunResult[], model: JudgedModel): ScoreRow {
  const byTemperature = Map.groupBy(all, ({ sampling }) => sampling.temperature)
  const runs = [...byTemperature.values()]
    .map((same) => same.reduce((most, run) => (run.samples > most.samples ? run : most)))
    .sort((a, b) => a.sampling.temperature - b.sampling.temperature)
  const { benchmark, title, language, judge, problems } = runs[0] as RunResult
  const best: ScoreRow['best'] = new Map()
  for (const run of runs)
    for (const [k, passAt] of Object.entries(run.passAt))
      if (passAt.value > (best.get(Number(k))?.passAt.value ?? -1)) best.set(Number(k), { run, passAt })
  return { model, benchmark, title, language, judge, problems, runs, best }
}

/** The models of all results, in the order they come, each once. */
export function judgedModels(subjects: readonly RunResult['model'][]): JudgedModel[] {
  const byKey = Map.groupBy(subjects, keyOf)
  const models = [...byKey.values()].map((same) => {
    const { name, sha256 } = same[0] as RunResult['model']
    return { name, sha256, parameters: same.find(({ parameters }) => parameters)?.parameters }
  })
  return models.map((model) => {
    const isShared = models.filter(({ name }) => name === model.name).length > 1
    return {
      ...model,
      label: isShared ? `${model.name} (${model.sha256?.slice(0, 8) ?? 'no checksum'})` : model.name,
    }
  })
}

/** The model of a result among those judged. */
export function modelOf(result: { model: RunResult['model'] }, models: readonly JudgedModel[]): JudgedModel {
  return models.find((model) => keyOf(model) === keyOf(result.model)) as JudgedModel
}

function keyOf({ name, sha256 }: { name: string; sha256?: string | undefined }): string {
  return JSON.stringify([name, sha256 ?? ''])
}
