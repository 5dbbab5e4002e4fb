/**
 * Practice: from families of exercises to verified samples of every task, as a corpus to train on. `docs/practice.md` says
 * how exercises are written.
 */
export { type BuildPracticeOptions, type BuiltPractice, buildPractice } from './build/build-practice.ts'
export type { Counts } from './build/counts.ts'
export { drawPythonSolutions, type Solution } from './build/solutions.ts'
export { renderers } from './render/renderers.ts'
export { type TaskName, taskNames } from './tasks/sample.ts'
