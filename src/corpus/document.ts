/**
 * The corpus stage's one record. A document is one text file of one package, from the moment a source reads
 * it until it is written to a shard; each step fills in what it has found out.
 */
export interface Document {
  /** The text, decoded as UTF-8 with line ends as they were. */
  text: string
  /** Path inside the package, with forward slashes. */
  path: string
  /** Language name as in `languages.ts`, such as `python`; `unknown` until the language step has run. */
  language: string
  /** Name of the package in its registry, or of the folder or repository. */
  package: string
  version: string
  /** SPDX expression, or `unknown`. */
  license: string
  /** SHA-256 of the file's bytes, hex: as it was in its package, before redaction. */
  sha256: string
  /** What the file came from: source kind with the checksum of the archive that held it. */
  source: { kind: SourceKind; checksum: string }
  /** How many secrets and personal data of each kind were replaced; absent where none were. */
  redactions?: Record<string, number>
  /** UTF-16 units at the beginning that are given and not to be learnt, of a document that answers something. */
  promptLength?: number
  /** Filled in once a package's own steps are through. */
  quality?: Quality
}

/** What a file's path and syntax tree say of it. Shares are of its characters, 0 to 1, rounded to thousandths. */
export interface Quality {
  isTest: boolean
  /** This and what follows is absent where no grammar is shipped for the language. */
  errorShare?: number
  commentShare?: number
  functions?: number
  /** Functions with a docstring, or with a comment right above. */
  documented?: number
}

/** What tells a document from every other in the corpus. */
export function documentKey(document: Pick<Document, 'source' | 'package' | 'path'>): string {
  return `${document.source.kind}:${document.package}:${document.path}`
}

/** A document without its text, with the text's length in bytes of UTF-8. */
export type DocumentSummary = Omit<Document, 'text'> & { bytes: number }

export function summaryOf({ text, ...rest }: Document): DocumentSummary {
  return { ...rest, bytes: Buffer.byteLength(text) }
}

export type SourceKind = 'debian' | 'npm' | 'git' | 'folder'

/** What a step says of a document: go on with it (perhaps changed), or drop it for a reason that is counted. */
export type Verdict = { keep: Document } | { drop: string }

/**
 * One step of the corpus. `judge` is called for each document in the manifest's order; a step that remembers
 * (deduplication) keeps its memory in the closure that made it. A step that must have seen every document
 * before it can judge one (decontamination, selection) has a `survey`: it costs one more pass over the text.
 * Steps never read the network.
 */
export interface Step {
  /** Name in the report and the rejection log, such as `licence`. */
  name: string
  /** Called once for every document that earlier steps kept, before the first call of `judge`. */
  survey?(document: Document): void
  judge(document: Document): Verdict
}

/** A file as a source reads it out of an archive, a repository or a folder. */
export interface RawFile {
  /** Path inside the package, with forward slashes, never absolute and never with `..`. */
  path: string
  /** Size in bytes. */
  size: number
  /** The content, or `undefined` where the file is over {@link MAXIMUM_FILE_BYTES} and was not read. */
  bytes: Uint8Array | undefined
  /** Why the source would not read it: a link, or a path that leaves the package. */
  refused?: string
}

/** Codex's limit on a source file, and the most of one file that is ever held in memory. */
export const MAXIMUM_FILE_BYTES = 1_000_000

/** One line of `rejected.jsonl`: which file was dropped, by which step and why. */
export interface Rejection {
  source: SourceKind
  package: string
  path: string
  step: string
  reason: string
  bytes: number
}
