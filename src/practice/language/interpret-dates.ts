import { Raised, unsupported } from './interpret-machine.ts'

/**
 * Dates of Python's `datetime.date`: the proleptic Gregorian calendar, years 1 to 9999, counted in days from
 * 0001-01-01, which is 1. From the algorithms of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
const FIRST = 1
const LAST = 3_652_059
/** Days from 0000-03-01 to 0001-01-01, less one. */
const MARCH_OF_YEAR_0 = 305

export interface CalendarDay {
  year: number
  month: number
  day: number
}

/** @throws Raised ValueError where there is no such day. */
export function ordinalOf(year: number, month: number, day: number): number {
  if (year < 1 || year > 9999) throw new Raised('ValueError', `year ${year} is out of range`)
  if (month < 1 || month > 12) throw new Raised('ValueError', 'month must be in 1..12')
  if (day < 1 || day > daysIn(year, month)) throw new Raised('ValueError', 'day is out of range for month')
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - MARCH_OF_YEAR_0
}

export function calendarDay(ordinal: number): CalendarDay {
  const days = ordinal + MARCH_OF_YEAR_0
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** @param month 1 to 12. */
export function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** `2024-03-01`. */
export function isoFormat(ordinal: number): string {
  const { year, month, day } = calendarDay(ordinal)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** `date.fromisoformat`. Python 3.11 learnt ISO's other spellings; what earlier ones refuse is not taken here. */
export function fromIsoFormat(text: string): number {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  if (parts !== null) return ordinalOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  if (/^[0-9]{4}-?([0-9]{4}|W[0-9]{2}(-?[0-9])?)$/.test(text))
    throw unsupported(`date.fromisoformat of ${text}, which is a date in new Pythons alone`)
  throw new Raised('ValueError', `Invalid isoformat string: '${text}'`)
}

/** Checks a date that was computed. */
export function checkedDate(ordinal: number): number {
  if (ordinal < FIRST || ordinal > LAST) throw new Raised('OverflowError', 'date value out of range')
  return ordinal
}

/** Checks a span of days that was computed. */
export function checkedDays(days: number): number {
  if (Math.abs(days) > 999_999_999)
    throw new Raised('OverflowError', `days=${days}; must have magnitude <= 999999999`)
  return days + 0
}
