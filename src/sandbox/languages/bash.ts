import { harnessFile } from '../harness/files.ts'
import type { Language } from './language.ts'

/**
 * Bash. As a script's status is that of its last command, so a program passes where its last command succeeds; errors
 * before that count only under `set -e`. `exit` is never a pass, not even `exit 0`.
 */
export const bash: Language = {
  name: 'bash',
  packages: ['bash'],
  needs: ['/usr/bin/bash'],
  // Where Debian's `awk` leads.
  mounts: ['/etc/alternatives'],
  version: ['/usr/bin/bash', '--version'],
  harness: [harnessFile('harness.sh')],
  prepare: (program) => ({
    files: { 'program.sh': program.source },
    run: ['/usr/bin/bash', '/harness/harness.sh'],
    environment: { LANG: 'C.UTF-8' },
    memoryLimit: 'address-space',
  }),
  ranOutOfMemory: (stderr) => /cannot allocate (memory|\d+ bytes)|Cannot allocate memory/.test(stderr),
}
