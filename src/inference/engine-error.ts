/**
 * What went wrong in an engine, so that a server can choose a status: `died` and `loading` may be tried again,
 * `overloaded` later, `invalid` and `unsupported` never, `upstream` is the other server's fault.
 */
export type EngineErrorKind = 'died' | 'overloaded' | 'unsupported' | 'invalid' | 'upstream' | 'loading'

/** An engine's refusal or failure. The message is one or two sentences for people. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly kind: EngineErrorKind

  constructor(kind: EngineErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.kind = kind
  }
}
