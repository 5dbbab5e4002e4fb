import type { Expression } from '../../language/program.ts'
import { lower } from '../lower.ts'
import { type Doc, group, type Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { arithmetic } from './arithmetic.ts'
import { builtin } from './builtins.ts'
import { comprehension } from './comprehensions.ts'
import { between, compare, membership, not } from './conditions.ts'
import { withoutDefaults } from './defaults.ts'
import { formatted } from './format.ts'
import { float, quoted } from './literals.ts'
import { intValue, isSimple } from './numbers.ts'
import { slice } from './slices.ts'
import { className, functionName, spell, variable } from './spelling.ts'
import { keyed } from './types.ts'
import { inside, NeedsStatements, type Writing } from './writing.ts'
import { atom, bind, call, conditional, infix, item, levels, list, number, prefix, send } from './written.ts'

/** An expression that stands for itself: an argument, an item, a right-hand side. */
export function expression(of: Expression, writing: Writing): Doc {
  return group(operand(of, writing).doc)
}

export function operand(of: Expression, writing: Writing): Operand {
  const inner = (part: Expression) => operand(part, writing)
  switch (of.kind) {
    case 'name':
      return atom(variable(of.name))
    case 'self':
      return atom('$this')
    case 'int':
      return number(of.value)
    case 'float':
      return { doc: float(of.value), level: of.value < 0 ? levels.unary : levels.atom }
    case 'bool':
      return atom(String(of.value))
    case 'string':
      return text(of.value)
    case 'none':
      return atom('null')
    case 'list':
    case 'tuple':
      return list(of.items.map((one) => expression(one, writing)))
    case 'set':
      return set(of, writing)
    case 'map':
      keyed((of.type as typeof of.type & { key: typeof of.type }).key)
      return list(
        of.entries.map(({ key, value }) => [expression(key, writing), ' => ', expression(value, writing)]),
      )
    case 'construct':
      return construct(of, writing)
    case 'call':
      return callOf(of, writing)
    case 'method': {
      const record = of.of.type.kind === 'record' ? of.of.type.name : ''
      const declared = writing.program.classes.find(({ name }) => name === record)
      const parameters = declared?.methods.find(({ name }) => name === of.name)?.parameters ?? []
      if (parameters.some(({ changed }) => changed))
        throw new Unsupported('a method that changes an argument')
      return send(
        inner(of.of),
        spell(of.name, 'function'),
        ...withoutDefaults(of.arguments, parameters).map(inner),
      )
    }
    case 'builtin':
      return builtin(of, writing)
    case 'index':
      return indexed(of, writing)
    case 'field':
      return {
        doc: [bind(inner(of.of), levels.postfix), `->${spell(of.name, 'field')}`],
        level: levels.postfix,
      }
    case 'slice':
      return slice(of, writing)
    case 'unwrap':
      return inner(of.value)
    case 'convert':
      return converted(of.value, of.type, writing)
    case 'negate':
      return prefix('-', inner(of.value))
    case 'invert':
      return prefix('~', inner(of.value))
    case 'not':
      return not(of.value, writing)
    case 'arithmetic':
      return arithmetic(of, writing)
    case 'logic': {
      const [operator, level] = of.operator === 'and' ? ['&&', levels.and] : ['||', levels.or]
      return orBefore(of, writing, () =>
        infix(inner(of.left), operator as string, operand(of.right, inside(writing)), level as number),
      )
    }
    case 'compare':
      return compare(of, writing)
    case 'between':
      return between(of, writing)
    case 'in':
      return membership(of, writing)
    case 'is-none':
      return {
        doc: [bind(inner(of.value), levels.comparison), of.negated ? ' !== null' : ' === null'],
        level: levels.equality,
      }
    case 'conditional':
      return orBefore(of, writing, () => {
        const branch = inside(writing)
        return conditional(inner(of.condition), operand(of.then, branch), operand(of.otherwise, branch))
      })
    case 'comprehension':
    case 'map-comprehension':
      return comprehension(of, writing)
    case 'lambda':
      throw new Unsupported('a function as a value')
    case 'format':
      return formatted(of.parts, writing)
  }
}

/** The expression by itself where that can be, else what statements before it have computed. */
export function orBefore(of: Expression, writing: Writing, write: () => Operand): Operand {
  try {
    return write()
  } catch (error) {
    if (!(error instanceof NeedsStatements)) throw error
    return hoisted(of, writing)
  }
}

/** Computes it in statements before: loops and branches. */
export function hoisted(of: Expression, writing: Writing): Operand {
  if (!writing.before) throw new NeedsStatements('an expression that takes statements')
  const lowered = lower(of, writing.fresh)
  if (!lowered) throw new Unsupported(of.kind === 'builtin' ? of.name : of.kind)
  writing.before(lowered.statements)
  return operand(lowered.value, writing)
}

/** Text of one byte a character, so that lengths are what they are in Python. */
function text(value: string): Operand {
  if (/\P{ASCII}/u.test(value)) throw new Unsupported('letters of several bytes')
  return atom(quoted(value))
}

function set(of: Expression & { kind: 'set' }, writing: Writing): Operand {
  if (of.type.kind === 'set') keyed(of.type.of)
  return list(of.items.map((one) => [expression(one, writing), ' => true']))
}

function construct(of: Expression & { kind: 'construct' }, writing: Writing): Operand {
  const parameters =
    writing.program.classes.find(({ name }) => name === of.name)?.constructor.parameters ?? []
  const args = withoutDefaults(of.arguments, parameters).map((arg) => operand(arg, writing))
  return { doc: ['new ', call(className(of.name), ...args).doc], level: levels.unary }
}

function callOf(of: Expression & { kind: 'call' }, writing: Writing): Operand {
  const { parameters } = writing.program.functions.find(({ name }) => name === of.function) ?? {}
  if (!parameters) throw new Unsupported('a function in a variable')
  const args = withoutDefaults(of.arguments, parameters)
  args.forEach((arg, index) => {
    const isPlace = ['name', 'field', 'index'].includes(arg.kind)
    if (writing.isReference(of.function, index) && !isPlace)
      throw new Unsupported('a value that a function changes')
  })
  return call(functionName(of.function), ...args.map((arg) => operand(arg, writing)))
}

/** Arrays are not counted from the end; strings are. */
function indexed(of: Expression & { kind: 'index' }, writing: Writing): Operand {
  const place = intValue(of.index)
  const receiver = operand(of.of, writing)
  if (of.of.type.kind !== 'list') return item(receiver, expression(of.index, writing))
  if (place !== undefined && place < 0) {
    if (!isSimple(of.of) && of.of.kind !== 'index')
      throw new Unsupported('the end of a list that is computed')
    return item(receiver, infix(call('count', receiver), '-', number(-place), levels.sum).doc)
  }
  const index = operand(of.index, writing)
  if (place !== undefined || writing.knowledge.atLeast(of.index, 0)) return item(receiver, group(index.doc))
  if (!isSimple(of.of) || !isSimple(of.index)) throw new Unsupported('an index that may be negative')
  const fromEnd = infix(call('count', receiver), '+', index, levels.sum)
  return item(receiver, conditional(compareZero(index), fromEnd, index).doc)
}

function compareZero(of: Operand): Operand {
  return { doc: [bind(of, levels.sum), ' < 0'], level: levels.comparison }
}

function converted(value: Expression, type: Expression['type'], writing: Writing): Operand {
  if (type.kind === 'float' && value.type.kind === 'int') {
    const literal = intValue(value)
    if (literal !== undefined) return operand({ kind: 'float', value: literal, type }, writing)
    return prefix('(float) ', operand(value, writing))
  }
  return operand(value, writing)
}
