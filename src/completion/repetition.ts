/** Repeats that make a tail suspicious: this often, over at least this many lexemes. */
const leastRepeats = 3
const leastLexemes = 10

/**
 * Whether a text has begun to go in circles, as small models do: its end is one run of lexemes over and over,
 * or the same line stands in it three times.
 */
export function repeats(text: string): boolean {
  const lexemes = text.match(/\w+|[^\w\s]|\n/g) ?? []
  return repeatsAtEnd(lexemes.reverse()) || hasRepeatedLine(text)
}

/**
 * Knuth–Morris–Pratt's failure function on the reversed list: the beginning of length `n` has the period
 * `n - fail[n]`, so a long beginning of a short period is a repeated end.
 */
function repeatsAtEnd(reversed: string[]): boolean {
  const fail = [0]
  for (let at = 1, matched = 0; at < reversed.length; at++) {
    while (matched > 0 && reversed[at] !== reversed[matched]) matched = fail[matched - 1] ?? 0
    if (reversed[at] === reversed[matched]) matched++
    fail.push(matched)
    const length = at + 1
    if (length >= leastLexemes && length / (length - matched) >= leastRepeats) return true
  }
  return false
}

function hasRepeatedLine(text: string): boolean {
  const counts = new Map<string, number>()
  for (const line of text.split('\n')) {
    const bare = line.trim()
    // Lines of brackets repeat in good code.
    if (!/\w{2}/.test(bare)) continue
    const seen = (counts.get(bare) ?? 0) + 1
    if (seen >= leastRepeats) return true
    counts.set(bare, seen)
  }
  return false
}
