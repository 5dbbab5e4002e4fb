import { z } from 'zod'
import type { SandboxLanguage } from '../../sandbox/index.ts'
import type { DataFile, DataOptions } from './data-file.ts'
import { partOf } from './family.ts'
import { readRecords } from './records.ts'

/** The languages of HumanEval-X by their names in the data, in the order of the data's own documentation. */
export const xLanguages = {
  python: { language: 'python', title: 'Python' },
  cpp: { language: 'cpp', title: 'C++' },
  java: { language: 'java', title: 'Java' },
  js: { language: 'javascript', title: 'JavaScript' },
  go: { language: 'go', title: 'Go' },
  rust: { language: 'rust', title: 'Rust' },
} as const satisfies Record<string, { language: SandboxLanguage; title: string }>

export type XLanguage = keyof typeof xLanguages
export const xLanguageNames = Object.keys(xLanguages) as XLanguage[]

export const xRecord = z.object({
  task_id: z.string(),
  prompt: z.string(),
  declaration: z.string(),
  canonical_solution: z.string(),
  test: z.string(),
  /** Go only: the imports of the solution, which `prompt` begins with. */
  import: z.string().default(''),
  /** Go only: the package clause and the imports of the test. */
  test_setup: z.string().default(''),
})
export type XRecord = z.infer<typeof xRecord>

const commit = '2838420b7b4492cf3d16bce5320e26e65960c9e2'

/** Of the files at that commit. */
const checksums: Record<XLanguage, string> = {
  python: '5752fb122efddb0e9b47c77907ae6ce9a15aac4dea14e44c46032c831e6b987a',
  cpp: 'dcf2e280a1e91bbc3c5f90edb41397e8a9ac1ccc9f5d2b70082f0b0fbfb6dbb0',
  java: '276f36db2eb7aeb864f36a19a2f4e1bb2460fb6e22ff100f0b5bedabe3799967',
  js: 'fe5d467f2c1a027b3f6f18d3729aca01f6458c1de2e2d1292a019c5aa9bed424',
  go: '09126ef64ac68f87296c5f3781186aedc5dec799b114d9df99d6de4a715a7830',
  rust: 'ae5cabbbfc8fe25244a608b04f09ac3b324c645ac969dfc033756c12f0f9924c',
}

export async function readHumanevalX(language: XLanguage, options: DataOptions): Promise<XRecord[]> {
  const file: DataFile = {
    path: `humaneval-x/humaneval_${language}.jsonl.gz`,
    url: `https://github.com/THUDM/CodeGeeX/raw/${commit}/codegeex/benchmark/humaneval-x/${language}/data/humaneval_${language}.jsonl.gz`,
    sha256: checksums[language],
  }
  return (await readRecords(file, xRecord, options)).map(({ record }) => record)
}

/** Problems that their own solutions do not pass, each looked at: a score cannot be 1. */
const broken: Partial<Record<XLanguage, string>> = {
  go: 'Go/95: the canonical solution passes by chance, since it depends on the order of a map',
  rust: 'Rust/137 and Rust/145: the canonical solutions need items after the function, which the cut takes away',
}

/** The same, but mended in HumanEvalPack. */
const mended: Partial<Record<XLanguage, string>> = {
  js: 'JavaScript/112 and JavaScript/155: the canonical solutions fail their tests',
}

/** The notes of a benchmark that is judged by the tests of a language. */
export function notesX(language: XLanguage, here: number, isMended = false): string[] {
  const notes = [broken[language], isMended ? undefined : mended[language]]
  return [...partOf(164, here), ...notes.filter((note) => note !== undefined)]
}
