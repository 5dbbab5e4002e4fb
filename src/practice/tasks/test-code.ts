/** Tests made of an exercise's examples, as each language's own assertions. */
import type { Random } from '../../lib/index.ts'
import type { SandboxLanguage } from '../../sandbox/index.ts'
import type { Exercise } from '../families/exercise.ts'
import type { Example } from '../language/value.ts'
import type { Renderer } from '../render/renderer.ts'
import { shortExamples } from './sample.ts'

type Write = (entry: string, cases: Case[], random: Random) => string

/** One call and what it has to give, as source; nothing where it has to fail. */
interface Case {
  call: string
  expected: string | undefined
}

const writers: Partial<Record<SandboxLanguage, Write>> = {
  python: (entry, cases, random) => {
    const raises = cases.some(({ expected }) => expected === undefined)
    const lines = cases.map(({ call, expected }) => {
      if (expected === undefined) return `    with pytest.raises(ValueError):\n        ${call}`
      const isSingleton = expected === 'True' || expected === 'False' || expected === 'None'
      return `    assert ${call} ${isSingleton ? 'is' : '=='} ${expected}`
    })
    const name = random() < 0.5 ? `test_${entry}` : `test_${entry}_examples`
    return `${raises ? 'import pytest\n\n\n' : ''}def ${name}():\n${lines.join('\n')}\n`
  },
  javascript: nodeTest,
  typescript: nodeTest,
}

function nodeTest(entry: string, cases: Case[]): string {
  const lines = cases.map(({ call, expected }) =>
    expected === undefined
      ? `  assert.throws(() => ${call});`
      : `  assert.deepStrictEqual(${call}, ${expected});`,
  )
  return `import assert from 'node:assert';\nimport { test } from 'node:test';\n\ntest('${entry}', () => {\n${lines.join('\n')}\n});\n`
}

/** Fewer do not test much. */
const fewestCases = 3

/** The tests as code; nothing where the language has no writer, or where too few examples fit into a line. */
export function testCode(exercise: Exercise, renderer: Renderer, random: Random): string | undefined {
  const write = writers[renderer.language]
  // What drives a class is not a part of its code.
  if (write === undefined || exercise.scenario) return undefined
  const examples = shortExamples(exercise.examples, 6).filter(hasExactResult)
  if (examples.length < fewestCases) return undefined
  const entry = renderer.spell(exercise.program.entry, 'function')
  const cases = examples.map((example) => ({
    call: callOf(exercise, renderer, example),
    expected:
      'value' in example.outcome ? renderer.literal(example.outcome.value, exercise.result) : undefined,
  }))
  return write(entry, cases, random)
}

/** A call of the entry, as source. */
export function callOf(exercise: Exercise, renderer: Renderer, example: Example): string {
  const given = example.arguments.map((value, index) => {
    const parameter = exercise.parameters[index]
    if (parameter === undefined) throw new RangeError(`${exercise.id} has no parameter ${index}`)
    return renderer.literal(value, parameter.type)
  })
  return `${renderer.spell(exercise.program.entry, 'function')}(${given.join(', ')})`
}

/** A float that was computed is compared by no equality. */
function hasExactResult({ outcome }: Example): boolean {
  return 'raised' in outcome || !/\d\.\d{4,}/.test(JSON.stringify(outcome.value))
}
