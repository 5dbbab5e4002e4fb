/** What the corpus tests share: folders with real code in them, and archives made on the spot. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Header } from 'tar'
import { afterAll } from 'vitest'
import type { Manifest, PackageEntry } from '../manifest.ts'

export const MIT_TEXT =
  'Permission is hereby granted, free of charge, to any person obtaining a copy of this software, to deal in it.'

/** A temporary folder, removed when the test file is done. The cache folder is put into it as well. */
export function temporaryTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-corpus-'))
  process.env.UNDERSTUDY_CACHE = join(folder, 'cache')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files by path below `root`, making folders as needed. Returns `root`. */
export function writeFiles(root: string, files: Record<string, string | Uint8Array>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

/** A Python module that passes every filter; another `name`, another text. */
export function pythonModule(name: string): string {
  return [
    `"""Functions about ${name}."""`,
    '',
    `def load_${name}(path):`,
    `    """Read the ${name} from a file, one a line."""`,
    '    with open(path, encoding="utf-8") as lines:',
    `        return [line.strip() for line in lines if "${name}" in line]`,
    '',
    `def count_${name}(items):`,
    `    return sum(1 for item in items if item == "${name}")`,
    '',
  ].join('\n')
}

/** A small manifest of Python for these packages. */
export function testManifest(packages: PackageEntry[]): Manifest {
  return {
    name: 'test',
    limits: { packageBytes: 1_000_000, fileBytes: 40_000, testShare: 1 },
    targets: [{ languages: ['python'], bytes: 1_000_000 }],
    packages,
  }
}

export interface TarEntry {
  path: string
  content?: string | Buffer
  /** Makes the entry a symbolic link to this path. */
  linkpath?: string
}

/** The bytes of a tar archive with exactly these entries, however unsafe their paths. */
export function tarBytes(entries: TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', linkpath }) => {
    const body = Buffer.from(content)
    const header = new Header({
      path,
      size: body.length,
      mode: 0o644,
      type: linkpath === undefined ? 'File' : 'SymbolicLink',
      ...(linkpath !== undefined && { linkpath }),
    })
    const block = Buffer.alloc(512)
    header.encode(block, 0)
    return [block, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
