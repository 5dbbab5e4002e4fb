/**
 * GGUF version 3, the file format of llama.cpp: a header of typed metadata, a table of tensors, and the
 * tensors' bytes, each aligned. Everything is little-endian. Source: ggml's `docs/gguf.md` and `gguf.cpp`.
 */

/** `GGUF` as a little-endian uint32. */
export const ggufMagic = 0x46554747
export const ggufVersion = 3
/** Bytes to which the data section and each tensor in it are aligned, unless `general.alignment` says otherwise. */
export const defaultAlignment = 32
/** Most dimensions of a tensor (`GGML_MAX_DIMS`). */
export const maxDimensions = 4
/** Longest tensor name in bytes, without the ending zero (`GGML_MAX_NAME` − 1). */
export const maxNameBytes = 63

/** Type codes of metadata values, by their names here. */
export const valueTypeCodes = {
  uint8: 0,
  int8: 1,
  uint16: 2,
  int16: 3,
  uint32: 4,
  int32: 5,
  float32: 6,
  bool: 7,
  string: 8,
  array: 9,
  uint64: 10,
  int64: 11,
  float64: 12,
} as const

export type ValueType = keyof typeof valueTypeCodes
export type ScalarType = Exclude<ValueType, 'array'>

/** One metadata value. 64-bit integers are `bigint`; arrays do not nest (llama.cpp refuses those that do). */
export type GgufValue =
  | {
      type: 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64'
      value: number
    }
  | { type: 'uint64' | 'int64'; value: bigint }
  | { type: 'bool'; value: boolean }
  | { type: 'string'; value: string }
  | { type: 'array'; of: ScalarType; value: (number | bigint | boolean | string)[] }

export type GgufMetadata = Map<string, GgufValue>

/** One row of a file's tensor table. */
export interface GgufTensor {
  name: string
  /** Extents, innermost first. */
  shape: number[]
  /** A key of {@link tensorLayouts}. */
  type: number
  /** Bytes from the start of the data section. */
  offset: number
  bytes: number
}

/** How ggml stores one type of tensor: `blockBytes` bytes for each `blockSize` weights of a row. */
export interface TensorLayout {
  name: string
  blockSize: number
  blockBytes: number
}

/** The tensor types that this project writes, by ggml's type code. */
export const tensorTypeCodes = { F32: 0, F16: 1, Q4_0: 2, Q8_0: 8 } as const

export type TensorType = keyof typeof tensorTypeCodes
/** What the large matrices of a model are stored as. */
export type Quantization = TensorType

/** Every tensor type that ggml reads today, by code; codes that are absent were removed from ggml. */
export const tensorLayouts: ReadonlyMap<number, TensorLayout> = new Map(
  (
    [
      [0, 'F32', 1, 4],
      [1, 'F16', 1, 2],
      [2, 'Q4_0', 32, 18],
      [3, 'Q4_1', 32, 20],
      [6, 'Q5_0', 32, 22],
      [7, 'Q5_1', 32, 24],
      [8, 'Q8_0', 32, 34],
      [9, 'Q8_1', 32, 36],
      [10, 'Q2_K', 256, 84],
      [11, 'Q3_K', 256, 110],
      [12, 'Q4_K', 256, 144],
      [13, 'Q5_K', 256, 176],
      [14, 'Q6_K', 256, 210],
      [15, 'Q8_K', 256, 292],
      [16, 'IQ2_XXS', 256, 66],
      [17, 'IQ2_XS', 256, 74],
      [18, 'IQ3_XXS', 256, 98],
      [19, 'IQ1_S', 256, 50],
      [20, 'IQ4_NL', 32, 18],
      [21, 'IQ3_S', 256, 110],
      [22, 'IQ2_S', 256, 82],
      [23, 'IQ4_XS', 256, 136],
      [24, 'I8', 1, 1],
      [25, 'I16', 1, 2],
      [26, 'I32', 1, 4],
      [27, 'I64', 1, 8],
      [28, 'F64', 1, 8],
      [29, 'IQ1_M', 256, 56],
      [30, 'BF16', 1, 2],
      [34, 'TQ1_0', 256, 54],
      [35, 'TQ2_0', 256, 66],
      [39, 'MXFP4', 32, 17],
      [40, 'NVFP4', 64, 36],
      [41, 'Q1_0', 128, 18],
      [42, 'Q2_0', 64, 18],
    ] as const
  ).map(([code, name, blockSize, blockBytes]) => [code, { name, blockSize, blockBytes }]),
)

/** `general.file_type` of a file whose matrices are stored as the key (`llama_ftype`). */
export const fileTypes: Record<Quantization, number> = { F32: 0, F16: 1, Q4_0: 2, Q8_0: 7 }

/** The next multiple of `alignment` that is not below `offset`. */
export function align(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment
}
