import { existsSync, lstatSync, readlinkSync } from 'node:fs'
import { systemCallFilter } from './system-calls.ts'

/**
 * The walls around untrusted programs: bubblewrap with namespaces of its own for everything Linux has one for, a file
 * system made of read-only toolchains and small memory disks, a system call filter, and never root. Nothing here knows
 * of languages.
 */
export interface Isolation {
  /** Outside path → path inside, read-only. */
  mounts: Record<string, string>
  /** Files that are made inside, read-only: path → contents. */
  files: Record<string, Buffer | string>
  /** A folder outside that may be written to, mounted as `/cache`; only for commands of ours. */
  cacheFolder?: string
  /** Size of each memory disk: `/cell`, `/tmp`, `/dev/shm`. */
  diskBytes: number
  /** Of PID 1, and of what it forks without a command. */
  environment: Record<string, string>
}

/** Nobody's user and group: who programs are inside, and outside too where this process is root. */
export const nobody = 65534

export const bubblewrap = '/usr/bin/bwrap'
const setpriv = '/usr/bin/setpriv'

export interface IsolatedCommand {
  command: string[]
  /** Contents of the descriptors from 3 on, which the command reads to their end. */
  inputs: (Buffer | string)[]
}

/** The command line that runs `command` as PID 1 behind the walls. */
export function isolate(isolation: Isolation, command: string[]): IsolatedCommand {
  const inputs: (Buffer | string)[] = [systemCallFilter()]
  const files = Object.entries({ ...systemFiles, ...isolation.files }).flatMap(([path, contents]) => {
    inputs.push(contents)
    return ['--perms', '0444', '--file', String(inputs.length + 2), path]
  })
  const size = String(isolation.diskBytes)
  return {
    command: [
      ...(isRoot() ? asNobody : []),
      bubblewrap,
      ...['--unshare-all', '--unshare-user', '--uid', String(nobody), '--gid', String(nobody)],
      ...['--new-session', '--die-with-parent', '--as-pid-1', '--hostname', 'sandbox', '--seccomp', '3'],
      ...['--clearenv', ...variables(isolation.environment)],
      ...['--ro-bind', '/usr', '/usr', ...systemFolders(), '--proc', '/proc', '--dev', '/dev'],
      ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
      ...Object.entries(isolation.mounts).flatMap(([from, to]) => ['--ro-bind', from, to]),
      ...files,
      ...(isolation.cacheFolder === undefined ? [] : ['--bind', isolation.cacheFolder, '/cache']),
      ...['/cell', '/tmp', '/dev/shm'].flatMap((folder) => ['--size', size, '--tmpfs', folder]),
      // Both are memory disks without a size limit, made by bubblewrap for its mount points.
      ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/cell'],
      ...['--', ...command],
    ],
    inputs,
  }
}

/** Before a command: makes root nobody, without root's groups, whose files would stay readable. */
export const asNobody = [
  ...[setpriv, '--reuid', String(nobody), '--regid', String(nobody), '--clear-groups', '--'],
]

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

const systemFiles = {
  '/etc/passwd': `nobody:x:${nobody}:${nobody}:nobody:/cell:/usr/sbin/nologin\n`,
  '/etc/group': `nogroup:x:${nobody}:\n`,
  '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
}

function variables(environment: Record<string, string>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value])
}

/** `/bin`, `/lib` and so on, which are links into `/usr` on most systems and folders on others. */
function systemFolders(): string[] {
  return ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].flatMap((folder) => {
    if (!existsSync(folder)) return []
    return lstatSync(folder).isSymbolicLink()
      ? ['--symlink', readlinkSync(folder), folder]
      : ['--ro-bind', folder, folder]
  })
}
