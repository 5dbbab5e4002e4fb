import { harnessFile } from '../harness/files.ts'
import type { Language } from './language.ts'
import { compileMain, wrapMain } from './native.ts'

/**
 * Rust 2021 by rustc alone: only the standard library, no crates. Not optimized, overflow checked. The standard
 * library is linked dynamically, which halves the time of the unit-test harness.
 */
export const rust: Language = {
  name: 'rust',
  packages: ['rustc', 'gcc'],
  needs: ['/usr/bin/rustc', '/usr/bin/gcc'],
  version: ['/usr/bin/rustc', '--version'],
  harness: [harnessFile('main.c')],
  cache: ['/usr/bin/sh', '-ec', compileMain],
  prepare: (program) => ({
    files: { 'program.rs': program.source },
    compile: [
      ...[
        '/usr/bin/rustc',
        '--edition=2021',
        '--cap-lints=allow',
        ...(program.entry === 'tests' ? ['--test'] : []),
      ],
      ...[
        '-Cprefer-dynamic',
        '-Crpath',
        '-Clinker=/usr/bin/gcc',
        ...wrapMain.map((option) => `-Clink-arg=${option}`),
      ],
      ...['program.rs', '-o', 'program'],
    ],
    run: ['/cell/program'],
    memoryLimit: 'address-space',
  }),
  ranOutOfMemory: (stderr) => /memory allocation of \d+ bytes failed/.test(stderr),
}
