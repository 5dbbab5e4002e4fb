import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../src/lib/index.ts'
import { missing } from './requirements.ts'

describe.skipIf(missing('bubblewrap'))('a second start', () => {
  test('installs nothing and needs no network', () => {
    const stamp = join(projectRoot, 'node_modules/.understudy-lock')
    const bundle = join(projectRoot, 'web/dist/.sources')
    expect(existsSync(stamp) && existsSync(bundle), 'a first start has been').toBe(true)
    const before = [
      statSync(stamp).mtimeMs,
      statSync(join(projectRoot, 'node_modules')).mtimeMs,
      readFileSync(bundle, 'utf8'),
    ]

    const output = execFileSync(
      'bwrap',
      [
        '--dev-bind',
        '/',
        '/',
        '--unshare-net',
        '--die-with-parent',
        process.execPath,
        join(projectRoot, 'test/start-offline.ts'),
      ],
      { cwd: projectRoot, encoding: 'utf8' },
    )
    const findings = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>

    expect(findings).toMatchObject({
      ready: true,
      page: 200,
      completion: 200,
      choices: 1,
      outside: 'not reached',
    })
    expect(findings.stderr).not.toMatch(/Installing|Building/)
    expect([
      statSync(stamp).mtimeMs,
      statSync(join(projectRoot, 'node_modules')).mtimeMs,
      readFileSync(bundle, 'utf8'),
    ]).toEqual(before)
  }, 90_000)
})
