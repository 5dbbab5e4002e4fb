/** Where answers end: stop strings for the server, and what they cannot tell. */
import { cutAtUnindentedLine } from '../cut.ts'
import type { PracticeRecord } from './schema.ts'

/** At most four, which is what OpenAI's protocol takes. */
export function stopsOf(record: PracticeRecord): string[] {
  if (record.task === 'infill') return []
  switch (record.language) {
    case 'bash':
      return ['\n']
    case 'python':
      return ['\ndef', '\nclass', '\n#', '\nprint']
    default:
      return [closingBrace(record)]
  }
}

/** The answer alone: an indented body; up to the brace that closes it; or one line. A hole's text is left as it is. */
export function trimmed(record: PracticeRecord, completion: string): string {
  if (record.task === 'infill') return completion
  if (record.language === 'bash') return completion.split('\n', 1)[0]!
  if (record.task === 'edit') return cutDefinition(completion, record.language)
  if (record.language === 'python') return cutAtUnindentedLine(completion)
  return cutAfterBlock(completion) ?? completion.trimEnd() + closingBrace(record)
}

/** In the column of what it closes: a stop takes it away, and {@link trimmed} puts it back. */
function closingBrace({ language }: PracticeRecord): string {
  return language === 'java' ? '\n    }' : '\n}'
}

/** After the brace that closes the block in which the text begins; braces in strings and comments do not count. */
export function cutAfterBlock(code: string): string | undefined {
  let depth = 1
  const tokens =
    /\/\/.*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|[{}]/g
  for (const { index, 0: token } of code.matchAll(tokens)) {
    if (token === '{') depth += 1
    else if (token === '}') depth -= 1
    if (depth === 0) return code.slice(0, index + 1)
  }
  return undefined
}

/** A definition from within its first line: what follows in its column is not part of it, but what closes it is. */
function cutDefinition(code: string, language: 'python' | 'typescript'): string {
  if (language === 'typescript') {
    const end = code.indexOf('\n}')
    return `${(end < 0 ? code : code.slice(0, end)).trimEnd()}\n}`
  }
  const lines = code.split('\n')
  const end = lines.findIndex((line, index) => index > 0 && line.trim() !== '' && !/^[\s)]/.test(line))
  return end < 0 ? code : lines.slice(0, end).join('\n')
}
