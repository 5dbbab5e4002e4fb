/**
 * Samples of each task out of an exercise. What they need is still to be verified; a sample in which a language cannot
 * say the program well is left out.
 */
import type { Random } from '../../lib/index.ts'
import { UserError } from '../../lib/index.ts'
import { pick } from '../families/choose.ts'
import type { Exercise } from '../families/exercise.ts'
import { writeText } from '../families/wording.ts'
import { rename } from '../language/rename.ts'
import { type Renderer, Unsupported } from '../render/renderer.ts'
import { type Instructions, instruct, languageName } from './instructions.ts'
import { type Mutant, mutate } from './mutate.ts'
import { fenced, type Proposal, type TaskName } from './sample.ts'
import { commented, descriptionIn, documented, drawStyle, renderExercise } from './style.ts'
import { callOf, testCode } from './test-code.ts'

export interface Asking {
  exercise: Exercise
  /** Of the answer. */
  renderer: Renderer
  /** For translations: of what is given. */
  from: Renderer
  instructions: Instructions
  random: Random
}

type Propose = (asking: Asking) => Proposal | undefined

const proposers: Record<Exclude<TaskName, 'few-shot'>, Propose> = {
  /** A file as it is found: documented, or under a comment. */
  write({ exercise, renderer, random }) {
    const plain = drawStyle(random)
    const style = (random() < 0.75 ? documented : commented)(plain, exercise, renderer, random)
    const { code, needed } = renderExercise(exercise, renderer, style)
    return {
      sample: { task: 'write', language: renderer.language, prompt: '', completion: code },
      needs: [needed],
    }
  },

  generate({ exercise, renderer, instructions, random }) {
    const registers = ['question', 'instruction', 'request', 'purpose', 'rules', 'given'] as const
    const text = descriptionIn(exercise, renderer, registers, random)
    if (text === undefined) return undefined
    const { code, needed } = renderExercise(exercise, renderer, drawStyle(random))
    const holes = { text, language: languageName(instructions, renderer.language) }
    return {
      sample: {
        task: 'generate',
        language: renderer.language,
        prompt: instruct(instructions, 'generate', holes, random),
        completion: fenced(renderer.language, code),
      },
      needs: [needed],
    }
  },

  explain({ exercise, renderer, instructions, random }) {
    const { code, needed } = renderExercise(exercise, renderer, drawStyle(random))
    const inSteps = exercise.steps !== undefined && random() < 0.5
    const text = inSteps
      ? writeText(exercise.steps ?? [], renderer)
      : descriptionIn(exercise, renderer, ['documentation', 'summary'], random)
    if (text === undefined) return undefined
    const holes = {
      code: fenced(renderer.language, code),
      language: languageName(instructions, renderer.language),
    }
    return {
      sample: {
        task: 'explain',
        language: renderer.language,
        prompt: instruct(instructions, inSteps ? 'explain_steps' : 'explain', holes, random),
        completion: `${text}\n`,
      },
      needs: [needed],
    }
  },

  document({ exercise, renderer, instructions, random }) {
    const style = drawStyle(random)
    const before = renderExercise(exercise, renderer, style)
    const after = renderExercise(exercise, renderer, documented(style, exercise, renderer, random))
    if (after.code === before.code) return undefined
    const holes = {
      code: fenced(renderer.language, before.code),
      language: languageName(instructions, renderer.language),
    }
    return {
      sample: {
        task: 'document',
        language: renderer.language,
        prompt: instruct(instructions, 'document', holes, random),
        completion: fenced(renderer.language, after.code),
      },
      needs: [before.needed, after.needed],
    }
  },

  test({ exercise, renderer, instructions, random }) {
    const tests = testCode(exercise, renderer, random)
    if (tests === undefined) return undefined
    const { code, needed } = renderExercise(exercise, renderer, drawStyle(random))
    const holes = {
      code: fenced(renderer.language, code),
      language: languageName(instructions, renderer.language),
    }
    return {
      sample: {
        task: 'test',
        language: renderer.language,
        prompt: instruct(instructions, 'test', holes, random),
        completion: fenced(renderer.language, tests),
      },
      needs: [needed],
    }
  },

  translate({ exercise, renderer, from, instructions, random }) {
    if (from.language === renderer.language) return undefined
    const given = renderExercise(exercise, from, drawStyle(random))
    const { code, needed } = renderExercise(exercise, renderer, drawStyle(random))
    const holes = {
      code: fenced(from.language, given.code),
      language: languageName(instructions, from.language),
      to: languageName(instructions, renderer.language),
    }
    return {
      sample: {
        task: 'translate',
        language: renderer.language,
        prompt: instruct(instructions, 'translate', holes, random),
        completion: fenced(renderer.language, code),
      },
      needs: [given.needed, needed],
    }
  },

  fix({ exercise, renderer, instructions, random }) {
    if (exercise.scenario) return undefined
    const mutant = mutate(exercise.program, exercise.examples, random)
    if (mutant === undefined) return undefined
    const style = drawStyle(random)
    const wrong = renderExercise({ ...exercise, ...mutant }, renderer, style)
    const right = renderExercise(exercise, renderer, style)
    const failure = failureOf(exercise, renderer, mutant, instructions, random)
    if (failure === undefined) return undefined
    const holes = {
      code: fenced(renderer.language, wrong.code),
      language: languageName(instructions, renderer.language),
      failure,
    }
    return {
      sample: {
        task: 'fix',
        language: renderer.language,
        prompt: instruct(instructions, 'fix', holes, random),
        completion: fenced(renderer.language, right.code),
      },
      needs: [wrong.needed, right.needed],
    }
  },

  /** A name changed everywhere, or types added. */
  edit({ exercise, renderer, instructions, random }) {
    const style = drawStyle(random)
    const addsTypes = renderer.language === 'python' && random() < 0.4
    const before = renderExercise(exercise, renderer, addsTypes ? { ...style, types: false } : style)
    const change = addsTypes ? undefined : renamed(exercise, instructions.other_names, random)
    if (!addsTypes && change === undefined) return undefined
    const after = renderExercise(
      change?.exercise ?? exercise,
      renderer,
      addsTypes ? { ...style, types: true } : style,
    )
    if (after.code === before.code) return undefined
    const holes = {
      code: fenced(renderer.language, before.code),
      language: languageName(instructions, renderer.language),
      old: renderer.spell(change?.old ?? '', 'variable'),
      new: renderer.spell(change?.new ?? '', 'variable'),
    }
    return {
      sample: {
        task: 'edit',
        language: renderer.language,
        prompt: instruct(instructions, addsTypes ? 'add_types' : 'rename', holes, random),
        completion: fenced(renderer.language, after.code),
      },
      needs: [before.needed, after.needed],
    }
  },
}

/** What a test says of the wrong program. */
function failureOf(
  exercise: Exercise,
  renderer: Renderer,
  { examples, failing }: Mutant,
  instructions: Instructions,
  random: Random,
): string | undefined {
  const got = examples[failing]?.outcome
  const example = exercise.examples[failing]
  if (got === undefined || example === undefined || 'raised' in got || 'raised' in example.outcome)
    return undefined
  const holes = {
    call: callOf(exercise, renderer, example),
    expected: renderer.literal(example.outcome.value, exercise.result),
    got: renderer.literal(got.value, exercise.result),
  }
  return instruct(instructions, 'failures', holes, random).trimEnd()
}

function renamed(exercise: Exercise, names: readonly string[], random: Random) {
  if (exercise.scenario || exercise.parameters.length === 0) return undefined
  const { name: old } = pick(exercise.parameters, random)
  const next = pick(names, random)
  if (next === old) return undefined
  try {
    return {
      exercise: { ...exercise, program: rename(exercise.program, new Map([[old, next]])) },
      old,
      new: next,
    }
  } catch (error) {
    // The name is taken.
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** One sample of a task, or nothing where it has none of it, or where a language cannot say it well. */
export function propose(task: Exclude<TaskName, 'few-shot'>, asking: Asking): Proposal | undefined {
  try {
    return proposers[task](asking)
  } catch (error) {
    if (error instanceof Unsupported) return undefined
    throw error
  }
}
