import table from './languages.json' with { type: 'json' }

/** What the project knows of a programming language: the one table, read from `languages.json`. */
export interface Language {
  /** Name in records and on the wire, such as `cpp`. */
  id: string
  /** Name for people, such as `C++`. */
  name: string
  /** With the dot, lower case; a language's first is its usual one. */
  extensions: string[]
  /** Whole file names that carry no telling extension, such as `Rakefile`. */
  fileNames: string[]
  /** Programs that a `#!` line may name. */
  interpreters: string[]
  lineComment: string | null
  /** The comment that describes what follows it; `open` and `close` stand on lines of their own. */
  docComment: { open: string | null; line: string; close: string | null }
  /** File name of its tree-sitter grammar, null where none is shipped. C is parsed as C++. */
  grammar: string | null
  /** What ends a block: a smaller indent, a closing brace, the word `end`, or (SQL) a semicolon. */
  blocks: 'indent' | 'braces' | 'end' | 'statements'
  /** What a top-level definition begins with, empty where it begins with a type or a name. */
  definition: string
  /** What a file must begin with for code to be code, such as `<?php`. */
  header: string
}

export const languages: readonly Language[] = table as Language[]

const byId = new Map(languages.map((language) => [language.id, language]))
const byExtension = new Map(
  languages.flatMap((language) => language.extensions.map((end) => [end, language])),
)
const byFileName = new Map(
  languages.flatMap((language) => language.fileNames.map((name) => [name, language])),
)

/** The language of this id, or undefined. */
export function languageById(id: string): Language | undefined {
  return byId.get(id)
}

/** The language that a file's name tells, or undefined where only its content could. */
export function languageOfPath(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return byFileName.get(name) ?? (dot < 0 ? undefined : byExtension.get(name.slice(dot).toLowerCase()))
}
