// Which lock file the installed dependencies came from. npm runs this file after each install, so that a later
// start can tell, without npm and without a network, that there is nothing to install.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const stampPath = join(root, 'node_modules/.understudy-lock')

export function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

const isInstallScript = argv[1] === fileURLToPath(import.meta.url)
if (isInstallScript && existsSync(join(root, 'node_modules'))) writeFileSync(stampPath, lockHash())
