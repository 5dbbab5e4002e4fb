import type { Expression } from '../../language/program.ts'
import { calleeOf } from '../subjects.ts'
import { expressionsIn, statementsIn } from '../walk.ts'
import type { Survey } from './survey.ts'

const changing: ReadonlySet<string> = new Set([
  ...[
    'list.append',
    'list.pop',
    'list.insert',
    'list.extend',
    'list.sort',
    'list.reverse',
    'list.remove',
    'list.clear',
  ],
  ...['dict.setdefault', 'dict.pop', 'dict.update', 'set.add', 'set.remove', 'set.discard', 'print'],
])

/** Whether computing an expression changes something that others see. */
export function isEffectful(of: Expression, survey: Survey, seen: Set<string> = new Set()): boolean {
  for (const part of expressionsIn(of)) {
    if (part.kind === 'builtin' && changing.has(part.name)) return true
    const callee = calleeOf(part)
    if (callee === undefined || seen.has(callee)) continue
    seen.add(callee)
    const subject = survey.subjects.get(callee)
    if (!subject) continue
    if (part.kind !== 'construct' && subject.declaration.parameters.some(({ changed }) => changed))
      return true
    const { body } = subject.declaration
    if (part.kind === 'method' && changesSelf(body, survey, seen)) return true
    if ([...expressionsIn(body)].some((inner) => inner.kind === 'builtin' && inner.name === 'print'))
      return true
  }
  return false
}

function changesSelf(body: Parameters<typeof statementsIn>[0], survey: Survey, seen: Set<string>): boolean {
  for (const statement of statementsIn(body)) {
    if (statement.kind === 'assign' || statement.kind === 'update' || statement.kind === 'delete')
      if (statement.target.kind !== 'name') return true
    if (statement.kind === 'unpack' && statement.targets.some(({ kind }) => kind !== 'name')) return true
  }
  for (const expression of expressionsIn(body)) {
    if (expression.kind === 'builtin' && changing.has(expression.name)) return true
    if (expression.kind === 'method' && isEffectful(expression, survey, seen)) return true
  }
  return false
}
