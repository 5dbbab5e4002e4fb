import type { Step } from '../document.ts'
import { isAllowed, type LicenceOf, licenceInHeader } from '../licence/index.ts'

/** Gives each document its licence, its own header before its package's, and keeps what the policy allows. */
export function licenceStep(licenceOf: LicenceOf): Step {
  return {
    name: 'licence',
    judge(document) {
      const license = licenceInHeader(document.text) ?? licenceOf(document.path)
      return isAllowed(license) ? { keep: { ...document, license } } : { drop: license }
    },
  }
}
