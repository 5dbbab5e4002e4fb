/** A second look at what a rule's pattern found; `before` is the text just before it. */
export const checks = { entropy: isRandom, publicAddress: isPublicAddress }

export type Check = keyof typeof checks

/** Words and repetition stay under these; random base 64 of 24 characters lies at about 4.2, random hex at 3.5. */
const LEAST_ENTROPY = 3.6
const LEAST_HEX_ENTROPY = 3

function isRandom(found: string): boolean {
  // Constants in capitals, paths and names in words, however long, are made of few kinds of characters.
  if (!/\d/.test(found) || /^(.{1,8})\1+/.test(found)) return false
  const letters = found.replace(/^[a-z_]+[-_]/, '')
  if (/^[0-9a-f]+$/i.test(letters))
    return bitsPerCharacter(letters) >= LEAST_HEX_ENTROPY && /[a-f]/i.test(letters)
  if (!/[a-z]/.test(letters) || !/[A-Z]/.test(letters))
    return bitsPerCharacter(letters) >= LEAST_ENTROPY && changes(letters)
  return bitsPerCharacter(letters) >= LEAST_ENTROPY
}

/** True where digits stand between letters more than once, which version numbers and dates behind a word do not. */
function changes(text: string): boolean {
  return (text.match(/[A-Za-z]\d+[A-Za-z]/g)?.length ?? 0) >= 2
}

function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/**
 * True for an IPv4 address that may be somebody's: not this machine, a private network, a multicast group, a mask,
 * one of the ranges for documentation (RFC 5737) or a well-known resolver; and not a version number.
 */
function isPublicAddress(found: string, before: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = found.split('.').map(Number)
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false
  if (a === 172 && b >= 16 && b < 32) return false
  if ((a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128)) return false
  if (a === 192 && b === 0 && (c === 0 || c === 2)) return false
  if ((a === 198 && b === 51 && c === 100) || (a === 203 && b === 0 && c === 113)) return false
  if (a === 198 && (b === 18 || b === 19)) return false
  if (/^(?:8\.8\.[48]\.[48]|9\.9\.9\.9|1\.[01]\.[01]\.1)$/.test(found)) return false
  // Four small numbers, or such a word before them, are a version or the number of a section.
  if (Math.max(a, b, c, d) < 30 || (b === 0 && c === 0)) return false
  return !/(?:version|release|section|chapter|rfc|oid|v|§)[\s:=."'(]*$/i.test(before)
}
