/** Closing bracket by opening bracket. */
export const brackets: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

/** A bracket that closes nothing inside the text it stands in. */
export interface Unmatched {
  character: string
  offset: number
}

export interface BracketScan {
  /** Closing brackets that stand open at the end, innermost first. */
  open: string[]
  unmatched: Unmatched[]
  /** The quote inside whose string the text ends. */
  quote: string | undefined
}

/**
 * Follows brackets and one-line strings through a text without parsing it, in any language with `( [ {` and
 * `' " \``. A string ends at its quote or at the end of the line (a backtick's goes on); `quote` says inside
 * which one the text begins. The apostrophe of prose and of a Rust lifetime is not taken for a quote.
 */
export function scanBrackets(text: string, quote?: string): BracketScan {
  const open: string[] = []
  const unmatched: Unmatched[] = []
  let inside = quote
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset] as string
    if (character === '\\') offset++
    else if (inside !== undefined) {
      if (character === inside || (character === '\n' && inside !== '`')) inside = undefined
    } else if (character === '"' || character === '`') inside = character
    else if (character === "'" && quotes(text.slice(Math.max(0, offset - 3), offset))) inside = character
    else if (brackets[character] !== undefined) open.push(brackets[character])
    else if (character === ')' || character === ']' || character === '}') {
      if (open.at(-1) === character) open.pop()
      else unmatched.push({ character, offset })
    }
  }
  return { open: open.reverse(), unmatched, quote: inside }
}

/** Whether an apostrophe begins a string, by the characters before it: not within a word, nor in `&'a` or `<'a`. */
function quotes(before: string): boolean {
  return /(?:^|\W)[bfru]{1,2}$/i.test(before) || !/[\w&<]$/.test(before)
}

/** What has to be appended to close the brackets that `text` leaves open, such as `)}`. */
export function closersOf(text: string): string {
  return scanBrackets(text).open.join('')
}
