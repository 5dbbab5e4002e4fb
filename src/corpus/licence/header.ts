import { comparedLicences, normaliseExpression, recogniseText, spdxOfName, UNKNOWN } from './policy.ts'
import { likestLicence, textOfLicence } from './similarity.ts'

/** How much of a file is searched for its own licence: headers of several licences are long. */
const HEADER_CHARACTERS = 6000

/**
 * The licence that a file states itself: an SPDX tag, `__license__`, `@license`, or a well-known text in its
 * opening comment. `undefined` where it says nothing, `unknown` where it says something that is not understood.
 */
export function licenceInHeader(text: string): string | undefined {
  const head = text.slice(0, HEADER_CHARACTERS)
  const tag = /SPDX-License-Identifier:[ \t]*([^\n]*?)[ \t]*(?:\*\/|-->|["'`,]|$)/m.exec(head)?.[1]
  if (tag !== undefined && tag !== '') return normaliseExpression(tag) ?? UNKNOWN
  const inComment = inOpeningComment(openingComment(head))
  if (inComment !== undefined) return inComment
  const named =
    /^__license__\s*=\s*['"]([^'"\n]+)['"]/m.exec(head)?.[1] ??
    /^[\s/*#]*@licen[cs]e[ \t]+(\S+)/m.exec(head)?.[1]
  const known = named === undefined ? undefined : spdxOfName(named)
  if (known !== undefined) return known
  // Below the opening comment only the words of a grant count: code may well name a licence without being under it.
  return /free software[;:,][\s/*#]+you can[\s/*#]+redistribute/i.test(head) ? 'GPL-2.0-or-later' : undefined
}

/**
 * By phrases, and by likeness to whole texts where one is spelled out: then what is spelled out stands in the place of
 * the licence that its opening phrase made it look like, and a text with changed conditions is not understood.
 */
function inOpeningComment(comment: string): string | undefined {
  const named = recogniseText(comment, 'file')
  const spelled = likestLicence(comment)
  if (spelled === undefined) return named
  if (spelled === 'changed') return UNKNOWN
  if (named === undefined) return spelled.license
  const parts = named.split(/ (?:AND|OR) /)
  const isOneText = parts.length === 1 && comparedLicences.includes(named)
  // A text speaks phrases of others: the Unlicense of the public domain, that of bzip2 those of zlib.
  const ofItsText = recogniseText(textOfLicence(spelled.license), 'package')?.split(' AND ') ?? []
  const isExplained = parts.every((part) => part === spelled.license || ofItsText.includes(part))
  return isOneText || isExplained ? spelled.license : named
}

/** The comments and docstrings before the first line of code. */
export function openingComment(text: string): string {
  const kept: string[] = []
  let end: string | undefined
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (end !== undefined) {
      kept.push(line)
      if (trimmed.includes(end)) end = undefined
      continue
    }
    const opener = /^[rub]?("""|'''|\/\*|<!--|=begin)/i.exec(trimmed)?.[1]
    if (opener !== undefined) {
      const closer = { '/*': '*/', '<!--': '-->', '=begin': '=end' }[opener] ?? opener
      kept.push(line)
      if (!trimmed.slice(trimmed.indexOf(opener) + opener.length).includes(closer)) end = closer
    } else if (trimmed === '' || /^(?:#|\/\/|--|;|%|\*|<\?php|<\?|['"]use strict['"])/.test(trimmed))
      kept.push(line)
    else break
  }
  return kept.join('\n')
}
