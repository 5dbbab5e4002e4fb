/**
 * What `second-start.test.ts` runs inside a network namespace that holds nothing but loopback: `npm start`, then
 * the page, a completion, and the list of what the start printed. The findings go to standard output as JSON.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const child = spawn('npm', ['start', '--', '--port', '0', '--json'], {
  stdio: ['ignore', 'pipe', 'pipe'],
  detached: true,
})
let stderr = ''
child.stderr.on('data', (chunk: Buffer) => {
  stderr += chunk.toString()
})
const deadline = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 60_000)

let findings: Record<string, unknown> = { ready: false }
for await (const line of createInterface({ input: child.stdout })) {
  if (!line.startsWith('{')) continue
  const { url, token } = JSON.parse(line) as { url: string; token: string }
  const page = await fetch(url)
  const completion = await fetch(new URL('/v1/completions', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'understudy-nano', prompt: 'def add(a, b):\n    return', max_tokens: 8 }),
  })
  const outside = await fetch('http://192.0.2.1/').then(
    () => 'reached',
    () => 'not reached',
  )
  findings = {
    ready: true,
    page: page.status,
    completion: completion.status,
    choices: ((await completion.json()) as { choices?: unknown[] }).choices?.length,
    outside,
  }
  break
}
process.kill(-child.pid!, 'SIGTERM')
clearTimeout(deadline)
console.log(JSON.stringify({ ...findings, stderr }))
