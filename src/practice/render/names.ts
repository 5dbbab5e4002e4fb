/** Spelling of names. The surface language writes `snake_case`, and `PascalCase` for types. */

/** `count_above` → `['count', 'above']`, `LineItem` → `['line', 'item']`. Underscores at the ends are dropped. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split('_')
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

/** `count_above` → `countAbove`. Underscores alone stay as they are. */
export function camelCase(name: string): string {
  const [first, ...rest] = wordsOf(name)
  return first === undefined ? name : first + rest.map(capitalized).join('')
}

/** `count_above` → `CountAbove`. */
export function pascalCase(name: string): string {
  return wordsOf(name).map(capitalized).join('') || name
}

/** `countAbove` → `count_above`. */
export function snakeCase(name: string): string {
  return wordsOf(name).join('_') || name
}

export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The first of `wanted` that is not taken, else the last of them with a number. */
export function freshName(wanted: readonly string[], taken: ReadonlySet<string>): string {
  const free = wanted.find((name) => !taken.has(name))
  if (free !== undefined) return free
  let number = 2
  while (taken.has(`${wanted.at(-1)}${number}`)) number++
  return `${wanted.at(-1)}${number}`
}
