import { deleteItem, itemOf, setItem } from './interpret-collections.ts'
import { compileBinding } from './interpret-comprehensions.ts'
import { compile, placeOfField } from './interpret-expressions.ts'
import { Raised, Stopped } from './interpret-machine.ts'
import { update } from './interpret-operators.ts'
import {
  type Callable,
  type Code,
  type Frame,
  placeOfName,
  RESULT,
  type Scope,
  SELF,
} from './interpret-scope.ts'
import { type Instance, isTrue, iterate, type Runtime } from './interpret-values.ts'
import type { Parameter, Statement, Target } from './program.ts'

/** How a statement ended. */
const NEXT = 0
const BREAK = 1
const CONTINUE = 2
const RETURN = 3
type End = typeof NEXT | typeof BREAK | typeof CONTINUE | typeof RETURN

/** A compiled statement. */
type Step = (frame: Frame) => End
type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>

/** Compiles a function in a scope of its own. */
export function compileFunction(parameters: Parameter[], body: Statement[], scope: Scope): Callable {
  const { machine } = scope
  const places = parameters.map((parameter) => placeOfName(scope, parameter.name))
  const defaults = parameters.map((parameter) => parameter.default && compile(parameter.default, scope))
  const run = compileBlock(body, scope)
  return (self, values) => {
    machine.step()
    if (++machine.depth > machine.limits.depth)
      throw new Stopped('depth', `more than ${machine.limits.depth} calls inside each other`)
    const frame: Frame = new Array(scope.frame.size)
    frame[RESULT] = null
    frame[SELF] = self
    for (const [index, place] of places.entries())
      frame[place] = index < values.length ? values[index] : defaults[index]?.(frame)
    run(frame)
    machine.depth--
    return frame[RESULT]
  }
}

function compileBlock(statements: Statement[], scope: Scope): Step {
  const steps = statements.map((statement) => compileStatement(statement, scope))
  const { machine } = scope
  return (frame) => {
    for (const step of steps) {
      machine.step()
      const end = step(frame)
      if (end !== NEXT) return end
    }
    return NEXT
  }
}

function compileStatement(statement: Statement, scope: Scope): Step {
  switch (statement.kind) {
    case 'declare':
      return compileDeclare(statement, scope)
    case 'assign': {
      const value = compile(statement.value, scope)
      const store = compileStore(statement.target, scope)
      return (frame) => {
        store(frame, value(frame))
        return NEXT
      }
    }
    case 'update':
      return compileUpdate(statement, scope)
    case 'unpack':
      return compileUnpack(statement, scope)
    case 'delete': {
      const of = compile(statement.target.of, scope)
      const index = compile(statement.target.index, scope)
      return (frame) => {
        deleteItem(of(frame), index(frame))
        return NEXT
      }
    }
    case 'expression': {
      const value = compile(statement.value, scope)
      return (frame) => {
        value(frame)
        return NEXT
      }
    }
    case 'if':
      return compileIf(statement, scope)
    case 'while':
      return compileWhile(statement, scope)
    case 'for':
      return compileFor(statement, scope)
    case 'return': {
      const value = statement.value && compile(statement.value, scope)
      return (frame) => {
        if (value !== undefined) frame[RESULT] = value(frame)
        return RETURN
      }
    }
    case 'break':
      return () => BREAK
    case 'continue':
      return () => CONTINUE
    case 'raise': {
      const message = compile(statement.message, scope)
      return (frame) => {
        throw new Raised('ValueError', String(message(frame)))
      }
    }
    case 'try':
      return compileTry(statement, scope)
  }
}

function compileDeclare(statement: Of<'declare'>, scope: Scope): Step {
  const place = placeOfName(scope, statement.name)
  if (statement.value === undefined) return () => NEXT
  const value = compile(statement.value, scope)
  return (frame) => {
    frame[place] = value(frame)
    return NEXT
  }
}

type Store = (frame: Frame, value: Runtime) => void

function compileStore(target: Target, scope: Scope): Store {
  if (target.kind === 'name') {
    const place = placeOfName(scope, target.name)
    return (frame, value) => {
      frame[place] = value
    }
  }
  const of = compile(target.of, scope)
  if (target.kind === 'field') {
    const place = placeOfField(target, scope)
    return (frame, value) => {
      ;(of(frame) as Instance).fields[place] = value
    }
  }
  const index = compile(target.index, scope)
  return (frame, value) => setItem(of(frame), index(frame), value, scope.machine)
}

/** The target's own parts are computed once, before the value. */
function compileUpdate({ target, operator, value: by }: Of<'update'>, scope: Scope): Step {
  const value = compile(by, scope)
  const combine = update(operator, target.type, by.type, scope.machine)
  if (target.kind === 'name') {
    const place = placeOfName(scope, target.name)
    const old = compile(target, scope)
    return (frame) => {
      frame[place] = combine(old(frame), value(frame))
      return NEXT
    }
  }
  const of = compile(target.of, scope)
  if (target.kind === 'field') {
    const place = placeOfField(target, scope)
    return (frame) => {
      const { fields } = of(frame) as Instance
      fields[place] = combine(fields[place], value(frame))
      return NEXT
    }
  }
  const index = compile(target.index, scope)
  return (frame) => {
    const container = of(frame)
    const at = index(frame)
    setItem(container, at, combine(itemOf(container, at), value(frame)), scope.machine)
    return NEXT
  }
}

function compileUnpack(statement: Of<'unpack'>, scope: Scope): Step {
  const value = compile(statement.value, scope)
  const stores = statement.targets.map((target) => compileStore(target, scope))
  return (frame) => {
    const parts = [...iterate(value(frame), scope.machine)]
    if (parts.length !== stores.length) throw new Raised('ValueError', 'wrong number of values to unpack')
    for (const [index, store] of stores.entries()) store(frame, parts[index])
    return NEXT
  }
}

function compileIf(statement: Of<'if'>, scope: Scope): Step {
  const branches = statement.branches.map(({ condition, body }) => ({
    condition: compile(condition, scope),
    body: compileBlock(body, scope),
  }))
  const otherwise = compileBlock(statement.otherwise, scope)
  return (frame) => {
    for (const { condition, body } of branches) if (isTrue(condition(frame))) return body(frame)
    return otherwise(frame)
  }
}

function compileWhile(statement: Of<'while'>, scope: Scope): Step {
  const condition = compile(statement.condition, scope)
  const body = compileBlock(statement.body, scope)
  return (frame) => {
    while (isTrue(condition(frame))) {
      scope.machine.step()
      const end = body(frame)
      if (end === BREAK) break
      if (end === RETURN) return RETURN
    }
    return NEXT
  }
}

function compileFor(statement: Of<'for'>, scope: Scope): Step {
  const iterable: Code = compile(statement.iterable, scope)
  const bind = compileBinding(statement.names, scope)
  const body = compileBlock(statement.body, scope)
  const { machine } = scope
  return (frame) => {
    for (const item of iterate(iterable(frame), machine)) {
      machine.step()
      bind(frame, item)
      const end = body(frame)
      if (end === BREAK) break
      if (end === RETURN) return RETURN
    }
    return NEXT
  }
}

function compileTry(statement: Of<'try'>, scope: Scope): Step {
  const body = compileBlock(statement.body, scope)
  const handler = compileBlock(statement.handler, scope)
  const { machine } = scope
  return (frame) => {
    const { depth } = machine
    try {
      return body(frame)
    } catch (error) {
      if (!(error instanceof Raised) || error.name !== 'ValueError') throw error
      machine.depth = depth
    }
    return handler(frame)
  }
}
