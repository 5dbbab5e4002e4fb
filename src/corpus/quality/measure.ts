/**
 * What a syntax tree says of a file: how much of it the grammar cannot read, how much is comment, and how many of
 * its functions are documented. Parsing costs about 12 ms a thousand lines.
 */
import { createRequire } from 'node:module'
import {
  type Capture,
  type CaptureReader,
  loadWasmFromPackage,
  openCaptureReader,
} from '../../syntax/index.ts'
import type { Document, Quality } from '../document.ts'
import { isTestPath } from './test-path.ts'

const queries = createRequire(import.meta.url)('./nodes.json') as Record<string, string[]>

export interface QualityMeter extends Disposable {
  /** The signals of a document whose language is known; `isTest` alone where no grammar is shipped for it. */
  measure(document: Pick<Document, 'text' | 'path' | 'language'>): Promise<Quality>
}

export function createQualityMeter(): QualityMeter {
  const readers = new Map<string, CaptureReader>()
  return {
    async measure({ text, path, language }) {
      const isTest = isTestPath(path, language)
      const grammar = language === 'typescript' && path.endsWith('x') ? 'tsx' : language
      const query = queries[grammar]
      if (query === undefined) return { isTest }
      const reader =
        readers.get(grammar) ??
        (await openCaptureReader(loadWasmFromPackage, grammar, [...query, '(ERROR) @error'].join('\n')))
      readers.set(grammar, reader)
      return { isTest, ...signalsOf(text, reader.read(text)) }
    },
    [Symbol.dispose]() {
      for (const reader of readers.values()) reader.dispose()
    },
  }
}

function signalsOf(text: string, captures: Capture[]): Omit<Quality, 'isTest'> {
  const named = (name: string) => captures.filter((capture) => capture.name === name)
  const functions = named('function')
  const length = Math.max(text.length, 1)
  return {
    errorShare: share(covered(named('error')), length),
    commentShare: share(covered([...named('comment'), ...named('docstring')]), length),
    functions: functions.length,
    documented: countDocumented(text, functions, named('comment'), named('docstring')),
  }
}

/** Characters that the captures cover, nested ones once. */
function covered(captures: Capture[]): number {
  let total = 0
  let end = 0
  for (const capture of captures.sort((a, b) => a.start - b.start)) {
    total += Math.max(0, capture.end - Math.max(capture.start, end))
    end = Math.max(end, capture.end)
  }
  return total
}

/** Rounded, so that the last digits of a division play no part in checksums. */
function share(part: number, whole: number): number {
  return Math.round((1000 * part) / whole) / 1000
}

/** What may stand between a comment and its function: decorators, annotations, attributes, a template's line. */
const BETWEEN = /^\s*(?:@|#\[|\[|template\b)/

/** Functions with a docstring in them, or with a comment that ends right above. */
function countDocumented(
  text: string,
  functions: Capture[],
  comments: Capture[],
  docstrings: Capture[],
): number {
  const lines = text.split('\n')
  // A line comment of Rust's grammar takes its line end along.
  const commentEnds = new Set(
    comments.map(({ end, endRow }) => (text[end - 1] === '\n' ? endRow - 1 : endRow)),
  )
  const owners = new Set(docstrings.map((docstring) => innermost(functions, docstring)))
  return functions.filter((one) => {
    if (owners.has(one)) return true
    let above = one.startRow - 1
    while (above > 0 && !commentEnds.has(above) && BETWEEN.test(lines[above] ?? '')) above--
    return commentEnds.has(above)
  }).length
}

function innermost(functions: Capture[], inner: Capture): Capture | undefined {
  return functions.findLast(({ start, end }) => start <= inner.start && inner.end <= end)
}
