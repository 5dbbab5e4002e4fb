import type { GgufMetadata, GgufValue } from './format.ts'
import { refuse } from './read.ts'

/**
 * Typed views of metadata. A key that is absent gives `undefined`; one of another type than the runtime
 * expects refuses the file, since the runtime would throw on it.
 */

/** A uint32, the type in which the runtime reads every extent and id. */
export function integerOf(path: string, metadata: GgufMetadata, key: string): number | undefined {
  const value = metadata.get(key)
  if (value === undefined) return undefined
  if (value.type !== 'uint32')
    return refuse(path, `${key} is ${describe(value)}, not an unsigned 32-bit integer`)
  return value.value
}

/** A uint32, or an array with one integer a layer. */
export function integersOf(path: string, metadata: GgufMetadata, key: string): number[] | undefined {
  const value = metadata.get(key)
  if (value?.type !== 'array') {
    const integer = integerOf(path, metadata, key)
    return integer === undefined ? undefined : [integer]
  }
  if (value.of !== 'uint32' && value.of !== 'int32')
    refuse(path, `${key} is ${describe(value)}, not integers`)
  return value.value as number[]
}

/** A float32. */
export function realOf(path: string, metadata: GgufMetadata, key: string): number | undefined {
  const value = metadata.get(key)
  if (value === undefined) return undefined
  if (value.type !== 'float32') return refuse(path, `${key} is ${describe(value)}, not a 32-bit real number`)
  return value.value
}

export function textOf(path: string, metadata: GgufMetadata, key: string): string | undefined {
  const value = metadata.get(key)
  if (value === undefined) return undefined
  if (value.type !== 'string') return refuse(path, `${key} is ${describe(value)}, not text`)
  return value.value
}

export function flagOf(path: string, metadata: GgufMetadata, key: string): boolean | undefined {
  const value = metadata.get(key)
  if (value === undefined) return undefined
  if (value.type !== 'bool') return refuse(path, `${key} is ${describe(value)}, not true or false`)
  return value.value
}

export function textsOf(path: string, metadata: GgufMetadata, key: string): string[] | undefined {
  const value = metadata.get(key)
  if (value === undefined) return undefined
  if (value.type !== 'array' || value.of !== 'string') {
    return refuse(path, `${key} is ${describe(value)}, not an array of text`)
  }
  return value.value as string[]
}

function describe(value: GgufValue): string {
  return value.type === 'array' ? `an array of ${value.of}` : `of type ${value.type}`
}
