import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { hasCode, projectRoot, sha256, UserError } from '../lib/index.ts'

/** What decides what a run makes, apart from the data; `trainer/recipe.schema.json` says what each field means. */
export interface Recipe {
  format: 'understudy-recipe-1'
  name: string
  seed: number
  model: {
    layers: number
    width: number
    heads: number
    kvHeads: number
    headSize: number
    feedForward: number
    vocabularySize: number
    contextLength: number
    ropeBase: number
    normEpsilon: number
  }
  data: { fimShare: number; heldoutShare: number; passes: number }
  batch: { rows: number; microRows: number }
  optimizer: {
    muonRate: number
    muonMomentum: number
    muonWeightDecay: number
    adamRate: number
    gradientClip: number
  }
  schedule: {
    steps: number
    warmupSteps: number
    decaySteps: number
    finalShare: number
    checkpointEverySteps: number
    heldoutEverySteps: number
  }
}

const schemaPath = join(projectRoot, 'trainer', 'recipe.schema.json')
let validator: ValidateFunction<Recipe> | undefined

/** Reads and checks a recipe file; a `UserError` names the file and the first field that is wrong. */
export function readRecipe(path: string): Recipe {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw hasCode(error, 'ENOENT')
      ? new UserError(
          `The recipe ${path} does not exist.`,
          'Name one of the files in recipes/, or a copy of one.',
        )
      : new UserError(`The recipe ${path} is not JSON.`, 'Compare it with recipes/understudy-nano.json.', {
          cause: error,
        })
  }
  return checkRecipe(value, path)
}

/** The value as a recipe; a `UserError` names the first field that breaks the schema or a rule across fields. */
export function checkRecipe(value: unknown, path = 'the recipe'): Recipe {
  validator ??= new Ajv2020({ strict: true, verbose: true }).compile<Recipe>(
    JSON.parse(readFileSync(schemaPath, 'utf8')),
  )
  const problem = validator(value) ? crossProblem(value) : schemaProblem(validator.errors?.[0])
  if (problem === undefined) return value as Recipe
  throw new UserError(
    `In ${path}, ${problem}.`,
    `Change that field; ${schemaPath} says what each field may hold.`,
  )
}

/** One schema error in words: `optimizer.muonRate must be > 0, it is -0.1`. */
function schemaProblem(error: ErrorObject | undefined): string {
  if (error === undefined) return 'a field is wrong'
  const field = error.instancePath.slice(1).replaceAll('/', '.')
  const inside = (name: string) => (field === '' ? name : `${field}.${name}`)
  if (error.keyword === 'required') return `${inside(error.params.missingProperty)} is missing`
  if (error.keyword === 'additionalProperties')
    return `${inside(error.params.additionalProperty)} is not a field of a recipe`
  const rule =
    error.keyword === 'const' ? `must be ${JSON.stringify(error.params.allowedValue)}` : error.message
  return `${field || 'it'} ${rule}, it is ${JSON.stringify(error.data)?.slice(0, 60)}`
}

/** What one field says of another, which a schema cannot; `trainer/` checks the same rules. */
function crossProblem({ model, batch, schedule }: Recipe): string | undefined {
  if (model.heads % model.kvHeads !== 0)
    return `model.heads must be a multiple of model.kvHeads, they are ${model.heads} and ${model.kvHeads}`
  if (batch.microRows > batch.rows)
    return `batch.microRows must not exceed batch.rows, they are ${batch.microRows} and ${batch.rows}`
  if (schedule.warmupSteps + schedule.decaySteps > schedule.steps)
    return `schedule.warmupSteps and schedule.decaySteps must not exceed schedule.steps together, they are ${schedule.warmupSteps} and ${schedule.decaySteps} of ${schedule.steps}`
  return undefined
}

/** Number of weights, the embedding counted once since the output layer is tied to it. */
export function parameterCount({ model }: Recipe): number {
  const queries = model.heads * model.headSize
  const keys = model.kvHeads * model.headSize
  const attention = model.width * (2 * queries + 2 * keys) + 2 * model.headSize
  const layer = attention + 3 * model.width * model.feedForward + 2 * model.width
  return model.vocabularySize * model.width + model.layers * layer + model.width
}

/** SHA-256 of the recipe's JSON with sorted keys: the same for two files that differ in layout alone. */
export function recipeChecksum(recipe: Recipe): string {
  return sha256(JSON.stringify(sortKeys(recipe)))
}

function sortKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  )
}
