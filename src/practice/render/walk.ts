/** Questions to the tree: what occurs in it, what it assigns, what it changes. */
import type {
  Binding,
  Builtin,
  Expression,
  FunctionDeclaration,
  Program,
  Statement,
  Target,
} from '../language/program.ts'

/** The expressions directly inside one, in the order of the source. A key or default of a builtin comes last. */
export function partsOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'name':
    case 'int':
    case 'float':
    case 'bool':
    case 'string':
    case 'none':
    case 'self':
      return []
    case 'index':
      return [expression.of, expression.index]
    case 'field':
      return [expression.of]
    case 'list':
    case 'set':
    case 'tuple':
      return expression.items
    case 'map':
      return expression.entries.flatMap(({ key, value }) => [key, value])
    case 'construct':
    case 'call':
      return expression.arguments
    case 'method':
      return [expression.of, ...expression.arguments]
    case 'builtin':
      return [...expression.arguments, ...present(expression.options?.key, expression.options?.default)]
    case 'negate':
    case 'invert':
    case 'not':
    case 'is-none':
    case 'unwrap':
    case 'convert':
      return [expression.value]
    case 'arithmetic':
    case 'compare':
    case 'logic':
      return [expression.left, expression.right]
    case 'between':
      return [expression.low, expression.value, expression.high]
    case 'in':
      return [expression.item, expression.container]
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise]
    case 'slice':
      return [expression.of, ...present(expression.start, expression.stop)]
    case 'comprehension':
      return [...clauseParts(expression.clauses), expression.item]
    case 'map-comprehension':
      return [...clauseParts(expression.clauses), expression.key, expression.value]
    case 'lambda':
      return [expression.body]
    case 'format':
      return expression.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value]))
  }
}

function present<T>(...values: (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined)
}

function clauseParts(clauses: readonly { iterable: Expression; conditions: Expression[] }[]): Expression[] {
  return clauses.flatMap(({ iterable, conditions }) => [iterable, ...conditions])
}

/** The expressions that stand in a statement itself, not in statements inside it. Targets are among them. */
export function expressionsOf(statement: Statement): Expression[] {
  switch (statement.kind) {
    case 'declare':
    case 'return':
      return statement.value === undefined ? [] : [statement.value]
    case 'expression':
      return [statement.value]
    case 'assign':
    case 'update':
      return [statement.target, statement.value]
    case 'unpack':
      return [...statement.targets, statement.value]
    case 'delete':
      return [statement.target]
    case 'if':
      return statement.branches.map(({ condition }) => condition)
    case 'while':
      return [statement.condition]
    case 'for':
      return [statement.iterable]
    case 'raise':
      return [statement.message]
    case 'break':
    case 'continue':
    case 'try':
      return []
  }
}

/** The blocks directly inside a statement. */
export function blocksOf(statement: Statement): Statement[][] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map(({ body }) => body), statement.otherwise]
    case 'while':
    case 'for':
      return [statement.body]
    case 'try':
      return [statement.body, statement.handler]
    default:
      return []
  }
}

/** Every statement of a block, those inside others too, in the order of the source. */
export function* statementsIn(block: readonly Statement[]): Generator<Statement> {
  for (const statement of block) {
    yield statement
    for (const inner of blocksOf(statement)) yield* statementsIn(inner)
  }
}

/** Every expression in an expression (itself first) or in a block. */
export function* expressionsIn(root: Expression | readonly Statement[]): Generator<Expression> {
  if (!('kind' in root)) {
    for (const statement of statementsIn(root))
      for (const expression of expressionsOf(statement)) yield* expressionsIn(expression)
    return
  }
  yield root
  for (const part of partsOf(root)) yield* expressionsIn(part)
}

/** Functions, methods and constructors (as functions without a result) of a program. */
export function functionsOf(program: Program): FunctionDeclaration[] {
  const ofClasses = program.classes.flatMap((declaration) => [
    { name: '__init__', ...declaration.constructor, result: { kind: 'none' } as const },
    ...declaration.methods,
  ])
  return [...ofClasses, ...program.functions]
}

export function expressionsOfProgram(program: Program): Expression[] {
  return functionsOf(program).flatMap(({ body }) => [...expressionsIn(body)])
}

export function statementsOfProgram(program: Program): Statement[] {
  return functionsOf(program).flatMap(({ body }) => [...statementsIn(body)])
}

export function builtinsOf(program: Program): Set<Builtin> {
  const found = expressionsOfProgram(program).filter((expression) => expression.kind === 'builtin')
  return new Set(found.map(({ name }) => name))
}

/** Whether a variable is read or assigned there. A comprehension's or lambda's own variable of that name is another. */
export function mentions(root: Expression | readonly Statement[], name: string): boolean {
  if (!('kind' in root)) {
    const expressions = [...statementsIn(root)].flatMap(expressionsOf)
    return assignedIn(root).has(name) || expressions.some((expression) => mentions(expression, name))
  }
  if (root.kind === 'name') return root.name === name
  if (root.kind === 'lambda' && binds(root.parameters, name)) return false
  if (root.kind === 'comprehension' || root.kind === 'map-comprehension')
    for (const { names, iterable } of root.clauses) {
      if (mentions(iterable, name)) return true
      if (binds(names, name)) return false
    }
  return partsOf(root).some((part) => mentions(part, name))
}

function binds(names: readonly Binding[], name: string): boolean {
  return names.some((binding) => binding.name === name)
}

/** Variables that a block gives a value: by assignment, `+=`, unpacking or as a loop's variable. */
export function assignedIn(block: readonly Statement[]): Set<string> {
  const names = new Set<string>()
  for (const statement of statementsIn(block)) for (const name of assignedBy(statement)) names.add(name)
  return names
}

/** What a statement itself assigns, apart from statements inside it. */
export function assignedBy(statement: Statement): string[] {
  switch (statement.kind) {
    case 'declare':
      return [statement.name]
    case 'assign':
    case 'update':
      return namesOf([statement.target])
    case 'unpack':
      return namesOf(statement.targets)
    case 'for':
      return statement.names.map(({ name }) => name)
    default:
      return []
  }
}

function namesOf(targets: readonly Target[]): string[] {
  return targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []))
}

const changing: ReadonlySet<Builtin> = new Set<Builtin>([
  ...([
    'list.append',
    'list.pop',
    'list.insert',
    'list.extend',
    'list.sort',
    'list.reverse',
    'list.remove',
  ] as const),
  ...([
    'list.clear',
    'dict.setdefault',
    'dict.pop',
    'dict.update',
    'set.add',
    'set.remove',
    'set.discard',
  ] as const),
])

/** The variable that a place belongs to: `xs` of `xs[0].name`, `self` of `self.items`. */
export function rootOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name
  if (expression.kind === 'self') return 'self'
  if (expression.kind === 'index' || expression.kind === 'field') return rootOf(expression.of)
  if (expression.kind === 'unwrap' || expression.kind === 'convert') return rootOf(expression.value)
  return undefined
}

/**
 * Variables whose value a block may change in place: `xs[i] = …`, `del d[k]`, `xs.append(…)`, and whatever has a
 * method of the program called or is handed to a function of the program.
 */
export function changedIn(block: readonly Statement[]): Set<string> {
  const names = new Set<string>()
  const note = (expression: Expression) => {
    const root = rootOf(expression)
    if (root !== undefined) names.add(root)
  }
  for (const statement of statementsIn(block)) {
    if (statement.kind === 'assign' || statement.kind === 'update' || statement.kind === 'delete')
      if (statement.target.kind !== 'name') note(statement.target)
    if (statement.kind === 'update') note(statement.target)
    if (statement.kind === 'unpack')
      for (const target of statement.targets) if (target.kind !== 'name') note(target)
  }
  for (const expression of expressionsIn(block)) {
    if (expression.kind === 'builtin' && changing.has(expression.name)) note(expression.arguments[0]!)
    if (expression.kind === 'method') note(expression.of)
    if (expression.kind === 'method' || expression.kind === 'call') expression.arguments.forEach(note)
  }
  return names
}
