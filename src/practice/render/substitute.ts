import type { Clause, Expression } from '../language/program.ts'

/** The expression with its variables replaced. Parts in which none occurs are the same objects as before. */
export function substitute(expression: Expression, by: ReadonlyMap<string, Expression>): Expression {
  if (expression.kind === 'name') return by.get(expression.name) ?? expression
  return mapParts(expression, (part) => substitute(part, by))
}

/** The expression with each part directly inside it replaced; the same object where none changes. */
function mapParts(expression: Expression, of: (part: Expression) => Expression): Expression {
  let changed = false
  const one = <E extends Expression | undefined>(part: E): E => {
    if (part === undefined) return part
    const mapped = of(part)
    if (mapped !== part) changed = true
    return mapped as E
  }
  const all = (parts: readonly Expression[]) => parts.map(one)
  const clauses = (parts: readonly Clause[]) =>
    parts.map((clause) => ({ ...clause, iterable: one(clause.iterable), conditions: all(clause.conditions) }))
  const mapped = ((): Expression => {
    switch (expression.kind) {
      case 'name':
      case 'int':
      case 'float':
      case 'bool':
      case 'string':
      case 'none':
      case 'self':
        return expression
      case 'index':
        return { ...expression, of: one(expression.of), index: one(expression.index) }
      case 'field':
        return { ...expression, of: one(expression.of) }
      case 'list':
      case 'set':
      case 'tuple':
        return { ...expression, items: all(expression.items) }
      case 'map':
        return {
          ...expression,
          entries: expression.entries.map(({ key, value }) => ({ key: one(key), value: one(value) })),
        }
      case 'construct':
      case 'call':
        return { ...expression, arguments: all(expression.arguments) }
      case 'method':
        return { ...expression, of: one(expression.of), arguments: all(expression.arguments) }
      case 'builtin': {
        const { options } = expression
        const args = all(expression.arguments)
        if (!options) return { ...expression, arguments: args }
        const key = options.key && { key: one(options.key) }
        const other = options.default && { default: one(options.default) }
        return { ...expression, arguments: args, options: { ...options, ...key, ...other } }
      }
      case 'negate':
      case 'invert':
      case 'not':
      case 'is-none':
      case 'unwrap':
      case 'convert':
        return { ...expression, value: one(expression.value) }
      case 'arithmetic':
      case 'compare':
      case 'logic':
        return { ...expression, left: one(expression.left), right: one(expression.right) }
      case 'between':
        return {
          ...expression,
          low: one(expression.low),
          value: one(expression.value),
          high: one(expression.high),
        }
      case 'in':
        return { ...expression, item: one(expression.item), container: one(expression.container) }
      case 'conditional':
        return {
          ...expression,
          condition: one(expression.condition),
          // biome-ignore lint/suspicious/noThenProperty: it is the tree's own name for a branch.
          then: one(expression.then),
          otherwise: one(expression.otherwise),
        }
      case 'slice': {
        const start = expression.start && { start: one(expression.start) }
        const stop = expression.stop && { stop: one(expression.stop) }
        return { ...expression, of: one(expression.of), ...start, ...stop }
      }
      case 'comprehension':
        return { ...expression, item: one(expression.item), clauses: clauses(expression.clauses) }
      case 'map-comprehension':
        return {
          ...expression,
          key: one(expression.key),
          value: one(expression.value),
          clauses: clauses(expression.clauses),
        }
      case 'lambda':
        return { ...expression, body: one(expression.body) }
      case 'format':
        return {
          ...expression,
          parts: expression.parts.map((part) =>
            typeof part === 'string' ? part : { ...part, value: one(part.value) },
          ),
        }
    }
  })()
  return changed ? mapped : expression
}
