import { licenceOfInstalledPath, licenceOfSourcePath, parseDep5 } from './dep5.ts'
import { allOf, normaliseExpression, recogniseText, UNKNOWN } from './policy.ts'

/** The licence that a package gives one of its files: an SPDX expression or `unknown`. */
export type LicenceOf = (path: string) => string

/** One licence for every file, as a person declared it in the manifest. */
export function declaredLicence(expression: string): LicenceOf {
  const licence = normaliseExpression(expression) ?? UNKNOWN
  return () => licence
}

/**
 * From `debian/copyright`: by pattern where it is machine-readable, else one licence for all where its free
 * text is that of one well-known licence. `layout` says whether paths are those of the source package or
 * of the installed files.
 */
export function fromDebianCopyright(text: string, layout: 'source' | 'installed'): LicenceOf {
  const stanzas = parseDep5(text)
  if (!stanzas) return declaredLicence(recogniseText(text, 'package') ?? UNKNOWN)
  return (path) =>
    layout === 'source' ? licenceOfSourcePath(stanzas, path) : licenceOfInstalledPath(stanzas, path)
}

/** From an npm package's `package.json`, in today's form or one of the two that npm has retired. */
export function fromPackageJson(text: string): LicenceOf {
  try {
    const { license, licenses } = JSON.parse(text) as { license?: unknown; licenses?: unknown }
    const named = license ?? (Array.isArray(licenses) ? licenses[0] : licenses)
    const name = typeof named === 'object' && named !== null && 'type' in named ? named.type : named
    return declaredLicence(typeof name === 'string' ? name : UNKNOWN)
  } catch {
    return declaredLicence(UNKNOWN)
  }
}

/** True for the files at the top of a local folder or repository that tell its licence. */
export function isLocalEvidence(path: string): boolean {
  return (
    path === 'package.json' ||
    /^(?:LICEN[CS]E|COPYING|UNLICENSE)(?:[.-](?:md|txt|rst|MIT|APACHE))?$/i.test(path)
  )
}

/** From a local folder's licence files; where there are none, from its `package.json`. */
export function fromLocalFolder(evidence: ReadonlyMap<string, string>): LicenceOf {
  const texts = [...evidence].filter(([path]) => path !== 'package.json').sort(([a], [b]) => (a < b ? -1 : 1))
  if (texts.length === 0) return fromPackageJson(evidence.get('package.json') ?? '')
  const found = texts.map(([, text]) => recogniseText(text, 'package'))
  if (found.some((licence) => licence === undefined)) return declaredLicence(UNKNOWN)
  return declaredLicence(allOf(found.filter((licence) => licence !== undefined)))
}
