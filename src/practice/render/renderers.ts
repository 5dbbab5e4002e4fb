import type { SandboxLanguage } from '../../sandbox/index.ts'
import { go } from './go/index.ts'
import { javascript, typescript } from './javascript/index.ts'
import { php } from './php/index.ts'
import { python } from './python/index.ts'
import type { Renderer } from './renderer.ts'
import { ruby } from './ruby/index.ts'

/** Every renderer, by its language. */
export const renderers: ReadonlyMap<SandboxLanguage, Renderer> = new Map(
  [python, javascript, typescript, go, ruby, php].map((renderer) => [renderer.language, renderer]),
)
