import { type ChildProcess, fork } from 'node:child_process'
import { EngineError } from './engine-error.ts'

/** A child process that is started again when it dies. */
export interface SupervisedProcess<Sent> {
  /** Waits until the process is ready, then sends. Throws {@link EngineError} where it cannot be started. */
  send(message: Sent): Promise<void>
  /** Ends the process for good. */
  dispose(): Promise<void>
  /** Process id, where one is running. */
  readonly pid: number | undefined
}

export interface SupervisionOptions<Sent, Received> {
  module: URL
  /** The first message of each life. */
  greeting: Sent
  /** Tells of a message. `ready` ends the start; a thrown error means that the start failed for good. */
  onMessage(message: Received): 'ready' | undefined
  /** The process died, and what was in flight with it. */
  onDeath(error: EngineError): void
}

/** Waits before a start, in milliseconds, by the number of deaths since the last success. */
const delays = [0, 200, 1_000, 5_000]

/** After this many milliseconds without a death, or one answer, the deaths before are forgotten. */
const forgiveAfter = 60_000

export function superviseProcess<Sent extends object, Received extends object>(
  options: SupervisionOptions<Sent, Received>,
): SupervisedProcess<Sent> {
  let child: ChildProcess | undefined
  let starting: Promise<ChildProcess> | undefined
  let deaths = 0
  let lastDeath = 0
  let disposed = false

  function launch(): Promise<ChildProcess> {
    return new Promise((resolve, reject) => {
      const launched = fork(options.module, [], {
        execArgv: [],
        // Unlike JSON, it keeps NaN and undefined.
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      child = launched
      let ready = false
      let errors = ''
      launched.stderr?.setEncoding('utf8').on('data', (text: string) => {
        errors = (errors + text).slice(-2_000)
      })
      launched.on('message', (message: Received) => {
        try {
          if (options.onMessage(message) !== 'ready') return
          ready = true
          resolve(launched)
        } catch (error) {
          reject(error)
          launched.kill('SIGKILL')
        }
      })
      launched.on('error', (cause) => {
        const problem = `The engine's process could not be started: ${cause.message}.`
        reject(new EngineError('died', problem, { cause }))
      })
      launched.on('exit', (code, signal) => {
        child = undefined
        starting = undefined
        if (disposed) {
          const closed = new EngineError('died', 'The engine was closed.')
          reject(closed)
          options.onDeath(closed)
          return
        }
        deaths = Date.now() - lastDeath > forgiveAfter ? 1 : deaths + 1
        lastDeath = Date.now()
        const death = new EngineError(
          'died',
          `The engine's process died (${signal ?? `exit code ${code}`}) and is started again. Try the request once more.`,
          errors.trim() === '' ? {} : { cause: new Error(errors.trim()) },
        )
        reject(death)
        options.onDeath(death)
        // So that the next request does not wait for it. One that died while it loaded waits until it is asked for.
        if (ready) started().catch(() => {})
      })
      launched.send(options.greeting, () => {})
    })
  }

  function started(): Promise<ChildProcess> {
    if (disposed) return Promise.reject(new EngineError('died', 'The engine was closed.'))
    if (starting) return starting
    if (deaths > delays.length && Date.now() - lastDeath < forgiveAfter)
      return Promise.reject(
        new EngineError(
          'died',
          `The engine's process died ${deaths} times in a row and is left alone for a minute. Check the model file and the free memory.`,
        ),
      )
    const delay = delays[Math.max(0, deaths - 1)] ?? delays.at(-1)!
    starting = (deaths === 0 || delay === 0 ? launch() : wait(delay).then(launch)).catch((error) => {
      starting = undefined
      throw error
    })
    return starting
  }

  return {
    async send(message) {
      const target = await started()
      // A write to a process that is just dying fails here; its 'exit' tells the caller.
      if (target.connected) target.send(message, () => {})
    },
    async dispose() {
      disposed = true
      const running = child
      if (!running || running.exitCode !== null) return
      const exited = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGKILL')
      await exited
    },
    get pid() {
      return child?.pid
    },
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}
