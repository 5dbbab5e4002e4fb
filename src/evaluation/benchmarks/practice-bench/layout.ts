/** How code, comments and descriptions are set in each language's custom. */
import type { PracticeRecord } from './schema.ts'

type CodeLanguage = Exclude<PracticeRecord['language'], 'bash'>

const width = 88

const lineComments: Record<PracticeRecord['language'], string> = {
  python: '#',
  bash: '#',
  javascript: '//',
  typescript: '//',
  go: '//',
  java: '//',
}

/** Every line of `text` behind the language's comment sign. */
export function commented(language: PracticeRecord['language'], text: string): string {
  return text
    .split('\n')
    .map((line) => `${lineComments[language]} ${line}`.trimEnd())
    .join('\n')
}

/** Breaks prose at spaces into lines of at most 88 columns, `indent` and a comment sign included. */
export function wrapped(prose: string, indent = 0): string {
  const lines: string[] = []
  for (const paragraph of prose.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width - indent) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines.join('\n')
}

/** What a file begins with, up to the definition at hand. Java's class is left open. */
export function opened(language: CodeLanguage, setup: string | undefined): string {
  const start = language === 'go' ? 'package main\n\n' : ''
  if (language === 'java')
    return `import java.util.*;\n\nclass Main {\n${setup ? `${indented(setup)}\n\n` : ''}`
  return start + (setup ? `${setup}${gapOf(language)}` : '')
}

/** What stands between two definitions. */
export function gapOf(language: CodeLanguage): string {
  return language === 'python' ? '\n\n\n' : '\n\n'
}

/**
 * A signature with its description, up to where the body begins: a docstring inside in Python, a comment before it
 * elsewhere. `examples` are lines below the description.
 */
export function described(
  language: CodeLanguage,
  signature: string,
  description: string,
  examples: string[] = [],
): string {
  const indent = language === 'python' || language === 'java' ? 4 : 0
  const text = [wrapped(description, indent + 3), ...(examples.length > 0 ? ['', ...examples] : [])].join(
    '\n',
  )
  switch (language) {
    case 'python':
      return `${signature}\n${indented(docstring(text))}\n`
    case 'javascript':
    case 'typescript':
      return `${blockComment(text)}\n${signature}\n`
    case 'go':
      return `${commented('go', text)}\n${signature}\n`
    case 'java':
      return `${indented(`${blockComment(text)}\n${signature}`)}\n`
  }
}

function docstring(text: string): string {
  return text.includes('\n') ? `"""${text}\n"""` : `"""${text}"""`
}

function blockComment(text: string): string {
  if (!text.includes('\n')) return `/** ${text} */`
  const lines = text.split('\n').map((line) => ` * ${line}`.trimEnd())
  return `/**\n${lines.join('\n')}\n */`
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ')
}
