import type { z } from 'zod'
import { badField, RequestError } from './request-error.ts'

/** Fields of OpenAI's that are refused for a reason worth telling. */
const refusals = new Map([
  ['user', 'This server keeps no record of its users, so the field user is not supported. Leave it out.'],
  [
    'stream_options.include_obfuscation',
    'This server does not pad its chunks, so stream_options.include_obfuscation is not supported. Leave it out.',
  ],
])

/**
 * Checks a request body against its schema. The first problem becomes a 400 that names the field, in OpenAI's
 * words where OpenAI has them.
 */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw explainIssue(parsed.error.issues[0]!)
}

function explainIssue(issue: z.core.$ZodIssue): RequestError {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    const name = shorten([...path, issue.keys[0]].join('.'))
    const message = refusals.get(name) ?? `Unrecognized request argument supplied: ${name}`
    return badField(name, message, 'unknown_parameter')
  }
  if (path.length === 0)
    return new RequestError(400, 'The request body must be a JSON object.', { code: 'invalid_type' })
  const name = shorten(path.join('.'))
  return badField(name, `Invalid value for ${name}: ${shorten(issue.message)}.`)
}

/** Names and values come from the request; an error message does not repeat a megabyte of them. */
function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
