import { drawExercise } from '../families/exercise.ts'
import { openLibrary } from '../families/library.ts'
import { python } from '../render/python/index.ts'

/** A function in Python and what it was made of. */
export interface Solution {
  code: string
  entry: string
  origins: string[]
}

/** Solutions of as many exercises of a seed, each different one once, to be compared with other problems. */
export async function drawPythonSolutions(exercises: number, seed: number): Promise<Solution[]> {
  const library = await openLibrary()
  const solutions = new Map<string, Solution>()
  for (let index = 0; index < exercises; index++) {
    const { program, origins } = drawExercise(library, `${seed}.${index}`)
    const { code, entry } = python.render(program, { types: false, variant: 0 })
    solutions.set(code, { code, entry, origins })
  }
  return [...solutions.values()]
}
