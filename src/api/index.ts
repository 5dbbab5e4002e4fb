/**
 * The wire: what goes over HTTP, as zod schemas with their types, and a client. Everything here runs in a browser
 * as it is, so nothing here imports Node or `../lib`.
 */
export {
  ApiError,
  type CallOptions,
  type Client,
  type ClientOptions,
  type CompletionInput,
  createClient,
} from './client.ts'
export {
  type Completion,
  type CompletionChoice,
  type CompletionLogprobs,
  type CompletionRequest,
  type CompletionUsage,
  completion,
  completionRequest,
  maxChoices,
  maxStops,
} from './completions.ts'
export { type ErrorBody, errorBody } from './errors.ts'
export { type Health, health } from './health.ts'
export { type Model, type ModelList, model, modelList } from './models.ts'
export {
  createEventParser,
  encodeServerSentEvent,
  readServerSentEvents,
  type ServerSentEvent,
} from './server-sent-events.ts'
export {
  type AddModelRequest,
  addModelRequest,
  type ModelDetails,
  type ModelDetailsList,
  modelDetails,
  modelDetailsList,
} from './understudy-models.ts'
