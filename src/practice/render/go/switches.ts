import type { Expression, Statement } from '../../language/program.ts'
import { hasBreak } from '../uses.ts'
import { expression } from './expressions.ts'
import { block } from './statements.ts'
import { print } from './syntax.ts'
import { indented, isSimple, type Writing } from './writing.ts'

/** An `if` that asks one variable for three literals or more, as a `switch`; nothing for any other. */
export function switchLines(
  { branches, otherwise }: Statement & { kind: 'if' },
  writing: Writing,
): string[] | undefined {
  const asked = branches.map(({ condition }) => casesOf(condition))
  const [first] = asked
  if (branches.length < 3 || !first || branches.some(({ body }) => hasBreak(body)) || hasBreak(otherwise))
    return undefined
  const subject = JSON.stringify(first.subject)
  if (asked.some((one) => !one || JSON.stringify(one.subject) !== subject)) return undefined
  const values = asked.flatMap((one) => one!.values.map((value) => JSON.stringify(value)))
  if (new Set(values).size < values.length) return undefined
  const lines = [`switch ${print(expression(first.subject, writing, 'read'))} {`]
  branches.forEach(({ body }, at) => {
    lines.push(`case ${asked[at]!.values.map((value) => print(expression(value, writing))).join(', ')}:`)
    lines.push(...indented(block(body, writing)))
  })
  if (otherwise.length > 0) lines.push('default:', ...indented(block(otherwise, writing)))
  return [...lines, '}']
}

/** `x == 1 or x == 2`, and `x in (1, 2)`. */
function casesOf(condition: Expression): { subject: Expression; values: Expression[] } | undefined {
  if (condition.kind === 'logic' && condition.operator === 'or') {
    const [left, right] = [casesOf(condition.left), casesOf(condition.right)]
    if (!left || !right || JSON.stringify(left.subject) !== JSON.stringify(right.subject)) return undefined
    return { subject: left.subject, values: [...left.values, ...right.values] }
  }
  if (condition.kind === 'in' && !condition.negated && condition.container.kind === 'list') {
    const { item, container } = condition
    return isSimple(item) && item.kind !== 'index' && container.items.every(isCase)
      ? { subject: item, values: container.items }
      : undefined
  }
  if (condition.kind !== 'compare' || condition.operator !== '==') return undefined
  const { left, right } = condition
  return isSimple(left) && left.kind !== 'index' && isCase(right)
    ? { subject: left, values: [right] }
    : undefined
}

function isCase(of: Expression): boolean {
  return (of.kind === 'int' || of.kind === 'string') && ['int', 'string', 'char'].includes(of.type.kind)
}
