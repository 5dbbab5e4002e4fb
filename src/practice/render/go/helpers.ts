import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The functions of `helpers.go`, with their comments, by their names. */
const helpers: ReadonlyMap<string, string> = new Map(
  readFileSync(join(import.meta.dirname, 'helpers.go'), 'utf8')
    .split(/\n\n(?=\/\/ )/)
    .slice(1)
    .map((text) => [/^func (\w+)/m.exec(text)![1]!, text.trimEnd()]),
)

/** A name for each helper that the program does not have itself. */
export function helperNames(taken: ReadonlySet<string>): Map<string, string> {
  return new Map([...helpers.keys()].map((name) => [name, taken.has(name) ? `${name}Of` : name]))
}

/** The helpers that code calls, and those that they call, as texts in the order of the alphabet. */
export function helpersFor(code: string, names: ReadonlyMap<string, string>, documented: boolean): string[] {
  const bare = withoutTexts(code)
  return [...names]
    .filter(([, name]) => new RegExp(`(?<![\\w.])${name}\\b(?=\\(|, text|,)`).test(bare))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([helper, name]) => {
      const text = helpers.get(helper)!
      const own = name === helper ? text : text.replaceAll(new RegExp(`\\b${helper}\\b`, 'g'), name)
      return documented ? own : own.replace(/^\/\/.*\n/, '')
    })
}

/** Code without its comments and literals of strings and characters. */
export function withoutTexts(code: string): string {
  return code.replace(/\/\/.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+'/g, '""')
}

const packages = [
  ...['errors', 'fmt', 'math', 'math/bits', 'reflect', 'sort', 'strconv', 'strings', 'time', 'unicode'],
]

/** What the code imports, as one declaration; nothing where it imports nothing. */
export function importsFor(code: string): string {
  const bare = withoutTexts(code)
  const used = packages.filter((path) =>
    new RegExp(`(?<![\\w.])${path.split('/').at(-1)}\\.[A-Z]`).test(bare),
  )
  if (used.length === 0) return ''
  if (used.length === 1) return `import "${used[0]}"\n\n`
  return `import (\n${used.map((path) => `\t"${path}"\n`).join('')})\n\n`
}
