export { loadPracticeBench, type PracticeBenchOptions } from './load.ts'
export type { PracticePrompts } from './prompts.ts'
