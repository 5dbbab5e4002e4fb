import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'
import { projectRoot, UserError } from '../../src/lib/index.ts'
import { type Benchmark, percentile, type Values } from './result.ts'

const samples = join(projectRoot, 'web/samples')
const languages = ['python', 'typescript', 'go']
/** A brisk typist: 80 words a minute. */
const keystrokeMs = 150
const linesTyped = 12

/**
 * What a person feels: the page in a real browser, real code typed key by key, the shipped model. A suggestion's
 * time is the page's own: from the question to ghost text or silence, all checks included.
 */
export const latencyFigures: Benchmark = {
  name: 'latency',
  title: 'Playground latency: from the question to ghost text or silence',
  cost: 'the shipped model and Chromium; two minutes',
  async measure(): Promise<Values> {
    const { child, url } = await startServer()
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    })
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      await page.goto(url)
      await page.locator('[data-state="ready"]').waitFor()
      const times: number[] = []
      let shown = 0
      for (const language of languages) {
        await page.locator('#language').selectOption(language)
        await page.locator(`#editor[data-language="${language}"]`).waitFor()
        const answers = await typeAndWatch(page, readFileSync(join(samples, `${language}.txt`), 'utf8'))
        times.push(...answers.map(({ milliseconds }) => milliseconds))
        shown += answers.filter((answer) => answer.shown).length
      }
      return {
        'p50, ms': percentile(times, 0.5),
        'p95, ms': percentile(times, 0.95),
        answers: times.length,
        'of them shown': shown,
        'ms between keys': keystrokeMs,
      }
    } finally {
      await browser.close()
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  },
}

async function startServer(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [join(projectRoot, 'src/cli/main.ts'), 'serve', '--port', '0', '--json'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('{')) return { child, url: (JSON.parse(line) as { playground: string }).playground }
  }
  throw new UserError('The server ended before it was ready.', 'The lines above say why.')
}

interface Answer {
  milliseconds: number
  shown: boolean
}

/** Types the first lines of a file and notes each answer that the page shows in between. */
async function typeAndWatch(page: Page, text: string): Promise<Answer[]> {
  const answers: Answer[] = []
  const note = `note${text.length}`
  await page.exposeFunction(note, (milliseconds: number, shown: boolean) =>
    answers.push({ milliseconds, shown }),
  )
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.evaluate((name) => {
    const time = document.querySelector('#time-last')!
    new MutationObserver(() => {
      const milliseconds = Number.parseFloat(time.textContent ?? '')
      const shown = document.querySelector('.ghost') !== null
      // 0 ms is an answer from the cache: it asked nobody, and would flatter the figures.
      if (milliseconds > 0)
        (window as unknown as Record<string, (...values: unknown[]) => void>)[name]!(milliseconds, shown)
    }).observe(time, { childList: true, characterData: true, subtree: true })
  }, note)
  for (const line of text.split('\n').slice(0, linesTyped)) {
    await page.keyboard.type(line.trim(), { delay: keystrokeMs })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(keystrokeMs)
  }
  return answers
}
