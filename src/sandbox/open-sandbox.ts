import { availableParallelism } from 'node:os'
import { messageOf, UserError } from '../lib/errors.ts'
import { type Cell, CellDied, openCell } from './cell.ts'
import { judge } from './judge.ts'
import { languageOf } from './languages/languages.ts'
import { defaultLimits, type Limits, type Program } from './program.ts'
import { refuse } from './refuse.ts'
import type { Sandbox, SandboxOptions } from './sandbox.ts'
import { findToolchain } from './toolchain.ts'
import { takeTurns } from './turns.ts'
import type { Refused, Verdict } from './verdict.ts'
import { wallsFor } from './walls.ts'

/** A place for one program at a time. It keeps its cell for the next program of the same language. */
interface Slot {
  cell?: { cell: Cell; key: string }
}

/** How often a program is judged when the sandbox died under it. */
const attempts = 2

/**
 * Opens a sandbox for model-written programs. Nothing is started before the first program; where programs cannot be
 * isolated, each is answered with `refused`.
 */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const slots = Array.from({ length: options.slots ?? availableParallelism() }, (): Slot => ({}))
  const turns = takeTurns(slots)
  const running = new Set<Promise<Verdict>>()
  let closed = false

  function run(program: Program, signal?: AbortSignal): Promise<Verdict> {
    const verdict = runInFreeSlot(program, signal)
    running.add(verdict)
    const forget = () => running.delete(verdict)
    verdict.then(forget, forget)
    return verdict
  }

  async function runInFreeSlot(program: Program, signal?: AbortSignal): Promise<Verdict> {
    signal?.throwIfAborted()
    const refused = await refuse(program)
    if (refused) return refused
    const slot = await turns.take(signal)
    try {
      return await runIn(slot, program, { ...defaultLimits, ...options.limits, ...program.limits }, signal)
    } finally {
      turns.give(slot)
    }
  }

  async function runIn(slot: Slot, program: Program, limits: Limits, signal?: AbortSignal): Promise<Verdict> {
    let deaths = 0
    for (;;) {
      let cell: Cell
      try {
        cell = await cellFor(slot, program, limits)
      } catch (error) {
        return noSandbox(error)
      }
      const abort = () => void cell.close()
      signal?.addEventListener('abort', abort, { once: true })
      try {
        signal?.throwIfAborted()
        if (closed) throw new Error('the sandbox is closed')
        return await judge(program, limits, cell.ask)
      } catch (error) {
        await discard(slot)
        signal?.throwIfAborted()
        if (!(error instanceof CellDied)) throw error
        if (!error.spoilt && ++deaths === attempts)
          return {
            outcome: 'failed',
            stage: 'run',
            reason: 'ended the sandbox around it',
            stdout: '',
            stderr: messageOf(error),
            milliseconds: 0,
          }
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    }
  }

  return {
    run,
    toolchain: (language) => findToolchain(languageOf(language)),
    async close() {
      closed = true
      await Promise.all(slots.map(discard))
      await Promise.allSettled(running)
    },
  }
}

/** The slot's own cell where it fits, else a new one. */
async function cellFor(slot: Slot, program: Program, limits: Limits): Promise<Cell> {
  const key = `${program.language} ${limits.diskBytes}`
  if (slot.cell?.key === key) return slot.cell.cell
  await discard(slot)
  const walls = await wallsFor(languageOf(program.language), limits.diskBytes)
  const cell = await openCell(walls, { preload: program.language === 'python' })
  slot.cell = { cell, key }
  return cell
}

async function discard(slot: Slot): Promise<void> {
  const { cell } = slot
  delete slot.cell
  await cell?.cell.close()
}

function noSandbox(error: unknown): Refused {
  const remedy = error instanceof UserError ? ` ${error.hint}` : ''
  return {
    outcome: 'refused',
    cause: 'no-sandbox',
    message: `Programs cannot be isolated here: ${messageOf(error)}${remedy}`,
  }
}
