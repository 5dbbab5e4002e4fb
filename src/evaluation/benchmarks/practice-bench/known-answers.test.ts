import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing, type RequirementName } from '../../../../test/requirements.ts'
import { openSandbox, type Program, type Sandbox, type SandboxLanguage } from '../../../sandbox/index.ts'
import type { Problem } from '../../problem.ts'
import { checked } from './checks.ts'
import { described, opened } from './layout.ts'
import { loadPracticeBench, readPracticeRecords } from './load.ts'
import type { RecordOf } from './schema.ts'

const records = await readPracticeRecords()
const problems = (await loadPracticeBench()).flatMap((benchmark) => benchmark.problems)
const inLanguage = (language: SandboxLanguage) => problems.filter((problem) => problem.language === language)

describe.skipIf(missing('bubblewrap'))('known answers', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    // The machine may be busy; a right answer must not fail for that.
    sandbox = await openSandbox({ limits: { milliseconds: 30_000, compileMilliseconds: 120_000 } })
  })
  afterAll(() => sandbox.close())

  /** As a server gives it: without the stop and what follows it. */
  const answered = (problem: Problem, completion: string): Program => {
    const end = problem.stops.map((stop) => completion.indexOf(stop)).filter((index) => index >= 0)
    const cut = end.length > 0 ? completion.slice(0, Math.min(...end)) : completion
    return problem.program!(problem.trim!(cut))
  }

  async function expectKnownAnswers(problems: Problem[]): Promise<void> {
    await Promise.all(
      problems.map(async (problem) => {
        const goesOn = problem.prompt.kind === 'infill' ? '' : '\n'
        const right = await sandbox.run(answered(problem, problem.reference + goesOn))
        expect(right, problem.id).toMatchObject({ outcome: 'passed' })
        const empty = await sandbox.run(answered(problem, ''))
        expect(empty, problem.id).toMatchObject({ outcome: 'failed' })
      }),
    )
  }

  test(
    'every Python reference passes, and nothing at all fails',
    () => expectKnownAnswers(inLanguage('python')),
    120_000,
  )

  test(
    'every line of Bash passes, and nothing at all fails',
    () => expectKnownAnswers(inLanguage('bash')),
    120_000,
  )

  const compiled: [SandboxLanguage, RequirementName][] = [
    ['javascript', 'bubblewrap'],
    ['typescript', 'bubblewrap'],
    ['go', 'go'],
    ['java', 'java'],
  ]
  for (const [language, requirement] of compiled)
    test.skipIf(missing(requirement))(
      `two ${language} references pass, and nothing at all fails`,
      () => {
        const all = inLanguage(language)
        return expectKnownAnswers([all[0]!, all.at(-1)!])
      },
      120_000,
    )

  test('what is to be fixed gives what its report says', async () => {
    const fixes = records.filter((record) => record.task === 'fix' && record.language === 'python')
    for (const record of fixes as RecordOf<'fix'>[]) {
      const { language, signature, description, buggy, failing, support } = record
      const code = opened(language, record.setup) + described(language, signature, description) + buggy
      const source = (expect: string) => checked(language, code, [{ call: failing.call, expect }], support)
      expect(await sandbox.run({ language, source: source(failing.got) }), record.id).toMatchObject({
        outcome: 'passed',
      })
      expect(await sandbox.run({ language, source: source(failing.expect) }), record.id).toMatchObject({
        outcome: 'failed',
      })
    }
  }, 120_000)

  test('code that is to be edited does not pass as it is', async () => {
    const edits = records.filter((record) => record.task === 'edit' && record.language === 'python')
    for (const { id, language, code, cases, support } of edits as RecordOf<'edit'>[])
      expect(
        await sandbox.run({ language, source: checked(language, code, cases, support) }),
        id,
      ).toMatchObject({ outcome: 'failed' })
  }, 120_000)

  test('the source of a translation from Python meets the same cases', async () => {
    const translations = records.filter((record) => record.task === 'translate' && record.from === 'python')
    for (const { id, source, sourceCases } of translations as RecordOf<'translate'>[])
      expect(
        await sandbox.run({ language: 'python', source: checked('python', source, sourceCases) }),
        id,
      ).toMatchObject({ outcome: 'passed' })
  }, 120_000)

  test('a test that asserts nothing, or something wrong, fails', async () => {
    for (const problem of problems.filter(({ id }) => id.startsWith('test-')))
      for (const answer of ['    pass', '    assert False'])
        expect(await sandbox.run(problem.program!(answer)), problem.id).toMatchObject({ outcome: 'failed' })
  }, 120_000)
})
