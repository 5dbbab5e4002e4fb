import { describe, expect, it } from 'vitest'
import { describePrompt } from './describe.ts'

describe('describePrompt', () => {
  it('writes the description as a comment and opens a definition', () => {
    expect(describePrompt('Add two numbers.', 'python').prompt).toBe('# Add two numbers.\ndef ')
    expect(describePrompt('Add two\nnumbers.', 'javascript').prompt).toBe(
      '/**\n * Add two\n * numbers.\n */\nfunction ',
    )
    expect(describePrompt('Count users.', 'sql').prompt).toBe('-- Count users.\n')
    expect(describePrompt('Say hello.', 'php').prompt).toBe('<?php\n\n/**\n * Say hello.\n */\nfunction ')
    expect(describePrompt('Say hello.', 'no such language').prompt).toBe('// Say hello.\n')
  })

  it('keeps a description inside its comment', () => {
    expect(describePrompt('*/ alert(1) /*', 'javascript').prompt).toBe(
      '/**\n * * / alert(1) /*\n */\nfunction ',
    )
  })

  /** `█` marks where the definition is over. */
  const cases: [language: string, text: string][] = [
    ['python', 'add(a, b):\n    return a + b█\n\n\ndef next'],
    ['python', 'add(\n    a,\n):\n    return a█\nprint(1)'],
    ['python', 'add(a, b):\n    return a + b'],
    ['javascript', 'add(a, b) {\n  if (a) {\n  }\n  return a + b\n}█\n\nfunction next'],
    ['javascript', 'add(a, b) {\n  return a + b\n}█'],
    ['javascript', 'add(a, b) {\n  return a'],
    ['ruby', 'add(a, b)\n  a + b\nend█\n'],
    ['sql', 'SELECT count(*)\nFROM users;█\nSELECT'],
  ]
  it.each(cases)('%s: finds the end of %j', (language, marked) => {
    const at = marked.indexOf('█')
    expect(describePrompt('x', language).end(marked.replace('█', ''))).toBe(at < 0 ? undefined : at)
  })
})
