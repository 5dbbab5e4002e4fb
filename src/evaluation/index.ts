export { benchmarkNames, loadBenchmark } from './benchmarks/benchmarks.ts'
export { type BaselineOptions, type BaselineResult, bitsPerByte, measureBaseline } from './ngram/baseline.ts'
export { type Discounts, type KneserNey, type KneserNeyOptions, trainKneserNey } from './ngram/kneser-ney.ts'
