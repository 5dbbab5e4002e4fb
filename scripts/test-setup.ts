import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isPresent, type RequirementName, requirements } from '../test/requirements.ts'

/**
 * Installs what the tests need where that is possible without asking (as root, with apt), and says so; elsewhere
 * it names the command. Returns what is still absent.
 */
export function setUpTestMachine(): RequirementName[] {
  const names = Object.keys(requirements) as RequirementName[]
  const absent = names.filter((name) => !isPresent(name))
  if (absent.length === 0) return []
  const packages = absent.flatMap((name) => requirements[name].packages)
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`

  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log(
      `The tests that need ${absent.join(', ')} will be left out. On Debian or Ubuntu, as root, run:\n  ${command}\n`,
    )
    return absent
  }
  console.log(`The tests need ${absent.join(', ')}. Installing with apt-get:\n  ${command}`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment })
  const [program = '', ...args] = command.split(' ')
  const result = spawnSync(program, ['-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  })
  if (result.status !== 0) console.log('apt-get could not install all of them; the lines above say why.')
  return names.filter((name) => !isPresent(name))
}
