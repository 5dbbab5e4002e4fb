import type { Arithmetic, Expression, NameExpression, Statement, Target } from '../../language/program.ts'
import * as build from '../build.ts'
import { lower } from '../lower.ts'
import { Unsupported } from '../renderer.ts'
import { isUsed, occursIn } from '../uses.ts'
import { callParts, shapeOf } from './calls.ts'
import { looseChar } from './characters.ts'
import { expression } from './expressions.ts'
import { checkError } from './failing.ts'
import { repeatedList } from './lists.ts'
import { lowers } from './lowers.ts'
import { expressionStatement } from './mutations.ts'
import { unexported } from './names.ts'
import { updated } from './operators.ts'
import { assignOptional, declareOptional } from './optional-variables.ts'
import { item, place } from './places.ts'
import { block, tupleValues } from './statements.ts'
import { atom, call, type Go, print, printAll } from './syntax.ts'
import { goType, isNilable, zeroOf } from './types.ts'
import { borrowing, emit, fresh, indented, isSimple, note, variable, type Writing } from './writing.ts'

type Declare = Statement & { kind: 'declare' }

export function declare(of: Declare, writing: Writing, rest: readonly Statement[]): void {
  const { name, type, value } = of
  const { survey, choices } = writing.module
  const own = unexported(name)
  if (!isUsed(name, rest)) {
    if (!value) return
    if (isConstant(value)) throw new Unsupported('a variable that is not read')
    expressionStatement(value, writing)
    return
  }
  if (type.kind === 'optional' && !isNilable(type.of, survey)) {
    declareOptional(of, writing, rest)
    return
  }
  if (writing.builders.has(name)) {
    emit(writing, `var ${own} strings.Builder`)
    return
  }
  if (!value || (isNilable(type.kind === 'optional' ? type.of : type, survey) && value.kind === 'none')) {
    emit(writing, `var ${own} ${goType(type, survey)}`)
    return
  }
  if (value.kind === 'list' && value.items.length === 0 && choices.nilSlices) {
    emit(writing, `var ${own} ${goType(type, survey)}`)
    return
  }
  if (declareFilled(of, value, writing)) return
  if (type.kind === 'char' && staysByte(name, value, writing)) {
    writing.bytes.add(name)
    emit(writing, `${own} := ${print(looseChar(value, writing).go)}`)
    return
  }
  const made = goalExpression(value, own, writing)
  if (print(made) !== own) emit(writing, `${own} := ${print(made)}`)
}

function isConstant(of: Expression): boolean {
  return ['int', 'float', 'bool', 'string', 'none', 'name'].includes(of.kind)
}

/** An expression that may declare the variable by itself, as `n, err := …` does. */
function goalExpression(value: Expression, own: string, writing: Writing): Go {
  if (value.kind === 'arithmetic' && value.operator === '*' && value.type.kind === 'list')
    return repeatedList(value, writing, own)
  writing.goal = own
  return expression(value, writing)
}

/** `[0 for _ in range(n)]` and tables: made in full length, then filled. */
function declareFilled({ name, type }: Declare, value: Expression, writing: Writing): boolean {
  if (value.kind !== 'comprehension' || value.form !== 'list' || value.clauses.length !== 1) return false
  const [{ iterable, conditions, names }] = value.clauses as [(typeof value.clauses)[0]]
  const isRange = iterable.kind === 'builtin' && iterable.name === 'range' && iterable.arguments.length === 1
  if (!isRange || conditions.length > 0 || occursIn(value.item, name)) return false
  const own = unexported(name)
  const counter = names[0]!.name
  const isCounted = occursIn(value.item, counter)
  const i = isCounted ? unexported(counter) : unexported(fresh(writing, 'i', 'row'))
  const [count] = (iterable as Expression & { kind: 'builtin' }).arguments
  emit(
    writing,
    `${own} := make(${printAll([atom(goType(type, writing.module.survey)), expression(count!, writing)], 2)})`,
  )
  const target: Statement = {
    kind: 'assign',
    target: build.itemOf(
      build.nameOf(name, type),
      build.nameOf(isCounted ? counter : i, { kind: 'int' }),
      value.item.type,
    ),
    value: value.item,
  }
  if (
    !isCounted &&
    print(expressionIn(value.item, writing)) === print(zeroOf(value.item.type, writing.module.survey))
  )
    return true
  emit(writing, `for ${i} := range ${own} {`, ...indented(block([target], writing)), '}')
  return true
}

function expressionIn(of: Expression, writing: Writing): Go {
  return of.kind === 'int' || of.kind === 'string' || of.kind === 'bool' ? expression(of, writing) : atom('?')
}

/** Whether a variable of a character can hold a byte: it is given nothing but items of strings. */
function staysByte(name: string, value: Expression, writing: Writing): boolean {
  const isItem = (of: Expression) => of.kind === 'index' && of.of.type.kind === 'string'
  return isItem(value) && !writing.assigned.has(name)
}

export function assign({ target, value }: Statement & { kind: 'assign' }, writing: Writing): void {
  const { survey } = writing.module
  if (target.type.kind === 'optional' && !isNilable(target.type.of, survey)) {
    assignOptional(target, value, writing)
    return
  }
  if (assignShort(target, value, writing)) return
  if (value.kind === 'conditional' && isSimple(target)) {
    emit(writing, ...block([chosen(value, (of) => ({ kind: 'assign', target, value: of }), target)], writing))
    return
  }
  if (target.kind === 'name' && fillsDirectly(target, value, writing)) return
  if (target.kind === 'name') {
    const made =
      target.type.kind === 'char' && writing.bytes.has(target.name)
        ? looseChar(value, writing).go
        : expression(value, writing)
    emit(writing, `${print(place(target, writing))} = ${print(made)}`)
    return
  }
  const made = expression(value, writing)
  emit(writing, `${print(place(target, writing))} = ${print(made)}`)
}

/** A statement for each side of a choice; nothing where a side is the target itself. */
function chosen(
  { condition, then, otherwise }: Expression & { kind: 'conditional' },
  give: (of: Expression) => Statement,
  target?: Expression,
): Statement {
  const side = (of: Expression) => (JSON.stringify(of) === JSON.stringify(target) ? [] : [give(of)])
  const [yes, no] = [side(then), side(otherwise)]
  return yes.length === 0 ? build.when(build.not(condition), no) : build.when(condition, yes, no)
}

/** A variable that is given what loops make is filled by them. */
function fillsDirectly(target: NameExpression, value: Expression, writing: Writing): boolean {
  if (!lowers(value) || occursIn(value, target.name) || writing.builders.has(target.name)) return false
  return borrowing(writing, (names) => {
    const simpler = lower(value, names, { name: target.name, declared: true })
    const direct = simpler?.value.kind === 'name' && simpler.value.name === target.name
    if (!simpler || !direct || growsText(simpler.statements)) return { lowered: simpler, value: false }
    note(writing, simpler)
    emit(writing, ...block(simpler.statements, writing))
    return { lowered: simpler, value: true }
  })
}

function growsText(statements: readonly Statement[]): boolean {
  return statements.some((of) => of.kind === 'assign' && of.value.type.kind === 'string')
}

/** `n += x` for `n = n + x`, `append` for `xs = xs + [x]`, and `if` for `best = max(best, x)`. */
function assignShort(target: Target, value: Expression, writing: Writing): boolean {
  const same = (of: Expression) => JSON.stringify(of) === JSON.stringify(target)
  if (
    value.kind === 'builtin' &&
    (value.name === 'min' || value.name === 'max') &&
    value.arguments.length === 2
  ) {
    const [a, b] = value.arguments as [Expression, Expression]
    const other = same(a) ? b : same(b) ? a : undefined
    if (!other || value.options?.key || target.kind !== 'name' || !isShort(other)) return false
    const better = build.compare(other, value.name === 'min' ? '<' : '>', target)
    emit(writing, ...block([build.when(better, [{ kind: 'assign', target, value: other }])], writing))
    return true
  }
  if (value.kind !== 'arithmetic' || target.kind !== 'index') return false
  const { left, right, operator } = value
  const counts =
    left.kind === 'builtin' &&
    left.name === 'dict.get' &&
    left.arguments.length === 3 &&
    JSON.stringify(left.arguments.slice(0, 2)) === JSON.stringify([target.of, target.index]) &&
    isZero(left.arguments[2]!) &&
    target.of.type.kind === 'map'
  if (!counts || (operator !== '+' && operator !== '-') || target.type.kind === 'list') return false
  update({ kind: 'update', target, operator, value: right }, writing)
  return true
}

function isShort(of: Expression): boolean {
  return (
    of.kind === 'name' ||
    of.kind === 'index' ||
    of.kind === 'field' ||
    (of.kind === 'arithmetic' && isShort(of.left))
  )
}

function isZero(of: Expression): boolean {
  return (
    ((of.kind === 'int' || of.kind === 'float') && of.value === 0) ||
    (of.kind === 'string' && of.value === '')
  )
}

export function update({ target, operator, value }: Statement & { kind: 'update' }, writing: Writing): void {
  if (value.kind === 'conditional' && isSimple(target)) {
    const give = (of: Expression): Statement => ({ kind: 'update', target, operator, value: of })
    emit(writing, ...block([chosen(value, give)], writing))
    return
  }
  if (target.kind === 'name' && writing.builders.has(target.name)) {
    grow(target.name, value, writing)
    return
  }
  const { type } = target
  if (type.kind === 'list' && operator === '+') {
    expressionStatement(build.call('list.extend', { kind: 'none' }, target, value), writing)
    return
  }
  const isPlain =
    (type.kind === 'string' && operator === '+') ||
    (type.kind === 'float' && ['+', '-', '*', '/'].includes(operator)) ||
    ((type.kind === 'int' || type.kind === 'days') && isPlainInteger(target, operator, value, writing))
  if (!isPlain) {
    assign({ kind: 'assign', target, value: updated(target, operator, value, type) }, writing)
    return
  }
  const held = print(target.kind === 'index' ? item(target, writing) : place(target, writing))
  const isOne = value.kind === 'int' && value.value === 1
  if (isOne && operator === '+') {
    emit(writing, `${held}++`)
    return
  }
  if (isOne && operator === '-') {
    emit(writing, `${held}--`)
    return
  }
  const isWhole = type.kind === 'float' && value.kind === 'convert' && value.value.kind === 'int'
  const made = print(expression(isWhole ? value.value : value, writing))
  emit(writing, `${held} ${goOperator(operator)}= ${made}`)
}

function goOperator(operator: Arithmetic): string {
  return operator === '//' ? '/' : operator
}

function isPlainInteger(
  target: Expression,
  operator: Arithmetic,
  value: Expression,
  writing: Writing,
): boolean {
  if (operator === '**') return false
  if (operator !== '//' && operator !== '%') return true
  if (operator === '//' && writing.knowledge.divides(target, value)) return true
  return writing.knowledge.atLeast(target, 0) && writing.knowledge.atLeast(value, 1)
}

/** `text += piece` of a `strings.Builder`. */
function grow(name: string, value: Expression, writing: Writing): void {
  const own = unexported(name)
  if (value.kind === 'convert' && value.value.type.kind === 'char' && value.value.kind !== 'string') {
    const { go, form } = looseChar(value.value, writing)
    emit(writing, print(call(`${own}.${form === 'byte' ? 'WriteByte' : 'WriteRune'}`, go)))
    return
  }
  const made = expression(value, writing)
  if (made.kind === 'call' && made.of.kind === 'atom' && made.of.text === 'fmt.Sprintf') {
    emit(writing, print(call('fmt.Fprintf', atom(`&${own}`), ...made.arguments)))
    return
  }
  emit(writing, print(call(`${own}.WriteString`, made)))
}

export function unpack(
  of: Statement & { kind: 'unpack' },
  writing: Writing,
  rest: readonly Statement[],
): void {
  const { targets, declares, value } = of
  if (
    targets.some(
      (target) => target.type.kind === 'optional' && !isNilable(target.type.of, writing.module.survey),
    )
  )
    throw new Unsupported('optionals that are taken apart')
  refuseLateIndices(targets)
  const used = targets.map(
    (target, at) => !declares[at] || (target.kind === 'name' && isUsed(target.name, rest)),
  )
  const shape = shapeOf(value, writing)
  if (shape && !shape.flag && shape.types.length === targets.length) {
    const direct = targets.every((target, at) => target.kind === 'name' && declares[at])
    const names = targets.map((target, at) =>
      used[at] ? (direct ? unexported((target as { name: string }).name) : undefined) : '_',
    )
    if (direct) {
      callParts(value, writing, names as string[])
      return
    }
    const made = callParts(value, writing, [])
    give(targets, declares, used, made, writing)
    return
  }
  give(targets, declares, used, partsOf(value, used, writing), writing)
}

/** Python computes the index of a later target after the first is assigned, Go before. */
function refuseLateIndices(targets: readonly Target[]): void {
  targets.forEach((target, at) => {
    if (target.kind === 'name') return
    const earlier = targets.slice(0, at).flatMap((one) => (one.kind === 'name' ? [one.name] : []))
    if (earlier.some((name) => occursIn(target, name)))
      throw new Unsupported('an index that is assigned beside it')
  })
}

/** What there is to give: values, or a call of `strings.Cut`. */
type Parts = Go[] | { cut: Go; separator: Go }

function partsOf(value: Expression, used: readonly boolean[], writing: Writing): Parts {
  if (value.kind === 'builtin' && value.name === 'str.partition') {
    const [text, separator] = value.arguments.map((part) => expression(part, writing))
    return { cut: call('strings.Cut', text!, separator!), separator: separator! }
  }
  if (value.type.kind === 'tuple') return tupleValues(value, value.type, writing)
  const count = used.length
  const held =
    value.kind === 'name'
      ? variable(value.name)
      : atom(unexported(fresh(writing, 'parts', 'fields', 'pieces')))
  if (value.kind !== 'name') emit(writing, `${print(held)} := ${print(expression(value, writing))}`)
  const isTry = writing.failing !== undefined && writing.failing.kind !== 'return'
  if (isTry)
    checkError(writing, `len(${print(held)}) != ${count}`, () =>
      call('errors.New', atom('"wrong number of values"')),
    )
  return used.map((_, at) => ({ kind: 'index', of: held, index: atom(String(at)) }))
}

/** `a, b := x, y`; with old variables among the new ones, those are declared first. */
function give(
  targets: readonly Target[],
  declares: readonly boolean[],
  used: readonly boolean[],
  parts: Parts,
  writing: Writing,
): void {
  const kept = targets.flatMap((_, at) => (used[at] ? [at] : []))
  if (kept.length === 0) return
  const isNew = kept.every((at) => declares[at])
  if (!isNew)
    for (const at of kept) {
      const target = targets[at]!
      if (declares[at] && target.kind === 'name')
        emit(writing, `var ${unexported(target.name)} ${goType(target.type, writing.module.survey)}`)
    }
  const sign = isNew ? ':=' : '='
  if (!Array.isArray(parts)) {
    const [first, middle, last] = targets.map((target, at) =>
      used[at] ? print(place(target, writing)) : '_',
    )
    const found = middle === '_' ? '_' : unexported(fresh(writing, 'found', 'ok'))
    emit(writing, `${first}, ${last}, ${found} ${sign} ${print(parts.cut)}`)
    if (middle === '_') return
    emit(writing, `${middle} ${sign} ""`, `if ${found} {`, `\t${middle} = ${print(parts.separator)}`, '}')
    return
  }
  const left = kept.map((at) => place(targets[at]!, writing))
  const depth = kept.length > 1 ? 2 : 1
  emit(
    writing,
    `${printAll(left, depth)} ${sign} ${printAll(
      kept.map((at) => parts[at]!),
      depth,
    )}`,
  )
}
