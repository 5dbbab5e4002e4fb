import { join } from 'node:path'

/** The path of a harness file on this machine. In the sandbox it stands under `/harness`. */
export function harnessFile(name: string): string {
  return join(import.meta.dirname, name)
}
