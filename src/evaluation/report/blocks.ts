/**
 * What a report consists of, before it is Markdown or HTML: sections of paragraphs, tables, lists and plots. All text
 * is plain; each writer escapes it for its own format.
 */

export interface Section {
  /** Of small letters and hyphens: the anchor. */
  id: string
  title: string
  blocks: Block[]
}

export type Block = Paragraph | List | Table | Figures

export interface Paragraph {
  kind: 'paragraph'
  text: string
  /** Set off from what is around it, so that it is not overlooked. */
  notice?: boolean
}

export interface List {
  kind: 'list'
  items: string[]
}

export interface Table {
  kind: 'table'
  caption: string
  columns: Column[]
  /** As many cells in each as there are columns. */
  rows: Cell[][]
}

export interface Column {
  title: string
  /** Set to the right. */
  numeric?: boolean
}

export interface Cell {
  text: string
  /** Smaller lines below: the interval, the sampling. */
  detail?: string[]
}

/** Plots side by side, with what their colours mean. The numbers of each stand in a table of the same section. */
export interface Figures {
  kind: 'figures'
  plots: PlotFigure[]
  legend?: LegendEntry[]
}

export interface LegendEntry {
  label: string
  /** A CSS colour: a variable of the page's style. */
  color: string
  /** Filled unless told. */
  hollow?: boolean
}

export interface PlotFigure {
  title: string
  /** What the plot says, for those who do not see it. */
  description: string
  /** Draws it into a document of its own; widths are in CSS pixels. */
  draw(document: Document): SVGSVGElement
}

export const paragraph = (text: string): Paragraph => ({ kind: 'paragraph', text })
export const notice = (text: string): Paragraph => ({ kind: 'paragraph', text, notice: true })
export const cell = (text: string, ...detail: string[]): Cell =>
  detail.length > 0 ? { text, detail } : { text }
/** Where there is no figure. */
export const noFigure: Cell = { text: '–' }
