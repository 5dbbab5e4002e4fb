import { type Random, shuffle } from '../lib/index.ts'

export interface RowLayout {
  rowLength: number
  padToken: number
  endToken: number
}

/**
 * Packs whole samples into rows by best fit, longest first (Ding et al. 2024, "Fewer Truncations Improve
 * Language Modeling", arXiv 2404.10830): each sample goes to the row with the least room that still holds it.
 * Returns groups of sample numbers. `lengths` are at most `rowLength`.
 */
export function packBestFit(lengths: readonly number[], rowLength: number): number[][] {
  const rows: number[][] = []
  const rowsByRoom: number[][] = Array.from({ length: rowLength + 1 }, () => [])
  for (const sample of byLengthDescending(lengths, rowLength)) {
    const length = lengths[sample] as number
    let room = length
    while (room <= rowLength && rowsByRoom[room]?.length === 0) room++
    const row = rowsByRoom[room]?.pop() ?? rows.push([]) - 1
    rows[row]?.push(sample)
    rowsByRoom[Math.min(room, rowLength) - length]?.push(row)
  }
  return rows
}

/** Counting sort, so that equal lengths keep their order and millions of samples cost little. */
function byLengthDescending(lengths: readonly number[], rowLength: number): number[] {
  const byLength: number[][] = Array.from({ length: rowLength + 1 }, () => [])
  for (const [sample, length] of lengths.entries()) {
    const bin = byLength[length]
    if (bin === undefined)
      throw new RangeError(`A sample of ${length} ids does not fit a row of ${rowLength}.`)
    bin.push(sample)
  }
  return byLength.reverse().flat()
}

/**
 * Lays samples out as a matrix of rows in random order, ready to be written. The samples of a row are in
 * random order too, but for one that does not end with `<|end|>`: it comes last, so that nothing is learnt to
 * follow it. Where a row has room left, it begins with `<|end|>`, so that the first id of its first sample is
 * a target as well; the rest is padding.
 */
export function layRows(samples: readonly Uint16Array[], layout: RowLayout, random: Random) {
  const { rowLength, padToken, endToken } = layout
  const groups = shuffle(
    packBestFit(
      samples.map((sample) => sample.length),
      rowLength,
    ),
    random,
  )
  const ids = new Uint16Array(groups.length * rowLength).fill(padToken)
  let tokens = 0
  for (const [row, group] of groups.entries()) {
    const inRow = shuffle(
      group.map((sample) => samples[sample] as Uint16Array),
      random,
    )
    inRow.sort((a, b) => Number(b.at(-1) === endToken) - Number(a.at(-1) === endToken))
    const filled = inRow.reduce((sum, sample) => sum + sample.length, 0)
    let at = row * rowLength
    if (filled < rowLength) ids[at++] = endToken
    for (const sample of inRow) {
      ids.set(sample, at)
      at += sample.length
    }
    tokens += at - row * rowLength
  }
  return { ids, rows: groups.length, tokens }
}
