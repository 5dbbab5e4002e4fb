import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { afterAll, describe, expect, test } from 'vitest'
import { around, madeUpEverything, madeUpQuality, madeUpRun } from './testing/made-up.ts'
import { writeReport } from './write-report.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-report-'))
afterAll(() => rmSync(root, { recursive: true }))

async function report(
  ...[results, quality = []]: [Parameters<typeof writeReport>[0], Parameters<typeof writeReport>[1]?]
) {
  const folder = mkdtempSync(join(root, 'out-'))
  await writeReport(results, quality, folder)
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const [html, markdown] = [read('report.html'), read('report.md')]
  const { document } = parseHTML(html)
  return { folder, html, markdown, data: JSON.parse(read('report.json')), document }
}

type Page = Awaited<ReturnType<typeof report>>['document']

/** The cells of the table with this caption, as text; `rows[0]` are the column titles. */
function tableOf(document: Page, caption: string): string[][] {
  const table = [...document.querySelectorAll('table')].find(
    (one) => one.querySelector('caption')?.textContent === caption,
  )
  expect(table, `a table "${caption}"`).toBeDefined()
  return [...table!.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map(
      (cell) =>
        [...cell.querySelectorAll('span')].map((part) => part.textContent).join(' | ') || cell.textContent,
    ),
  )
}

/** Column title → text of the first row whose head begins so. */
function rowOf(document: Page, caption: string, head: string): Record<string, string> {
  const [titles = [], ...rows] = tableOf(document, caption)
  const row = rows.find(([first]) => first?.startsWith(head))
  expect(row, `a row "${head}"`).toBeDefined()
  return Object.fromEntries(titles.map((title, at) => [title, row?.[at] ?? '']))
}

/** Every number within, with the path to it. */
function* numbersIn(value: unknown, path: string[] = []): Generator<{ path: string[]; value: number }> {
  if (typeof value === 'number') yield { path, value }
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) yield* numbersIn(one, [...path, key])
}

/** As the report writes a number that stands there; written here once more, so that a wrong format shows. */
function spelled(path: string[], value: number, unit: string): string {
  const grouped = (whole: number) => String(whole).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
  if (['value', 'low', 'high'].includes(path.at(-1) ?? ''))
    return unit === 'bits per byte' ? value.toFixed(3) : (100 * value).toFixed(2)
  if (path.includes('seconds')) return `${value < 10 ? value : grouped(Math.round(value))} s`
  if (['temperature', 'topP', 'seed'].includes(path.at(-1) ?? '')) return String(value)
  return grouped(value)
}

describe('a report of everything', async () => {
  const { results, quality } = madeUpEverything()
  const { document, html, markdown, data, folder } = await report(results, quality)

  test.each(['page', 'Markdown'])('%s: every number of the input stands in it', (where) => {
    const leaves = [...document.querySelectorAll('main *')].filter(
      ({ firstElementChild }) => !firstElementChild,
    )
    const text = where === 'page' ? leaves.map(({ textContent }) => textContent).join('\n') : markdown
    // By whole numbers: 1.31 is not found in 21.31.
    const words = new Set(text.replaceAll('<br>', ' ').match(/\d[\d.\u00a0]*( s\b)?/g))
    const all = [...numbersIn(results), ...numbersIn(quality)].map(({ path, value }) => {
      const unit =
        'part' in (quality[Number(path[0])] ?? {}) && path[1] === 'figures'
          ? quality[Number(path[0])]!.unit
          : ''
      return spelled(path, value, unit)
    })
    const absent = all.filter(
      (word) =>
        !words.has(word) &&
        !words.has(`${word}.`) &&
        !text.includes(`${word} %`) &&
        !text.includes(`: ${word}`),
    )
    expect(all.length).toBeGreaterThan(600)
    expect([...new Set(absent)]).toEqual([])
  })

  test('JSON: the results as they were', () => {
    expect(data.results).toEqual(results)
    expect(data.quality).toEqual(quality)
    expect(data.publishedNotice).toContain('not measured here')
  })

  test('the page needs no script and nothing from elsewhere, and says so to the browser', () => {
    expect(html).not.toMatch(/<script|https?:|url\(|@import|javascript:|\son\w+=/i)
    expect([...document.querySelectorAll('[src], [srcset], link, iframe, object, image, use')]).toEqual([])
    const links = [...document.querySelectorAll('[href]')].map((link) => link.getAttribute('href') ?? '')
    for (const link of links) expect(document.getElementById(link.slice(1)), link).not.toBeNull()
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')
    expect(policy?.getAttribute('content')).toBe("default-src 'none'; style-src 'unsafe-inline'")
  })

  test('each plot has a title and a description of its own, and draws what is finite', () => {
    const plots = [...document.querySelectorAll('svg')]
    expect(plots.length).toBeGreaterThan(10)
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const plot of plots) {
      expect(plot.getAttribute('role')).toBe('img')
      const title = document.getElementById(plot.getAttribute('aria-labelledby') ?? '')
      expect(title?.localName).toBe('title')
      expect(title?.textContent).toBeTruthy()
      const text = document.getElementById(plot.getAttribute('aria-describedby') ?? '')
      expect(text?.localName).toBe('desc')
      expect(text?.textContent).toMatch(/\d/)
      expect(plot.outerHTML).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  test('the page’s tables name their columns and rows, and can be scrolled by keyboard', () => {
    for (const table of document.querySelectorAll('table')) {
      expect(table.querySelector('caption')?.textContent).toBeTruthy()
      expect(table.parentElement?.getAttribute('tabindex')).toBe('0')
      for (const head of table.querySelectorAll('thead th')) expect(head.getAttribute('scope')).toBe('col')
      for (const row of table.querySelectorAll('tbody tr'))
        expect(row.firstElementChild?.getAttribute('scope')).toBe('row')
    }
  })

  test('the summary names the temperature that is best for each k', () => {
    const row = rowOf(document, 'Each benchmark at its best temperature', 'HumanEval |')
    expect(row['pass@1']).toBe('1.31 % | 0.91 to 1.71 | T 0.2, n 200, seed 17')
    expect(row['pass@100']).toBe('9.07 % | 7.57 to 10.57 | T 0.8, n 200, seed 17')
  })

  test('other languages stand beside Python', () => {
    const python = rowOf(document, 'HumanEval-X, made-up, by language', 'python')
    expect(python['to Python']).toBe('1')
    const cells = tableOf(document, 'HumanEval-X, made-up, by language').find(([first]) => first === 'cpp')
    // 0.84 ÷ 1.12, 0.44 ÷ 1.52 and 1.24 ÷ 0.72
    expect(cells?.[3]).toBe('0.75 | 0.29 to 1.72')
  })

  test('Codex and its peers stand beside HumanEval, said not to have been measured here', () => {
    const size = document.getElementById('size')
    expect(size?.querySelector('.notice')?.textContent).toContain('not measured here')
    const table = tableOf(document, 'HumanEval, measured here and as published')
    expect(table.find(([name]) => name === 'Codex 12B')).toEqual([
      'Codex 12B',
      '12B',
      '28.81 %',
      '46.81 %',
      '72.31 %',
      'arXiv\u00a02107.03374',
    ])
    expect(table.find(([name]) => name === 'TabNine')?.[1]).toBe('not published')
    expect(markdown).toContain('not measured here')
  })

  test('flaky problems, notes, outcomes, exact match and ranking are told', () => {
    const remarks = document.getElementById('remarks')?.textContent
    expect(remarks).toContain('HumanEval/32, HumanEval/101')
    expect(remarks).toContain('do not compile with Go 1.19')
    const rust = tableOf(document, 'Samples by outcome').find(([first]) =>
      first?.startsWith('HumanEval-X Rust'),
    )
    expect(rust?.at(-1)).toMatch(/^2\u00a0000 \| 60\.98 %/)
    expect(
      rowOf(document, 'Exact match, and passing, of one sample', 'HumanEval infilling, single-line')[
        'Exact match'
      ],
    ).toContain('14.00 %')
    expect(
      rowOf(document, 'The likeliest of n samples beside a random one', 'HumanEval')['Gain, points'],
    ).toBe('0.60')
  })

  test('what was recited stands with its place and licence, longest first', () => {
    const [, first] = tableOf(document, 'What was recited, longest first')
    expect(first).toEqual([
      'HumanEval/7',
      '189',
      '3',
      'left-pad 1.3.0 | index.js',
      'MIT',
      'module.exports = leftPad; var cache = [',
    ])
  })

  test('the Markdown’s tables have as many cells in each row as columns', () => {
    const tables = markdown.split(/\n\n/).filter((part) => part.startsWith('|'))
    expect(tables.length).toBeGreaterThan(8)
    for (const table of tables) {
      const widths = table
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/(?<!\\)\|/).length)
      expect(new Set(widths).size).toBe(1)
    }
  })

  test('the same results give the same bytes, and nothing else is left in the folder', async () => {
    const again = await report(results, quality)
    expect(again.html).toBe(html)
    expect(again.markdown).toBe(markdown)
    expect(readdirSync(folder).sort()).toEqual(['report.html', 'report.json', 'report.md'])
  })
})

describe('results that are few or odd', () => {
  test('no results: a sentence', async () => {
    await expect(report([])).rejects.toThrow('There are no results to report.')
  })

  test('quality alone', async () => {
    const { document } = await report([], [madeUpQuality()])
    expect(document.getElementById('scores')?.textContent).toContain('No benchmark was run.')
    expect(rowOf(document, 'Bits per byte by language', 'go')['Bits per byte']).toBe('1.070 | 1.030 to 1.121')
    expect(document.getElementById('runs')).toBeNull()
  })

  test('one run on one benchmark: no comparison by temperature or language', async () => {
    const { document } = await report([madeUpRun({ benchmark: 'mbpp', title: 'MBPP', problems: 500 })])
    for (const absent of ['temperature', 'languages', 'size', 'exact-match'])
      expect(document.getElementById(absent)).toBeNull()
    expect(tableOf(document, 'Each benchmark at its best temperature')).toHaveLength(2)
  })

  test('a k that is missing is a dash, not a zero', async () => {
    const {
      passAt: { 1: one },
      ...rest
    } = madeUpRun()
    const greedy = { ...rest, benchmark: 'mbpp', title: 'MBPP', passAt: { 1: one! } }
    const { document } = await report([madeUpRun(), greedy])
    expect(rowOf(document, 'Each benchmark at its best temperature', 'MBPP')['pass@100']).toBe('–')
  })

  test('no sample passes, with intervals of no width', async () => {
    const none = { value: 0, low: 0, high: 0 }
    const runs = [0.2, 0.8].flatMap((temperature) =>
      ['python', 'go'].map((language) =>
        madeUpRun({
          benchmark: `humaneval-x/${language}`,
          title: `HumanEval-X ${language}`,
          language,
          sampling: { temperature },
          passAt: { 1: none, 10: none, 100: none },
          ranked: { byMeanLogprob: none, random: none },
          outcomes: { failed: 32_800 },
        }),
      ),
    )
    const { document, html } = await report(runs)
    const [, , go] = tableOf(document, 'HumanEval-X, by language')
    expect(go).toEqual([
      'go',
      '164',
      ...Array.from({ length: 3 }, () => ['0.00 % | 0.00 to 0.00 | T 0.2, n 200, seed 17', '–']).flat(),
    ])
    expect(document.querySelectorAll('svg').length).toBeGreaterThan(5)
    expect(html).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('a part of the problems is not set beside what was published of all', async () => {
    const { document } = await report([madeUpRun({ problems: 20 }), madeUpRun()])
    expect(document.getElementById('size')?.textContent).toContain(
      'on 20 of the 164 problems is left out here',
    )
    expect(
      tableOf(document, 'HumanEval, measured here and as published').filter(([name]) => name === 'made-up'),
    ).toHaveLength(1)
    expect(tableOf(document, 'Each benchmark at its best temperature')).toHaveLength(3)
  })

  test('a model whose size and checksum are unknown', async () => {
    const { model: _, ...run } = madeUpRun()
    const { document } = await report([{ ...run, model: { name: 'remote' } }])
    expect(rowOf(document, 'Models', 'remote').Parameters).toBe('–')
    expect(document.getElementById('size')?.textContent).toContain('There is no plot')
  })

  test('two models of one name are told apart by their checksums', async () => {
    const { document } = await report([madeUpRun(), madeUpRun({ model: { sha256: 'ffee'.repeat(16) } })])
    const models = tableOf(document, 'Each benchmark at its best temperature')
      .slice(1)
      .map((row) => row[1])
    expect(models).toEqual(['made-up (ab12ab12)', 'made-up (ffeeffee)'])
  })

  test('of two runs at one temperature the larger is compared, and both are listed', async () => {
    const small = madeUpRun({ samples: 164, sampling: { n: 1 }, passAt: { 1: around(0.5, 0.1) } })
    const { document } = await report([small, madeUpRun()])
    expect(rowOf(document, 'Each benchmark at its best temperature', 'HumanEval')['pass@1']).toContain(
      '1.23 %',
    )
    expect(tableOf(document, 'Every run with every figure')).toHaveLength(3)
  })

  test('a folder that cannot be made is told in a sentence', async () => {
    const file = join(root, 'a-file')
    writeFileSync(file, '')
    for (const folder of [file, join(file, 'within')])
      await expect(writeReport([madeUpRun()], [], folder)).rejects.toThrow(
        `The folder ${folder} cannot be made.`,
      )
  })
})
