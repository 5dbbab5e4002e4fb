import type { FastifyInstance } from 'fastify'
import type { Health } from '../../api/index.ts'

/** `GET /health`: whether the server answers; needs no token. */
export function healthRoute(app: FastifyInstance): void {
  app.get('/health', { config: { open: true } }, async (): Promise<Health> => ({ status: 'ok' }))
}
