import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { readJsonLines, UserError } from '../lib/index.ts'
import {
  buildCorpus,
  type Document,
  formatReport,
  type PackageEntry,
  type Rejection,
  readCorpus,
  readCorpusCard,
} from './index.ts'
import { MIT_TEXT, pythonModule, temporaryTestFolder, testManifest, writeFiles } from './testing/fixtures.ts'

const root = temporaryTestFolder()
let folder: string
let out: string
let count = 0

beforeEach(() => {
  folder = join(root, String(++count))
  mkdirSync(folder)
  out = join(folder, 'out')
})

function folderEntry(name: string, files: Record<string, string | Uint8Array>): PackageEntry {
  return { source: 'folder', path: writeFiles(join(folder, name), { LICENSE: MIT_TEXT, ...files }) }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const rejections = () => collect(readJsonLines<Rejection>(join(out, 'rejected.jsonl')))

describe('a corpus of local folders', () => {
  test('comes out as documents with their origin, and every other file with its reason', async () => {
    const entry = folderEntry('pkg', {
      'src/apples.py': pythonModule('apples'),
      'src/copy.py': `${pythonModule('apples')}\n\n`,
      'src/gpl.py': `# SPDX-License-Identifier: GPL-3.0-only\n${pythonModule('pears')}`,
      'src/latin.py': Buffer.from(`# caf\xe9\n${pythonModule('figs')}`, 'latin1'),
      'src/short.py': 'x = 1\n',
      'page.html': '<html></html>',
    })
    symlinkSync('/etc/passwd', join(folder, 'pkg', 'passwd.py'))
    const { card } = await buildCorpus({ manifest: testManifest([entry]), out })

    const documents = await collect(readCorpus(out))
    expect(documents).toHaveLength(1)
    expect(documents[0]).toMatchObject({
      path: 'src/apples.py',
      language: 'python',
      package: 'pkg',
      license: 'MIT',
      text: pythonModule('apples'),
      source: { kind: 'folder', checksum: card.packages[0]!.checksum },
    })
    const reasons = Object.fromEntries(
      (await rejections()).map(({ path, step, reason }) => [path, `${step}: ${reason}`]),
    )
    expect(reasons).toEqual({
      LICENSE: 'language: not a known language',
      'page.html': 'language: no target for html',
      'passwd.py': 'decode: link',
      'src/copy.py': 'duplicates: same text as another file',
      'src/gpl.py': 'licence: GPL-3.0-only',
      'src/latin.py': 'decode: not UTF-8',
      'src/short.py': 'lines: too short',
    })
    expect(card.totals).toEqual({ documents: 1, bytes: Buffer.byteLength(pythonModule('apples')) })
    expect(card.rejected.files).toBe(7)
    const origin = { source: 'folder', package: 'pkg', path: 'src/apples.py', license: 'MIT' }
    expect(await collect(readJsonLines(join(out, 'provenance.jsonl')))).toMatchObject([origin])
    expect(readdirSync(out).sort()).toEqual([
      'corpus.json',
      'provenance.jsonl',
      'rejected.jsonl',
      'report.json',
      'shards',
    ])
  })

  test('secrets and personal data are replaced and counted, after the licence was read', async () => {
    const header =
      '# Copyright (c) 2001 Ann Lee <ann@lee.io>\n# Licensed under the Apache License, Version 2.0\n'
    const entry = folderEntry('p', { 'a.py': header + pythonModule('apples') })
    const built = await buildCorpus({ manifest: testManifest([entry]), out })
    const [document] = await collect(readCorpus(out))
    expect(document).toMatchObject({ license: 'Apache-2.0', redactions: { 'name in a copyright notice': 1 } })
    expect(document?.text).not.toMatch(/Ann|lee/)
    expect(built.card.redactions).toMatchObject({
      'name in a copyright notice': { documents: 1, occurrences: 1 },
    })
    expect(formatReport(built.card, built.report)).toContain('REPLACED')
  })

  test('the same inputs give the same bytes, whatever is cached', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`m${i}.py`, pythonModule(`thing${i}`)]),
    )
    const manifest = testManifest([
      folderEntry('a', files),
      folderEntry('b', { 'n.py': pythonModule('others') }),
    ])
    const first = await buildCorpus({ manifest, out })
    const cached = await buildCorpus({ manifest, out: join(folder, 'again') })
    rmSync(process.env.UNDERSTUDY_CACHE!, { recursive: true })
    const fresh = await buildCorpus({ manifest, out: join(folder, 'fresh'), processes: 1 })
    expect([cached.card.checksum, fresh.card.checksum]).toEqual([first.card.checksum, first.card.checksum])
    expect(readFileSync(join(folder, 'fresh', 'rejected.jsonl'))).toEqual(
      readFileSync(join(out, 'rejected.jsonl')),
    )
    expect(readFileSync(join(folder, 'fresh', 'report.json'))).toEqual(readFileSync(join(out, 'report.json')))
  })

  test('line separators of Unicode in a text survive the shard', async () => {
    const text = `${pythonModule('lines')}# a\u2028b\u2029c\n`
    await buildCorpus({ manifest: testManifest([folderEntry('p', { 'a.py': text })]), out })
    expect((await collect(readCorpus(out)))[0]?.text).toBe(text)
  })

  test('a file of one 100 MB line is dropped without being read', async () => {
    const entry = folderEntry('p', { 'a.py': pythonModule('apples') })
    const file = openSync(join(folder, 'p', 'huge.py'), 'w')
    for (let i = 0; i < 100; i++) writeSync(file, 'x'.repeat(1_000_000))
    const { report } = await buildCorpus({ manifest: testManifest([entry]), out })
    expect(report.rejected.decode).toEqual({ 'over 1000000 bytes': { documents: 1, bytes: 100_000_000 } })
    expect(report.kept.totals.documents).toBe(1)
  })
})

describe('benchmarks', () => {
  const problem = 'def count_apples items return sum of one for each item in items if item is apples and ripe'

  test('what they hold is kept out, and the card names them', async () => {
    const bench = writeFiles(join(folder, 'bench'), {
      'sub/set.jsonl.gz': gzipSync(`${JSON.stringify({ id: 1, prompts: [{ text: problem }] })}\n`),
    })
    const leak = `${pythonModule('pears')}\n# ${problem.replaceAll(' ', ', ').toUpperCase()}\n`
    const manifest = testManifest([folderEntry('p', { 'a.py': pythonModule('apples'), 'leak.py': leak })])
    const built = await buildCorpus({ manifest, out, bench: [bench] })
    expect((await collect(readCorpus(out))).map(({ path }) => path)).toEqual(['a.py'])
    expect(built.card.benchmarks).toEqual([
      { name: 'sub', files: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
    expect(formatReport(built.card, built.report)).toContain('Decontaminated against sub (1 files)')
  })

  test('without any, the report says so loudly', async () => {
    const built = await buildCorpus({
      manifest: testManifest([folderEntry('p', { 'a.py': pythonModule('x') })]),
      out,
    })
    expect(formatReport(built.card, built.report)).toContain('NOT DECONTAMINATED')
  })

  test.each([
    ['missing', {}, 'does not exist'],
    ['empty', { 'readme.md': 'no' }, 'holds no benchmark'],
    ['damaged', { 'a.jsonl.gz': 'not gzip' }, 'is damaged'],
  ])('a %s folder is refused', async (name, files, message) => {
    const bench = Object.keys(files).length ? writeFiles(join(folder, name), files) : join(folder, name)
    const manifest = testManifest([folderEntry('p', { 'a.py': pythonModule('x') })])
    await expect(buildCorpus({ manifest, out, bench: [bench] })).rejects.toThrow(message)
    expect(existsSync(out)).toBe(false)
  })
})

describe('a run that is cut short', () => {
  test('goes on where it was killed, with the same result', async () => {
    const entries = Array.from({ length: 6 }, (_, i) =>
      folderEntry(`p${i}`, { 'a.py': pythonModule(`item${i}`) }),
    )
    const manifest = testManifest(entries)
    // The child stops dead after its second package, so that the kill always finds it in the middle.
    const script = `
      import { buildCorpus } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
      let lines = 0
      await buildCorpus({ manifest: ${JSON.stringify(manifest)}, out: ${JSON.stringify(out)}, processes: 1, onProgress: () => {
        if (++lines < 2) return
        process.stdout.write('now')
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
      } })`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(existsSync(out)).toBe(false)

    const progress: string[] = []
    const resumed = await buildCorpus({ manifest, out, onProgress: (line) => progress.push(line) })
    expect(progress.filter((line) => line.includes('(cached)'))).toHaveLength(2)

    rmSync(process.env.UNDERSTUDY_CACHE!, { recursive: true })
    const fresh = await buildCorpus({ manifest, out: join(folder, 'fresh') })
    expect(resumed.card.checksum).toBe(fresh.card.checksum)
  })

  test('a process of the pool that is killed costs nothing: its package is done again', async () => {
    const entries = Array.from({ length: 6 }, (_, i) =>
      folderEntry(`pooled${i}`, { 'a.py': pythonModule(`pooled${i}`) }),
    )
    const manifest = testManifest(entries)
    let killed = 0
    const killer = setInterval(() => {
      const [child] = childProcesses().filter((pid) => pid !== killed)
      if (child === undefined || killed !== 0) return
      killed = child
      process.kill(child, 'SIGKILL')
    }, 5)
    try {
      const built = await buildCorpus({ manifest, out, processes: 2 })
      expect(killed).toBeGreaterThan(0)
      expect(built.card.skipped).toEqual([])
      rmSync(process.env.UNDERSTUDY_CACHE!, { recursive: true })
      const alone = await buildCorpus({ manifest, out: join(folder, 'alone'), processes: 1 })
      expect(built.card.checksum).toBe(alone.card.checksum)
    } finally {
      clearInterval(killer)
    }
  })

  test('a package result that the disk has damaged is made again', async () => {
    const manifest = testManifest([folderEntry('p', { 'a.py': pythonModule('apples') })])
    const first = await buildCorpus({ manifest, out })
    const results = join(process.env.UNDERSTUDY_CACHE!, 'corpus')
    for (const name of readdirSync(results)) writeFiles(join(results, name), { 'kept.jsonl': '{"text":' })
    expect((await buildCorpus({ manifest, out })).card.checksum).toBe(first.card.checksum)
  })

  test('stops when it is told to, and leaves nothing behind', async () => {
    const manifest = testManifest([folderEntry('p', { 'a.py': pythonModule('apples') })])
    const controller = new AbortController()
    const onProgress = () => controller.abort(new UserError('Stopped.', 'Go on.'))
    await expect(buildCorpus({ manifest, out, onProgress, signal: controller.signal })).rejects.toThrow(
      'Stopped.',
    )
    expect(readdirSync(folder)).toEqual(['p'])
  })

  test('what an older run left half-written beside the corpus goes away after a day', async () => {
    const old = join(folder, 'out.0123abcd.tmp')
    mkdirSync(old)
    utimesSync(old, 0, 0)
    await buildCorpus({ manifest: testManifest([folderEntry('p', { 'a.py': pythonModule('apples') })]), out })
    expect(readdirSync(folder).sort()).toEqual(['out', 'p'])
  })
})

describe('what cannot be used', () => {
  test('a folder that is not there is skipped with its reason', async () => {
    const manifest = testManifest([
      folderEntry('p', { 'a.py': pythonModule('apples') }),
      { source: 'folder', path: join(folder, 'gone') },
      { source: 'git', path: folder, name: 'no-repository' },
    ])
    const built = await buildCorpus({ manifest, out })
    expect(built.card.skipped.map(({ name }) => name)).toEqual(['gone', 'no-repository'])
    expect(formatReport(built.card, built.report)).toContain('SKIPPED  folder gone:')
  })

  test('no package at all is an error', async () => {
    const manifest = testManifest([{ source: 'folder', path: join(folder, 'gone') }])
    await expect(buildCorpus({ manifest, out })).rejects.toThrow(
      "None of the manifest's packages could be had",
    )
  })

  test('no usable file is an error, and nothing is written', async () => {
    const entry: PackageEntry = {
      source: 'folder',
      path: writeFiles(join(folder, 'p'), { 'a.py': pythonModule('x') }),
    }
    await expect(buildCorpus({ manifest: testManifest([entry]), out })).rejects.toThrow(
      'No file of any package',
    )
    expect(readdirSync(folder)).toEqual(['p'])
  })

  test('a folder with something else in it is not overwritten', async () => {
    writeFiles(out, { 'thesis.txt': 'years of work' })
    const manifest = testManifest([folderEntry('p', { 'a.py': pythonModule('x') })])
    await expect(buildCorpus({ manifest, out })).rejects.toThrow('holds something that is not a corpus')
    expect(readFileSync(join(out, 'thesis.txt'), 'utf8')).toBe('years of work')
  })

  test('a damaged shard is found before its first document is given out', async () => {
    await buildCorpus({ manifest: testManifest([folderEntry('p', { 'a.py': pythonModule('apples') })]), out })
    const shard = readCorpusCard(out).shards[0]!
    const text = readFileSync(join(out, shard.file), 'utf8')
    writeFiles(out, { [shard.file]: text.replace('apples', 'maples') })
    const seen: Document[] = []
    await expect(async () => {
      for await (const document of readCorpus(out)) seen.push(document)
    }).rejects.toThrow('missing or damaged')
    expect(seen).toEqual([])
  })

  test('a folder without a corpus, and a damaged card', async () => {
    expect(() => readCorpusCard(folder)).toThrow('There is no corpus')
    writeFiles(folder, { 'corpus.json': '{}' })
    expect(() => readCorpusCard(folder)).toThrow('is damaged')
  })
})

/** The ids of this process's own child processes. */
function childProcesses(): number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)
}

/** A file system of this size at `path`, where the machine lets us mount one. */
function mountSmallDisk(path: string, size: string): boolean {
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a full disk is told in one sentence, and nothing half-written stays', async (context) => {
  const disk = join(folder, 'disk')
  if (!mountSmallDisk(disk, '64k')) context.skip('mounting a small disk needs root')
  try {
    const files = Object.fromEntries(
      Array.from({ length: 250 }, (_, i) => [`m${i}.py`, pythonModule(`thing${i}`)]),
    )
    const manifest = testManifest([folderEntry('p', files)])
    await expect(buildCorpus({ manifest, out: join(disk, 'out') })).rejects.toThrow(
      'No space left on the disk',
    )
    expect(readdirSync(disk)).toEqual([])
  } finally {
    execFileSync('umount', [disk])
  }
})
