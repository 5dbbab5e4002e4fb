import { existsSync } from 'node:fs'
import { languageOf } from './languages/languages.ts'
import { findObstacle } from './obstacle.ts'
import type { Program } from './program.ts'
import { findToolchain, missingMessage } from './toolchain.ts'
import type { Refused } from './verdict.ts'

/** Source and standard inputs together, in UTF-16 units. */
const mostText = 16 << 20

/** Why a program cannot be run at all, or undefined. */
export async function refuse(program: Program): Promise<Refused | undefined> {
  const length = (program.cases ?? []).reduce((sum, { stdin }) => sum + stdin.length, program.source.length)
  if (length > mostText)
    return {
      outcome: 'refused',
      cause: 'too-large',
      message: `The program and its input have ${length} characters; the sandbox takes ${mostText}.`,
    }
  const obstacle = findObstacle()
  if (obstacle !== undefined)
    return {
      outcome: 'refused',
      cause: 'no-sandbox',
      message: `Programs cannot be isolated here: ${obstacle}`,
    }
  const language = languageOf(program.language)
  const toolchain = await findToolchain(language)
  if (!toolchain.present)
    return { outcome: 'refused', cause: 'missing-toolchain', message: toolchain.message }
  const absent = language.prepare(program).needs?.find((path) => !existsSync(path))
  if (absent !== undefined)
    return { outcome: 'refused', cause: 'missing-toolchain', message: missingMessage(language, absent) }
  return undefined
}
