import type { Program } from '../../language/program.ts'
import type { Renderer } from '../renderer.ts'
import { check } from './check.ts'
import { exported, unexported } from './names.ts'
import { fileText } from './program.ts'
import { surveyOf } from './survey.ts'
import { valueText } from './values.ts'

const nothing: Program = { records: [], classes: [], functions: [], entry: '' }

/** Go 1.19, as gofmt has it. */
export const go: Renderer = {
  language: 'go',
  render: (program, style) => ({ code: fileText(program, style), entry: exported(program.entry) }),
  literal: (value, type) => valueText(value, type, surveyOf(nothing)),
  spell: (name, role) => (role === 'variable' ? unexported(name) : exported(name)),
  check,
}
