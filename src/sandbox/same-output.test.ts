import { expect, test } from 'vitest'
import { isSameOutput } from './same-output.ts'

test.each([
  ['1 \n2\n\n', '1\n2', true],
  ['1\n2', '1 2', false],
  ['YES', 'yes', false],
  ['anything', undefined, true],
])('text: %j for %j is %s', (printed, stdout, same) => {
  expect(isSameOutput(printed, stdout === undefined ? { stdin: '' } : { stdin: '', stdout })).toBe(same)
})

test.each([
  ['1\n2', '1 2', true],
  ['2.500000 0.0', '2.5 0', true],
  ['2.50001', '2.5', false],
  ['1e3', '1000', true],
  ['+5 007', '5 7', true],
  ['9007199254740993', '9007199254740992', false],
  ['YeS no', 'YES NO', true],
  ['Alice', 'alice', false],
  ['1', '1 1', false],
  ['1 1', '1', false],
  ['', '0', false],
  ['0x10', '16', false],
])('tokens: %j for %j is %s', (printed, stdout, same) => {
  expect(isSameOutput(printed, { stdin: '', stdout, compare: 'tokens' })).toBe(same)
})
