export { type Benchmarks, readBenchmarks } from './benchmarks.ts'
export { createGramTable, eachGram, GRAM_WORDS, type GramTable } from './grams.ts'
