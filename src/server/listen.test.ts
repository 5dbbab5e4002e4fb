import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { createServer, engineCatalogue } from './index.ts'
import { allowedHostsFor, checkExposure, isLoopback, listen } from './listen.ts'

describe('listening', () => {
  it.each(['127.0.0.1', '127.8.4.20', '::1', 'localhost'])('%s is this machine alone', (host) => {
    expect(isLoopback(host)).toBe(true)
    expect(() => checkExposure(host, undefined)).not.toThrow()
  })

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.0.0.1.example.org'])(
    '%s needs a long token of the user’s own',
    (host) => {
      expect(isLoopback(host)).toBe(false)
      expect(() => checkExposure(host, undefined)).toThrow('needs a token of your own')
      expect(() => checkExposure(host, 'short')).toThrow('too short')
      expect(() => checkExposure(host, 'long-enough-to-be-a-key')).not.toThrow()
    },
  )

  it.each(['', 'two words', 'ключ-из-шестнадцати', 'a\nb'])(
    'refuses the token %j, which no header can carry',
    (token) => {
      expect(() => checkExposure('127.0.0.1', token)).toThrow('cannot carry')
    },
  )

  it('goes by the names that the user allows, and by no other name', () => {
    expect(allowedHostsFor('127.0.0.1', [])).toEqual(['127.0.0.1', 'localhost', '[::1]'])
    expect(allowedHostsFor('192.168.1.5', ['Code.Example'])).toEqual([
      '127.0.0.1',
      'localhost',
      '[::1]',
      '192.168.1.5',
      'code.example',
    ])
    const own = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    for (const { address, family } of own)
      expect(allowedHostsFor('0.0.0.0', [])).toContain(family === 'IPv6' ? `[${address}]` : address)
    expect(allowedHostsFor('0.0.0.0', [])).not.toContain('0.0.0.0')
  })

  it('says in a sentence that the port is in use, and which flag helps', async () => {
    const options = { catalogue: engineCatalogue([]), token: 'secret' }
    const first = await createServer(options)
    const second = await createServer(options)
    const url = new URL(await listen(first.app, { host: '127.0.0.1', port: 0 }))
    await expect(listen(second.app, { host: '127.0.0.1', port: Number(url.port) })).rejects.toMatchObject({
      name: 'UserError',
      message: `Port ${url.port} is in use by another program.`,
      hint: expect.stringContaining('--port'),
    })
    await Promise.all([first.shutdown(), second.shutdown()])
  })

  it('says that an address is not of this machine', async () => {
    const { app } = await createServer({ catalogue: engineCatalogue([]), token: 'secret' })
    await expect(listen(app, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({ name: 'UserError' })
  })
})
