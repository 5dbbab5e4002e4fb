/**
 * A model directory holds `model.gguf`, `manifest.json` and `card.md`. The manifest says what the file is,
 * how it was made, and how confident a suggestion must be before it is shown.
 */
export interface ModelManifest {
  format: 'understudy-model-1'
  name: string
  /** SPDX expression for the weights. */
  license: string
  /** Number of weights, the tied embedding counted once. */
  parameters: number
  contextLength: number
  vocabularySize: number
  quantization: 'F32' | 'F16' | 'Q8_0' | 'Q4_0'
  files: { 'model.gguf': { bytes: number; sha256: string } }
  training: {
    recipe: unknown
    /** SHA-256 of the corpus's data card (empty where the model was made without one) and of `tokenizer.json`. */
    corpus: string
    tokenizer: string
    tokens: number
    seconds: number
  }
  /** Held-out bits per byte by language, and `all`. */
  bitsPerByte: Record<string, number>
  gate: GateThreshold
}

/**
 * Calibrated on held-out files: suggestions whose mean log-probability is below are not shown. A share and a
 * precision of 0 say that the threshold is the default and was not calibrated.
 */
export interface GateThreshold {
  meanLogprob: number
  /** How it was found: share of held-out suggestions that are shown, and how many of those are right. */
  shownShare: number
  precision: number
}
