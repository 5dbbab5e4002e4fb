import type { Client } from '../../src/api/index.ts'
import { describePrompt } from '../../src/completion/index.ts'
import { languageById } from '../../src/syntax/index.ts'
import type { Editor } from './editor.ts'
import { element } from './elements.ts'

export interface DescribeContext {
  editor: Editor
  client: Client
  /** Name of the chosen model. */
  model(): { id: string; contextLength: number } | undefined
  language(): string
  /** A sentence for the foot of the editor. */
  tell(sentence: string): void
  onFailure(error: unknown): void
}

/** The box "Describe it": the description goes into the document as a comment, the model's code streams after it. */
export function connectDescribeBox({
  editor,
  client,
  model,
  language,
  tell,
  onFailure,
}: DescribeContext): void {
  const form = element<HTMLFormElement>('describe')
  const field = element<HTMLInputElement>('description')
  const start = element<HTMLButtonElement>('generate')
  const stop = element<HTMLButtonElement>('stop')
  let running: AbortController | undefined

  stop.addEventListener('click', () => running?.abort())
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const chosen = model()
    if (running !== undefined || chosen === undefined) return
    running = new AbortController()
    show(true)
    try {
      tell(await write(chosen, running.signal))
    } catch (error) {
      if (running.signal.aborted) tell('Stopped.')
      else onFailure(error)
    } finally {
      running = undefined
      show(false)
    }
  })

  function show(writing: boolean): void {
    start.hidden = writing
    stop.hidden = !writing
    editor.lock(writing)
    if (writing) tell('Writing…')
    else editor.view.focus()
  }

  async function write(chosen: { id: string; contextLength: number }, signal: AbortSignal): Promise<string> {
    const { prompt, stop: stops, maxTokens, end } = describePrompt(field.value, language())
    const header = languageById(language())?.header ?? ''
    const before = editor.view.state.doc.toString()
    const kept = before.trimEnd()
    editor.truncate(kept.length)
    editor.append(kept === '' ? prompt : `\n\n${prompt.slice(header.length)}`)
    const from = editor.view.state.doc.length
    const started = performance.now()
    const request = {
      model: chosen.id,
      prompt,
      stop: stops,
      temperature: 0.2,
      max_tokens: Math.floor(Math.min(maxTokens, chosen.contextLength / 2)),
    }
    let text = ''
    for await (const { choices } of client.streamCompletion(request, { signal })) {
      const piece = choices[0]?.text ?? ''
      text += piece
      editor.append(piece)
      const over = end(text)
      if (over === undefined) continue
      editor.truncate(from + over)
      break
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    return text.trim() === ''
      ? 'The model had nothing to say to that.'
      : `Written in ${seconds} s. Read it before you use it.`
  }
}
