/**
 * What some tests need beyond Node: programs of the operating system. `npm test` installs them where it may;
 * a test that needs one says so by `describe.skipIf(missing('torch'))`, and the run's last line counts what was
 * left out. With `UNDERSTUDY_REQUIRE=all` nothing is left out: the tests run and fail.
 */
import { spawnSync } from 'node:child_process'

interface Requirement {
  /** Debian packages that bring it. */
  packages: string[]
  /** Exits with 0 where it is usable. */
  probe: [command: string, ...args: string[]]
}

export const requirements = {
  python: { packages: ['python3'], probe: ['/usr/bin/python3', '--version'] },
  torch: {
    packages: ['python3-torch', 'libopenblas0-openmp'],
    probe: ['/bin/sh', '-c', '/usr/bin/python3 -c "import torch" && ls -d /usr/lib/*/openblas-openmp'],
  },
  chromium: { packages: ['chromium'], probe: ['/usr/bin/chromium', '--version'] },
  bubblewrap: {
    packages: ['bubblewrap'],
    probe: ['bwrap', '--unshare-all', '--unshare-user', '--ro-bind', '/', '/', '--', '/bin/true'],
  },
  xz: { packages: ['xz-utils'], probe: ['xz', '--version'] },
  go: { packages: ['golang-go'], probe: ['/usr/bin/go', 'version'] },
  java: { packages: ['default-jdk-headless'], probe: ['/usr/bin/javac', '-version'] },
  rust: { packages: ['rustc'], probe: ['/usr/bin/rustc', '--version'] },
  cpp: { packages: ['g++'], probe: ['/usr/bin/g++', '--version'] },
  ruby: { packages: ['ruby'], probe: ['/usr/bin/ruby', '--version'] },
  php: { packages: ['php-cli'], probe: ['/usr/bin/php', '--version'] },
  git: { packages: ['git'], probe: ['git', '--version'] },
} satisfies Record<string, Requirement>

export type RequirementName = keyof typeof requirements

/** Whether the program answers on this machine. */
export function isPresent(name: RequirementName): boolean {
  const [command, ...args] = requirements[name].probe
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

/** True where a test that needs `name` is to be left out: it is absent and nobody demands completeness. */
export function missing(name: RequirementName): boolean {
  return process.env.UNDERSTUDY_REQUIRE !== 'all' && !isPresent(name)
}
