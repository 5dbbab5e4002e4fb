import { languageById } from '../syntax/index.ts'
import { indentWidth, type Surroundings } from './situation.ts'

/** How far a suggestion may go, and where it is over. */
export interface StopPlan {
  /** The rest of this line, or the lines of a block. */
  lines: 'one' | 'block'
  /** Stop strings for the wire. */
  stop: string[]
  maxTokens: number
  /**
   * Length of the text at which the suggestion is over, or undefined while it may go on. Called on the stream
   * so far; only whole lines are judged, so the answer does not change as more text comes.
   */
  end(text: string): number | undefined
}

/** Lines of a block that one suggestion may show. */
const blockLines = 6

/**
 * One line, unless a block has just been opened and is still empty: at the end of the line that opens it, or
 * on a blank line below. Then a few lines, up to the block's end or a blank line.
 */
export function planStop(
  around: Surroundings,
  language: string,
  contextLength: number,
  singleLine = false,
): StopPlan {
  const blocks = languageById(language)?.blocks ?? 'braces'
  const opener = singleLine ? undefined : emptyBlockOpener(around, blocks)
  if (opener === undefined)
    return {
      lines: 'one',
      stop: ['\n'],
      maxTokens: Math.floor(Math.min(48, contextLength / 4)),
      end: firstLineEnd,
    }
  return {
    lines: 'block',
    stop: ['\n\n'],
    maxTokens: Math.floor(Math.min(128, contextLength / 4)),
    end: (text) => blockEnd(text, around.lineBefore, indentWidth(opener)),
  }
}

const openers = {
  indent:
    /^\s*((async|case|class|def|elif|else|except|finally|for|if|match|try|while|with)\b.*|\).*):\s*(#.*)?$/,
  braces: /[{([]\s*$|\b(then|do|in|else)\s*$/,
  end: /(\b(do|then|else|begin|ensure|rescue)(\s*\|[^|]*\|)?|^\s*(def|class|module|if|unless|while|case)\b.*|\{(\s*\|[^|]*\|)?)\s*$/,
  statements: /\(\s*$/,
}

/** The line that opens the block in which the cursor stands, where nothing is in that block yet. */
function emptyBlockOpener(around: Surroundings, blocks: keyof typeof openers): string | undefined {
  const { lineBefore, lineAfter, previousLine, nextLine } = around
  if (lineAfter.trim() !== '') return undefined
  const opener = lineBefore.trim() === '' ? previousLine : lineBefore
  if (!openers[blocks].test(opener)) return undefined
  // On a blank line below, the cursor has to stand inside the block.
  if (opener === previousLine && indentWidth(lineBefore) <= indentWidth(opener) && lineBefore !== '')
    return undefined
  return indentWidth(nextLine) > indentWidth(opener) ? undefined : opener
}

function firstLineEnd(text: string): number | undefined {
  const end = text.indexOf('\n')
  return end < 0 ? undefined : end
}

/** Where a block of more than `outer` columns is over; a line that closes it belongs to it. */
function blockEnd(text: string, lineBefore: string, outer: number): number | undefined {
  const lines = text.split('\n')
  let offset = 0
  let shown = 0
  for (const [number, line] of lines.entries()) {
    if (number === lines.length - 1) return undefined
    const whole = number === 0 ? lineBefore + line : line
    const end = offset + line.length
    if (line.trim() === '' && number > 0) return Math.max(0, offset - 1)
    if (line.trim() !== '') shown++
    if (number > 0 && indentWidth(whole) <= outer) {
      const closes = /^[)\]}]|^end\b|^(fi|done|esac)\b/.test(whole.trimStart())
      return closes && indentWidth(whole) === outer ? end : Math.max(0, offset - 1)
    }
    if (shown >= blockLines) return end
    offset = end + 1
  }
  return undefined
}

/** Drops the last line of a block that was cut off by the token limit, so that only whole lines are shown. */
export function dropUnfinishedLine(text: string): string {
  const last = text.lastIndexOf('\n')
  return last > 0 && text.slice(0, last).trim() !== '' ? text.slice(0, last) : text
}
