import { z } from 'zod'
import type { SandboxLanguage } from '../../sandbox/index.ts'
import type { Benchmark } from '../problem.ts'
import type { DataFile } from './data-file.ts'
import { type Family, variantOf } from './family.ts'
import { withTuples } from './java-tuples.ts'
import { readRecords } from './records.ts'

/** By their names in the data. Seconds of a run are the official ones. */
const languages = {
  py: { language: 'python', title: 'Python', seconds: 15 },
  cpp: { language: 'cpp', title: 'C++', seconds: 15 },
  java: { language: 'java', title: 'Java', seconds: 15 },
  js: { language: 'javascript', title: 'JavaScript', seconds: 5 },
  ts: { language: 'typescript', title: 'TypeScript', seconds: 15 },
  go: { language: 'go', title: 'Go', seconds: 30 },
  rs: { language: 'rust', title: 'Rust', seconds: 5 },
} as const satisfies Record<string, { language: SandboxLanguage; title: string; seconds: number }>

type MultiplLanguage = keyof typeof languages

const sources = { humaneval: 'HumanEval', mbpp: 'MBPP' } as const

const record = z.object({
  name: z.string(),
  prompt: z.string(),
  tests: z.string(),
  stop_tokens: z.array(z.string().min(1)).min(1),
})

/**
 * MultiPL-E: HumanEval and MBPP translated by compilers (the `reworded` prompts). The model gets the prompt stripped;
 * the program is the prompt as it is, the completion, a line feed and the tests, which begin by closing the brace
 * where the stop took it: nuprl/MultiPL-E, `automodel.py` and `evaluation/src`. Java's tests are assertions, which the
 * sandbox switches on. TypeScript is not type-checked, which the official harness does.
 */
export const multiplE: Family = {
  names: Object.keys(sources).flatMap((source) =>
    Object.keys(languages).map((language) => `multipl-e/${source}-${language}`),
  ),
  async load(name, options): Promise<Benchmark> {
    const [source, key] = variantOf(name).split('-') as [keyof typeof sources, MultiplLanguage]
    const { language, title, seconds } = languages[key]
    const fileName = `${source}-${key}-reworded.jsonl`
    const file: DataFile = {
      path: `multipl-e/${fileName}.gz`,
      url: `https://raw.githubusercontent.com/nuprl/MultiPL-E/main/prompts/${fileName}`,
    }
    const lines = await readRecords(file, record, options)
    return {
      name,
      title: `MultiPL-E ${sources[source]} ${title}`,
      judge: 'run',
      licence: 'BSD-3-Clause with a clause against training',
      url: 'https://github.com/nuprl/MultiPL-E',
      problems: lines.map(({ record }) => ({
        id: record.name,
        language,
        prompt: { kind: 'prefix', text: record.prompt.trim() },
        stops: record.stop_tokens,
        maxTokens: 512,
        program(completion) {
          const code = `${record.prompt}${completion}\n${record.tests}`
          return {
            language,
            source: key === 'java' ? withTuples(code) : code,
            entry: key === 'go' ? 'tests' : 'main',
            limits: { milliseconds: seconds * 1000 },
          }
        },
      })),
      notes: [],
    }
  },
}
