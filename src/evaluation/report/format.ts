import { type Cell, cell } from './blocks.ts'
import type { Estimate, RunResult } from './result.ts'

/** A share as percent with two decimals, as Codex's table has them. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${percentNumber(share)} %` : '–'
}

function percentNumber(share: number): string {
  return (100 * share).toFixed(2)
}

/** A share in bold, its 95 % interval below it, then what else belongs to it. */
export function shareCell({ value, low, high }: Estimate, ...detail: string[]): Cell {
  return cell(percent(value), `${percentNumber(low)} to ${percentNumber(high)}`, ...detail)
}

/** Whole numbers in groups of three, parted by a space that does not break. */
export function count(value: number): string {
  return value.toLocaleString('en-US').replaceAll(',', '\u00a0')
}

/** 8.4 M, 1.2 B: a model's size as people say it. */
export function size(parameters: number): string {
  const [unit, sign] = parameters >= 1e9 ? [1e9, 'B'] : parameters >= 1e6 ? [1e6, 'M'] : [1e3, 'k']
  return `${Number((parameters / unit).toPrecision(3))}${sign}`
}

/** How a figure was drawn: `T 0.2, n 200, seed 1`. */
export function drawn({ sampling: { temperature, n, seed } }: RunResult): string {
  return `T ${temperature}, n ${n}, seed ${seed}`
}

/** The day of an ISO 8601 date; anything else as it is. */
export function day(date: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(date) ? date.slice(0, 10) : date
}

export function seconds(value: number): string {
  return `${value < 10 ? Number(value.toFixed(2)) : count(Math.round(value))} s`
}

/** Figures of a kind by the number of times: `1 problem`, `2 problems`. */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`
}

/**
 * Text from files, made safe to look at: what is invisible, breaks lines or turns the direction of writing is shown
 * as `\u{…}`, and white space is a single space.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\u00a0]+/gu, (space) => (space === '\u00a0' ? space : ' '))
    .replace(
      /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu,
      (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`,
    )
}

/** {@link visible} for every string and key within. */
export function visibleWithin<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T
  if (Array.isArray(value)) return value.map(visibleWithin) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [visible(key), visibleWithin(one)]),
  ) as T
}

/** Cuts text that has no room, by whole characters; where it is whole is for the caller to see to. */
export function shorten(text: string, most: number): string {
  const signs = [...text]
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`
}
