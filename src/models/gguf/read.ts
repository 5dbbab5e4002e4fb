import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { hasCode, UserError } from '../../lib/index.ts'
import {
  align,
  defaultAlignment,
  type GgufMetadata,
  type GgufTensor,
  type GgufValue,
  ggufMagic,
  maxDimensions,
  maxNameBytes,
  type ScalarType,
  tensorLayouts,
  type ValueType,
  valueTypeCodes,
} from './format.ts'

/**
 * What a file says before its weights. Reading it trusts nothing: every size is held against the bytes that
 * are left before anything is allocated or skipped, and the limits below hold whatever the file claims.
 */
export interface GgufHeader {
  path: string
  version: number
  metadata: GgufMetadata
  tensors: GgufTensor[]
  /** Where the data section starts, in bytes from the start of the file. */
  dataOffset: number
  fileBytes: number
}

/** The largest header read; that of a vocabulary of 262,144 tokens with its merges takes about 20 MB. */
const maxHeaderBytes = 64 * 1024 * 1024
const maxArrayLength = 4 * 1024 * 1024
const maxStringBytes = 4 * 1024 * 1024
/** The runtime compares each key and each tensor name with all before it, so many of them would hang it. */
const maxEntries = 65_536

const chunkBytes = 1024 * 1024

/** Refuses a file: the sentence says what is wrong with it. */
export function refuse(path: string, complaint: string, cause?: unknown): never {
  throw new UserError(
    `${path} is not a usable GGUF model: ${complaint}.`,
    'Download or export the model again, and compare its checksum with the publisher’s.',
    { cause },
  )
}

/**
 * Reads and bounds the header of a GGUF file, version 2 or 3, without touching the weights. Tensors lie one
 * after the other within the file, as the runtime demands. Throws a `UserError` for everything that is wrong.
 */
export function readHeader(path: string): GgufHeader {
  const file = openModel(path)
  try {
    return parseHeader(path, file, fstatSync(file).size)
  } finally {
    closeSync(file)
  }
}

function openModel(path: string): number {
  try {
    // Before the file is opened, since opening a named pipe would wait for a writer.
    if (!statSync(path).isFile()) refuse(path, 'it is not a file')
    return openSync(path, 'r')
  } catch (error) {
    if (error instanceof UserError) throw error
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) {
      throw new UserError(
        `There is no model file at ${path}.`,
        'Check the path, or list what is there: understudy models list',
        {
          cause: error,
        },
      )
    }
    throw new UserError(`${path} cannot be read.`, 'Check the file and its permissions.', { cause: error })
  }
}

function parseHeader(path: string, file: number, fileBytes: number): GgufHeader {
  const source = new HeaderSource(path, file, fileBytes)
  if (source.uint32('the magic number') !== ggufMagic) refuse(path, 'it does not start with “GGUF”')
  const version = source.uint32('the version')
  if (version !== 2 && version !== 3)
    refuse(path, `its version is ${version}, and versions 2 and 3 can be read`)
  const tensorCount = source.size('the number of tensors', maxEntries)
  const metadataCount = source.size('the number of metadata entries', maxEntries)

  const metadata: GgufMetadata = new Map()
  for (let i = 0; i < metadataCount; i++) {
    const key = source.string(`metadata key ${i}`)
    // The runtime ends a key at its first zero byte, and aborts where nothing is left.
    if (!/^[ -~]+$/.test(key)) refuse(path, `metadata key ${i} is empty or not plain ASCII`)
    if (metadata.has(key)) refuse(path, `the metadata key ${key} appears twice`)
    metadata.set(key, readValue(source, key))
  }

  const alignment = alignmentOf(path, metadata)
  const table: Omit<GgufTensor, 'bytes'>[] = []
  for (let i = 0; i < tensorCount; i++) table.push(readTensor(source, i))
  const dataOffset = tensorCount > 0 ? align(source.position, alignment) : source.position
  const tensors = placeTensors(path, table, alignment, fileBytes - dataOffset)
  return { path, version, metadata, tensors, dataOffset, fileBytes }
}

function alignmentOf(path: string, metadata: GgufMetadata): number {
  const value = metadata.get('general.alignment')
  if (value === undefined) return defaultAlignment
  const alignment = value.type === 'uint32' ? value.value : 0
  if (alignment < 1 || alignment > 65_536 || (alignment & (alignment - 1)) !== 0) {
    refuse(path, 'its alignment is not a power of two up to 65536')
  }
  return alignment
}

const typeNames = new Map(
  Object.entries(valueTypeCodes).map(([name, code]) => [code as number, name as ValueType]),
)

function readValue(source: HeaderSource, key: string): GgufValue {
  const type = readType(source, key)
  if (type !== 'array') return { type, value: source.scalar(type, key) } as GgufValue
  const of = readType(source, key)
  if (of === 'array') refuse(source.path, `${key} is an array of arrays, which the runtime refuses`)
  const length = source.size(`the length of ${key}`, maxArrayLength)
  const value: (string | number | bigint | boolean)[] = []
  for (let i = 0; i < length; i++) value.push(source.scalar(of, key))
  return { type, of, value }
}

function readType(source: HeaderSource, key: string): ValueType {
  const code = source.uint32(`the type of ${key}`)
  return typeNames.get(code) ?? refuse(source.path, `${key} has the unknown type ${code}`)
}

/** Names go into messages, and so to terminals: no control characters. */
const printable = /^[^\p{Cc}]+$/u

function readTensor(source: HeaderSource, index: number): Omit<GgufTensor, 'bytes'> {
  const name = source.string(`the name of tensor ${index}`)
  if (!printable.test(name) || Buffer.byteLength(name) > maxNameBytes) {
    refuse(source.path, `tensor ${index} has an empty, broken or too long name`)
  }
  const dimensions = source.uint32(`the dimensions of ${name}`)
  if (dimensions < 1 || dimensions > maxDimensions)
    refuse(source.path, `tensor ${name} has ${dimensions} dimensions`)
  const shape: number[] = []
  for (let i = 0; i < dimensions; i++) {
    const extent = source.size(`an extent of ${name}`, Number.MAX_SAFE_INTEGER)
    if (extent === 0) refuse(source.path, `tensor ${name} has an extent of 0`)
    shape.push(extent)
  }
  const type = source.uint32(`the type of ${name}`)
  if (!tensorLayouts.has(type)) refuse(source.path, `tensor ${name} has the unknown type ${type}`)
  const offset = source.size(`the offset of ${name}`, Number.MAX_SAFE_INTEGER)
  return { name, shape, type, offset }
}

/** Gives each tensor its size in bytes, and holds the table to one gapless sequence inside the file. */
function placeTensors(
  path: string,
  table: Omit<GgufTensor, 'bytes'>[],
  alignment: number,
  dataBytes: number,
): GgufTensor[] {
  const names = new Set<string>()
  let expected = 0
  return table.map((tensor) => {
    const { name, shape } = tensor
    if (names.has(name)) refuse(path, `tensor ${name} appears twice`)
    names.add(name)
    const { blockSize, blockBytes, name: type } = tensorLayouts.get(tensor.type)!
    if (shape[0]! % blockSize !== 0)
      refuse(path, `rows of tensor ${name} do not divide into blocks of ${type}`)
    // As floating-point numbers, so that an absurd product is large, not wrapped around.
    const bytes = (shape.reduce((product, extent) => product * extent, 1) / blockSize) * blockBytes
    if (tensor.offset !== expected) refuse(path, `tensor ${name} does not start where the one before it ends`)
    if (bytes > dataBytes - tensor.offset)
      refuse(path, `it is cut off: tensor ${name} reaches beyond its end`)
    expected = align(tensor.offset + bytes, alignment)
    return { ...tensor, bytes }
  })
}

/** Reads a file's header forwards, a chunk at a time, and never beyond the file or {@link maxHeaderBytes}. */
class HeaderSource {
  readonly path: string
  readonly #file: number
  readonly #end: number
  readonly #limitedByFile: boolean
  #chunk = Buffer.alloc(0)
  #chunkStart = 0
  position = 0

  constructor(path: string, file: number, fileBytes: number) {
    this.path = path
    this.#file = file
    this.#limitedByFile = fileBytes <= maxHeaderBytes
    this.#end = Math.min(fileBytes, maxHeaderBytes)
  }

  /** The next `count` bytes; valid until the next call. */
  #take(count: number, what: string): Buffer {
    if (count > this.#end - this.position) {
      if (this.#limitedByFile) refuse(this.path, `it is cut off: it ends before ${what}`)
      refuse(this.path, `its header is larger than ${maxHeaderBytes / 2 ** 20} MiB`)
    }
    let from = this.position - this.#chunkStart
    if (from + count > this.#chunk.length) {
      const chunk = Buffer.alloc(Math.min(Math.max(count, chunkBytes), this.#end - this.position))
      let filled = 0
      while (filled < chunk.length) {
        const read = readSync(this.#file, chunk, filled, chunk.length - filled, this.position + filled)
        if (read === 0) refuse(this.path, `it became shorter while it was read`)
        filled += read
      }
      this.#chunk = chunk
      this.#chunkStart = this.position
      from = 0
    }
    this.position += count
    return this.#chunk.subarray(from, from + count)
  }

  uint32(what: string): number {
    return this.#take(4, what).readUInt32LE()
  }

  /** A uint64 that counts something: refused above `limit`. */
  size(what: string, limit: number): number {
    const value = this.#take(8, what).readBigUInt64LE()
    if (value > BigInt(limit)) refuse(this.path, `${what} is absurd (${value})`)
    return Number(value)
  }

  string(what: string): string {
    const bytes = this.#take(this.size(`the length of ${what}`, maxStringBytes), what)
    if (!isUtf8(bytes)) refuse(this.path, `${what} is not UTF-8`)
    return bytes.toString('utf8')
  }

  scalar(type: ScalarType, key: string): string | number | bigint | boolean {
    switch (type) {
      case 'string':
        return this.string(key)
      case 'bool':
        return this.#take(1, key).readUInt8() !== 0
      case 'uint8':
        return this.#take(1, key).readUInt8()
      case 'int8':
        return this.#take(1, key).readInt8()
      case 'uint16':
        return this.#take(2, key).readUInt16LE()
      case 'int16':
        return this.#take(2, key).readInt16LE()
      case 'uint32':
        return this.#take(4, key).readUInt32LE()
      case 'int32':
        return this.#take(4, key).readInt32LE()
      case 'float32':
        return this.#take(4, key).readFloatLE()
      case 'float64':
        return this.#take(8, key).readDoubleLE()
      case 'uint64':
        return this.#take(8, key).readBigUInt64LE()
      case 'int64':
        return this.#take(8, key).readBigInt64LE()
    }
  }
}
