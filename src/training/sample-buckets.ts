import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Samples on their way to the shards. Each goes to a bucket drawn at random; a bucket is a file small enough
 * to be packed and shuffled in memory. So the rows of all shards are shuffled as a whole, and memory is
 * bounded however large the corpus is. A record is a length and that many ids, little-endian uint16.
 */
export interface SampleBuckets {
  add(bucket: number, sample: readonly number[]): void
  /** The samples of one bucket, in the order they were added; its file is removed. */
  take(bucket: number): Uint16Array[]
  /** Closes the files; call it when done, in any case. */
  dispose(): void
}

const bufferIds = 1 << 15

export function createSampleBuckets(folder: string, count: number): SampleBuckets {
  const paths = Array.from({ length: count }, (_, bucket) => join(folder, `bucket-${bucket}`))
  const files = paths.map((path) => openSync(path, 'w'))
  const buffers = paths.map(() => ({ ids: new Uint16Array(bufferIds), used: 0 }))

  function flush(bucket: number): void {
    const buffer = buffers[bucket]!
    writeAll(files[bucket]!, new Uint8Array(buffer.ids.buffer, 0, buffer.used * 2))
    buffer.used = 0
  }

  return {
    add(bucket, sample) {
      const buffer = buffers[bucket]!
      if (buffer.used + sample.length + 1 > bufferIds) flush(bucket)
      buffer.ids[buffer.used] = sample.length
      buffer.ids.set(sample, buffer.used + 1)
      buffer.used += sample.length + 1
    },
    take(bucket) {
      flush(bucket)
      const bytes = readFileSync(paths[bucket]!)
      const ids = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)
      const samples: Uint16Array[] = []
      for (let at = 0; at < ids.length; ) {
        const length = ids[at]!
        samples.push(ids.subarray(at + 1, at + 1 + length))
        at += 1 + length
      }
      rmSync(paths[bucket]!)
      return samples
    },
    dispose() {
      for (const file of files) closeSync(file)
    },
  }
}

/** `writeSync` may write less than it was given, when the disk is nearly full; the next call then says so. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
