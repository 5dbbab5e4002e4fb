import type { Step } from '../document.ts'

/** Sound files with what a grammar does not know (macros, new syntax) stay well under this. */
const MOST_ERRORS = 0.25

/** Drops files of which the grammar cannot read a good part: broken ones, templates, another language. */
export function qualityStep(): Step {
  return {
    name: 'quality',
    judge(document) {
      return (document.quality?.errorShare ?? 0) > MOST_ERRORS
        ? { drop: `over ${100 * MOST_ERRORS} % syntax errors` }
        : { keep: document }
    },
  }
}
