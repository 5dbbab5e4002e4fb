import { harnessFile } from '../harness/files.ts'
import type { Language } from './language.ts'

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
    run: [
      ...['/usr/bin/php', '-d', 'zend.assertions=1', '-d', 'assert.exception=1'],
      // No limit of PHP's own: the sandbox's counts everything.
      ...[
        '-d',
        'display_errors=stderr',
        '-d',
        'log_errors=0',
        '-d',
        'memory_limit=-1',
        '/harness/harness.php',
      ],
    ],
    memoryLimit: 'address-space',
  }),
  ranOutOfMemory: (stderr) => /^Out of memory|Allowed memory size of \d+ bytes exhausted/m.test(stderr),
}
