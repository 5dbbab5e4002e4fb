import { harnessFile } from '../harness/files.ts'
import type { Language } from './language.ts'
import { compileMain, wrapMain } from './native.ts'

const standard = '-std=c++17'
/** Beyond the standard library, by their folders of headers: HumanEval-X needs them. */
const libraries = ['openssl', 'boost']

/**
 * C++17 by g++, not optimized, assertions on. `<bits/stdc++.h>` is precompiled: on two slow cores a program that
 * includes it takes 0.5 s instead of 2.2 s of processor time. The precompiled header must be the first include, so it
 * is put there by `-include`, but never where the program defines a macro before that might change it.
 */
export const cpp: Language = {
  name: 'cpp',
  packages: ['g++', 'libssl-dev', 'libboost-dev'],
  needs: ['/usr/bin/g++'],
  version: ['/usr/bin/g++', '--version'],
  harness: [harnessFile('main.c'), harnessFile('stdc++.h')],
  cache: [
    ...['/usr/bin/sh', '-ec'],
    `${compileMain}; g++ ${standard} -w -pthread /harness/stdc++.h -o /cache/stdc++.h.gch; cp /harness/stdc++.h /cache`,
  ],
  prepare: ({ source }) => ({
    needs: libraries.filter((name) => includes(source, name)).map((name) => `/usr/include/${name}`),
    files: { 'program.cpp': source },
    compile: [
      ...['/usr/bin/g++', standard, '-w', '-pthread'],
      ...(includesEverything(source) ? ['-include', '/cache/stdc++.h'] : []),
      ...['program.cpp', ...wrapMain],
      ...(includes(source, 'openssl') ? ['-lcrypto'] : []),
      ...['-o', 'program'],
    ],
    run: ['/cell/program'],
    memoryLimit: 'address-space',
  }),
  ranOutOfMemory: (stderr) => stderr.includes('std::bad_alloc'),
}

function includes(source: string, library: string): boolean {
  return new RegExp(`^\\s*#\\s*include\\s*<${library}/`, 'm').test(source)
}

function includesEverything(source: string): boolean {
  const include = /^\s*#\s*include\s*<bits\/stdc\+\+\.h>/m.exec(source)
  return include !== null && !/^\s*#\s*(define|undef)\b/m.test(source.slice(0, include.index))
}
