import type { Language } from './language.ts'

/**
 * Python, with the standard library and Debian's packages. A program runs in a fork of an interpreter that is up already
 * and has the common modules loaded. `entry: 'tests'` runs `unittest` cases and `test…` functions.
 */
export const python: Language = {
  name: 'python',
  packages: ['python3'],
  needs: ['/usr/bin/python3'],
  mounts: ['/etc/alternatives', '/etc/python3'],
  version: ['/usr/bin/python3', '--version'],
  harness: [],
  prepare: ({ source, entry }) => ({
    files: {},
    run: [],
    python: { source, tests: entry === 'tests' },
    memoryLimit: 'address-space',
  }),
  ranOutOfMemory: (stderr) => /^MemoryError\b/m.test(stderr),
}
