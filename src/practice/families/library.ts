/** Everything that exercises are made of, loaded. */
import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { messageOf, projectRoot, UserError } from '../../lib/index.ts'
import { type FrontEnd, openFrontEnd } from '../language/front-end.ts'
import { type ComposeData, loadCompose } from './compose-data.ts'
import type { Family, Stage } from './family.ts'
import { loadFamilies, loadStages, yamlFiles } from './load.ts'
import { loadPhrases, type Phrases } from './phrases.ts'
import { type RuleSet, ruleSetSchema } from './rule-set.ts'

export interface Library {
  families: Family[]
  stages: Stage[]
  ruleSets: (RuleSet & { topic: string })[]
  phrases: Phrases
  compose: ComposeData
  frontEnd: FrontEnd
}

/** Loads `practice`. Throws a {@link UserError} that says what is wrong with its files. */
export async function openLibrary(): Promise<Library> {
  return {
    families: loadFamilies(),
    stages: loadStages(),
    ruleSets: loadRuleSets(),
    phrases: loadPhrases(),
    compose: loadCompose(),
    frontEnd: await openFrontEnd(),
  }
}

export function loadRuleSets(
  folder = join(projectRoot, 'practice', 'rules'),
): (RuleSet & { topic: string })[] {
  return yamlFiles(folder).flatMap((path) => {
    try {
      const sets = z.array(ruleSetSchema).parse(parse(readFileSync(path, 'utf8')))
      return sets.map((set) => ({ ...set, topic: basename(path, '.yaml') }))
    } catch (error) {
      const issue = error instanceof z.ZodError ? error.issues[0] : undefined
      const what = issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`
      throw new UserError(`${relative(projectRoot, path)}: ${what}`, 'Mend the field.', { cause: error })
    }
  })
}
