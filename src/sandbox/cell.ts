import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Duplex, Readable, Writable } from 'node:stream'
import { harnessFile } from './harness/files.ts'
import { type Isolation, isolate } from './isolation.ts'
import type { MemoryLimit } from './languages/language.ts'
import { framed, type MessageReader, readMessages } from './messages.ts'

/**
 * A running sandbox of one language: bubblewrap, and inside it the process that runs one program after the other
 * (`harness/zygote.py`). Whoever opens a cell closes it.
 */
export interface Cell {
  /** One request at a time. Throws {@link CellDied} where the sandbox did not answer. */
  ask(request: StepRequest, timeoutMilliseconds: number): Promise<StepAnswer>
  /** Ends every process in it; resolves when they are gone. */
  close(): Promise<void>
}

/** What the process inside is asked to do; `harness/zygote.py` is the other side. */
export interface StepRequest {
  files?: Record<string, string>
  compile?: string[]
  /** A command; or Python source that a fork of the interpreter runs. */
  run?: string[]
  python?: { source: string; tests: boolean }
  stdin?: string
  environment: Record<string, string>
  memoryLimit: MemoryLimit
  milliseconds: number
  compileMilliseconds: number
  bytes: number
  diskBytes: number
  processes: number
  outputBytes: number
  /** A new program: first, what the last one left is removed. */
  fresh: boolean
}

export interface StepAnswer {
  compile?: StepResult
  run?: StepResult
  /** False where what the last program left could not be removed: nothing was run, and the sandbox has ended. */
  clean: boolean
}

export interface StepResult {
  /** Exit status, or minus the signal. */
  status: number
  endedBy: 'time' | 'memory' | null
  /** The nonce came back. */
  verdict: boolean
  stdout: string
  stderr: string
  milliseconds: number
}

/** The sandbox ended or was stuck; the message is the last of what it said on standard error. */
export class CellDied extends Error {
  override readonly name = 'CellDied'
  /** It could not remove what the program before had left: not the fault of this one. */
  readonly spoilt: boolean

  constructor(message: string, spoilt = false) {
    super(message)
    this.spoilt = spoilt
  }
}

const python = '/usr/bin/python3'
const zygote = Object.fromEntries(
  ['zygote.py', 'zygote_step.py', 'zygote_program.py'].map((name) => [
    `/harness/${name}`,
    readFileSync(harnessFile(name)),
  ]),
)
const startMilliseconds = 60_000
const stderrBytes = 4_096

/** Starts a sandbox; resolves when it takes requests. `preload` imports Python's common modules once for all programs. */
export async function openCell(isolation: Isolation, { preload }: { preload: boolean }): Promise<Cell> {
  const { command, inputs } = isolate({ ...isolation, files: { ...isolation.files, ...zygote } }, [
    python,
    '-s',
    '-X',
    'utf8',
    '/harness/zygote.py',
  ])
  const [program, ...args] = command as [string, ...string[]]
  const child = spawn(program, args, {
    cwd: '/',
    env: {},
    stdio: ['pipe', 'pipe', 'pipe', ...inputs.map(() => 'pipe' as const)],
  })
  const ended = endOf(child)
  inputs.forEach((contents, index) => {
    const pipe = child.stdio[index + 3] as Duplex | null
    pipe?.on('error', () => {}).end(contents)
  })
  const [stdin, stdout, stderr] = child.stdio as unknown as [Writable, Readable, Readable]
  stdin.on('error', () => {})
  let said = ''
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-stderrBytes)
  })
  const answers = readMessages(stdout)

  async function ask(request: StepRequest | { preload: boolean }, milliseconds: number): Promise<StepAnswer> {
    stdin.write(framed(request))
    const answer = (await nextWithin(answers, milliseconds)) as StepAnswer | undefined
    if (answer?.clean) return answer
    await close()
    throw new CellDied(said.trim().split('\n').at(-1) || 'the sandbox does not answer', answer !== undefined)
  }

  async function close(): Promise<void> {
    // The end of standard input ends PID 1, and with it the kernel ends all others.
    stdin.destroy()
    const patience = setTimeout(() => child.kill('SIGKILL'), 2_000)
    await ended
    clearTimeout(patience)
  }

  await ask({ preload }, startMilliseconds)
  return { ask, close }
}

/** Resolves when the process has ended or could not be started. */
async function endOf(child: ChildProcess): Promise<void> {
  await once(child, 'exit').catch(() => {})
}

/** The next message, or undefined at the end of the stream or of the time. */
async function nextWithin(messages: MessageReader, milliseconds: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  try {
    return await Promise.race([messages.next(), late])
  } finally {
    clearTimeout(timer)
  }
}
