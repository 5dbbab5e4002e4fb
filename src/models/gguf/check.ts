import { checkShapes, type ModelExtents } from './check-shapes.ts'
import { checkVocabulary } from './check-vocabulary.ts'
import { tensorLayouts } from './format.ts'
import { textOf } from './metadata.ts'
import { type GgufHeader, readHeader, refuse } from './read.ts'

/** What a checked file is, in numbers. */
export interface GgufSummary extends ModelExtents {
  /** `general.name`, which may be anything. */
  name: string | undefined
  license: string | undefined
  /** Number of weights. */
  parameters: number
  vocabularySize: number
  /** The type that holds the most weights, such as `Q8_0` or `Q4_K`. */
  quantization: string
  fileBytes: number
}

/**
 * Checks that a GGUF file is one that the runtime can load: a crafted or damaged file may abort the whole
 * process there, read beyond its buffers, or never end. Only the header is read, bounded as {@link readHeader}
 * says, so the check takes milliseconds; whether the weights are good only a checksum can tell. Strict on
 * structure for all architectures, and on every tensor's extents for `qwen3`, which this project writes. Throws a
 * `UserError` that says what is wrong.
 */
export async function checkGguf(path: string): Promise<GgufSummary> {
  return summarize(readHeader(path))
}

/** As {@link checkGguf}, for a header that has been read. */
export function summarize(header: GgufHeader): GgufSummary {
  const { path, metadata } = header
  const type = textOf(path, metadata, 'general.type')
  if (type !== undefined && type !== 'model')
    refuse(path, `it holds ${JSON.stringify(type.slice(0, 40))}, not a whole model`)
  const split = metadata.get('split.count')
  if (split && Number(split.value) > 1)
    refuse(path, 'it is one part of a split model, whose parts have to be merged first')
  const vocabulary = checkVocabulary(header)
  const extents = checkShapes(header, vocabulary.size)
  return {
    ...extents,
    name: textOf(path, metadata, 'general.name'),
    license: textOf(path, metadata, 'general.license'),
    parameters: header.tensors.reduce((sum, tensor) => sum + weightsIn(tensor.shape), 0),
    vocabularySize: vocabulary.size,
    quantization: mostUsedType(header),
    fileBytes: header.fileBytes,
  }
}

function mostUsedType({ tensors }: GgufHeader): string {
  const weights = new Map<number, number>()
  for (const { type, shape } of tensors) weights.set(type, (weights.get(type) ?? 0) + weightsIn(shape))
  const [type] = [...weights].reduce((most, entry) => (entry[1] > most[1] ? entry : most))
  return tensorLayouts.get(type)!.name
}

function weightsIn(shape: number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}
