import fc from 'fast-check'
import licences from 'spdx-license-list/full.js'
import { describe, expect, test } from 'vitest'
import { licenceOfInstalledPath, licenceOfSourcePath, parseDep5 } from './dep5.ts'
import { licenceInHeader, openingComment } from './header.ts'
import { fromDebianCopyright, fromLocalFolder, fromPackageJson } from './package.ts'
import { allOf, comparedLicences, isAllowed, spdxOfName } from './policy.ts'

const COPYRIGHT = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: example

Files: *
Copyright: 2020 A
License: BSD-3-clause

Files: src/gpl/*
       tools/m?ke.sh
Copyright: 2020 B
License: GPL-2+

Files: src/gpl/dual.c
Copyright: 2020 C
License: GPL-2+ or Expat

Files: odd/*
Copyright: 2020 D
License: our-own
 Permission is hereby granted, free of charge, to any person obtaining
 a copy of this software

Files: debian/*
Copyright: 2021 E
License: GPL-3

License: GPL-2+
 The GPL.
`

describe('DEP-5', () => {
  const stanzas = parseDep5(COPYRIGHT)!

  test.each([
    ['src/main.c', 'BSD-3-Clause'],
    ['src/gpl/deep/file.c', 'GPL-2.0-or-later'],
    ['tools/make.sh', 'GPL-2.0-or-later'],
    ['tools/remake.sh', 'BSD-3-Clause'],
    ['src/gpl/dual.c', 'GPL-2.0-or-later OR MIT'],
    ['odd/file.c', 'MIT'],
  ])('in the source package %s is under %s', (path, licence) => {
    expect(licenceOfSourcePath(stanzas, path)).toBe(licence)
  })

  test('an installed file is under every licence that may apply to it', () => {
    const path = 'usr/lib/python3/dist-packages/gpl/file.py'
    expect(licenceOfInstalledPath(stanzas, path)).toBe('BSD-3-Clause AND GPL-2.0-or-later')
    expect(licenceOfInstalledPath(stanzas, 'usr/lib/python3/dist-packages/free.py')).toBe('BSD-3-Clause')
  })

  test('the licence of the packaging is not that of the installed files', () => {
    expect(licenceOfInstalledPath(stanzas, 'usr/share/example/main.py')).not.toContain('GPL-3')
  })

  test('free text with one known licence counts for all files, with two for both, else it is unknown', () => {
    const mit = 'Permission is hereby granted, free of charge, to any person obtaining a copy'
    expect(fromDebianCopyright(mit, 'source')('a.c')).toBe('MIT')
    expect(fromDebianCopyright(`${mit}\nor the GNU General Public License`, 'source')('a.c')).toBe(
      'MIT AND GPL-2.0-or-later',
    )
    expect(fromDebianCopyright('Ask us first.', 'source')('a.c')).toBe('unknown')
    expect(fromDebianCopyright('', 'installed')('a.c')).toBe('unknown')
  })
})

describe("a file's own header", () => {
  test.each([
    ['// SPDX-License-Identifier: MIT OR Apache-2.0\nint x;', 'MIT OR Apache-2.0'],
    ['/* SPDX-License-Identifier: GPL-2.0-only */\nint x;', 'GPL-2.0-only'],
    ['# SPDX-License-Identifier: Some-Strange-Thing\nx = 1', 'unknown'],
    [
      '/*\n * Licensed under the Apache License, Version 2.0 (the "License");\n * you may not use\n */\nclass A {}',
      'Apache-2.0',
    ],
    [
      '# This program is free software: you can redistribute it\n# under the terms of the GNU General Public License\n# either version 3, or (at your option) any later version\nx = 1',
      'GPL-2.0-or-later',
    ],
    ['"""A module.\n\nLicensed to PSF under a Contributor Agreement.\n"""\nx = 1', 'PSF-2.0'],
    ['import os\n__license__ = "BSD"\n', 'BSD-3-Clause'],
    [
      '// Copyright 2009 The Go Authors.\n// governed by a BSD-style\n// license that can be\npackage main',
      'BSD-3-Clause',
    ],
    [
      '/* This is free software; you can redistribute it and/or modify it\n under the terms of either the GNU General Public License\n or the MIT license */',
      'MIT OR GPL-2.0-or-later',
    ],
    ['def f():\n  return "the MIT License"\n', undefined],
    ['x = 1\n', undefined],
  ])('%j gives %s', (text, licence) => {
    expect(licenceInHeader(text)).toBe(licence)
  })

  test('the opening comment ends where code begins', () => {
    expect(openingComment('#!/bin/sh\n# a\n\necho hi\n# b')).toBe('#!/bin/sh\n# a\n')
    expect(openingComment('"""one line"""\nx = 1')).toBe('"""one line"""')
  })
})

describe('a licence that is spelled out', () => {
  const text = (id: string, change = (all: string) => all) =>
    `/*\n${change((licences as Record<string, { licenseText: string }>)[id]!.licenseText).replace(/^/gm, ' * ')}\n */\nint x;`

  test.each(comparedLicences.filter((id) => id !== 'Unicode-DFS-2016' && id !== 'NCSA'))('%s', (id) => {
    expect(licenceInHeader(text(id))).toBe(id)
  })

  test('with other names in it is the same', () => {
    const renamed = (all: string) => all.replaceAll(/copyright holders?/gi, 'Ann Lee and the Example project')
    expect(licenceInHeader(text('BSD-3-Clause', renamed))).toBe('BSD-3-Clause')
    expect(licenceInHeader(text('MIT', renamed))).toBe('MIT')
  })

  test('with another condition is not understood', () => {
    const condition =
      'The software may not be used by companies with more than ten employees, nor for any military purpose, nor ' +
      'to train or evaluate statistical models of any kind, except with a written agreement between both parties ' +
      'that has been signed beforehand by each of them and registered with a notary of the country concerned; '
    const changed = (all: string) =>
      all.replace(/(to the\s+following\s+conditions:)/, `$1 ${condition.repeat(2)}`)
    expect(licenceInHeader(text('MIT', changed))).toBe('unknown')
  })
})

describe('policy', () => {
  test.each([
    'MIT',
    'MIT OR GPL-3.0-only',
    'Apache-2.0 WITH LLVM-exception',
    'LicenseRef-zsh',
    '(MIT AND ISC) OR GPL-2.0-only',
  ])('%s may be used', (expression) => expect(isAllowed(expression)).toBe(true))
  test.each([
    'GPL-2.0-or-later',
    'MIT AND GPL-2.0-only',
    'MPL-2.0',
    'LGPL-2.1-or-later',
    'unknown',
    '',
    'CC-BY-NC-4.0',
    'LicenseRef-x',
  ])('%s may not', (expression) => expect(isAllowed(expression)).toBe(false))

  test('names in other spellings', () => {
    expect(spdxOfName('Expat')).toBe('MIT')
    expect(spdxOfName('GPLv3+')).toBe('GPL-3.0-or-later')
    expect(spdxOfName('GPL-2-with-linking-exception')).toBe('GPL-2.0-only')
    expect(spdxOfName('GPL-2 or Expat')).toBeUndefined()
    expect(spdxOfName('constructor')).toBeUndefined()
    expect(spdxOfName('apache-2.0')).toBe('Apache-2.0')
    expect(spdxOfName('no such licence')).toBeUndefined()
  })

  test('joining names each licence once', () => {
    expect(allOf(['MIT', 'MIT AND ISC', 'MIT OR Zlib'])).toBe('MIT AND ISC AND (MIT OR Zlib)')
  })
})

describe('packages', () => {
  test('package.json in its three forms', () => {
    expect(fromPackageJson('{"license":"MIT"}')('x')).toBe('MIT')
    expect(fromPackageJson('{"license":{"type":"ISC"}}')('x')).toBe('ISC')
    expect(fromPackageJson('{"licenses":[{"type":"Apache-2.0"}]}')('x')).toBe('Apache-2.0')
    expect(fromPackageJson('{"license":"SEE LICENSE IN FILE"}')('x')).toBe('unknown')
    expect(fromPackageJson('not json')('x')).toBe('unknown')
  })

  test('a local folder: its licence file before its package.json', () => {
    const mit = 'Permission is hereby granted, free of charge, to any person obtaining a copy'
    expect(
      fromLocalFolder(
        new Map([
          ['LICENSE', mit],
          ['package.json', '{"license":"GPL-3.0-only"}'],
        ]),
      )('x'),
    ).toBe('MIT')
    expect(fromLocalFolder(new Map([['LICENSE', 'All mine.']]))('x')).toBe('unknown')
    expect(fromLocalFolder(new Map())('x')).toBe('unknown')
  })
})

describe('damaged copyright files', () => {
  const head = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n'

  test.each([
    ['no stanza for files', `${head}License: MIT\n Permission is hereby granted\n`],
    ['a stanza without a licence', `${head}Files: *\nCopyright: A\n`],
    ['a licence that is only a name nobody knows', `${head}Files: *\nCopyright: A\nLicense: ours\n`],
    ['patterns that are no globs', `${head}Files: [(*\nCopyright: A\nLicense: MIT\n`],
    ['half a file', `${head}Files: src/*\nCopyr`],
    ['nothing', ''],
  ])('%s: the files are under no known licence', (_what, text) => {
    expect(fromDebianCopyright(text, 'source')('src/main.c')).toBe('unknown')
  })

  test('any text gives a licence or none, and never throws', () => {
    const line = fc.constantFrom(
      'Files: *',
      'Files: a/*\\',
      'License: MIT or',
      'License: GPL-2+ and',
      ' .',
      '',
      ' text',
      ':',
      'Copyright: A',
      '\u0000',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.string(), (lines, path) => {
        const licenceOf = fromDebianCopyright(head + lines.join('\n'), 'source')
        expect(typeof licenceOf(path)).toBe('string')
      }),
    )
  })
})
