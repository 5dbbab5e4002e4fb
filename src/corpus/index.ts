/**
 * The corpus stage: from packages, repositories and folders to one set of licensed, filtered, deduplicated,
 * decontaminated documents, with a record of where each came from and why each other file was dropped.
 */
export { type BuildOptions, type BuiltCorpus, buildCorpus } from './build.ts'
export { type CorpusCard, readCorpus, readCorpusCard, type Totals } from './card.ts'
export {
  type Benchmarks,
  createGramTable,
  eachGram,
  GRAM_WORDS,
  type GramTable,
  readBenchmarks,
} from './decontamination/index.ts'
export {
  type Document,
  documentKey,
  type Rejection,
  type SourceKind,
  type Step,
  type Verdict,
} from './document.ts'
export { detectLanguage, languageNames } from './languages.ts'
export { isAllowed, licenceInHeader } from './licence/index.ts'
export {
  entryName,
  formatManifest,
  loadManifest,
  type Manifest,
  type PackageEntry,
  parseManifest,
} from './manifest.ts'
export { type PinOptions, type PinResult, pinManifest } from './pin.ts'
export { type CorpusReport, formatReport, notices } from './report.ts'
export { obtain } from './sources/index.ts'
export { type MadeCorpus, writeCorpus } from './write-corpus.ts'
