import type { Expression } from '../../language/program.ts'
import { type Lowered, lower } from '../lower.ts'
import { Unsupported } from '../renderer.ts'
import { call as callOf, construct, methodCall } from './calls.ts'
import { characters, looseChar } from './characters.ts'
import { between, comparison, membership } from './comparisons.ts'
import { isEffectful } from './effects.ts'
import { formatted } from './format.ts'
import { library } from './library.ts'
import { float, quoted, quotedRune } from './literals.ts'
import { unexported } from './names.ts'
import { arithmetic } from './operators.ts'
import { pair, pointer } from './optionals.ts'
import { fieldName, place } from './places.ts'
import { sliced } from './slices.ts'
import { block } from './statements.ts'
import { atom, binary, call, composite, type Go, method, negated, print, select, unary } from './syntax.ts'
import { goType, isNilable } from './types.ts'
import { borrowing, captured, emit, fresh, note, variable, type Writing } from './writing.ts'

/** `read`: only looked at, so that a slice may share its items with the list; `keep`: it may live on. */
export type Use = 'read' | 'keep'

/** An expression; what it needs before it is written to `writing.lines`. */
export function expression(of: Expression, writing: Writing, use: Use = 'keep'): Go {
  const shapes = writing.module.survey
  const { goal } = writing
  writing.goal = undefined
  const inner = (part: Expression) => expression(part, writing, use)
  switch (of.kind) {
    case 'name':
      return name(of, writing)
    case 'self':
      return atom(writing.receiver)
    case 'int':
      return atom(String(of.value))
    case 'float':
      return float(of.value)
    case 'bool':
      return atom(String(of.value))
    case 'string':
      return atom(of.type.kind === 'char' ? quotedRune(of.value) : quoted(of.value))
    case 'none':
      return atom('nil')
    case 'list':
      return composite(goType(of.type, shapes), values(of.items, writing))
    case 'set':
      return composite(
        goType(of.type, shapes),
        values(of.items, writing).map((key) => ({ key, value: atom('true') })),
      )
    case 'map':
      return map(of, writing)
    case 'tuple':
      return composite(goType(of.type, shapes), values(of.items, writing))
    case 'construct':
      return construct(of, writing, goal)
    case 'call':
      return callOf(of, writing, goal)
    case 'method':
      return methodCall(of, writing, goal)
    case 'builtin':
      return library(of, writing, use, goal)
    case 'index':
      return indexed(of, writing)
    case 'field':
      return select(expression(of.of, writing, 'read'), fieldName(of, writing))
    case 'slice':
      return sliced(of, writing, use)
    case 'unwrap':
      return isNilable(of.type, shapes) ? inner(of.value) : pair(of.value, writing).value
    case 'convert':
      return converted(of, writing, use)
    case 'negate': {
      const value = inner(of.value)
      return value.kind === 'atom' && /^\d/.test(value.text) ? atom(`-${value.text}`) : unary('-', value)
    }
    case 'invert':
      return unary('^', inner(of.value))
    case 'not':
      return negated(expression(of.value, writing, 'read'))
    case 'arithmetic':
      return arithmetic(of, writing, goal)
    case 'compare':
      return comparison(of, writing)
    case 'between':
      return between(of, writing)
    case 'in':
      return membership(of, writing)
    case 'is-none': {
      const flag = pair(of.value, writing).ok
      return of.negated ? flag : negated(flag)
    }
    case 'logic':
      return logic(of, writing)
    case 'conditional':
    case 'comprehension':
    case 'map-comprehension':
      return lowered(of, writing, goal)
    case 'format':
      return formatted(of.parts, writing)
    case 'lambda':
      throw new Unsupported('a function as a value')
  }
}

function name(of: Expression & { kind: 'name' }, writing: Writing): Go {
  if (writing.flags.has(of.name)) throw new Unsupported('an optional variable that is handed on')
  if (of.type.kind === 'char') return characters(of, writing)
  if (writing.builders.has(of.name)) return method(variable(of.name), 'String')
  return writing.pointers.has(of.name) ? unary('*', variable(of.name)) : variable(of.name)
}

/**
 * Several expressions, computed from left to right: where a later one needs lines before it, what they could change
 * is computed before them.
 */
export function several<T extends Expression>(
  of: readonly T[],
  writing: Writing,
  write: (part: T, index: number) => Go,
): Go[] {
  const done: Go[] = []
  of.forEach((part, index) => {
    const before = writing.lines.length
    const go = write(part, index)
    if (writing.lines.length > before) {
      const changes = isEffectful(part, writing.module.survey)
      const spilt: string[] = []
      done.forEach((earlier, place) => {
        const source = of[place]!
        const moves = changes ? !isSteady(source) : isEffectful(source, writing.module.survey)
        if (!moves) return
        const kept = unexported(fresh(writing, 'value', 'first'))
        spilt.push(`${kept} := ${print(earlier)}`)
        done[place] = atom(kept)
      })
      writing.lines.splice(before, 0, ...spilt)
    }
    done.push(go)
  })
  return done
}

/** What no statement can change but an assignment to it. */
function isSteady(of: Expression): boolean {
  const isPlain = ['int', 'float', 'bool', 'string', 'char', 'date', 'days'].includes(of.type.kind)
  return (
    (of.kind === 'name' && isPlain) ||
    of.kind === 'int' ||
    of.kind === 'string' ||
    of.kind === 'float' ||
    of.kind === 'bool'
  )
}

export function values(of: readonly Expression[], writing: Writing): Go[] {
  return several(of, writing, (part) => expression(part, writing))
}

function map(of: Expression & { kind: 'map' }, writing: Writing): Go {
  const type = goType(of.type, writing.module.survey)
  if (of.entries.length === 0 && writing.module.choices.makeMaps) return call('make', atom(type))
  const parts = values(
    of.entries.flatMap(({ key, value }) => [key, value]),
    writing,
  )
  const keys = of.entries.map(({ key }) => JSON.stringify(key))
  if (new Set(keys).size < keys.length) throw new Unsupported('a key that stands twice in a map')
  return composite(
    type,
    of.entries.map((_, place) => ({ key: parts[2 * place]!, value: parts[2 * place + 1]! })),
  )
}

function indexed(of: Expression & { kind: 'index' }, writing: Writing): Go {
  if (of.type.kind === 'char' && of.of.type.kind === 'string') return call('rune', looseChar(of, writing).go)
  return place(of, writing)
}

function converted(of: Expression & { kind: 'convert' }, writing: Writing, use: Use): Go {
  const { value, type } = of
  const from = value.type
  if (type.kind === 'optional' && from.kind !== 'optional') return pointer(of, writing)
  if (type.kind === 'float' && from.kind === 'int') {
    if (value.kind === 'int') return float(value.value)
    if (value.kind === 'negate' && value.value.kind === 'int') return float(-value.value.value)
    return call('float64', expression(value, writing))
  }
  if (type.kind === 'string' && from.kind === 'char') {
    if (value.kind === 'string') return atom(quoted(value.value))
    return call('string', looseChar(value, writing).go)
  }
  if (goType(type, writing.module.survey) === goType(from, writing.module.survey))
    return expression(value, writing, use)
  return widened(of, writing)
}

/** A new list, set or map whose items are converted one by one: `list(word)` as a `list[str]`. */
function widened(of: Expression & { kind: 'convert' }, writing: Writing): Go {
  const { value, type } = of
  if (value.kind === 'list' && type.kind === 'list')
    return expression(
      { ...value, items: value.items.map((item) => ({ kind: 'convert', value: item, type: type.of })), type },
      writing,
    )
  const isText = type.kind === 'list' && type.of.kind === 'string'
  if (
    isText &&
    value.kind === 'builtin' &&
    value.name === 'list' &&
    value.arguments[0]!.type.kind === 'string'
  )
    return call('strings.Split', expression(value.arguments[0]!, writing), atom('""'))
  if (value.type.kind === type.kind && (type.kind === 'list' || type.kind === 'set')) {
    const from = (value.type as typeof type).of
    const item = fresh(writing, from.kind === 'char' ? 'char' : 'item', 'element')
    return expression(
      {
        kind: 'comprehension',
        form: type.kind,
        item: { kind: 'convert', value: { kind: 'name', name: item, type: from }, type: type.of },
        clauses: [{ names: [{ name: item, type: from }], iterable: value, conditions: [] }],
        type,
      },
      writing,
    )
  }
  throw new Unsupported('a conversion of what a container holds')
}

function logic(of: Expression & { kind: 'logic' }, writing: Writing): Go {
  const left = expression(of.left, writing, 'read')
  const right = captured(writing, () => expression(of.right, writing, 'read'))
  if (right.lines.length === 0) return binary(left, of.operator === 'and' ? '&&' : '||', right.value)
  // The left side is written already: its variable stands for it.
  const kept = unexported(fresh(writing, 'ok', 'holds'))
  emit(writing, `${kept} := ${print(left)}`)
  emit(writing, `if ${of.operator === 'and' ? kept : `!${kept}`} {`)
  emit(writing, ...right.lines.map((line) => `\t${line}`), `\t${kept} = ${print(right.value)}`, '}')
  return atom(kept)
}

/** As loops and branches before the statement. */
export function lowered(of: Expression, writing: Writing, goal?: string): Go {
  return borrowing(writing, (names) => {
    // A text that is put together has a builder, and its own variable only in the end.
    const isText = of.kind === 'builtin' && of.name === 'str.join'
    const wanted = goal === undefined || isText ? undefined : { name: goal, declared: false }
    const simpler = lower(of, names, wanted)
    if (!simpler) throw new Unsupported(`${of.kind} here`)
    return { lowered: simpler, value: afterwards(simpler, writing) }
  })
}

export function afterwards(simpler: Lowered, writing: Writing): Go {
  note(writing, simpler)
  emit(writing, ...block(simpler.statements, writing, [{ kind: 'expression', value: simpler.value }]))
  return expression(simpler.value, writing)
}
