/**
 * Processes that take one task after another. A process and not a thread, so that one that runs out of memory or
 * is killed takes nothing with it: its task is given to another. Tasks must therefore bear being begun twice.
 */

import { Tinypool } from 'tinypool'
import { messageOf } from '../lib/index.ts'

export interface WorkerPool<Task, Result> extends AsyncDisposable {
  /** The result, or why there is none: its process died {@link MOST_DEATHS} times. Aborting ends the process. */
  run(task: Task, signal?: AbortSignal): Promise<Result | { died: string }>
}

/** A task that ends its process as often as this is at fault itself. */
const MOST_DEATHS = 3

/** What tinypool's error says of a task whose process ended before it. */
const DEATH = /exited unexpectedly|terminated|EPIPE|ERR_IPC_CHANNEL_CLOSED|channel closed/i

export interface WorkerPoolOptions {
  /** A module whose default export is the function that does a task. */
  module: URL
  processes: number
  /** The most memory for the objects of each, in megabytes. */
  heapMegabytes: number
}

/** The processes start with the first tasks. Task and result are structured clones. */
export function createWorkerPool<Task, Result>(options: WorkerPoolOptions): WorkerPool<Task, Result> {
  const pool = new Tinypool({
    runtime: 'child_process',
    filename: options.module.href,
    // Without it they have no environment at all, and another cache folder than this process.
    env: process.env as Record<string, string>,
    minThreads: 0,
    maxThreads: options.processes,
    // By default a process ends as soon as no task waits, and the next one waits for another to start.
    idleTimeout: 60_000,
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${options.heapMegabytes}`],
  })
  // One that dies between two tasks has lost nothing.
  pool.on('error', () => {})
  return {
    async run(task, signal) {
      for (let deaths = 1; ; deaths++) {
        try {
          return (await pool.run(task, signal ? { signal } : {})) as Result
        } catch (error) {
          signal?.throwIfAborted()
          if (!DEATH.test(messageOf(error))) throw error
          if (deaths === MOST_DEATHS) return { died: `its process died ${deaths} times` }
        }
      }
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  }
}
