import type { SandboxLanguage } from '../../sandbox/index.ts'
import type { Example } from '../language/value.ts'
import type { Rendered, Renderer } from '../render/renderer.ts'

/** What a sample teaches. */
export const taskNames = [
  'write',
  'generate',
  'explain',
  'document',
  'test',
  'translate',
  'fix',
  'edit',
  'few-shot',
] as const
export type TaskName = (typeof taskNames)[number]

/** One text to train on: what is given and what is to be learnt. */
export interface TaskSample {
  task: TaskName
  /** Of the answer. */
  language: SandboxLanguage
  /** May be empty: then all of it is to be learnt. */
  prompt: string
  completion: string
}

/** A sample that is worth something only if what it needs agrees with the interpreter. */
export interface Proposal {
  sample: TaskSample
  needs: Needed[]
}

/** Code to verify: a rendering and who can check it. */
export interface Needed {
  renderer: Renderer
  rendered: Rendered
}

/** Examples that fit into a line, at most this many. */
export function shortExamples(examples: readonly Example[], count: number): Example[] {
  const longest = 90
  return examples.filter((example) => JSON.stringify(example).length <= longest).slice(0, count)
}

/** A block of code as Markdown has it. */
export function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\`\n`
}
