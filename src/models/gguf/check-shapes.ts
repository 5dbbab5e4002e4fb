import { tensorLayouts } from './format.ts'
import { integerOf, integersOf, realOf, textOf } from './metadata.ts'
import { type Qwen3Shape, qwen3Tensors } from './qwen3.ts'
import { type GgufHeader, refuse } from './read.ts'

/** What every language model says of its size. */
export interface ModelExtents {
  architecture: string
  layers: number
  width: number
  contextLength: number
}

/** The runtime's `LLAMA_MAX_LAYERS` and `LLAMA_MAX_EXPERTS`, beyond which it aborts. */
const maxLayers = 512
const maxExperts = 1024
const maxWidth = 1 << 20
const maxContext = 1 << 28
const maxHeads = 4096

/** Architectures without attention in every layer: they have no heads to name. */
const withoutHeads = /^(mamba2?|rwkv\w*|arwkv7)$/
/** Architectures whose graph needs equal key and value sizes, all of them rotated, and heads in whole groups. */
const plainAttention = new Set(['llama', 'qwen2', 'qwen3', 'starcoder2'])
const ropeScalings = new Set(['none', 'linear', 'yarn', 'longrope'])

/**
 * Refuses metadata on which the runtime aborts (it asserts the counts of layers and experts and divides by the
 * number of heads), and tensors that do not have the extents that the metadata gives them.
 */
export function checkShapes(header: GgufHeader, vocabularySize: number): ModelExtents {
  const { path, metadata } = header
  const architecture = textOf(path, metadata, 'general.architecture')
  if (architecture === undefined) refuse(path, 'general.architecture is missing')
  if (!/^[\w-]{1,64}$/.test(architecture)) refuse(path, 'the name of its architecture is not one')
  const required = (name: string, limit: number): number => {
    const key = `${architecture}.${name}`
    const value = integerOf(path, metadata, key)
    if (value === undefined) return refuse(path, `${key} is missing`)
    if (value < 1 || value > limit) return refuse(path, `${key} is ${value}`)
    return value
  }
  const extents = {
    architecture,
    layers: required('block_count', maxLayers),
    width: required('embedding_length', maxWidth),
    contextLength: required('context_length', maxContext),
  }
  if (!withoutHeads.test(architecture)) {
    checkPerLayer(header, `${architecture}.attention.head_count`, extents.layers, maxHeads, 'required')
    checkPerLayer(header, `${architecture}.feed_forward_length`, extents.layers, maxWidth, 'required')
    checkPerLayer(header, `${architecture}.attention.head_count_kv`, extents.layers, maxHeads, 'optional')
  }
  checkExperts(header, architecture)
  checkRope(header, architecture)
  if (plainAttention.has(architecture)) checkAttention(header, architecture, extents.width)
  checkTypes(header)
  checkEmbedding(header, extents, vocabularySize)
  if (architecture === 'qwen3') checkQwen3(header, extents, vocabularySize)
  return extents
}

function checkPerLayer(
  { path, metadata }: GgufHeader,
  key: string,
  layers: number,
  limit: number,
  need: 'required' | 'optional',
): void {
  const values = integersOf(path, metadata, key)
  if (values === undefined) {
    if (need === 'required') refuse(path, `${key} is missing`)
    return
  }
  const perLayer = metadata.get(key)?.type === 'array'
  if (perLayer && values.length !== layers)
    refuse(path, `${key} has ${values.length} values for ${layers} layers`)
  // A layer may do without attention or feed-forward, but not all of them.
  if (values.some((value) => value < 0 || value > limit) || values.every((value) => value === 0)) {
    refuse(path, `${key} is ${values.slice(0, 4).join(', ')}`)
  }
}

/** The runtime's assertions on mixtures of experts. */
function checkExperts({ path, metadata }: GgufHeader, architecture: string): void {
  const count = integerOf(path, metadata, `${architecture}.expert_count`) ?? 0
  const used = integersOf(path, metadata, `${architecture}.expert_used_count`) ?? [0]
  const most = used.reduce((largest, value) => Math.max(largest, value), 0)
  const groups = integerOf(path, metadata, `${architecture}.expert_group_count`) ?? 0
  const groupsUsed = integerOf(path, metadata, `${architecture}.expert_group_used_count`) ?? 0
  if (count > maxExperts || most > count || (count > 0 && most === 0)) {
    refuse(path, `it uses ${most} of ${count} experts`)
  }
  const groupsFit = groups <= 1 || (count % groups === 0 && groupsUsed > 0 && groupsUsed < groups)
  if ((count === 0 && groups > 0) || (count > 0 && groups >= count) || !groupsFit) {
    refuse(path, `it uses ${groupsUsed} of ${groups} groups of its ${count} experts`)
  }
  const extra = integerOf(path, metadata, `${architecture}.nextn_predict_layers`) ?? 0
  const layers = integerOf(path, metadata, `${architecture}.block_count`) ?? 0
  if (extra > layers) refuse(path, `it has ${extra} extra prediction layers among ${layers}`)
}

function checkRope({ path, metadata }: GgufHeader, architecture: string): void {
  const scaling = textOf(path, metadata, `${architecture}.rope.scaling.type`)
  if (scaling !== undefined && !ropeScalings.has(scaling))
    refuse(path, `its RoPE scaling is of the unknown type ${JSON.stringify(scaling)}`)
  const base = realOf(path, metadata, `${architecture}.rope.freq_base`)
  if (base !== undefined && !(base > 0 && Number.isFinite(base))) refuse(path, `its RoPE base is ${base}`)
}

function checkAttention({ path, metadata }: GgufHeader, architecture: string, width: number): void {
  const heads = integersOf(path, metadata, `${architecture}.attention.head_count`)!
  const kvHeads = integersOf(path, metadata, `${architecture}.attention.head_count_kv`) ?? heads
  for (let layer = 0; layer < Math.max(heads.length, kvHeads.length); layer++) {
    const queries = heads[layer] ?? heads[0]!
    const keys = kvHeads[layer] ?? kvHeads[0]!
    if (keys < 1 || queries % keys !== 0)
      refuse(path, `its ${queries} heads do not divide into ${keys} groups`)
  }
  const normal = Math.floor(width / heads[0]!)
  const size = integerOf(path, metadata, `${architecture}.attention.key_length`) ?? normal
  const value = integerOf(path, metadata, `${architecture}.attention.value_length`) ?? normal
  const rotated = integerOf(path, metadata, `${architecture}.rope.dimension_count`) ?? size
  if (size < 1 || size % 2 !== 0 || size > maxWidth || value !== size || rotated !== size) {
    refuse(path, `its heads have keys of ${size}, values of ${value} and ${rotated} rotated numbers`)
  }
  const epsilon = `${architecture}.attention.layer_norm${architecture === 'starcoder2' ? '' : '_rms'}_epsilon`
  const least = realOf(path, metadata, epsilon)
  if (least === undefined) refuse(path, `${epsilon} is missing`)
  if (!(least >= 0 && least < 1)) refuse(path, `${epsilon} is ${least}`)
}

/** Q8_1 and Q8_K hold activations inside the runtime; as weights they abort it. */
function checkTypes({ path, tensors }: GgufHeader): void {
  const odd = tensors.find(({ type }) => ['Q8_1', 'Q8_K'].includes(tensorLayouts.get(type)!.name))
  if (odd)
    refuse(
      path,
      `tensor ${odd.name} is of type ${tensorLayouts.get(odd.type)!.name}, which is not for weights`,
    )
}

function checkEmbedding({ path, tensors }: GgufHeader, extents: ModelExtents, vocabularySize: number): void {
  const embedding = tensors.find(({ name }) => name === 'token_embd.weight')
  if (embedding === undefined) refuse(path, 'the tensor token_embd.weight is missing')
  expectShape(path, embedding, [extents.width, vocabularySize])
  const last = `blk.${extents.layers - 1}.`
  if (!tensors.some(({ name }) => name.startsWith(last))) {
    refuse(path, `it says that it has ${extents.layers} layers, and the last of them has no tensors`)
  }
}

function checkQwen3(
  { path, metadata, tensors }: GgufHeader,
  extents: ModelExtents,
  vocabularySize: number,
): void {
  const one = (name: string): number => {
    const values = integersOf(path, metadata, `qwen3.${name}`)
    return values?.length === 1 ? values[0]! : refuse(path, `qwen3.${name} is not one number`)
  }
  const heads = one('attention.head_count')
  const shape: Qwen3Shape = {
    layers: extents.layers,
    width: extents.width,
    heads,
    kvHeads: metadata.has('qwen3.attention.head_count_kv') ? one('attention.head_count_kv') : heads,
    headSize: integerOf(path, metadata, 'qwen3.attention.key_length') ?? Math.floor(extents.width / heads),
    feedForward: one('feed_forward_length'),
    vocabularySize,
    contextLength: extents.contextLength,
    ropeBase: 0,
    normEpsilon: 0,
  }
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]))
  const head = byName.get('output.weight')
  if (head) expectShape(path, head, [shape.width, vocabularySize])
  for (const { name, shape: expected } of qwen3Tensors(shape)) {
    const tensor = byName.get(name)
    if (tensor === undefined) refuse(path, `the tensor ${name} is missing`)
    expectShape(path, tensor, expected)
    const type = tensorLayouts.get(tensor.type)!.name
    if (expected.length === 1 && type !== 'F32') refuse(path, `the norm ${name} is of type ${type}, not F32`)
    if (/^(I\d|F64)/.test(type) && expected.length > 1) refuse(path, `tensor ${name} is of type ${type}`)
  }
}

function expectShape(path: string, tensor: { name: string; shape: number[] }, expected: number[]): void {
  // A trailing extent of 1 says nothing.
  const same =
    expected.every((extent, i) => extent === tensor.shape[i]) &&
    tensor.shape.slice(expected.length).every((extent) => extent === 1)
  if (!same) {
    refuse(
      path,
      `tensor ${tensor.name} is ${tensor.shape.join(' × ')} where its metadata asks for ${expected.join(' × ')}`,
    )
  }
}
