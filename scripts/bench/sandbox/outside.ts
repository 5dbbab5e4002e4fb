import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Program } from '../../../src/sandbox/index.ts'
import { languageOf } from '../../../src/sandbox/languages/languages.ts'
import { wallsFor } from '../../../src/sandbox/walls.ts'

/**
 * The same commands with the same files as in the sandbox, but without it: paths are those outside, and Python starts
 * an interpreter. Only for programs that are known to be harmless.
 */
export async function runOutside(program: Program): Promise<void> {
  const language = languageOf(program.language)
  const prepared = language.prepare(program)
  const folder = mkdtempSync(join(tmpdir(), 'understudy-outside-'))
  try {
    const { mounts } = await wallsFor(language, 1 << 20)
    const paths = new Map([
      ...Object.entries(mounts).map(([outside, inside]) => [inside, outside] as const),
      ['/harness', join(folder, 'harness')],
      ['/cell', folder],
    ])
    const inside = new RegExp(`(?<![\\w/])(${[...paths.keys()].join('|')})(?=$|[/:,])`, 'g')
    const outside = (text: string) => text.replaceAll(inside, (path) => paths.get(path) ?? path)
    const files = prepared.python ? { 'program.py': prepared.python.source } : prepared.files
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), outside(text))
    mkdirSync(join(folder, 'harness'))
    for (const path of language.harness)
      writeFileSync(join(folder, 'harness', basename(path)), outside(readFileSync(path, 'utf8')))
    writeFileSync(join(folder, '.nonce'), 'nonce')
    const environment = Object.entries(prepared.environment ?? {}).map(([name, value]) => [
      name,
      outside(value),
    ])
    const run = prepared.python ? ['/usr/bin/python3', 'program.py'] : prepared.run
    for (const command of [prepared.compile, run])
      if (command) await execute(command.map(outside), folder, Object.fromEntries(environment))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function execute(
  [command, ...args]: string[],
  folder: string,
  environment: Record<string, string>,
): Promise<void> {
  const nonce = openSync(join(folder, '.nonce'), 'r')
  const verdict = openSync('/dev/null', 'w')
  const child = spawn(command!, args, {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', ...environment },
    stdio: ['ignore', 'ignore', 'pipe', nonce, verdict],
  })
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  closeSync(nonce)
  closeSync(verdict)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${said}`)
}
