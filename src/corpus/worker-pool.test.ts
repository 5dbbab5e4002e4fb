import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryTestFolder, writeFiles } from './testing/fixtures.ts'
import { createWorkerPool } from './worker-pool.ts'

const root = temporaryTestFolder()

/** A worker that runs `body` with `task`. */
function pool<Result>(name: string, body: string) {
  writeFiles(root, {
    [`${name}.mjs`]: `import { existsSync, writeFileSync } from 'node:fs'\nexport default async (task) => {${body}}`,
  })
  const module = pathToFileURL(join(root, `${name}.mjs`))
  return createWorkerPool<string, Result>({ module, processes: 2, heapMegabytes: 100 })
}

const die = "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})"

test('tasks run in other processes', async () => {
  await using workers = pool<{ pid: number; task: string }>('pid', 'return { pid: process.pid, task }')
  const results = await Promise.all(['a', 'b', 'c'].map((task) => workers.run(task)))
  expect(results).toMatchObject([{ task: 'a' }, { task: 'b' }, { task: 'c' }])
  expect(results.every((result) => 'pid' in result && result.pid !== process.pid)).toBe(true)
})

test('they have the environment of this process', async () => {
  await using workers = pool('environment', 'return process.env.UNDERSTUDY_CACHE')
  expect(await workers.run('x')).toBe(process.env.UNDERSTUDY_CACHE)
})

test('the task of a killed process is done again by another', async () => {
  await using workers = pool(
    'once',
    `if (!existsSync(task)) { writeFileSync(task, ''); ${die} } return 'done'`,
  )
  const marker = join(root, 'marker')
  expect(await workers.run(marker)).toBe('done')
  expect(existsSync(marker)).toBe(true)
})

test('a task that kills its process each time is given up, and the others go on', async () => {
  await using workers = pool('deadly', `if (task === 'bad') { ${die} } return task`)
  expect(await Promise.all(['bad', 'good'].map((task) => workers.run(task)))).toEqual([
    { died: 'its process died 3 times' },
    'good',
  ])
})

test('an error of the task is an error, and is not tried again', async () => {
  await using workers = pool('wrong', "throw new Error('no ' + task)")
  await expect(workers.run('luck')).rejects.toThrow('no luck')
})

test('aborting ends the process', async () => {
  await using workers = pool('endless', 'for (;;);')
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('stopped')), 300)
  await expect(workers.run('x', controller.signal)).rejects.toThrow('stopped')
})
