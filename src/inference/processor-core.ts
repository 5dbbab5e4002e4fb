import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Cores. One that a small model's process has to itself makes it about 1.4 times as fast: otherwise each token
 * wakes threads (JavaScript's, libuv's) on other cores, whose caches know nothing of the model.
 */

/** Numbers of the cores that this process may use; none where the system does not tell (only Linux does). */
export function allowedCores(): number[] {
  try {
    const status = readFileSync('/proc/self/status', 'utf8')
    return parseCoreList(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? '')
  } catch {
    return []
  }
}

/** The kernel's notation: `0-2,5` are 0, 1, 2 and 5. */
export function parseCoreList(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [, first, last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? []
    if (first === undefined) return []
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i)
  })
}

/** Keeps this process, with all its threads, on one core. Where that cannot be had it runs on as it was. */
export function stayOnCore(core: number): void {
  spawnSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)], { stdio: 'ignore' })
}
