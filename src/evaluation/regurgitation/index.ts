/** Regurgitation: whether a model recites what it was trained on. */
export { type Beginning, drawBeginnings } from './beginnings.ts'
export { findMatches, type TextMatch } from './find-matches.ts'
export { buildLexemeIndex, type IndexedDocument, type LexemeIndex } from './lexeme-index.ts'
export {
  continueBeginnings,
  measureRegurgitation,
  type Recital,
  type RegurgitationResult,
  recitedLexemes,
  type SampledText,
} from './measure.ts'
export { readSampledTexts } from './read-samples.ts'
export { type OpenIndexOptions, openLexemeIndex } from './stored-index.ts'
