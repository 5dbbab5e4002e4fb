import { afterAll, describe, expect, it } from 'vitest'
import { loadWasmFromPackage, openTreeReader, type SyntaxNode } from './index.ts'

const python = await openTreeReader(loadWasmFromPackage, 'python')
afterAll(() => python.dispose())

/** Named nodes as S-expressions. */
function print(node: SyntaxNode): string {
  const inner = node.children.filter((child) => child.named).map(print)
  return `${node.field === null ? '' : `${node.field}=`}(${[node.type, ...inner].join(' ')})`
}

describe('openTreeReader', () => {
  it('gives the whole tree with fields and UTF-16 offsets', () => {
    const tree = python.read('x = "😀" + é')!
    expect(print(tree)).toBe(
      '(module (expression_statement (assignment left=(identifier) right=(binary_operator left=(string (string_start) (string_content) (string_end)) right=(identifier)))))',
    )
    expect([tree.start, tree.end]).toEqual([0, 12])
  })

  it('marks what does not fit and what is missing', async () => {
    expect(JSON.stringify(python.read('x = )'))).toContain('"type":"ERROR"')
    const javascript = await openTreeReader(loadWasmFromPackage, 'javascript')
    expect(JSON.stringify(javascript.read('const a = (1 + 2;'))).toContain('"missing":true')
    javascript.dispose()
  })

  it('gives nothing for a text that is nested deeper than asked', () => {
    expect(python.read('((((1))))', 5)).toBeUndefined()
    expect(python.read('('.repeat(20_000))).toBeDefined()
    expect(python.read(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`)).toBeUndefined()
  })

  it('has only languages with a grammar', async () => {
    await expect(openTreeReader(loadWasmFromPackage, 'sql')).rejects.toThrow('no grammar')
  })
})
