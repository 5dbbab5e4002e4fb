import { getLlama, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp'

/**
 * The one place that reaches below node-llama-cpp's public interface, to the native calls that its context makes
 * itself. The public interface samples once a token, and gives the distribution only as a sorted `Map` of the
 * whole vocabulary, which more than halves the speed of a small model. The package's version is pinned, and the
 * tests of this folder fail where a call changes. Source: node-llama-cpp 3.21.1, `dist/bindings/AddonTypes.d.ts`.
 */
export interface LlamaBinding {
  readonly context: NativeContext
  /** Loads the sampling chain's configuration once; each call of {@link NativeContext.sampleToken} uses it. */
  createSampler(config: NativeSamplerConfig): NativeSampler
  readonly model: LlamaModel
  readonly contextLength: number
  readonly sequences: number
  readonly batchSize: number
}

export interface NativeContext {
  /** Begins a batch of this many tokens. */
  initBatch(size: number): void
  /** Adds tokens of one sequence; returns the handles of those positions whose logits are wanted. */
  addToBatch(
    sequence: number,
    position: number,
    tokens: Uint32Array,
    logitPositions: Uint32Array,
  ): Uint32Array
  /** Evaluates the batch. Logits stay readable until the next one. */
  decodeBatch(): Promise<void>
  /** Token (or -1), flat pairs of id and probability (likeliest first), probability of the token. */
  sampleToken(
    logits: number,
    sampler: NativeSampler,
    probabilities: boolean,
    confidence: boolean,
  ): Promise<[token: number, probabilities: number[] | undefined, confidence: number | undefined]>
  /** Forgets a sequence. */
  disposeSequence(sequence: number): void
  /** Forgets positions of a sequence; false where the model's kind of memory does not allow it. */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean
  /** The first position that is still in memory; above 0 with sliding-window attention. */
  getSequenceKvCacheMinPosition(sequence: number): number
}

export interface NativeSamplerConfig {
  temperature: number
  topK?: number
  seed?: number
  xtcProbability?: number
  xtcThreshold?: number
  repeatPenalty?: number
  repeatPenaltyMaxTokens?: number
  repeatPenaltyTokens?: Uint32Array
  tokenBiasKeys?: Uint32Array
  tokenBiasValues?: Float32Array
}

export interface NativeSampler {
  applyConfig(config: NativeSamplerConfig): void
  dispose(): void
}

export interface BindingOptions {
  modelPath: string
  gpu: 'auto' | false
  /** Upper bound of the context window; the model's own, up to 8192, where undefined. */
  contextLength?: number | undefined
  /** Threads for evaluation; chosen by the model's size where undefined. */
  threads?: number | undefined
  sequences: number
  /** Results of Q8_0 weights on a processor do not depend on how tokens fall into batches. */
  reproducible: boolean
}

/** Context windows are not made longer than this unless asked for: the memory is taken at once. */
const defaultContextLength = 8192

/** Models below this size are evaluated fastest by one thread: the others would mostly wait for each other. */
const oneThreadBytes = 200e6

/**
 * Tokens evaluated at a time: an abort waits for no more. On a processor 64 are as fast as more, and nearly twice
 * as fast as 32 (7M and 12M parameters, Q8_0); a GPU wants more.
 */
const batchSizes = { processor: 64, gpu: 512 }

/**
 * From 64 queries of a sequence on, llama.cpp's attention on a processor sums by tiles (`GGML_FA_TILE_Q`), in another
 * order than for fewer. In batches below that, and with Q8_0 weights, whose products are sums of integers, a token's
 * distribution is the same to the last bit however its prompt was split and whatever is evaluated beside it.
 */
const untiledBatch = 56

/** Loads a model and makes a context. The file must have been checked: a damaged one aborts the process. */
export async function openBinding(options: BindingOptions): Promise<LlamaBinding> {
  const llama = await getLlama({
    gpu: options.gpu,
    build: 'never',
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    maxThreads: options.threads ?? 0,
  })
  const model = await llama.loadModel({ modelPath: options.modelPath })
  const threads = options.threads ?? (model.size < oneThreadBytes ? 1 : llama.cpuMathCores)
  const contextLength = Math.min(
    options.contextLength ?? defaultContextLength,
    model.trainContextSize ?? defaultContextLength,
  )
  const onGpu = llama.gpu !== false
  const onProcessor = options.reproducible ? untiledBatch : batchSizes.processor
  const batchSize = Math.max(options.sequences, onGpu ? batchSizes.gpu : onProcessor)
  const context = await model.createContext({
    sequences: options.sequences,
    contextSize: contextLength,
    batchSize,
    threads,
  })
  const internals = { llama, model, context } as unknown as {
    llama: { _bindings: { AddonSampler: new (model: unknown) => NativeSampler } }
    model: { _model: unknown }
    context: { _ctx: NativeContext }
  }
  return {
    context: internals.context._ctx,
    model,
    contextLength,
    sequences: options.sequences,
    batchSize,
    createSampler(config) {
      const sampler = new internals.llama._bindings.AddonSampler(internals.model._model)
      sampler.applyConfig(config)
      return sampler
    },
  }
}
