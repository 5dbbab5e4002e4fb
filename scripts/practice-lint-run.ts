/** Runs the solutions of families under Python, on the same inputs. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { combinationsOf, fillAxes } from '../src/practice/families/choose.ts'
import type { Family } from '../src/practice/families/family.ts'
import type { Problem } from '../src/practice/families/load.ts'

export async function runSolutions(families: readonly Family[]): Promise<Problem[]> {
  const work = families
    .filter((family) => family.code !== undefined)
    .map((family) => ({ family: family.family, combinations: combinations(family) }))
  const script = join(import.meta.dirname, 'practice-lint-run.py')
  const ran = spawnSync('/usr/bin/python3', [script], {
    input: JSON.stringify(work),
    encoding: 'utf8',
    timeout: 120_000,
  })
  const problems = ran.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) =>
        JSON.parse(line) as { family: string; solution: number | null; message: string; options: string },
    )
    .map(({ family: name, solution, message, options }) => {
      const family = families.find((candidate) => candidate.family === name) as Family
      const path = solution === null ? [] : ['code', solution]
      const where = solution === null ? '' : `code[${solution}]: `
      return {
        file: family.place.file,
        line: family.lineOf(path),
        of: name,
        message: `${where}${message}${options}`,
      }
    })
  if (ran.status !== 0)
    problems.push({ file: script, line: 1, of: '', message: ran.stderr.trim().split('\n').at(-1) ?? '' })
  return problems
}

function combinations(family: Family) {
  return combinationsOf(family.axes)
    .slice(0, 48)
    .map((options) => {
      const sources = (family.code ?? []).map((code) =>
        fillAxes(`${code}\n${family.scenario ?? ''}`, options),
      )
      const functions = [...(sources[0] ?? '').matchAll(/^def (\w+)/gm)].map((match) => match[1])
      const entry = family.scenario === undefined ? (family.entry ?? functions.at(-1)) : functions.at(-1)
      return {
        sources,
        entry,
        inputs: Object.fromEntries(
          Object.entries(family.inputs).map(([name, text]) => [name, fillAxes(text, options)]),
        ),
        requires: family.requires.map((text) => fillAxes(text, options)),
        options:
          Object.keys(options).length === 0
            ? ''
            : ` (${Object.entries(options)
                .map(([axis, option]) => `${axis}: ${option.name ?? option.say ?? option.code}`)
                .join(', ')})`,
      }
    })
}
