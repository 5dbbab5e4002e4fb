import { harnessFile } from '../harness/files.ts'
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
  prepare: ({ source, entry }) => ({
    files: { 'program.js': source },
    run: runNode('/work/program.js', entry),
    environment: { NO_COLOR: '1' },
    memoryLimit: 'data',
  }),
  ranOutOfMemory: ranOutOfHeap,
}

/** Where `entry` is `tests`, a program passes only if it ran a test of `node:test`. */
export function runNode(path: string, entry: 'main' | 'tests' = 'main'): string[] {
  const harness = ['--require', '/harness/node.cjs']
  return [nodeInside, '--no-warnings', ...harness, path, ...(entry === 'tests' ? ['--tests'] : [])]
}

export function ranOutOfHeap(stderr: string): boolean {
  return /FATAL ERROR: .*(heap|memory|Allocation failed)|RangeError: Array buffer allocation failed/i.test(
    stderr,
  )
}
