import type { PackageEntry } from '../manifest.ts'
import { obtainDebian } from './debian.ts'
import { obtainFolder } from './folder.ts'
import { obtainGit } from './git.ts'
import { obtainNpm } from './npm.ts'
import type { Obtained, SourceOptions } from './source.ts'

export type { Archive, Drift, Obtained, SourceOptions } from './source.ts'

/** Downloads or finds one package of a manifest; what cannot be had comes back as a reason. */
export function obtain(entry: PackageEntry, options: SourceOptions): Promise<Obtained> {
  switch (entry.source) {
    case 'debian':
      return obtainDebian(entry, options)
    case 'npm':
      return obtainNpm(entry, options)
    case 'git':
      return obtainGit({ ...entry, source: 'git' }, options)
    case 'folder':
      return obtainFolder({ ...entry, source: 'folder' })
  }
}
