import type { Expression, Program, Statement } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import type { Knowledge } from '../knowledge.ts'
import { calleeOf, type Subject, subjectsOf } from '../subjects.ts'
import { tupleNames } from '../tuple-names.ts'
import { blocksOf, expressionsIn, expressionsOf, rootOf, statementsIn } from '../walk.ts'
import { canRaise } from './raising.ts'
import { isArray, isComparable } from './types.ts'

/** What has to be known about the whole program before a line of it is written. */
export interface Survey {
  program: Program
  subjects: Map<string, Subject>
  /** Functions whose errors get out: they have `error` as their last result. */
  fallible: ReadonlySet<string>
  /** Parameters, `count.items`, that grow or shrink for the caller to see: they are pointers to slices. */
  pointers: ReadonlySet<string>
  /** Records and classes that are pointers: what is changed, or holds others of its kind. */
  byReference: ReadonlySet<string>
  /** Records that Go's `==` can compare. */
  comparable: ReadonlySet<string>
  /** Names of the structs for tuples, by the spelling of the type. */
  tuples: ReadonlyMap<string, string>
}

export function surveyOf(program: Program): Survey {
  const subjects = subjectsOf(program)
  const byReference = recordsByReference(program, subjects)
  // Functions return several values; a struct is made only where a tuple is kept.
  const tuples = tupleNames(program, subjects, { tuple: isArray, results: true })
  const comparable = new Set<string>()
  const shapes = { byReference, tuples, comparable }
  for (const { name, fields } of program.records)
    if (fields.every(({ type }) => isComparable(type, shapes))) comparable.add(name)
  return {
    program,
    subjects,
    fallible: fallibleOf(subjects),
    pointers: pointersOf(subjects),
    byReference,
    comparable,
    tuples,
  }
}

function fallibleOf(subjects: Map<string, Subject>): Set<string> {
  const fallible = new Set<string>()
  const raises = (block: readonly Statement[], inTry: boolean, knowledge: Knowledge): boolean =>
    block.some((statement) => {
      if (statement.kind === 'raise' && !inTry) return true
      if (statement.kind === 'try') return raises(statement.handler, inTry, knowledge)
      const own = expressionsOf(statement).flatMap((expression) => [...expressionsIn(expression)])
      if (!inTry && own.some((one) => canRaise(one, knowledge, false) || fallible.has(calleeOf(one) ?? '')))
        return true
      return blocksOf(statement).some((inner) => raises(inner, inTry, knowledge))
    })
  for (let size = -1; size !== fallible.size; ) {
    size = fallible.size
    for (const { key, declaration, knowledge } of subjects.values())
      if (raises(declaration.body, false, knowledge)) fallible.add(key)
  }
  return fallible
}

const resizing: ReadonlySet<string> = new Set([
  'list.append',
  'list.pop',
  'list.insert',
  'list.extend',
  'list.remove',
  'list.clear',
])

/** Variables of lists whose length a block changes, without those of functions that it calls. */
export function resizedIn(block: readonly Statement[]): Set<string> {
  const names = new Set<string>()
  const note = (of: Expression | undefined) => {
    if (of?.kind === 'name' && of.type.kind === 'list') names.add(of.name)
  }
  for (const expression of expressionsIn(block))
    if (expression.kind === 'builtin' && resizing.has(expression.name)) note(expression.arguments[0])
  for (const statement of statementsIn(block)) {
    if (statement.kind === 'update') note(statement.target)
    if (statement.kind === 'delete') note(statement.target.of)
  }
  return names
}

function pointersOf(subjects: Map<string, Subject>): Set<string> {
  const called = new Set<string>()
  for (const { declaration } of subjects.values())
    for (const expression of expressionsIn(declaration.body)) called.add(calleeOf(expression) ?? '')
  const pointers = new Set<string>()
  for (let size = -1; size !== pointers.size; ) {
    size = pointers.size
    for (const { key, declaration } of subjects.values()) {
      if (!called.has(key)) continue
      const resized = resizedIn(declaration.body)
      for (const expression of expressionsIn(declaration.body))
        for (const argument of pointerArguments(expression, subjects, pointers))
          if (argument.kind === 'name') resized.add(argument.name)
      for (const { name, type, assigned } of declaration.parameters)
        if (type.kind === 'list' && resized.has(name) && !assigned) pointers.add(`${key}.${name}`)
    }
  }
  return pointers
}

/** The arguments of a call that its function takes by pointer. */
export function pointerArguments(
  call: Expression,
  subjects: ReadonlyMap<string, Subject>,
  pointers: ReadonlySet<string>,
): Expression[] {
  const callee = calleeOf(call)
  const parameters = callee === undefined ? undefined : subjects.get(callee)?.declaration.parameters
  if (!parameters || !('arguments' in call)) return []
  return call.arguments.filter((_, index) => pointers.has(`${callee}.${parameters[index]?.name}`))
}

function recordsByReference(program: Program, subjects: Map<string, Subject>): Set<string> {
  const found = new Set(program.classes.map(({ name }) => name))
  const note = (of: Expression): void => {
    if (of.kind === 'field' && of.of.type.kind === 'record') found.add(of.of.type.name)
    if (of.kind === 'index' || of.kind === 'field') note(of.of)
  }
  for (const { declaration } of subjects.values()) {
    for (const statement of statementsIn(declaration.body)) {
      if (statement.kind === 'assign' || statement.kind === 'update' || statement.kind === 'delete')
        note(statement.target)
      if (statement.kind === 'unpack') statement.targets.forEach(note)
    }
    for (const expression of expressionsIn(declaration.body)) {
      const changes = expression.kind === 'builtin' && changing.has(expression.name)
      if (changes && rootOf(expression.arguments[0]!)) note(expression.arguments[0]!)
    }
  }
  for (const { name, fields } of program.records)
    if (fields.some(({ type }) => holds(type, name, program, new Set()))) found.add(name)
  return found
}

const changing: ReadonlySet<string> = new Set([
  ...resizing,
  ...[
    'list.sort',
    'list.reverse',
    'dict.setdefault',
    'dict.pop',
    'dict.update',
    'set.add',
    'set.remove',
    'set.discard',
  ],
])

/** Whether values of a type hold records of that name. */
function holds(type: Type, name: string, program: Program, seen: Set<string>): boolean {
  const inner = (of: Type) => holds(of, name, program, seen)
  switch (type.kind) {
    case 'record': {
      if (type.name === name) return true
      if (seen.has(type.name)) return false
      seen.add(type.name)
      return (program.records.find((record) => record.name === type.name)?.fields ?? []).some((field) =>
        inner(field.type),
      )
    }
    case 'list':
    case 'set':
    case 'optional':
      return inner(type.of)
    case 'tuple':
      return type.of.some(inner)
    case 'map':
      return inner(type.key) || inner(type.value)
    default:
      return false
  }
}
