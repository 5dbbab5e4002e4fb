import { mapNames, type Role } from './map-names.ts'
import type { Program } from './program.ts'

/**
 * A text that is the same for two programs where only the names differ that they chose themselves. Structure,
 * literals, types and names of the library count.
 */
export function shapeOf(program: Program): string {
  const numbers = new Map<string, number>()
  const blank = (name: string, role: Role, scope: string): string => {
    const key = `${role} ${scope} ${name}`
    if (!numbers.has(key)) numbers.set(key, numbers.size)
    return `${role[0]}${numbers.get(key)}`
  }
  return JSON.stringify(mapNames(program, blank))
}
