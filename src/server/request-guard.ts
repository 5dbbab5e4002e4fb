import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Who may speak to the server. A page of another site can make a browser send requests to 127.0.0.1, or rebind
 * its own name to that address; so the `Host` must be a name that this server goes by, an `Origin` must be the
 * server's own, and every call but the page's own files needs the token.
 */

/** The host name of a `Host` header without its port, in lower case; undefined where the header is malformed. */
export function hostnameOf(header: string | undefined): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header ?? '')
  return match?.[1]?.toLowerCase()
}

/** Whether an `Origin` header is the page of the server that the `Host` header names. */
export function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

/** Compares the `Authorization` header with the token in a time that does not depend on where they differ. */
export function hasToken(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
