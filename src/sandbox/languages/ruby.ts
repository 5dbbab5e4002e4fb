import { harnessFile } from '../harness/files.ts'
import type { Language } from './language.ts'

/** Ruby with its standard gems; unit tests of `test/unit` and `minitest/autorun` run at exit and count. */
export const ruby: Language = {
  name: 'ruby',
  packages: ['ruby'],
  needs: ['/usr/bin/ruby'],
  version: ['/usr/bin/ruby', '--version'],
  harness: [harnessFile('harness.rb')],
  prepare: (program) => ({
    files: { 'program.rb': program.source },
    run: ['/usr/bin/ruby', startFast(program.source), '/harness/harness.rb'],
    environment: { LANG: 'C.UTF-8' },
    memoryLimit: 'address-space',
  }),
  ranOutOfMemory: (stderr) => /NoMemoryError|failed to allocate memory/.test(stderr),
}

/** A program that requires nothing cannot miss RubyGems, which take 40 ms of processor time to load. */
function startFast(source: string): string {
  return /require|gem/i.test(source) ? '--disable=did_you_mean,error_highlight' : '--disable=gems'
}
