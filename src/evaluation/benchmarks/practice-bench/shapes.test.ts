import { expect, test } from 'vitest'
import { cutAfterBlock, stopsOf, trimmed } from './cut.ts'
import { readPracticeRecords } from './load.ts'
import { plainPrompts } from './prompts.ts'
import type { PracticeRecord } from './schema.ts'

const records = await readPracticeRecords()

function recordOf(id: string): PracticeRecord {
  const record = records.find((record) => record.id === id)
  if (record === undefined) throw new Error(`no record ${id}`)
  return record
}

function promptOf(id: string): string {
  const record = recordOf(id)
  const prompt = (plainPrompts[record.task] as (record: PracticeRecord) => { kind: string; text?: string })(
    record,
  )
  return prompt.text ?? ''
}

test('a description becomes a docstring, with examples below it', () => {
  expect(promptOf('generate-python/split-bill')).toBe(`def split_bill(cents, friends):
    """Split a bill of \`cents\` among a number of friends so that everybody pays a whole
    number of cents, no two differ by more than one cent, and those who pay more come
    first. Return the list of what they pay.

    >>> split_bill(1000, 3)
    [334, 333, 333]
    """
`)
})

test('elsewhere it becomes the comment that is customary', () => {
  expect(promptOf('generate-typescript/badge-text')).toBe(`/**
 * Returns what is printed on a visitor's badge.
 *
 * badgeText('Lena Ortiz', 'Brick & Co') is 'Lena Ortiz (Brick & Co)'
 */
function badgeText(name: string, company: string): string {
`)
  expect(promptOf('generate-go/late-trains')).toBe(`package main

// LateTrains counts the trains that were late by more than five minutes. The slice
// holds the minutes by which each train was late.
func LateTrains(minutes []int) int {
`)
  expect(promptOf('generate-java/egg-boxes')).toBe(`import java.util.*;

class Main {
    /** Returns the number of eggs in a number of full boxes. A box holds six eggs. */
    static int eggsIn(int boxes) {
`)
})

test('what is to be fixed is shown with the failing test, then begun again', () => {
  expect(promptOf('fix-python/bunk-beds')).toBe(`# A function with a bug:


def places(bunk_beds):
    """Return how many children can sleep in a number of bunk beds. There are two places
    in each.
    """
    return bunk_beds + 2


# A test fails: places(5) should give 10, but gives 7.
# The same function without the bug:


def places(bunk_beds):
    """Return how many children can sleep in a number of bunk beds. There are two places
    in each.
    """
`)
})

test('the other tasks continue a file as well', () => {
  expect(promptOf('translate-python-go/bus-seats')).toMatch(
    /^\/\/ Python:\n\/\/\n\/\/ def standing.*\/\/ The same in Go:\n\npackage main\n\nfunc Standing\(.*\{\n$/s,
  )
  expect(promptOf('edit-python/stand-price')).toMatch(
    /\n\n\n# Raise the price .*\n# The code after this change:\n\n\ndef stand_price\($/,
  )
  expect(promptOf('test-python/loud-bell')).toMatch(/\n\n\ndef test_ring\(\):\n$/)
  expect(promptOf('shell-bash/make-folder')).toBe(`#!/usr/bin/env bash
# Files here:
#   old.txt
#   new.txt
# Make a folder with the name archive and move the file old.txt into it.

`)
})

test('a prompt never holds its answer', () => {
  for (const { id, task, solution } of records)
    if (task !== 'infill' && solution.trim().length > 30)
      expect(promptOf(id), id).not.toContain(solution.trim())
})

test('braces in strings and comments do not end a block', () => {
  expect(cutAfterBlock(`  return '}' + "}" // }\n}\nmore()`)).toBe(`  return '}' + "}" // }\n}`)
  expect(cutAfterBlock('  if (a) { b() } /* } */\n  return `}`\n}}')).toBe(
    '  if (a) { b() } /* } */\n  return `}`\n}',
  )
  expect(cutAfterBlock('  return 1')).toBeUndefined()
})

test('what a base model writes after the answer is cut', () => {
  const cut = (id: string, completion: string) => trimmed(recordOf(id), completion)
  expect(cut('generate-python/rug-area', '    return 1\n\nx = 2\n')).toBe('    return 1\n')
  expect(cut('generate-go/late-trains', '\treturn 1\n}\nfunc other() {}')).toBe('\treturn 1\n}')
  expect(cut('generate-java/egg-boxes', '        return 1;')).toBe('        return 1;\n    }')
  expect(cut('edit-python/stand-price', 'metres,\n):\n    return 1\nprint(2)')).toBe(
    'metres,\n):\n    return 1',
  )
  expect(cut('edit-typescript/ticket-arrow', "a: string): string {\n  return ''\n}\nmore")).toBe(
    "a: string): string {\n  return ''\n}",
  )
  expect(cut('shell-bash/show-shopping', 'cat a\nrm a')).toBe('cat a')
})

test('no server is asked for more than four stops', () => {
  for (const record of records) expect(stopsOf(record).length).toBeLessThanOrEqual(4)
})
