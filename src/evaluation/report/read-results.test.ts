import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { readResults } from './read-results.ts'
import { madeUpQuality, madeUpRun } from './testing/made-up.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-results-'))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(root, 'runs-'))
})
afterAll(() => rmSync(root, { recursive: true }))

function put(path: string, content: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
}

test('finds results in folders within, and what is of another kind is passed over', () => {
  put('a/deep/result.json', madeUpRun())
  put('b/result.json', madeUpRun({ benchmark: 'mbpp' }))
  put('b/bits.json', madeUpQuality())
  put('b/samples.jsonl', '{"not": "read"}\n')
  put('settings.json', { format: 'of something else' })
  put('list.json', [1, 2])
  put('null.json', 'null')
  put('begun/samples.jsonl', '')
  const { results, quality, unfinished } = readResults([folder])
  expect(results.map(({ benchmark }) => benchmark)).toEqual(['humaneval', 'mbpp'])
  expect(quality).toEqual([madeUpQuality()])
  expect(unfinished).toEqual([join(folder, 'begun')])
})

test('a file that is reached by two ways is read once, and a link to a folder is not followed', () => {
  put('a/result.json', madeUpRun())
  symlinkSync(folder, join(folder, 'a/loop'))
  symlinkSync(join(folder, 'a/result.json'), join(folder, 'again.json'))
  expect(readResults([folder, join(folder, 'a')]).results).toHaveLength(1)
})

test.each([
  ['is not JSON', '{"format": "understudy-eval'],
  ['is damaged: passAt.1.low: ', { ...madeUpRun(), passAt: { 1: { value: 0.5, low: null, high: 1 } } }],
  ['is damaged: problems: ', { ...madeUpRun(), problems: 'many' }],
  ['is damaged: part: ', { ...madeUpQuality(), part: 'beauty' }],
])('a broken file is named: %s', (message, content) => {
  put('run/result.json', content)
  expect(() => readResults([folder])).toThrow(`${join(folder, 'run/result.json')} ${message}`)
})

test('no folder, no folder but a file, no result', () => {
  put('file', 'x')
  for (const path of ['absent', 'file'])
    expect(() => readResults([join(folder, path)])).toThrow('is not a folder that can be read')
  expect(() => readResults([folder])).toThrow(`There is no result in ${folder}.`)
})
