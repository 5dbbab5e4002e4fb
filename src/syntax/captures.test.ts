import { expect, it } from 'vitest'
import { loadWasmFromPackage, openCaptureReader } from './index.ts'

it('captures what a query names', async () => {
  const reader = await openCaptureReader(
    loadWasmFromPackage,
    'python',
    '(comment) @c (function_definition) @f (ERROR) @e',
  )
  const captures = reader.read('# é😀\ndef f():\n    return 1\nx = )\n')
  expect(captures.map(({ name, start, startRow, endRow }) => [name, start, startRow, endRow])).toEqual([
    ['c', 0, 0, 0],
    ['f', 6, 1, 2],
    ['e', 28, 3, 3],
  ])
  expect(reader.read('')).toEqual([])
  reader.dispose()
})

it('readers that are opened at the same time do not disturb one another', async () => {
  const open = () => openCaptureReader(loadWasmFromPackage, 'python', '(comment) @c')
  const readers = await Promise.all([open(), open(), open()])
  for (const reader of readers) expect(reader.read('# a\n')).toHaveLength(1)
  for (const reader of readers) reader.dispose()
})

it('refuses a query that the grammar does not know, and a language without a grammar', async () => {
  await expect(openCaptureReader(loadWasmFromPackage, 'python', '(no_such_node) @c')).rejects.toThrow()
  await expect(openCaptureReader(loadWasmFromPackage, 'sql', '(comment) @c')).rejects.toThrow('no grammar')
})
