import { harnessFile } from '../harness/files.ts'
import type { Language } from './language.ts'

const settings = [
  ...['zend.assertions=1', 'assert.exception=1', 'display_errors=stderr', 'log_errors=0'],
  // No limit of PHP's own, since the sandbox's counts everything; and no cache of compiled files, which starts slowly.
  ...['memory_limit=-1', 'opcache.enable=0'],
]

/** PHP with the extensions that Debian's `php-cli` turns on. A failed `assert` throws; errors go to standard error. */
export const php: Language = {
  name: 'php',
  packages: ['php-cli'],
  needs: ['/usr/bin/php'],
  mounts: ['/etc/alternatives', '/etc/php'],
  version: ['/usr/bin/php', '--version'],
  harness: [harnessFile('harness.php')],
  prepare: (program) => ({
    files: { 'program.php': program.source },
    run: ['/usr/bin/php', ...settings.flatMap((setting) => ['-d', setting]), '/harness/harness.php'],
    memoryLimit: 'address-space',
  }),
  ranOutOfMemory: (stderr) => /^Out of memory|Allowed memory size of \d+ bytes exhausted/m.test(stderr),
}
