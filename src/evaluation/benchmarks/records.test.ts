import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { UserError } from '../../lib/index.ts'
import { parseRecords } from './records.ts'

const schema = z.object({ id: z.string(), test: z.string() })
const good = '{"id": "a", "test": "b"}'

test('lines, blank lines, a carriage return and U+2028 in a string', async () => {
  const text = `${good}\r\n\n{"id": "\u2028", "test": "1.0", "more": 1.0}\n`
  const lines = await parseRecords(Buffer.from(text), 'x.jsonl', schema)
  expect(lines.map(({ record }) => record.id)).toEqual(['a', '\u2028'])
  expect(lines[1]!.json, 'numbers as they were written').toContain('1.0}')
})

test('gzipped lines, and a JSON list', async () => {
  expect(await parseRecords(gzipSync(good), 'x.jsonl.gz', schema)).toHaveLength(1)
  expect(await parseRecords(gzipSync(`[${good}, ${good}]`), 'x.json.gz', schema)).toHaveLength(2)
})

test.each([
  ['not JSON', 'x.jsonl', `${good}\n{"id": \n`, 'Line 2 of x.jsonl is not JSON.'],
  [
    'a missing field',
    'x.jsonl',
    `${good}\n\n{"id": "a"}`,
    /^Line 3 of x\.jsonl is broken: test: .*string.*\.$/,
  ],
  ['a wrong type', 'x.jsonl', '{"id": 1, "test": ""}', /^Line 1 of x\.jsonl is broken: id: .*\.$/],
  ['a bare value', 'x.jsonl', '17', /^Line 1 of x\.jsonl is broken: the record: .*\.$/],
  ['nothing', 'x.jsonl', '', 'x.jsonl holds no problem: it is empty.'],
  ['only blank lines', 'x.jsonl', ' \n\n', 'x.jsonl holds no problem: it is empty.'],
  ['an empty list', 'x.json', '[]', 'x.json holds no problem: it is empty.'],
  ['a broken list', 'x.json', `[${good}`, 'x.json is not JSON.'],
  ['a broken record of a list', 'x.json', `[${good}, {}]`, /^Record 2 of x\.json is broken: id: .*\.$/],
  [
    'a Git LFS pointer',
    'x.jsonl',
    'version https://git-lfs.github.com/spec/v1',
    'Line 1 of x.jsonl is not JSON.',
  ],
  ['text that is not gzipped', 'x.jsonl.gz', good, 'x.jsonl.gz is not a whole gzip file.'],
  ['an empty gzip file', 'x.jsonl.gz', '', 'x.jsonl.gz holds no problem: it is empty.'],
])('%s is one sentence that names the file and the line', async (_what, path, text, message) => {
  const error = await parseRecords(Buffer.from(text), path, schema).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).message).toMatch(message)
})

test('a gzip file cut short, and bytes that are not UTF-8', async () => {
  const cut = gzipSync(good).subarray(0, 20)
  await expect(parseRecords(cut, 'x.jsonl.gz', schema)).rejects.toThrow(
    'x.jsonl.gz is not a whole gzip file.',
  )
  await expect(parseRecords(Buffer.from([0x80]), 'x.jsonl', schema)).rejects.toThrow(
    'x.jsonl is not UTF-8 text.',
  )
})

const damaged = fc
  .tuple(fc.nat(good.length * 2), fc.uint8Array({ minLength: 1, maxLength: 4 }))
  .map(([at, bytes]) => {
    const whole = Buffer.from(`${good}\n${good}\n${good}`)
    whole.set(bytes, at)
    return whole
  })

test('property: any bytes are records or a UserError of one line that names the file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uint8Array(), damaged, fc.json().map(Buffer.from)),
      fc.constantFrom('x.jsonl', 'x.json', 'x.jsonl.gz'),
      fc.boolean(),
      async (bytes, path, isCompressed) => {
        try {
          const lines = await parseRecords(isCompressed ? gzipSync(bytes) : bytes, path, schema)
          expect(lines.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
          expect((error as UserError).message).toMatch(/^[^\n]*x\.json[^\n]*\.$/)
        }
      },
    ),
  )
})
