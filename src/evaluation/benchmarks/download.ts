import { messageOf, sha256, UserError, writeFileAtomically } from '../../lib/index.ts'

const MAXIMUM_BYTES = 256 << 20
const MAXIMUM_MILLISECONDS = 300_000

export interface DownloadOptions {
  sha256?: string | undefined
  signal?: AbortSignal | undefined
}

/**
 * Fetches `url` to `path` in one step: the file is there whole, with the checksum asked for, or not at all.
 * Redirects are followed. Whatever the network does wrong is a `UserError`; an abort rejects with its reason.
 */
export async function download(url: string, path: string, options: DownloadOptions = {}): Promise<void> {
  const bytes = await bytesAt(url, options.signal)
  if (options.sha256 !== undefined && sha256(bytes) !== options.sha256)
    throw new UserError(
      `What ${url} gave is not the file that is expected: its checksum differs.`,
      'Fetch it by other means, look at it, and give its folder by --data.',
    )
  await writeFileAtomically(path, bytes)
}

async function bytesAt(url: string, signal?: AbortSignal): Promise<Uint8Array> {
  const deadline = AbortSignal.timeout(MAXIMUM_MILLISECONDS)
  try {
    const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
    if (!response.ok) throw new Error(`the server answered ${response.status}`)
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > MAXIMUM_BYTES) throw new Error(`it is larger than ${MAXIMUM_BYTES} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    signal?.throwIfAborted()
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    throw new UserError(
      `${url} cannot be fetched: ${messageOf(cause)}.`,
      'Look at the network, or give a folder with the files by --data.',
      { cause: error },
    )
  }
}
