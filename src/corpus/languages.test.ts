import { expect, test } from 'vitest'
import { detectLanguage } from './languages.ts'

test.each([
  ['a/b.py', 'x = 1', 'python'],
  ['tool', '#!/usr/bin/env python3\n', 'python'],
  ['tool', '#! /bin/bash -e\n', 'shell'],
  ['_git', '#compdef git\n', 'shell'],
  ['a.h', 'int f(void);\n', 'c'],
  ['a.h', '#pragma once\nnamespace a {\n}\n', 'cpp'],
  ['a.ts', 'export const a = 1\n', 'typescript'],
  ['a_de.ts', '<?xml version="1.0"?>\n<TS>', 'unknown'],
  ['A.JAVA', 'class A {}', 'java'],
  ['Rakefile', 'task :x', 'ruby'],
  ['.py', 'x', 'unknown'],
  ['picture.png', '', 'unknown'],
  ['README', 'Read me.', 'unknown'],
])('%s beginning %j is %s', (path, text, language) => {
  expect(detectLanguage(path, text)).toBe(language)
})
