import type { Expression, Statement } from '../../language/program.ts'
import { buildersIn } from '../builders.ts'
import type { Knowledge } from '../knowledge.ts'
import type { Fresh, Lowered } from '../lower.ts'
import { freshName } from '../names.ts'
import { ordersThatMatter } from '../order.ts'
import { sharedSlices } from '../sharing.ts'
import type { Subject } from '../subjects.ts'
import { assignedIn, expressionsIn, statementsIn } from '../walk.ts'
import { exported, unexported } from './names.ts'
import type { Survey } from './survey.ts'
import { atom, call, type Go } from './syntax.ts'

/** Choices among what is idiomatic, the same for the same variant. */
export interface Choices {
  packageClause: boolean
  /** `var xs []int` instead of `xs := []int{}`. */
  nilSlices: boolean
  /** `make(map[string]int)` instead of `map[string]int{}`. */
  makeMaps: boolean
  /** `for i := range xs` instead of `for i := 0; i < len(xs); i++`. */
  rangeIndices: boolean
  /** A chain of comparisons with one value as a `switch`. */
  switches: boolean
}

/** One rendering. */
export interface Module {
  survey: Survey
  choices: Choices
  /** Names of helper functions that the program does not have itself, by the names that `helpers.go` gives them. */
  helpers: Map<string, string>
}

/** What becomes of an error. */
export type Failing =
  /** It is the function's last result. */
  | { kind: 'return' }
  /** It is the result of a function literal around the `try`. */
  | { kind: 'closure' }
  /** These statements deal with it, and leave. */
  | { kind: 'leave'; handler: readonly Statement[]; outer: Failing | undefined }
  /** It is dealt with, or what follows happens; see `failing.ts`. */
  | { kind: 'else' }

/** A function while it is written. Lines that an expression needs before it are put into `lines`. */
export interface Writing {
  module: Module
  subject: Subject
  knowledge: Knowledge
  lines: string[]
  /** Spelled names that are not free. */
  taken: Set<string>
  /** Variables of characters that hold bytes of a string. */
  bytes: Set<string>
  /** Optional variables that are a value and a flag, by the flag's name. */
  flags: Map<string, string>
  /** Strings that are put together by a `strings.Builder`. */
  builders: Set<string>
  /** Parameters that are pointers to slices. */
  pointers: Set<string>
  /** Variables of texts without blanks around them: words of a split. */
  bare: Set<string>
  /** Variables that are assigned again after their declaration. */
  assigned: ReadonlySet<string>
  /** Goings through maps whose order shows. */
  ordered: ReadonlySet<Expression>
  /** The variable that the next expression is for. */
  goal: string | undefined
  /** Variables that count through a range or the indices of a list, from 0 or more. */
  counters: ReadonlySet<string>
  /** Slices of lowered code that lie inside their lists. */
  sound: Set<Expression>
  /** Slices that may share their items with the list: neither changes while both live. */
  shared: ReadonlySet<Expression>
  receiver: string
  failing: Failing | undefined
}

export function newWriting(module: Module, subject: Subject): Writing {
  const { declaration } = subject
  const taken = new Set<string>()
  for (const { name } of declaration.parameters) taken.add(unexported(name))
  for (const name of assignedIn(declaration.body)) taken.add(unexported(name))
  for (const expression of expressionsIn(declaration.body)) {
    if (expression.kind === 'name') taken.add(unexported(expression.name))
    if (expression.kind === 'lambda')
      for (const { name } of expression.parameters) taken.add(unexported(name))
    if (expression.kind === 'comprehension' || expression.kind === 'map-comprehension')
      for (const { names } of expression.clauses) for (const { name } of names) taken.add(unexported(name))
  }
  for (const { name } of module.survey.program.functions) taken.add(unexported(name))
  const { pointers } = module.survey
  const receiver = subject.of ? receiverName(subject.of, taken) : ''
  taken.add(receiver)
  return {
    module,
    subject,
    knowledge: subject.knowledge,
    lines: [],
    taken,
    bytes: new Set(),
    flags: new Map(),
    builders: buildersIn(declaration.body),
    pointers: new Set(
      declaration.parameters.map(({ name }) => name).filter((name) => pointers.has(`${subject.key}.${name}`)),
    ),
    bare: new Set(),
    assigned: reassignedIn(declaration.body),
    ordered: ordersThatMatter(declaration.body),
    goal: undefined,
    counters: countersIn(declaration.body),
    sound: new Set(),
    shared: sharedSlices(declaration),
    receiver,
    failing: module.survey.fallible.has(subject.key) ? { kind: 'return' } : undefined,
  }
}

function reassignedIn(body: readonly Statement[]): Set<string> {
  return new Set(
    [...statementsIn(body)].flatMap((statement) => {
      if (statement.kind === 'assign' || statement.kind === 'update')
        return statement.target.kind === 'name' ? [statement.target.name] : []
      if (statement.kind !== 'unpack') return []
      return statement.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []))
    }),
  )
}

function countersIn(body: readonly Statement[]): Set<string> {
  const loops = [...statementsIn(body)].filter((statement) => statement.kind === 'for')
  const clauses = [...expressionsIn(body)].flatMap((of) => ('clauses' in of ? of.clauses : []))
  const counting = [...loops, ...clauses].filter(
    ({ iterable }) =>
      iterable.kind === 'builtin' && (iterable.name === 'range' || iterable.name === 'enumerate'),
  )
  return new Set(counting.map(({ names }) => names[0]!.name))
}

function receiverName(type: string, taken: ReadonlySet<string>): string {
  const words = exported(type)
  const initial = words.charAt(0).toLowerCase()
  return freshName([initial, words.slice(0, 2).toLowerCase(), 'self'], taken)
}

/** A name of the surface language, and free in this function. */
export function fresh(writing: Writing, ...wanted: string[]): string {
  const name = wanted.find((one) => !writing.taken.has(unexported(one)))
  const chosen = name ?? freshName(wanted.map(unexported), writing.taken)
  writing.taken.add(unexported(chosen))
  return chosen
}

/** Runs something whose lines go elsewhere. */
export function captured<T>(writing: Writing, run: () => T): { value: T; lines: string[] } {
  const outer = writing.lines
  writing.lines = []
  try {
    const value = run()
    return { value, lines: writing.lines }
  } finally {
    writing.lines = outer
  }
}

/** Writes lines; text with line feeds is several. */
export function emit(writing: Writing, ...lines: string[]): void {
  writing.lines.push(...lines.flatMap((line) => line.split('\n')))
}

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `\t${line}`))
}

/** Takes note of what is known of lowered code: texts that are put together piece by piece, slices that fit. */
export function note(writing: Writing, { statements, sound = [] }: Lowered): void {
  for (const name of buildersIn(statements)) writing.builders.add(name)
  for (const slice of sound) writing.sound.add(slice)
}

/**
 * Runs something with a source of names, after which those that were only variables of loops are free again.
 */
export function borrowing<T>(
  writing: Writing,
  run: (fresh: Fresh) => { lowered: Lowered | undefined; value: T },
): T {
  const given = new Set<string>()
  const { lowered, value } = run((...wanted) => {
    const name = fresh(writing, ...wanted)
    given.add(name)
    return name
  })
  for (const statement of statementsIn(lowered?.statements ?? []))
    if (statement.kind === 'for')
      for (const { name } of statement.names) if (given.has(name)) writing.taken.delete(unexported(name))
  return value
}

/** A call of a function from `helpers.go`, which comes along with the program. */
export function helper(writing: Writing, name: string, ...args: Go[]): Go {
  const { helpers } = writing.module
  return call(helpers.get(name) ?? name, ...args)
}

export function variable(name: string): Go {
  return atom(unexported(name))
}

export function isLiteral(of: Expression): boolean {
  if (of.kind === 'convert' || of.kind === 'negate') return isLiteral(of.value)
  return (
    of.kind === 'int' ||
    of.kind === 'float' ||
    of.kind === 'bool' ||
    of.kind === 'string' ||
    of.kind === 'none'
  )
}

/** What can be written twice: a variable, a field of one, a literal. */
export function isSimple(of: Expression): boolean {
  if (of.kind === 'name' || of.kind === 'self' || isLiteral(of)) return true
  if (of.kind === 'field') return isSimple(of.of)
  if (of.kind === 'convert' || of.kind === 'unwrap') return isSimple(of.value)
  if (of.kind === 'index') return isSimple(of.of) && isSimple(of.index)
  return of.kind === 'builtin' && of.name === 'len' && isSimple(of.arguments[0]!)
}
