import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGramTable, eachGram, GRAM_WORDS } from './grams.ts'

function gramsOf(text: string): number[] {
  const grams: number[] = []
  eachGram(text, (gram) => grams.push(gram))
  return grams
}

const word = fc.stringMatching(/^[a-z0-9_]{1,8}$/)

test('there is one gram for every 13 words in a row', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      expect(gramsOf(words.join(' '))).toHaveLength(Math.max(0, words.length - GRAM_WORDS + 1))
    }),
  )
})

test('layout, punctuation and case do not matter, and neither does what stands before or after', () => {
  const thirteen = fc.array(word, { minLength: GRAM_WORDS, maxLength: GRAM_WORDS })
  const around = fc.array(word, { maxLength: 30 })
  fc.assert(
    fc.property(thirteen, around, around, (words, before, after) => {
      const [gram] = gramsOf(words.join(' '))
      const inContext = [...before, words.join('(\n\t').toUpperCase(), ...after].join(', ')
      expect(gramsOf(inContext)).toContain(gram)
    }),
  )
})

test('other words give other grams', () => {
  const grams = new Set<number>()
  for (let i = 0; i < 100_000; i++)
    for (const gram of gramsOf(`${i} b c d e f g h i j k l m`)) grams.add(gram)
  expect(grams.size).toBe(100_000)
})

test('the table finds what was added and counts it', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 53 - 1 }), { minLength: 2, maxLength: 300 }),
      (all) => {
        const table = createGramTable()
        const [absent, ...added] = all
        for (const gram of [...added, ...added]) table.add(gram)
        expect(table.size).toBe(added.length)
        expect(table.find(absent!)).toBe(-1)
        for (const gram of added) table.increment(table.find(gram))
        expect(added.every((gram) => table.count(table.find(gram)) === 1)).toBe(true)
      },
    ),
  )
})

test('the table grows', () => {
  const table = createGramTable()
  for (let gram = 1; gram <= 200_000; gram++) table.add(gram * 7919)
  expect(table.size).toBe(200_000)
  for (let gram = 1; gram <= 200_000; gram++) if (table.find(gram * 7919) < 0) throw new Error(`lost ${gram}`)
})
