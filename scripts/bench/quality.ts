import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLocalServers } from '../../src/cli/local-servers.ts'
import { createGramTable, eachGram, readCorpus } from '../../src/corpus/index.ts'
import { measureQuality, type QualityResult, qualityParts } from '../../src/evaluation/index.ts'
import { projectRoot } from '../../src/lib/index.ts'
import { nano, needsNano } from './places.ts'
import type { Benchmark, Values } from './result.ts'

const benchmarks = join(projectRoot, 'benchmarks')
/** Evaluation prose beside the checkout, where it is. */
const prose = join(projectRoot, '../shared/bench/nl-wikitext-2')
/** Of each language and of prose: all of most languages' held-out files. */
const bytes = Number(process.env.UNDERSTUDY_QUALITY_BYTES ?? 100_000)
const beginnings = Number(process.env.UNDERSTUDY_QUALITY_BEGINNINGS ?? 200)

/** What can be said of the shipped model without running what it writes. */
export const qualityFigures: Benchmark = {
  name: 'quality',
  title: 'Quality without running code: bits per byte, API calls, invented APIs, regurgitation',
  cost: `${needsNano}; a quarter of an hour`,
  async measure(): Promise<Values> {
    const local = await openLocalServers(
      'understudy-nano',
      join(projectRoot, 'models'),
      new AbortController().signal,
    )
    try {
      const values: Values = {}
      for (const part of qualityParts) {
        const result = await measureQuality(part, {
          ...nano,
          ...(isThere(prose) ? { prose } : {}),
          source: local.source,
          bytes,
          overlap: 0.5,
          beginnings,
          seed: 1,
        })
        values[result.title] = valuesOf(result)
      }
      values['files of the corpus that share 13 words with our sets'] = await sharedFiles()
      return values
    } finally {
      await local.close()
    }
  },
}

function valuesOf({ figures, settings, recitals = [] }: QualityResult): Values {
  return {
    ...Object.fromEntries(
      figures.map(({ name, value, low, high, n, of }) => [
        name,
        { value, 'from, 95 %': low, 'to, 95 %': high, [of]: n },
      ]),
    ),
    ...settings,
    ...Object.fromEntries(
      recitals.map(({ name, lexemes, documents: [document], documentCount }) => [
        `recited after ${name}`,
        `${lexemes} lexemes of ${document?.package}:${document?.path} (${document?.license}), ${documentCount} documents`,
      ]),
    ),
  }
}

/** A set that was trained on would measure memory. */
async function sharedFiles(): Promise<number> {
  const table = createGramTable()
  for (const set of ['api-calls', 'few-shot'])
    for (const file of readdirSync(join(benchmarks, set)).filter((name) => name.endsWith('.jsonl')))
      for (const line of readFileSync(join(benchmarks, set, file), 'utf8')
        .trim()
        .split('\n'))
        eachGram(textOf(JSON.parse(line)), (gram) => table.add(gram))
  let shared = 0
  for await (const { text } of readCorpus(nano.corpus)) {
    let found = false
    eachGram(text, (gram) => {
      found ||= table.find(gram) >= 0
    })
    if (found) shared++
  }
  return shared
}

interface SetRecord {
  code?: string
  setup?: string
  examples?: { task: string; call: string }[]
  queries?: { task: string; call: string }[]
}

function textOf({ code = '', setup = '', examples = [], queries = [] }: SetRecord): string {
  return [code, setup, ...[...examples, ...queries].flatMap(({ task, call }) => [task, call])].join('\n')
}

function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0
  } catch {
    return false
  }
}
