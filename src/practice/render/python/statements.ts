import type { Expression, Statement } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { patternsOf } from '../patterns.ts'
import { type Doc, group, hardline, ifBroken, indent, join, line, type Operand, softline } from '../print.ts'
import { annotation } from './annotations.ts'
import { bind, condition, expression, levels, operand } from './expressions.ts'
import type { Writing } from './writing.ts'

/** Statements, each on lines of its own; `pass` where there are none. */
export function block(statements: readonly Statement[], writing: Writing): Doc {
  const written = statements.flatMap((of) => {
    if (of.kind !== 'declare' || of.value !== undefined) return [statement(of, writing)]
    writing.undeclared.add(of.name)
    return []
  })
  return written.length === 0 ? 'pass' : join(hardline, written)
}

/** `head:` and the block below it. */
export function suite(head: Doc, body: Doc): Doc {
  return [head, ':', indent(hardline, body)]
}

function statement(of: Statement, writing: Writing): Doc {
  const nested = (statements: readonly Statement[]) => block(statements, writing)
  switch (of.kind) {
    case 'declare':
      return assignment(of.name, of.type, true, of.value!, writing)
    case 'assign': {
      const { target } = of
      const declares =
        (target.kind === 'field' && writing.constructing) ||
        (target.kind === 'name' && writing.undeclared.has(target.name))
      return assignment(expression(target, writing), target.type, declares, of.value, writing)
    }
    case 'update':
      return [expression(of.target, writing), ` ${of.operator}= `, value(of.value, writing)]
    case 'unpack':
      return [
        join(
          ', ',
          of.targets.map((target) => expression(target, writing)),
        ),
        ' = ',
        several(of.value, writing),
      ]
    case 'delete':
      return ['del ', expression(of.target, writing)]
    case 'expression':
      return value(of.value, writing)
    case 'if': {
      const branches = of.branches.map(({ condition, body }, index) =>
        suite([index === 0 ? 'if ' : 'elif ', held(condition, writing)], nested(body)),
      )
      if (of.otherwise.length > 0) branches.push(suite('else', nested(of.otherwise)))
      return join(hardline, branches)
    }
    case 'while':
      return suite(['while ', held(of.condition, writing)], nested(of.body))
    case 'for': {
      const { patterns, body } = patternsOf(of)
      const names = patterns.map((pattern) =>
        Array.isArray(pattern) ? `(${pattern.map(({ name }) => name).join(', ')})` : pattern.name,
      )
      return suite([`for ${names.join(', ')} in `, value(of.iterable, writing)], nested(body))
    }
    case 'return':
      return of.value === undefined ? 'return' : ['return ', several(of.value, writing)]
    case 'break':
    case 'continue':
      return of.kind
    case 'raise':
      return ['raise ValueError(', expression(of.message, writing), ')']
    case 'try':
      return [suite('try', nested(of.body)), hardline, suite('except ValueError', nested(of.handler))]
  }
}

function assignment(target: Doc, type: Type, declares: boolean, of: Expression, writing: Writing): Doc {
  const typed = writing.types && declares && saysNoType(of) ? `: ${annotation(type, writing)}` : ''
  return [target, typed, ' = ', value(of, writing)]
}

/** A value whose type is to be written beside it, since it does not show. */
function saysNoType(value: Expression): boolean {
  switch (value.kind) {
    case 'none':
      return true
    case 'convert':
      return value.type.kind === 'optional' || saysNoType(value.value)
    case 'list':
    case 'set':
      return value.items.length === 0
    case 'map':
      return value.entries.length === 0
    default:
      return false
  }
}

/** A value at the end of a statement's line: where it is too long and has no brackets to break at, it is given some. */
function value(of: Expression, writing: Writing): Doc {
  return breakable(operand(of, writing))
}

function held(of: Expression, writing: Writing): Doc {
  return breakable(condition(of, writing))
}

function breakable({ doc, level }: Operand): Doc {
  if (level >= levels.postfix) return doc
  return group(ifBroken('('), indent(softline, doc), softline, ifBroken(')'))
}

/** A tuple without brackets where it fits: `return low, high`. */
function several(of: Expression, writing: Writing): Doc {
  if (of.kind === 'convert') return several(of.value, writing)
  if (of.kind !== 'tuple' || of.items.length < 2) return value(of, writing)
  const items = of.items.map((item) => group(bind(operand(item, writing), levels.conditional)))
  return group(ifBroken('('), indent(softline, join([',', line], items)), softline, ifBroken(')'))
}
