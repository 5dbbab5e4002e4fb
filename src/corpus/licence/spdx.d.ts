declare module 'spdx-expression-parse' {
  /** Throws where `expression` is not a valid SPDX expression. */
  export default function parse(expression: string): SpdxNode

  export type SpdxNode =
    | { license: string; plus?: true; exception?: string }
    | { left: SpdxNode; conjunction: 'and' | 'or'; right: SpdxNode }
}

declare module 'spdx-satisfies' {
  /** True where the approved licences are enough to use what is under `expression`. */
  export default function satisfies(expression: string, approved: string[]): boolean
}
