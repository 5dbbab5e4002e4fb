import { ApiError, type Client, type ModelDetails } from '../../src/api/index.ts'
import { element } from './elements.ts'

/** Whether the server answers, in a word at the top and in a sentence that says what to do where it does not. */
export interface Connection {
  /** Asks the server for its models. Empty where it does not answer; it is then asked again every few seconds. */
  check(): Promise<ModelDetails[]>
}

const retryEvery = 3_000

/** `onBack` is called with the models when a server that was away answers again. */
export function createConnection(client: Client, onBack: (models: ModelDetails[]) => void): Connection {
  const state = element('connection')
  const notice = element('notice')
  let timer: ReturnType<typeof setTimeout> | undefined

  function tell(name: 'ready' | 'away' | 'refused', word: string, sentence: string): void {
    state.dataset.state = name
    state.textContent = word
    notice.textContent = sentence
    notice.hidden = sentence === ''
  }

  async function check(): Promise<ModelDetails[]> {
    clearTimeout(timer)
    try {
      const { data } = await client.modelDetails()
      tell('ready', 'Connected', '')
      return data
    } catch (error) {
      if (error instanceof ApiError && error.status === 401)
        tell(
          'refused',
          'No access',
          'This page has no valid token. Open the address that npm start printed, with its token.',
        )
      else {
        tell(
          'away',
          'Not connected',
          'The server does not answer. Start it with npm start, then open the address that it prints.',
        )
        timer = setTimeout(async () => {
          const models = await check()
          if (state.dataset.state === 'ready') onBack(models)
        }, retryEvery)
      }
      return []
    }
  }

  return { check }
}
