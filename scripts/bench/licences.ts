import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { detectLanguage, isAllowed, licenceInHeader, loadManifest, obtain } from '../../src/corpus/index.ts'
import { projectRoot, runProcess, sha256 } from '../../src/lib/index.ts'
import type { Benchmark, Values } from './result.ts'

const FILES = 1000
const NOTHING = 'nothing said'

interface Sample {
  path: string
  text: string
}

/** How often we and Debian's licensecheck read the same licence in a file's head, on files of the corpus's packages. */
export const licenceFigures: Benchmark = {
  name: 'licences',
  title: 'Licences in file headers, against licensecheck',
  cost: 'the packages of corpora/v1.json and the program licensecheck; minutes',
  async measure(): Promise<Values> {
    const samples = await sampleFiles()
    const theirs = await licensecheck(samples)
    const counts: Record<string, number> = {}
    samples.forEach(({ path, text }, i) => {
      const ours = licenceInHeader(text)
      const outcome = compare(ours, theirs[i]!)
      counts[outcome] = (counts[outcome] ?? 0) + 1
      if (process.env.UNDERSTUDY_SHOW !== undefined && !outcome.startsWith('same'))
        console.log(`${outcome} | ${ours ?? NOTHING} | ${theirs[i]} | ${path}`)
    })
    const same = (counts['same licence'] ?? 0) + (counts['same: nothing said'] ?? 0)
    return { files: samples.length, 'same answer, share': same / samples.length, outcomes: counts }
  },
}

/** Source files of all packages, those under licences that are not allowed included, chosen by their checksum. */
async function sampleFiles(): Promise<Sample[]> {
  const chosen: { order: string; sample: Sample }[] = []
  const manifest = loadManifest(join(projectRoot, 'corpora/v1.json'))
  for (const entry of manifest.packages) {
    const archive = await obtain(entry, {})
    if ('unavailable' in archive) continue
    const ofPackage: typeof chosen = []
    await archive.read(({ path, bytes }) => {
      if (!bytes || bytes.length < 200 || bytes.includes(0)) return
      const order = sha256(bytes)
      // An eighth is more than enough, and spares most of the work.
      if (order > '2') return
      const text = Buffer.from(bytes).toString('utf8')
      if (detectLanguage(path, text) === 'unknown') return
      ofPackage.push({ order, sample: { path: `${'name' in entry ? entry.name : ''}/${path}`, text } })
    })
    // So that the largest packages do not decide the figure.
    chosen.push(...ofPackage.sort(byOrder).slice(0, 20))
  }
  return chosen
    .sort(byOrder)
    .slice(0, FILES)
    .map(({ sample }) => sample)
}

function byOrder(a: { order: string }, b: { order: string }): number {
  return a.order < b.order ? -1 : 1
}

async function licensecheck(samples: Sample[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-licences-'))
  try {
    const names = samples.map(({ path }, i) => join(folder, `${i}${extname(path) || '.txt'}`))
    for (const [i, { text }] of samples.entries()) writeFileSync(names[i]!, text.slice(0, 6000))
    const options = ['--machine', '--shortname-scheme=spdx', '--lines', '0', '--']
    const { stdout } = await runProcess('licensecheck', [...options, ...names])
    const found = new Map(stdout.split('\n').map((line) => line.split('\t') as [string, string]))
    return names.map((name) => found.get(name) ?? 'UNKNOWN')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function compare(ours: string | undefined, theirs: string): string {
  const theirNames = namesIn(theirs.replaceAll(/ and\/or | and | or /g, ' AND '))
  const saysNothing = theirs === 'UNKNOWN' || theirNames.length === 0
  if (ours === undefined) return saysNothing ? 'same: nothing said' : 'only licensecheck says something'
  if (ours === 'unknown') return saysNothing ? 'not understood by either' : 'not understood by us alone'
  if (saysNothing) return 'only we say something'
  if (namesIn(ours).join() === theirNames.join()) return 'same licence'
  const theyAllow = theirNames.every(isAllowed)
  if (isAllowed(ours) === theyAllow)
    return theyAllow ? 'other name, both allowed' : 'other name, neither allowed'
  return theyAllow ? 'allowed by licensecheck alone' : 'allowed by us alone'
}

/** The licences in an expression, sorted, in one spelling. */
function namesIn(expression: string): string[] {
  const names = expression
    .split(/ AND | OR |[()]/)
    .map((name) =>
      name
        .trim()
        .replace(/\+$/, '-or-later')
        .replace(/^(Expat)$/, 'MIT')
        .replace(/^public-domain$/i, 'LicenseRef-public-domain'),
    )
    .filter((name) => name !== '' && name !== 'UNKNOWN')
  return [...new Set(names)].sort()
}
