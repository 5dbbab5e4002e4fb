import type { Renderer } from '../renderer.ts'
import { check } from './check.ts'
import { literal } from './literals.ts'
import { programText } from './program.ts'
import { spell } from './spelling.ts'

/** JavaScript of ES2023 and later. */
export const javascript: Renderer = rendererOf('javascript')

/** The same with types, which hold under `strict`. */
export const typescript: Renderer = rendererOf('typescript')

function rendererOf(language: 'javascript' | 'typescript'): Renderer {
  return {
    language,
    render: (program, style) => ({
      code: programText(program, style, language === 'typescript'),
      entry: entryOf(program),
    }),
    literal,
    spell,
    check: (batch) => check(language, batch),
  }
}

function entryOf({ entry, classes }: { entry: string; classes: readonly { name: string }[] }): string {
  return spell(entry, classes.some(({ name }) => name === entry) ? 'type' : 'function')
}
