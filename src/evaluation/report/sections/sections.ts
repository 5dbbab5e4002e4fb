import type { Section } from '../blocks.ts'
import { exactMatch } from './infilling.ts'
import type { ReportInput } from './input.ts'
import { judged } from './judged.ts'
import { languages } from './languages.ts'
import { outcomes } from './outcomes.ts'
import { quality } from './quality.ts'
import { ranking } from './ranking.ts'
import { reading } from './reading.ts'
import { remarks } from './remarks.ts'
import { runs } from './runs.ts'
import { scores } from './scores.ts'
import { bySize } from './size.ts'
import { temperature } from './temperature.ts'

/** The report's sections in their order; those with nothing to say are left out. */
export function sections(input: ReportInput): Section[] {
  return [
    judged(input),
    scores(input),
    bySize(input),
    temperature(input),
    languages(input),
    exactMatch(input),
    ranking(input),
    outcomes(input),
    ...quality(input),
    remarks(input),
    runs(input),
    reading(input),
  ].filter((section) => section !== undefined)
}
