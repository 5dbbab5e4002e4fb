import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { languageById, languageOfPath, languages } from './index.ts'

describe('the language table', () => {
  it('names each id, extension and file name once', () => {
    for (const list of [
      languages.map(({ id }) => id),
      languages.flatMap(({ extensions }) => extensions),
      languages.flatMap(({ fileNames }) => fileNames),
    ])
      expect(list).toEqual([...new Set(list)])
  })

  it('names grammars that are installed', () => {
    for (const { grammar } of languages)
      if (grammar !== null)
        expect(
          existsSync(fileURLToPath(import.meta.resolve(`@vscode/tree-sitter-wasm/wasm/${grammar}`))),
        ).toBe(true)
  })

  it('tells a language by a path', () => {
    expect(languageOfPath('src/a.b/main.PY')?.id).toBe('python')
    expect(languageOfPath('app/Rakefile')?.id).toBe('ruby')
    expect(languageOfPath('a.tsx')?.id).toBe('tsx')
    expect(languageOfPath('a.h')?.id).toBe('c')
    expect(languageOfPath('a.tar/README')).toBeUndefined()
    expect(languageById('cpp')?.name).toBe('C++')
  })
})
