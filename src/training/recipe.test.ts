import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot, UserError } from '../lib/index.ts'
import { checkRecipe, parameterCount, type Recipe, readRecipe, recipeChecksum } from './recipe.ts'
import { testRecipe } from './test-corpus.ts'

const tiny = testRecipe()

/** The message for the tiny recipe with changes to its sections. */
function messageFor(changes: Partial<Record<keyof Recipe, unknown>>): string {
  const recipe = Object.fromEntries(
    Object.entries({ ...tiny, ...changes }).map(([key, value]) => {
      const before = tiny[key as keyof Recipe]
      return [key, typeof before === 'object' ? { ...before, ...(value as object) } : value]
    }),
  )
  try {
    checkRecipe(recipe, 'tiny.json')
    return 'accepted'
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as UserError).message
  }
}

describe('a recipe', () => {
  it('is accepted when it is whole, as the ones that come with the project are', () => {
    expect(messageFor({})).toBe('accepted')
    const files = globSync(join(projectRoot, 'recipes', '*.json'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect(`${readRecipe(file).name}.json`).toBe(basename(file))
  })

  it.each([
    [{ optimizer: { muonRate: -0.1 } }, 'In tiny.json, optimizer.muonRate must be > 0, it is -0.1.'],
    [{ model: { width: 100 } }, 'In tiny.json, model.width must be multiple of 32, it is 100.'],
    [{ model: { layers: 'six' } }, 'In tiny.json, model.layers must be integer, it is "six".'],
    [{ data: { fimShare: 1.5 } }, 'In tiny.json, data.fimShare must be <= 1, it is 1.5.'],
    [{ format: 'recipe-2' }, 'In tiny.json, format must be "understudy-recipe-1", it is "recipe-2".'],
    [{ batch: { rows: undefined } }, 'In tiny.json, batch.rows is missing.'],
    [{ schedule: { epochs: 3 } }, 'In tiny.json, schedule.epochs is not a field of a recipe.'],
    [
      { model: { kvHeads: 3 } },
      'In tiny.json, model.heads must be a multiple of model.kvHeads, they are 2 and 3.',
    ],
    [
      { batch: { microRows: 17 } },
      'In tiny.json, batch.microRows must not exceed batch.rows, they are 17 and 4.',
    ],
    [
      { schedule: { warmupSteps: 2000 } },
      'In tiny.json, schedule.warmupSteps and schedule.decaySteps must not exceed schedule.steps together, they are 2000 and 6 of 12.',
    ],
  ])('with %j is refused, and the field is named', (changes, message) => {
    expect(messageFor(changes as never)).toBe(message)
  })

  it('that is no object, no JSON or not there is refused in a sentence', () => {
    const folder = mkdtempSync(join(tmpdir(), 'recipe-'))
    try {
      writeFileSync(join(folder, 'half.json'), '{"format": ')
      expect(() => readRecipe(join(folder, 'half.json'))).toThrow(/half\.json is not JSON\.$/)
      expect(() => readRecipe(join(folder, 'none.json'))).toThrow(/none\.json does not exist\.$/)
      expect(() => checkRecipe([])).toThrow('In the recipe, it must be object, it is [].')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('tells how many weights it makes', () => {
    // Embedding 512·32; a layer: q and o 32·32, k and v 32·16, three of 32·64, two norms of 32 and two of 16.
    const layer = 2 * 32 * 32 + 2 * 32 * 16 + 3 * 32 * 64 + 2 * 32 + 2 * 16
    expect(parameterCount(tiny)).toBe(512 * 32 + 2 * layer + 32)
  })

  it('has a checksum that its layout does not change, and its content does', () => {
    const reordered = Object.fromEntries(Object.entries(tiny).reverse()) as unknown as Recipe
    expect(recipeChecksum(reordered)).toBe(recipeChecksum(tiny))
    expect(recipeChecksum({ ...tiny, seed: tiny.seed + 1 })).not.toBe(recipeChecksum(tiny))
  })
})
