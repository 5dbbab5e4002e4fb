import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildPrompt } from './prompt.ts'
import { surroundings } from './situation.ts'
import { estimateTokens } from './token-estimate.ts'

const nano = { contextLength: 512, maxTokens: 48, infill: true }

function promptAt(before: string, after: string, budget = nano) {
  return buildPrompt(surroundings({ text: before + after, offset: before.length }), budget)
}

describe('buildPrompt', () => {
  it('takes a short document whole', () => {
    expect(promptAt('a = 1\nb = ', '\nc = 3\n')).toEqual({ prompt: 'a = 1\nb = ', suffix: '\nc = 3\n' })
  })

  it('continues plainly at the end of a file, and for a model that cannot fill in', () => {
    expect(promptAt('a = ', '\n\n')).toEqual({ prompt: 'a = ' })
    expect(promptAt('a = ', '\nb = 2', { ...nano, infill: false })).toEqual({ prompt: 'a = ' })
  })

  it('keeps whole lines, a quarter of them behind the cursor', () => {
    const line = `${'x'.repeat(19)}\n`
    const { prompt, suffix = '' } = promptAt(line.repeat(500), line.repeat(500))
    const total = 512 - 48 - 8
    const [before, after, one] = [prompt, suffix, line].map(estimateTokens) as [number, number, number]
    expect(after).toBeGreaterThan(total * 0.25 - one)
    expect(after).toBeLessThanOrEqual(total * 0.25)
    expect(before + after).toBeLessThanOrEqual(total)
    expect(before).toBeGreaterThan(total * 0.75 * 0.75 - one)
    expect(prompt.startsWith('xxx') && prompt.length % 20 === 0).toBe(true)
  })

  it('starts at the same line for many keystrokes', () => {
    const before = 'value = other + 1\n'.repeat(200)
    const starts = new Set(
      Array.from({ length: 60 }, (_, typed) => {
        const { prompt } = promptAt(before + 'y'.repeat(typed), '')
        return before.length + typed - prompt.length
      }),
    )
    expect(starts.size).toBeLessThanOrEqual(2)
  })

  it('cuts a line that is too long by itself from its left', () => {
    const { prompt } = promptAt(`${'é'.repeat(5000)}end`, '')
    expect(prompt.endsWith('éend')).toBe(true)
    expect(prompt.length).toBeLessThan(512)
  })

  it('ends at the cursor, begins the suffix there, and stays within the budget', () => {
    const text = fc
      .array(fc.constantFrom('a', 'bcd ', '\n', '😀', 'é', '\n    ', 'x'.repeat(300)))
      .map((p) => p.join(''))
    fc.assert(
      fc.property(text, text, fc.integer({ min: 64, max: 600 }), (before, after, contextLength) => {
        const { prompt, suffix = '' } = promptAt(before, after, { ...nano, contextLength })
        expect(before.endsWith(prompt)).toBe(true)
        expect(after.startsWith(suffix)).toBe(true)
        expect(estimateTokens(prompt + suffix)).toBeLessThanOrEqual(Math.max(16, contextLength - 56) + 1e-6)
        expect((prompt + suffix).isWellFormed()).toBe(true)
      }),
    )
  })
})
