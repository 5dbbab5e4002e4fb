import { z } from 'zod'

/** What is checked after the code: `call` must equal `expect`, both expressions of the problem's language. */
const testCase = z.strictObject({ call: z.string().min(1), expect: z.string().min(1) })
export type TestCase = z.infer<typeof testCase>

const common = {
  /** The benchmark and a name of its own, such as `generate-python/tea-steeping`. */
  id: z.string().regex(/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/),
  /** 1: one plain line. 2: one idea. 3: two ideas, or an edge to mind. 4: several steps. */
  level: z.int().min(1).max(4),
}

/** Shown before the code and part of the program: imports, types, constants. */
const setup = z.string().optional()

const judged = {
  /** Hidden code that the cases use, such as a helper that turns an exception into its name. */
  support: z.string().optional(),
  cases: z.array(testCase).min(2),
}

/** A description and a signature; the model writes the body. */
const generate = z.strictObject({
  ...common,
  ...judged,
  setup,
  task: z.literal('generate'),
  language: z.enum(['python', 'javascript', 'typescript', 'go', 'java']),
  description: z.string(),
  /** How many of the cases the prompt shows, from the first. */
  shown: z.int().min(0).default(0),
  signature: z.string(),
  solution: z.string(),
})

/** A hole in a file; the model writes what stands in it. */
const infill = z.strictObject({
  ...common,
  ...judged,
  task: z.literal('infill'),
  language: z.enum(['python', 'javascript', 'go']),
  /** The hole: a part of one line, one whole line, or several. */
  hole: z.enum(['span', 'line', 'lines']),
  prefix: z.string(),
  suffix: z.string(),
  solution: z.string(),
})

/** A wrong function and what a test of it said; the model writes the right body. */
const fix = z.strictObject({
  ...common,
  ...judged,
  setup,
  task: z.literal('fix'),
  language: z.enum(['python', 'javascript']),
  description: z.string(),
  signature: z.string(),
  buggy: z.string(),
  /** One of the cases, and what the wrong function gives there. */
  failing: testCase.extend({ got: z.string() }),
  solution: z.string(),
})

/** A function in one language; the model writes its body in another. */
const translate = z.strictObject({
  ...common,
  ...judged,
  setup,
  task: z.literal('translate'),
  from: z.enum(['python', 'java', 'javascript', 'typescript']),
  language: z.enum(['python', 'javascript', 'go']),
  source: z.string(),
  /** The same cases in the language of the source, so that it can be checked as well. */
  sourceCases: z.array(testCase).min(2),
  signature: z.string(),
  solution: z.string(),
})

/** Code and an instruction; the model writes the code as it is to be afterwards, from `opening` on. */
const edit = z.strictObject({
  ...common,
  ...judged,
  setup,
  task: z.literal('edit'),
  language: z.enum(['python', 'typescript']),
  code: z.string(),
  instruction: z.string(),
  /** What both begin with, such as `def price(`. */
  opening: z.string(),
  solution: z.string(),
})

/** A right function; the model writes a test that it passes and that each mutant fails. */
const test = z.strictObject({
  ...common,
  task: z.literal('test'),
  language: z.literal('python'),
  code: z.string(),
  mutants: z.array(z.string()).min(2).max(4),
  /** The first line of the test, such as `def test_seats():`. */
  signature: z.string(),
  solution: z.string(),
})

/** A description of one line of Bash, judged by what it prints in a folder with the given files. */
const shell = z.strictObject({
  ...common,
  task: z.literal('shell'),
  language: z.literal('bash'),
  description: z.string(),
  /** Each in a folder of its own; the prompt names the files of the first. */
  scenes: z.array(z.strictObject({ files: z.record(z.string(), z.string()), stdout: z.string() })).min(1),
  /** Run after the line, to print what it changed. */
  after: z.string().optional(),
  solution: z.string(),
})

export const practiceRecord = z.discriminatedUnion('task', [
  generate,
  infill,
  fix,
  translate,
  edit,
  test,
  shell,
])
export type PracticeRecord = z.infer<typeof practiceRecord>
export type PracticeTask = PracticeRecord['task']
export type RecordOf<Task extends PracticeTask> = Extract<PracticeRecord, { task: Task }>
