import type { SandboxLanguage } from '../program.ts'
import { bash } from './bash.ts'
import { c } from './c.ts'
import { cpp } from './cpp.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import type { Language } from './language.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'
import { typescript } from './typescript.ts'

const languages = [python, javascript, typescript, go, java, rust, cpp, c, ruby, php, bash]

const byName = new Map(languages.map((language) => [language.name, language]))

export function languageOf(name: SandboxLanguage): Language {
  const language = byName.get(name)
  if (!language) throw new Error(`the sandbox has no language ${name}`)
  return language
}
