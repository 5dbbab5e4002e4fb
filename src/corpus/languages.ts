/**
 * Which programming language a file is in: by its extension, its name, its `#!` line, and for the two
 * extensions that two formats share (`.h`, `.ts`) by a look at the text. The table is `languages.json`.
 */
import { createRequire } from 'node:module'

interface LanguageEntry {
  extensions: string[]
  names?: string[]
  shebangs?: string[]
}

const table = createRequire(import.meta.url)('./languages.json') as Record<string, LanguageEntry>

const byExtension = new Map<string, string>()
const byName = new Map<string, string>()
const byInterpreter = new Map<string, string>()
for (const [language, entry] of Object.entries(table)) {
  for (const extension of entry.extensions) byExtension.set(extension, language)
  for (const name of entry.names ?? []) byName.set(name, language)
  for (const shebang of entry.shebangs ?? []) byInterpreter.set(shebang, language)
}

/** Every language that {@link detectLanguage} can name. */
export const languageNames: readonly string[] = Object.keys(table)

/** The language of a file, or `unknown`. `text` may be the beginning of the file only. */
export function detectLanguage(path: string, text: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
  const language = byExtension.get(extension) ?? byName.get(name)
  if (language === 'c' && extension === 'h') return looksLikeCpp(text) ? 'cpp' : 'c'
  // Qt's translation files are XML, MPEG transport streams are not text at all.
  if (extension === 'ts' && /^\uFEFF?\s*</.test(text)) return 'unknown'
  if (language !== undefined) return language
  return extension === '' ? byFirstLine(text) : 'unknown'
}

function byFirstLine(text: string): string {
  const first = text.slice(0, 200).split('\n', 1)[0] ?? ''
  // Functions and completions of zsh carry no extension.
  if (/^#(compdef|autoload)\b/.test(first)) return 'shell'
  const interpreter = /^#!\s*(?:\S*\/)?(?:env\s+(?:-S\s+)?)?(?:\S*\/)?([a-z]+[0-9]?)/.exec(first)?.[1]
  return (interpreter && byInterpreter.get(interpreter)) || 'unknown'
}

function looksLikeCpp(text: string): boolean {
  return /^\s*(?:class\s+\w+\s*[:{\w]|namespace\b|template\s*<|using\s+\w+|public:|private:|#include\s+<(?:string|vector|memory|map|utility|cstd\w+)>)|\bstd::|\bconstexpr\b/m.test(
    text,
  )
}
