/**
 * An error whose message is meant for the person at the keyboard: one sentence that says what happened,
 * and one that says what to do. The command line prints it without a stack trace and exits with 1; the
 * server maps it to a 4xx or 5xx in OpenAI's error shape.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** What the reader can do about it, as one sentence. */
  readonly hint: string

  constructor(message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options)
    this.hint = hint
  }
}

/** The message of anything that was thrown, in one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? ''
}

/** True where `error` is a Node system error with this code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code
}
