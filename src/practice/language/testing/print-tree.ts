import type { Expression, FormatPart, Program, Statement } from '../program.ts'
import { spellType, type Type } from '../types.ts'

/**
 * A typed tree as S-expressions, one statement a line. A name's type is written where it is declared, a literal's
 * where the text does not show it: `'a'` is a char, `"a"` a string. `x!` is an unwrapped optional.
 */
export function printProgram({ records, classes, functions, entry }: Program): string {
  const lines = [
    ...records.map((record) => `(record ${record.name} ${record.fields.map(typed).join(' ')})`),
    ...classes.flatMap((declared) => [
      `(class ${declared.name} ${declared.fields.map(typed).join(' ')}`,
      `  (init (${declared.constructor.parameters.map(parameter).join(' ')})`,
      ...printBlock(declared.constructor.body, '    '),
      ...declared.methods.flatMap((method) => [
        `  (method ${method.name} (${method.parameters.map(parameter).join(' ')}) ${spellType(method.result)}`,
        ...printBlock(method.body, '    '),
      ]),
    ]),
    ...functions.flatMap((declared) => [
      `(def ${declared.name} (${declared.parameters.map(parameter).join(' ')}) ${spellType(declared.result)}`,
      ...printBlock(declared.body, '  '),
    ]),
  ]
  return [...lines, `entry ${entry}`].join('\n')
}

function typed({ name, type }: { name: string; type: Type }): string {
  return `${name}:${spellType(type)}`
}

function parameter(declared: Program['functions'][number]['parameters'][number]): string {
  const marks = `${declared.assigned ? '=' : ''}${declared.changed ? '~' : ''}`
  return `${marks}${typed(declared)}${declared.default ? `=${printExpression(declared.default)}` : ''}`
}

function printBlock(body: readonly Statement[], indent: string): string[] {
  return body.flatMap((statement) => printStatement(statement, indent))
}

function printStatement(statement: Statement, indent: string): string[] {
  const print = printExpression
  switch (statement.kind) {
    case 'declare': {
      const value = statement.value === undefined ? '' : ` ${print(statement.value)}`
      return [`${indent}(${statement.mutable ? 'var' : 'let'} ${typed(statement)}${value})`]
    }
    case 'assign':
      return [`${indent}(= ${print(statement.target)} ${print(statement.value)})`]
    case 'update':
      return [`${indent}(${statement.operator}= ${print(statement.target)} ${print(statement.value)})`]
    case 'unpack': {
      const targets = statement.targets.map((target, index) => {
        const word = statement.mutable?.[index] ? 'var' : 'let'
        return statement.declares[index]
          ? `${word} ${print(target)}:${spellType(target.type)}`
          : print(target)
      })
      return [`${indent}(unpack (${targets.join(', ')}) ${print(statement.value)})`]
    }
    case 'delete':
      return [`${indent}(del ${print(statement.target)})`]
    case 'expression':
      return [`${indent}${print(statement.value)}`]
    case 'if':
      return [
        ...statement.branches.flatMap(({ condition, body }, index) => [
          `${indent}(${index === 0 ? 'if' : 'elif'} ${print(condition)}`,
          ...printBlock(body, `${indent}  `),
        ]),
        ...(statement.otherwise.length === 0
          ? []
          : [`${indent}(else`, ...printBlock(statement.otherwise, `${indent}  `)]),
      ]
    case 'while':
      return [`${indent}(while ${print(statement.condition)}`, ...printBlock(statement.body, `${indent}  `)]
    case 'for':
      return [
        `${indent}(for (${statement.names.map(typed).join(' ')}) ${print(statement.iterable)}`,
        ...printBlock(statement.body, `${indent}  `),
      ]
    case 'return':
      return [`${indent}(return${statement.value === undefined ? '' : ` ${print(statement.value)}`})`]
    case 'raise':
      return [`${indent}(raise ${print(statement.message)})`]
    case 'try':
      return [
        `${indent}(try`,
        ...printBlock(statement.body, `${indent}  `),
        `${indent}(except`,
        ...printBlock(statement.handler, `${indent}  `),
      ]
    default:
      return [`${indent}(${statement.kind})`]
  }
}

function call(head: string, ...parts: (string | undefined)[]): string {
  return `(${[head, ...parts.filter((part) => part !== undefined && part !== '')].join(' ')})`
}

export function printExpression(of: Expression): string {
  const print = printExpression
  const all = (values: readonly Expression[]) => values.map(print).join(' ')
  switch (of.kind) {
    case 'name':
      return of.name
    case 'self':
      return 'self'
    case 'none':
      return 'None'
    case 'int':
      return String(of.value)
    case 'float':
      return Number.isInteger(of.value) ? `${of.value}.0` : String(of.value)
    case 'bool':
      return of.value ? 'True' : 'False'
    case 'string':
      return of.type.kind === 'char' ? `'${of.value}'` : JSON.stringify(of.value)
    case 'list':
    case 'set':
    case 'tuple':
      return of.items.length === 0 ? `(${of.kind} : ${spellType(of.type)})` : call(of.kind, all(of.items))
    case 'map':
      return of.entries.length === 0
        ? `(map : ${spellType(of.type)})`
        : call('map', ...of.entries.map(({ key, value }) => `${print(key)}:${print(value)}`))
    case 'construct':
      return call(`new ${of.name}`, all(of.arguments))
    case 'index':
      return call('at', print(of.of), print(of.index))
    case 'field':
      return `${print(of.of)}.${of.name}`
    case 'negate':
    case 'invert':
    case 'not':
      return call({ negate: 'neg', invert: '~', not: 'not' }[of.kind], print(of.value))
    case 'unwrap':
      return `${print(of.value)}!`
    case 'convert':
      return call(`to ${spellType(of.type)}`, print(of.value))
    case 'arithmetic':
    case 'compare':
    case 'logic':
      return call(of.operator, print(of.left), print(of.right))
    case 'between':
      return call('between', print(of.low), of.lowOperator, print(of.value), of.highOperator, print(of.high))
    case 'in':
      return call(of.negated ? 'not-in' : 'in', print(of.item), print(of.container))
    case 'is-none':
      return call(of.negated ? 'some?' : 'none?', print(of.value))
    case 'conditional':
      return call('?', print(of.condition), print(of.then), print(of.otherwise))
    case 'slice':
      return call(
        'slice',
        print(of.of),
        of.start ? print(of.start) : '_',
        of.stop ? print(of.stop) : '_',
        String(of.step),
      )
    case 'comprehension':
      return call(of.form, print(of.item), ...of.clauses.map(clause))
    case 'map-comprehension':
      return call('map', `${print(of.key)}:${print(of.value)}`, ...of.clauses.map(clause))
    case 'lambda':
      return call(`fn (${of.parameters.map(typed).join(' ')})`, print(of.body))
    case 'call':
      return call(of.function, all(of.arguments))
    case 'method':
      return call(`.${of.name}`, print(of.of), all(of.arguments))
    case 'builtin':
      return call(of.name, all(of.arguments), options(of.options))
    case 'format':
      return call(
        'format',
        ...of.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : hole(part))),
      )
  }
}

function options(given: (Expression & { kind: 'builtin' })['options']): string | undefined {
  if (given === undefined) return undefined
  return [
    given.key && `key=${printExpression(given.key)}`,
    given.reverse === undefined ? undefined : `reverse=${given.reverse}`,
    given.default && `default=${printExpression(given.default)}`,
  ]
    .filter((part) => part !== undefined)
    .join(' ')
}

function clause({
  names,
  iterable,
  conditions,
}: {
  names: { name: string; type: Type }[]
  iterable: Expression
  conditions: Expression[]
}): string {
  return `[${names.map(typed).join(' ')} in ${printExpression(iterable)}${conditions.map((one) => ` if ${printExpression(one)}`).join('')}]`
}

function hole({ value, spec }: FormatPart): string {
  return spec === undefined
    ? printExpression(value)
    : `${printExpression(value)}@${JSON.stringify(spec).replaceAll('"', '')}`
}
