/**
 * The shapes of prompts: pure functions of a record, without any text of a problem. These are plain, for a base model
 * that continues a file; a model that was tuned on other templates brings a `PracticePrompts` of its own. Whatever the
 * shape, the answer goes on where {@link headOf} ends (or fills the hole).
 */
import type { ProblemPrompt } from '../../problem.ts'
import { commented, described, gapOf, opened, wrapped } from './layout.ts'
import type { PracticeRecord, PracticeTask, RecordOf } from './schema.ts'

export type PracticePrompts = { [Task in PracticeTask]: (record: RecordOf<Task>) => ProblemPrompt }

const languageNames = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  java: 'Java',
  go: 'Go',
}

export const plainPrompts: PracticePrompts = {
  generate: (record) => prefix(headOf(record)),
  infill: ({ prefix, suffix }) => ({ kind: 'infill', prefix, suffix }),
  fix(record) {
    const { language, signature, description, failing } = record
    const definition = described(language, signature, description)
    const report = `A test fails: ${failing.call} should give ${failing.expect}, but gives ${failing.got}.`
    return prefix(
      [
        opened(language, record.setup) + commented(language, 'A function with a bug:'),
        `${definition}${record.buggy}`,
        commented(language, `${report}\nThe same function without the bug:`),
        definition,
      ].join(gapOf(language)),
    )
  },
  translate(record) {
    const source = `${languageNames[record.from]}:\n\n${record.source}\n\nThe same in ${languageNames[record.language]}:`
    return prefix(commented(record.language, source) + gapOf(record.language) + headOf(record))
  },
  edit(record) {
    const { language, setup, code, instruction, opening } = record
    const change = commented(language, `${wrapped(instruction, 3)}\nThe code after this change:`)
    return prefix(opened(language, setup) + [code, change, opening].join(gapOf(language)))
  },
  test: (record) => prefix(`${record.code}\n\n\n${headOf(record)}`),
  shell({ scenes, description }) {
    const files = Object.keys(scenes[0]!.files).map((path) => `  ${path}`)
    const text = ['Files here:', ...files, wrapped(description, 2)].join('\n')
    return prefix(`#!/usr/bin/env bash\n${commented('bash', text)}\n\n`)
  },
}

/** What the answer continues and the program begins with; empty where the answer is the whole or fills a hole. */
export function headOf(record: PracticeRecord): string {
  switch (record.task) {
    case 'generate': {
      const { language, signature, description } = record
      const examples = record.cases
        .slice(0, record.shown)
        .flatMap(({ call, expect }) =>
          language === 'python' ? [`>>> ${call}`, expect] : [`${call} is ${expect}`],
        )
      return opened(language, record.setup) + described(language, signature, description, examples)
    }
    case 'fix': {
      const { language, signature, description } = record
      return opened(language, record.setup) + described(language, signature, description)
    }
    case 'translate':
      return `${opened(record.language, record.setup)}${record.signature}\n`
    case 'edit':
      return opened(record.language, record.setup) + record.opening
    case 'test':
      return `${record.signature}\n`
    case 'infill':
    case 'shell':
      return ''
  }
}

function prefix(text: string): ProblemPrompt {
  return { kind: 'prefix', text }
}
