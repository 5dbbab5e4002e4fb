/** Quality without running code: how well a model predicts text, and whether it knows what it is shown. */
export { measureQuality, possibleParts, type QualityOptions } from './measure-quality.ts'
export {
  type QualityFigure,
  type QualityPart,
  type QualityResult,
  qualityParts,
  qualityResult,
} from './result.ts'
export { heldoutTexts, proseTexts, type QualityText } from './texts.ts'
