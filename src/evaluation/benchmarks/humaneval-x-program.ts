/**
 * How HumanEval-X cuts completions and puts programs together, after THUDM/CodeGeeX, `codegeex/benchmark/utils.py`
 * (`is_code_generation_finished`, `cleanup_code`) and `evaluate_humaneval_x.py` (`process_humaneval_test`). HumanEvalPack
 * has the same records and the same programs.
 */
import type { Program } from '../../sandbox/index.ts'
import { cutAfterClosingBrace, cutAtUnindentedLine } from './cut.ts'
import { goTest } from './go-test.ts'
import { type XLanguage, type XRecord, xLanguages } from './humaneval-x-data.ts'
import { cppStandIns, rustStandIns } from './stand-ins.ts'

/** CodeGeeX judges with 500 s and bigcode-evaluation-harness with 10 s to 300 s, compilation included. */
const milliseconds = 10_000

/**
 * For Python, CodeGeeX's own. For the others it counts braces while the model writes; over an API that is a stop at
 * the brace that closes the function in its column, which {@link trimX} puts back.
 */
export function stopsX(language: XLanguage): string[] {
  if (language === 'python') return ['\ndef', '\nclass', '\nif', '\n#', '\nprint']
  return [closingBrace(language)]
}

function closingBrace(language: XLanguage): string {
  return language === 'java' ? '\n    }' : '\n}'
}

/** The body of the function alone, closed. Java's class is closed too. */
export function trimX(language: XLanguage, completion: string): string {
  if (language === 'python') return cutAtUnindentedLine(completion)
  const body = cutAfterClosingBrace(completion) ?? completion.trimEnd() + closingBrace(language)
  return `${body}\n${language === 'java' ? '}\n' : ''}`
}

/** `head` is what stands before the completion: the prompt, or the declaration alone. */
export function programX(language: XLanguage, record: XRecord, head: string, completion: string): Program {
  const code = head + completion
  const program = { language: xLanguages[language].language, limits: { milliseconds } }
  switch (language) {
    case 'python':
      return { ...program, source: `${pythonImports(`${code}${record.test}`)}${code}\n${record.test}\n` }
    case 'cpp':
      return { ...program, source: cppStandIns(`${missingIncludes(head)}\n${code}\n${record.test}`) }
    case 'java':
      return { ...program, source: `${code}\n${record.test}` }
    case 'js':
      // Whatever is printed is a failure there; so it is here, by the empty output that is expected.
      return {
        ...program,
        source: `${assertThrows}${code}\n${record.test}`,
        cases: [{ stdin: '', stdout: '' }],
      }
    case 'go':
      return { ...program, source: goTest(record, code), entry: 'tests' }
    case 'rust':
      return { ...program, source: rustStandIns(`fn main(){}\n${code}${record.test}`), entry: 'tests' }
  }
}

const pythonModules = [
  'import math',
  'import re',
  'import sys',
  'import copy',
  'import datetime',
  'import itertools',
  'import collections',
  'import heapq',
  'import statistics',
  'import functools',
  'import hashlib',
  'import string',
  'from typing import *',
  'from collections import *',
]

/** CodeGeeX always imports numpy; here only where it is named, since it is slow to load and may be absent. */
function pythonImports(code: string): string {
  const numpy = /\b(?:np|numpy)\b/.test(code) ? ['import numpy', 'import numpy as np'] : []
  return `${[...pythonModules, ...numpy].join('\n')}\n`
}

const includes = [
  'stdlib.h',
  'algorithm',
  'math.h',
  'stdio.h',
  'vector',
  'string',
  'climits',
  'cstring',
  'iostream',
]

function missingIncludes(head: string): string {
  return includes
    .map((name) => `#include<${name}>`)
    .filter((line) => !head.includes(line))
    .map((line) => `${line}\n`)
    .join('')
}

/** `console.assert` only writes to standard error, which CodeGeeX takes for a failure. */
const assertThrows =
  'console.assert = (condition) => { if (!condition) throw new Error("Assertion failed") };\n' +
  'console.error = console.warn = () => { throw new Error("Wrote to standard error") };\n'
