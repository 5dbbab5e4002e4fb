import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The root of the checkout or of the installed package: the folder that holds `package.json`. */
export const projectRoot = resolve(import.meta.dirname, '../..')

/**
 * Where downloads and intermediate results are kept: `$UNDERSTUDY_CACHE`, or `understudy` in the user's
 * cache folder (`$XDG_CACHE_HOME`, else `~/.cache`).
 */
export function cacheFolder(...parts: string[]): string {
  const root =
    process.env.UNDERSTUDY_CACHE ??
    join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'understudy')
  return join(root, ...parts)
}
