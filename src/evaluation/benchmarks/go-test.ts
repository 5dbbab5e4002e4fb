/**
 * One Go test file of a HumanEval-X record, after THUDM/CodeGeeX, `evaluate_humaneval_x.py`: Go refuses an import
 * that is not used, so those that the code names are put in and the others left out. The data tests with testify,
 * which a bare Go lacks; its `assert` is replaced by one that knows `New` and what the tests call.
 */
import type { XRecord } from './humaneval-x-data.ts'

const testify = 'github.com/stretchr/testify/assert'

/** CodeGeeX's list. */
const known = [
  'math',
  'strings',
  'fmt',
  'strconv',
  'time',
  'bytes',
  'regexp',
  'sort',
  'math/rand',
  'crypto/md5',
]

export function goTest(record: XRecord, code: string): string {
  const body = `${code.replace(record.import, '')}\n${record.test}`
  const candidates = new Set([...importsOf(record.test_setup), ...importsOf(record.import), ...known])
  candidates.delete(testify)
  candidates.delete('reflect')
  const used = [...candidates].filter((path) => isUsed(path, body)).map((path) => `    "${path}"\n`)
  return `package main\n\nimport (\n    reflection "reflect"\n${used.join('')})\n${body}\n${assertShim}`
}

function importsOf(source: string): string[] {
  return [...source.matchAll(/"([^"\n]+)"/g)].map(([, path]) => path!)
}

/** Whether the package is named outside of line comments. */
function isUsed(path: string, body: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return new RegExp(`(?<![\\w.])${name}\\.`).test(body.replace(/\/\/.*$/gm, ''))
}

/** As testify's `ObjectsAreEqual`, but for its care of nil byte slices. */
const assertShim = `
type understudyAssert struct{ t *testing.T }

var assert understudyAssert

func (understudyAssert) New(t *testing.T) understudyAssert { return understudyAssert{t} }

func (a understudyAssert) Equal(expected, actual interface{}, _ ...interface{}) bool {
    a.t.Helper()
    if reflection.DeepEqual(expected, actual) {
        return true
    }
    a.t.Errorf("expected %#v, got %#v", expected, actual)
    return false
}
`
