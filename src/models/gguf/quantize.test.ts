import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dequantize, fromHalf, quantize, toHalf } from './quantize.ts'

/** Any float32 that is a number, with tiny, huge and exact ones among them. */
const weight = fc.float({ noNaN: true, noDefaultInfinity: true })
const modest = fc.float({ noNaN: true, min: Math.fround(-64), max: Math.fround(64) })
const block = fc.float32Array({ minLength: 32, maxLength: 32, noNaN: true, min: -64, max: 64 })

/** Node's own rounding to half, which TypeScript's library does not declare yet. */
const { f16round } = Math as Math & { f16round: (value: number) => number }

describe('halves', () => {
  test.each([
    ['one', 1, 0x3c00],
    ['minus two', -2, 0xc000],
    ['the largest', 65504, 0x7bff],
    ['just below the middle to infinity', 65519.99, 0x7bff],
    ['the middle to infinity', 65520, 0x7c00],
    ['the smallest normal', 2 ** -14, 0x0400],
    ['the largest subnormal', 1023 * 2 ** -24, 0x03ff],
    ['the smallest subnormal', 2 ** -24, 0x0001],
    ['half the smallest subnormal, a tie to even', 2 ** -25, 0x0000],
    ['a little more than half of it', 2 ** -25 * 1.001, 0x0001],
    ['a tie to even below', 1 + 2 ** -11, 0x3c00],
    ['a tie to even above', 1 + 3 * 2 ** -11, 0x3c02],
    ['minus zero', -0, 0x8000],
    ['infinity', Number.POSITIVE_INFINITY, 0x7c00],
    ['no number', Number.NaN, 0x7e00],
  ])('%s', (_, value, bits) => {
    expect(toHalf(value)).toBe(bits)
  })

  test('every half survives the way to a number and back', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const noNumber = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0
      if (!noNumber) expect(toHalf(fromHalf(bits))).toBe(bits)
    }
  })

  test('every float32 becomes the half that the engine’s own rounding gives', () => {
    fc.assert(
      fc.property(weight, (value) => {
        expect(fromHalf(toHalf(value))).toBe(f16round(value))
      }),
      { numRuns: 5000 },
    )
  })
})

describe('blocks', () => {
  test('Q8_0: the half scale, then 32 signed bytes, halves rounded away from zero', () => {
    const values = new Float32Array(32)
    values.set([127, -127, 0.5, -0.5, 1.5, -2.5, 3, 0])
    const bytes = quantize('Q8_0', values)
    expect([...bytes.subarray(0, 2)]).toEqual([0x00, 0x3c])
    expect([...new Int8Array(bytes.buffer, 2, 8)]).toEqual([127, -127, 1, -1, 2, -3, 3, 0])
  })

  test('Q4_0: the half scale, then the first 16 levels in the low halves of 16 bytes, the rest in the high', () => {
    const values = new Float32Array(32)
    values[0] = -8
    values[1] = 7
    values[16] = 3
    values[17] = 0.5
    const bytes = quantize('Q4_0', values)
    expect([...bytes.subarray(0, 2)]).toEqual([0x00, 0x3c])
    expect([...bytes.subarray(2, 5)]).toEqual([0x0 | (11 << 4), 0xf | (9 << 4), 0x8 | (8 << 4)])
  })

  test('a block of zeros stays zeros', () => {
    const zeros = new Float32Array(32)
    for (const type of ['Q8_0', 'Q4_0'] as const) {
      expect([...dequantize(type, quantize(type, zeros))].every((value) => Math.abs(value) === 0)).toBe(true)
    }
  })

  test('F32 is exact', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, maxLength: 64 }), (values) => {
        expect(dequantize('F32', quantize('F32', values))).toEqual(values)
      }),
    )
  })

  test('F16 errs by at most 2^-11 of a weight, or 2^-25', () => {
    fc.assert(
      fc.property(modest, (value) => {
        const [back] = dequantize('F16', quantize('F16', Float32Array.of(value)))
        expect(Math.abs(back! - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25))
      }),
    )
  })

  // A step is the scale; its own rounding to a half moves a level by up to 2^-11 of it (or 2^-25 where the half is
  // subnormal), for each of the levels.
  test.each([
    ['Q8_0', 127, 0.5],
    // The side away from the extreme has only 7 levels, so a weight there may be one whole step off.
    ['Q4_0', 8, 1],
  ] as const)('%s errs by at most its share of the largest weight of the block', (type, levels, steps) => {
    fc.assert(
      fc.property(block, (values) => {
        const largest = Math.max(...values.map(Math.abs))
        const scale = largest / levels
        const bound = steps * scale * (1 + 1e-5) + levels * Math.max(scale * 2 ** -11, 2 ** -25)
        const back = dequantize(type, quantize(type, values))
        for (const [i, value] of values.entries())
          expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(bound)
      }),
      { numRuns: 500 },
    )
  })

  test('blocks do not touch each other', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 2, maxLength: 5 }), (blocks) => {
        const together = Float32Array.from(blocks.flatMap((values) => [...values]))
        for (const type of ['Q8_0', 'Q4_0'] as const) {
          const separate = blocks.flatMap((values) => [...quantize(type, values)])
          expect([...quantize(type, together)]).toEqual(separate)
        }
      }),
      { numRuns: 50 },
    )
  })
})
