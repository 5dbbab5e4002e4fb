export { type CardCorpus, type CardInput, type CardTraining, renderCard } from './card.ts'
export { type FimOrder, type FimTemplate, fimTemplate } from './fim.ts'
export { findModels, type ModelEntry, type UnusableModel, type UsableModel } from './find.ts'
export { checkGguf, type GgufSummary } from './gguf/check.ts'
export type { Quantization } from './gguf/format.ts'
export { type ConvertOptions, convertSafetensors, type TrainedWeights } from './gguf/from-safetensors.ts'
export type { Qwen3Shape } from './gguf/qwen3.ts'
export { type RandomModelOptions, writeRandomModel } from './gguf/random-model.ts'
export type { GateThreshold, ModelManifest } from './manifest.ts'
export { readManifest, writeManifest } from './manifest-file.ts'
export { defaultGate, modelTarget, type PackOptions, packModel, setGate } from './pack.ts'
export { testVocabulary } from './test-vocabulary.ts'
export { type VerifiedModel, verifyModel, weightsPath } from './verify.ts'
export {
  type ModelVocabulary,
  readVocabulary,
  tokenizerFileOf,
  type Vocabulary,
} from './vocabulary.ts'
