import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { ghostText } from './ghost-text.ts'
import { followSystem, theme } from './theme.ts'

export interface Editor {
  readonly view: EditorView
  /** Replaces the document, the language and the undo history. */
  open(text: string, cursor: number, language: Extension): void
  /** Adds text at the end and follows it into view. */
  append(text: string): void
  /** Cuts the document off at `length`. */
  truncate(length: number): void
  lock(locked: boolean): void
}

export interface EditorEvents {
  /** The reader typed, deleted, or took a suggestion. */
  onType(): void
  /** Anything else: the cursor moved, a change was undone, the ghost dismissed, or the page changed the text. */
  onLeave(): void
}

/** The code editor with ghost text; built once. */
export function createEditor(parent: HTMLElement, { onType, onLeave }: EditorEvents): Editor {
  const language = new Compartment()
  const readOnly = new Compartment()

  function stateOf(text: string, cursor: number, support: Extension): EditorState {
    return EditorState.create({
      doc: text,
      selection: { anchor: cursor },
      extensions: [
        ghostText(onLeave),
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of(unitOf(text)),
        EditorState.tabSize.of(4),
        // Room below the cursor for a suggestion of several lines.
        EditorView.scrollMargins.of(() => ({ top: 20, bottom: 110 })),
        EditorView.contentAttributes.of({ 'aria-label': 'Code editor', 'aria-describedby': 'keys' }),
        keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap]),
        language.of(support),
        readOnly.of([]),
        theme(),
        EditorView.updateListener.of(({ docChanged, selectionSet, transactions, view }) => {
          const typed = transactions.some(
            (change) => change.isUserEvent('input') || change.isUserEvent('delete'),
          )
          // While an input method composes a character, the text is not yet what the reader means.
          if (docChanged && typed && !view.composing) onType()
          else if (docChanged || selectionSet) onLeave()
        }),
      ],
    })
  }

  const view = new EditorView({ parent, state: stateOf('', 0, []) })
  followSystem(view)

  return {
    view,
    open(text, cursor, support) {
      view.setState(stateOf(text, cursor, support))
      view.dispatch({ effects: EditorView.scrollIntoView(cursor) })
    },
    append(text) {
      const from = view.state.doc.length
      view.dispatch({
        changes: { from, insert: text },
        selection: { anchor: from + text.length },
        scrollIntoView: true,
      })
    },
    truncate(length) {
      view.dispatch({ changes: { from: length, to: view.state.doc.length } })
    },
    lock(locked) {
      view.dispatch({ effects: readOnly.reconfigure(locked ? EditorState.readOnly.of(true) : []) })
    },
  }
}

/** One step of indentation as the text has it: a tab, or the blanks of its least indented line. */
function unitOf(text: string): string {
  return /^(\t| {2,8})\S/m.exec(text)?.[1] ?? '    '
}
