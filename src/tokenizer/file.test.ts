import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../lib/index.ts'
import { createTokenizer, loadTokenizer } from './bpe.ts'
import { readTokenizerFile, saveTokenizerFile } from './file.ts'
import { specialCount } from './special-tokens.ts'
import type { TokenizerFile } from './tokenizer.ts'
import { trainTokenizer } from './train.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-tokenizer-'))
let file: TokenizerFile

beforeAll(async () => {
  file = await trainTokenizer(['let a = b\nlet b = a\n'.repeat(9)], {
    vocabularySize: specialCount + 256 + 4,
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('tokenizer.json', () => {
  it('is read back as it was saved, and its SHA-256 is the checksum', async () => {
    const path = join(folder, 'tokenizer.json')
    await saveTokenizerFile(path, file)
    expect(await readTokenizerFile(path)).toEqual(file)
    expect((await loadTokenizer(path)).checksum).toBe(sha256(readFileSync(path)))
  })

  it('has the same checksum however its keys are ordered', () => {
    const { special, tokens, ...rest } = file
    const { end, ...others } = special
    expect(createTokenizer({ tokens, special: { ...others, end }, ...rest }).checksum).toBe(
      createTokenizer(file).checksum,
    )
  })

  it.each([
    ['missing', undefined, 'There is no tokenizer at'],
    ['cut off', '{"format": "understudy-b', 'is not JSON'],
    ['a list', '[]', 'its format is undefined'],
    ['null', 'null', 'it is not an object'],
  ])('is refused when it is %s', async (name, content, message) => {
    const path = join(folder, `${name}.json`)
    if (content !== undefined) writeFileSync(path, content)
    await expect(loadTokenizer(path)).rejects.toThrow(message)
  })

  it.each<[string, (file: TokenizerFile) => object, string]>([
    ['another pre-tokenizer', (file) => ({ ...file, preTokenizer: 'gpt-2' }), 'its pre-tokenizer is "gpt-2"'],
    [
      'a token too few',
      (file) => ({ ...file, tokens: file.tokens.slice(1) }),
      '298 tokens do not fit 4 merges',
    ],
    ['numbers for tokens', (file) => ({ ...file, tokens: [1, 2] }), 'are not lists of strings'],
    ['moved special tokens', (file) => ({ ...file, special: { ...file.special, end: 1 } }), 'other ids'],
    ['special tokens missing', (file) => ({ ...file, special: null }), 'other ids'],
    ['a special token renamed', (file) => withToken(file, 0, '<|stop|>'), 'token 0 is not <|end|>'],
    ['bytes out of order', (file) => withToken(file, specialCount, 'B'), 'is not the spelling of byte 0'],
    ['a doubled token', (file) => withToken(file, 298, file.tokens[297]!), 'spelled as another one'],
    ['a token its merge does not make', (file) => withToken(file, 298, 'zz'), 'is not what merge 3 makes'],
    ['a merge of unknown tokens', (file) => withMerge(file, 3, 'zz yy'), 'merge 3 does not join two tokens'],
    ['a control token as text', (file) => withToken(file, 298, '</s>'), 'would be taken for a control token'],
  ])('is refused with %s', (_, change, message) => {
    expect(() => createTokenizer(change(file) as TokenizerFile)).toThrow(message)
  })
})

function withToken(file: TokenizerFile, id: number, spelling: string): TokenizerFile {
  return { ...file, tokens: file.tokens.with(id, spelling) }
}

function withMerge(file: TokenizerFile, index: number, merge: string): TokenizerFile {
  return { ...file, merges: file.merges.with(index, merge) }
}
