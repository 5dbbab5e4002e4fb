import type { GateThreshold, ModelManifest } from './manifest.ts'

/** Documents and bytes of UTF-8 text. */
export interface CardTotals {
  documents: number
  bytes: number
}

/** What a model card tells of a corpus; a corpus's data card has this shape. */
export interface CardCorpus {
  name: string
  description?: string | undefined
  totals: CardTotals
  languages: Record<string, CardTotals>
  licences: Record<string, CardTotals>
  packages: { source: string }[]
  benchmarks: { name: string }[]
}

/** What a model card tells of a training run. */
export interface CardTraining {
  steps: number
  /** Training loss in nats a token, in the order of training. */
  losses: { step: number; loss: number }[]
  /** Held-out bits per byte of all languages; `full` where every held-out row was measured. */
  heldout: { step: number; all: number; full: boolean }[]
  /** Machine and software, such as `cpu, bfloat16, torch 1.13.0`. */
  machine?: string
}

export interface CardInput {
  manifest: ModelManifest
  corpus?: CardCorpus | undefined
  training?: CardTraining | undefined
}

/** Rows of a table or points of a curve beyond which the rest is summed up or left out. */
const mostRows = 30
const curvePoints = 12

/**
 * `card.md`: what a model is, what it learned from, how well it does, and what not to expect of it. Every number
 * comes from the manifest, the corpus's data card or the run's metrics; nothing is claimed that was not measured.
 */
export function renderCard({ manifest, corpus, training }: CardInput): string {
  return [
    `# ${manifest.name}`,
    introduction(manifest),
    '## What it is',
    shape(manifest),
    '## What it learned from',
    corpus
      ? data(corpus, manifest)
      : 'No data card was given when this model was packed, so its data is not described here.',
    '## How it was trained',
    trainingOf(manifest, training),
    '## How well it does',
    measures(manifest),
    '## What not to expect',
    limits(manifest, corpus),
    '## Provenance',
    provenance(manifest),
  ]
    .join('\n\n')
    .concat('\n')
}

function introduction({ parameters, training, license }: ModelManifest): string {
  const seen = training.tokens === 0 ? 'untrained' : `trained on ${count(training.tokens)} tokens`
  return `A code completion model of ${count(parameters)} weights, ${seen}, from scratch. Weights under ${license}.`
}

function shape(manifest: ModelManifest): string {
  return table(
    ['', ''],
    [
      [
        'architecture',
        'decoder of the Qwen3 kind: RMSNorm, SwiGLU, rotary positions, grouped queries, tied embedding',
      ],
      ['weights', `${manifest.parameters.toLocaleString('en')}, stored as ${manifest.quantization}`],
      ['file', `\`model.gguf\`, ${megabytes(manifest.files['model.gguf'].bytes)}`],
      ['context', `${manifest.contextLength} tokens`],
      ['vocabulary', `${manifest.vocabularySize} tokens, byte-level BPE`],
      ['use', 'continuing code, and filling in between a prefix and a suffix'],
    ],
  )
}

function data(corpus: CardCorpus, manifest: ModelManifest): string {
  const sources = new Map<string, number>()
  for (const { source } of corpus.packages) sources.set(source, (sources.get(source) ?? 0) + 1)
  const origins = [...sources].map(([source, packages]) => `${packages} from ${source}`).join(', ')
  const benchmarks = corpus.benchmarks.map(({ name }) => name).join(', ')
  return [
    `The corpus **${corpus.name}**: ${count(corpus.totals.documents)} files, ${megabytes(corpus.totals.bytes)} of text, of ${corpus.packages.length} packages (${origins}).${corpus.description ? ` ${corpus.description}` : ''}`,
    `Files without a licence on the list were left out, as were generated, vendored and repeated ones. ${
      benchmarks
        ? `Files that share 13 words in a row with these benchmarks were removed: ${benchmarks}.`
        : 'It was **not** cleared of benchmark texts, so benchmark scores of this model say nothing.'
    }`,
    totalsTable('language', corpus.languages, corpus.totals),
    totalsTable('licence', corpus.licences, corpus.totals),
    `SHA-256 of the data card, which names every package with its version and checksum: \`${manifest.training.corpus || 'not recorded'}\`.`,
  ].join('\n\n')
}

function trainingOf(manifest: ModelManifest, training: CardTraining | undefined): string {
  const { tokens, seconds } = manifest.training
  const time = duration(seconds)
  const parts = [
    `${count(tokens)} tokens in ${time} of training${training ? `, ${training.steps} steps` : ''}${training?.machine ? ` (${training.machine})` : ''}. The recipe is in \`manifest.json\`.`,
  ]
  if (training && training.losses.length > 0) {
    const points = thin(training.losses).map(({ step, loss }) => [String(step), loss.toFixed(3)])
    parts.push(`Training loss:\n\n${table(['step', 'nats a token'], points)}`)
  }
  if (training && training.heldout.length > 0) {
    const points = thin(training.heldout).map(({ step, all, full }) => [
      String(step),
      all.toFixed(3),
      full ? 'all' : 'a sample',
    ])
    parts.push(`On held-out files:\n\n${table(['step', 'bits per byte', 'rows measured'], points)}`)
  }
  return parts.join('\n\n')
}

function measures({ bitsPerByte, gate }: ModelManifest): string {
  const { all, ...languages } = bitsPerByte
  const rows = Object.entries(languages)
    .toSorted(([, a], [, b]) => a - b)
    .map(([language, bits]) => [language, bits.toFixed(3)])
  if (all !== undefined) rows.push(['**all**', `**${all.toFixed(3)}**`])
  const heldout =
    rows.length > 0
      ? `Held-out bits per byte of the weights before they were stored (lower is better; files that were not trained on):\n\n${table(['language', 'bits per byte'], rows)}`
      : 'Its held-out bits per byte were not measured.'
  return `${heldout}\n\n${gateParagraph(gate)}`
}

/** The card's paragraph on the gate, which changes when a model is calibrated. */
export function gateParagraph({ meanLogprob, shownShare, precision }: GateThreshold): string {
  const calibrated = shownShare > 0 || precision > 0
  const shown = calibrated
    ? `Checked at cursors in held-out files: a suggestion is shown at ${percent(shownShare)} of them, and the first line of ${percent(precision)} of those is exactly what the file goes on with.`
    : 'The threshold is the default: it was not calibrated for this model.'
  return `A suggestion is shown when its mean log-probability is above ${meanLogprob.toFixed(3)}. ${shown}`
}

function limits({ parameters, contextLength }: ModelManifest, corpus: CardCorpus | undefined): string {
  const languages = corpus ? Object.keys(corpus.languages).slice(0, 5).join(', ') : undefined
  return [
    parameters < 100e6
      ? '- It is very small. It knows syntax and common idiom and continues patterns in the file; it does not reason, follow instructions, or know libraries by heart.'
      : '- It was trained from scratch on one corpus and follows no instructions.',
    `- It sees ${contextLength} tokens, some ${Math.round(contextLength / 10)} lines; nothing else exists for it.`,
    `- It may suggest code that is wrong, insecure or out of date, and names that do not exist. Read what you accept.`,
    '- It may repeat a passage of its training data word for word, which then is under that passage’s licence.',
    ...(languages
      ? [
          `- It is best where it saw most (${languages}), and poor in languages and in prose that it hardly saw.`,
        ]
      : []),
    '- Storing the weights in fewer bits costs a little of the quality measured above.',
  ].join('\n')
}

function provenance({ files, training }: ModelManifest): string {
  return table(
    ['', 'SHA-256'],
    [
      ['`model.gguf`', `\`${files['model.gguf'].sha256}\``],
      ['`tokenizer.json`', `\`${training.tokenizer}\``],
      ['data card', training.corpus ? `\`${training.corpus}\`` : 'not recorded'],
    ],
  )
}

function totalsTable(title: string, totals: Record<string, CardTotals>, whole: CardTotals): string {
  const sorted = Object.entries(totals).toSorted(([, a], [, b]) => b.bytes - a.bytes)
  const row = (name: string, { documents, bytes }: CardTotals) => [
    cell(name),
    String(documents),
    megabytes(bytes),
    percent(whole.bytes === 0 ? 0 : bytes / whole.bytes),
  ]
  const rows = sorted.slice(0, mostRows).map(([name, entry]) => row(name, entry))
  const rest = sorted.slice(mostRows).map(([, entry]) => entry)
  if (rest.length > 0) {
    const documents = rest.reduce((sum, entry) => sum + entry.documents, 0)
    rows.push(
      row(`${rest.length} others`, { documents, bytes: rest.reduce((sum, entry) => sum + entry.bytes, 0) }),
    )
  }
  return table([title, 'files', 'text', 'share'], rows)
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

/** Text from outside inside a table: no line ends, no bars. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
}

/** A few points of a curve, the first and the last among them. */
function thin<T>(points: T[]): T[] {
  if (points.length <= curvePoints) return points
  const step = (points.length - 1) / (curvePoints - 1)
  return Array.from({ length: curvePoints }, (_, i) => points[Math.round(i * step)]!)
}

function count(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} billion`
  return value >= 1e6 ? `${(value / 1e6).toFixed(1)} million` : value.toLocaleString('en')
}

function megabytes(bytes: number): string {
  return bytes >= 1e5 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e3).toFixed(1)} kB`
}

function duration(seconds: number): string {
  if (seconds >= 7200) return `${(seconds / 3600).toFixed(1)} hours`
  return seconds >= 120 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds)} seconds`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
