import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createLlamaEngine,
  createScriptedEngine,
  type Engine,
  type GenerateRequest,
} from '../src/inference/index.ts'
import { projectRoot } from '../src/lib/index.ts'
import { createServer, engineCatalogue, type UnderstudyServer } from '../src/server/index.ts'
import { missing } from './requirements.ts'

/**
 * The playground as a reader meets it: the built page, the real server, a real browser. The engine plays a
 * script, so that what is shown is known; the last test asks the model that ships.
 */

const folder = mkdtempSync(join(tmpdir(), 'understudy-playground-'))
const page = join(folder, 'page')
const grammars = join(projectRoot, 'node_modules/@vscode/tree-sitter-wasm/wasm')
const nano = join(projectRoot, 'models/understudy-nano/model.gguf')
const token = 'test-token'

/** What the model says by how its prompt ends; parted by `·` into tokens. */
const script: [end: string, said: string, logprob: number][] = [
  ['greet(name):\n    ', 'return· "Hello, "· + name·\n', -0.1],
  [
    'def total(items):',
    '\n·    result = 0·\n·    for item in items:·\n·        result += item·\n·    return result·\n\n',
    -0.1,
  ],
  ['unsure = ', 'perhaps·(1)', -3],
  ['broken = ', 'f(1))· + 2', -0.1],
  ['# Count the words\ndef ', 'count_words(text):·\n·    return len(text.split())·\n·\n·\n·print(1)', -0.1],
  ['# Talk without end\ndef ', Array.from({ length: 200 }, (_, at) => `talk_${at} `).join('·'), -0.1],
]

function reply({ prompt }: GenerateRequest) {
  const text = prompt.kind === 'infill' ? prompt.prefix : prompt.kind === 'text' ? prompt.text : ''
  const [, said = '', logprob = 0] = script.find(([end]) => text.endsWith(end)) ?? []
  return {
    tokens: said.split('·').map((part) => ({ text: part, logprob })),
    delay: text.includes('without end') ? 60 : 3,
  }
}

let browser: Browser
beforeAll(async () => {
  if (missing('chromium')) return
  await build({
    root: join(projectRoot, 'web'),
    logLevel: 'error',
    build: { outDir: page, emptyOutDir: true },
  })
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
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

/** A page on a server of its own, closed at the end of the scope; complaints of the browser and foreign requests fail it. */
async function visit(engines: Engine[], viewport = { width: 1280, height: 800 }) {
  const server: UnderstudyServer = await createServer({
    catalogue: engineCatalogue(engines),
    token,
    folders: { page, grammars },
  })
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 })
  const context: BrowserContext = await browser.newContext({ viewport })
  const complaints: string[] = []
  const hosts = new Set<string>()
  const tab: Page = await context.newPage()
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  tab.on('pageerror', (error) => complaints.push(error.message))
  context.on('request', (request) => hosts.add(new URL(request.url()).host))
  tab.setDefaultTimeout(20_000)
  await tab.goto(`${url}/?token=${token}`)
  await tab.locator('[data-state="ready"]').waitFor()
  await tab.locator('#editor[data-language]').waitFor()
  return {
    tab,
    server,
    complaints,
    hosts,
    host: new URL(url).host,
    /** Empties the editor and types into it, a key after the other. */
    async write(text: string) {
      await tab.locator('.cm-content').focus()
      await tab.keyboard.press('Control+a')
      await tab.keyboard.press('Delete')
      await tab.keyboard.type(text, { delay: 2 })
    },
    ghost: () => tab.locator('.ghost'),
    /** The document, ghost text left out. */
    document: () =>
      tab.locator('.cm-line').evaluateAll((lines) =>
        lines
          .map((line) => {
            const copy = line.cloneNode(true) as Element
            for (const ghost of copy.querySelectorAll('.ghost')) ghost.remove()
            return copy.textContent
          })
          .join('\n'),
      ),
    async [Symbol.asyncDispose]() {
      await context.close()
      await server.shutdown(0)
    },
  }
}

function scripted(name = 'scripted') {
  return createScriptedEngine(reply, { name, contextLength: 8_192 })
}

const soon = { timeout: 20_000, interval: 20 }

describe.skipIf(missing('chromium'))('the playground', { timeout: 90_000 }, () => {
  it('shows ghost text as one types, and Tab accepts it', async () => {
    await using page = await visit([scripted()])
    await page.write('def greet(name):\n')
    await expect.poll(() => page.ghost().allTextContents(), soon).toEqual(['return "Hello, " + name'])
    expect(await page.document()).toBe('def greet(name):\n    ')
    expect(await page.tab.locator('#announcement').textContent()).toContain('return "Hello, " + name')
    expect(await page.tab.locator('#time-last').textContent()).toMatch(/^\d+ ms$/)
    await page.tab.keyboard.press('Tab')
    expect(await page.document()).toBe('def greet(name):\n    return "Hello, " + name')
    expect(await page.ghost().count()).toBe(0)
  })

  it('shows a block below the line, and takes a word of it at a time without asking again', async () => {
    const engine = scripted()
    await using page = await visit([engine])
    await page.write('def total(items):')
    const block = '    result = 0\n    for item in items:\n        result += item\n    return result'
    await expect.poll(() => page.ghost().allTextContents(), soon).toEqual([block])
    const asked = engine.requests.length
    await page.tab.keyboard.press('Control+ArrowRight')
    expect(await page.document()).toBe('def total(items):\n    result')
    await page.tab.keyboard.press('Control+ArrowRight')
    expect(await page.document()).toBe('def total(items):\n    result =')
    await page.tab.keyboard.type(' 0')
    expect(await page.ghost().first().textContent()).toContain('for item in items:')
    expect(engine.requests.length).toBe(asked)
  })

  it('dismisses ghost text with Esc, and then Tab indents', async () => {
    await using page = await visit([scripted()])
    await page.write('def greet(name):\n')
    await page.ghost().waitFor()
    await page.tab.keyboard.press('Escape')
    expect(await page.ghost().count()).toBe(0)
    await page.tab.keyboard.press('Tab')
    expect(await page.document()).toBe('def greet(name):\n        ')
  })

  it('stays quiet and says why', async () => {
    await using page = await visit([scripted()])
    const why = page.tab.locator('#why')
    await page.write('unsure = ')
    await expect.poll(() => why.textContent(), soon).toContain('not sure enough (5 % a token, 50 % wanted)')
    await page.write('broken = ')
    await expect.poll(() => why.textContent(), soon).toContain('would break the syntax')
    await page.write('silent = ')
    await expect.poll(() => why.textContent(), soon).toContain('nothing to add')
    expect(await page.ghost().count()).toBe(0)
  })

  it('writes what is described, and stops when told to', async () => {
    await using page = await visit([scripted()])
    await page.write('')
    await page.tab.fill('#description', 'Count the words')
    await page.tab.keyboard.press('Enter')
    await expect.poll(() => page.tab.locator('#why').textContent(), soon).toContain('Written in')
    expect(await page.document()).toBe(
      '# Count the words\ndef count_words(text):\n    return len(text.split())',
    )
    await page.tab.fill('#description', 'Talk without end')
    await page.tab.keyboard.press('Enter')
    await expect.poll(() => page.document(), soon).toContain('talk_3')
    await page.tab.click('#stop')
    await expect.poll(() => page.tab.locator('#why').textContent(), soon).toBe('Stopped.')
    expect(await page.document()).not.toContain('talk_199')
  })

  it('asks the model that is chosen', async () => {
    const [first, second] = [scripted('first'), scripted('second')]
    await using page = await visit([first, second])
    await page.tab.selectOption('#model', 'second')
    const before = first.requests.length
    await page.write('def greet(name):\n')
    await page.ghost().waitFor()
    expect(second.requests.length).toBeGreaterThan(0)
    expect(first.requests.length).toBe(before)
    await page.tab.selectOption('#model', 'Add by path…')
    await page.tab.fill('#model-path', '/no/such/model.gguf')
    await page.tab.keyboard.press('Enter')
    await expect
      .poll(() => page.tab.locator('#add-model-error').textContent(), soon)
      .toContain('does not take models by path')
  })

  it('offers each language with a program to start from', async () => {
    await using page = await visit([scripted()])
    const ids = await page.tab
      .locator('#language option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value))
    expect(ids.length).toBeGreaterThanOrEqual(12)
    let last = await page.document()
    for (const id of ids.slice(1)) {
      await page.tab.selectOption('#language', id)
      await expect.poll(() => page.document(), soon).not.toBe(last)
      last = await page.document()
    }
    expect(page.complaints).toEqual([])
  })

  it('speaks to its own server alone, keeps the token out of the address, and complains of nothing', async () => {
    await using page = await visit([scripted()])
    await page.write('def greet(name):\n')
    await page.ghost().waitFor()
    await page.tab.selectOption('#language', 'ruby')
    expect(new URL(page.tab.url()).search).toBe('')
    await page.tab.reload()
    await page.tab.locator('[data-state="ready"]').waitFor()
    expect([...page.hosts]).toEqual([page.host])
    expect(page.complaints).toEqual([])
  })

  it('keeps what is typed before the sample has come', async () => {
    await using page = await visit([scripted()])
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.tab.route('**/assets/*', async (route) => {
      await held
      await route.continue()
    })
    await page.tab.selectOption('#language', 'ruby')
    await page.write('mine = 1')
    release()
    await page.tab.locator('#editor[data-language="ruby"]').waitFor()
    expect(await page.document()).toBe('mine = 1')
  })

  it('says what to do when the server is gone', async () => {
    await using page = await visit([scripted()])
    await page.server.shutdown(0)
    await page.write('def greet(name):\n')
    await expect
      .poll(() => page.tab.locator('#notice').textContent(), soon)
      .toContain('The server does not answer. Start it with npm start')
  })

  it('says what to do without a valid token', async () => {
    await using page = await visit([scripted()])
    await page.tab.goto(`http://${page.host}/?token=wrong`)
    await expect.poll(() => page.tab.locator('#notice').textContent(), soon).toContain('no valid token')
  })

  it('fits a phone', async () => {
    await using page = await visit([scripted()], { width: 400, height: 800 })
    await page.write('def greet(name):\n')
    await page.ghost().click()
    expect(await page.document()).toContain('return "Hello, " + name')
    const overflow = await page.tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })

  it.skipIf(!existsSync(nano))('completes with the model that ships', async () => {
    await using page = await visit([await createLlamaEngine({ modelPath: nano, name: 'understudy-nano' })])
    await page.write(
      'import os\nimport sys\n\n\nclass Point:\n    def __init__(self, x, y):\n        self.x = x\nself.y = ',
    )
    await expect
      .poll(() => page.tab.locator('#why').textContent(), { timeout: 60_000, interval: 100 })
      .toMatch(/^(Shown|Quiet)/)
    expect(page.complaints).toEqual([])
  })
})
