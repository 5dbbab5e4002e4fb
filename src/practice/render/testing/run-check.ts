import type { Sandbox } from '../../../sandbox/index.ts'
import type { FrontEnd } from '../../language/front-end.ts'
import { type Renderer, type Style, Unsupported } from '../renderer.ts'
import { readPrograms, type TestProgram } from './read-programs.ts'

export interface CheckedRun {
  /** What went wrong, with the code, one text for each rendering that did. */
  wrong: string[]
  /** Entries that the language does not say, with why. */
  unsupported: string[]
  renderings: number
}

/** Renders the test programs in every style, and runs all against the interpreter's answers. */
export async function runCheck(
  renderer: Renderer,
  frontEnd: FrontEnd,
  sandbox: Sandbox,
  styles: readonly Style[],
  programs: readonly TestProgram[] = readPrograms(frontEnd),
): Promise<CheckedRun> {
  const unsupported: string[] = []
  const rendered = programs.flatMap(({ program, examples }) =>
    styles.flatMap((style) => {
      try {
        return [{ ...renderer.render(program, style), program, examples }]
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error
        unsupported.push(`${program.entry}: ${error.message}`)
        return []
      }
    }),
  )
  const verdict = await sandbox.run(renderer.check(rendered))
  if (!('stdout' in verdict)) throw new Error(verdict.message)
  const answers = new Map(verdict.stdout.split('\n').map((answer) => [Number.parseInt(answer, 10), answer]))
  const wrong = rendered.flatMap(({ code }, index) => {
    const answer = answers.get(index) ?? `${index} no answer: ${verdict.outcome} ${verdict.stderr}`
    return answer === `${index} ok` ? [] : [`${answer}\n${code}`]
  })
  return { wrong, unsupported, renderings: rendered.length }
}
