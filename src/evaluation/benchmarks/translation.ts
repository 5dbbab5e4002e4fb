import { UserError } from '../../lib/index.ts'
import type { Benchmark } from '../problem.ts'
import { type Family, variantOf } from './family.ts'
import { notesX, readHumanevalX, type XLanguage, xLanguageNames, xLanguages } from './humaneval-x-data.ts'
import { programX, stopsX, trimX } from './humaneval-x-program.ts'

/**
 * Translation between every two languages of HumanEval-X: the source's declaration and canonical solution, then the
 * target's declaration, without a docstring; prompt as THUDM/CodeGeeX, `codegeex/benchmark/utils.py`
 * (`read_translation_dataset`), judged by the target's tests.
 */
export const translation: Family = {
  names: xLanguageNames.flatMap((source) =>
    xLanguageNames.filter((target) => target !== source).map((target) => `translation/${source}-${target}`),
  ),
  async load(name, options): Promise<Benchmark> {
    const [source, target] = variantOf(name).split('-') as [XLanguage, XLanguage]
    const sources = await readHumanevalX(source, options)
    const targets = await readHumanevalX(target, options)
    const byNumber = new Map(sources.map((record) => [numberOf(record.task_id), record]))
    return {
      name,
      title: `HumanEval-X ${xLanguages[source].title} to ${xLanguages[target].title}`,
      judge: 'run',
      licence: 'Apache-2.0',
      url: 'https://github.com/THUDM/CodeGeeX',
      problems: targets.map((record) => {
        const original = byNumber.get(numberOf(record.task_id))
        if (original === undefined)
          throw new UserError(
            `HumanEval-X has ${record.task_id} but not the same problem in ${xLanguages[source].title}.`,
            'Take both files from the same place.',
          )
        const solution = `${original.declaration}\n${original.canonical_solution.trimEnd()}`
        const head = `${xLanguages[source].title}:\n${solution}\n${xLanguages[target].title}:\n`
        return {
          id: record.task_id,
          language: xLanguages[target].language,
          prompt: { kind: 'prefix', text: `code translation\n${head}${record.declaration}` },
          stops: stopsX(target),
          maxTokens: 1024,
          trim: (completion) => trimX(target, completion),
          program: (completion) => programX(target, record, record.declaration, completion),
          reference: record.canonical_solution,
        }
      }),
      notes: notesX(target, targets.length),
    }
  },
}

function numberOf(taskId: string): string {
  return taskId.slice(taskId.indexOf('/') + 1)
}
