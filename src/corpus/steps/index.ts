/**
 * The order of the corpus stage. A file becomes a document (`decode`), passes the steps that look at one
 * package at a time, whose results are cached by package, and then those that look across packages. What is
 * left is written to shards.
 */

import type { Benchmarks } from '../decontamination/index.ts'
import type { Step } from '../document.ts'
import type { LicenceOf } from '../licence/index.ts'
import type { Manifest } from '../manifest.ts'
import { decontaminationStep } from './decontamination.ts'
import { duplicateStep } from './duplicates.ts'
import { compiledStep, generatedStep } from './generated.ts'
import { languageStep } from './language.ts'
import { licenceStep } from './licence.ts'
import { lineStep } from './lines.ts'
import { nearDuplicateStep } from './near-duplicates.ts'
import { qualityStep } from './quality.ts'
import { redactionStep } from './redaction.ts'
import { selectionStep } from './selection.ts'

/** The steps' names in their order, as the report shows them. */
export const STEP_ORDER = [
  'decode',
  'language',
  'lines',
  'generated',
  'licence',
  'redaction',
  'quality',
  'duplicates',
  'near-duplicates',
  'decontamination',
  'selection',
] as const

export { decode, type Origin } from './decode.ts'

/** The steps on the files of one package that need nothing but the file. */
export function fileSteps(manifest: Pick<Manifest, 'targets' | 'limits'>): Step[] {
  return [
    languageStep(new Set(manifest.targets.flatMap((target) => target.languages))),
    lineStep(manifest.limits.fileBytes),
    generatedStep(),
  ]
}

/** The steps on the files of one package that need the package as a whole: all its paths and its licence. */
export function packageSteps(paths: ReadonlySet<string>, licenceOf: LicenceOf): Step[] {
  return [compiledStep(paths), licenceStep(licenceOf), redactionStep()]
}

/** The steps on what was measured in a document's syntax tree. */
export function measuredSteps(): Step[] {
  return [qualityStep()]
}

/** The steps across all packages. Without benchmarks there is no decontamination. */
export function corpusSteps(
  manifest: Pick<Manifest, 'targets' | 'limits'>,
  benchmarks: Benchmarks | undefined,
): Step[] {
  return [
    duplicateStep(),
    nearDuplicateStep(),
    ...(benchmarks ? [decontaminationStep(benchmarks)] : []),
    selectionStep(manifest.targets, manifest.limits),
  ]
}
