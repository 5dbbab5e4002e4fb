import { defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, type Extension } from '@codemirror/state'
import { oneDarkHighlightStyle } from '@codemirror/theme-one-dark'
import { EditorView } from '@codemirror/view'

const dark = matchMedia('(prefers-color-scheme: dark)')
const colours = new Compartment()

/** The one colour that CodeMirror's own rules would outdo in a style sheet. */
const selection = {
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--selection)',
  },
}

/** Colours from the page's variables; CodeMirror has to know whether they are dark. */
function look(): Extension {
  return [
    EditorView.theme(selection, { dark: dark.matches }),
    syntaxHighlighting(dark.matches ? oneDarkHighlightStyle : defaultHighlightStyle),
  ]
}

/** The editor's look, which changes with the system's. */
export function theme(): Extension {
  return colours.of(look())
}

export function followSystem(view: EditorView): void {
  dark.addEventListener('change', () => view.dispatch({ effects: colours.reconfigure(look()) }))
}
