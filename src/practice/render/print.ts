/**
 * Text that knows where it may be broken, after Wadler's "A prettier printer": a group is written on one line where it
 * fits, else every line break that stands directly in it is taken.
 */
export type Doc =
  | string
  | readonly Doc[]
  | { kind: 'group'; of: Doc }
  | { kind: 'indent'; of: Doc }
  /** What is written where the group is not broken; `undefined` breaks always. */
  | { kind: 'line'; flat: string | undefined }
  | { kind: 'if-broken'; broken: Doc; flat: Doc }

/** A space or a line break. */
export const line: Doc = { kind: 'line', flat: ' ' }
/** Nothing or a line break. */
export const softline: Doc = { kind: 'line', flat: '' }
/** A line break, which breaks every group around it. */
export const hardline: Doc = { kind: 'line', flat: undefined }

export function group(...of: Doc[]): Doc {
  return { kind: 'group', of }
}
export function indent(...of: Doc[]): Doc {
  return { kind: 'indent', of }
}
/** By whether the nearest group around it is broken: a trailing comma. */
export function ifBroken(broken: Doc, flat: Doc = ''): Doc {
  return { kind: 'if-broken', broken, flat }
}
export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]))
}

/** `open a, b close`, or one item a line. `trailing` is what follows the last item then. */
export function bracketed(open: string, items: readonly Doc[], close: string, trailing = ''): Doc {
  if (items.length === 0) return open + close
  return group(
    open,
    indent(
      softline,
      join(
        [',', line],
        items.map((item) => group(item)),
      ),
      ifBroken(trailing),
    ),
    softline,
    close,
  )
}

export interface PrintOptions {
  /** Columns, in characters. */
  width: number
  /** What one step of indentation is. */
  tab: string
  /** How many columns that takes. */
  tabWidth: number
}

type Piece = { doc: Doc; depth: number; flat: boolean }

/** The text, without a line feed at its end. Lines have no trailing blanks. */
export function print(doc: Doc, { width, tab, tabWidth }: PrintOptions): string {
  let text = ''
  let column = 0
  const rest: Piece[] = [{ doc, depth: 0, flat: false }]
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    const { doc, depth, flat } = piece
    if (typeof doc === 'string') {
      text += doc
      const feed = doc.lastIndexOf('\n')
      column = feed === -1 ? column + doc.length : doc.length - feed - 1
    } else if (!('kind' in doc)) {
      for (const part of doc.toReversed()) rest.push({ doc: part, depth, flat })
    } else if (doc.kind === 'line' && !(flat && doc.flat !== undefined)) {
      text = `${withoutBlanks(text)}\n${tab.repeat(depth)}`
      column = depth * tabWidth
    } else if (doc.kind === 'line') {
      text += doc.flat
      column += doc.flat!.length
    } else if (doc.kind === 'indent') rest.push({ doc: doc.of, depth: depth + 1, flat })
    else if (doc.kind === 'if-broken') rest.push({ doc: flat ? doc.flat : doc.broken, depth, flat })
    else rest.push({ doc: doc.of, depth, flat: flat || fits(doc.of, rest, width - column) })
  }
  return text.trimEnd()
}

/** Without the blanks at the end; line feeds stay, since two of them are an empty line. */
function withoutBlanks(text: string): string {
  let end = text.length
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--
  return text.slice(0, end)
}

/** Whether `doc` on one line, with what follows it up to the next possible break, takes at most `columns`. */
function fits(doc: Doc, after: readonly Piece[], columns: number): boolean {
  const rest: { doc: Doc; flat: boolean }[] = [{ doc, flat: true }]
  let left = columns
  let next = after.length
  while (left >= 0) {
    const piece = rest.pop() ?? after[--next]
    if (piece === undefined) return true
    const { doc, flat } = piece
    if (typeof doc === 'string') left -= doc.length
    else if (!('kind' in doc)) for (const part of doc.toReversed()) rest.push({ doc: part, flat })
    else if (doc.kind === 'line') {
      if (doc.flat === undefined || !flat) return !flat
      left -= doc.flat.length
    } else if (doc.kind === 'if-broken') rest.push({ doc: flat ? doc.flat : doc.broken, flat })
    else if (doc.kind === 'indent') rest.push({ doc: doc.of, flat })
    else rest.push({ doc: doc.of, flat })
  }
  return false
}

/** An expression as text, with how tightly its outermost operator binds: a higher number binds tighter. */
export interface Operand {
  /** Not a group of its own: whoever places it makes it one. */
  doc: Doc
  level: number
}

/** In round brackets where it binds less tightly than `level`. */
export function bind({ doc, level: own }: Operand, level: number): Doc {
  return own < level ? ['(', group(doc), ')'] : group(doc)
}

/** `left operator right` of a left-associative operator. A chain of one level breaks after each of its operators. */
export function binary(left: Operand, operator: string, right: Operand, level: number): Operand {
  const first = left.level === level ? left.doc : bind(left, level)
  return { doc: [first, ` ${operator}`, line, bind(right, level + 1)], level }
}

/** In round brackets, on lines of its own, where it does not fit on the line. */
export function bracketedIfBroken(doc: Doc): Doc {
  return group(ifBroken('('), indent(softline, doc), softline, ifBroken(')'))
}
