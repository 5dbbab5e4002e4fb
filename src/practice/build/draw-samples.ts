/**
 * The samples of a range of seeds: exercises are drawn, tasks proposed for each, their code verified in the sandbox by
 * language, and what does not agree with the interpreter is dropped and counted. A pure function of the files, the seeds
 * and the options, as far as the toolchains are there.
 */
import { type Random, randomFor } from '../../lib/index.ts'
import type { Sandbox, SandboxLanguage } from '../../sandbox/index.ts'
import { drawExercise } from '../families/exercise.ts'
import type { Library } from '../families/library.ts'
import type { Renderer } from '../render/renderer.ts'
import { renderers } from '../render/renderers.ts'
import type { Instructions } from '../tasks/instructions.ts'
import { instruct } from '../tasks/instructions.ts'
import { propose } from '../tasks/propose.ts'
import type { Needed, Proposal, TaskName, TaskSample } from '../tasks/sample.ts'
import { verifyRenderings } from '../verify/verify-renderings.ts'
import { type Counts, keptDisagreements, noCounts } from './counts.ts'

export interface DrawOptions {
  library: Library
  instructions: Instructions
  sandbox: Pick<Sandbox, 'run'>
  /** Languages to write in, and how often, relative to each other. */
  languages: Readonly<Partial<Record<SandboxLanguage, number>>>
  signal?: AbortSignal
}

export interface DrawnSamples {
  samples: (TaskSample & { exercise: string; origins: string[] })[]
  counts: Counts
}

/** How often each task is asked of an exercise. Whole files and answers to descriptions are what most is learnt from. */
const taskShares: Record<Exclude<TaskName, 'few-shot'>, number> = {
  write: 1,
  generate: 0.7,
  explain: 0.2,
  document: 0.2,
  test: 0.2,
  translate: 0.25,
  fix: 0.25,
  edit: 0.15,
}

/** Renderings that are compiled and run together. */
const batchSize = 60
const fewShotShare = 0.08

export async function drawSamples(
  { from, to, seed }: { from: number; to: number; seed: number },
  options: DrawOptions,
): Promise<DrawnSamples> {
  const drawn = []
  for (let index = from; index < to; index++) {
    options.signal?.throwIfAborted()
    drawn.push(...proposalsOf(`${seed}.${index}`, options))
  }
  const counts: Counts = { ...noCounts(), exercises: to - from }
  const agreed = await verifyAll(
    drawn.flatMap(({ proposal }) => proposal.needs),
    options,
    counts,
  )
  const good = drawn.filter(({ proposal }) => proposal.needs.every((needed) => agreed.has(keyOf(needed))))
  const samples = good.map(({ proposal, exercise, origins }) => ({ ...proposal.sample, exercise, origins }))
  samples.push(...fewShot(samples, options.instructions, randomFor('few-shot', seed, from)))
  counts.samples = samples.length
  return { samples, counts }
}

function proposalsOf(seed: string, { library, instructions, languages }: DrawOptions) {
  const exercise = drawExercise(library, seed)
  const found: { proposal: Proposal; exercise: string; origins: string[] }[] = []
  for (const [task, share] of Object.entries(taskShares) as [keyof typeof taskShares, number][]) {
    const random = randomFor('task', seed, task)
    if (random() >= share) continue
    const renderer = drawLanguage(languages, random)
    const from = drawLanguage(languages, random)
    const proposal = propose(task, { exercise, renderer, from, instructions, random })
    if (proposal !== undefined) found.push({ proposal, exercise: exercise.id, origins: exercise.origins })
  }
  return found
}

function drawLanguage(languages: DrawOptions['languages'], random: Random): Renderer {
  const known = [...renderers.values()].filter(({ language }) => (languages[language] ?? 0) > 0)
  let left = random() * known.reduce((sum, { language }) => sum + (languages[language] ?? 0), 0)
  for (const renderer of known) {
    left -= languages[renderer.language] ?? 0
    if (left < 0) return renderer
  }
  const last = known.at(-1)
  if (last === undefined) throw new RangeError('No language to write in.')
  return last
}

/** The keys of all renderings that agree. The same code of the same exercise runs once. */
async function verifyAll(
  needs: readonly Needed[],
  { sandbox, signal }: DrawOptions,
  counts: Counts,
): Promise<Set<string>> {
  const agreed = new Set<string>()
  const different = new Map(needs.map((needed) => [keyOf(needed), needed]))
  const byRenderer = Map.groupBy(different.values(), ({ renderer }) => renderer)
  const batches = [...byRenderer].flatMap(([renderer, all]) =>
    Array.from({ length: Math.ceil(all.length / batchSize) }, (_, index) => ({
      renderer,
      batch: all.slice(index * batchSize, (index + 1) * batchSize),
    })),
  )
  await Promise.all(
    batches.map(async ({ renderer, batch }) => {
      const rendered = batch.map((needed) => needed.rendered)
      const verifications = await verifyRenderings(renderer, rendered, sandbox, signal)
      const count = counts.languages[renderer.language] ?? { rendered: 0, agreed: 0, refused: 0 }
      counts.languages[renderer.language] = count
      for (const [index, verification] of verifications.entries()) {
        const needed = batch[index] as Needed
        count.rendered++
        if (verification.outcome === 'refused') count.refused++
        else if (verification.outcome === 'agrees') {
          count.agreed++
          agreed.add(keyOf(needed))
        } else if (counts.disagreements.length < keptDisagreements)
          counts.disagreements.push(`${renderer.language}: ${verification.reason}\n${needed.rendered.code}`)
      }
    }),
  )
  return agreed
}

function keyOf({ renderer, rendered: { code, entry, examples } }: Needed): string {
  return JSON.stringify([renderer.language, entry, code, examples])
}

/** Two or three answered requests in a row, so that examples in the prompt come to mean something. */
function fewShot(
  samples: DrawnSamples['samples'],
  instructions: Instructions,
  random: Random,
): DrawnSamples['samples'] {
  const byKind = Map.groupBy(
    samples.filter(({ task }) => task === 'generate' || task === 'test' || task === 'explain'),
    ({ task, language }) => `${task} ${language}`,
  )
  return [...byKind.values()].flatMap((group) =>
    Array.from({ length: Math.floor(group.length * fewShotShare) }, () => {
      const first = Math.floor(random() * (group.length - 2))
      const shots = group.slice(first, first + 2 + Math.round(random()))
      const last = shots.at(-1) as (typeof group)[number]
      const before = shots.slice(0, -1).map(({ prompt, completion }) => `${prompt}${completion}\n`)
      return {
        ...last,
        task: 'few-shot' as const,
        prompt: `${instruct(instructions, 'examples', {}, random)}${before.join('')}${last.prompt}`,
        origins: shots.flatMap(({ origins }) => origins),
      }
    }),
  )
}
