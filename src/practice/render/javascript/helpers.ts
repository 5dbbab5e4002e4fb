import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { freshName } from '../names.ts'
import type { Writing } from './writing.ts'

interface Helper {
  names: string[]
  about: string
  plain: string
  typed: string
  body: string
  typedBody?: string
}

const helpers = parse(readFileSync(new URL('helpers.yaml', import.meta.url), 'utf8')) as Record<
  string,
  Helper
>

/** The name of a helper of `helpers.yaml`, which the code is to have from now on. */
export function helper(key: string, writing: Writing): string {
  const known = writing.helpers.get(key)
  if (known !== undefined) return known
  const name = freshName(helpers[key]!.names, writing.taken)
  writing.taken.add(name)
  writing.helpers.set(key, name)
  return name
}

/** The code of a helper, as the rest is written. */
export function helperCode(key: string, { typed, helpers: needed, manner }: Writing): string {
  const { names, about, plain, typed: typedHead, body, typedBody } = helpers[key]!
  const name = needed.get(key)!
  const lines = [
    `// ${about}`,
    `function ${name}${typed ? typedHead : plain} {`,
    ...((typed && typedBody) || body)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '}',
  ]
  // A helper that calls itself does so by the name that it has here.
  const text = lines.join('\n').replaceAll(`${names[0]}(`, `${name}(`)
  const quoted = manner.quote === '"' ? text.replaceAll("'", '"') : text
  return manner.end === ';' ? quoted : quoted.replace(/;$/gm, '')
}
