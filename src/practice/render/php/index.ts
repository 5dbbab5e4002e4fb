import type { Renderer } from '../renderer.ts'
import { check } from './check.ts'
import { valueLiteral } from './literals.ts'
import { fileText } from './program.ts'
import { spell } from './spelling.ts'

/**
 * PHP 8.2. Lists, tuples, dicts and sets (whose items are keys) are arrays, spans of days are ints, records are classes
 * with promoted fields. Text has one byte a character.
 */
export const php: Renderer = {
  language: 'php',
  render: (program, style) => ({
    code: fileText(program, style),
    entry: spell(
      program.entry,
      program.classes.some(({ name }) => name === program.entry) ? 'type' : 'function',
    ),
  }),
  literal: (value, type) => valueLiteral(value, type),
  spell,
  check,
}
