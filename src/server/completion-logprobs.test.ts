import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toLogprobs } from './completion-logprobs.ts'

describe('toLogprobs', () => {
  it('counts offsets in characters from the start of the prompt, and names the token itself among the likeliest', () => {
    const tokens = [
      { id: 1, text: '😀é', logprob: -1, top: [{ id: 2, text: 'x', logprob: -0.5 }] },
      { id: 2, text: 'x', logprob: -0.5, top: [{ id: 2, text: 'x', logprob: -0.5 }] },
    ]
    expect(toLogprobs(tokens, 10)).toEqual({
      tokens: ['😀é', 'x'],
      token_logprobs: [-1, -0.5],
      top_logprobs: [{ x: -0.5, '😀é': -1 }, { x: -0.5 }],
      text_offset: [10, 12],
    })
  })

  it('has no log-probability for the first token of a prompt, and writes impossible ones as JSON can', () => {
    const tokens = [
      { id: 1, text: 'a', logprob: undefined },
      { id: 2, text: 'b', logprob: Number.NEGATIVE_INFINITY },
      { id: -1, text: 'c', logprob: Number.NaN },
    ]
    expect(toLogprobs(tokens, 0)).toMatchObject({
      token_logprobs: [null, -9999, null],
      top_logprobs: [null, { b: -9999 }, {}],
    })
  })

  it('names tokens that are spelled as what every object inherits', () => {
    const tokens = ['constructor', '__proto__'].map((text, id) => ({ id, text, logprob: -1 }))
    const { top_logprobs } = toLogprobs(tokens, 0)
    expect(top_logprobs?.map((top) => Object.entries(top ?? {}))).toEqual([
      [['constructor', -1]],
      [['__proto__', -1]],
    ])
  })

  it('gives the place of each token in the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
        const characters = [...texts.join('')]
        const { text_offset } = toLogprobs(
          texts.map((text, id) => ({ id, text, logprob: -1 })),
          0,
        )
        texts.forEach((text, i) => {
          const length = [...text].length
          expect(characters.slice(text_offset[i]!, text_offset[i]! + length).join('')).toBe(text)
        })
      }),
    )
  })
})
