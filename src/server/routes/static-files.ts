import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { RequestError } from '../request-error.ts'
import { staticPath } from '../static-path.ts'

export interface StaticFolders {
  /** The built playground, with `index.html`. */
  page: string
  /** The `.wasm` files of tree-sitter and its grammars. */
  grammars: string
}

/** `/`, the playground's files, and `/grammars/*.wasm`. They hold no secret and need no token. */
export async function staticFilesRoutes(app: FastifyInstance, folders: StaticFolders): Promise<void> {
  await app.register(fastifyStatic, { root: folders.page, serve: false })
  const open = { config: { open: true } }

  app.get('/', open, (_, reply) => sendFrom(reply, folders.page, 'index.html'))
  app.get<{ Params: { '*': string } }>('/grammars/*', open, ({ params }, reply) =>
    sendFrom(reply, folders.grammars, params['*'].endsWith('.wasm') ? params['*'] : ''),
  )
  app.get<{ Params: { '*': string } }>('/*', open, ({ params }, reply) =>
    sendFrom(reply, folders.page, params['*']),
  )
}

function sendFrom(reply: FastifyReply, folder: string, name: string): FastifyReply {
  const path = staticPath(folder, name)
  if (path && existsSync(path)) return reply.sendFile(basename(path), dirname(path), { dotfiles: 'deny' })
  if (name === 'index.html')
    throw new RequestError(404, 'The playground is not built. Run npm run build:web, then reload the page.')
  throw new RequestError(404, 'There is no such file.', { code: 'unknown_url' })
}
