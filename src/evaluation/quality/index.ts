/** Quality without running code: how well a model predicts text, and whether it knows what it is shown. */
export { type BitsOptions, type BitsResult, measureBits } from './bits-per-byte.ts'
export {
  type QualityFigure,
  type QualityPart,
  type QualityResult,
  qualityParts,
  qualityResult,
} from './result.ts'
export { describeSubject, type Subject } from './subject.ts'
export { heldoutTexts, proseTexts, type QualityText } from './texts.ts'
