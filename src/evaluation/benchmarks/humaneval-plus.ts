import { z } from 'zod'
import type { Benchmark } from '../problem.ts'
import type { DataFile } from './data-file.ts'
import { type Family, partOf } from './family.ts'
import { humanevalStops, humanevalTokens } from './humaneval.ts'
import { readRecords } from './records.ts'

const file: DataFile = {
  path: 'evalplus/HumanEvalPlus-Mini.jsonl.gz',
  url: 'https://github.com/evalplus/humanevalplus_release/releases/download/v0.1.10/HumanEvalPlus-Mini.jsonl.gz',
}

const record = z.object({
  task_id: z.string(),
  prompt: z.string(),
  entry_point: z.string(),
  canonical_solution: z.string(),
  base_input: z.array(z.array(z.unknown())).min(1),
  plus_input: z.array(z.array(z.unknown())),
  atol: z.number().min(0),
})

/**
 * HumanEval+ mini: HumanEval with more inputs. What is expected is not in the data; the canonical solution computes
 * it in the program itself. Inputs, tolerance and the oracle of `find_zero` are as in evalplus, `evalplus/eval/__init__.py`
 * (`unsafe_execute`); contracts are not checked, as there. evalplus gives each input 4 s and at most 60 s in all;
 * here all inputs of a problem have 15 s.
 */
export const humanevalPlus: Family = {
  names: ['humaneval-plus-mini'],
  async load(name, options): Promise<Benchmark> {
    const lines = await readRecords(file, record, options)
    return {
      name,
      title: 'HumanEval+ mini',
      judge: 'run',
      licence: 'Apache-2.0',
      url: 'https://github.com/evalplus/evalplus',
      problems: lines.map(({ record, json }) => ({
        id: record.task_id,
        language: 'python',
        prompt: { kind: 'prefix', text: record.prompt },
        stops: humanevalStops,
        maxTokens: humanevalTokens,
        program: (completion) => ({
          language: 'python',
          source: `${record.prompt}${completion}\n${comparison(record.entry_point, json)}`,
          limits: { milliseconds: 15_000 },
        }),
        reference: record.canonical_solution,
      })),
      notes: partOf(164, lines.length),
    }
  },
}

/**
 * Python that calls the function on each input and compares. The record goes in as the JSON that was read, since
 * `1.0` and `1`, and integers above 2^53, must reach Python as they were written. A JSON string is a Python string.
 */
function comparison(entryPoint: string, json: string): string {
  return `
def understudy_check(candidate):
    import copy, json, math
    record = json.loads(${JSON.stringify(json)})
    names = {}
    exec(record['prompt'] + record['canonical_solution'], names)
    canonical = names[record['entry_point']]

    def is_floats(x):
        if isinstance(x, float):
            return True
        return isinstance(x, (list, tuple)) and len(x) > 0 and all(isinstance(i, float) for i in x)

    def is_close(actual, expected, atol):
        if isinstance(expected, (list, tuple)):
            return (
                isinstance(actual, (list, tuple))
                and len(actual) == len(expected)
                and all(is_close(a, e, atol) for a, e in zip(actual, expected))
            )
        if actual == expected:
            return True
        return math.isfinite(expected) and abs(actual - expected) <= atol + 1e-07 * abs(expected)

    for arguments in record['base_input'] + record['plus_input']:
        expected = canonical(*copy.deepcopy(arguments))
        actual = candidate(*copy.deepcopy(arguments))
        atol = record['atol']
        if record['entry_point'] == 'find_zero':
            coefficients = arguments[0]
            value = sum(c * math.pow(actual, i) for i, c in enumerate(coefficients))
            assert abs(value) <= atol, (arguments, actual)
            continue
        if atol == 0 and is_floats(expected):
            atol = 1e-6
        if atol != 0 and actual != expected:
            assert type(actual) == type(expected), (arguments, actual)
            assert is_close(actual, expected, atol), (arguments, actual)
        else:
            assert actual == expected, (arguments, actual)


understudy_check(${entryPoint})
`
}
