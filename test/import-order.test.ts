import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../src/lib/index.ts'

/** Who may import whom inside `src`, besides themselves and `lib`. The README's map shows the same order. */
const mayImport: Record<string, string[]> = {
  lib: [],
  syntax: [],
  sandbox: [],
  corpus: ['syntax'],
  practice: ['corpus', 'sandbox', 'syntax'],
  tokenizer: ['corpus'],
  models: [],
  training: ['tokenizer', 'corpus', 'models'],
  inference: ['models', 'tokenizer'],
  api: [],
  completion: ['api', 'syntax'],
  server: ['inference', 'api', 'models'],
  evaluation: ['api', 'completion', 'sandbox', 'syntax', 'tokenizer', 'corpus', 'training', 'models'],
  cli: ['*'],
}

/** The playground runs in a browser: these folders must not need Node. */
const browserSafe = ['api', 'completion', 'syntax']

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sourceFiles(path)
    else if (/\.ts$/.test(entry.name)) yield path
  }
}

interface Import {
  file: string
  specifier: string
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => ({
    file: relative(projectRoot, path),
    specifier: match[1] ?? match[2] ?? match[3] ?? '',
  }))
}

const src = join(projectRoot, 'src')
const folders = readdirSync(src, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

/** `src/<folder>` that a relative specifier leads to, and the path inside it. */
function target(imported: Import): { folder: string; inside: string } | undefined {
  if (!imported.specifier.startsWith('.')) return undefined
  const path = relative(src, resolve(projectRoot, imported.file, '..', imported.specifier))
  if (path.startsWith('..')) return undefined
  const [folder = '', ...rest] = path.split('/')
  return { folder, inside: rest.join('/') }
}

describe('imports go one way', () => {
  test('every folder of src has its place in the order', () => {
    expect(folders.filter((folder) => !(folder in mayImport))).toEqual([])
  })

  test('the order has no circle', () => {
    const settled = new Set<string>()
    const names = Object.keys(mayImport).filter((name) => name !== 'cli')
    while (settled.size < names.length) {
      const next = names.find(
        (name) => !settled.has(name) && mayImport[name]!.every((other) => settled.has(other)),
      )
      expect(next, `a circle among ${names.filter((name) => !settled.has(name)).join(', ')}`).toBeDefined()
      settled.add(next!)
    }
  })

  for (const folder of folders)
    test(`src/${folder}`, () => {
      const allowed = mayImport[folder] ?? []
      const wrong: string[] = []
      for (const path of sourceFiles(join(src, folder))) {
        const isTest = path.endsWith('.test.ts')
        for (const imported of importsOf(path)) {
          const to = target(imported)
          if (to === undefined || to.folder === folder) continue
          const permitted = to.folder === 'lib' || allowed.includes('*') || allowed.includes(to.folder)
          if (!permitted && !isTest) wrong.push(`${imported.file} imports ${imported.specifier}`)
          if (to.inside !== 'index.ts' && to.folder !== 'lib' && !isTest)
            wrong.push(`${imported.file} reaches past the index of ${to.folder}: ${imported.specifier}`)
        }
      }
      expect(wrong).toEqual([])
    })

  test('what the browser runs needs no Node', () => {
    const wrong: string[] = []
    for (const folder of browserSafe.filter((name) => folders.includes(name)))
      for (const path of sourceFiles(join(src, folder))) {
        if (path.endsWith('.test.ts') || /node/.test(path.slice(src.length))) continue
        for (const imported of importsOf(path))
          if (imported.specifier.startsWith('node:') || target(imported)?.folder === 'lib')
            wrong.push(`${imported.file} imports ${imported.specifier}`)
      }
    expect(wrong).toEqual([])
  })

  test('the map in the README names every folder of src', () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8')
    expect(folders.filter((folder) => !readme.includes(`src/${folder}`))).toEqual([])
  })
})
