/**
 * The HTTP server: OpenAI's completions protocol over engines, the playground's files, and what keeps others out.
 * A request passes the guards (`create-server.ts`), its schema (`../api`), the plan (`completion-plan.ts`), the
 * engine (`run-completion.ts`) and becomes an answer (`completion-answer.ts`).
 */
export { createServer, loopbackHosts, type ServerOptions, type UnderstudyServer } from './create-server.ts'
export type { EngineLease } from './engine-shelf.ts'
export { allowedHostsFor, checkExposure, isLoopback, listen } from './listen.ts'
export { requestLog } from './log.ts'
export { type CatalogueEntry, engineCatalogue, type ModelCatalogue } from './model-catalogue.ts'
export { type ModelLibrary, type ModelLibraryOptions, openModelLibrary } from './model-library.ts'
export type { StaticFolders } from './routes/static-files.ts'
export { loadToken } from './token.ts'
