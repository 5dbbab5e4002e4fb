import type { LicenceOf } from '../licence/index.ts'
import type { Visit } from './tar.ts'

/** A package at hand: downloaded and verified, or a local folder. */
export interface Archive {
  version: string
  /** SHA-256 of the archive, of a source package's .dsc, of a git tree's id or of a folder's listing. */
  checksum: string
  /** Set where the version or checksum at hand is not the pinned one. */
  drift?: Drift
  /** Visits every file, in the archive's own order. Throws where the archive is damaged. */
  read(visit: Visit): Promise<void>
  /** True for files that tell the package's licence; their text is handed to `licences`. */
  isEvidence(path: string): boolean
  /** Says which licence the package gives each of its files, from the evidence by path. */
  licences(evidence: ReadonlyMap<string, string>): LicenceOf
}

export interface Drift {
  pinned: string
  atHand: string
}

/** A package, or one sentence that says why it cannot be had. */
export type Obtained = Archive | { unavailable: string }

export interface SourceOptions {
  signal?: AbortSignal
  /** Take the newest version and ignore the pinned one; for `corpus pin`. */
  latest?: boolean
}
