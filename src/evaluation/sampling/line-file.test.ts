import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openLineFile } from './line-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'deep', 'lines.jsonl')
const record = z.object({ text: z.string() })

function contents(): z.infer<typeof record>[] {
  const file = openLineFile(path, record)
  file.close()
  return file.records
}

describe('a file of lines', () => {
  it('gives back what was appended, byte for byte, wherever it was cut off before', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(texts, fc.nat(), (added, place) => {
        rmSync(path, { force: true })
        const records = added.map((text) => ({ text }))
        const file = openLineFile(path, record)
        file.append(records)
        file.close()
        expect(contents()).toEqual(records)
        const bytes = readFileSync(path)
        const end = place % (bytes.length + 1)
        writeFileSync(path, bytes.subarray(0, end))
        const whole = bytes.subarray(0, end).toString().split('\n').length - 1
        expect(contents()).toEqual(records.slice(0, whole))
        const again = openLineFile(path, record)
        again.append(records.slice(whole))
        again.close()
        expect(readFileSync(path).equals(bytes)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('passes over lines that are not of the schema', () => {
    writeFileSync(path, '{"text":"a"}\n{"text":1}\nnonsense\n\0\0\0\n')
    appendFileSync(path, '{"text":"b"}\n')
    expect(contents()).toEqual([{ text: 'a' }, { text: 'b' }])
  })
})
