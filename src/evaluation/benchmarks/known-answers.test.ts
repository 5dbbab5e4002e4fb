/**
 * The benchmarks against answers that are known, in the sandbox: what their authors call right passes, and what must
 * be wrong fails where it should, so that neither programs nor cuts can drift from the official ones unseen.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../../../test/requirements.ts'
import { projectRoot } from '../../lib/index.ts'
import { openSandbox, type Sandbox, type Verdict } from '../../sandbox/index.ts'
import type { Problem } from '../problem.ts'
import { loadBenchmark } from './benchmarks.ts'

const data = join(projectRoot, '../shared/bench')
const minutes = 60_000

describe.skipIf(missing('bubblewrap') || !existsSync(data))('known answers', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox()
  })
  afterAll(() => sandbox.close())

  const problemsOf = async (name: string) => (await loadBenchmark(name, { data })).problems

  /** As an evaluation judges: cut, put together, run; but with time enough for a busy machine. */
  const judge = (problem: Problem, completion: string): Promise<Verdict> => {
    const program = problem.program!(problem.trim?.(completion) ?? completion)
    const limits = { ...program.limits, milliseconds: minutes, compileMilliseconds: minutes }
    return sandbox.run({ ...program, limits })
  }

  async function judgeAll(problems: Problem[], answer: (problem: Problem) => string) {
    const judged = problems.map(async (problem) => ({
      id: problem.id,
      verdict: await judge(problem, answer(problem)),
    }))
    return Promise.all(judged)
  }

  const passing = async (...of: Parameters<typeof judgeAll>) =>
    (await judgeAll(...of)).filter(({ verdict }) => verdict.outcome === 'passed').map(({ id }) => id)

  const notPassing = async (...of: Parameters<typeof judgeAll>) =>
    (await judgeAll(...of)).filter(({ verdict }) => verdict.outcome !== 'passed')

  const reference = ({ reference }: Problem) => reference!
  const everySo = (problems: Problem[], step: number) =>
    problems.filter((_problem, index) => index % step === 0)

  /** Node and Python are there wherever this project is; the other toolchains may be left out. */
  const absent = new Set<string>((['cpp', 'java', 'go', 'rust'] as const).filter(missing))

  test('HumanEval: canonical solutions pass, empty bodies fail', { timeout: 3 * minutes }, async () => {
    const problems = await problemsOf('humaneval')
    expect(await notPassing(problems, reference)).toEqual([])
    expect(problems).toHaveLength(164)
    expect(await passing(problems, () => '')).toEqual([])
  })

  test('HumanEval+ mini: canonical solutions pass, empty bodies fail', { timeout: 3 * minutes }, async () => {
    const problems = await problemsOf('humaneval-plus-mini')
    expect(await notPassing(problems, reference)).toEqual([])
    expect(problems).toHaveLength(164)
    expect(await passing(everySo(problems, 4), () => '')).toEqual([])
  })

  test('HumanEval+ mini: tolerance as evalplus has it, and the oracle of find_zero', {
    timeout: minutes,
  }, async () => {
    const problems = new Map(
      (await problemsOf('humaneval-plus-mini')).map((problem) => [problem.id, problem]),
    )
    const outcome = async (id: string, body: string) =>
      (await judge(problems.get(id)!, `    ${body}\n`)).outcome
    expect(await outcome('HumanEval/2', 'return number % 1.0 + 1e-7')).toBe('passed')
    expect(await outcome('HumanEval/2', 'return number % 1.0 + 1e-3')).toBe('failed')
    expect(await outcome('HumanEval/45', 'return a * h / 2.0 + 1e-9')).toBe('passed')
    expect(await outcome('HumanEval/45', 'return a * h / 2.0 + 1')).toBe('failed')
    expect(await outcome('HumanEval/32', 'return 0.0')).toBe('failed')
  })

  test('MBPP: the code of the data passes, nothing fails', { timeout: 3 * minutes }, async () => {
    for (const name of ['mbpp', 'mbpp-sanitized']) {
      const problems = await problemsOf(name)
      expect(await notPassing(problems, reference), name).toEqual([])
    }
    expect(await passing(await problemsOf('mbpp'), () => '')).toEqual([])
  })

  test('infilling: what was taken out fits', { timeout: 3 * minutes }, async () => {
    const single = await problemsOf('infilling/single-line')
    expect(single).toHaveLength(533)
    expect(await notPassing(single, reference)).toEqual([])
    for (const [name, step] of [
      ['multi-line', 40],
      ['random-span', 10],
      ['random-span-light', 1],
    ] as const) {
      const problems = everySo(await problemsOf(`infilling/${name}`), step)
      expect(await notPassing(problems, reference), name).toEqual([])
    }
  })

  test('HumanEval-X and fixes in Python: canonical passes, buggy fails', {
    timeout: 3 * minutes,
  }, async () => {
    const problems = everySo(await problemsOf('humaneval-x/python'), 4)
    expect(await notPassing(problems, reference)).toEqual([])
    const fixes = await problemsOf('fix/python')
    expect(await notPassing(fixes, reference)).toEqual([])
    const buggy = ({ prompt }: Problem) => {
      const text = prompt.kind === 'prefix' ? prompt.text : ''
      const signature = text.slice(text.lastIndexOf('\ndef '))
      return text.slice(text.indexOf(signature) + signature.length)
    }
    expect(await passing(fixes, buggy)).toEqual([])
  })

  const inX: [Problem['language'], string, string[], string][] = [
    ['cpp', 'cpp', ['CPP/0', 'CPP/19'], '    abort();\n'],
    ['java', 'java', ['Java/0', 'Java/15'], '        throw new RuntimeException();\n'],
    ['javascript', 'js', ['JavaScript/0', 'JavaScript/15'], '  return undefined'],
    ['go', 'go', ['Go/0', 'Go/19'], '    panic("not yet")\n'],
    ['rust', 'rust', ['Rust/0', 'Rust/53'], '    panic!();\n'],
  ]
  for (const [language, key, ids, wrong] of inX)
    test.skipIf(absent.has(language))(
      `HumanEval-X, ${key}: canonical passes, a wrong body fails when run`,
      { timeout: 3 * minutes },
      async () => {
        const problems = await problemsOf(`humaneval-x/${key}`)
        const chosen = problems.filter(({ id }) => ids.includes(id))
        expect(chosen.map(({ id }) => id)).toEqual(ids)
        expect(await notPassing(chosen, reference)).toEqual([])
        expect(await judge(chosen[0]!, wrong)).toMatchObject({ outcome: 'failed', stage: 'run' })
      },
    )

  const sums: [string, Problem['language'], string, string][] = [
    ['py', 'python', '\n    return x + y\n', '\n    return x - y\n'],
    ['cpp', 'cpp', '  return x + y;', '  return x - y;'],
    ['java', 'java', '        return x + y;', '        return x - y;'],
    ['js', 'javascript', '\n  return x + y;\n}', '\n  return x - y;\n}'],
    ['ts', 'typescript', '\n  return x + y;\n}', '\n  return x - y;\n}'],
    ['go', 'go', '\n\treturn x + y\n}', '\n\treturn x - y\n}'],
    ['rs', 'rust', '    x + y', '    x - y'],
  ]
  for (const [key, language, right, wrong] of sums)
    test.skipIf(absent.has(language))(
      `MultiPL-E, ${key}: a sum passes, a difference fails when run`,
      { timeout: 3 * minutes },
      async () => {
        const problems = await problemsOf(`multipl-e/humaneval-${key}`)
        const add = problems.find(({ id }) => id === 'HumanEval_53_add')!
        expect(await judge(add, right)).toMatchObject({ outcome: 'passed' })
        expect(await judge(add, wrong)).toMatchObject({ outcome: 'failed', stage: 'run' })
      },
    )

  test.skipIf(absent.has('java'))(
    'MultiPL-E, java: tuples are compared by what they hold',
    {
      timeout: 3 * minutes,
    },
    async () => {
      const problems = await problemsOf('multipl-e/humaneval-java')
      const count = problems.find(({ id }) => id === 'HumanEval_155_even_odd_count')!
      const body = (result: string) => `
        long even = 0, odd = 0;
        for (char digit : String.valueOf(Math.abs(num)).toCharArray()) if (digit % 2 == 0) even++; else odd++;
        return ${result};`
      expect(await judge(count, body('Pair.with(even, odd)'))).toMatchObject({ outcome: 'passed' })
      expect(await judge(count, body('new Pair<>(odd, even)'))).toMatchObject({
        outcome: 'failed',
        stage: 'run',
      })
    },
  )
})
