/**
 * The editor-free brain of completion: when to ask, what to put in the prompt, where to stop, what to cut, and
 * whether to show it. It runs in a browser as it runs in Node; editors and the playground bring the ports.
 */
export { createCache, type SuggestionCache } from './cache.ts'
export {
  type CalibrationPair,
  calibrateGate,
  calibrationPair,
  type Gate,
  isRight,
  measureGate,
} from './calibrate.ts'
export { type CalibrationSample, calibrationSamples, type HeldOutDocument } from './calibration-samples.ts'
export { type DescribePrompt, describePrompt } from './describe.ts'
export { defaultThreshold, type GateReason } from './gate.ts'
export type { Outcome, Quiet, Suggestion } from './outcome.ts'
export { type CompletePort, completePort, type PortChunk, type PortRequest, type PortToken } from './port.ts'
export { createSession, type SessionOptions, type SuggestionSession } from './session.ts'
export type { Situation } from './situation.ts'
export { type SuggestModel, type SuggestOptions, suggest } from './suggest.ts'
