/**
 * Values of the exercise language, as the interpreter computes them and as examples hold them. They are plain data
 * with tags where JavaScript's own types would not tell them apart; a `Type` beside them says the rest (int or float,
 * string or char).
 */
export type Value =
  | number
  | boolean
  | string
  | null
  /** Whole days. */
  | { days: number }
  /** ISO 8601, `2024-03-01`. */
  | { date: string }
  | { list: Value[] }
  | { tuple: Value[] }
  /** In the order of insertion; equality ignores it. */
  | { set: Value[] }
  /** In the order of insertion; equality ignores it. */
  | { map: [key: Value, value: Value][] }
  | { record: string; fields: Record<string, Value> }

/** What a call came to. The message of an error is compared in no language: only that it was raised. */
export type Outcome = { value: Value } | { raised: string }

/** One call of the function that an exercise asks for. */
export interface Example {
  arguments: Value[]
  outcome: Outcome
}
