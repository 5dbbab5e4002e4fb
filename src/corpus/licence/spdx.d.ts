declare module 'spdx-expression-parse' {
  /** Throws where `expression` is not a valid SPDX expression. */
  export default function parse(expression: string): unknown
}

declare module 'spdx-satisfies' {
  /** True where the approved licences are enough to use what is under `expression`. */
  export default function satisfies(expression: string, approved: string[]): boolean
}
