import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadToken } from './token.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-token-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('loadToken', () => {
  it('makes a token of 256 bits that only its owner can read, and finds it again', async () => {
    const path = join(folder, 'made', 'token')
    const token = await loadToken(path)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await loadToken(path)).toBe(token)
    expect(readdirSync(join(folder, 'made'))).toEqual(['token'])
  })

  it('makes a different one each time', async () => {
    const tokens = await Promise.all(['a', 'b', 'c'].map((name) => loadToken(join(folder, name))))
    expect(new Set(tokens).size).toBe(3)
  })

  it('replaces one that others could read, and one that is damaged', async () => {
    const path = join(folder, 'token')
    const first = await loadToken(path)
    chmodSync(path, 0o644)
    const second = await loadToken(path)
    expect(second).not.toBe(first)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    writeFileSync(path, 'short\n')
    expect(await loadToken(path)).toHaveLength(43)
    expect(readFileSync(path, 'utf8')).not.toContain('short')
  })
})
