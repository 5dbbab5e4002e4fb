import Fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify'
import { toErrorAnswer } from './error-answer.ts'
import type { ModelCatalogue } from './model-catalogue.ts'
import { RequestError } from './request-error.ts'
import { hasToken, hostnameOf, isOwnOrigin } from './request-guard.ts'
import { completionsRoute } from './routes/completions.ts'
import { healthRoute } from './routes/health.ts'
import { modelsRoutes } from './routes/models.ts'
import { type StaticFolders, staticFilesRoutes } from './routes/static-files.ts'
import { understudyModelsRoutes } from './routes/understudy-models.ts'
import { securityHeaders } from './security-headers.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route needs no token. */
    open?: boolean
  }
}

export interface ServerOptions {
  catalogue: ModelCatalogue
  /** What `Authorization: Bearer` must bring. */
  token: string
  /** Host names that the server goes by; any other `Host` is refused. Default: the loopback names. */
  allowedHosts?: readonly string[]
  /** Files that the server hands out; without them it is the API alone. */
  folders?: StaticFolders
  /** Default: no log. */
  logger?: FastifyServerOptions['logger']
}

export interface UnderstudyServer {
  app: FastifyInstance
  /**
   * Takes no more requests, lets those in flight end for up to `grace` milliseconds, then cancels them; at last
   * the engines stop.
   */
  shutdown(grace?: number): Promise<void>
}

export const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/** Bytes in a request body: a prompt and a suffix of the longest allowed length, in ASCII. */
const bodyLimit = 2_500_000

/** Builds the HTTP server; it listens nowhere until `app.listen`. */
export async function createServer(options: ServerOptions): Promise<UnderstudyServer> {
  const { catalogue, token, allowedHosts = loopbackHosts, folders, logger = false } = options
  const stopping = new AbortController()
  const app = Fastify({
    logger,
    bodyLimit,
    forceCloseConnections: 'idle',
    // Time for a request to arrive, not to be answered.
    requestTimeout: 60_000,
    frameworkErrors: (error, _request, reply) => {
      const { status, body } = toErrorAnswer(error)
      void (reply as FastifyReply).code(status).headers(securityHeaders).send(body)
    },
  })

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    const host = hostnameOf(request.headers.host)
    if (!host || !allowedHosts.includes(host))
      throw new RequestError(
        421,
        'This server does not go by the name in the Host header. Allow it with --allowed-host.',
        { code: 'unknown_host' },
      )
    const { origin, authorization } = request.headers
    if (origin !== undefined && !isOwnOrigin(origin, request.headers.host))
      throw new RequestError(403, 'Requests from the pages of another origin are refused.', {
        code: 'foreign_origin',
      })
    if (request.routeOptions.config.open) return
    reply.header('cache-control', 'no-store')
    if (!hasToken(authorization, token)) {
      reply.header('www-authenticate', 'Bearer')
      throw new RequestError(
        401,
        'The token is missing or wrong. Send Authorization: Bearer with the token that understudy serve printed.',
        { code: 'invalid_api_key' },
      )
    }
  })
  app.setErrorHandler((error, request, reply) => {
    const { status, body } = toErrorAnswer(error)
    if (status === 500) request.log.error(error, 'a request failed')
    void reply.code(status).send(body)
  })
  app.setNotFoundHandler((request) => {
    throw new RequestError(
      404,
      `There is no ${request.method} ${request.url.split('?')[0]?.slice(0, 200)} here.`,
      { code: 'unknown_url' },
    )
  })

  healthRoute(app)
  modelsRoutes(app, catalogue)
  completionsRoute(app, catalogue, stopping.signal)
  understudyModelsRoutes(app, catalogue)
  if (folders) await staticFilesRoutes(app, folders)
  await app.ready()

  return {
    app,
    async shutdown(grace = 5_000) {
      const timer = setTimeout(() => stopping.abort(), grace)
      // A client that does not read its answer must not hold the server back.
      const last = setTimeout(() => app.server.closeAllConnections(), grace + 1_000)
      // Fastify closes the connections that are idle now; those in use become idle later.
      const idle = setInterval(() => app.server.closeIdleConnections(), 50)
      try {
        await app.close()
      } finally {
        clearInterval(idle)
        clearTimeout(timer)
        clearTimeout(last)
        await catalogue.dispose()
      }
    },
  }
}
