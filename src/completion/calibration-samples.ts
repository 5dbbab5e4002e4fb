/** What a sample is cut from; a corpus document is one. */
export interface HeldOutDocument {
  text: string
  path: string
  language: string
}

/** A cursor in a held-out file, and what really follows. */
export interface CalibrationSample {
  language: string
  path: string
  prefix: string
  /** What stands after the cursor once the rest of its line is taken away. */
  suffix: string
  /** The rest of the cursor's line. */
  truth: string
}

/** Documents longer than this are read up to here: a cursor far down costs time and tells nothing new. */
const longestDocument = 40_000

/**
 * Cursors in held-out documents as they arise while code is written: at the beginning of a line's code, or
 * after a word or an opening bracket in its midst; half with the rest of the file after the line, half at what
 * is the file's end so far. The same documents give the same samples. Comments' lines count, blank ones do not.
 */
export function calibrationSamples(
  documents: Iterable<HeldOutDocument>,
  { perDocument = 4 }: { perDocument?: number } = {},
): CalibrationSample[] {
  const samples: CalibrationSample[] = []
  for (const { text, path, language } of documents) {
    const lines = text.slice(0, longestDocument).replaceAll('\r\n', '\n').split('\n')
    const random = randomOf(path + text.length)
    const candidates = lines.flatMap((line, number) =>
      number > 0 && line.trim().length >= 4 ? [number] : [],
    )
    for (let left = Math.min(perDocument, candidates.length); left > 0; left--) {
      const number = candidates.splice(Math.floor(random() * candidates.length), 1)[0] ?? 0
      const line = lines[number] ?? ''
      const column = columnIn(line, random)
      const rest = random() < 0.5 ? lines.slice(number + 1) : []
      samples.push({
        language,
        path,
        prefix: `${lines.slice(0, number).join('\n')}\n${line.slice(0, column)}`,
        suffix: rest.length === 0 ? '' : `\n${rest.join('\n')}`,
        truth: line.slice(column),
      })
    }
  }
  return samples
}

/** A column where a reader may pause: the code's beginning, or behind a word, a blank or an opening bracket. */
function columnIn(line: string, random: () => number): number {
  const indent = line.length - line.trimStart().length
  const end = line.trimEnd().length
  const pauses = [...line.matchAll(/(?<=[\w([{,=] ?)(?=\S)(?<!\w(?=\w))/g)]
    .map(({ index }) => index)
    .filter((column) => column > indent && column < end)
  return random() < 0.3 || pauses.length === 0
    ? indent
    : (pauses[Math.floor(random() * pauses.length)] ?? indent)
}

/** Mulberry32 seeded by FNV-1a: plain, and the same everywhere. */
function randomOf(seed: string): () => number {
  let state = 0x811c9dc5
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
