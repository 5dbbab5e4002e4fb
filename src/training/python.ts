import { runProcess, UserError } from '../lib/index.ts'

/**
 * The Python that runs the trainer: `$UNDERSTUDY_PYTHON`, else the system's, else the first on PATH, of which
 * the first that has PyTorch is taken. The system's comes before PATH's since a Python of pyenv or conda
 * that happens to be active has no Debian packages.
 */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const chosen = environment.UNDERSTUDY_PYTHON
  const candidates = chosen ? [chosen] : ['/usr/bin/python3', 'python3']
  let without: string | undefined
  for (const command of candidates) {
    const found = await probePython(command)
    if (found === 'usable') return command
    if (found === 'without torch') without ??= command
  }
  const remedy =
    'On Debian or Ubuntu: apt-get install python3-torch libopenblas0-openmp. Elsewhere, set UNDERSTUDY_PYTHON to a Python with PyTorch 1.13 or newer.'
  throw new UserError(
    without === undefined
      ? `Training needs Python with PyTorch, and there is no ${candidates.join(' or ')}.`
      : `Training needs PyTorch, and ${without} does not have it.`,
    remedy,
  )
}

/** Asks whether torch is installed without importing it, which takes seconds. */
async function probePython(command: string): Promise<'usable' | 'without torch' | 'absent'> {
  const question = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)'
  try {
    return (await runProcess(command, ['-c', question])).code === 0 ? 'usable' : 'without torch'
  } catch (error) {
    if (error instanceof UserError) return 'absent'
    throw error
  }
}
