/** Says a specification in prose, as a list, or as a table. */
import type { Random } from '../../lib/index.ts'
import { STRING } from '../language/types.ts'
import { pick } from './choose.ts'
import type { RulePhrases } from './compose-data.ts'
import type { Decision } from './decision.ts'
import { literalFillings } from './fillings.ts'
import { capitalizedText } from './registers.ts'
import type { Clause, RuleSet } from './rule-set.ts'
import type { Rule, Specification } from './rules.ts'
import { type Filling, type Fillings, fill, type Text } from './wording.ts'

/** @param spellings of the parameters. */
export function rulesText(
  set: RuleSet,
  specification: Specification,
  invalid: RuleSet['invalid'],
  spellings: Readonly<Record<string, string>>,
  phrases: RulePhrases,
  random: Random,
): Text {
  const names: Record<string, Filling> = {}
  for (const [name, identifier] of Object.entries(spellings))
    names[name] = { identifier, role: 'variable', words: undefined }
  const gives: Text = [pick(set.gives, random)]
  const speaker: Speaker = { names, gives, phrases, random }
  const sentences: Text[] = []
  if (random() < 0.7) sentences.push([pick(set.scene, random)])
  sentences.push(bodyOf(set, specification, speaker))
  if (invalid !== undefined) {
    const error = pick(['It is an error if ', 'Raise an error if '], random)
    sentences.push([error, ...fill(invalid.say, names, random), '.'])
  }
  return sentences.flatMap((sentence, index) => {
    const before = sentences[index - 1]
    return index === 0 ? sentence : [hasLines(before) || hasLines(sentence) ? '\n' : ' ', ...sentence]
  })
}

interface Speaker {
  names: Fillings
  gives: Text
  phrases: RulePhrases
  random: Random
}

function bodyOf(set: RuleSet, specification: Specification, speaker: Speaker): Text {
  switch (specification.form) {
    case 'decision':
      return specification.nested
        ? nestedText(specification.decision, speaker)
        : matchText(specification.decision, speaker)
    case 'tiers':
      return tiersText(specification, set.tiers?.say ?? specification.subject, speaker)
    case 'sum':
      return addedText(
        specification.rules,
        speaker.phrases.sum,
        { start: { template: specification.start } },
        speaker,
      )
    case 'collect':
      return addedText(
        specification.rules,
        speaker.phrases.collect,
        {
          mark: { template: marks[specification.mark] ?? '' },
          otherwise: { text: said(specification.otherwise, speaker) },
        },
        speaker,
      )
  }
}

const marks: Record<string, string> = {
  '" "': 'a blank',
  '"-"': 'a dash',
  '""': 'nothing',
  '", "': 'a comma and a blank',
}

function matchText(decision: Decision, speaker: Speaker): Text {
  const { phrases, random } = speaker
  const rules: { condition: Clause; result: Clause }[] = []
  let rest = decision
  while (!('result' in rest)) {
    if ('result' in rest.yes) rules.push({ condition: rest.when, result: rest.yes.result })
    rest = rest.no
  }
  const last = said(rest.result, speaker)
  if (random() < 0.2) {
    const { intro, each, join } = pick(phrases.exceptions, random)
    const lines = rules.map((rule) => line(each, { ...caseOf(rule, speaker) }, speaker))
    return joinLines([line(intro, resultOf(last), speaker), ...lines], join)
  }
  const { intro, first, next, last: final, join } = pick(phrases.firstMatch, random)
  const lines = rules.map((rule, index) =>
    line(
      index === 0 ? first : next,
      { ...caseOf(rule, speaker), number: { template: String(index + 1) } },
      speaker,
    ),
  )
  const end = line(final, { ...resultOf(last), number: { template: String(rules.length + 1) } }, speaker)
  return introduced(intro, joinLines([...lines, end], join), join, speaker)
}

function nestedText(decision: Decision, speaker: Speaker): Text {
  if ('result' in decision) return said(decision.result, speaker)
  const template = pick(speaker.phrases.nested, speaker.random)
  const fillings = {
    ...cased(decision.when, speaker),
    yes: { text: innerText(decision.yes, speaker) },
    no: { text: innerText(decision.no, speaker) },
  }
  return line(template, fillings, speaker)
}

function innerText(decision: Decision, speaker: Speaker): Text {
  if ('result' in decision) return said(decision.result, speaker)
  const fillings = {
    ...cased(decision.when, speaker),
    first: { text: innerText(decision.yes, speaker) },
    second: { text: innerText(decision.no, speaker) },
  }
  return line(pick(speaker.phrases.inner, speaker.random), fillings, speaker)
}

function tiersText(
  { subject, limits, results }: Extract<Specification, { form: 'tiers' }>,
  say: string,
  speaker: Speaker,
): Text {
  const { intro, first, next, last, join } = pick(speaker.phrases.tiers, speaker.random)
  const name = speaker.names[subject]
  const shown = name !== undefined && 'identifier' in name && speaker.random() < 0.6
  const subjectText: Text = shown ? ['`', { identifier: name.identifier, role: 'variable' }, '`'] : [say]
  const fillings = (index: number): Fillings => ({
    subject: { text: subjectText },
    limit: { template: String(limits[index]) },
    ...resultOf(said(results[index] as Clause, speaker)),
  })
  const lines = limits.map((_, index) => line(index === 0 ? first : next, fillings(index), speaker))
  const all = joinLines([...lines, line(last, fillings(limits.length), speaker)], join)
  return introduced(intro, all, join, speaker, { subject: { text: subjectText } })
}

function addedText(
  rules: readonly Rule[],
  templates: RulePhrases['sum'],
  fillings: Fillings,
  speaker: Speaker,
): Text {
  const { intro, each, last, join } = pick(templates, speaker.random)
  const lines = rules.map((rule) => line(each, caseOf(rule, speaker), speaker))
  if (last !== '') lines.push(line(last, fillings, speaker))
  return introduced(intro, joinLines(lines, join), join, speaker, fillings)
}

function introduced(
  intro: string,
  text: Text,
  join: string,
  speaker: Speaker,
  fillings: Fillings = {},
): Text {
  if (intro === '') return capitalizedText(text)
  return [...line(intro, fillings, speaker), join === '\n' ? '\n' : ' ', ...text]
}

function line(template: string, fillings: Fillings, { gives, random }: Speaker): Text {
  return fill(
    template,
    { gives: { text: gives }, Gives: { text: capitalizedText(gives) }, ...fillings },
    random,
  )
}

function caseOf({ condition, result }: Rule, speaker: Speaker): Fillings {
  return { ...cased(condition, speaker), ...resultOf(said(result, speaker)) }
}

function cased(condition: Clause, speaker: Speaker): Fillings {
  const text = said(condition, speaker)
  return { case: { text }, Case: { text: capitalizedText(text) } }
}

function resultOf(text: Text): Fillings {
  return { result: { text }, Result: { text: capitalizedText(text) } }
}

/** A clause in words; a literal without words stands for itself. */
function said({ code, say }: Clause, { names, random }: Speaker): Text {
  if (say !== undefined) return fill(say, names, random)
  const known = literalFillings[code]
  if (known !== undefined && 'text' in known) return ['`', ...known.text, '`']
  const string = /^"([^"\\]*)"$/.exec(code)
  return string === null ? [code] : ['`', { literal: string[1] ?? '', type: STRING }, '`']
}

function joinLines(lines: readonly Text[], join: string): Text {
  return lines.flatMap((text, index) => (index === 0 || join === '' ? text : [join, ...text]))
}

function hasLines(text: Text | undefined): boolean {
  return text?.some((part) => typeof part === 'string' && part.includes('\n')) ?? false
}
