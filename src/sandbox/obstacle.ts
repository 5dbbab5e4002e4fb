import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { asNobody, bubblewrap, isRoot } from './isolation.ts'

const needed = {
  [bubblewrap]: 'bubblewrap',
  '/usr/bin/setpriv': 'util-linux',
  '/usr/bin/python3': 'python3',
}

/** Why no program can be isolated on this machine, with what to do, as one sentence; undefined where it can. */
export function findObstacle(): string | undefined {
  known ??= { obstacle: look() }
  return known.obstacle
}

let known: { obstacle: string | undefined } | undefined

function look(): string | undefined {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))
    return `the sandbox needs Linux on x86-64 or ARM64, and this is ${process.platform} on ${process.arch}.`
  for (const [path, name] of Object.entries(needed))
    if (!existsSync(path))
      return `${path} does not exist; install ${name}, on Debian and Ubuntu by apt-get install ${name}.`
  const options = ['--unshare-all', '--unshare-user', '--size', '4096', '--tmpfs', '/tmp']
  const walls = [bubblewrap, ...options, '--ro-bind', '/usr', '/usr', '--proc', '/proc', '--']
  const program = ['/usr/bin/true']
  const [command, ...args] = [...(isRoot() ? asNobody : []), ...walls] as [string, ...string[]]
  const links = ['/lib', '/lib64'].flatMap((folder) => ['--ro-bind-try', folder, folder])
  const { status, stderr } = spawnSync(command, [...args.slice(0, -1), ...links, '--', ...program], {
    encoding: 'utf8',
    cwd: '/',
    env: {},
  })
  if (status === 0) return undefined
  const said = stderr?.trim().split('\n').at(-1)
  return `bubblewrap 0.8 or newer must be able to make namespaces, and says "${said}"; allow user namespaces (sysctl user.max_user_namespaces, or kernel.apparmor_restrict_unprivileged_userns).`
}
