import type { Renderer } from '../renderer.ts'
import { check } from './check.ts'
import { valueLiteral } from './literals.ts'
import { moduleText } from './program.ts'

/** Python 3.10 and later, as PEP 8 has it. The surface language is Python, so names and most forms are kept. */
export const python: Renderer = {
  language: 'python',
  render: (program, style) => ({ code: moduleText(program, style), entry: program.entry }),
  literal: (value, type) => valueLiteral(value, type, { quote: "'" }),
  spell: (name) => name,
  check,
}
