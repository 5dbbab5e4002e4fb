import type { AddressInfo } from 'node:net'
import { BlockList, isIP, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { hasCode, UserError } from '../lib/index.ts'
import { loopbackHosts } from './create-server.ts'

/** Characters that a token of the user's own must have where others can reach the server. */
const leastTokenLength = 16

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether only this machine can reach a server that listens on `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4'))
}

/**
 * The names by which a server on `host` may be called: the loopback names, the address itself, for `0.0.0.0` and
 * `::` this machine's addresses, and those that the user allows. Names in DNS have to be allowed one by one, since
 * a foreign site can point a name of its own at any address.
 */
export function allowedHostsFor(host: string, extra: readonly string[]): string[] {
  const everywhere = host === '0.0.0.0' || host === '::'
  const addresses = everywhere
    ? Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? [])
    : [host]
  return [
    ...new Set([...loopbackHosts, ...addresses.map(inHeader), ...extra.map((name) => name.toLowerCase())]),
  ]
}

/** Throws where the token could not be sent, or where others than this machine's user could reach the server without a token that was chosen for that. */
export function checkExposure(host: string, ownToken: string | undefined): void {
  if (ownToken !== undefined && !/^[!-~]+$/.test(ownToken))
    throw new UserError(
      'The token has characters that a request header cannot carry.',
      'Choose one of letters, digits and signs, without spaces.',
    )
  if (isLoopback(host)) return
  if (ownToken === undefined)
    throw new UserError(
      `Listening on ${host} lets other machines reach the server, so it needs a token of your own.`,
      `Give one with --token or UNDERSTUDY_TOKEN, ${leastTokenLength} characters or more, or leave --host out.`,
    )
  if (ownToken.length < leastTokenLength)
    throw new UserError(
      `The token is too short for a server that other machines can reach.`,
      `Choose one of ${leastTokenLength} characters or more.`,
    )
}

/** Starts to listen; answers with the server's URL. A port that cannot be had is a `UserError`. */
export async function listen(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw explainListen(error, host, port)
  }
  const address = app.server.address() as AddressInfo
  return `http://${inHeader(host)}:${address.port}`
}

function explainListen(error: unknown, host: string, port: number): unknown {
  if (hasCode(error, 'EADDRINUSE'))
    return new UserError(
      `Port ${port} is in use by another program.`,
      `Choose another port, such as --port ${port === 65_535 ? 8421 : port + 1}, or stop that program.`,
      { cause: error },
    )
  if (hasCode(error, 'EACCES'))
    return new UserError(
      `Port ${port} needs rights that you do not have.`,
      'Choose a port above 1023 with --port.',
      { cause: error },
    )
  if (
    hasCode(error, 'EADDRNOTAVAIL') ||
    hasCode(error, 'ENOTFOUND') ||
    hasCode(error, 'EAFNOSUPPORT') ||
    hasCode(error, 'EAI_AGAIN')
  )
    return new UserError(
      `${host} is not an address of this machine.`,
      'Leave --host out, or name one of its addresses.',
      { cause: error },
    )
  return error
}

/** An address as it stands in a URL and in the `Host` header. */
function inHeader(host: string): string {
  return isIPv6(host) ? `[${host}]` : host.toLowerCase()
}
