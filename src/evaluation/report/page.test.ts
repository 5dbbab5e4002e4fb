import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../../../test/requirements.ts'
import { madeUpEverything } from './testing/made-up.ts'
import { writeReport } from './write-report.ts'

/** The page as a browser shows it: nothing cut off, nothing on top of another, nothing too faint or too small. */

const folder = mkdtempSync(join(tmpdir(), 'understudy-page-'))
let browser: Browser

describe.skipIf(missing('chromium'))('in a browser', () => {
  beforeAll(async () => {
    const { results, quality } = madeUpEverything()
    await writeReport(results, quality, folder)
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  test.each([
    [380, 'light'],
    [1280, 'dark'],
  ] as const)('%i pixels wide, %s', { timeout: 120_000 }, async (width, colorScheme) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    const requests: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    page.on('console', (message) => complaints.push(message.text()))
    const address = pathToFileURL(join(folder, 'report.html')).href
    await page.goto(address)
    const seen = await page.evaluate(look)
    await page.close()

    expect(requests).toEqual([address])
    expect(complaints).toEqual([])
    expect(seen.width).toBe(width)
    expect(seen.texts).toBeGreaterThan(300)
    expect(seen.cut).toEqual([])
    expect(seen.overlapping).toEqual([])
    expect(seen.smallest).toBeGreaterThanOrEqual(11)
    expect(seen.faint).toEqual([])
  })
})

/** Runs in the page. */
function look() {
  const box = (element: Element) => element.getBoundingClientRect()
  const cut: string[] = []
  const overlapping: string[] = []
  const sizes: number[] = []
  for (const plot of document.querySelectorAll('svg')) {
    const frame = box(plot)
    const texts = [...plot.querySelectorAll('text')].map((text) => ({ text, at: box(text) }))
    for (const { text, at } of texts) {
      sizes.push(
        (Number.parseFloat(getComputedStyle(text).fontSize) * frame.width) / plot.viewBox.baseVal.width,
      )
      if (
        at.left < frame.left - 1 ||
        at.right > frame.right + 1 ||
        at.top < frame.top - 1 ||
        at.bottom > frame.bottom + 1
      )
        cut.push(text.textContent)
    }
    // A line of text is taller than its letters: boxes may overlap by a few pixels.
    for (const [i, one] of texts.entries())
      for (const other of texts.slice(i + 1)) {
        const wide = Math.min(one.at.right, other.at.right) - Math.max(one.at.left, other.at.left)
        const high = Math.min(one.at.bottom, other.at.bottom) - Math.max(one.at.top, other.at.top)
        if (wide > 1 && high > 4) overlapping.push(`${one.text.textContent} / ${other.text.textContent}`)
      }
  }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
  const luminance = (color: string) => {
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
      part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const behind = (element: Element | null): string => {
    const color = element ? getComputedStyle(element).backgroundColor : 'white'
    return color === 'rgba(0, 0, 0, 0)' ? behind(element?.parentElement ?? null) : color
  }
  const faint = new Set<string>()
  const leaves = [...document.querySelectorAll('body *')].filter(
    (one) => !one.firstElementChild && one.textContent?.trim(),
  )
  for (const leaf of leaves) {
    if (['title', 'desc'].includes(leaf.localName)) continue
    const style = getComputedStyle(leaf)
    const color = leaf.localName === 'text' ? style.fill : style.color
    const [dark = 0, light = 0] = [luminance(color), luminance(behind(leaf))].sort((a, b) => a - b)
    const contrast = (light + 0.05) / (dark + 0.05)
    if (contrast < 4.5) faint.add(`${leaf.localName} ${color} on ${behind(leaf)}: ${contrast.toFixed(2)}`)
  }
  return {
    width: document.documentElement.scrollWidth,
    texts: leaves.length,
    cut,
    overlapping,
    faint: [...faint],
    smallest: Math.min(
      ...sizes,
      ...leaves.map((leaf) =>
        leaf.localName === 'text' ? 99 : Number.parseFloat(getComputedStyle(leaf).fontSize),
      ),
    ),
  }
}
