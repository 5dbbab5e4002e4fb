import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import type { Block, Cell, Figures, PlotFigure, Section, Table } from './blocks.ts'

/**
 * The report as one page: no script, nothing fetched, its style within. It is built as a tree of nodes and written
 * out by linkedom, which escapes text, but not that of `<title>` and `<style>`, nor `&` in attributes: text from
 * files is put into neither.
 */
export function renderPage(title: string, sections: readonly Section[]): string {
  const { document } = parseHTML('<!doctype html><html lang="en"><head></head><body></body></html>')
  const write = createWriter(document as unknown as Document)
  const style = readFileSync(join(import.meta.dirname, 'page.css'), 'utf8')
  document.head.append(
    write('meta', { charset: 'utf-8' }),
    write('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    write('meta', { name: 'color-scheme', content: 'light dark' }),
    write('meta', {
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; style-src 'unsafe-inline'",
    }),
    write('title', {}, 'Evaluation report'),
    write('style', {}, style),
  )
  document.body.append(
    write(
      'header',
      {},
      write('h1', {}, title),
      write(
        'nav',
        { 'aria-label': 'Sections' },
        write(
          'ul',
          {},
          ...sections.map(({ id, title }) => write('li', {}, write('a', { href: `#${id}` }, title))),
        ),
      ),
    ),
    write('main', {}, ...sections.map((section) => sectionNode(section, write))),
  )
  return `${document.toString()}\n`
}

interface Writer {
  (tag: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement
  document: Document
  /** A name that no other element of the page has. */
  newId(kind: string): string
}

function createWriter(document: Document): Writer {
  let ids = 0
  const write = (tag: string, attributes: Record<string, string>, ...children: (Node | string)[]) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...children)
    return element
  }
  return Object.assign(write, { document, newId: (kind: string) => `${kind}-${++ids}` })
}

function sectionNode({ id, title, blocks }: Section, write: Writer): Node {
  return write(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    write('h2', { id: `${id}-title` }, title),
    ...blockNodes(blocks, write),
  )
}

/** A single plot has its table beside it, where the page is wide enough and the table narrow enough. */
function blockNodes(blocks: Block[], write: Writer): Node[] {
  const nodes: Node[] = []
  for (let at = 0; at < blocks.length; at++) {
    const [block, next] = [blocks[at] as Block, blocks[at + 1]]
    const isBeside =
      block.kind === 'figures' &&
      block.plots.length === 1 &&
      next?.kind === 'table' &&
      next.columns.length <= 6
    if (!isBeside) nodes.push(blockNode(block, write))
    else {
      nodes.push(write('div', { class: 'beside' }, blockNode(block, write), blockNode(next, write)))
      at++
    }
  }
  return nodes
}

function blockNode(block: Block, write: Writer): Node {
  switch (block.kind) {
    case 'paragraph':
      return write('p', block.notice ? { class: 'notice' } : {}, block.text)
    case 'list':
      return write('ul', {}, ...block.items.map((item) => write('li', {}, item)))
    case 'table':
      return tableNode(block, write)
    case 'figures':
      return figuresNode(block, write)
  }
}

/** A table that scrolls within itself, also by keyboard, where it is wider than the page. */
function tableNode({ caption, columns, rows }: Table, write: Writer): Node {
  const id = write.newId('caption')
  const kind = (at: number): Record<string, string> => (columns[at]?.numeric ? { class: 'numeric' } : {})
  return write(
    'div',
    { class: 'scroll', role: 'region', tabindex: '0', 'aria-labelledby': id },
    write(
      'table',
      {},
      write('caption', { id }, caption),
      write(
        'thead',
        {},
        write('tr', {}, ...columns.map(({ title }, at) => write('th', { scope: 'col', ...kind(at) }, title))),
      ),
      write(
        'tbody',
        {},
        ...rows.map((cells) =>
          write(
            'tr',
            {},
            ...cells.map((cell, at) =>
              at === 0
                ? write('th', { scope: 'row' }, ...cellNodes(cell, write))
                : write('td', kind(at), ...cellNodes(cell, write)),
            ),
          ),
        ),
      ),
    ),
  )
}

function cellNodes({ text, detail = [] }: Cell, write: Writer): Node[] {
  return [
    write('span', { class: 'figure' }, text),
    ...detail.map((line) => write('span', { class: 'detail' }, line)),
  ]
}

function figuresNode({ plots, legend = [] }: Figures, write: Writer): Node {
  return write(
    'div',
    { class: 'figures' },
    ...(legend.length === 0
      ? []
      : [
          write(
            'ul',
            { class: 'legend' },
            ...legend.map(({ label, color, hollow }) =>
              write(
                'li',
                {},
                write('i', { style: `--mark: ${color}`, class: hollow ? 'hollow' : 'filled' }),
                label,
              ),
            ),
          ),
        ]),
    ...plots.map((plot) => plotNode(plot, write)),
  )
}

function plotNode({ title, description, draw }: PlotFigure, write: Writer): Node {
  const drawing = draw(write.document)
  const names = { title: write.newId('plot-title'), desc: write.newId('plot-text') }
  const name = (tag: 'title' | 'desc', text: string) => {
    const element = write.document.createElementNS('http://www.w3.org/2000/svg', tag)
    element.setAttribute('id', names[tag])
    element.textContent = text
    return element
  }
  drawing.prepend(name('title', title), name('desc', description))
  drawing.setAttribute('role', 'img')
  drawing.setAttribute('aria-labelledby', names.title)
  drawing.setAttribute('aria-describedby', names.desc)
  return write('figure', {}, write('figcaption', {}, title), drawing)
}
