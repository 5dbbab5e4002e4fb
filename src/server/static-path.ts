import { join } from 'node:path'

/** One part of a path: no dot first, so neither `..` nor hidden files, and no separator of any system. */
const segment = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/

/**
 * The one place where a request names a file: the path of `name` inside `folder`, or undefined where the name is
 * not a plain relative path. Only letters, digits, `_`, `-` and `.` may occur, so nothing remains to be decoded.
 */
export function staticPath(folder: string, name: string): string | undefined {
  const segments = name.split('/')
  return segments.length <= 8 && segments.every((part) => segment.test(part))
    ? join(folder, ...segments)
    : undefined
}
