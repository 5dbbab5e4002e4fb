import { expect, it } from 'vitest'
import { createTiming } from './timing.ts'

it('gives percentiles by nearest rank', () => {
  const timing = createTiming()
  expect(timing.percentile(0.5)).toBeUndefined()
  for (const value of [50, 10, 40, 20, 30]) timing.add(value)
  expect([timing.percentile(0), timing.percentile(0.5), timing.percentile(0.95)]).toEqual([10, 30, 50])
})
