import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScriptedEngine } from '../inference/index.ts'
import { createServer, engineCatalogue, type UnderstudyServer } from './index.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-server-'))
const folders = { page: join(root, 'page'), grammars: join(root, 'grammars') }
const own = { host: 'localhost:8420', authorization: 'Bearer secret' }
let server: UnderstudyServer

beforeAll(async () => {
  mkdirSync(join(folders.page, 'assets'), { recursive: true })
  mkdirSync(folders.grammars)
  writeFileSync(join(root, 'outside.html'), 'outside')
  writeFileSync(join(folders.page, 'index.html'), '<title>playground</title>')
  writeFileSync(join(folders.page, '.hidden'), 'hidden')
  writeFileSync(join(folders.page, 'assets/page.js'), 'run()')
  writeFileSync(join(folders.grammars, 'tree-sitter-python.wasm'), 'wasm')
  writeFileSync(join(folders.grammars, 'package.json'), '{}')
  const engine = createScriptedEngine({ '*': 'hello' })
  server = await createServer({ catalogue: engineCatalogue([engine]), token: 'secret', folders })
})

afterAll(async () => {
  await server.shutdown()
  rmSync(root, { recursive: true })
})

type Headers = Record<string, string>
const get = (url: string, headers: Headers = own) => server.app.inject({ url, headers })
const post = (payload: string | object, headers: Headers = {}) =>
  server.app.inject({ method: 'POST', url: '/v1/completions', headers: { ...own, ...headers }, payload })

describe('who may ask', () => {
  it.each(['/v1/models', '/v1/models/scripted', '/understudy/models'])(
    'needs the token for %s',
    async (url) => {
      for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Basic secret', 'secret']) {
        const response = await get(url, { host: 'localhost', authorization })
        expect(response.statusCode).toBe(401)
        expect(response.json()).toMatchObject({ error: { code: 'invalid_api_key' } })
      }
      expect((await get(url)).statusCode).toBe(200)
    },
  )

  it.each(['/', '/health', '/assets/page.js', '/grammars/tree-sitter-python.wasm'])(
    'needs no token for %s',
    async (url) => {
      expect((await get(url, { host: '127.0.0.1:1' })).statusCode).toBe(200)
    },
  )

  it.each([
    'evil.example',
    'evil.example:8420',
    '127.0.0.1.evil.example',
    '192.168.0.7',
    '0.0.0.0',
    'local host',
  ])('refuses the Host %s, even for the page', async (host) => {
    for (const url of ['/', '/health', '/v1/models', '/nowhere'])
      expect((await get(url, { ...own, host })).json()).toMatchObject({ error: { code: 'unknown_host' } })
  })

  it.each(['http://evil.example', 'http://localhost:3000', 'http://127.0.0.1:8420', 'null'])(
    'refuses the Origin %s and never reflects it',
    async (origin) => {
      for (const url of ['/', '/health', '/v1/models']) {
        const response = await get(url, { ...own, origin })
        expect(response.statusCode).toBe(403)
        expect(JSON.stringify(response.headers)).not.toContain(origin)
      }
    },
  )

  it('serves its own page', async () => {
    const response = await get('/v1/models', { ...own, origin: 'http://localhost:8420' })
    expect(response.statusCode).toBe(200)
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('answers no preflight', async () => {
    const headers = {
      host: 'localhost',
      origin: 'http://evil.example',
      'access-control-request-method': 'POST',
    }
    const response = await server.app.inject({ method: 'OPTIONS', url: '/v1/completions', headers })
    expect(response.statusCode).toBe(403)
  })

  it('refuses a WebSocket of another origin as any other request', async () => {
    const address = new URL(await server.app.listen({ port: 0, host: '127.0.0.1' }))
    const status = await new Promise((resolve, reject) => {
      const headers = { connection: 'Upgrade', upgrade: 'websocket', origin: 'http://evil.example' }
      const request = httpRequest({ port: address.port, host: '127.0.0.1', path: '/v1/models', headers })
      request.on('response', (response) => resolve(response.statusCode))
      request.on('upgrade', () => resolve('upgraded'))
      request.on('error', reject)
      request.end()
    })
    expect(status).toBe(403)
  })
})

describe('what every answer carries', () => {
  it.each(['/', '/v1/models', '/nowhere', '/health', '/grammars/tree-sitter-python.wasm'])(
    '%s',
    async (url) => {
      const { headers } = await get(url)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).not.toMatch(/unsafe-eval'(?<!wasm-unsafe-eval')|https?:/)
      if (url === '/v1/models') expect(headers['cache-control']).toBe('no-store')
    },
  )
})

describe('files', () => {
  it('come with their types', async () => {
    expect((await get('/')).headers['content-type']).toMatch('text/html')
    expect((await get('/assets/page.js')).headers['content-type']).toMatch('javascript')
    expect((await get('/grammars/tree-sitter-python.wasm')).headers['content-type']).toBe('application/wasm')
  })

  it.each([
    '/../outside.html',
    '/%2e%2e/outside.html',
    '/..%2foutside.html',
    '/assets/..%5c..%5coutside.html',
    '/.hidden',
    '/assets',
    '/assets/',
    '/grammars/package.json',
    '/grammars/../page/index.html',
    '//etc/passwd',
    '/none.js',
  ])('has nothing at %s', async (url) => {
    const response = await get(url)
    expect(response.statusCode).toBe(404)
    expect(response.json()).toHaveProperty('error.message')
  })

  it('says how to build the page where it is missing', async () => {
    const none = join(root, 'none')
    const bare = await createServer({
      catalogue: engineCatalogue([]),
      token: 'secret',
      folders: { page: none, grammars: none },
    })
    const response = await bare.app.inject({ url: '/', headers: own })
    expect(response.statusCode).toBe(404)
    expect(response.json().error.message).toContain('not built')
  })
})

describe('malformed requests', () => {
  it.each([
    ['no JSON', '{"model":', 400],
    ['an empty body', '', 400],
    ['a list', '[]', 400],
    ['a word', '"hello"', 400],
    ['null', 'null', 400],
    ['a prototype', '{"__proto__":{"model":"scripted"},"prompt":"x"}', 400],
    ['too much', `"${'x'.repeat(2_600_000)}"`, 413],
  ])('%s', async (_, payload, status) => {
    const response = await post(payload, { 'content-type': 'application/json' })
    expect(response.statusCode).toBe(status)
    expect(response.json()).toMatchObject({
      error: { message: expect.any(String), type: 'invalid_request_error' },
    })
  })

  it('another type of content', async () => {
    const response = await post('model=scripted', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(response.statusCode).toBe(415)
    expect(response.json()).toHaveProperty('error.message')
  })

  it('a broken URL, an unknown one, a wrong method', async () => {
    expect((await get('/%zz')).json()).toHaveProperty('error.message')
    expect((await get('/v1/engines')).json()).toMatchObject({ error: { code: 'unknown_url' } })
    const response = await server.app.inject({ method: 'DELETE', url: '/v1/models', headers: own })
    expect(response.statusCode).toBe(404)
    expect(response.json()).toHaveProperty('error.message')
  })

  it('tells nothing of the inside when something unforeseen happens', async () => {
    const broken = { ...engineCatalogue([]), list: () => Promise.reject(new Error('/home/someone/secret')) }
    const { app } = await createServer({ catalogue: broken, token: 'secret' })
    const response = await app.inject({ url: '/v1/models', headers: own })
    expect(response.statusCode).toBe(500)
    expect(response.json()).toMatchObject({ error: { type: 'server_error', code: 'internal_error' } })
    expect(response.body).not.toContain('someone')
  })
})

describe('GET /v1/models', () => {
  it('lists and tells one', async () => {
    const entry = { id: 'scripted', object: 'model', created: expect.any(Number), owned_by: 'understudy' }
    expect((await get('/v1/models')).json()).toEqual({ object: 'list', data: [entry] })
    expect((await get('/v1/models/scripted')).json()).toEqual(entry)
    expect((await get('/v1/models/gpt')).json()).toMatchObject({
      error: { code: 'model_not_found', param: 'model' },
    })
  })
})

describe('/understudy/models', () => {
  it('tells what a model picker shows', async () => {
    const response = await get('/understudy/models')
    expect(response.json().data).toMatchObject([
      { id: 'scripted', infill: true, context_length: 1024, loaded: true, gate: null },
    ])
  })

  it('takes no path where the models are fixed', async () => {
    const add = {
      method: 'POST',
      url: '/understudy/models',
      headers: own,
      payload: { path: '/tmp/x.gguf' },
    } as const
    expect((await server.app.inject(add)).statusCode).toBe(403)
  })
})
