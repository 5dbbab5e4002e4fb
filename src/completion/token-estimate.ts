/**
 * How many tokens a text takes at most, without its tokenizer. The weights were fitted by least squares to the
 * 8192-token vocabulary of understudy-nano on 1,200 pieces of Python, JavaScript, TypeScript, C, C++ and shell,
 * and raised by a fifth: 98 of 100 pieces stay below the estimate. Larger vocabularies take fewer tokens.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (let at = 0; at < text.length; at++) tokens += tokensAt(text, at)
  return tokens
}

/** Share of a token that the UTF-16 unit at `index` accounts for. */
export function tokensAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  if (code > 127) return 2.1
  if (code >= 97 && code <= 122) return 0.31
  if (code <= 32) return 0.1
  if (code >= 65 && code <= 90) return 0.54
  return code >= 48 && code <= 57 ? 1.9 : 0.98
}
