import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { hasCode, messageOf, UserError } from '../../lib/index.ts'

/**
 * Reading of safetensors: an 8-byte header length, a JSON header, then raw tensors. Only F32, which is what the
 * trainer exports. Specification: https://huggingface.co/docs/safetensors
 */
export interface Safetensors {
  path: string
  /** `__metadata__`: what the writer said about the file. */
  metadata: Record<string, string>
  tensors: Map<string, SafetensorsEntry>
}

export interface SafetensorsEntry {
  name: string
  /** Extents, outermost first, as PyTorch gives them. */
  shape: number[]
  /** Bytes from the start of the file. */
  offset: number
  bytes: number
}

const maxHeaderBytes = 16 * 1024 * 1024

/** Reads and checks the header. Throws a `UserError` for a file that is missing, damaged or not all F32. */
export function readSafetensors(path: string): Safetensors {
  const file = open(path)
  try {
    const fileBytes = fstatSync(file).size
    const length = Number(readAt(path, file, 0, Math.min(8, fileBytes)).readBigUInt64LE())
    if (length > Math.min(maxHeaderBytes, fileBytes - 8)) throw new Error('its header does not fit into it')
    const header: unknown = JSON.parse(readAt(path, file, 8, length).toString('utf8'))
    if (typeof header !== 'object' || header === null) throw new Error('its header is not an object')
    const { __metadata__: metadata = {}, ...entries } = header as Record<string, Record<string, unknown>>
    const tensors = Object.entries(entries).map(([name, entry]) =>
      parseEntry(name, entry, 8 + length, fileBytes),
    )
    return {
      path,
      metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)])),
      tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw damaged(path, messageOf(error), error)
  } finally {
    closeSync(file)
  }
}

/**
 * The weights of a tensor in pieces of at most `pieceLength`, so that no tensor has to fit into memory. Throws a
 * `UserError` at a weight that is not a finite number, which no runtime could use.
 */
export function* readWeights(
  { path }: Safetensors,
  { name, offset, bytes }: SafetensorsEntry,
  pieceLength: number,
): Generator<Float32Array> {
  const file = open(path)
  try {
    for (let done = 0; done < bytes; ) {
      const raw = readAt(path, file, offset + done, Math.min(4 * pieceLength, bytes - done))
      const piece = new Float32Array(raw.length / 4)
      for (let i = 0; i < piece.length; i++) {
        piece[i] = raw.readFloatLE(4 * i)
        if (!Number.isFinite(piece[i])) {
          throw new UserError(
            `The tensor ${name} of ${path} holds weights that are not numbers.`,
            'The training diverged: train again with a lower rate.',
          )
        }
      }
      done += raw.length
      yield piece
    }
  } finally {
    closeSync(file)
  }
}

function parseEntry(
  name: string,
  entry: Record<string, unknown>,
  dataStart: number,
  fileBytes: number,
): SafetensorsEntry {
  const { dtype, shape, data_offsets: offsets } = entry ?? {}
  if (dtype !== 'F32') throw new Error(`the tensor ${name} is ${JSON.stringify(dtype)}, not F32`)
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2)
    throw new Error(`the tensor ${name} is not described`)
  const [start, end] = offsets as [number, number]
  const weights = shape.reduce((product, extent) => product * extent, 1)
  if (end - start !== 4 * weights || dataStart + end > fileBytes) {
    throw new Error(`the tensor ${name} does not lie whole within it`)
  }
  return { name, shape, offset: dataStart + start, bytes: end - start }
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw damaged(path, messageOf(error), error)
    throw new UserError(`There are no weights at ${path}.`, 'Give the path of a .safetensors file.', {
      cause: error,
    })
  }
}

function readAt(path: string, file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const read = readSync(file, buffer, done, length - done, position + done)
    if (read === 0) throw damaged(path, 'it is cut off')
    done += read
  }
  return buffer
}

function damaged(path: string, reason: string, cause?: unknown): UserError {
  return new UserError(
    `The weights ${path} cannot be used: ${reason}.`,
    'Export them again from the training run.',
    { cause },
  )
}
