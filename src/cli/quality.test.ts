import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { qualityResult } from '../evaluation/index.ts'
import { createScriptedEngine } from '../inference/index.ts'
import { projectRoot, runProcess, UserError } from '../lib/index.ts'
import { createServer, engineCatalogue, listen, type UnderstudyServer } from '../server/index.ts'
import { registerQuality } from './quality.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-quality-'))
const main = join(projectRoot, 'src/cli/main.ts')
let server: UnderstudyServer
let url: string

beforeAll(async () => {
  const engine = createScriptedEngine({ '*': 'pass' })
  server = await createServer({ catalogue: engineCatalogue([engine]), token: 'secret' })
  url = await listen(server.app, { host: '127.0.0.1', port: 0 })
})

afterAll(async () => {
  await server.shutdown(0)
  rmSync(root, { recursive: true })
})

async function refusal(args: string[]): Promise<unknown> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  registerQuality(program)
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} })
  return await program.parseAsync(['quality', ...args], { from: 'user' }).catch((error: unknown) => error)
}

describe('understudy quality', { timeout: 120_000 }, () => {
  it('measures a server, prints tables of 80 columns and keeps the results', async () => {
    const prose = join(root, 'prose')
    mkdirSync(prose)
    writeFileSync(join(prose, 'tale.txt'), 'Once there was a model that told only what it knew.\n')
    const args = ['quality', 'bits', '--server', url, '--token', 'secret', '--prose', prose, '--out', root]
    const { code, stdout } = await runProcess(process.execPath, [main, ...args])
    expect(code).toBe(0)
    expect(stdout).toMatch(/ {2}prose +0\.721 {2}0\.721 … 0\.721 +1 texts\n/)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    const kept = qualityResult.parse(JSON.parse(readFileSync(join(root, 'scripted-bits.json'), 'utf8')))
    expect(kept).toMatchObject({
      part: 'bits',
      model: { name: 'scripted' },
      settings: { 'bytes scored': 51 },
    })
  })

  it('refuses what it cannot measure', async () => {
    expect(await refusal(['poetry'])).toMatchObject({ code: 'commander.invalidArgument' })
    expect(await refusal(['bits', '--overlap', '1'])).toMatchObject({ code: 'commander.invalidArgument' })
    expect(await refusal(['--server', url, '--model', 'x'])).toBeInstanceOf(UserError)
    const bits = await refusal(['bits', '--server', url, '--token', 'secret', '--out', root])
    expect(bits).toMatchObject({ message: 'Bits per byte need text that the model has not seen.' })
  })
})
