import type { QualityResult } from '../../quality/result.ts'
import type { Section } from '../blocks.ts'
import { visibleWithin } from '../format.ts'
import type { RunResult } from '../result.ts'
import {
  type JudgedModel,
  judgedModels,
  ksOf,
  modelOf,
  placeOf,
  type ScoreRow,
  scoreRows,
} from '../score-rows.ts'

/** What every section is made from. */
export interface ReportInput {
  results: RunResult[]
  quality: QualityResult[]
  models: JudgedModel[]
  rows: ScoreRow[]
  /** Every k of the results, from the smallest. */
  ks: number[]
}

/** A section, or nothing where the results have nothing to say of it. */
export type SectionMaker = (input: ReportInput) => Section | undefined

/** Strings of the results come from files: they are made visible here, once and for all that is shown. */
export function reportInput(
  rawResults: readonly RunResult[],
  rawQuality: readonly QualityResult[],
): ReportInput {
  const quality = rawQuality.map(visibleWithin)
  const results = rawResults
    .map(visibleWithin)
    .sort(
      (a, b) =>
        placeOf(a.benchmark) - placeOf(b.benchmark) || a.sampling.temperature - b.sampling.temperature,
    )
  const models = judgedModels([...results, ...quality].map(({ model }) => model))
  return { results, quality, models, rows: scoreRows(results, models), ks: ksOf(results) }
}

/** What tells a row from the others: the benchmark, and the model where there are several. */
export function rowName(
  { title, model }: Pick<ScoreRow, 'title' | 'model'>,
  { models }: ReportInput,
): string {
  return models.length > 1 ? `${title}, ${model.label}` : title
}

/** The same of a single run. */
export function runName(run: RunResult, input: ReportInput): string {
  return rowName({ title: run.title, model: modelOf(run, input.models) }, input)
}
