/** How the code of one sample is written. */
import { integerIn, type Random } from '../../lib/index.ts'
import { pick } from '../families/choose.ts'
import type { Exercise } from '../families/exercise.ts'
import type { Register } from '../families/phrases.ts'
import { writeText } from '../families/wording.ts'
import type { Documentation, Rendered, Renderer, Style } from '../render/renderer.ts'
import { type Needed, shortExamples } from './sample.ts'

/** A renderer's variants are numbered from 0 to anything. */
const variants = 1 << 16
const typedShare = 0.6

/** A style without documentation. */
export function drawStyle(random: Random): Style {
  return { types: random() < typedShare, variant: integerIn(random, 0, variants) }
}

/** The same style with documentation: of one line, or of everything that there is to say. */
export function documented(style: Style, exercise: Exercise, renderer: Renderer, random: Random): Style {
  const registers: Register[] = ['summary', 'documentation', 'documentation', 'rules', 'purpose']
  const content = documentationIn(exercise, renderer, registers, random)
  return content === undefined ? style : { ...style, documentation: { form: 'doc', content } }
}

/** The same style with a plain comment above the code. */
export function commented(style: Style, exercise: Exercise, renderer: Renderer, random: Random): Style {
  const content = documentationIn(exercise, renderer, ['comment', 'terse', 'instruction', 'given'], random)
  if (content === undefined) return style
  return { ...style, documentation: { form: 'comment', content: { text: content.text, examples: [] } } }
}

function documentationIn(
  exercise: Exercise,
  renderer: Renderer,
  registers: readonly Register[],
  random: Random,
): Documentation | undefined {
  const text = descriptionIn(exercise, renderer, registers, random)
  if (text === undefined) return undefined
  const isFull = random() < 0.3
  const { parameters, returns } = exercise.documentation
  // Of a class the examples are calls of its scenario, which the code does not have.
  const examples = exercise.scenario ? [] : shortExamples(exercise.examples, integerIn(random, 0, 3))
  return {
    text,
    examples,
    ...(isFull && {
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, line]) => [name, writeText(line, renderer)]),
      ),
      ...(returns && { returns: writeText(returns, renderer) }),
    }),
  }
}

/** A description in one of the registers that the exercise has. */
export function descriptionIn(
  exercise: Exercise,
  renderer: Renderer,
  registers: readonly Register[],
  random: Random,
): string | undefined {
  const present = registers.filter((register) => exercise.descriptions[register] !== undefined)
  if (present.length === 0) return undefined
  const text = exercise.descriptions[pick(present, random)]
  return text && writeText(text, renderer)
}

/** Code of an exercise and what has to be verified of it. Throws `Unsupported`. */
export function renderExercise(
  exercise: Exercise,
  renderer: Renderer,
  style: Style,
): { code: string; needed: Needed } {
  const { code, entry } = renderer.render(exercise.program, style)
  const { scenario, examples } = exercise
  const whole = scenario ? renderer.render(scenario, style) : { code, entry }
  const rendered: Rendered = { ...whole, program: scenario ?? exercise.program, examples }
  return { code, needed: { renderer, rendered } }
}
