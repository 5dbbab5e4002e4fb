import type { Expression, Statement, Target } from '../../language/program.ts'
import { type Doc, group, hardline, indent, join, line } from '../print.ts'
import { assignedIn, statementsIn } from '../walk.ts'
import { positive } from './conditions.ts'
import { expression, operand } from './expressions.ts'
import { loop } from './loops.ts'
import { spell } from './spelling.ts'
import type { Writing } from './writing.ts'
import { flat, levels } from './written.ts'

/** Statements, each on lines of its own. At the end of a method a value needs no `return`. */
export function block(statements: readonly Statement[], writing: Writing, isTail = false): Doc {
  const written = statements.flatMap((of, at) => {
    if (of.kind === 'declare' && of.value === undefined)
      return isSetInBlock(of.name, statements.slice(at + 1)) ? [`${spell(of.name, 'variable')} = nil`] : []
    if (of.kind === 'expression' && of.value.kind === 'none') return []
    return [statement(of, writing, isTail && at === statements.length - 1)]
  })
  return join(hardline, written)
}

/** A variable that is assigned inside a block of Ruby belongs to it, unless it exists before. */
function isSetInBlock(name: string, following: readonly Statement[]): boolean {
  for (const of of statementsIn(following))
    if ((of.kind === 'for' || of.kind === 'while') && assignedIn(of.body).has(name)) return true
  return false
}

function statement(of: Statement, writing: Writing, isTail: boolean): Doc {
  const nested = (statements: readonly Statement[]) => block(statements, writing, isTail)
  switch (of.kind) {
    case 'declare':
      return [spell(of.name, 'variable'), ' = ', value(of.value!, writing)]
    case 'assign':
      return [place(of.target, writing), ' = ', value(of.value, writing)]
    case 'update':
      return update(of, writing)
    case 'unpack': {
      const targets = of.targets.map((one) => place(one, writing))
      return [join(', ', targets), ' = ', several(of.value, writing)]
    }
    case 'delete': {
      const { of: map, index } = of.target
      return expression(
        {
          kind: 'builtin',
          name: map.type.kind === 'map' ? 'dict.pop' : 'list.pop',
          arguments: [map, index],
          type: of.target.type,
        },
        writing,
      )
    }
    case 'expression':
      return expression(of.value, writing)
    case 'if':
      return branches(of, writing, isTail)
    case 'while':
      return whileLoop(of, writing)
    case 'for':
      return loop(of, (body) => block(body, writing), writing)
    case 'return':
      if (of.value === undefined) return 'return'
      return [
        isTail && !writing.explicitReturn ? '' : 'return ',
        isTail ? value(of.value, writing) : several(of.value, writing),
      ]
    case 'break':
      return 'break'
    case 'continue':
      return 'next'
    case 'raise':
      return ['raise ArgumentError, ', expression(of.message, writing)]
    case 'try':
      return [
        ['begin', indent(hardline, nested(of.body))],
        [hardline, 'rescue ArgumentError', of.handler.length > 0 ? indent(hardline, nested(of.handler)) : ''],
        [hardline, 'end'],
      ]
  }
}

/** What is assigned to: `xs[0]` is not `xs.first` there. */
function place(of: Target, writing: Writing): Doc {
  return expression(of, { ...writing, ends: false })
}

function update(of: Statement & { kind: 'update' }, writing: Writing): Doc {
  const { operator, value: by } = of
  const target = place(of.target, writing)
  if (of.target.type.kind === 'list' && operator === '+')
    return expression(
      { kind: 'builtin', name: 'list.extend', arguments: [of.target, by], type: { kind: 'none' } },
      writing,
    )
  const isFloat = of.target.type.kind === 'float'
  if (operator === '//' && isFloat) {
    const whole = { kind: 'arithmetic', operator, left: of.target, right: by, type: of.target.type } as const
    return [target, ' = ', value(whole, writing)]
  }
  const widened =
    isFloat && by.kind === 'convert' && by.value.type.kind === 'int' && operator !== '/' ? by.value : by
  return [target, ` ${operator === '//' ? '/' : operator}= `, value(widened, writing)]
}

function branches(of: Statement & { kind: 'if' }, writing: Writing, isTail: boolean): Doc {
  const [first, ...rest] = of.branches
  const { condition, body } = first!
  const isSingle = rest.length === 0 && of.otherwise.length === 0
  const hasTail = isTail && of.otherwise.length > 0
  const nested = (statements: readonly Statement[]) =>
    statements.length === 0 ? '' : indent(hardline, block(statements, writing, hasTail))
  const opposite = isSingle ? positive(condition) : undefined
  const keyword = opposite ? 'unless' : 'if'
  const test = value(opposite ?? condition, writing)
  if (isSingle && body.length === 1 && mayFollow(body[0]!, writing)) {
    const text = `${flat(statement(body[0]!, writing, false))} ${keyword} ${flat(test)}`
    if (text.length <= 90 && !text.includes('\n')) return text
  }
  return [
    [`${keyword} `, test, nested(body)],
    rest.map((branch) => [hardline, 'elsif ', value(branch.condition, writing), nested(branch.body)]),
    of.otherwise.length > 0 ? [hardline, 'else', nested(of.otherwise)] : [],
    [hardline, 'end'],
  ]
}

/** Statements that are written before their condition: `return 0 if n.zero?`. */
function mayFollow({ kind }: Statement, writing: Writing): boolean {
  if (kind === 'return' || kind === 'break' || kind === 'continue' || kind === 'raise') return true
  return writing.modifiers && (kind === 'assign' || kind === 'update' || kind === 'expression')
}

function whileLoop({ condition, body }: Statement & { kind: 'while' }, writing: Writing): Doc {
  const inner = indent(hardline, block(body, writing))
  if (condition.kind === 'bool' && condition.value) return ['loop do', inner, hardline, 'end']
  const opposite = positive(condition)
  return [opposite ? 'until ' : 'while ', value(opposite ?? condition, writing), inner, hardline, 'end']
}

/** A value at the end of a line; where it is too long it goes on in lines that are indented. */
function value(of: Expression, writing: Writing): Doc {
  const { doc, level } = operand(of, writing)
  return group(level >= levels.postfix ? doc : indent(doc))
}

/** `low, high` of a tuple. */
function several(of: Expression, writing: Writing): Doc {
  if (of.kind === 'convert') return several(of.value, writing)
  if (of.kind !== 'tuple') return value(of, writing)
  return group(
    indent(
      join(
        [',', line],
        of.items.map((item) => expression(item, writing)),
      ),
    ),
  )
}
