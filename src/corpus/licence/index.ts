export { licenceInHeader } from './header.ts'
export {
  declaredLicence,
  fromDebianCopyright,
  fromLocalFolder,
  fromPackageJson,
  isLocalEvidence,
  type LicenceOf,
} from './package.ts'
export { isAllowed, licenceRank, policyText, UNKNOWN } from './policy.ts'
