/** Real input for this folder's tests: the sources of two installed packages, whose versions the lock file pins. */
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Document } from '../corpus/index.ts'
import { projectRoot, sha256 } from '../lib/index.ts'
import { createTokenizer, type Tokenizer, trainTokenizer } from '../tokenizer/index.ts'
import type { Recipe } from './recipe.ts'

export const testVocabularySize = 512

let trained: Promise<Tokenizer> | undefined

/** A tokenizer of 512 tokens, trained once a test file. */
export function testTokenizer(): Promise<Tokenizer> {
  trained ??= trainTokenizer(
    testDocuments().map(({ text }) => text),
    { vocabularySize: testVocabularySize },
  ).then(createTokenizer)
  return trained
}

/** About 400 kB in two languages. */
export function testDocuments(): Document[] {
  const files = ['ajv/lib/**/*.ts', 'commander/lib/*.js'].flatMap((pattern) =>
    globSync(join(projectRoot, 'node_modules', pattern)).sort(),
  )
  return files.map((file) => {
    const text = readFileSync(file, 'utf8')
    return {
      text,
      path: relative(join(projectRoot, 'node_modules'), file),
      language: file.endsWith('.js') ? 'javascript' : 'typescript',
      package: 'test',
      version: '0',
      license: 'MIT',
      sha256: sha256(text),
      source: { kind: 'folder', checksum: 'none' },
    }
  })
}

/** A model that trains in seconds, with rows of 128 tokens. */
export function testRecipe(): Recipe {
  return {
    format: 'understudy-recipe-1',
    name: 'tiny',
    seed: 1,
    model: {
      layers: 2,
      width: 32,
      heads: 2,
      kvHeads: 1,
      headSize: 16,
      feedForward: 64,
      vocabularySize: testVocabularySize,
      contextLength: 128,
      ropeBase: 10000,
      normEpsilon: 1e-6,
    },
    data: { fimShare: 0.5, heldoutShare: 0.05, passes: 1 },
    batch: { rows: 4, microRows: 2 },
    optimizer: {
      muonRate: 0.02,
      muonMomentum: 0.95,
      muonWeightDecay: 0.01,
      adamRate: 0.006,
      gradientClip: 1,
    },
    schedule: {
      steps: 12,
      warmupSteps: 2,
      decaySteps: 6,
      finalShare: 0.05,
      checkpointEverySteps: 4,
      heldoutEverySteps: 12,
    },
  }
}
