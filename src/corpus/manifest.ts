/**
 * A corpus manifest: which packages, in which versions with which checksums, and how much of each language.
 * `corpora/v1.json` is the one that the shipped model was trained on; users write their own with `git` and
 * `folder` entries, and `understudy corpus pin` fills in versions and checksums.
 */
import { readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { hasCode, UserError } from '../lib/index.ts'
import { languageNames } from './languages.ts'

const checksum = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex')
const license = z.string().min(1).max(200)
/** Names reach the command lines of apt-get and npm, so nothing may look like an option or a path. */
const debianName = z.string().regex(/^[a-z0-9][a-z0-9+.-]*$/, 'the name of a Debian package')
const npmName = z
  .string()
  .regex(/^(@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/, 'the name of an npm package')
const version = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+:~_-]*$/, 'a version')

const debianEntry = z.strictObject({
  source: z.literal('debian'),
  name: debianName,
  /** `binary` (the default) unpacks the .deb; `source` the upstream tarballs of the source package. */
  archive: z.enum(['binary', 'source']).optional(),
  version: version.optional(),
  /** SHA-256 of the .deb, or of the .dsc of a source package, which lists those of its tarballs. */
  sha256: checksum.optional(),
  /** For packages whose `debian/copyright` cannot be read by machine: the licence that a person read there. */
  license: license.optional(),
})
const npmEntry = z.strictObject({
  source: z.literal('npm'),
  name: npmName,
  version: version.optional(),
  sha256: checksum.optional(),
  license: license.optional(),
})
const localEntry = z.strictObject({
  source: z.enum(['git', 'folder']),
  /** Relative to the manifest's own folder. */
  path: z.string().min(1),
  name: z.string().min(1).optional(),
  license: license.optional(),
})

const entrySchema = z.discriminatedUnion('source', [debianEntry, npmEntry, localEntry])

const manifestSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'lower-case letters, digits, dots and dashes'),
  description: z.string().optional(),
  limits: z.strictObject({
    /** The most text that one package may contribute. */
    packageBytes: z.int().positive(),
    /** Longer files are dropped whole. */
    fileBytes: z.int().positive().max(1_000_000),
    /** The most of each language's text that may be tests, 0 to 1. */
    testShare: z.number().min(0).max(1),
  }),
  /** How many bytes of text to select for each group of languages. */
  targets: z
    .array(
      z.strictObject({
        languages: z.array(z.enum(languageNames as [string, ...string[]])).min(1),
        bytes: z.int().positive(),
      }),
    )
    .min(1),
  packages: z.array(entrySchema).min(1),
})

export type DebianEntry = z.infer<typeof debianEntry>
export type NpmEntry = z.infer<typeof npmEntry>
export type LocalEntry = z.infer<typeof localEntry>
export type PackageEntry = z.infer<typeof entrySchema>
export type Manifest = z.infer<typeof manifestSchema>
export type Limits = Manifest['limits']

/** What a package is called in documents and reports. */
export function entryName(entry: PackageEntry): string {
  return 'path' in entry ? (entry.name ?? basename(entry.path)) : entry.name
}

/**
 * Reads and checks a manifest. Relative paths of `git` and `folder` entries come back absolute.
 * Throws a `UserError` that names the first wrong field.
 */
export function loadManifest(path: string): Manifest {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const message = hasCode(error, 'ENOENT')
      ? `There is no manifest at ${path}.`
      : `The manifest ${path} cannot be read.`
    throw new UserError(message, 'Give the path of a corpus manifest, such as corpora/v1.json.', {
      cause: error,
    })
  }
  const manifest = parseManifest(text, path)
  const packages = manifest.packages.map((entry) =>
    'path' in entry && !isAbsolute(entry.path)
      ? { ...entry, path: resolve(dirname(path), entry.path) }
      : entry,
  )
  return { ...manifest, packages }
}

/** Checks a manifest's text without touching the paths in it. `path` is only for messages. */
export function parseManifest(text: string, path: string): Manifest {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new UserError(
      `The manifest ${path} is not JSON.`,
      'Correct it, or start from a copy of corpora/tour.json.',
      { cause: error },
    )
  }
  const parsed = manifestSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.path.length ? issue.path.join('.') : 'the top level'
    throw new UserError(
      `The manifest ${path} has a wrong shape at ${where}: ${issue?.message ?? 'unknown'}.`,
      'Correct that field; corpora/tour.json shows the shape.',
    )
  }
  const names = new Set<string>()
  for (const entry of parsed.data.packages) {
    const key = `${entry.source}:${entryName(entry)}`
    if (names.has(key))
      throw new UserError(
        `The manifest ${path} lists ${entryName(entry)} twice.`,
        'Remove one of the two entries.',
      )
    names.add(key)
  }
  return parsed.data
}

/** The manifest as text, one package a line, so that a new pin is a one-line change. */
export function formatManifest(manifest: Manifest): string {
  const lines = (items: unknown[]) => items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')
  return [
    '{',
    `  "name": ${JSON.stringify(manifest.name)},`,
    ...(manifest.description === undefined
      ? []
      : [`  "description": ${JSON.stringify(manifest.description)},`]),
    `  "limits": ${JSON.stringify(manifest.limits)},`,
    `  "targets": [\n${lines(manifest.targets)}\n  ],`,
    `  "packages": [\n${lines(manifest.packages)}\n  ]`,
    '}\n',
  ].join('\n')
}
