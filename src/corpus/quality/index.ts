export { createQualityMeter, type QualityMeter } from './measure.ts'
