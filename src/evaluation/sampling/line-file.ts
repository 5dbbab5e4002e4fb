import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { explainDisk } from '../../lib/index.ts'

/** A file of JSON lines that only grows. Whoever opens one closes it. */
export interface LineFile<T> {
  /** What it held when it was opened. */
  readonly records: T[]
  append(records: readonly T[]): void
  close(): void
}

/**
 * Opens a file of JSON lines, or makes it. A process that was killed may have left half a line at the end: that is
 * cut off, so that the next line begins afresh. A line that is not of the schema is passed over as if it were not
 * there. Throws a `UserError` where the disk is full or the file cannot be written.
 */
export function openLineFile<T>(path: string, schema: z.ZodType<T>): LineFile<T> {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const records = existsSync(path) ? readRecords(path, schema) : []
    const file = openSync(path, 'a')
    return {
      records,
      append(added) {
        if (added.length === 0) return
        try {
          writeSync(file, added.map((record) => `${JSON.stringify(record)}\n`).join(''))
        } catch (error) {
          throw explainDisk(error, path)
        }
      },
      close: () => closeSync(file),
    }
  } catch (error) {
    throw explainDisk(error, path)
  }
}

function readRecords<T>(path: string, schema: z.ZodType<T>): T[] {
  const bytes = readFileSync(path)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) truncateSync(path, end)
  return bytes
    .toString('utf8', 0, end)
    .split('\n')
    .flatMap((line) => {
      const parsed = schema.safeParse(parseJson(line))
      return parsed.success ? [parsed.data] : []
    })
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
