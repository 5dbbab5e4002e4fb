import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { allowedCores, parseCoreList } from './processor-core.ts'

describe('cores', () => {
  test.each([
    ['0', [0]],
    ['0-2,5', [0, 1, 2, 5]],
    ['3-3, 8-9', [3, 8, 9]],
    ['', []],
    ['nonsense', []],
  ])('the list "%s"', (list, cores) => {
    expect(parseCoreList(list)).toEqual(cores)
  })

  test.skipIf(process.platform !== 'linux')('a process stays on the core that it chose', () => {
    const core = allowedCores().at(-1)!
    const module = new URL('./processor-core.ts', import.meta.url).href
    const script = `const { allowedCores, stayOnCore } = await import('${module}'); stayOnCore(${core}); console.log(allowedCores().join())`
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(ran.stdout.trim()).toBe(String(core))
  })
})
