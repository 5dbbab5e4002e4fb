import type { Renderer } from '../renderer.ts'
import { check } from './check.ts'
import { valueLiteral } from './literals.ts'
import { fileText } from './program.ts'
import { spell } from './spelling.ts'

/**
 * Ruby 3. Lists and tuples are arrays, dicts are hashes with strings as keys, spans of days are integers, records are
 * structs. Where a program's error is an index or key that is not there, Ruby goes on with nil.
 */
export const ruby: Renderer = {
  language: 'ruby',
  render: (program, style) => ({
    code: fileText(program, style),
    entry: spell(
      program.entry,
      program.classes.some(({ name }) => name === program.entry) ? 'type' : 'function',
    ),
  }),
  literal: (value, type) => valueLiteral(value, type, "'"),
  spell,
  check,
}
