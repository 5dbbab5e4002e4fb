import { describe, expect, it } from 'vitest'
import { heldoutPosition, heldoutShares, isHeldout } from './split.ts'

const texts = Array.from({ length: 4000 }, (_, i) => `def function_${i}(x):\n    return x + ${i}\n`)

describe('the held-out split', () => {
  it('keeps about the share asked for out of training', () => {
    const held = texts.filter((text) => isHeldout({ text, language: 'python' }, { '*': 0.05 }, 1))
    expect(held.length / texts.length).toBeGreaterThan(0.04)
    expect(held.length / texts.length).toBeLessThan(0.06)
  })

  it('puts copies that differ in whitespace on the same side', () => {
    for (const text of texts.slice(0, 200)) {
      const copy = `\n${text.replaceAll('\n', '\r\n').replaceAll('    ', '\t')}`
      expect(heldoutPosition(copy, 1)).toBe(heldoutPosition(text, 1))
    }
  })

  it('is another for another seed', () => {
    const both = texts.filter((text) => heldoutPosition(text, 1) < 0.1 && heldoutPosition(text, 2) < 0.1)
    expect(both.length / texts.length).toBeLessThan(0.03)
  })

  it('holds eight documents of a small language out, a tenth at most, and none of a single one', () => {
    const positions = new Map([
      ['python', texts.map((text) => heldoutPosition(text, 1))],
      ['sql', texts.slice(0, 90).map((text) => heldoutPosition(text, 1))],
      ['lua', texts.slice(90, 105).map((text) => heldoutPosition(text, 1))],
      ['perl', [0.5]],
    ])
    const shares = heldoutShares(positions, 0.01)
    const held = (language: string) =>
      positions.get(language)?.filter((position) => position < (shares[language] ?? shares['*'])).length
    expect(shares).not.toHaveProperty('python')
    expect(held('sql')).toBe(8)
    expect(held('lua')).toBe(2)
    expect(held('perl')).toBe(0)
  })
})
