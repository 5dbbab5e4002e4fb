import type { Benchmark } from '../problem.ts'
import { type Family, variantOf } from './family.ts'
import {
  notesX,
  readHumanevalX,
  type XLanguage,
  type XRecord,
  xLanguageNames,
  xLanguages,
} from './humaneval-x-data.ts'
import { programX, stopsX, trimX } from './humaneval-x-program.ts'

/**
 * HumanEval-X: HumanEval in six languages, written by hand. The prompt is the data's; but for Rust, where that is the
 * comment alone, it is the comment and the declaration after it.
 */
export const humanevalX: Family = {
  names: xLanguageNames.map((language) => `humaneval-x/${language}`),
  async load(name, options): Promise<Benchmark> {
    const language = variantOf(name) as XLanguage
    const records = await readHumanevalX(language, options)
    return {
      name,
      title: `HumanEval-X ${xLanguages[language].title}`,
      judge: 'run',
      licence: 'Apache-2.0',
      url: 'https://github.com/THUDM/CodeGeeX',
      problems: records.map((record) => {
        const text = language === 'rust' ? rustPrompt(record) : record.prompt
        return {
          id: record.task_id,
          language: xLanguages[language].language,
          prompt: { kind: 'prefix', text },
          stops: stopsX(language),
          maxTokens: 1024,
          trim: (completion) => trimX(language, completion),
          program: (completion) => programX(language, record, text, completion),
          reference: record.canonical_solution,
        }
      }),
      notes: notesX(language, records.length),
    }
  },
}

/** `use` lines, comment, signature: the order of HumanEvalPack's prompts. */
function rustPrompt({ declaration, prompt }: XRecord): string {
  const signature = declaration.search(/^(?:pub )?fn /m)
  return declaration.slice(0, signature).trimStart() + prompt.trimStart() + declaration.slice(signature)
}
