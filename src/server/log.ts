import type { FastifyServerOptions } from 'fastify'

/**
 * One JSON line on stderr for each request (`info`), or for what nobody foresaw alone (`error`). A line says
 * method, path, status and time: no query, which may hold the token, no headers and nothing of a body.
 */
export function requestLog(level: 'info' | 'error'): NonNullable<FastifyServerOptions['logger']> {
  return {
    level,
    stream: process.stderr,
    base: null,
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({ method, path: url.split('?')[0] }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
  }
}
