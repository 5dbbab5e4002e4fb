/** Checks stages, each as a chain of its own: its forms have to agree, and its texts to be whole. */
import { randomFor } from '../../lib/index.ts'
import { type FrontEnd, parseType } from '../language/front-end.ts'
import { sameValue } from '../language/same-value.ts'
import { spellType, type Type } from '../language/types.ts'
import type { Example } from '../language/value.ts'
import { assemble, runMany } from './assemble.ts'
import type { Chain, Link } from './chain.ts'
import { writeChain } from './chain-code.ts'
import { chainWording } from './chain-wording.ts'
import { combinationsOf, fillAxes } from './choose.ts'
import type { ComposeData } from './compose-data.ts'
import type { Option, Stage } from './family.ts'
import { faultOf, plain, type Report, reporter } from './lint-report.ts'
import type { Problem } from './load.ts'
import { TemplateError, writeText } from './wording.ts'

const inputs = 60
const textsPerStage = 12

export function lintStage(stage: Stage, data: ComposeData, frontEnd: FrontEnd): Problem[] {
  const { problems, report } = reporter(stage)
  for (const type of ['from', 'to'] as const) {
    const spelled = typeOf(stage[type])
    if (spelled === undefined) report([type], `${stage[type]} is no type`)
    else if (spellType(spelled) !== stage[type]) report([type], `is written ${spellType(spelled)}`)
  }
  if (problems.length > 0) return problems
  try {
    for (const options of combinationsOf(stage.axes)) {
      const chain = chainOf(stage, options, data)
      lintTexts(chain, data, report)
      lintForms(chain, frontEnd, report)
    }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    report([], error.message)
  }
  return problems
}

function chainOf(stage: Stage, options: Record<string, Option>, data: ComposeData): Chain {
  const type = typeOf(stage.from) as Type
  const words = (data.items.other ?? [])[0] as Link['words']
  const guards =
    stage.undefined === undefined
      ? []
      : [
          {
            before: 0,
            code: fillAxes(stage.undefined.code, options),
            say: stage.undefined.say,
            value: 'None',
          },
        ]
  return {
    links: [{ stage, options, words }],
    input: { name: 'given', type: stage.from, generator: stage.inputs ?? generatorFor(type) },
    guards,
    entry: 'entry',
    result: guards.length > 0 ? `${stage.to} | None` : stage.to,
  }
}

function lintTexts(chain: Chain, data: ComposeData, report: Report): void {
  const wording = chainWording(chain, data)
  for (let attempt = 0; attempt < textsPerStage; attempt++) {
    const random = randomFor('lint', attempt)
    for (const text of [wording.returns?.(random), wording.steps?.(random)]) {
      if (text === undefined) continue
      const written = writeText(text, plain)
      const fault = faultOf(written)
      if (fault !== undefined) report([], `${fault} in "${written}"`)
    }
  }
}

function lintForms(chain: Chain, frontEnd: FrontEnd, report: Report): void {
  let first: Example[] | undefined
  for (const form of ['expression', 'loops'] as const) {
    const found = runForm(chain, form, first, frontEnd)
    if (typeof found === 'string') {
      report([form === 'loops' ? 'loop' : 'code'], found)
      return
    }
    first = found
  }
}

/** What came of it, or what is wrong. With `first`, on the same inputs, and the outcomes have to be the same. */
function runForm(
  chain: Chain,
  form: 'expression' | 'loops',
  first: Example[] | undefined,
  frontEnd: FrontEnd,
): Example[] | string {
  const { code, entry } = writeChain(chain, randomFor('lint'), form)
  const { name, generator } = chain.input
  const parts = { origins: [], topic: '', spellings: {}, requires: [], occurs: [], wording: {} }
  const assembled = assemble(
    { ...parts, kind: 'chain', code, entry, inputs: { [name]: generator } },
    frontEnd,
  )
  if ('part' in assembled) return assembled.message
  const ran = runMany(assembled, inputs, randomFor('lint', chain.input.type))
  if ('stopped' in ran) return ran.stopped
  const raised = ran.find(({ outcome }) => 'raised' in outcome)
  if (raised !== undefined)
    return `${JSON.stringify(raised.outcome)} comes of ${JSON.stringify(raised.arguments)}`
  const disagrees = first?.some(({ outcome }, index) => {
    const other = ran[index]?.outcome
    if (other === undefined || 'raised' in outcome || 'raised' in other) return true
    return !sameValue(outcome.value, other.value, assembled.called.result)
  })
  return disagrees ? 'gives something else than `code`' : ran
}

function typeOf(text: string): Type | undefined {
  try {
    return parseType(text)
  } catch {
    return undefined
  }
}

/** Values of any type, to try a stage with. */
function generatorFor(type: Type): string {
  switch (type.kind) {
    case 'int':
      return 'int(-20, 40)'
    case 'float':
      return 'float(-9, 30, 2)'
    case 'string':
      return 'sentence'
    case 'date':
      return 'date(2019, 2026)'
    case 'list':
    case 'set':
      return `${type.kind}(${generatorFor(type.of)}, 0..8)`
    case 'map':
      return `map(${type.key.kind === 'string' ? 'word' : generatorFor(type.key)}, ${generatorFor(type.value)}, 0..6)`
    case 'tuple':
      return `tuple(${type.of.map(generatorFor).join(', ')})`
    case 'optional':
      return `optional(${generatorFor(type.of)})`
    default:
      return 'bool'
  }
}
