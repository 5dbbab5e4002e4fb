import { languageById } from '../syntax/index.ts'

/**
 * A plain-text prompt that asks a base code model for what a description says. The code shown to the user is
 * `opening` and then the completion, cut at `end`; everything after the opening is the model's own.
 */
export interface DescribePrompt {
  /** The description as the language's doc comment, then `opening`. Ends where the completion begins. */
  prompt: string
  /** The part of the prompt that belongs to the code, such as `def `; empty where a definition begins freely. */
  opening: string
  /** Stop strings for the wire; at most four, as OpenAI allows. */
  stop: string[]
  /** Tokens to ask for. */
  maxTokens: number
  /**
   * Length of the completion up to the end of its first top-level definition, or undefined while that is not
   * over. A reader of the stream calls it on the text so far, cuts there and cancels the rest.
   */
  end(completion: string): number | undefined
}

/** Turns a description in words into a prompt for `language` (an id of the language table; others get `//` comments). */
export function describePrompt(description: string, language: string): DescribePrompt {
  const known = languageById(language)
  const { open, line, close } = known?.docComment ?? { open: null, line: '// ', close: null }
  const lines = description
    .replaceAll('\r', '')
    .trim()
    .split('\n')
    .map((text) => `${line}${text.replaceAll('*/', '* /')}`.trimEnd())
  const comment = [open, ...lines, close].filter((part) => part !== null).join('\n')
  const opening = known?.definition ?? ''
  return {
    prompt: `${known?.header ?? ''}${comment}\n${opening}`,
    opening,
    stop: ['\n\n\n\n'],
    maxTokens: 256,
    end: (completion) => definitionEnd(completion, known?.blocks ?? 'braces'),
  }
}

const closing = { braces: /^\}[^\n]*$/m, end: /^end\b[^\n]*$/m, statements: /;[ \t]*$/m }

/** Where the first definition at the left margin is over; see {@link DescribePrompt.end}. */
function definitionEnd(text: string, blocks: 'indent' | 'braces' | 'end' | 'statements'): number | undefined {
  if (blocks === 'indent') return dedentedAt(text)
  const match = closing[blocks].exec(text)
  if (match === null) return undefined
  const end = match.index + match[0].length
  // The last line of a stream may still grow, unless a bare closer already says all.
  return end < text.length || match[0].trimEnd().length <= 3 ? end : undefined
}

/** Start of the first line at the left margin after an indented one, without the blank lines before it. */
function dedentedAt(text: string): number | undefined {
  let offset = text.indexOf('\n') + 1
  if (offset === 0) return undefined
  let inside = false
  for (const line of text.slice(offset).split('\n')) {
    if (/^\s+\S/.test(line)) inside = true
    else if (inside && /^[^\s)\]}]/.test(line)) return text.slice(0, offset).trimEnd().length
    offset += line.length + 1
  }
  return undefined
}
