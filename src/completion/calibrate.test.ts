import { describe, expect, it } from 'vitest'
import {
  type CalibrationPair,
  calibrateGate,
  calibrationPair,
  calibrationSamples,
  isRight,
  measureGate,
} from './index.ts'
import type { CompletePort } from './port.ts'

/** `shown` suggestions of one confidence, the first `right` of them right. */
function group(meanLogprob: number, shown: number, right: number): CalibrationPair[] {
  return Array.from({ length: shown }, (_, at) => ({ meanLogprob, right: at < right }))
}

describe('calibrateGate', () => {
  const pairs = [...group(-1, 40, 4), ...group(-0.1, 30, 27), ...group(-0.5, 30, 18)]

  it('shows as much as the wanted precision allows', () => {
    expect(calibrateGate(pairs, { precision: 0.9, asked: 200 })).toEqual({
      meanLogprob: -0.1,
      shownShare: 0.15,
      precision: 0.9,
    })
    expect(calibrateGate(pairs, { precision: 0.7, asked: 200 })).toMatchObject({
      meanLogprob: -0.5,
      precision: 0.75,
    })
    expect(calibrateGate(pairs, { precision: 0.1, asked: 200 })).toMatchObject({
      meanLogprob: -1,
      shownShare: 0.5,
    })
  })

  it('takes the best there is where none is good enough', () => {
    expect(calibrateGate(pairs, { precision: 0.99, asked: 200 })).toMatchObject({
      meanLogprob: -0.1,
      precision: 0.9,
    })
  })

  it('says nothing from too few', () => {
    expect(calibrateGate(group(-0.1, 19, 19), { precision: 0.5, asked: 19 })).toBeUndefined()
  })
})

describe('measureGate', () => {
  const pairs = [...group(-1, 40, 4), ...group(-0.5, 30, 18)]

  it('counts what reaches the threshold, and how much of it is right', () => {
    expect(measureGate(pairs, -0.5, 100)).toEqual({ meanLogprob: -0.5, shownShare: 0.3, precision: 0.6 })
    expect(measureGate(pairs, -1, 100)).toMatchObject({ shownShare: 0.7, precision: 22 / 70 })
  })

  it('claims nothing where nothing is shown', () => {
    expect(measureGate(pairs, -0.1, 100)).toEqual({ meanLogprob: -0.1, shownShare: 0, precision: 0 })
  })
})

describe('calibrationSamples', () => {
  const text = 'import os\n\n\ndef add(first, second):\n    total = first + second\n    return total\n'
  const documents = [
    { text, path: 'a.py', language: 'python' },
    { text: text.replaceAll('\n', '\r\n'), path: 'b.py', language: 'python' },
    { text: '', path: 'c.py', language: 'python' },
  ]

  it('cuts documents where a reader pauses, the same way each time', () => {
    const samples = calibrationSamples(documents)
    expect(samples.length).toBe(6)
    expect(samples).toEqual(calibrationSamples(documents))
    for (const { prefix, suffix, truth } of samples) {
      expect(truth).not.toMatch(/^\s|^$/)
      if (suffix !== '') expect(prefix + truth + suffix).toBe(text)
      else expect(text.startsWith(prefix + truth)).toBe(true)
    }
  })
})

describe('isRight', () => {
  it.each([
    ['a + b', 'a + b', true],
    ['a + b  ', 'a + b', true],
    ['a + b\n    return c', 'a + b', true],
    ['\n    return c', '    return c', true],
    ['a +', 'a + b', false],
    ['', '', false],
  ])('%j for %j: %s', (suggestion, truth, right) => expect(isRight(suggestion, truth)).toBe(right))
})

describe('calibrationPair', () => {
  const sample = { language: 'python', path: 'a.py', prefix: 'x = ', suffix: '', truth: 'y' }
  const model = { contextLength: 512, infill: true }

  it('judges with an open threshold', async () => {
    const complete: CompletePort = async function* () {
      yield { text: 'y', tokens: [{ text: 'y', logprob: -3 }] }
    }
    expect(await calibrationPair(sample, model, { complete })).toEqual({ meanLogprob: -3, right: true })
  })

  it('does not take a model that is away for one that is silent', async () => {
    // biome-ignore lint/correctness/useYield: a stream that fails before its first chunk
    const complete: CompletePort = async function* () {
      throw new Error('away')
    }
    await expect(calibrationPair(sample, model, { complete })).rejects.toThrow('away')
  })
})
