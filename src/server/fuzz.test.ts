import fc from 'fast-check'
import { expect, it } from 'vitest'
import { completion, errorBody } from '../api/index.ts'
import { createScriptedEngine } from '../inference/index.ts'
import { createServer, engineCatalogue } from './index.ts'

const headers = { host: 'localhost', authorization: 'Bearer secret', 'content-type': 'application/json' }
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(0, -1, 0.5, 1e9, -1e308, 2 ** 53, '', 'x', true, null, [], {}, [1], ['a'], [[97]]),
)
/** Mostly right values, so that many requests come through the schema to what lies behind it. */
const mostly = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 40, arbitrary: right }, { weight: 1, arbitrary: anything })

const text = fc.string({ unit: 'binary', maxLength: 40 })
const stopText = fc.string({ unit: 'binary', minLength: 1, maxLength: 5 })
const tokens = fc.array(fc.nat(4_100), { minLength: 1, maxLength: 6 })
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** JSON leaves undefined fields out. */
const sometimes = (right: fc.Arbitrary<unknown>) => fc.option(mostly(right), { nil: undefined, freq: 2 })
const body = fc.record({
  model: mostly(fc.constant('scripted')),
  prompt: mostly(
    fc.oneof(
      text,
      fc.array(text, { minLength: 1, maxLength: 3 }),
      tokens,
      fc.array(tokens, { minLength: 1, maxLength: 3 }),
    ),
  ),
  suffix: sometimes(text),
  max_tokens: sometimes(fc.integer({ min: 0, max: 20 })),
  temperature: sometimes(number(0, 2)),
  top_p: sometimes(number(0, 1)),
  n: sometimes(fc.integer({ min: 1, max: 3 })),
  best_of: sometimes(fc.integer({ min: 2, max: 4 })),
  echo: sometimes(fc.boolean()),
  logprobs: sometimes(fc.integer({ min: 0, max: 6 })),
  stop: sometimes(fc.oneof(stopText, fc.array(stopText, { minLength: 1, maxLength: 4 }))),
  stream: sometimes(fc.boolean()),
  stream_options: sometimes(fc.record({ include_usage: fc.boolean() })),
  presence_penalty: sometimes(number(-2, 2)),
  frequency_penalty: sometimes(number(-2, 2)),
  logit_bias: sometimes(fc.dictionary(fc.nat(4_100).map(String), number(-100, 100), { maxKeys: 3 })),
  seed: sometimes(fc.maxSafeInteger()),
  top_k: sometimes(fc.nat()),
  min_p: sometimes(number(0, 1)),
  repetition_penalty: sometimes(number(0.1, 10)),
})

it('answers every body with a completion, or with a 4xx in OpenAI’s error shape', async () => {
  const engine = createScriptedEngine({ '*': 'hello brave new world' })
  const { app } = await createServer({ catalogue: engineCatalogue([engine]), token: 'secret' })
  let good = 0
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 8, arbitrary: body }, { weight: 1, arbitrary: anything }),
      async (sent) => {
        const response = await app.inject({
          method: 'POST',
          url: '/v1/completions',
          headers,
          payload: JSON.stringify(sent),
        })
        if (response.statusCode !== 200) {
          expect(response.statusCode).toBeGreaterThanOrEqual(400)
          expect(response.statusCode).toBeLessThan(500)
          errorBody.parse(response.json())
          return
        }
        good++
        if (response.headers['content-type']?.toString().startsWith('text/event-stream'))
          expect(response.body).toMatch(/^data: \{[\s\S]*data: \[DONE\]\n\n$/)
        else completion.parse(response.json())
      },
    ),
    { numRuns: 400 },
  )
  // Otherwise the property would say little about what lies behind the schema.
  expect(good).toBeGreaterThan(20)
})

it('answers any bytes as a body with a 4xx', async () => {
  const { app } = await createServer({ catalogue: engineCatalogue([]), token: 'secret' })
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
      const response = await app.inject({
        method: 'POST',
        url: '/v1/completions',
        headers,
        payload: Buffer.from(bytes),
      })
      expect(Math.floor(response.statusCode / 100)).toBe(4)
      errorBody.parse(response.json())
    }),
  )
})
