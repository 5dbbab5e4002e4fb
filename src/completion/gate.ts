import { addsError, type SyntaxParser } from '../syntax/index.ts'
import type { PortToken } from './port.ts'
import { repeats } from './repetition.ts'
import type { Situation, Surroundings } from './situation.ts'

/** Why a suggestion is not shown. */
export type GateReason = 'empty' | 'low-confidence' | 'duplicate' | 'repetition' | 'parse-error'

/** The threshold of a model whose manifest carries none: a geometric mean of about one half. */
export const defaultThreshold = -0.7

export interface Judged {
  /** What may be shown: the text, or its first lines as far as the model was sure. */
  text: string
  meanLogprob: number
  /** Undefined where it may be shown. */
  refusal: GateReason | undefined
}

/**
 * Shows only what deserves it. The mean log-probability has to reach the threshold on the first line, and
 * later lines are kept as long as the mean stays there; what is left must not be what the document says
 * already, must not go in circles, and must not break the syntax. The cheap questions come first.
 */
export async function judge(
  text: string,
  tokens: readonly PortToken[],
  threshold: number,
  situation: Situation,
  around: Surroundings,
  parser: SyntaxParser | undefined,
): Promise<Judged> {
  const sure = confidentLines(text, tokens, threshold)
  const meanLogprob = meanLogprobOf(tokens, sure.length)
  const refused = (refusal: GateReason): Judged => ({ text: sure, meanLogprob, refusal })
  if (text.trim() === '') return refused('empty')
  if (!(meanLogprob >= threshold)) return refused('low-confidence')
  if (isDuplicate(sure, around)) return refused('duplicate')
  if (repeats(sure) || repeatsLineAbove(sure, around)) return refused('repetition')
  if (parser !== undefined) {
    const insertion = { text: situation.text, offset: situation.offset, inserted: sure }
    if (await addsError(parser, insertion, situation.language)) return refused('parse-error')
  }
  return { text: sure, meanLogprob, refusal: undefined }
}

/** Mean over the tokens that begin within the first `length` UTF-16 units; -Infinity where there is none. */
export function meanLogprobOf(tokens: readonly PortToken[], length: number): number {
  let offset = 0
  let sum = 0
  let seen = 0
  for (const { text, logprob } of tokens) {
    if (offset >= length) break
    sum += logprob
    seen++
    offset += text.length
  }
  return seen === 0 ? Number.NEGATIVE_INFINITY : sum / seen
}

/** The longest run of whole lines at whose every end the mean reaches the threshold; the first line in any case. */
function confidentLines(text: string, tokens: readonly PortToken[], threshold: number): string {
  let best = firstLines(text)
  for (let end = best; end <= text.length; ) {
    if (!(meanLogprobOf(tokens, end) >= threshold)) break
    best = end
    if (end === text.length) break
    const next = text.indexOf('\n', end + 1)
    end = next < 0 ? text.length : next
  }
  return text.slice(0, best).trimEnd()
}

/** Length of the first line that is not blank, with the line break before it where the text begins with one. */
function firstLines(text: string): number {
  const end = text.indexOf('\n', text.search(/\S/))
  return end < 0 ? text.length : end
}

/** Whether the line that would arise is the next one already. */
function isDuplicate(text: string, { lineBefore, lineAfter, nextLine }: Surroundings): boolean {
  const lines = (lineBefore + text + lineAfter).split('\n')
  const first =
    (text.startsWith('\n') ? lines.find((line, at) => at > 0 && line.trim() !== '') : lines[0]) ?? ''
  return first.trim() === nextLine.trim() && /\w/.test(first)
}

/** Whether a whole new line says what the line above says. */
function repeatsLineAbove(text: string, { lineBefore, previousLine }: Surroundings): boolean {
  const first = text.split('\n', 1)[0] ?? ''
  return lineBefore.trim() === '' && /\w{2}/.test(first) && first.trim() === previousLine.trim()
}
