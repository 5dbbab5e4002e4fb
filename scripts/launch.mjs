// The way in for every npm script and for ./understudy. It is plain JavaScript because it must run on whatever
// Node the machine has: it installs the dependencies where the lock file is not the one they came from, and
// then hands over to the Node that came with them, which runs TypeScript as it is.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lockHash, stampPath } from './install-stamp.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const entries = {
  cli: 'src/cli/main.ts',
  test: 'scripts/test.ts',
  tour: 'scripts/tour.ts',
  bench: 'scripts/bench.ts',
}

function fail(message) {
  process.stderr.write(`understudy: ${message}\n`)
  process.exit(1)
}

function installed() {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lockHash()
}

function install() {
  process.stderr.write('Installing the dependencies (once; about 650 MB in node_modules) …\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const result = spawnSync(npm, ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true' },
  })
  if (result.error) fail(`npm could not be started (${result.error.message}). Install npm 10 or newer.`)
  if (result.status !== 0)
    fail(
      'npm ci failed. The lines above say why; most often the network cannot be reached. Run the same command again.',
    )
}

function findNode() {
  const bundled = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(bundled)) return bundled
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  return fail(
    `this machine's Node is ${process.versions.node}, and the Node 24 that should have come with the dependencies ` +
      'is not there (npm may have been told to ignore install scripts). Run "npm rebuild node", or install Node 22.18 or newer.',
  )
}

const [target = 'cli', ...args] = process.argv.slice(2)
if (!(target in entries)) fail(`there is no "${target}" to start. Known: ${Object.keys(entries).join(', ')}.`)
if (!installed()) install()

const child = spawn(
  findNode(),
  ['--disable-warning=ExperimentalWarning', join(root, entries[target]), ...args],
  {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(root, 'node_modules/node/bin')}:${process.env.PATH ?? ''}` },
  },
)
// A terminal's Ctrl-C reaches the child by itself; passed on, it would count as a second one, which ends at once.
const fromTerminal = process.stdin.isTTY === true
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (!(fromTerminal && signal === 'SIGINT')) child.kill(signal)
  })
child.on('error', (error) => fail(`Node could not be started: ${error.message}.`))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
