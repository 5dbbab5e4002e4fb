import type { Expression, Statement, Target } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { Unsupported } from '../renderer.ts'
import { readBy } from '../uses.ts'
import { expressionsIn, statementsIn } from '../walk.ts'
import { callParts, shapeOf } from './calls.ts'
import { unexported } from './names.ts'
import { flagFor, pair, pointer } from './optionals.ts'
import { place } from './places.ts'
import { block } from './statements.ts'
import { print, printAll } from './syntax.ts'
import { goType, zeroOf } from './types.ts'
import { emit, type Writing } from './writing.ts'

/** A variable that may hold nothing: a value and a flag, or a pointer where it is handed on. */
export function declareOptional(
  { name, type, value }: Statement & { kind: 'declare' },
  writing: Writing,
  rest: readonly Statement[],
): void {
  const { survey } = writing.module
  const held = (type as Type & { kind: 'optional' }).of
  const own = unexported(name)
  if (!staysHere(name, rest, writing)) {
    if (!value || value.kind === 'none') {
      emit(writing, `var ${own} ${goType(type, survey)}`)
      return
    }
    const made = pointer(value, writing)
    emit(writing, `${own} := ${print(made)}`)
    return
  }
  const isCall = value !== undefined && (shapeOf(value, writing)?.flag || isLookup(value))
  const flag = flagFor(name, writing, ...(isCall ? ['ok', 'found'] : []))
  const isRead = readsValue(name, rest)
  if (!value || value.kind === 'none') {
    const zero = print(zeroOf(held, survey))
    if (zero.endsWith('}') || zero === 'nil' || !value || held.kind === 'float' || held.kind === 'char') {
      emit(writing, `var ${own} ${goType(held, survey)}`, value ? `${flag} := false` : `var ${flag} bool`)
      return
    }
    emit(writing, `${own}, ${flag} := ${zero}, false`)
    return
  }
  if (isCall && shapeOf(value, writing)) {
    callParts(value, writing, [isRead ? own : '_', flag])
    return
  }
  if (value.kind === 'conditional') {
    emit(writing, `var ${own} ${goType(held, survey)}`, `var ${flag} bool`)
    const target: Target = { kind: 'name', name, type }
    const give = (of: Expression): Statement[] => [{ kind: 'assign', target, value: of }]
    const branch: Statement = {
      kind: 'if',
      branches: [{ condition: value.condition, body: give(value.then) }],
      otherwise: give(value.otherwise),
    }
    emit(writing, ...block([branch], writing))
    return
  }
  const parts = pair(value, writing)
  emit(writing, `${isRead ? own : '_'}, ${flag} := ${printAll([parts.value, parts.ok], 2)}`)
}

function isLookup(of: Expression): boolean {
  return of.kind === 'builtin' && of.name === 'dict.get'
}

/** Whether an optional variable is only asked, read, assigned and returned. */
function staysHere(name: string, rest: readonly Statement[], writing: Writing): boolean {
  const returns = writing.subject.declaration.result.kind === 'optional'
  for (const statement of statementsIn(rest))
    for (const expression of readBy(statement)) {
      if (statement.kind === 'return' && isName(expression, name)) {
        if (!returns) return false
        continue
      }
      for (const part of expressionsIn(expression)) if (!allows(part, name, expression)) return false
    }
  return true
}

function isName(of: Expression, name: string): boolean {
  return of.kind === 'name' && of.name === name
}

function allows(part: Expression, name: string, whole: Expression): boolean {
  if (!isName(part, name)) return true
  for (const around of expressionsIn(whole)) {
    if ((around.kind === 'is-none' || around.kind === 'unwrap') && around.value === part) return true
    if (around.kind === 'compare' && (around.left === part || around.right === part)) return true
  }
  return false
}

function readsValue(name: string, rest: readonly Statement[]): boolean {
  for (const statement of statementsIn(rest)) {
    for (const expression of readBy(statement)) {
      if (statement.kind === 'return' && isName(expression, name)) return true
      for (const part of expressionsIn(expression)) {
        if (part.kind === 'unwrap' && isName(part.value, name)) return true
        if (part.kind === 'compare' && (isName(part.left, name) || isName(part.right, name))) return true
      }
    }
  }
  return false
}

export function assignOptional(target: Target, value: Expression, writing: Writing): void {
  const flag = target.kind === 'name' ? writing.flags.get(target.name) : undefined
  if (flag === undefined) {
    const made = pointer(value, writing)
    emit(writing, `${print(place(target, writing))} = ${print(made)}`)
    return
  }
  if (value.kind === 'none') {
    emit(writing, `${flag} = false`)
    return
  }
  if (value.kind === 'conditional') throw new Unsupported('a choice between something and nothing')
  const parts = pair(value, writing)
  const own = unexported((target as { name: string }).name)
  emit(writing, `${own}, ${flag} = ${printAll([parts.value, parts.ok], 2)}`)
}
