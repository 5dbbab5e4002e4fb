import { UserError } from '../../../lib/index.ts'
import type { Family } from '../family.ts'
import { loadPracticeBench, practiceBenchFolder } from './load.ts'

const variants = [
  ...['generate-python', 'generate-javascript', 'generate-typescript', 'generate-go', 'generate-java'],
  ...['infill-python', 'infill-javascript', 'infill-go', 'fix-python', 'fix-javascript'],
  ...['translate-python-javascript', 'translate-python-go', 'translate-java-python'],
  ...['translate-javascript-python', 'translate-typescript-python'],
  ...['edit-python', 'edit-typescript', 'test-python', 'shell-bash'],
]

/** Our own set. Its data lies in this repository, so `--data` does not move it. */
export const practiceBench: Family = {
  names: variants.map((variant) => `practice-bench/${variant}`),
  async load(name, { signal }) {
    const benchmarks = await loadPracticeBench(practiceBenchFolder, signal ? { signal } : {})
    const benchmark = benchmarks.find((one) => one.name === name)
    if (benchmark) return benchmark
    throw new UserError(`${practiceBenchFolder} holds no ${name}.`, 'Restore the files from the repository.')
  },
}
