import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { ApiError } from '../api/index.ts'
import { createParser, loadWasmFromPackage } from '../syntax/index.ts'
import { createCache } from './cache.ts'
import type { CompletePort, PortRequest } from './port.ts'
import { suggest } from './suggest.ts'

const parser = createParser({ loadWasm: loadWasmFromPackage })
afterAll(() => parser.dispose())

const model = { contextLength: 512, infill: true, threshold: -0.7 }

/** A model that answers with these tokens, all as sure as `logprob` says, or each with its own. */
function answering(tokens: (string | [text: string, logprob: number])[], logprob = -0.1) {
  const requests: PortRequest[] = []
  const complete: CompletePort = async function* (request) {
    requests.push(request)
    for (const token of tokens) {
      const [text, own] = typeof token === 'string' ? [token, logprob] : token
      yield { text, tokens: [{ text, logprob: own }] }
    }
  }
  return { complete, requests }
}

function at(marked: string, language = 'python') {
  const offset = marked.indexOf('█')
  return { text: marked.replace('█', ''), offset, language, path: '' }
}

describe('suggest', () => {
  /** Document, what the model says in tokens parted by `·`, and what is shown; or why nothing is, in brackets. */
  const cases: [document: string, said: string, shown: string, language?: string][] = [
    ['def add(a, b):\n    return █', 'a· +· b', 'a + b'],
    ['def add(a, b):\n    return █', 'a· +· b·\n·\n·def', 'a + b'],
    ['def add(a, b):\n    █', 'total· = a·\n    ·return total·\n·\n', 'total = a\n    return total'],
    ['def add(a, b):█', '\n·    return a·\nprint·(1)', '\n    return a'],
    ['print(█)', '"hi"·)', '"hi"'],
    ['if (a) {\n  █\n}\n', 'return b·\n}·\n', 'return b', 'javascript'],
    ['return █', '', '[empty]'],
    ['return █', '  ·\n', '[empty]'],
    ['█', 'import os', '[empty]'],
    ['a = █ + b', '1', '[mid-line]'],
    ['a = f█oo', '1', '[mid-line]'],
    ['import os\n█\nimport sys\n', 'import sys', '[duplicate]'],
    ['import os\n█', 'import os', '[repetition]'],
    ['x = █', 'a, a, a, a, a, a, a, a', '[repetition]'],
    ['x = 1\ny = █', 'f(1))', '[parse-error]'],
    ['x = 1\ny = █', 'f(1', 'f(1'],
    ['SELECT █', 'a) FROM (b', 'a) FROM (b', 'sql'],
  ]
  it.each(cases)('%j, said %j: shows %j', async (document, said, shown, language = 'python') => {
    const outcome = await suggest(at(document, language), {
      model,
      parser,
      complete: answering(said === '' ? [] : said.split('·')).complete,
    })
    expect(outcome.kind === 'suggestion' ? outcome.text : `[${outcome.reason}]`).toBe(shown)
  })

  it('is quiet where the model is not sure, and says how sure it was', async () => {
    const { complete } = answering(['a', ' + b'], -1.5)
    const outcome = await suggest(at('return █'), { model, complete })
    expect(outcome).toMatchObject({ kind: 'quiet', reason: 'low-confidence', meanLogprob: -1.5 })
  })

  it('keeps the lines of a block of which the model is sure', async () => {
    const { complete } = answering([
      ['a = b\n', -0.1],
      ['    c = d\n', -0.3],
      ['    e = f\n\n', -9],
    ])
    const outcome = await suggest(at('def f():\n    █'), { model, complete })
    expect(outcome).toMatchObject({ kind: 'suggestion', text: 'a = b\n    c = d', meanLogprob: -0.2 })
  })

  it('asks for the rest of the line with the suffix, and stops at its end', async () => {
    const { complete, requests } = answering(['1'])
    await suggest(at('a = █\nb = 2\n'), { model, complete })
    expect(requests).toEqual([{ prompt: 'a = ', suffix: '\nb = 2\n', maxTokens: 48, stop: ['\n'] }])
  })

  it('keeps to one line where that is wanted', async () => {
    const { complete, requests } = answering(['pass'])
    await suggest(at('def f():\n    █'), { model, complete, singleLine: true })
    expect(requests[0]?.stop).toEqual(['\n'])
  })

  it('asks once for what is typed as suggested', async () => {
    const { complete, requests } = answering(['foo', '(1)'])
    const cache = createCache()
    await suggest(at('x = █'), { model, complete, cache })
    expect(await suggest(at('x = fo█'), { model, complete, cache })).toMatchObject({
      text: 'o(1)',
      milliseconds: 0,
    })
    expect(requests.length).toBe(1)
  })

  it('tries again with less where the prompt was too long', async () => {
    const lengths: number[] = []
    const complete: CompletePort = async function* ({ prompt }) {
      lengths.push(prompt.length)
      if (prompt.length > 400)
        throw new ApiError('too long', { code: 'context_length_exceeded', status: 400 })
      yield { text: '1', tokens: [{ text: '1', logprob: 0 }] }
    }
    const outcome = await suggest(at(`${'value = 1\n'.repeat(300)}x = █`), { model, complete })
    expect(outcome.kind).toBe('suggestion')
    expect(lengths.length).toBe(3)
  })

  it('says what a server said that cannot answer, and does not remember it', async () => {
    let fails = true
    const complete: CompletePort = async function* () {
      if (fails) throw new Error('The server is away.')
      yield { text: '1', tokens: [{ text: '1', logprob: 0 }] }
    }
    const cache = createCache()
    expect(await suggest(at('x = █'), { model, complete, cache })).toMatchObject({
      reason: 'unavailable',
      message: 'The server is away.',
    })
    fails = false
    expect(await suggest(at('x = █'), { model, complete, cache })).toMatchObject({ text: '1' })
  })

  it('is cancelled by its signal', async () => {
    const controller = new AbortController()
    const complete: CompletePort = async function* (_, signal) {
      controller.abort()
      signal.throwIfAborted()
      yield { text: '1', tokens: [] }
    }
    const outcome = await suggest(at('x = █'), { model, complete, signal: controller.signal })
    expect(outcome).toMatchObject({ kind: 'quiet', reason: 'cancelled' })
  })

  it('lets go of the stream once it has enough', async () => {
    let released = false
    const complete: CompletePort = async function* () {
      try {
        for (;;) yield { text: 'a\n', tokens: [{ text: 'a\n', logprob: 0 }] }
      } finally {
        released = true
      }
    }
    await suggest(at('x = █'), { model, complete })
    expect(released).toBe(true)
  })

  it('never throws, whatever stands in the document and whatever the model says', async () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '{',
      '}',
      '"',
      "'",
      'a',
      ' = ',
      '\n',
      '\n    ',
      ':',
      '😀',
      '\t',
      'end',
      '`',
    )
    const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''))
    const language = fc.constantFrom('python', 'javascript', 'ruby', 'sql', 'unheard of')
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        fc.array(text, { maxLength: 6 }),
        language,
        async (before, after, said, id) => {
          const situation = { text: before + after, offset: before.length, language: id, path: '' }
          const outcome = await suggest(situation, { model, parser, complete: answering(said).complete })
          if (outcome.kind === 'suggestion') {
            expect(outcome.text.trim()).not.toBe('')
            expect(said.join('').startsWith(outcome.text)).toBe(true)
          } else expect(outcome.reason).not.toBe('unavailable')
        },
      ),
      { numRuns: 150 },
    )
  })
})
