import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../lib/index.ts'
import type { RawFile } from '../document.ts'
import { storeDownload } from '../downloads.ts'
import { buildCorpus, type PackageEntry } from '../index.ts'
import {
  MIT_TEXT,
  pythonModule,
  type TarEntry,
  tarBytes,
  temporaryTestFolder,
  testManifest,
  writeFiles,
} from '../testing/fixtures.ts'
import { debianSources } from './apt.ts'
import { tarballs } from './debian.ts'
import { type Archive, obtain } from './index.ts'
import { readTar } from './tar.ts'

const root = temporaryTestFolder()

function hasPrograms(...names: string[]): boolean {
  return names.every((name) => {
    try {
      execFileSync('which', [name], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

async function obtained(entry: PackageEntry): Promise<Archive> {
  const archive = await obtain(entry, {})
  if ('unavailable' in archive) throw new Error(archive.unavailable)
  return archive
}

async function filesOf(archive: Archive): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  await archive.read((file) => {
    files[file.path] = file.refused ?? Buffer.from(file.bytes ?? '').toString()
  })
  return files
}

async function untar(bytes: Buffer, strip = 0): Promise<RawFile[]> {
  const files: RawFile[] = []
  await readTar(Readable.from([bytes]), strip, (file) => files.push(file))
  return files
}

describe('tar', () => {
  const hostile: TarEntry[] = [
    { path: 'package/../../../etc/cron.d/evil', content: 'x' },
    { path: '/etc/evil', content: 'x' },
    { path: 'package\\..\\evil', content: 'x' },
    { path: 'package/passwd.js', linkpath: '/etc/passwd' },
    { path: 'package/good.js', content: 'good' },
  ]

  test('paths that leave the package and links are reported and never followed', async () => {
    const files = await untar(tarBytes(hostile), 1)
    expect(files.map(({ path, refused }) => [path, refused])).toEqual([
      ['package/../../../etc/cron.d/evil', 'path leaves the package'],
      ['/etc/evil', 'path leaves the package'],
      ['package\\..\\evil', 'path leaves the package'],
      ['passwd.js', 'link'],
      ['good.js', undefined],
    ])
    expect(files.filter(({ bytes }) => bytes !== undefined).map(({ path }) => path)).toEqual(['good.js'])
  })

  test('content comes out as it went in, gzip or not, and every accepted path is inside', async () => {
    const segment = fc.constantFrom('a', 'b.py', '..', '.', '', 'c d', 'é')
    const entry = fc.record({
      path: fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/')),
      content: fc.string({ maxLength: 2000 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (entries, isZipped) => {
          const wanted = entries.filter(({ path }) => path !== '' && !path.endsWith('/'))
          if (wanted.length === 0) return
          const bytes = tarBytes(wanted)
          for (const file of await untar(isZipped ? gzipSync(bytes) : bytes)) {
            if (file.refused !== undefined) continue
            expect(file.path.startsWith('/') || file.path.split('/').includes('..')).toBe(false)
            expect(wanted.map(({ content }) => content)).toContain(Buffer.from(file.bytes!).toString())
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  test('a file over 1 MB is named and not held', async () => {
    const [file] = await untar(tarBytes([{ path: 'big.py', content: 'x'.repeat(1_000_001) }]))
    expect(file).toEqual({ path: 'big.py', size: 1_000_001, bytes: undefined })
  })

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 700)],
    ['cut off in gzip', (bytes: Buffer) => gzipSync(bytes).subarray(0, 60)],
    ['not a tar', () => Buffer.from('hello '.repeat(1000))],
  ])('an archive that is %s throws', async (_what, damage) => {
    const bytes = damage(tarBytes([{ path: 'a.py', content: pythonModule('a').repeat(9) }]))
    await expect(untar(bytes)).rejects.toThrow()
  })
})

describe.skipIf(!hasPrograms('dpkg-deb', 'apt-get', 'gzip'))('debian', () => {
  const copyright = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: Expat\n`
  const mirror = join(root, 'mirror', 'debian')
  let deb: string

  function buildDeb(version: string): string {
    const tree = writeFiles(join(root, `tree-${version}`), {
      'DEBIAN/control': `Package: fruit\nVersion: ${version}\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: fruit\n`,
      'usr/lib/python3/dist-packages/fruit.py': pythonModule('fruit'),
      'usr/share/doc/fruit/copyright': copyright,
    })
    const path = join(mirror, `fruit_${version}_all.deb`)
    execFileSync('dpkg-deb', ['--build', '--root-owner-group', tree, path], { stdio: 'ignore' })
    return path
  }

  beforeAll(() => {
    mkdirSync(mirror, { recursive: true })
    deb = buildDeb('1.0')
    const bytes = readFileSync(deb)
    const index = [
      execFileSync('dpkg-deb', ['--field', deb]).toString().trim(),
      'Filename: ./fruit_1.0_all.deb',
      `Size: ${bytes.length}`,
      `SHA256: ${sha256(bytes)}`,
    ].join('\n')
    writeFileSync(join(mirror, 'Packages'), `${index}\n`)
    const tree = join(root, 'source')
    writeFiles(tree, {
      'fruit-2.0/lib/pears.py': pythonModule('pears'),
      'debian/copyright': copyright,
    })
    execFileSync('tar', ['-czf', join(mirror, 'pome_2.0.orig.tar.gz'), '-C', tree, 'fruit-2.0'])
    execFileSync('tar', ['-czf', join(mirror, 'pome_2.0-1.debian.tar.gz'), '-C', tree, 'debian'])
    const parts = ['pome_2.0.orig.tar.gz', 'pome_2.0-1.debian.tar.gz'].map((name) => {
      const content = readFileSync(join(mirror, name))
      return ` ${sha256(content)} ${content.length} ${name}\n`
    })
    const dsc = `Format: 3.0 (quilt)\nSource: pome\nVersion: 2.0-1\nChecksums-Sha256:\n${parts.join('')}`
    writeFileSync(join(mirror, 'pome_2.0-1.dsc'), dsc)
    const source = `Package: pome\nFormat: 3.0 (quilt)\nBinary: pome\nArchitecture: all\nVersion: 2.0-1\nDirectory: .\nChecksums-Sha256:\n ${sha256(dsc)} ${dsc.length} pome_2.0-1.dsc\n${parts.join('')}`
    writeFileSync(join(mirror, 'Sources'), source)
    const etc = writeFiles(join(root, 'etc'), { 'sources.list': `deb [trusted=yes] file:${mirror} ./\n` })
    process.env.UNDERSTUDY_APT_SOURCES = etc
  })
  afterAll(() => {
    delete process.env.UNDERSTUDY_APT_SOURCES
  })

  test('a package comes from the mirror with version, checksum, files and licence', async () => {
    const archive = await obtained({ source: 'debian', name: 'fruit' })
    expect(archive).toMatchObject({ version: '1.0', checksum: sha256(readFileSync(deb)) })
    const files = await filesOf(archive)
    expect(files['usr/lib/python3/dist-packages/fruit.py']).toBe(pythonModule('fruit'))
    const copyrightPath = 'usr/share/doc/fruit/copyright'
    expect(archive.isEvidence(copyrightPath)).toBe(true)
    expect(archive.licences(new Map([[copyrightPath, files[copyrightPath]!]]))('any.py')).toBe('MIT')
  })

  test('a source package is read from its tarballs', async () => {
    const archive = await obtained({ source: 'debian', name: 'pome', archive: 'source' })
    expect(archive.version).toBe('2.0-1')
    expect(await filesOf(archive)).toEqual({
      'lib/pears.py': pythonModule('pears'),
      'debian/copyright': copyright,
    })
  })

  test('a pinned version that is gone gives the one at hand, and the drift', async () => {
    const archive = await obtained({
      source: 'debian',
      name: 'fruit',
      version: '0.9',
      sha256: sha256('gone'),
    })
    expect(archive.version).toBe('1.0')
    expect(archive.drift).toEqual({
      pinned: `0.9 (${sha256('gone').slice(0, 12)})`,
      atHand: `1.0 (${sha256(readFileSync(deb)).slice(0, 12)})`,
    })
  })

  test('an unknown package is skipped with the words of apt, beside the others', async () => {
    const manifest = testManifest([
      { source: 'debian', name: 'fruit' },
      { source: 'debian', name: 'no-such-package' },
    ])
    const { card } = await buildCorpus({ manifest, out: join(root, 'out-debian') })
    expect(card.packages.map(({ name }) => name)).toEqual(['fruit'])
    expect(card.skipped).toEqual([
      { source: 'debian', name: 'no-such-package', reason: 'Unable to locate package no-such-package' },
    ])
  })

  test.each([100, 900])('a .deb that is cut off after %i bytes is skipped as damaged', async (length) => {
    const cut = join(root, `cut-${length}.deb`)
    copyFileSync(deb, cut)
    truncateSync(cut, length)
    const { checksum } = await storeDownload(cut)
    const entry: PackageEntry = { source: 'debian', name: 'fruit', version: '1.0', sha256: checksum }
    const other: PackageEntry = {
      source: 'folder',
      path: writeFiles(join(root, 'other'), { LICENSE: MIT_TEXT, 'a.py': pythonModule('a') }),
    }
    const { card } = await buildCorpus({
      manifest: testManifest([entry, other]),
      out: join(root, `out-${length}`),
    })
    expect(card.skipped).toEqual([
      { source: 'debian', name: 'fruit', reason: expect.stringContaining('damaged') },
    ])
  })

  test('a stored archive whose bytes have changed is downloaded again', async () => {
    const first = await obtained({ source: 'debian', name: 'fruit' })
    const stored = join(
      process.env.UNDERSTUDY_CACHE!,
      'downloads',
      first.checksum.slice(0, 2),
      first.checksum,
    )
    truncateSync(stored, 50)
    const entry: PackageEntry = { source: 'debian', name: 'fruit', version: '1.0', sha256: first.checksum }
    const again = await obtained(entry)
    expect(again.drift).toBeUndefined()
    expect(await filesOf(again)).toHaveProperty('usr/lib/python3/dist-packages/fruit.py')
  })
})

test("the machine's mirrors are taken in both formats, those of others are not", () => {
  const etc = writeFiles(join(root, 'etc-formats'), {
    'sources.list':
      '# deb http://x/debian a main\ndeb [arch=amd64] http://m.example/debian bookworm main\ndeb https://other.example/apt x main\n',
    'sources.list.d/debian.sources':
      'Types: deb\n# a comment\nURIs: http://m.example/debian-security\nSuites: s\nComponents: main\n\nTypes: deb\nURIs: https://other.example/node\nSuites: x\n',
  })
  expect(debianSources(etc)).toEqual({
    list: 'deb [arch=amd64] http://m.example/debian bookworm main\ndeb-src [arch=amd64] http://m.example/debian bookworm main\n',
    deb822: 'Types: deb deb-src\nURIs: http://m.example/debian-security\nSuites: s\nComponents: main\n\n',
  })
  expect(debianSources(join(root, 'nothing'))).toEqual({ list: '', deb822: '' })
})

test('a .dsc names its tarballs', () => {
  const sum = 'a'.repeat(64)
  const text = `Checksums-Sha1:\n b 1 x.tar.gz\nChecksums-Sha256:\n ${sum} 12 a.orig.tar.xz\n ${sum} 3 a.orig.tar.xz.asc\nFiles:\n c 1 x.tar.gz\n`
  expect(tarballs(text)).toEqual([{ name: 'a.orig.tar.xz', sha256: sum }])
})

describe('npm', () => {
  let server: Server
  const tarball = gzipSync(
    tarBytes([
      { path: 'package/package.json', content: '{"name":"pear","version":"1.2.0","license":"MIT"}' },
      { path: 'package/src/pear.py', content: pythonModule('pear') },
      { path: 'package/../../escape.py', content: pythonModule('escape') },
      { path: 'package/passwd.py', linkpath: '../../../../etc/passwd' },
    ]),
  )

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/pear/-/pear-1.2.0.tgz') return void response.end(tarball)
      if (request.url !== '/pear') return void response.writeHead(404).end('{"error":"Not found"}')
      const { port } = server.address() as AddressInfo
      const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
      const dist = { tarball: `http://127.0.0.1:${port}/pear/-/pear-1.2.0.tgz`, integrity }
      const versions = { '1.2.0': { name: 'pear', version: '1.2.0', dist } }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ name: 'pear', 'dist-tags': { latest: '1.2.0' }, versions }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    process.env.npm_config_registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    process.env.npm_config_cache = join(root, 'npm-cache')
    process.env.npm_config_fetch_retries = '0'
  })
  afterAll(() => {
    server.close()
    for (const name of ['registry', 'cache', 'fetch_retries']) delete process.env[`npm_config_${name}`]
  })

  test('a hostile tarball: what is inside is taken, what points outside is not', async () => {
    const manifest = testManifest([{ source: 'npm', name: 'pear' }])
    const { card, report } = await buildCorpus({ manifest, out: join(root, 'out-npm') })
    expect(card.packages).toMatchObject([
      { name: 'pear', version: '1.2.0', checksum: sha256(tarball), documents: 1 },
    ])
    expect(Object.keys(report.rejected.decode!).sort()).toEqual(['link', 'path leaves the package'])
  })

  test('a pinned version that is gone gives the one at hand, and the drift', async () => {
    const archive = await obtained({ source: 'npm', name: 'pear', version: '1.0.0', sha256: sha256('gone') })
    expect(archive.drift).toEqual({ pinned: '1.0.0', atHand: '1.2.0' })
  })

  test('other bytes under the pinned version are refused', async () => {
    const archive = await obtain(
      { source: 'npm', name: 'pear', version: '1.2.0', sha256: sha256('other') },
      {},
    )
    expect(archive).toEqual({ unavailable: expect.stringContaining('version 1.2.0 came with SHA-256') })
  })

  test('an unknown package says so', async () => {
    const archive = await obtain({ source: 'npm', name: 'no-such-package' }, {})
    expect(archive).toEqual({ unavailable: 'the npm registry has no such package' })
  })
})

describe.skipIf(!hasPrograms('git'))('git', () => {
  test('the files at HEAD, not those of the working tree', async () => {
    const path = writeFiles(join(root, 'repository'), {
      LICENSE: MIT_TEXT,
      'a.py': pythonModule('committed'),
      '.gitignore': 'ignored.py\n',
      'ignored.py': pythonModule('ignored'),
    })
    symlinkSync('/etc/passwd', join(path, 'link.py'))
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', path, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
        stdio: 'ignore',
      })
    git('init')
    git('add', '.')
    git('commit', '-m', 'one')
    writeFiles(path, { 'a.py': pythonModule('changed'), 'untracked.py': pythonModule('untracked') })

    const archive = await obtained({ source: 'git', path })
    expect(archive.version).toMatch(/^[0-9a-f]{40}$/)
    const files = await filesOf(archive)
    expect(files).toEqual({
      LICENSE: MIT_TEXT,
      '.gitignore': 'ignored.py\n',
      'a.py': pythonModule('committed'),
      'link.py': 'link',
    })
    expect(archive.licences(new Map([['LICENSE', files.LICENSE!]]))('a.py')).toBe('MIT')
  })
})
