import type { CorpusCard, Totals } from './card.ts'
import type { Document, DocumentSummary, Rejection } from './document.ts'
import type { GatheredPackage } from './gather.ts'
import { entryName } from './manifest.ts'
import { STEP_ORDER } from './steps/index.ts'

/** What `report.json` holds: what was kept and what was dropped, counted. */
export interface CorpusReport {
  kept: { totals: Totals; byLanguage: Record<string, Totals>; byLicence: Record<string, Totals> }
  /** Step → reason → files and their bytes. */
  rejected: Record<string, Record<string, Totals>>
}

export interface RejectionCounter {
  add(rejection: Rejection): void
  result(): CorpusReport['rejected']
}

/** Counts rejections by step, in the stage's order, and by reason, the largest first. */
export function createRejectionCounter(): RejectionCounter {
  const steps = new Map<string, Map<string, Totals>>()
  return {
    add({ step, reason, bytes }) {
      let reasons = steps.get(step)
      if (!reasons) {
        reasons = new Map()
        steps.set(step, reasons)
      }
      addTo(reasons, reason, bytes)
    },
    result: () =>
      Object.fromEntries(
        STEP_ORDER.flatMap((step) => {
          const reasons = steps.get(step)
          return reasons ? [[step, byBytes(reasons)]] : []
        }),
      ),
  }
}

function addTo(totals: Map<string, Totals>, key: string, bytes: number): void {
  const entry = totals.get(key) ?? { documents: 0, bytes: 0 }
  totals.set(key, { documents: entry.documents + 1, bytes: entry.bytes + bytes })
}

/** Totals as a record, the largest first. */
function byBytes(totals: Map<string, Totals>): Record<string, Totals> {
  return Object.fromEntries([...totals].sort((a, b) => b[1].bytes - a[1].bytes || (a[0] < b[0] ? -1 : 1)))
}

/** Counts documents by language and by licence. */
export function tallyDocuments(documents: DocumentSummary[]): CorpusReport['kept'] {
  const languages = new Map<string, Totals>()
  const licences = new Map<string, Totals>()
  let bytes = 0
  for (const document of documents) {
    bytes += document.bytes
    addTo(languages, document.language, document.bytes)
    addTo(licences, document.license, document.bytes)
  }
  const totals = { documents: documents.length, bytes }
  return { totals, byLanguage: byBytes(languages), byLicence: byBytes(licences) }
}

/** What redaction replaced in these documents, the most frequent first. */
export function tallyRedactions(
  documents: Pick<Document, 'redactions'>[],
): NonNullable<CorpusCard['redactions']> {
  const kinds = new Map<string, { documents: number; occurrences: number }>()
  for (const { redactions = {} } of documents)
    for (const [kind, count] of Object.entries(redactions)) {
      const known = kinds.get(kind) ?? { documents: 0, occurrences: 0 }
      kinds.set(kind, { documents: known.documents + 1, occurrences: known.occurrences + count })
    }
  return Object.fromEntries(
    [...kinds].sort((a, b) => b[1].occurrences - a[1].occurrences || (a[0] < b[0] ? -1 : 1)),
  )
}

/** How much each package gave, in the packages' order. */
export function tallyPackages(
  packages: GatheredPackage[],
  documents: DocumentSummary[],
): CorpusCard['packages'] {
  const totals = new Map<string, Totals>()
  for (const document of documents)
    addTo(totals, `${document.source.kind}:${document.package}`, document.bytes)
  return packages.map(({ entry, archive }) => {
    const name = entryName(entry)
    const { documents: count, bytes } = totals.get(`${entry.source}:${name}`) ?? { documents: 0, bytes: 0 }
    const { version, checksum } = archive
    return { source: entry.source, name, version, checksum, documents: count, bytes }
  })
}

/** The report as text for a terminal, at most 80 columns wide. */
export function formatReport(card: CorpusCard, report: CorpusReport): string {
  const out: string[] = [
    `Corpus ${card.name}: ${megabytes(card.totals.bytes)} MB in ${card.totals.documents} documents from ${card.packages.length} packages`,
    '',
    ...table('LANGUAGE', report.kept.byLanguage, card.totals.bytes),
    '',
    ...table('LICENCE', report.kept.byLicence, card.totals.bytes, 12),
  ]
  const redactions = Object.entries(card.redactions ?? {})
  if (redactions.length > 0) {
    out.push('', `${'REPLACED'.padEnd(44)}${'files'.padStart(10)}${'times'.padStart(11)}`)
    for (const [kind, { documents, occurrences }] of redactions)
      out.push(`  ${kind.padEnd(42)}${String(documents).padStart(10)}${String(occurrences).padStart(11)}`)
  }
  for (const [step, reasons] of Object.entries(report.rejected))
    out.push('', ...table(`DROPPED BY ${step.toUpperCase()}`, reasons, undefined, 8))
  out.push('', ...notices(card))
  return `${out.join('\n')}\n`
}

/** What a reader must not overlook: packages that are missing or differ, and a missing decontamination. */
export function notices(card: Pick<CorpusCard, 'skipped' | 'drift' | 'benchmarks'>): string[] {
  const lines: string[] = []
  for (const { source, name, reason } of card.skipped) lines.push(`SKIPPED  ${source} ${name}: ${reason}`)
  for (const { source, name, pinned, atHand } of card.drift)
    lines.push(`DRIFT    ${source} ${name}: pinned ${pinned}, took ${atHand}`)
  if (card.benchmarks.length === 0)
    lines.push(
      'NOT DECONTAMINATED: no --bench folder was given, so benchmark problems may be',
      'in this corpus and scores of a model trained on it would mean little.',
    )
  else
    lines.push(
      `Decontaminated against ${card.benchmarks.map(({ name, files }) => `${name} (${files} files)`).join(', ')}.`,
    )
  return lines
}

function table(
  title: string,
  rows: Record<string, Totals>,
  whole: number | undefined,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const entries = Object.entries(rows)
  const line = (name: string, { documents, bytes }: Totals) => {
    const share =
      whole === undefined ? '' : `${((100 * bytes) / Math.max(whole, 1)).toFixed(1)} %`.padStart(9)
    return `  ${shorten(name, 42).padEnd(42)}${String(documents).padStart(10)}${megabytes(bytes).padStart(11)}${share}`
  }
  const rest = entries.slice(most)
  return [
    `${title.padEnd(44)}${'files'.padStart(10)}${'MB'.padStart(11)}${whole === undefined ? '' : 'share'.padStart(9)}`,
    ...entries.slice(0, most).map(([name, totals]) => line(name, totals)),
    ...(rest.length > 0 ? [line(`${rest.length} more`, sum(rest.map(([, totals]) => totals)))] : []),
  ]
}

function sum(all: Totals[]): Totals {
  return all.reduce((a, b) => ({ documents: a.documents + b.documents, bytes: a.bytes + b.bytes }), {
    documents: 0,
    bytes: 0,
  })
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2)
}
