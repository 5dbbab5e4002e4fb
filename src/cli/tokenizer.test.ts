import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCorpus, type Manifest } from '../corpus/index.ts'
import { type ProcessResult, projectRoot, runProcess } from '../lib/index.ts'
import { registerTokenizer } from './tokenizer.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-cli-tokenizer-'))
const corpus = join(folder, 'corpus')
const path = join(folder, 'tokenizer.json')
let trained: ProcessResult

/** `understudy tokenizer …` as a person runs it. */
function tokenizer(args: string[], input?: string): Promise<ProcessResult> {
  const command = [join(projectRoot, 'src/cli/main.ts'), 'tokenizer', ...args]
  return runProcess(process.execPath, command, input === undefined ? {} : { input })
}

beforeAll(async () => {
  const manifest: Manifest = {
    name: 'small',
    limits: { packageBytes: 1e6, fileBytes: 1e6, testShare: 1 },
    targets: [{ languages: ['javascript', 'typescript'], bytes: 1e6 }],
    packages: [{ source: 'folder', path: join(projectRoot, 'node_modules/commander'), license: 'MIT' }],
  }
  await buildCorpus({ manifest, out: corpus })
  trained = await tokenizer(['train', corpus, '--out', path, '--vocabulary', '512'])
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('understudy tokenizer', () => {
  it('trains on a corpus', () => {
    expect(trained.stderr).toBe('')
    expect(trained.stdout).toMatch(/tokenizer\.json: 512 tokens in [\d.]+ s\nsha256 [0-9a-f]{64}\n$/)
    expect(JSON.parse(readFileSync(path, 'utf8')).tokens).toHaveLength(512)
  })

  it('encodes a file or standard input, and decodes the ids', async () => {
    const text = 'const é = "<|end|>"\n'
    writeFileSync(join(folder, 'text.js'), text)
    const file = await tokenizer(['encode', join(folder, 'text.js'), '--tokenizer', path])
    const piped = await tokenizer(['encode', '-', '--tokenizer', path], text)
    expect(file.stdout).toMatch(/^[\d ]+\n$/)
    expect(piped.stdout).toBe(file.stdout)
    const decoded = await tokenizer(['decode', ...file.stdout.trim().split(' '), '--tokenizer', path])
    expect(decoded.stdout).toBe(text)
  })

  it('counts bytes per token by language', async () => {
    const { stdout } = await tokenizer(['stats', corpus, '--tokenizer', path, '--json'])
    const counts = JSON.parse(stdout) as { language: string; bytes: number; bytesPerToken: number }[]
    const all = counts.at(-1)!
    expect(all.language).toBe('all')
    expect(counts.length).toBeGreaterThan(1)
    expect(counts.slice(0, -1).reduce((sum, count) => sum + count.bytes, 0)).toBe(all.bytes)
    expect(all.bytesPerToken).toBeGreaterThan(1.5)
    const table = await tokenizer(['stats', corpus, '--tokenizer', path])
    expect(Math.max(...table.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it.each([
    [['encode', 'absent.txt'], 'There is no file absent.txt.'],
    [['decode', '512'], '512 is not a token id.'],
    [['stats', 'absent'], 'absent'],
    [['train', 'absent', '--out', 'never.json'], 'absent'],
    [['train', 'x', '--out', 'never.json', '--vocabulary', '-5'], 'whole number'],
  ])('says in a sentence what is wrong with %j', async (args, message) => {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
    registerTokenizer(program)
    const words = ['tokenizer', ...args, ...(args[0] === 'train' ? [] : ['--tokenizer', path])]
    await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow(message)
  })

  it('exits with 1 and no stack trace', async () => {
    const { code, stdout, stderr } = await tokenizer(['encode', 'absent.txt', '--tokenizer', path])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('There is no file absent.txt.')
    expect(stderr).not.toContain('    at ')
  })
})
