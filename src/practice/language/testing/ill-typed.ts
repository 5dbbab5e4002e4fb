import type { Expression, Program, Statement } from '../program.ts'
import { spellType, type Type } from '../types.ts'
import { printExpression } from './print-tree.ts'

/**
 * What in a typed tree does not keep what `program.ts` promises: operands of one type, values of the type of their
 * targets, parameters and results. Empty where all is kept.
 */
export function illTyped(program: Program): string[] {
  const found: string[] = []
  const functions = new Map(program.functions.map((declared) => [declared.name, declared]))
  const classes = new Map(program.classes.map((declared) => [declared.name, declared]))
  const records = new Map(program.records.map((declared) => [declared.name, declared]))

  function same(what: string, has: Type, wants: Type): void {
    if (spellType(has) !== spellType(wants)) found.push(`${what}: ${spellType(has)} for ${spellType(wants)}`)
  }

  function all(given: readonly Expression[], types: readonly Type[], what: string): void {
    if (given.length !== types.length) found.push(`${what}: ${given.length} for ${types.length}`)
    given.forEach((value, index) => {
      if (types[index]) same(what, value.type, types[index])
    })
  }

  function expression(of: Expression): void {
    const what = printExpression(of)
    switch (of.kind) {
      case 'list':
      case 'set':
        for (const item of of.items) same(what, item.type, (of.type as Type & { kind: 'list' }).of)
        break
      case 'map': {
        const type = of.type as Type & { kind: 'map' }
        for (const { key, value } of of.entries) {
          same(what, key.type, type.key)
          same(what, value.type, type.value)
        }
        break
      }
      case 'tuple':
        all(of.items, (of.type as Type & { kind: 'tuple' }).of, what)
        break
      case 'construct': {
        const parameters = records.get(of.name)?.fields ?? classes.get(of.name)?.constructor.parameters ?? []
        all(
          of.arguments,
          parameters.map((parameter) => parameter.type),
          what,
        )
        break
      }
      case 'call': {
        const parameters = functions.get(of.function)?.parameters ?? []
        all(
          of.arguments,
          parameters.map((parameter) => parameter.type),
          what,
        )
        break
      }
      case 'method': {
        const owner = classes.get((of.of.type as Type & { kind: 'record' }).name)
        const parameters = owner?.methods.find((method) => method.name === of.name)?.parameters ?? []
        all(
          of.arguments,
          parameters.map((parameter) => parameter.type),
          what,
        )
        break
      }
      case 'index':
        index(of, what)
        break
      case 'arithmetic':
        arithmetic(of, what)
        break
      case 'compare':
        same(what, of.left.type, of.right.type)
        break
      case 'between':
        same(what, of.low.type, of.value.type)
        same(what, of.high.type, of.value.type)
        break
      case 'logic':
        all([of.left, of.right], [{ kind: 'bool' }, { kind: 'bool' }], what)
        break
      case 'conditional':
        same(what, of.condition.type, { kind: 'bool' })
        all([of.then, of.otherwise], [of.type, of.type], what)
        break
      case 'comprehension':
        same(what, of.item.type, (of.type as Type & { kind: 'list' }).of)
        break
      case 'map-comprehension':
        all(
          [of.key, of.value],
          [(of.type as Type & { kind: 'map' }).key, (of.type as Type & { kind: 'map' }).value],
          what,
        )
        break
      case 'unwrap':
        same(what, of.value.type, { kind: 'optional', of: of.type })
        break
      case 'convert':
        if (spellType(of.value.type) === spellType(of.type)) found.push(`${what}: converts nothing`)
        break
      case 'in':
        contained(of, what)
        break
      case 'is-none':
        if (of.value.type.kind !== 'optional') found.push(`${what}: never None`)
        break
      case 'builtin':
        builtin(of, what)
        break
    }
  }

  function index(of: Expression & { kind: 'index' }, what: string): void {
    const type = of.of.type
    if (type.kind === 'list') all([of.index, of], [{ kind: 'int' }, type.of], what)
    else if (type.kind === 'map') all([of.index, of], [type.key, type.value], what)
    else if (type.kind === 'string') all([of.index, of], [{ kind: 'int' }, { kind: 'char' }], what)
    else if (type.kind !== 'tuple') found.push(`${what}: indexes ${spellType(type)}`)
  }

  function arithmetic(of: Expression & { kind: 'arithmetic' }, what: string): void {
    const kinds = [of.left.type.kind, of.right.type.kind]
    if (of.operator === '*' && !kinds.every((kind) => kind === 'int' || kind === 'float')) return
    if (kinds.includes('date') || kinds.includes('days')) return
    same(what, of.left.type, of.right.type)
    same(what, of.type, of.operator === '/' ? { kind: 'float' } : of.left.type)
  }

  function contained(of: Expression & { kind: 'in' }, what: string): void {
    const type = of.container.type
    if (type.kind === 'list' || type.kind === 'set') same(what, of.item.type, type.of)
    else if (type.kind === 'map') same(what, of.item.type, type.key)
    else if (type.kind !== 'string' || (of.item.type.kind !== 'char' && of.item.type.kind !== 'string'))
      found.push(`${what}: in ${spellType(type)}`)
  }

  function builtin(of: Expression & { kind: 'builtin' }, what: string): void {
    const [first, second, third] = of.arguments
    const item = first && 'of' in first.type ? (first.type.of as Type) : undefined
    if (
      [
        'list.append',
        'list.remove',
        'list.index',
        'list.count',
        'set.add',
        'set.remove',
        'set.discard',
      ].includes(of.name)
    )
      same(what, second!.type, item!)
    if (of.name === 'list.insert') same(what, third!.type, item!)
    if (of.name.startsWith('dict.') && first!.type.kind === 'map' && second && second.type.kind !== 'map') {
      same(what, second.type, first!.type.key)
      if (third) same(what, third.type, first!.type.value)
    }
    if (of.name === 'sum' && first!.type.kind === 'list') same(what, first!.type.of, of.type)
    if ((of.name === 'min' || of.name === 'max') && second)
      all(
        of.arguments,
        of.arguments.map(() => of.type),
        what,
      )
    if (of.name.startsWith('str.') && of.name !== 'str.join')
      for (const given of of.arguments.slice(1))
        if (given.type.kind !== 'string' && given.type.kind !== 'int')
          found.push(`${what}: given ${spellType(given.type)}`)
  }

  function statement(of: Statement, result: Type): void {
    if (of.kind === 'declare' && of.value) same(`declare ${of.name}`, of.value.type, of.type)
    if (of.kind === 'assign') same(`assign ${printExpression(of.target)}`, of.value.type, of.target.type)
    if (of.kind === 'return') same('return', of.value?.type ?? { kind: 'none' }, result)
    if (of.kind === 'unpack') {
      const type = of.value.type
      const parts =
        type.kind === 'tuple' ? type.of : of.targets.map(() => (type as Type & { kind: 'list' }).of)
      all(of.targets, parts, `unpack ${printExpression(of.value)}`)
    }
  }

  const bodies: [readonly Statement[], Type][] = [
    ...program.functions.map((declared): [Statement[], Type] => [declared.body, declared.result]),
    ...program.classes.flatMap((declared): [Statement[], Type][] => [
      [declared.constructor.body, { kind: 'none' }],
      ...declared.methods.map((method): [Statement[], Type] => [method.body, method.result]),
    ]),
  ]
  for (const [body, result] of bodies)
    eachNode(body, (node) => {
      if (statementKinds.has(node.kind)) statement(node as Statement, result)
      else if ('type' in node && node.type !== undefined) expression(node as Expression)
    })
  return found
}

const statementKinds = new Set([
  'declare',
  'assign',
  'update',
  'unpack',
  'delete',
  'expression',
  'if',
  'while',
  'for',
  'return',
  'raise',
  'try',
])

/** Visits everything in a tree that has a kind, types too. */
function eachNode(tree: unknown, visit: (node: Expression | Statement) => void): void {
  if (tree === null || typeof tree !== 'object') return
  if (!Array.isArray(tree) && 'kind' in tree) visit(tree as Expression | Statement)
  for (const inner of Object.values(tree)) eachNode(inner, visit)
}
