import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { UserError, writeAtomically } from '../../lib/index.ts'
import {
  align,
  defaultAlignment,
  type GgufMetadata,
  type GgufValue,
  ggufMagic,
  ggufVersion,
  type ScalarType,
  type TensorType,
  tensorLayouts,
  tensorTypeCodes,
  valueTypeCodes,
} from './format.ts'
import { bytesOf, quantize } from './quantize.ts'

/** A tensor to be written: its weights come in pieces, so that no more than a piece is in memory. */
export interface TensorSource {
  name: string
  /** Extents, innermost first: the row length, then the number of rows (PyTorch's `[out, in]` is `[in, out]` here). */
  shape: number[]
  type: TensorType
  /** All weights, row after row. Each piece is a multiple of the type's block size. */
  pieces(): Iterable<Float32Array>
}

/**
 * Writes a GGUF file under a temporary name and renames it, so that a file at `path` is always whole. Throws a
 * `UserError` when a row does not divide into blocks, when a tensor's pieces do not add up to its shape, or when
 * the disk is full.
 */
export async function writeGguf(
  path: string,
  metadata: GgufMetadata,
  tensors: TensorSource[],
  signal?: AbortSignal,
): Promise<void> {
  for (const tensor of tensors) assertBlocks(tensor)
  await writeAtomically(path, (temporary) => {
    const file = openSync(temporary, 'wx')
    try {
      const position = writeAll(file, encodeHeader(metadata, tensors))
      writeAll(file, new Uint8Array(align(position, defaultAlignment) - position))
      for (const tensor of tensors) {
        signal?.throwIfAborted()
        writeTensor(file, tensor)
      }
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  })
}

/** Magic, version, counts, metadata and the tensor table: everything before the aligned data section. */
export function encodeHeader(metadata: GgufMetadata, tensors: Omit<TensorSource, 'pieces'>[]): Buffer {
  const parts = [uint32(ggufMagic), uint32(ggufVersion), uint64(tensors.length), uint64(metadata.size)]
  for (const [key, value] of metadata) {
    parts.push(string(key), uint32(valueTypeCodes[value.type]), encodeValue(value))
  }
  let offset = 0
  for (const { name, shape, type } of tensors) {
    parts.push(string(name), uint32(shape.length), ...shape.map(uint64))
    parts.push(uint32(tensorTypeCodes[type]), uint64(offset))
    offset = align(offset + bytesOf(type, weightsIn(shape)), defaultAlignment)
  }
  return Buffer.concat(parts)
}

function writeTensor(file: number, { name, shape, type, pieces }: TensorSource): void {
  let weights = 0
  let bytes = 0
  for (const piece of pieces()) {
    weights += piece.length
    bytes += writeAll(file, quantize(type, piece))
  }
  if (weights !== weightsIn(shape)) {
    throw new UserError(
      `Tensor ${name} has ${weights} weights where its shape ${shape.join(' × ')} asks for ${weightsIn(shape)}.`,
      'Export the weights anew with the recipe that they were trained with.',
    )
  }
  writeAll(file, new Uint8Array(align(bytes, defaultAlignment) - bytes))
}

function assertBlocks({ name, shape, type }: TensorSource): void {
  const { blockSize } = tensorLayouts.get(tensorTypeCodes[type])!
  if (shape[0]! % blockSize !== 0) {
    throw new UserError(
      `Tensor ${name} has rows of ${shape[0]} weights, which ${type} cannot store in blocks of ${blockSize}.`,
      `Choose widths that are multiples of ${blockSize}, or export as F16.`,
    )
  }
}

function weightsIn(shape: number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

/** Writes all of `bytes`, however little the system takes at once; returns their number. */
function writeAll(file: number, bytes: Uint8Array): number {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
  return bytes.length
}

function encodeValue(value: GgufValue): Buffer {
  if (value.type !== 'array') return encodeScalar(value.type, value.value)
  const items = value.value.map((item) => encodeScalar(value.of, item))
  return Buffer.concat([uint32(valueTypeCodes[value.of]), uint64(items.length), ...items])
}

function encodeScalar(type: ScalarType, value: number | bigint | boolean | string): Buffer {
  const bytes = Buffer.alloc(8)
  switch (type) {
    case 'string':
      return string(String(value))
    case 'bool':
      return bytes.subarray(0, bytes.writeUInt8(value ? 1 : 0))
    case 'uint8':
      return bytes.subarray(0, bytes.writeUInt8(Number(value)))
    case 'int8':
      return bytes.subarray(0, bytes.writeInt8(Number(value)))
    case 'uint16':
      return bytes.subarray(0, bytes.writeUInt16LE(Number(value)))
    case 'int16':
      return bytes.subarray(0, bytes.writeInt16LE(Number(value)))
    case 'uint32':
      return bytes.subarray(0, bytes.writeUInt32LE(Number(value)))
    case 'int32':
      return bytes.subarray(0, bytes.writeInt32LE(Number(value)))
    case 'float32':
      return bytes.subarray(0, bytes.writeFloatLE(Number(value)))
    case 'float64':
      return bytes.subarray(0, bytes.writeDoubleLE(Number(value)))
    case 'uint64':
      return bytes.subarray(0, bytes.writeBigUInt64LE(BigInt(value)))
    case 'int64':
      return bytes.subarray(0, bytes.writeBigInt64LE(BigInt(value)))
  }
}

function uint32(value: number): Buffer {
  return encodeScalar('uint32', value)
}

function uint64(value: number): Buffer {
  return encodeScalar('uint64', value)
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([uint64(bytes.length), bytes])
}
