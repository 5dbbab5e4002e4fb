import type { SandboxLanguage } from '../../sandbox/index.ts'
import { javascript, typescript } from './javascript/index.ts'
import { python } from './python/index.ts'
import type { Renderer } from './renderer.ts'

/** Every renderer, by its language. */
export const renderers: ReadonlyMap<SandboxLanguage, Renderer> = new Map(
  [python, javascript, typescript].map((renderer) => [renderer.language, renderer]),
)
