import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../../test/requirements.ts'
import { openSandbox, type Program, type Sandbox } from './index.ts'

describe.skipIf(missing('bubblewrap'))('attacks', { timeout: 120_000 }, () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox({ slots: 1, limits: { milliseconds: 60_000 } })
  })
  afterAll(() => sandbox.close())

  const python = (source: string, more: Partial<Program> = {}) =>
    sandbox.run({ language: 'python', source, ...more })
  const short = { limits: { milliseconds: 500 } }

  describe('on the verdict: none of these passes', () => {
    const endings = {
      'exit(0)': 'exit(0)',
      'sys.exit() within a function': 'import sys\ndef f(): sys.exit()\nf()\nassert False',
      'os._exit(0)': 'import os\nos._exit(0)',
      'printing "passed"': 'print("passed")\nexit(0)',
      'exec of another program': 'import os\nos.execv("/bin/true", ["true"])',
      'raising SystemExit in a handler of its end': 'import atexit, os\natexit.register(lambda: os._exit(0))',
      'a parent that leaves its child to fail':
        'import os\nif os.fork() == 0: assert False\nos.wait()\nos._exit(0)',
      'a child that ends well beside a parent that leaves': 'import os\nif os.fork(): os.wait(); os._exit(0)',
    }
    test.each(Object.entries(endings))('%s', async (_, source) => {
      expect(await python(source)).toMatchObject({ outcome: 'failed', reason: 'ended before its end' })
    })

    const tampering = {
      'replacing AssertionError': 'import builtins\nbuiltins.AssertionError = None\nassert False',
      'replacing sys.excepthook': 'import sys, os\nsys.excepthook = lambda *_: os._exit(0)\nassert False',
      'replacing __builtins__': '__builtins__.__dict__.clear()\nassert False',
      'replacing os.write and os._exit':
        'import os\nos.write = os._exit = lambda *_: None\nraise ValueError("no")',
      'replacing unittest': `import unittest
unittest.TestCase.assertEqual = lambda *_: None
raise SystemExit(1)`,
      'replacing traceback and stderr': `import sys, traceback
traceback.format_exception = lambda *_: []
sys.stderr = sys.stdout = None
assert False`,
      'a metaclass that raises while it is printed': `class E(Exception):
    def __str__(self): raise SystemExit(0)
raise E()`,
    }
    test.each(Object.entries(tampering))('%s', async (_, source) => {
      expect(await python(source)).toMatchObject({ outcome: 'failed' })
    })

    test('writing a forged answer to every descriptor', async () => {
      const forged = `import json, os, struct
answer = json.dumps({"clean": True, "run": {"status": 0, "endedBy": None, "verdict": True,
    "stdout": "", "stderr": "", "milliseconds": 1}}).encode()
for descriptor in range(3, 4096):
    try: os.write(descriptor, struct.pack(">I", len(answer)) + answer)
    except OSError: pass
assert False`
      expect(await python(forged)).toMatchObject({ outcome: 'failed', reason: 'AssertionError' })
      expect(await python('print("next")')).toMatchObject({ outcome: 'passed', stdout: 'next\n' })
    })
  })

  describe('on the sandbox', () => {
    test('killing the parent, every process and PID 1', async () => {
      const source = `import os, signal
for number in range(1, 65):
    if number == signal.SIGCHLD: continue
    for pid in (os.getppid(), 1):
        try: os.kill(pid, number)
        except OSError: pass
try: os.kill(-1, signal.SIGKILL)
except ProcessLookupError: print("there is no other")`
      expect(await python(source)).toMatchObject({
        outcome: 'passed',
        stdout: 'there is no other\n',
      })
      expect(await python('pass')).toMatchObject({ outcome: 'passed' })
    })

    test('reading or writing the memory and the descriptors of PID 1', async () => {
      const source = `import os
for path in ("/proc/1/mem", "/proc/1/environ", "/proc/1/fd/0", "/proc/1/fd", "/proc/1/maps", "/proc/1/root/"):
    for attempt in (lambda: open(path, "rb").read(1), lambda: open(path, "wb").write(b"x"), lambda: os.listdir(path)):
        try: attempt()
        except OSError: continue
        raise RuntimeError(path)`
      expect(await python(source)).toMatchObject({ outcome: 'passed' })
    })

    test('what makes walls of its own, memory that no limit counts, and sockets to a host', async () => {
      const source = `import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
for call in (lambda: libc.unshare(0x10000000), lambda: libc.memfd_create(b"x", 0), lambda: libc.shmget(1, 4096, 0o1777),
             lambda: libc.ptrace(16, os.getppid(), 0, 0), lambda: libc.mount(b"x", b"/cell", b"tmpfs", 0, 0),
             lambda: libc.syscall(425, 1, 0), lambda: libc.msgget(1, 0o1777)):
    assert call() == -1 and ctypes.get_errno() == 1, ctypes.get_errno()
for family in (40, 38, 17, 31):
    try: socket.socket(family, socket.SOCK_STREAM)
    except OSError: continue
    raise RuntimeError(family)
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX): socket.socket(family).close()`
      expect(await python(source)).toMatchObject({ outcome: 'passed' })
    })
  })

  describe('on the machine', () => {
    test('forking without end', async () => {
      const source = `import os, time
while True:
    try:
        if os.fork() == 0: time.sleep(60)
    except OSError: time.sleep(0.01)`
      expect(await python(source, short)).toMatchObject({ outcome: 'timed-out' })
      const count = `import os, time
children = 0
try:
    while True:
        if os.fork() == 0: time.sleep(60)
        children += 1
except BlockingIOError: print(children)`
      const verdict = await python(count, { limits: { processes: 20 } })
      expect(verdict).toMatchObject({ outcome: 'passed', stdout: '19\n' })
    })

    test('memory without end, in one process and in many', async () => {
      const limits = { bytes: 256 << 20, milliseconds: 60_000 }
      const one = 'kept = []\nwhile True: kept.append(bytearray(1 << 24))'
      expect(await python(one, { limits })).toMatchObject({ outcome: 'out-of-memory' })
      const many = `import os, time
for _ in range(8):
    if os.fork() == 0: break
kept = bytearray(os.urandom(1 << 20) * 100)
time.sleep(60)`
      expect(await python(many, { limits })).toMatchObject({ outcome: 'out-of-memory' })
    })

    test('output without end', async () => {
      const verdict = await python('while True: print("x" * 10_000)', short)
      expect(verdict).toMatchObject({ outcome: 'timed-out', stdout: expect.stringMatching(/^[x\n]{65536}$/) })
      expect(await python('print("x" * 20_000_000)')).toMatchObject({
        outcome: 'passed',
        stdout: 'x'.repeat(65_536),
      })
    })

    test('filling the disk', async () => {
      const limits = { diskBytes: 8 << 20 }
      const source = `import errno
def fill(path):
    try:
        with open(path, "wb", buffering=0) as file:
            while True: file.write(bytes(1 << 20))
    except OSError as error: return errno.errorcode[error.errno]
print(*(fill(path + "/a") + " " + fill(path + "/b") for path in ("/cell", "/tmp", "/dev/shm")))`
      expect(await python(source, { limits })).toMatchObject({
        outcome: 'passed',
        stdout: 'EFBIG ENOSPC EFBIG ENOSPC EFBIG ENOSPC\n',
      })
      const next = 'open("file", "wb").write(bytes(6 << 20))'
      expect(await python(next, { limits })).toMatchObject({ outcome: 'passed' })
    })

    test('processor time of many processes ends with the time of the run', async () => {
      const source = 'import os\nos.fork(); os.fork()\nwhile True: pass'
      expect(await python(source, short)).toMatchObject({ outcome: 'timed-out' })
    })
  })

  describe('on the next program', () => {
    const isFresh = `import os, sys, time
time.sleep(0.1)
left = {folder: os.listdir(folder) for folder in ("/cell", "/tmp", "/dev/shm")}
assert not any(left.values()), left
assert [pid for pid in os.listdir("/proc") if pid.isdigit()] == ["1", str(os.getpid())]
assert os.getcwd() == "/cell" and not hasattr(sys, "left")
open("file", "w").close()`

    const attacks = {
      'daemons that write later': `import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            open("/cell/late", "w").write("x")
            time.sleep(0.001)
    os._exit(0)
os.wait()`,
      'deleting /cell': `import os, shutil
open("file", "w").close()
shutil.rmtree("/cell", ignore_errors=True)
try: os.rmdir("/cell")
except OSError: pass`,
      'folders that may not be read': `import os
os.makedirs("/cell/a/b/c")
for path in ("/cell/a/b/c", "/cell/a/b", "/cell/a", "/cell", "/tmp"): os.chmod(path, 0)`,
      'folders too deep to walk': `import os
for _ in range(3000):
    os.mkdir("d")
    os.chdir("d")`,
      'changed modules': `import sys, os, json
sys.left = 1
json.dumps = os.listdir = os.fork = None
sys.modules["re"] = None`,
      'files in every writable folder': `for folder in ("/cell", "/tmp", "/dev/shm"):
    open(folder + "/left", "w").write("x")`,
    }
    test.each(Object.entries(attacks))('%s', async (_, source) => {
      expect(await python(source)).toMatchObject({ outcome: 'passed' })
      expect(await python(isFresh)).toMatchObject({ outcome: 'passed' })
    })
  })

  describe('odd programs', () => {
    test('NUL bytes, lone surrogates and foreign encodings in the source', async () => {
      expect(await python('x = 1\0')).toMatchObject({ outcome: 'failed' })
      expect(await python('x = "\ud800"')).toMatchObject({ outcome: 'failed' })
      expect(await python('# coding: nonsense')).toMatchObject({ outcome: 'failed' })
      expect(await python('\ufeffprint("é")')).toMatchObject({ outcome: 'passed', stdout: 'é\n' })
    })

    test('deep recursion', async () => {
      expect(await python('def f(): f()\nf()')).toMatchObject({
        reason: 'RecursionError: maximum recursion depth exceeded',
      })
      const native = `import sys
sys.setrecursionlimit(10**9)
class A:
    def __repr__(self): return repr([self])
repr(A())`
      expect(await python(native)).toMatchObject({ outcome: 'failed', reason: 'killed by SIGSEGV' })
    })

    test('waiting for input that does not come', async () => {
      expect(await python('input()')).toMatchObject({ reason: 'EOFError: EOF when reading a line' })
    })

    test('any bytes as a source give a verdict, and the sandbox lives on', async () => {
      const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString('latin1'))
      const source = fc.oneof(bytes, fc.string({ unit: 'binary', maxLength: 200 }), fc.string())
      await fc.assert(
        fc.asyncProperty(source, async (text) => {
          expect(['passed', 'failed', 'out-of-memory']).toContain((await python(text)).outcome)
        }),
        { numRuns: 40 },
      )
      expect(await python('print("alive")')).toMatchObject({ outcome: 'passed', stdout: 'alive\n' })
    })
  })

  test('an abort leaves no process behind', async () => {
    const mark = `mark-${process.pid}`
    const stop = new AbortController()
    const running = sandbox.run(
      {
        language: 'python',
        source: `import os, subprocess\nos.fork()\nsubprocess.run(["/bin/sh", "-c", "sleep 61; : ${mark}"])`,
      },
      stop.signal,
    )
    await expect.poll(() => marked(mark), { timeout: 30_000 }).toBe(2)
    stop.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
    expect(marked(mark)).toBe(0)
    expect(await python('print(1)')).toMatchObject({ outcome: 'passed' })
  })

  test('an abort before a slot is free gives up waiting', async () => {
    const stop = new AbortController()
    const first = sandbox.run({ language: 'python', source: 'import time\ntime.sleep(0.3)' })
    const second = sandbox.run({ language: 'python', source: '' }, stop.signal)
    stop.abort(new Error('enough'))
    await expect(second).rejects.toThrow('enough')
    expect(await first).toMatchObject({ outcome: 'passed' })
  })
})

test.skipIf(missing('bubblewrap'))('a fork bomb in one slot does not fail the neighbour', async () => {
  const sandbox = await openSandbox({ slots: 2, limits: { milliseconds: 60_000 } })
  try {
    const bomb = sandbox.run({
      language: 'python',
      source: `import os, time
while True:
    try:
        if os.fork() == 0: time.sleep(60)
    except OSError: time.sleep(0.01)`,
      limits: { milliseconds: 1_500 },
    })
    const neighbour = `import os
for _ in range(30):
    if os.fork() == 0: os._exit(0)
for _ in range(30): os.wait()`
    for (let run = 0; run < 5; run++)
      expect(await sandbox.run({ language: 'python', source: neighbour })).toMatchObject({
        outcome: 'passed',
      })
    expect(await bomb).toMatchObject({ outcome: 'timed-out' })
  } finally {
    await sandbox.close()
  }
})

/** How many processes of this machine have the mark in their command line. */
function marked(mark: string): number {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`: ${mark}`)
    } catch {
      return false
    }
  }).length
}
