import { type TensorType, tensorLayouts, tensorTypeCodes } from './format.ts'

/**
 * Weights in ggml's block formats, bit for bit as ggml's `quantize_row_q8_0_ref` and `quantize_row_q4_0_ref`
 * make them. All arithmetic is rounded to float32, as C does it.
 */

const f32 = Math.fround
const scratchFloat = new Float32Array(1)
const scratchBits = new Uint32Array(scratchFloat.buffer)

/** The bits of the IEEE 754 half nearest to `value`, ties to even; too large becomes infinity. */
export function toHalf(value: number): number {
  scratchFloat[0] = value
  const bits = scratchBits[0]!
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  // 65520 and above round to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  // Below 2^-14 the half is subnormal: a whole number of 2^-24.
  if (magnitude < 0x38800000) return sign | roundHalfEven(Math.abs(scratchFloat[0]!) * 2 ** 24)
  // Rebias the exponent and round away 13 bits of the fraction; a carry runs into the exponent as it should.
  const rebiased = magnitude - 0x38000000
  return sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13)
}

/** The number that the bits of an IEEE 754 half stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** Bytes that `count` weights take. `count` is a multiple of the type's block size. */
export function bytesOf(type: TensorType, count: number): number {
  const layout = tensorLayouts.get(tensorTypeCodes[type])!
  return (count / layout.blockSize) * layout.blockBytes
}

/** Encodes weights; their number is a multiple of the type's block size (32 for Q8_0 and Q4_0). */
export function quantize(type: TensorType, values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(bytesOf(type, values.length))
  const view = new DataView(bytes.buffer)
  switch (type) {
    case 'F32':
      for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true)
      break
    case 'F16':
      for (let i = 0; i < values.length; i++) view.setUint16(2 * i, toHalf(values[i]!), true)
      break
    case 'Q8_0':
      for (let block = 0; block < values.length / 32; block++) encodeQ8(values, 32 * block, view, 34 * block)
      break
    case 'Q4_0':
      for (let block = 0; block < values.length / 32; block++) encodeQ4(values, 32 * block, view, 18 * block)
      break
  }
  return bytes
}

/** The weights that `bytes` stand for: what the runtime computes with. */
export function dequantize(type: TensorType, bytes: Uint8Array): Float32Array {
  const layout = tensorLayouts.get(tensorTypeCodes[type])!
  const values = new Float32Array((bytes.length / layout.blockBytes) * layout.blockSize)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (type) {
    case 'F32':
      for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(4 * i, true)
      break
    case 'F16':
      for (let i = 0; i < values.length; i++) values[i] = fromHalf(view.getUint16(2 * i, true))
      break
    case 'Q8_0':
      for (let i = 0; i < values.length; i++) {
        const block = 34 * Math.floor(i / 32)
        values[i] = fromHalf(view.getUint16(block, true)) * view.getInt8(block + 2 + (i % 32))
      }
      break
    case 'Q4_0':
      for (let i = 0; i < values.length; i++) {
        const block = 18 * Math.floor(i / 32)
        const pair = view.getUint8(block + 2 + (i % 16))
        const level = i % 32 < 16 ? pair & 0xf : pair >>> 4
        values[i] = fromHalf(view.getUint16(block, true)) * (level - 8)
      }
      break
  }
  return values
}

/** 32 weights as a half scale and 32 signed bytes: the largest magnitude becomes ±127. */
function encodeQ8(values: Float32Array, from: number, view: DataView, to: number): void {
  let largest = 0
  for (let i = 0; i < 32; i++) largest = Math.max(largest, Math.abs(values[from + i]!))
  const scale = f32(largest / 127)
  const inverse = scale === 0 ? 0 : f32(1 / scale)
  view.setUint16(to, toHalf(scale), true)
  for (let i = 0; i < 32; i++) view.setInt8(to + 2 + i, roundAway(f32(values[from + i]! * inverse)))
}

/** 32 weights as a half scale and 32 levels of 4 bits: the weight of largest magnitude becomes level 0, that is −8. */
function encodeQ4(values: Float32Array, from: number, view: DataView, to: number): void {
  let extreme = 0
  for (let i = 0; i < 32; i++)
    if (Math.abs(values[from + i]!) > Math.abs(extreme)) extreme = values[from + i]!
  const scale = f32(extreme / -8)
  const inverse = scale === 0 ? 0 : f32(1 / scale)
  view.setUint16(to, toHalf(scale), true)
  for (let i = 0; i < 16; i++) {
    const low = level(values[from + i]!, inverse)
    const high = level(values[from + 16 + i]!, inverse)
    view.setUint8(to + 2 + i, low | (high << 4))
  }
}

function level(value: number, inverse: number): number {
  return Math.min(15, Math.trunc(f32(f32(value * inverse) + 8.5)))
}

/** C's `roundf`: halves away from zero (`Math.round` takes −0.5 to 0). */
function roundAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value))
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}
