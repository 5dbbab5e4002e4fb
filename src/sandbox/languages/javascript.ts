import { harnessFile } from '../harness/files.ts'
import { defaultLimits } from '../program.ts'
import type { Language } from './language.ts'

const node = process.execPath
const nodeInside = '/tools/node'

/** JavaScript on the Node that runs this process; a module where the source has `import` or `export`, else CommonJS. */
export const javascript: Language = {
  name: 'javascript',
  packages: [],
  needs: [node],
  tools: { [node]: nodeInside },
  version: [node, '--version'],
  harness: [harnessFile('node.cjs')],
  prepare: ({ source, entry, limits }) => ({
    files: { 'program.js': source },
    run: runNode('/cell/program.js', entry, limits?.bytes),
    environment: { NO_COLOR: '1' },
    memoryLimit: 'resident',
  }),
  ranOutOfMemory: ranOutOfHeap,
}

/** The heap is three quarters of the limit: code, stacks and buffers need the rest. Where `entry` is `tests`, a program passes only if it ran a test of `node:test`. */
export function runNode(path: string, entry = 'main', bytes = defaultLimits.bytes): string[] {
  const heap = `--max-old-space-size=${Math.floor((0.75 * bytes) / 2 ** 20)}`
  const harness = [heap, '--require', '/harness/node.cjs']
  return [nodeInside, '--no-warnings', ...harness, path, ...(entry === 'tests' ? ['--tests'] : [])]
}

export function ranOutOfHeap(stderr: string): boolean {
  return /FATAL ERROR: .*(heap|memory|Allocation failed)|Fatal \w+ out of memory|RangeError: Array buffer allocation failed/i.test(
    stderr,
  )
}
