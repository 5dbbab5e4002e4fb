import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { visible } from './format.ts'
import { renderMarkdown } from './markdown.ts'
import { renderPage } from './page.ts'
import { reportInput } from './sections/input.ts'
import { sections } from './sections/sections.ts'
import { madeUpQuality, madeUpRecital, madeUpRun } from './testing/made-up.ts'

/** Names and notes come from files and servers that anybody may have written. */

const attacks = [
  '<script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</title></svg><img src=x onerror=alert(1)>',
  '"><a href="javascript:alert(1)">',
  "' onmouseover='alert(1)",
  '&lt;script&gt; &amp;amp; &#60;',
  ']]><!-- -->',
  '| a | b |\n|---|---|\n# head\n- item\n![i](http://x/y.png) [l](javascript:x) `code` <b>',
  'a\u202Eb\u0000c\u2028d\uD800e\uFEFF',
  '__proto__',
  'constructor',
  '$x$ ~~y~~ *z* _w_ @you #1',
  '',
]

const hostile = fc.oneof(
  fc.constantFrom(...attacks),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom('<', '>', '&', '"', "'", '`', '|', '\\', '\n', '</', '<!--', '-->', 'svg', ' ', '&#'),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
)

const texts = fc.record({
  name: hostile,
  title: hostile,
  note: hostile,
  language: hostile,
  machine: hostile,
  outcome: hostile,
  flaky: hostile,
})

type Texts = { [name in 'name' | 'title' | 'note' | 'language' | 'machine' | 'outcome' | 'flaky']: string }

/** A page of as many models as there are records, with a text in every place that has one. */
function pageOf(all: readonly Texts[]): string {
  const results = all.flatMap(({ name, title, note, language, machine, outcome, flaky }) => {
    const run = { model: { name, sha256: note }, title }
    return [
      madeUpRun({
        ...run,
        notes: [note],
        machine,
        commit: note,
        flaky: [flaky],
        outcomes: { passed: 5, [outcome]: 7 },
      }),
      madeUpRun({ ...run, sampling: { temperature: 0.8 } }),
      madeUpRun({ ...run, benchmark: `humaneval-x/${note}`, language, date: note }),
      madeUpRun({ ...run, benchmark: 'humaneval-x/python' }),
    ]
  })
  const quality = all.map(({ name, title, note, language }) =>
    madeUpQuality({
      model: { name, sha256: note },
      title: note,
      notes: [title],
      settings: { [note]: title },
      recitals: [{ ...madeUpRecital(70), name: title, excerpt: note }],
      figures: [{ name: language, value: 0.5, low: 0.4, high: 0.6, n: 3, of: title }],
    }),
  )
  const input = reportInput(results, quality)
  return renderPage(all.map(({ name }) => visible(name)).join(), sections(input))
}

/** Fails where a text became more than text. */
function expectHarmless(all: readonly Texts[]): void {
  const html = pageOf(all)
  expect(html.match(/<(script|img|a href="[^#])/i)).toBeNull()
  const { names, attributes, document } = skeleton(html)
  expect([...names].filter((name) => !plain.names.has(name))).toEqual([])
  expect([...attributes].filter((name) => !plain.attributes.has(name))).toEqual([])
  expect(document.querySelector('h1')?.textContent).toBe(all.map(({ name }) => visible(name)).join())
  const remarks = document.getElementById('remarks')?.textContent
  for (const { note } of all) expect(remarks).toContain(visible(note))
}

/** What a page is made of, its text aside. */
function skeleton(html: string) {
  const { document } = parseHTML(html)
  const elements = [...document.querySelectorAll('*')]
  return {
    names: new Set(elements.map(({ localName }) => localName)),
    attributes: new Set(elements.flatMap((element) => [...element.attributes].map(({ name }) => name))),
    document,
  }
}

const sameText = (text: string): Texts => ({
  name: text,
  title: text,
  note: text,
  language: text,
  machine: text,
  outcome: text,
  flaky: text,
})
const plain = skeleton(pageOf([sameText('plain'), sameText('other')]))

describe('text from files', () => {
  test('never becomes an element or an attribute of the page, and is read as it was written', {
    timeout: 120_000,
  }, () => {
    expectHarmless(attacks.map(sameText))
    fc.assert(fc.property(fc.array(texts, { minLength: 2, maxLength: 6 }), expectHarmless), { numRuns: 8 })
  })

  test('never becomes structure of the Markdown', () => {
    fc.assert(
      fc.property(fc.array(hostile.map(visible), { minLength: 1, maxLength: 4 }), (cells) => {
        const lines = renderMarkdown('T', [
          {
            id: 's',
            title: cells[0] ?? '',
            blocks: [
              { kind: 'list', items: cells },
              {
                kind: 'table',
                caption: '',
                columns: cells.map((title) => ({ title })),
                rows: [cells.map((text) => ({ text, detail: [text] }))],
              },
            ],
          },
        ]).split('\n')
        // A heading, an empty line, the sentence of the plots, …: nothing adds or takes a line.
        expect(lines).toHaveLength(6 + cells.length + 1 + 3 + 1)
        const unescaped = lines.map((line) => line.replace(/\\[!-/:-@[-`{-~]/g, ''))
        for (const line of unescaped.slice(-4, -1)) expect(line.match(/\|/g)).toHaveLength(cells.length + 1)
        for (const line of unescaped)
          expect(line.replaceAll('<br>', '').replace(/^(# |## |- )/, '')).not.toMatch(/[`*_[\]<>~$#]/)
      }),
    )
  })

  test('is shown even where it would not be seen', () => {
    expect(visible('a\u202Eb\u0000c')).toBe('a\\u{202e}b\\u{0}c')
    expect(visible('two\n lines\u2028more')).toBe('two lines more')
    expect(visible('\uD800')).toBe('\uFFFD')
    expect(visible('日本 é 🎉')).toBe('日本 é 🎉')
  })
})
