import {
  EditorSelection,
  type EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
} from '@codemirror/state'
import {
  type Command,
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  WidgetType,
} from '@codemirror/view'

/** A suggestion in the text: shown dimmed at the cursor, part of the document only once it is accepted. */
interface Ghost {
  text: string
  at: number
}

const setGhost = StateEffect.define<Ghost | undefined>()

/** The ghost follows typing that agrees with it, and goes with any other change or move of the cursor. */
const ghostField = StateField.define<Ghost | undefined>({
  create: () => undefined,
  update(ghost, transaction) {
    for (const effect of transaction.effects) if (effect.is(setGhost)) return effect.value
    if (ghost === undefined || !(transaction.docChanged || transaction.selection)) return ghost
    const head = transaction.state.selection.main
    if (!head.empty || head.head < ghost.at) return undefined
    const typed = transaction.state.sliceDoc(ghost.at, head.head)
    const grown = transaction.state.doc.length - transaction.startState.doc.length
    if (typed.length !== grown || !ghost.text.startsWith(typed) || typed === ghost.text) return undefined
    return { text: ghost.text.slice(typed.length), at: head.head }
  },
  provide: (field) => EditorView.decorations.compute([field], (state) => decorate(state.field(field), state)),
})

class GhostWidget extends WidgetType {
  readonly text: string
  readonly block: boolean

  constructor(text: string, block: boolean) {
    super()
    this.text = text
    this.block = block
  }

  override eq(other: GhostWidget): boolean {
    return other.text === this.text && other.block === this.block
  }

  override get estimatedHeight(): number {
    return this.block ? this.text.split('\n').length * 21 : -1
  }

  /** A tap is handled here, not by the editor. */
  override ignoreEvent(): boolean {
    return true
  }

  toDOM(view: EditorView): HTMLElement {
    const dom = document.createElement(this.block ? 'div' : 'span')
    dom.className = this.block ? 'ghost ghost-block' : 'ghost'
    dom.textContent = this.text
    // The page announces suggestions by itself.
    dom.setAttribute('aria-hidden', 'true')
    // Where there is no Tab key, as on a phone, a tap accepts.
    dom.addEventListener('mousedown', (event) => {
      event.preventDefault()
      acceptAll(view)
    })
    return dom
  }
}

/** The first line stands in the cursor's line, the others below it, so that what is right of the cursor stays. */
function decorate(ghost: Ghost | undefined, { doc }: EditorState): DecorationSet {
  if (ghost === undefined) return Decoration.none
  const lineEnd = ghost.text.indexOf('\n')
  const first = lineEnd < 0 ? ghost.text : ghost.text.slice(0, lineEnd)
  const widgets = []
  if (first !== '')
    widgets.push(Decoration.widget({ widget: new GhostWidget(first, false), side: 1 }).range(ghost.at))
  if (lineEnd >= 0) {
    const widget = new GhostWidget(ghost.text.slice(lineEnd + 1), true)
    widgets.push(Decoration.widget({ widget, block: true, side: 1 }).range(doc.lineAt(ghost.at).to))
  }
  return Decoration.set(widgets, true)
}

/** Shows a suggestion at the cursor, or takes it away. */
export function showGhost(view: EditorView, text: string | undefined): void {
  const shown = view.state.field(ghostField)
  if (text === shown?.text || (text === undefined && shown === undefined)) return
  const ghost = text === undefined ? undefined : { text, at: view.state.selection.main.head }
  view.dispatch({ effects: setGhost.of(ghost) })
}

/** Inserts as much of the ghost as `take` says; false where there is none, so that the key does its usual work. */
function accept(take: (text: string) => string): Command {
  return (view) => {
    const ghost = view.state.field(ghostField)
    if (ghost === undefined || view.state.readOnly) return false
    const insert = take(ghost.text)
    view.dispatch({
      changes: { from: ghost.at, insert },
      selection: EditorSelection.cursor(ghost.at + insert.length),
      scrollIntoView: true,
      userEvent: 'input.complete',
    })
    return true
  }
}

const acceptAll = accept((text) => text)

/** Up to the end of the next word or run of punctuation, with the blanks before it. */
function nextWord(text: string): string {
  return /^\s*(?:\w+|[^\w\s]+)/.exec(text)?.[0] ?? text
}

/**
 * Ghost text: Tab accepts it, Ctrl-Right (Cmd-Right on a Mac) a word of it, Esc dismisses it and calls
 * `onDismiss`. Without ghost text the keys mean what they always mean.
 */
export function ghostText(onDismiss: () => void): Extension {
  const dismiss: Command = (view) => {
    if (view.state.field(ghostField) === undefined) return false
    view.dispatch({ effects: setGhost.of(undefined) })
    onDismiss()
    return true
  }
  return [
    ghostField,
    Prec.highest(
      keymap.of([
        { key: 'Tab', run: acceptAll },
        { key: 'Ctrl-ArrowRight', mac: 'Cmd-ArrowRight', run: accept(nextWord) },
        { key: 'Escape', run: dismiss },
      ]),
    ),
  ]
}
