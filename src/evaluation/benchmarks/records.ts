/**
 * Reads the records of a benchmark file. A line that is broken is an error and never passed over: a score on a
 * part of a benchmark misleads whoever compares it.
 */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { z } from 'zod'
import { UserError } from '../../lib/index.ts'
import { bytesOf, type DataFile, type DataOptions, locate } from './data-file.ts'

const MAXIMUM_BYTES = 512 << 20
const inflate = promisify(gunzip)

export interface Line<T> {
  record: T
  /** Its JSON: of a line as it was read, where numbers are as they were written; of a list, written again. */
  json: string
}

/** The records of `file`, found or fetched; see {@link parseRecords} for the errors. */
export async function readRecords<T>(
  file: DataFile,
  schema: z.ZodType<T>,
  options: DataOptions,
): Promise<Line<T>[]> {
  const path = await locate(file, options)
  const bytes = await bytesOf(path, options.signal)
  return parseRecords(bytes, path, schema, `Replace it by the file of ${file.url}.`)
}

/**
 * The records of JSON lines, or of one JSON list where the name ends in `.json`; gzipped where it ends in `.gz`.
 * Everything that is wrong is a `UserError` of one sentence that names the file and, as far as can be said, the line.
 */
export async function parseRecords<T>(
  bytes: Uint8Array,
  path: string,
  schema: z.ZodType<T>,
  hint = 'Replace it by the official file.',
): Promise<Line<T>[]> {
  const text = await textOf(bytes, path, hint)
  const records: Line<T>[] = []
  for (const { where, json, value } of valuesIn(text, path, hint)) {
    const result = schema.safeParse(value)
    if (!result.success)
      throw new UserError(`${where} of ${path} is broken: ${problemIn(result.error)}.`, hint)
    records.push({ record: result.data, json })
  }
  if (records.length === 0) throw new UserError(`${path} holds no problem: it is empty.`, hint)
  return records
}

async function textOf(bytes: Uint8Array, path: string, hint: string): Promise<string> {
  let plain = bytes
  if (path.endsWith('.gz')) {
    if (bytes.length === 0) throw new UserError(`${path} holds no problem: it is empty.`, hint)
    try {
      plain = await inflate(bytes, { maxOutputLength: MAXIMUM_BYTES })
    } catch (error) {
      throw new UserError(`${path} is not a whole gzip file.`, hint, { cause: error })
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch (error) {
    throw new UserError(`${path} is not UTF-8 text.`, hint, { cause: error })
  }
}

function* valuesIn(text: string, path: string, hint: string) {
  const isList = /\.json(?:\.gz)?$/.test(path) && text.trimStart().startsWith('[')
  if (isList) {
    const list = parsed(text, path, hint)
    if (!Array.isArray(list)) throw new UserError(`${path} is not a JSON list.`, hint)
    for (const [index, value] of list.entries())
      yield { where: `Record ${index + 1}`, json: JSON.stringify(value), value: value as unknown }
    return
  }
  for (const [index, json] of text.split('\n').entries()) {
    if (json.trim() === '') continue
    const where = `Line ${index + 1}`
    yield { where, json, value: parsed(json, `${where} of ${path}`, hint) }
  }
}

function parsed(json: string, what: string, hint: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new UserError(`${what} is not JSON.`, hint, { cause: error })
  }
}

function problemIn(error: z.ZodError): string {
  const [issue] = error.issues
  const field = issue?.path.join('.') || 'the record'
  return `${field}: ${issue?.message.replace(/\s+/g, ' ') ?? 'invalid'}`
}
