/** The program that judges an answer by running. It does not depend on the shape of the prompt. */
import type { Program } from '../../../sandbox/index.ts'
import { checked } from './checks.ts'
import { headOf } from './prompts.ts'
import type { PracticeRecord, RecordOf } from './schema.ts'

export function programOf(record: PracticeRecord, answer: string): Program {
  switch (record.task) {
    case 'shell':
      return shellProgram(record, answer)
    case 'test':
      return { language: 'python', source: mutationTest(record, answer) }
    case 'infill':
      return program(record, record.prefix + answer + record.suffix)
    default:
      return program(record, headOf(record) + answer)
  }
}

function program(record: Exclude<PracticeRecord, RecordOf<'shell' | 'test'>>, code: string): Program {
  return { language: record.language, source: checked(record.language, code, record.cases, record.support) }
}

/** The tests must pass on the code, and raise an exception on every mutant. */
function mutationTest({ code, mutants, signature }: RecordOf<'test'>, answer: string): string {
  const name = /^def (\w+)/.exec(signature)?.[1]
  const test = JSON.stringify(`\n\n${signature}\n${answer}\n`)
  return `def run(code):
    scope = {"__name__": "judged"}
    exec(code + ${test}, scope)
    scope["${name}"]()

run(${JSON.stringify(code)})
for mutant in [${mutants.map((mutant) => JSON.stringify(mutant)).join(', ')}]:
    try:
        run(mutant)
    except Exception:
        continue
    raise AssertionError("the test does not see what is wrong with:\\n" + mutant)
`
}

/** The line runs in a fresh folder for each scene, as a script of its own; what it prints is compared outside. */
function shellProgram({ scenes, after = ':' }: RecordOf<'shell'>, answer: string): Program {
  const here = scenes.map(({ files }, index) => {
    const made = Object.entries(files).map(
      ([path, text]) => `mkdir -p "$(dirname ${quoted(path)})"\nprintf %s ${quoted(text)} > ${quoted(path)}`,
    )
    return `mkdir "$root/scene${index}" && cd "$root/scene${index}" || exit 1
${made.join('\n')}
echo "scene ${index + 1}"
bash "$root/line.sh" < /dev/null
( ${after} )`
  })
  const source = `root=$(mktemp -d -p "$PWD")
printf '%s\\n' ${quoted(answer)} > "$root/line.sh"
export LC_ALL=C.UTF-8
${here.join('\n')}
true
`
  const stdout = scenes.map(({ stdout }, index) => `scene ${index + 1}\n${stdout}`).join('')
  return { language: 'bash', source, cases: [{ stdin: '', stdout }] }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
