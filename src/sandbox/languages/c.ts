import { harnessFile } from '../harness/files.ts'
import type { Language } from './language.ts'
import { compileMain, wrapMain } from './native.ts'

const allocations = ['malloc', 'calloc', 'realloc']

/** C17 with GNU extensions by gcc, not optimized, assertions on. */
export const c: Language = {
  name: 'c',
  packages: ['gcc', 'libc6-dev'],
  needs: ['/usr/bin/gcc', '/usr/include/stdlib.h'],
  version: ['/usr/bin/gcc', '--version'],
  harness: [harnessFile('main.c'), harnessFile('allocation.c')],
  cache: ['/usr/bin/sh', '-ec', `${compileMain}; gcc -O1 -c /harness/allocation.c -o /cache/allocation.o`],
  prepare: (program) => ({
    files: { 'program.c': program.source },
    compile: [
      ...['/usr/bin/gcc', '-std=gnu17', '-w', 'program.c', '/cache/allocation.o', ...wrapMain],
      ...allocations.map((name) => `-Wl,--wrap=${name}`),
      ...['-lm', '-pthread', '-o', 'program'],
    ],
    run: ['/cell/program'],
    memoryLimit: 'address-space',
  }),
  ranOutOfMemory: (stderr) => stderr.includes('out of memory'),
}
