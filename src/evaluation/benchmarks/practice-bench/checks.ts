/** Cases as code: statements that stop the program where a call does not equal what is expected. */
import type { SandboxLanguage } from '../../../sandbox/index.ts'
import type { TestCase } from './schema.ts'

/** The whole source: `code`, then `support`, then a check of every case. */
export function checked(language: SandboxLanguage, code: string, cases: TestCase[], support = ''): string {
  switch (language) {
    case 'python':
      return `${code}\n\n${support}\n${cases.map(python).join('\n')}\n`
    case 'javascript':
      return `${code}\n\n${support}\n{\n${javascriptCheck}\n${cases.map(javascript).join('\n')}\n}\n`
    case 'typescript':
      return `${code}\n\n${support}\n{\n${typescriptCheck}\n${cases.map(javascript).join('\n')}\n}\n`
    case 'go':
      return goFile(code, `${support}\n${goCheck}\nfunc main() {\n${cases.map(go).join('\n')}\n}\n`)
    case 'java':
      return `${javaImports}${code}\n${support}\n${javaCheck}\n    public static void main(String[] args) {\n${cases.map(java).join('\n')}\n    }\n}\n`
    default:
      throw new Error(`There are no checks in ${language}.`)
  }
}

const python = ({ call, expect }: TestCase) => `assert (${call}) == (${expect}), ${JSON.stringify(call)}`

const javascript = ({ call, expect }: TestCase) => `  checkCase(${call}, ${expect}, ${JSON.stringify(call)})`

/** Compares as JSON with sorted keys, so that prototypes, the order of keys and the sign of zero do not matter. */
const typescriptCheck = `  const plain = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value
  const checkCase = (actual: unknown, expected: unknown, call: string): void => {
    const [is, should] = [JSON.stringify(actual, plain), JSON.stringify(expected, plain)]
    if (is !== should) throw new Error(call + ' is ' + is + ', not ' + should)
  }`

const javascriptCheck = typescriptCheck.replace(/: (?:unknown|string|void)(?=[,) ])/g, '')

const go = ({ call, expect }: TestCase) => `\tcheckCase(${call}, ${expect}, ${JSON.stringify(call)})`

/** A nil slice and an empty one are equal. */
const goCheck = `func checkCase[T any](actual, expected T, call string) {
	if reflect.DeepEqual(actual, expected) {
		return
	}
	if kind := reflect.ValueOf(actual).Kind(); kind == reflect.Slice || kind == reflect.Map {
		if reflect.ValueOf(actual).Len()+reflect.ValueOf(expected).Len() == 0 {
			return
		}
	}
	panic(fmt.Sprintf("%s is %v, not %v", call, actual, expected))
}
`

/** Go refuses an import that is not used and prompts have none, so what the code names is imported here. */
const goPackages = [
  ...['bytes', 'errors', 'math', 'regexp', 'sort', 'strconv', 'strings', 'time', 'unicode'],
  ...['unicode/utf8', 'math/bits', 'container/heap', 'container/list'],
]

function goFile(code: string, checks: string): string {
  const body = `${code.replace(/^package main\n/, '')}\n${checks}`
  const used = goPackages.filter((path) =>
    new RegExp(`\\b${path.slice(path.indexOf('/') + 1)}\\.`).test(body),
  )
  const imports = ['fmt', 'reflect', ...used].map((path) => `\t"${path}"\n`)
  return `package main\n\nimport (\n${imports.join('')})\n${body}`
}

const java = ({ call, expect }: TestCase) => `        checkCase(${call}, ${expect}, ${JSON.stringify(call)});`

const javaImports = 'import java.util.function.*;\nimport java.util.stream.*;\n'

const javaCheck = `    static void checkCase(Object actual, Object expected, String call) {
        if (!Objects.deepEquals(actual, expected))
            throw new AssertionError(call + " is " + actual + ", not " + expected);
    }
`
