import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { missing } from '../../../test/requirements.ts'
import { openSandbox, type Program, type Sandbox, type SandboxLanguage } from '../index.ts'
import { topLevelTypes } from './java.ts'

/** Small programs that do one thing each. Sources of compiled languages include little: compilers are slow. */
interface Examples {
  /** Prints twice the number that it reads. */
  doubles: string
  /** Asserts what is false. */
  asserts: string
  /** Says that all is well, and leaves with status 0 before its end. */
  leaves: string
  malformed: string
  loops: string
  /** Takes memory without end, and writes into it. */
  eats: string
  /** Further ways to leave early or to end in failure that must not pass. */
  games: Record<string, string>
}

const examples: Record<Exclude<SandboxLanguage, 'python' | 'javascript' | 'typescript'>, Examples> = {
  go: {
    doubles: 'package main\nimport "fmt"\nfunc main() { var n int; fmt.Scan(&n); fmt.Println(2 * n) }',
    asserts: 'package main\nfunc main() { if 1+1 != 3 { panic("1 + 1 is not 3") } }',
    leaves: 'package main\nimport "os"\nfunc main() { println("PASS"); os.Exit(0) }',
    malformed: 'package main\nfunc main() {',
    loops: 'package main\nfunc main() { for {} }',
    eats: 'package main\nvar kept [][]byte\nfunc main() { for { kept = append(kept, make([]byte, 1<<24)) } }',
    games: { Syscall: 'package main\nimport "syscall"\nfunc main() { syscall.Exit(0) }' },
  },
  java: {
    doubles: `import java.util.Scanner;
      class Problem { public static void main(String[] a) { System.out.println(2 * new Scanner(System.in).nextInt()); } }`,
    asserts: 'class Problem { public static void main(String[] a) { assert 1 + 1 == 3; } }',
    leaves: `class Solution {}
      public class Main { public static void main(String[] a) { System.out.println("ok"); System.exit(0); } }`,
    malformed: 'class Problem {',
    loops: 'class Problem { public static void main(String[] a) { for (;;); } }',
    eats: `class Problem { public static void main(String[] a) {
      Object[] kept = null; for (;;) kept = new Object[] { kept, new byte[1 << 24] }; } }`,
    games: {},
  },
  rust: {
    doubles: `fn main() { let mut line = String::new(); std::io::stdin().read_line(&mut line).unwrap();
      println!("{}", 2 * line.trim().parse::<i32>().unwrap()) }`,
    asserts: 'fn main() { assert_eq!(1 + 1, 3) }',
    leaves: 'fn main() { println!("test result: ok"); std::process::exit(0) }',
    malformed: 'fn main() {',
    loops: 'fn main() { loop {} }',
    eats: 'fn main() { let mut kept = vec![]; loop { kept.push(vec![1u8; 1 << 24]) } }',
    games: {},
  },
  cpp: {
    doubles: '#include <cstdio>\nint main() { int n; std::scanf("%d", &n); std::printf("%d\\n", 2 * n); }',
    asserts: '#include <cassert>\nint main() { assert(1 + 1 == 3); }',
    leaves: '#include <cstdlib>\nint main() { std::exit(0); }',
    malformed: 'int main() {',
    loops: 'int main() { for (;;); }',
    eats: '#include <cstring>\nint main() { for (;;) std::memset(new char[1 << 24], 1, 1 << 24); }',
    games: {
      'a destructor that fails': `#include <cassert>
        struct Late { ~Late() { assert(1 + 1 == 3); } } late;
        int main() {}`,
    },
  },
  c: {
    doubles: '#include <stdio.h>\nint main(void) { int n; scanf("%d", &n); printf("%d\\n", 2 * n); }',
    asserts: '#include <assert.h>\nint main(void) { assert(1 + 1 == 3); }',
    leaves: '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { puts("ok"); exit(0); }',
    malformed: 'int main(void) {',
    loops: 'int main(void) { for (;;); }',
    eats: '#include <stdlib.h>\n#include <string.h>\nint main(void) { for (;;) memset(malloc(1 << 24), 1, 1 << 24); }',
    games: {
      'a failure that an exit handler hides': `#include <stdlib.h>
        #include <unistd.h>
        static void hide(void) { _exit(0); }
        int main(void) { atexit(hide); return 1; }`,
      'an exit handler that fails': '#include <stdlib.h>\nint main(void) { atexit(abort); }',
    },
  },
  ruby: {
    doubles: 'puts 2 * gets.to_i if __FILE__ == $0',
    asserts: 'raise "1 + 1 is not 3" unless 1 + 1 == 3',
    leaves: 'puts "1 tests, 0 failures"\nexit',
    malformed: 'def double(',
    loops: 'loop {}',
    eats: 'kept = []\nloop { kept << "x" * (1 << 24) }',
    games: {
      'exit!': 'exit!(0)',
      'a failure that an exit handler hides': 'at_exit { exit 0 }\nraise "x"',
      'an exit handler that fails': 'at_exit { raise "x" }',
      'a failing unit test': `require 'minitest/autorun'
        class Sum < Minitest::Test
          def test_sum = assert_equal(3, 1 + 1)
        end`,
    },
  },
  php: {
    doubles: '<?php echo 2 * (int) fgets(STDIN);',
    asserts: '<?php assert(1 + 1 === 3);',
    leaves: '<?php echo "ok"; exit(0);',
    malformed: '<?php function double(',
    loops: '<?php while (true);',
    eats: '<?php $kept = []; while (true) $kept[] = str_repeat("x", 1 << 24);',
    games: {
      'a failure that a shutdown function hides':
        '<?php register_shutdown_function(function () { exit(0); }); throw new Exception("x");',
      'a shutdown function that fails':
        '<?php register_shutdown_function(function () { throw new Exception("x"); });',
    },
  },
  bash: {
    doubles: 'read n; [ "$0" = "$BASH_SOURCE" ] && echo $((2 * n))',
    asserts: '[ $((1 + 1)) = 3 ]',
    leaves: 'echo ok; exit 0',
    malformed: 'if [',
    loops: 'while :; do :; done',
    eats: 'printf -v x %1000000s; while :; do kept+=("$x"); done',
    games: {
      'another program in its place': 'exec true',
      'a failure under set -e': 'set -e; false; true',
      'a failure that a trap hides': 'trap "exit 0" EXIT; false',
    },
  },
}

// The first program of a language waits for its cache, on a busy machine for half a minute.
vi.setConfig({ testTimeout: 180_000 })

const interpreted = ['ruby', 'php', 'bash']
const patient = { milliseconds: 20_000, compileMilliseconds: 120_000 }
const requirement = { c: 'cpp', bash: 'bubblewrap' } as const

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(() => sandbox.close())

describe.skipIf(missing('bubblewrap')).each(Object.entries(examples))('%s', (name, example) => {
  const language = name as keyof typeof examples
  const isInterpreted = interpreted.includes(language)
  /** Compilers have the same limit, and rustc needs more than 512 MB. */
  const bytes = (isInterpreted ? 128 : 1024) << 20
  const run = (source: string, { limits, ...rest }: Partial<Program> = {}) =>
    sandbox.run({ language, source, ...rest, limits: { ...patient, bytes, ...limits } })

  describe.skipIf(
    missing(language in requirement ? requirement[language as 'c' | 'bash'] : (language as 'go')),
  )('with its toolchain', () => {
    test('passes, case by case', async () => {
      const cases = [
        { stdin: '21\n', stdout: '42' },
        { stdin: '-3\n', stdout: '-6' },
      ]
      expect(await run(example.doubles, { cases })).toMatchObject({ outcome: 'passed' })
    })

    test('a false assertion is a failure', async () => {
      expect(await run(example.asserts)).toMatchObject({ outcome: 'failed', stage: 'run' })
    })

    test('exit status 0 and kind words are no pass', async () => {
      expect(await run(example.leaves)).toMatchObject({ outcome: 'failed', stage: 'run' })
    })

    test.each(Object.entries(example.games))('%s is no pass', async (_, source) => {
      expect(await run(source)).toMatchObject({ outcome: 'failed', stage: 'run' })
    })

    test('a syntax error is told', async () => {
      const verdict = await run(example.malformed)
      expect(verdict).toMatchObject({
        outcome: 'failed',
        stage: isInterpreted ? 'run' : 'compile',
      })
      expect(verdict).toHaveProperty('stderr', expect.stringMatching(/[Pp]rogram|Problem/))
    })

    test('an endless loop runs out of time', async () => {
      const verdict = await run(example.loops, { limits: { milliseconds: 300 } })
      expect(verdict).toMatchObject({ outcome: 'timed-out', stage: 'run' })
    })

    test('endless memory is out of memory', async () => {
      expect(await run(example.eats)).toMatchObject({ outcome: 'out-of-memory' })
    })
  })
})

describe.skipIf(missing('bubblewrap') || missing('go'))('unit tests of Go', () => {
  const run = (body: string) =>
    sandbox.run({
      language: 'go',
      entry: 'tests',
      source: `package sum_test\nimport "testing"\n${body}`,
      limits: patient,
    })

  test.each([
    ['pass', 'passed', 'func TestSum(t *testing.T) { if 1+1 != 2 { t.Error("not 2") } }'],
    [
      'fail',
      'failed',
      'func TestSum(t *testing.T) { t.Run("inner", func(t *testing.T) { t.Error("not 3") }) }',
    ],
    ['are absent', 'failed', 'var _ testing.T'],
  ])('%s', async (_, outcome, body) => {
    expect(await run(body)).toMatchObject({ outcome })
  })
})

describe.skipIf(missing('bubblewrap') || missing('rust'))('unit tests of Rust', () => {
  test.each([
    ['pass', 'passed', 'assert_eq!(1 + 1, 2)'],
    ['fail', 'failed', 'assert_eq!(1 + 1, 3)'],
    ['leave', 'failed', 'std::process::exit(0)'],
  ])('%s', async (_, outcome, body) => {
    const source = `#[cfg(test)] mod tests { #[test] fn sum() { ${body} } }`
    expect(await sandbox.run({ language: 'rust', entry: 'tests', source, limits: patient })).toMatchObject({
      outcome,
    })
  })
})

test.skipIf(missing('bubblewrap') || missing('cpp'))('C++ may include all of its library', async () => {
  const source = '#include <cassert>\n#include <bits/stdc++.h>\nint main() { assert(std::gcd(4, 6) == 2); }'
  expect(await sandbox.run({ language: 'cpp', source, limits: patient })).toMatchObject({ outcome: 'passed' })
})

test('the types of a Java file are found outside of comments, strings and bodies', () => {
  const source = `/* public class A {} */ // class B {
    @SuppressWarnings("class C {") class Problem<T> { public static class Inner {} char brace = '{'; }
    public final class Main { String s = """
      public class D {" """; }
    record Pair(int first) {}`
  expect(topLevelTypes(source)).toEqual([
    { name: 'Problem', public: false },
    { name: 'Main', public: true },
    { name: 'Pair', public: false },
  ])
})
