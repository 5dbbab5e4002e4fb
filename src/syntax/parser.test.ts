import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createParser, languages, loadWasmFromPackage } from './index.ts'

const parser = createParser({ loadWasm: loadWasmFromPackage })
afterAll(() => parser.dispose())

describe('createParser', () => {
  it('finds errors at UTF-16 offsets, also beyond the basic plane', async () => {
    expect(await parser.problems('a = "😀é"\nb = )\n', 'python')).toEqual([
      { kind: 'error', start: 10, end: 15 },
    ])
  })

  it('finds what is missing', async () => {
    expect(await parser.problems('const a = (1 + 2;\n', 'javascript')).toEqual([
      { kind: 'missing', start: 16, end: 16 },
    ])
  })

  it('loads every grammar of the table', async () => {
    for (const { id, grammar } of languages) {
      if (grammar === null) expect(await parser.problems('', id)).toBeUndefined()
      else expect(await parser.problems('', id)).toEqual([])
    }
  })

  it('survives any edits: problems lie inside the text, and a sound text has none', async () => {
    const piece = fc.constantFrom('(', ')', '{', '}', 'a', ' = ', '\n', 'if ', '"', '😀', ': ', '1')
    const texts = fc.array(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('python', 'javascript', 'css'), async (edits, language) => {
        const edited = createParser({ loadWasm: loadWasmFromPackage })
        for (const text of edits) {
          const problems = await edited.problems(text, language)
          for (const { start, end } of problems ?? [])
            expect(0 <= start && start <= end && end <= text.length).toBe(true)
        }
        expect(await edited.problems('', language)).toEqual([])
        edited.dispose()
      }),
      { numRuns: 30 },
    )
  })

  it('asks again for a grammar that could not be had', async () => {
    let failures = 1
    const flaky = createParser({
      loadWasm: (file) =>
        file !== 'tree-sitter.wasm' && failures-- > 0
          ? Promise.reject(new Error('away'))
          : loadWasmFromPackage(file),
    })
    await expect(flaky.problems('a', 'css')).rejects.toThrow('away')
    expect(await flaky.problems('a {}', 'css')).toEqual([])
    flaky.dispose()
  })
})
