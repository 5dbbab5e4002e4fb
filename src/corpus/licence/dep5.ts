/**
 * Debian's machine-readable copyright files (DEP-5): which glob patterns are under which licence.
 * Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
 */
import { allOf, recogniseText, spdxOfName, UNKNOWN } from './policy.ts'

export interface Stanza {
  /** Glob patterns: `*` and `?` match slashes too. */
  patterns: string[]
  /** SPDX expression or `unknown`. */
  license: string
}

/** The `Files` stanzas of a copyright file, in its order, or `undefined` where it is not machine-readable. */
export function parseDep5(text: string): Stanza[] | undefined {
  if (!/^Format(?:-Specification)?:/im.test(text.slice(0, 2000))) return undefined
  const paragraphs = text.split(/\n[ \t]*\n/).map(fields)
  const texts = new Map<string, string>()
  for (const paragraph of paragraphs) {
    const [name = '', ...body] = (paragraph.get('license') ?? '').split('\n')
    if (body.length > 0) texts.set(name.trim().toLowerCase(), body.join('\n'))
  }
  const stanzas: Stanza[] = []
  for (const paragraph of paragraphs) {
    const files = paragraph.get('files')
    if (files === undefined) continue
    const [name = '', ...body] = (paragraph.get('license') ?? '').split('\n')
    stanzas.push({
      patterns: files.split(/\s+/).filter(Boolean),
      license: expressionOf(name, body.join('\n'), texts),
    })
  }
  return stanzas.length > 0 ? stanzas : undefined
}

function fields(paragraph: string): Map<string, string> {
  const result = new Map<string, string>()
  let current: string | undefined
  for (const line of paragraph.split('\n')) {
    const start = /^([A-Za-z][\w-]*):[ \t]*(.*)$/.exec(line)
    if (start) {
      current = start[1]!.toLowerCase()
      result.set(current, start[2]!)
    } else if (current !== undefined && !line.startsWith('#'))
      result.set(current, `${result.get(current)}\n${line}`)
  }
  return result
}

/** `GPL-2+ or MIT, and BSD-3-clause` as SPDX: a comma binds weakest, then `or`, then `and`. */
function expressionOf(names: string, body: string, texts: Map<string, string>): string {
  const whole = names.trim()
  if (whole === '') return recogniseText(body, 'package') ?? UNKNOWN
  const spdx = resolveName(whole, body, texts)
  if (spdx !== undefined) return spdx
  const parts = (text: string, separator: RegExp) =>
    text.split(separator).filter((part) => part.trim() !== '')
  const conjunction = parts(whole, /,\s*and\s+/i).map((clause) => {
    const choice = parts(clause, /,?\s+or\s+|\s*\|\s*/i).map((option) => {
      const all = parts(option, /\s+and\s+|\s*&\s*/i).map(
        (name) => resolveName(name.replace(/,$/, ''), '', texts) ?? UNKNOWN,
      )
      return join(all, ' AND ')
    })
    // An option that is not understood leaves the others open to choose.
    const understood = choice.filter((option) => option !== UNKNOWN)
    return understood.length === 0 ? UNKNOWN : join(understood, ' OR ')
  })
  return join(conjunction, ' AND ')
}

function join(parts: string[], operator: ' AND ' | ' OR '): string {
  if (parts.includes(UNKNOWN) || parts.length === 0) return UNKNOWN
  return parts.map((part) => (parts.length > 1 && part.includes(' ') ? `(${part})` : part)).join(operator)
}

function resolveName(name: string, body: string, texts: Map<string, string>): string | undefined {
  // `GPL-2+ with OpenSSL exception` is still the GPL.
  const plain = name.trim().replace(/\s+with\s+.*$/i, '')
  const text = body || texts.get(name.trim().toLowerCase()) || ''
  return spdxOfName(plain) ?? (text === '' ? undefined : recogniseText(text, 'package'))
}

/** The last stanza whose pattern matches the whole path, as the format says. */
export function licenceOfSourcePath(stanzas: Stanza[], path: string): string {
  return (
    stanzas.findLast((stanza) => stanza.patterns.some((pattern) => globToRegExp(pattern).test(path)))
      ?.license ?? UNKNOWN
  )
}

/**
 * The licence of an installed file. The patterns speak of paths in the source package, and installing moves
 * files (`src/six.py` → `usr/lib/python3/dist-packages/six.py`), so a pattern counts as soon as its end could
 * match an end of the path. Every licence that may apply has to be allowed: they are joined by AND.
 */
export function licenceOfInstalledPath(stanzas: Stanza[], path: string): string {
  const inPackage = path.replace(
    /^usr\/(?:lib|share|include|src)\/(?:python3(?:\.\d+)?\/(?:dist-packages\/)?)?/,
    '',
  )
  const found = new Set<string>()
  for (const { patterns, license } of stanzas) {
    const mayApply = patterns.some(
      (pattern) =>
        pattern === '*' || (!pattern.startsWith('debian/') && suffixMatcher(pattern).test(inPackage)),
    )
    if (mayApply) found.add(license)
  }
  if (found.size === 0 || found.has(UNKNOWN)) return UNKNOWN
  return allOf(found)
}

const matchers = new Map<string, RegExp>()

function globToRegExp(pattern: string): RegExp {
  return remember(`whole ${pattern}`, () => `^${globSource(pattern.replace(/^\.\//, ''))}$`)
}

/** Matches paths that end like the pattern's last literal folder or file and what follows it. */
function suffixMatcher(pattern: string): RegExp {
  return remember(`suffix ${pattern}`, () => {
    const segments = pattern.replace(/^\.\//, '').split('/')
    const isLiteral = (segment: string) =>
      !segment.startsWith('*') && segment.replace(/[*?.]/g, '').length > 1
    const last = segments.findLastIndex(isLiteral)
    return `(?:^|/)${globSource(segments.slice(Math.max(last, 0)).join('/'))}$`
  })
}

function globSource(glob: string): string {
  return glob.replace(/\\([*?\\])|[\s\S]/g, (char, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`
    if (char === '*') return '.*'
    return char === '?' ? '.' : char.replace(/[.+^${}()|[\]\\/]/g, '\\$&')
  })
}

function remember(key: string, source: () => string): RegExp {
  let matcher = matchers.get(key)
  if (!matcher) {
    matcher = new RegExp(source(), 's')
    matchers.set(key, matcher)
  }
  return matcher
}
