import { Raised } from './interpret-machine.ts'
import { type Code, type Frame, innerScope, placeOfName, type Scope } from './interpret-scope.ts'
import { isTrue, iterate, MapValue, type Runtime, SetValue } from './interpret-values.ts'
import type { Binding, Clause, Expression } from './program.ts'

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>
type Compile = (expression: Expression, scope: Scope) => Code

/** Puts what a loop comes to into its variable, or its parts into several. */
export type Bind = (frame: Frame, item: Runtime) => void

export function compileBinding(names: readonly Binding[], scope: Scope): Bind {
  const places = names.map(({ name }) => placeOfName(scope, name))
  const [only] = places
  if (places.length === 1 && only !== undefined)
    return (frame, item) => {
      frame[only] = item
    }
  return (frame, item) => {
    const parts = item as Runtime[]
    if (parts.length !== places.length) throw new Raised('ValueError', 'wrong number of values to unpack')
    for (const [index, place] of places.entries()) frame[place] = parts[index]
  }
}

export function compileComprehension(expression: Of<'comprehension'>, scope: Scope, compile: Compile): Code {
  const { turns, inside } = compileClauses(expression.clauses, scope, compile)
  const item = compile(expression.item, inside)
  const { machine } = scope
  if (expression.form === 'generator')
    return (frame) => give(turns(frame), frame, item) as Iterable<Runtime> as Runtime
  return (frame) => {
    const items: Runtime[] = []
    for (const _ of turns(frame))
      if (items.push(item(frame)) > machine.limits.size) machine.size(items.length)
    return expression.form === 'set' ? SetValue.of(items) : items
  }
}

/** Items of a generator are computed when they are asked for: `any` may not come to the last. */
function* give(turns: Iterable<void>, frame: Frame, item: Code): Generator<Runtime> {
  for (const _ of turns) yield item(frame)
}

export function compileMapComprehension(
  expression: Of<'map-comprehension'>,
  scope: Scope,
  compile: Compile,
): Code {
  const { turns, inside } = compileClauses(expression.clauses, scope, compile)
  const key = compile(expression.key, inside)
  const value = compile(expression.value, inside)
  return (frame) => {
    const map = new MapValue()
    for (const _ of turns(frame)) map.set(key(frame), value(frame))
    return map
  }
}

type Turns = (frame: Frame) => Iterable<void>

/** Loops in loops: each turn has the variables in the frame. The first iterable is computed in the scope around. */
function compileClauses(clauses: Clause[], scope: Scope, compile: Compile): { turns: Turns; inside: Scope } {
  let turns: Turns = () => [undefined]
  let inside = scope
  for (const clause of clauses) {
    const iterable = compile(clause.iterable, inside)
    inside = innerScope(
      inside,
      clause.names.map(({ name }) => name),
    )
    const conditions = clause.conditions.map((condition) => compile(condition, inside))
    turns = nest(turns, iterable, compileBinding(clause.names, inside), conditions, scope)
  }
  return { turns, inside }
}

function nest(outer: Turns, iterable: Code, bind: Bind, conditions: Code[], { machine }: Scope): Turns {
  return function* (frame) {
    for (const _ of outer(frame))
      for (const item of iterate(iterable(frame), machine)) {
        machine.step()
        bind(frame, item)
        if (conditions.every((condition) => isTrue(condition(frame)))) yield
      }
  }
}
