import { createClient, type ModelDetails } from '../../src/api/index.ts'
import {
  completePort,
  createCache,
  createSession,
  defaultThreshold,
  type Outcome,
  type Situation,
  suggest,
} from '../../src/completion/index.ts'
import { createParser, languageById } from '../../src/syntax/index.ts'
import { createConnection } from './connection.ts'
import { connectDescribeBox } from './describe-box.ts'
import { createEditor } from './editor.ts'
import { element } from './elements.ts'
import { showGhost } from './ghost-text.ts'
import { offered, sampleFor, supportFor } from './language-support.ts'
import { createModelPicker } from './model-picker.ts'
import { createStatusLine } from './status-line.ts'
import { takeToken } from './token.ts'

/**
 * The playground: the completion brain that editors use, in a page. Everything comes from the server that
 * handed out the page; the brain, the parser and the gate run here, and only the completion is asked for.
 */

/** For a model that has not said how long its context is, as a bare GGUF file before it is loaded. */
const assumedContext = 2_048

const token = takeToken()
const client = createClient({ baseUrl: location.origin, ...(token === undefined ? {} : { token }) })
const parser = createParser({ loadWasm })
const cache = createCache()
const status = createStatusLine()
const languages = element<HTMLSelectElement>('language')

const session = createSession({ cache, suggest: suggestHere, show })
const editor = createEditor(element('editor'), {
  onType: () => session.changed(situation()),
  onLeave: () => {
    session.cancel()
    // CodeMirror allows no further change from within the report of one.
    queueMicrotask(() => showGhost(editor.view, undefined))
  },
})
const picker = createModelPicker(client, () => {
  cache.clear()
  session.cancel()
  status.tell('')
  editor.view.focus()
})
const connection = createConnection(client, (models) => picker.fill(models))

connectDescribeBox({
  editor,
  client,
  language: () => languages.value,
  model: () =>
    picker.chosen === undefined
      ? undefined
      : { id: picker.chosen.id, contextLength: contextOf(picker.chosen) },
  tell: (sentence) => status.tell(sentence),
  onFailure: (error) => {
    status.tell(error instanceof Error ? error.message : String(error))
    void connection.check()
  },
})

languages.append(...offered.map((id) => new Option(languageById(id)?.name ?? id, id)))
languages.addEventListener('change', () => void openSample(languages.value))
picker.fill(await connection.check())
await openSample(languages.value)

/** Opens a language's sample. What was typed while it was fetched is kept: a sample is no reason to lose it. */
async function openSample(id: string): Promise<void> {
  const before = editor.view.state.doc
  const [sample, support] = await Promise.all([sampleFor(id), supportFor(id)])
  if (languages.value !== id) return
  const { doc, selection } = editor.view.state
  const { text, cursor } = doc === before ? sample : { text: doc.toString(), cursor: selection.main.head }
  session.cancel()
  editor.open(text, cursor, support)
  editor.view.focus()
  element('editor').dataset.language = id
  // Loads the grammar now, so that the first suggestion does not wait for it. A failure shows when it is needed.
  await parser.problems(text, id).catch(() => {})
  if (picker.chosen !== undefined) session.changed(situation())
}

function situation(): Situation {
  const { doc, selection } = editor.view.state
  return { text: doc.toString(), offset: selection.main.head, language: languages.value, path: '' }
}

async function suggestHere(
  at: Situation,
  signal: AbortSignal,
  onText: (text: string) => void,
): Promise<Outcome> {
  const chosen = picker.chosen
  if (chosen === undefined) {
    picker.fill(await connection.check())
    return { kind: 'quiet', reason: 'unavailable', message: 'there is no model to ask.', milliseconds: 0 }
  }
  const model = {
    contextLength: contextOf(chosen),
    infill: chosen.infill ?? false,
    threshold: thresholdOf(chosen),
  }
  const outcome = await suggest(at, {
    model,
    parser,
    cache,
    signal,
    onText,
    complete: completePort(client, chosen.id),
  })
  const answered = outcome.kind === 'suggestion' || !['cancelled', 'unavailable'].includes(outcome.reason)
  // Loading a model tells what it is; a failure may be the server's.
  if (answered ? !chosen.loaded : outcome.kind === 'quiet' && outcome.reason === 'unavailable') {
    const models = await connection.check()
    if (models.length > 0) picker.fill(models)
  }
  return outcome
}

function show(outcome: Outcome | undefined): void {
  showGhost(editor.view, outcome?.kind === 'suggestion' ? outcome.text : undefined)
  if (outcome !== undefined)
    status.report(outcome, picker.chosen === undefined ? defaultThreshold : thresholdOf(picker.chosen))
}

function contextOf(model: ModelDetails): number {
  return model.context_length ?? assumedContext
}

function thresholdOf(model: ModelDetails): number {
  return model.gate?.mean_logprob ?? defaultThreshold
}

async function loadWasm(file: string): Promise<Uint8Array> {
  const response = await fetch(`/grammars/${file}`)
  if (!response.ok) throw new Error(`The grammar ${file} cannot be loaded.`)
  return new Uint8Array(await response.arrayBuffer())
}
