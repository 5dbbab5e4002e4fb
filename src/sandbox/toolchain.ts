import { existsSync } from 'node:fs'
import { UserError } from '../lib/errors.ts'
import { runProcess } from '../lib/subprocess.ts'
import type { Language } from './languages/language.ts'
import type { Toolchain } from './verdict.ts'

/** Whether a language's compiler or interpreter is here, and which; it is asked once. */
export function findToolchain(language: Language): Promise<Toolchain> {
  const known = found.get(language)
  if (known) return known
  const looking = look(language)
  found.set(language, looking)
  return looking
}

const found = new Map<Language, Promise<Toolchain>>()

async function look(language: Language): Promise<Toolchain> {
  const absent = language.needs.find((path) => !existsSync(path))
  if (absent !== undefined) return missing(language, absent)
  const [command, ...args] = language.version as [string, ...string[]]
  try {
    const { code, stdout, stderr } = await runProcess(command, args)
    if (code !== 0) return missing(language, command)
    const version = (stdout || stderr).trim().split('\n', 1)[0] ?? ''
    return { language: language.name, present: true, version }
  } catch (error) {
    if (error instanceof UserError) return missing(language, command)
    throw error
  }
}

function missing(language: Language, path: string): Toolchain {
  return { language: language.name, present: false, message: missingMessage(language, path) }
}

export function missingMessage({ name, packages }: Language, path: string): string {
  const remedy =
    packages.length === 0 ? 'npm ci brings it' : `Debian and Ubuntu have it as ${packages.join(' ')}`
  return `${name} cannot be run: ${path} does not exist or does not work; ${remedy}.`
}
