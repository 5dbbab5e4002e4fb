import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../../lib/index.ts'
import type { Benchmark } from '../problem.ts'
import { benchmarkNames, loadBenchmark } from './benchmarks.ts'

const data = join(projectRoot, '../shared/bench')
const load = (name: string) => loadBenchmark(name, { data })

test('an unknown benchmark is named beside those there are', async () => {
  await expect(loadBenchmark('humanevil')).rejects.toMatchObject({
    name: 'UserError',
    message: 'There is no benchmark "humanevil".',
    hint: expect.stringContaining('humaneval, '),
  })
})

test('names are told once, and docs/evaluation.md tells them all', () => {
  const names = benchmarkNames()
  expect(new Set(names).size).toBe(names.length)
  const text = readFileSync(join(projectRoot, 'docs/evaluation.md'), 'utf8')
  for (const family of new Set(names.map((name) => name.split('/')[0]!)))
    expect(text).toContain(`\`${family}`)
})

// Evaluation data has licences of its own and is not in the repository.
describe.skipIf(!existsSync(data))('the data beside the checkout', () => {
  const manifest = existsSync(data)
    ? new Map(
        readFileSync(join(data, 'MANIFEST.tsv'), 'utf8')
          .split('\n')
          .map((line) => line.split('\t') as [string, string]),
      )
    : new Map<string, string>()

  test.each<[string, string, string, string]>([
    ['humaneval', 'humaneval/HumanEval', 'HumanEval/0', 'python'],
    ['humaneval-plus-mini', 'evalplus/HumanEvalPlus-Mini', 'HumanEval/0', 'python'],
    ['humaneval-x/python', 'humaneval-x/humaneval_python', 'Python/0', 'python'],
    ['humaneval-x/cpp', 'humaneval-x/humaneval_cpp', 'CPP/0', 'cpp'],
    ['humaneval-x/go', 'humaneval-x/humaneval_go', 'Go/0', 'go'],
    ['humaneval-x/java', 'humaneval-x/humaneval_java', 'Java/0', 'java'],
    ['humaneval-x/js', 'humaneval-x/humaneval_js', 'JavaScript/0', 'javascript'],
    ['humaneval-x/rust', 'humaneval-x/humaneval_rust', 'Rust/0', 'rust'],
    [
      'multipl-e/humaneval-ts',
      'multipl-e/humaneval-ts-reworded',
      'HumanEval_0_has_close_elements',
      'typescript',
    ],
    ['multipl-e/mbpp-rs', 'multipl-e/mbpp-rs-reworded', 'mbpp_100_next_smallest_palindrome', 'rust'],
    [
      'infilling/single-line',
      'humaneval-infilling/HumanEval-SingleLineInfilling',
      'SingleLineInfilling/HumanEval/0/L0',
      'python',
    ],
    [
      'infilling/multi-line',
      'humaneval-infilling/HumanEval-MultiLineInfilling',
      'MultiLineInfilling/HumanEval/0/L0_L0',
      'python',
    ],
    [
      'infilling/random-span',
      'humaneval-infilling/HumanEval-RandomSpanInfilling',
      'RandomSpanInfilling/HumanEval/0/1',
      'python',
    ],
    [
      'infilling/random-span-light',
      'humaneval-infilling/HumanEval-RandomSpanInfillingLight',
      'RandomSpanInfillingLight/HumanEval/0/1',
      'python',
    ],
    ['fix/java', 'humanevalpack/humanevalpack_java', 'Java/0', 'java'],
    ['translation/python-go', 'humaneval-x/humaneval_go', 'Go/0', 'go'],
  ])('%s is read whole', async (name, file, id, language) => {
    const { problems } = await load(name)
    expect(problems).toHaveLength(Number(manifest.get(`${file}.jsonl.gz`)))
    expect(problems[0]).toMatchObject({ id, language })
  })

  test('every benchmark can be read, and its problems are whole', async () => {
    for (const name of benchmarkNames().filter((name) => !name.startsWith('safim/'))) {
      const benchmark = await load(name)
      expect(benchmark.name).toBe(name)
      expect(benchmark.problems.length).toBeGreaterThan(name.startsWith('practice-bench/') ? 4 : 50)
      for (const { maxTokens, program, prompt } of benchmark.problems) {
        expect(maxTokens).toBeGreaterThan(0)
        expect(program, name).toBeDefined()
        expect(prompt.kind === 'prefix' ? prompt.text : prompt.prefix + prompt.suffix).not.toBe('')
      }
    }
  })

  test('MBPP holds the problems of the test split alone', async () => {
    for (const [name, count] of [['mbpp', 250] as const, ['mbpp-sanitized', 136] as const]) {
      const { problems, notes } = await load(name)
      expect(problems).toHaveLength(count)
      expect(problems.every(({ id }) => Number(id) >= 11 && Number(id) <= 510)).toBe(true)
      expect(notes[0]).toMatch(/^\d+ of the official \d+ problems$/)
    }
  })

  test('SAFIM: C# is left out and said; calls are compared without white space', async () => {
    const { problems, notes, judge } = await load('safim/api')
    expect(problems).toHaveLength(95)
    expect(judge).toBe('match')
    expect(notes[1]).toBe('13 problems in C#, which is not run here, left out')
    const problem = problems.find(({ id }) => id === 'block_completion_000132')!
    expect(problem.reference).toBe('np.sum(grad*X_hat,axis=0,keepdims=True)')
    expect(problem.trim!('np.sum(grad * X_hat,\n  axis=0, keepdims=True) + 1')).toBe(problem.reference)
  })

  test('SAFIM: blocks keep their whole truth', async () => {
    const { problems } = await load('safim/block')
    expect(problems).toHaveLength(2331 - 114)
    for (const problem of problems.filter((_problem, index) => index % 100 === 0))
      expect(problem.trim!(problem.reference!)).toBe(problem.reference)
  })

  test('the program of HumanEval', async () => {
    const { prompt, program } = (await load('humaneval')).problems[0]!
    const source = program!('    return BODY\n').source
    expect(prompt.kind === 'prefix' && source.startsWith(`${prompt.text}    return BODY\n\n`)).toBe(true)
    expect(source).toMatch(/\ncheck\(has_close_elements\)$/)
  })

  test('the prompts of MBPP, translation and fixes', async () => {
    expect(textOf(await load('mbpp'))).toBe(
      '"""\nWrite a python function to remove first and last occurrence of a given character from the string.\n' +
        'assert remove_Occ("hello","l") == "heo"\n"""\n',
    )
    expect(textOf(await load('translation/python-go'))).toMatch(
      /^code translation\nPython:\nfrom typing[\s\S]*return False\nGo:\n\nfunc HasCloseElements\([^\n]*\{\n$/,
    )
    expect(textOf(await load('fix/js'))).toMatch(
      /^const hasCloseElements[\s\S]*\ntestHasCloseElements\(\)\n\n\/\/ Fix bugs in hasCloseElements\.\n\n\nconst [^\n]*\{$/,
    )
    expect(textOf(await load('humaneval-x/rust'))).toMatch(
      /^use std[\s\S]*\*\/\nfn has_close_elements\([^\n]*\{\n$/,
    )
  })

  test('the programs of the compiled languages', async () => {
    const go = (await load('humaneval-x/go')).problems[0]!.program!('BODY')
    expect(go.entry).toBe('tests')
    expect(go.source).toMatch(/^package main\n[\s\S]*BODY\nfunc TestHasCloseElements/)
    const rust = (await load('humaneval-x/rust')).problems[0]!.program!('BODY')
    expect(rust.source).not.toMatch(/^use (?:rand|regex|md5)/m)
    const cpp = (await load('multipl-e/humaneval-cpp')).problems[0]!.program!('BODY')
    expect(cpp.source).toMatch(/\{\nBODY\n\}\nint main\(\) \{/)
  })

  function textOf({ problems }: Benchmark): string {
    const { prompt } = problems[0]!
    return prompt.kind === 'prefix' ? prompt.text : ''
  }
})
