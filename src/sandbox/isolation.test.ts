import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { missing } from '../../test/requirements.ts'
import { projectRoot } from '../lib/paths.ts'
import { openSandbox, type Sandbox } from './index.ts'

describe.skipIf(missing('bubblewrap'))('what a program can reach', () => {
  let sandbox: Sandbox
  let folder: string
  beforeAll(async () => {
    vi.stubEnv('UNDERSTUDY_TEST_SECRET', 'in the environment')
    folder = mkdtempSync(join(tmpdir(), 'understudy-secret-'))
    writeFileSync(join(folder, 'secret'), 'on the disk')
    sandbox = await openSandbox({ slots: 1, limits: { milliseconds: 60_000 } })
  })
  afterAll(async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true })
    vi.unstubAllEnvs()
  })

  const passes = async (source: string) =>
    expect(await sandbox.run({ language: 'python', source })).toMatchObject({ outcome: 'passed' })

  test('not the files of the machine: passwords, homes, the checkout, temporary files', async () => {
    const paths = ['/etc/shadow', '/etc/hostname', '/root', '/home', '/var', '/run', '/sys', '/boot', '/mnt']
    const all = [
      ...paths,
      folder,
      join(folder, 'secret'),
      join(projectRoot, 'package.json'),
      '/proc/1/root/etc',
    ]
    await passes(`import os
for path in ${JSON.stringify(all)}:
    assert not os.path.exists(path), path
assert open("/etc/passwd").read().count("\\n") == 1`)
  })

  test('not the environment or the processes of the machine', async () => {
    await passes(`import os
assert "UNDERSTUDY_TEST_SECRET" not in os.environ and set(os.environ) <= {
    "PATH", "HOME", "TMPDIR", "LANG", "LC_CTYPE", "PWD", "PYTHONHASHSEED"}, os.environ
assert not os.path.exists("/proc/${process.pid}") or ${process.pid} < 64
pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
assert sorted(pids) == [1, os.getpid()], pids
for pid in pids:
    assert b"understudy" not in open(f"/proc/{pid}/cmdline", "rb").read()`)
  })

  test('no user but nobody, no group, no capability, no new privileges', async () => {
    await passes(`import os, re
assert os.getresuid() == os.getresgid() == (65534,) * 3 and set(os.getgroups()) <= {65534}
status = dict(re.findall(r"(\\w+):\\s*(.*)", open("/proc/self/status").read()))
for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"): assert int(status[name], 16) == 0, name
assert status["NoNewPrivs"] == "1" and status["Seccomp"] == "2"`)
  })

  test('nothing to write but the work folder and the temporary ones', async () => {
    await passes(`import os
for path in ("/file", "/etc/file", "/etc/passwd", "/usr/file", "/usr/bin/env", "/harness/file", "/harness/zygote.py",
             "/dev/file", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/tools"):
    for action in (lambda: open(path, "r+").write("x"), lambda: open(path, "w").write("x"), lambda: os.mkdir(path + "x"),
                   lambda: os.chmod(path, 0o777), lambda: os.unlink(path)):
        try: action()
        except OSError: continue
        raise RuntimeError(path)
for path in ("/cell/file", "/tmp/file", "/dev/shm/file"): open(path, "w").write("x")
for node in ("/dev/mem", "/dev/kmsg", "/dev/vda", "/dev/sda", "/dev/kvm", "/dev/fuse"): assert not os.path.exists(node)`)
  })

  describe('not the network', () => {
    const servers: Server[] = []
    afterAll(() => {
      for (const server of servers) server.close()
    })
    const listen = (where: object) =>
      new Promise<Server>((resolve) => {
        const server = createServer((socket) => socket.end('reached'))
        servers.push(server)
        server.listen(where, () => resolve(server))
      })

    test('loopback of the machine, its sockets without a file, and the world', async () => {
      const server = await listen({ host: '127.0.0.1', port: 0 })
      const { port } = server.address() as { port: number }
      const name = `understudy-test-${process.pid}`
      await listen({ path: `\0${name}` })
      await passes(`import socket
def reaches(family, address):
    with socket.socket(family) as client:
        client.settimeout(5)
        try: client.connect(address)
        except OSError: return False
        return True
assert not reaches(socket.AF_INET, ("127.0.0.1", ${port}))
assert not reaches(socket.AF_INET, ("192.0.2.1", 80)) and not reaches(socket.AF_INET, ("169.254.169.254", 80))
assert not reaches(socket.AF_UNIX, b"\\0${name}")
assert [name for _, name in socket.if_nameindex()] == ["lo"]
server = socket.create_server(("127.0.0.1", 0))
assert reaches(socket.AF_INET, server.getsockname())`)
    })
  })
})
