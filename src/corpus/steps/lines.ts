import type { Step } from '../document.ts'

/** Shorter files are empty modules and re-exports. */
const MINIMUM_CHARACTERS = 120

/**
 * The filters of the Codex paper (Chen et al. 2021, section 3.1) with the shares that StarCoder added:
 * longest line at most 1000 characters, mean at most 100, alphanumerics at least 25 %, digits at most 25 %,
 * non-ASCII at most 10 %; and the manifest's limit on a file's size.
 */
export function lineStep(maximumBytes: number): Step {
  return {
    name: 'lines',
    judge(document) {
      const { text } = document
      if (text.length > maximumBytes || Buffer.byteLength(text) > maximumBytes)
        return { drop: `over ${maximumBytes} bytes` }
      if (text.length < MINIMUM_CHARACTERS) return { drop: 'too short' }
      const { longest, lines, letters, digits, foreign } = measure(text)
      if (longest > 1000) return { drop: 'a line over 1000 characters' }
      if (text.length / lines > 100) return { drop: 'lines over 100 characters on average' }
      if (letters + digits < 0.25 * text.length) return { drop: 'under 25 % alphanumeric' }
      if (digits > 0.25 * text.length) return { drop: 'over 25 % digits' }
      if (foreign > 0.1 * text.length) return { drop: 'over 10 % non-ASCII' }
      return { keep: document }
    },
  }
}

/** Counts in one pass, in UTF-16 units. */
function measure(text: string): {
  longest: number
  lines: number
  letters: number
  digits: number
  foreign: number
} {
  const result = { longest: 0, lines: 1, letters: 0, digits: 0, foreign: 0 }
  let lineStart = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10) {
      result.longest = Math.max(result.longest, i - lineStart)
      result.lines++
      lineStart = i + 1
    } else if (code > 127) result.foreign++
    else if (code >= 48 && code <= 57) result.digits++
    else if ((code | 32) >= 97 && (code | 32) <= 122) result.letters++
  }
  result.longest = Math.max(result.longest, text.length - lineStart)
  return result
}
