import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { asNobody, isRoot } from './isolation.ts'
import { keep, readableByNobody } from './kept.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-kept-'))
const made = new Set<string>()
afterAll(() => {
  for (const path of [folder, ...made]) rmSync(path, { recursive: true, force: true })
})

const unique = `test-${process.pid}`

describe('what is kept', () => {
  test('is made once, also by two at the same time', async () => {
    let count = 0
    const make = async (path: string) => {
      count++
      writeFileSync(join(path, 'file'), 'made')
    }
    const [one, two] = await Promise.all([keep(unique, 1, make), keep(unique, 1, make)])
    made.add(one)
    expect(two).toBe(one)
    expect(readFileSync(join(one, 'file'), 'utf8')).toBe('made')
    const before = count
    await keep(unique, 1, make)
    expect(count).toBe(before)
    made.add(await keep(unique, 2, make))
    expect(count).toBe(before + 1)
  })

  test('a failure leaves nothing behind', async () => {
    let path = ''
    const failing = keep(unique, 3, async (temporary) => {
      path = temporary
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(path)).toBe(false)
  })
})

describe.runIf(isRoot())('tools that only root may read', () => {
  test('are copied to where nobody’s user can run them; others are taken as they are', async () => {
    const closed = join(folder, 'closed')
    mkdirSync(join(closed, 'bin'), { recursive: true })
    writeFileSync(join(closed, 'bin/tool'), '#!/bin/sh\necho works\n', { mode: 0o700 })
    chmodSync(closed, 0o700)
    const runAsNobody = (path: string) => {
      const [setpriv = '', ...args] = [...asNobody, path]
      return spawnSync(setpriv, args, { encoding: 'utf8', cwd: '/' }).stdout
    }
    expect(runAsNobody(join(closed, 'bin/tool'))).toBe('')
    const tool = await readableByNobody(join(closed, 'bin/tool'))
    const tools = await readableByNobody(join(closed, 'bin'))
    made.add(dirname(tool)).add(dirname(tools))
    expect(runAsNobody(tool)).toBe('works\n')
    expect(runAsNobody(join(tools, 'tool'))).toBe('works\n')
    expect(await readableByNobody('/usr/bin/env')).toBe('/usr/bin/env')
  })
})
