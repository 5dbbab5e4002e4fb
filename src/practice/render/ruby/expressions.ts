import type { Expression } from '../../language/program.ts'
import { bracketed, type Doc, group, indent, line, type Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { arithmetic } from './arithmetic.ts'
import { builtin } from './builtins.ts'
import { comprehension, mapComprehension } from './comprehensions.ts'
import { between, compare, membership, not } from './conditions.ts'
import { withoutDefaults } from './defaults.ts'
import { formatted } from './format.ts'
import { float, quoted } from './literals.ts'
import { intValue } from './numbers.ts'
import { slice } from './slices.ts'
import { spell, spellFunction } from './spelling.ts'
import type { Writing } from './writing.ts'
import { atom, bind, call, conditional, index, infix, levels, prefix, send, withBlock } from './written.ts'

/** An expression that stands for itself: an argument, an item, a right-hand side. */
export function expression(of: Expression, writing: Writing): Doc {
  return group(operand(of, writing).doc)
}

export function operand(of: Expression, writing: Writing): Operand {
  const inner = (part: Expression) => operand(part, writing)
  switch (of.kind) {
    case 'name':
      return atom(spell(of.name, 'variable'))
    case 'self':
      return atom('self')
    case 'int':
      return { doc: integer(of.value), level: of.value < 0 ? levels.minus : levels.atom }
    case 'float':
      return { doc: float(of.value), level: of.value < 0 ? levels.minus : levels.atom }
    case 'bool':
      return atom(String(of.value))
    case 'string':
      return atom(quoted(of.value, writing.quote))
    case 'none':
      return atom('nil')
    case 'list':
    case 'tuple':
      return atom(
        bracketed(
          '[',
          of.items.map((item) => expression(item, writing)),
          ']',
        ),
      )
    case 'set':
      writing.requires.add('set')
      if (of.items.length === 0) return call('Set.new')
      return atom(
        bracketed(
          'Set[',
          of.items.map((item) => expression(item, writing)),
          ']',
        ),
      )
    case 'map':
      return atom(hash(of.entries, writing))
    case 'construct':
      return construct(of, writing)
    case 'call': {
      const { parameters } = writing.program.functions.find(({ name }) => name === of.function) ?? {}
      if (!parameters) throw new Unsupported('a function in a variable')
      const args = withoutDefaults(of.arguments, parameters).map((arg) => expression(arg, writing))
      return args.length === 0
        ? atom(`${spellFunction(of.function)}()`)
        : call(spellFunction(of.function), ...args)
    }
    case 'method':
      return method(of, writing)
    case 'builtin':
      return builtin(of, writing)
    case 'index':
      return item(of, writing)
    case 'field':
      return of.of.kind === 'self'
        ? atom(`@${spell(of.name, 'field')}`)
        : send(inner(of.of), spell(of.name, 'field'))
    case 'slice':
      return slice(of, writing)
    case 'unwrap':
      return inner(of.value)
    case 'convert':
      return converted(of.value, of.type, writing)
    case 'negate':
      return prefix('-', inner(of.value), levels.minus)
    case 'invert':
      return prefix('~', inner(of.value), levels.unary)
    case 'not':
      return not(of.value, writing)
    case 'arithmetic':
      return arithmetic(of, writing)
    case 'logic': {
      const [operator, level] = of.operator === 'and' ? ['&&', levels.and] : ['||', levels.or]
      return infix(inner(of.left), operator as string, inner(of.right), level as number)
    }
    case 'compare':
      return compare(of, writing)
    case 'between':
      return between(of, writing)
    case 'in':
      return membership(of, writing)
    case 'is-none': {
      const isNil = send(inner(of.value), 'nil?')
      return of.negated ? prefix('!', isNil, levels.unary) : isNil
    }
    case 'conditional':
      return conditional(inner(of.condition), inner(of.then), inner(of.otherwise))
    case 'comprehension':
      return comprehension(of, writing)
    case 'map-comprehension':
      return mapComprehension(of, writing)
    case 'lambda':
      throw new Unsupported('a function as a value')
    case 'format':
      return formatted(of.parts, writing)
  }
}

/** Thousands are parted from a million on. */
function integer(value: number): string {
  return Math.abs(value) < 1e6 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, '_')
}

function hash(entries: readonly { key: Expression; value: Expression }[], writing: Writing): Doc {
  if (entries.length === 0) return '{}'
  const written = entries.map(({ key, value }) => [
    expression(key, writing),
    ' => ',
    expression(value, writing),
  ])
  const items = written.flatMap((entry, at) => (at === 0 ? [entry] : [',', line, entry]))
  return group('{', indent(line, items), line, '}')
}

function construct(of: Expression & { kind: 'construct' }, writing: Writing): Operand {
  const parameters =
    writing.program.classes.find(({ name }) => name === of.name)?.constructor.parameters ?? []
  const args = withoutDefaults(of.arguments, parameters).map((arg) => expression(arg, writing))
  return call(`${spell(of.name, 'type')}.new`, ...args)
}

function method(of: Expression & { kind: 'method' }, writing: Writing): Operand {
  const record = of.of.type.kind === 'record' ? of.of.type.name : ''
  const declared = writing.program.classes.find(({ name }) => name === record)
  const parameters = declared?.methods.find(({ name }) => name === of.name)?.parameters ?? []
  const args = withoutDefaults(of.arguments, parameters).map((arg) => expression(arg, writing))
  const name = spell(of.name, 'function')
  if (of.of.kind !== 'self') return send(operand(of.of, writing), name, ...args)
  return args.length === 0 && !/[?!]$/.test(name) ? send(atom('self'), name) : call(name, ...args)
}

function item(of: Expression & { kind: 'index' }, writing: Writing): Operand {
  const place = intValue(of.index)
  if (of.of.kind === 'tuple' && place !== undefined && of.of.items[place])
    return operand(of.of.items[place], writing)
  const receiver = operand(of.of, writing)
  if (writing.ends && of.of.type.kind === 'list') {
    if (place === 0) return send(receiver, 'first')
    if (place === -1) return send(receiver, 'last')
  }
  return index(receiver, expression(of.index, writing))
}

/** An int that has to be a float: what is only typed wider stays as it is. */
function converted(value: Expression, type: Expression['type'], writing: Writing): Operand {
  if (type.kind === 'float' && value.type.kind === 'int') {
    const number = intValue(value)
    if (number !== undefined) return operand({ kind: 'float', value: number, type }, writing)
    return send(operand(value, writing), 'to_f')
  }
  if (
    type.kind === 'list' &&
    type.of.kind === 'float' &&
    value.type.kind === 'list' &&
    value.type.of.kind === 'int'
  )
    return withBlock(operand(value, writing), 'map', 'n', 'n.to_f')
  return operand(value, writing)
}

/** The receiver of a method in brackets where it needs them. */
export function receiver(of: Expression, writing: Writing): Doc {
  return bind(operand(of, writing), levels.postfix)
}
