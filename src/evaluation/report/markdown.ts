import type { Block, Cell, Section, Table } from './blocks.ts'

/** The report as GitHub's Markdown. Plots are left to the page: their figures are in the tables. */
export function renderMarkdown(title: string, sections: readonly Section[]): string {
  const parts = [
    `# ${escapeText(title)}`,
    'The plots are in report.html, all figures as data in report.json.',
    ...sections.flatMap((section) => [
      `## ${escapeText(section.title)}`,
      ...section.blocks.flatMap(blockText),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

function blockText(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [block.notice ? `> ${escapeText(block.text)}` : escapeText(block.text)]
    case 'list':
      return [block.items.map((item) => `- ${escapeText(item)}`).join('\n')]
    case 'table':
      return [tableText(block)]
    case 'figures':
      return []
  }
}

function tableText({ columns, rows }: Table): string {
  return [
    columns.map(({ title }) => escapeText(title)),
    columns.map(({ numeric }) => (numeric ? '---:' : '---')),
    ...rows.map((cells) => cells.map(cellText)),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function cellText({ text, detail = [] }: Cell): string {
  return [text, ...detail].map(escapeText).join('<br>')
}

/**
 * Escapes what Markdown and the HTML within it would read as markup, by a backslash. `.` and `)` begin a list after
 * digits, `+` and `-` at a line's start.
 */
function escapeText(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|~#&$!]/g, '\\$&')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replace(/(https?|ftp|www)(?=[:.])/gi, '$1\u200b')
}
