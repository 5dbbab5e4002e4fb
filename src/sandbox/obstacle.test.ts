import { expect, test } from 'vitest'
import { missing } from '../../test/requirements.ts'
import { runProcess } from '../lib/subprocess.ts'

/** In a process that may make no user namespace: root in a chroot-less container, or a kernel that forbids them. */
const withoutNamespaces = `
  import { openSandbox } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)}
  const sandbox = await openSandbox()
  console.log(JSON.stringify(await sandbox.run({ language: 'python', source: 'print(1)' })))
  await sandbox.close()`

test.skipIf(missing('bubblewrap'))(
  'where namespaces are refused, every program is, with what to do',
  { timeout: 120_000 },
  async () => {
    const limit = ['/bin/sh', '-c', 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"', 'sh']
    const node = [process.execPath, '--input-type=module', '-e', withoutNamespaces]
    const { stdout, stderr } = await runProcess('unshare', ['--user', '--map-root-user', ...limit, ...node])
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      outcome: 'refused',
      cause: 'no-sandbox',
      message: expect.stringMatching(/^Programs cannot be isolated here: .*allow user namespaces/),
    })
  },
)
