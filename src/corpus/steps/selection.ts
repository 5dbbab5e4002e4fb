import { type Document, documentKey, type Step } from '../document.ts'
import type { Limits, Manifest } from '../manifest.ts'
import { isTestPath } from '../quality/test-path.ts'

interface Candidate {
  key: string
  package: string
  bytes: number
  isTest: boolean
  /** The first to be taken has the largest. */
  priority: number
}

/**
 * Selects documents until each target of the manifest is reached, spread evenly over packages: whichever
 * package has the least text so far gives its next file. No package gives more than its limit, and tests
 * are held to their share. Within a package, files with documented functions tend to come first.
 */
export function selectionStep(targets: Manifest['targets'], limits: Limits): Step {
  const candidates = new Map<Manifest['targets'][number], Candidate[]>(targets.map((target) => [target, []]))
  let verdicts: Map<string, string | undefined> | undefined
  return {
    name: 'selection',
    survey(document) {
      const target = targets.find(({ languages }) => languages.includes(document.language))
      if (target) candidates.get(target)!.push(candidateOf(document))
    },
    judge(document) {
      verdicts ??= decide(candidates, limits)
      const key = documentKey(document)
      const reason = verdicts.has(key) ? verdicts.get(key) : 'no target for its language'
      return reason === undefined ? { keep: document } : { drop: reason }
    },
  }
}

function candidateOf(document: Document): Candidate {
  return {
    key: documentKey(document),
    package: document.package,
    bytes: Buffer.byteLength(document.text),
    isTest: isTestPath(document.path, document.language),
    priority: priorityOf(document),
  }
}

/** How many times as likely a file whose every function is documented comes before one without documentation. */
const DOCUMENTED_WEIGHT = 3

/**
 * A package's files in an order that is random but always the same, the well-documented ones earlier by their
 * weight: the keys u^(1/w) of weighted sampling without replacement (Efraimidis and Spirakis 2006), with u from the
 * file's SHA-256.
 */
function priorityOf({ sha256, quality }: Document): number {
  const documented = quality?.functions ? (quality.documented ?? 0) / quality.functions : 0
  const uniform = Number.parseInt(sha256.slice(0, 12), 16) / 2 ** 48
  return uniform ** (1 / (1 + (DOCUMENTED_WEIGHT - 1) * documented))
}

/** For every candidate the reason to drop it, or `undefined` to keep it. */
function decide(
  candidates: Map<Manifest['targets'][number], Candidate[]>,
  limits: Limits,
): Map<string, string | undefined> {
  const verdicts = new Map<string, string | undefined>()
  const packageBytes = new Map<string, number>()
  for (const [target, all] of candidates) {
    const queues = Map.groupBy(
      all.sort((a, b) => a.priority - b.priority || (a.key < b.key ? 1 : -1)),
      (candidate) => candidate.package,
    )
    const taken = new Map([...queues.keys()].sort().map((name) => [name, 0]))
    let total = 0
    let testBytes = 0
    while (taken.size > 0) {
      const [name] = [...taken].reduce((least, next) => (next[1] < least[1] ? next : least))
      const next = queues.get(name)!.pop()
      if (!next) {
        taken.delete(name)
        continue
      }
      const used = packageBytes.get(name) ?? 0
      const reason =
        total >= target.bytes
          ? 'target of the language reached'
          : used + next.bytes > limits.packageBytes
            ? 'limit of the package reached'
            : next.isTest && testBytes + next.bytes > limits.testShare * target.bytes
              ? 'share of tests reached'
              : undefined
      verdicts.set(next.key, reason)
      if (reason !== undefined) continue
      total += next.bytes
      if (next.isTest) testBytes += next.bytes
      packageBytes.set(name, used + next.bytes)
      taken.set(name, taken.get(name)! + next.bytes)
    }
  }
  return verdicts
}
