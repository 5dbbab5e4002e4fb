import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { practiceBench } from './family.ts'
import { loadPracticeBench, practiceTasks, readPracticeRecords } from './load.ts'
import { type PracticeRecord, practiceRecord } from './schema.ts'
import { createTreeWriter } from './testing/solution-tree.ts'

const records = await readPracticeRecords()

test('there are 300 problems, so many of each task and language', async () => {
  const benchmarks = await loadPracticeBench()
  expect(Object.fromEntries(benchmarks.map(({ name, problems }) => [name, problems.length]))).toEqual({
    'practice-bench/generate-python': 85,
    'practice-bench/generate-javascript': 20,
    'practice-bench/generate-typescript': 20,
    'practice-bench/generate-go': 15,
    'practice-bench/generate-java': 15,
    'practice-bench/infill-python': 20,
    'practice-bench/infill-javascript': 10,
    'practice-bench/infill-go': 5,
    'practice-bench/fix-python': 20,
    'practice-bench/fix-javascript': 10,
    'practice-bench/translate-python-javascript': 10,
    'practice-bench/translate-python-go': 5,
    'practice-bench/translate-java-python': 5,
    'practice-bench/translate-javascript-python': 5,
    'practice-bench/translate-typescript-python': 5,
    'practice-bench/edit-python': 15,
    'practice-bench/edit-typescript': 5,
    'practice-bench/test-python': 15,
    'practice-bench/shell-bash': 15,
  })
  expect(benchmarks.flatMap(({ problems }) => problems)).toHaveLength(300)
})

test('every id is unique and names its task and languages', () => {
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
  for (const record of records) {
    const from = record.task === 'translate' ? `${record.from}-` : ''
    expect(record.id).toMatch(new RegExp(`^${record.task}-${from}${record.language}/`))
  }
})

test('a file holds its own task, as it is written: no field is unknown or of another type', () => {
  for (const task of practiceTasks) {
    const file = new URL(`../../../../benchmarks/practice-bench/${task}.jsonl`, import.meta.url)
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    for (const line of lines) expect(practiceRecord.parse(JSON.parse(line)).task).toBe(task)
  }
})

test('a broken line and an absent file are named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'practice-bench-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await expect(loadPracticeBench(folder)).rejects.toThrow(/generate\.jsonl cannot be read/)
  await writeFile(join(folder, 'generate.jsonl'), '{"task":"generate","id":"generate-python/x"}\n')
  await expect(loadPracticeBench(folder)).rejects.toThrow(/^Line 1 of .*generate\.jsonl is broken: level/)
})

test('no two solutions are the same but for their names', async () => {
  const write = await createTreeWriter()
  const trees = new Map<string, string>()
  for (const record of records) {
    const language = record.language === 'bash' ? 'shell' : record.language
    const tree = await write(solutionOf(record), language)
    expect(tree, record.id).not.toContain('(ERROR')
    const key = `${language} ${tree}`
    expect(trees.get(key), record.id).toBeUndefined()
    trees.set(key, record.id)
  }
})

test('names alone do not make a solution another', async () => {
  const write = await createTreeWriter()
  const one = await write('def legs(spiders):\n    """Count."""\n    return spiders * 8\n', 'python')
  const other = await write('def arms(octopuses):\n    return octopuses * 8  # each\n', 'python')
  const third = await write('def arms(octopuses):\n    return octopuses * 9\n', 'python')
  expect(other).toBe(one)
  expect(third).not.toBe(one)
})

function solutionOf(record: PracticeRecord): string {
  switch (record.task) {
    case 'infill':
      return record.prefix + record.solution + record.suffix
    case 'edit':
      return record.opening + record.solution
    case 'test':
      return record.code
    case 'shell':
      return record.solution
    default:
      return `${record.signature}\n${record.solution}`
  }
}

test('practice-bench is among the benchmarks, each by the name it is listed under', async () => {
  const listed = practiceBench.names
  expect((await loadPracticeBench()).map(({ name }) => name).toSorted()).toEqual(listed.toSorted())
  for (const name of listed) expect((await practiceBench.load(name, {})).name).toBe(name)
})
