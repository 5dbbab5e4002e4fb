import type { GenerateEvent, GenerateRequest, ScoredToken } from './engine.ts'
import type { EngineErrorKind } from './engine-error.ts'
import type { InfillMarks } from './fit-prompt.ts'

/** Messages between the engine and the process that holds the model. Each request's answers carry its number. */
export type HostRequest =
  | { type: 'load'; options: HostOptions }
  | { type: 'generate'; id: number; request: Omit<GenerateRequest, 'signal'> }
  | { type: 'score'; id: number; tokens: number[]; topLogprobs: number }
  | { type: 'tokenize'; id: number; text: string }
  | { type: 'detokenize'; id: number; tokens: number[] }
  | { type: 'cancel'; id: number }

export interface HostOptions {
  modelPath: string
  gpu: 'auto' | false
  contextLength?: number | undefined
  threads?: number | undefined
  /** The one core that the process stays on. */
  core?: number | undefined
  /** Completions that run side by side. */
  sequences: number
  reproducible: boolean
  /** Whether a prompt may take what a sequence still remembers of its beginning. */
  reuse: boolean
  /** Undefined where the model cannot fill in the middle. */
  marks: InfillMarks | undefined
  /** Spellings by id. */
  vocabulary: string[]
}

export type HostAnswer =
  | { type: 'ready'; contextLength: number }
  | { type: 'events'; id: number; events: GenerateEvent[] }
  | { type: 'result'; id: number; value: ScoredToken[] | number[] | string }
  | { type: 'error'; id: number | undefined; kind: EngineErrorKind; message: string }
