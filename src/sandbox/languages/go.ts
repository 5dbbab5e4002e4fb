import { readFileSync } from 'node:fs'
import { harnessFile } from '../harness/files.ts'
import type { Language } from './language.ts'

const testify = 'github.com/stretchr/testify'

/** Debian's Go 1.19 brings these compiled; later ones compile them on first use. */
const commonPackages =
  'bufio bytes container/heap container/list crypto/md5 crypto/sha256 encoding/json errors fmt math/big math/bits ' +
  'math/cmplx math/rand os reflect regexp sort strconv strings sync testing text/template time unicode/utf8'

const environment = {
  GO111MODULE: 'off',
  GOPATH: '/usr/share/gocode',
  GOCACHE: '/cache',
  GOFLAGS: '',
  GOTMPDIR: '/cell',
}

/**
 * Go without modules: the standard library, and what Debian's packages bring under `/usr/share/gocode`, which HumanEval-X
 * needs for its assertions. Compiled as a test either way, since Go's test runner gives way to our `TestMain`; so a
 * program cannot define its own. The build cache may be read-only: Go reads from it and goes on where it cannot write.
 */
export const go: Language = {
  name: 'go',
  packages: ['golang-go', 'golang-github-stretchr-testify-dev'],
  needs: ['/usr/bin/go'],
  version: ['/usr/bin/go', 'version'],
  harness: [],
  cache: [
    ...['/usr/bin/env', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
    ...['/usr/bin/sh', '-c', `go build ${commonPackages}; go build ${testify}/assert; true`],
  ],
  prepare({ source, entry = 'main' }) {
    const program = entry === 'main' ? 'program.go' : 'program_test.go'
    return {
      needs: source.includes(`"${testify}`) ? [`/usr/share/gocode/src/${testify}`] : [],
      files: { [program]: source, 'harness_test.go': harness(entry, packageName(source)) },
      compile: [
        ...['/usr/bin/go', 'test', '-c', '-vet=off', '-ldflags=-s -w', '-o', 'program'],
        ...[program, 'harness_test.go'],
      ],
      run: ['/cell/program'],
      environment,
      memoryLimit: 'data',
    }
  },
  ranOutOfMemory: (stderr) =>
    /^(fatal error: )?runtime: (out of memory|cannot allocate memory)/m.test(stderr),
}

function harness(entry: 'main' | 'tests', packageOfProgram: string): string {
  const file = entry === 'main' ? 'harness_main_test.go' : 'harness_test.go'
  return readFileSync(harnessFile(file), 'utf8').replace(/^package \w+/m, `package ${packageOfProgram}`)
}

function packageName(source: string): string {
  return /^\s*package\s+(\w+)/m.exec(source)?.[1] ?? 'main'
}
