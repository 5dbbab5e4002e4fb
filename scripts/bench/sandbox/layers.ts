import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sandbox } from '../../../src/sandbox/index.ts'
import { asNobody, bubblewrap, isolate, isRoot } from '../../../src/sandbox/isolation.ts'
import { percentile, type Values } from '../result.ts'

const runs = 15
const nothing = '/usr/bin/true'
const disk = 64 << 20

/** A program that does nothing, started behind one wall more each time, in turns; the last lines are the real thing. */
export async function layerCosts(sandbox: Sandbox): Promise<Values> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-layers-'))
  try {
    const layers = isolationLayers(folder)
    const times = new Map(layers.map(({ name }) => [name, [] as number[]]))
    const forked: number[] = []
    await sandbox.run({ language: 'python', source: 'pass' })
    for (let run = 0; run < runs; run++) {
      for (const { name, command, inputs } of layers) times.get(name)!.push(start(command, inputs))
      const started = performance.now()
      await sandbox.run({ language: 'python', source: 'pass' })
      forked.push(performance.now() - started)
    }
    return {
      ...Object.fromEntries([...times].map(([name, values]) => [name, percentile(values, 0.5)])),
      'Python, a fork of the waiting interpreter': percentile(forked, 0.5),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Layer {
  name: string
  command: string[]
  /** Files that are open as descriptors from 3 on. */
  inputs: string[]
}

function isolationLayers(folder: string): Layer[] {
  const privileges = isRoot() ? asNobody : []
  const files = [
    '--ro-bind',
    '/usr',
    '/usr',
    '--symlink',
    'usr/lib',
    '/lib',
    '--symlink',
    'usr/lib64',
    '/lib64',
  ]
  const namespaces = ['pid', 'net', 'ipc', 'uts', 'cgroup']
  const walls = [...privileges, bubblewrap, '--unshare-user', ...files]
  const whole = (command: string[]) => {
    const { command: words, inputs } = isolate(
      { mounts: {}, files: {}, diskBytes: disk, environment: {} },
      command,
    )
    return {
      command: words,
      inputs: inputs.map((contents, index) => {
        const path = join(folder, String(index))
        writeFileSync(path, contents)
        return path
      }),
    }
  }
  return [
    { name: 'fork and exec', command: [nothing], inputs: [] },
    { name: '+ nobody’s user (setpriv)', command: [...asNobody, nothing], inputs: [] },
    { name: '+ user and mount namespaces (bubblewrap)', command: [...walls, '--', nothing], inputs: [] },
    ...namespaces.map((namespace, index) => ({
      name: `+ ${namespace} namespace`,
      command: [
        ...[...walls, ...namespaces.slice(0, index + 1).map((name) => `--unshare-${name}`)],
        ...['--', nothing],
      ],
      inputs: [],
    })),
    { name: '+ devices, memory disks, system call filter', ...whole([nothing]) },
    { name: '+ limits (prlimit)', ...whole(['/usr/bin/prlimit', '--nproc=64', '--as=1073741824', nothing]) },
    { name: 'Python, started in all of that', ...whole(['/usr/bin/python3', '-c', 'pass']) },
  ]
}

function start([command, ...args]: string[], inputs: string[]): number {
  const descriptors = inputs.map((path) => openSync(path, 'r'))
  const started = performance.now()
  const { status, stderr } = spawnSync(command!, args, {
    stdio: ['ignore', 'ignore', 'pipe', ...descriptors],
    cwd: '/',
    env: {},
  })
  const milliseconds = performance.now() - started
  for (const descriptor of descriptors) closeSync(descriptor)
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`)
  return milliseconds
}
