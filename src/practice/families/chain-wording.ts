/** Describes a chain: as one noun phrase inside another, or step by step. */
import type { Random } from '../../lib/index.ts'
import type { Chain, Guard, Link } from './chain.ts'
import { pick } from './choose.ts'
import type { ComposeData } from './compose-data.ts'
import type { Wording } from './draft.ts'
import { axisFillings, literalFillings } from './fillings.ts'
import { capitalizedText } from './registers.ts'
import { type Filling, type Fillings, fill, holesOf, type Text } from './wording.ts'

export function chainWording(chain: Chain, data: ComposeData): Wording {
  const nests = chain.links.every((_, index) => phrasesOf(chain, index).length > 0)
  const provisos = (random: Random) => chain.guards.map((guard) => guardSentence(chain, guard, data, random))
  return {
    describe: (random) => {
      const sentences = [stepwise(chain, data, random), ...provisos(random)]
      return sentences.flatMap((sentence, index) => {
        const before = sentences[index - 1]?.at(-1)
        const newLine = typeof before === 'string' && before.includes('\n')
        return index === 0 ? sentence : [newLine ? '\n' : ' ', ...sentence]
      })
    },
    ...(nests ? { returns: (random: Random) => nounPhrase(chain, random) } : {}),
    ...(chain.guards.length > 0 ? { provisos } : {}),
    steps: (random) => {
      const sentences = chain.links.map((link, index) =>
        capitalizedText(imperative(chain, link, index, random)),
      )
      return sentences.flatMap((sentence, index) => [index === 0 ? '' : ' ', ...sentence, '.'])
    },
  }
}

/** Noun phrases that can stand at this place: later ones take the one before, and nothing is of a "how many". */
function phrasesOf(chain: Chain, index: number): string[] {
  const isLast = index === chain.links.length - 1
  return (chain.links[index]?.stage.gives ?? []).filter(
    (template) => (index === 0 || takesIt(template)) && (isLast || !/^(how|whether|what) /.test(template)),
  )
}

function takesIt(template: string): boolean {
  return holesOf(template).includes('it')
}

/** "the sum of the squares of the even numbers". */
function nounPhrase(chain: Chain, random: Random): Text {
  return chain.links.reduce<Text>(
    (phrase, { stage, ...link }, index) => {
      const fillings = fillingsOf(chain, link, index)
      return fill(pick(phrasesOf(chain, index), random), { ...fillings, it: { text: phrase } }, random)
    },
    [...inputOf(chain)],
  )
}

function imperative(chain: Chain, link: Link, index: number, random: Random): Text {
  const it: Filling = index === 0 ? { text: inputOf(chain) } : { template: 'the result' }
  return fill(pick(link.stage.say, random), { ...fillingsOf(chain, link, index), it }, random)
}

function stepwise(chain: Chain, data: ComposeData, random: Random): Text {
  const steps = chain.links.map((link, index) => imperative(chain, link, index, random))
  const names = steps.length === 2 ? ['first', 'last'] : ['first', 'second', 'last']
  const fillings: Record<string, Filling> = { input: { text: inputOf(chain) } }
  names.forEach((name, index) => {
    const step = steps[index] ?? []
    fillings[name] = { text: step }
    fillings[name.charAt(0).toUpperCase() + name.slice(1)] = { text: capitalizedText(step) }
  })
  return fill(pick(data.stepwise[steps.length === 2 ? '2' : '3'], random), fillings, random)
}

function guardSentence(chain: Chain, guard: Guard, data: ComposeData, random: Random): Text {
  const link = chain.links[guard.before] as Link
  const fillings = {
    case: { text: fill(guard.say, fillingsOf(chain, link, guard.before), random) },
    value: { text: literalOf(guard.value) },
  }
  return fill(pick(data.guards, random), fillings, random)
}

function literalOf(value: string): Text {
  const known = literalFillings[value]
  if (known !== undefined && 'text' in known) return ['`', ...known.text, '`']
  if (value === '""') return ['an empty string']
  if (value === '[]') return ['an empty list']
  if (value === '{}') return ['an empty dictionary']
  return [value]
}

function inputOf(chain: Chain): Text {
  return ['`', { identifier: chain.input.name, role: 'variable' }, '`']
}

function fillingsOf(chain: Chain, { options, words }: Omit<Link, 'stage'>, index: number): Fillings {
  const fillings: Record<string, Filling> = {
    items: { template: words.many },
    item: { template: words.one },
    left: { template: index === 0 ? '' : 'left' },
    input: { text: inputOf(chain) },
  }
  for (const [axis, option] of Object.entries(options))
    Object.assign(fillings, axisFillings(axis, option, options))
  return fillings
}
