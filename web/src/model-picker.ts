import type { Client, ModelDetails } from '../../src/api/index.ts'
import { element } from './elements.ts'

/** The list of models, and the form that adds one by its path. */
export interface ModelPicker {
  /** The chosen model; undefined as long as the server has named none. */
  readonly chosen: ModelDetails | undefined
  /** Shows these, keeping the choice where it is still there. */
  fill(models: ModelDetails[]): void
}

const remembered = 'understudy.model'
const addByPath = ':add'

export function createModelPicker(client: Client, onChange: () => void): ModelPicker {
  const select = element<HTMLSelectElement>('model')
  const form = element<HTMLFormElement>('add-model')
  const path = element<HTMLInputElement>('model-path')
  const error = element('add-model-error')
  let models: ModelDetails[] = []
  let chosen: string | undefined = sessionStorage.getItem(remembered) ?? undefined

  function fill(list: ModelDetails[]): void {
    models = list
    if (!models.some(({ id }) => id === chosen)) chosen = models[0]?.id
    const options = models.map((model) => new Option(labelOf(model), model.id))
    select.replaceChildren(...options, new Option('Add by path…', addByPath))
    select.value = chosen ?? addByPath
    select.disabled = models.length === 0
  }

  function choose(id: string): void {
    chosen = id
    sessionStorage.setItem(remembered, id)
    select.value = id
    onChange()
  }

  function showForm(shown: boolean): void {
    form.hidden = !shown
    error.textContent = ''
    if (shown) path.focus()
    else select.value = chosen ?? addByPath
  }

  select.addEventListener('change', () =>
    select.value === addByPath ? showForm(true) : choose(select.value),
  )
  element('add-model-cancel').addEventListener('click', () => showForm(false))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    error.textContent = ''
    try {
      const added = await client.addModel(path.value.trim())
      fill([...models.filter(({ id }) => id !== added.id), added])
      choose(added.id)
      path.value = ''
      showForm(false)
    } catch (failure) {
      error.textContent = failure instanceof Error ? failure.message : String(failure)
    }
  })

  return {
    get chosen() {
      return models.find(({ id }) => id === chosen)
    },
    fill,
  }
}

/** Name and size, such as `understudy-nano · 7.4M`. */
function labelOf({ id, parameters }: ModelDetails): string {
  if (parameters === null) return id
  const size =
    parameters >= 1e9
      ? `${(parameters / 1e9).toFixed(1)}B`
      : `${(parameters / 1e6).toFixed(parameters < 1e8 ? 1 : 0)}M`
  return `${id} · ${size}`
}
