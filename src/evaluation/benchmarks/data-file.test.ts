import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { sha256 } from '../../lib/index.ts'
import { locate } from './data-file.ts'
import { readRecords } from './records.ts'

const schema = z.object({ id: z.string() })
const data = gzipSync('{"id": "a"}\n')

let folder: string
let requests: string[]
let server: ReturnType<typeof createServer> | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-benchmarks-'))
  requests = []
})

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
  server = undefined
  rmSync(folder, { recursive: true })
})

async function serve(listener: RequestListener): Promise<string> {
  server = createServer((request, response) => {
    requests.push(request.url ?? '')
    listener(request, response)
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server!.address() as AddressInfo).port}`
}

test('a file is fetched once, through a redirect, and kept', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/a.jsonl.gz') response.writeHead(302, { location: '/b' }).end()
    else response.end(data)
  })
  const file = { path: 'x/a.jsonl.gz', url: `${origin}/a.jsonl.gz`, sha256: sha256(data) }
  for (const _time of [1, 2]) {
    const [line] = await readRecords(file, schema, { cache: folder })
    expect(line?.record).toEqual({ id: 'a' })
  }
  expect(requests).toEqual(['/a.jsonl.gz', '/b'])
  expect(readFileSync(join(folder, 'x/a.jsonl.gz'))).toEqual(data)
})

test('a kept file that no longer has its checksum is fetched again', async () => {
  const origin = await serve((_request, response) => response.end(data))
  const file = { path: 'a.jsonl.gz', url: `${origin}/a.jsonl.gz`, sha256: sha256(data) }
  writeFileSync(join(folder, 'a.jsonl.gz'), 'damaged')
  expect(await readRecords(file, schema, { cache: folder })).toHaveLength(1)
  expect(requests).toHaveLength(1)
})

test('a file that is not compressed at its official place is kept so', async () => {
  const origin = await serve((_request, response) => response.end('{"id": "a"}'))
  const file = { path: 'a.jsonl.gz', url: `${origin}/a.jsonl` }
  expect(await readRecords(file, schema, { cache: folder })).toHaveLength(1)
  expect(existsSync(join(folder, 'a.jsonl'))).toBe(true)
})

test.each<[string, RequestListener, RegExp]>([
  ['another file', (_request, response) => response.end('<html>'), /checksum differs\.$/],
  ['an error', (_request, response) => response.writeHead(503).end(), /fetched: the server answered 503\.$/],
  ['a broken connection', (request) => request.socket.destroy(), /cannot be fetched: .*\.$/],
  [
    'an end before its end',
    (request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('half')
      setImmediate(() => request.socket.destroy())
    },
    /cannot be fetched: .*\.$/,
  ],
])('%s from the official place is one sentence, and nothing is kept', async (_what, listener, message) => {
  const origin = await serve(listener)
  const file = { path: 'a.jsonl.gz', url: `${origin}/a.jsonl.gz`, sha256: sha256(data) }
  await expect(locate(file, { cache: folder })).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(message),
  })
  expect(existsSync(join(folder, 'a.jsonl.gz'))).toBe(false)
})

test('an abort while a server stalls rejects with its reason', async () => {
  const controller = new AbortController()
  const origin = await serve(() => controller.abort(new Error('enough')))
  const file = { path: 'a.jsonl.gz', url: `${origin}/a.jsonl.gz` }
  await expect(locate(file, { cache: folder, signal: controller.signal })).rejects.toThrow('enough')
})

test('in a data folder a file may be unpacked, and lie without its own folder', async () => {
  const file = { path: 'humaneval/a.jsonl.gz', url: 'https://example.org/a.jsonl.gz' }
  await expect(locate(file, { data: folder })).rejects.toThrow(
    `There is no humaneval/a.jsonl.gz in ${folder}.`,
  )
  writeFileSync(join(folder, 'a.jsonl'), '{"id": "a"}')
  expect(await locate(file, { data: folder })).toBe(join(folder, 'a.jsonl'))
})
