/** What the client did wrong, or what the server cannot do now: becomes the answer in OpenAI's error shape. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly status: number
  /** The request's field that is to blame. */
  readonly param: string | undefined
  readonly code: string | undefined

  constructor(
    status: number,
    message: string,
    details: { param?: string; code?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
    this.status = status
    this.param = details.param
    this.code = details.code
  }
}

/** A field's value that is refused. */
export function badField(param: string, message: string, code = 'invalid_value'): RequestError {
  return new RequestError(400, message, { param, code })
}

/** A model that the catalogue does not have. */
export function unknownModel(name: string): RequestError {
  const shown = name.length > 200 ? `${name.slice(0, 200)}…` : name
  const message = `The model ${JSON.stringify(shown)} does not exist here. GET /v1/models lists those that do.`
  return new RequestError(404, message, { param: 'model', code: 'model_not_found' })
}
