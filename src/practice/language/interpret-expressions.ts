import { builtinAt } from './interpret-builtins.ts'
import { contains, itemOf, slice } from './interpret-collections.ts'
import { compileComprehension, compileMapComprehension } from './interpret-comprehensions.ts'
import { format, spell } from './interpret-format.ts'
import { Raised, unsupported } from './interpret-machine.ts'
import { arithmetic, comparison } from './interpret-operators.ts'
import {
  type Callable,
  type Code,
  innerScope,
  isLocal,
  placeOfName,
  type Scope,
  SELF,
} from './interpret-scope.ts'
import {
  type FunctionValue,
  Instance,
  isTrue,
  type Layout,
  MapValue,
  type Runtime,
  SetValue,
} from './interpret-values.ts'
import type { Expression } from './program.ts'

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>

/** Makes a closure that computes the expression in a frame. Operands are computed from left to right, as in Python. */
export function compile(expression: Expression, scope: Scope): Code {
  const code = (part: Expression) => compile(part, scope)
  switch (expression.kind) {
    case 'int': {
      const { value } = expression
      return () => scope.machine.int(value)
    }
    case 'float':
    case 'bool':
    case 'string': {
      const { value } = expression
      return () => value
    }
    case 'none':
      return () => null
    case 'list':
    case 'tuple': {
      const items = expression.items.map(code)
      return (frame) => items.map((item) => item(frame))
    }
    case 'set': {
      const items = expression.items.map(code)
      return (frame) => SetValue.of(items.map((item) => item(frame)))
    }
    case 'map': {
      const pairs = expression.entries.map(({ key, value }) => [code(key), code(value)])
      return (frame) => MapValue.of(pairs.map((pair) => pair.map((part) => part(frame))))
    }
    case 'name':
      return compileName(expression, scope)
    case 'self':
      return (frame) => frame[SELF]
    case 'index': {
      const of = code(expression.of)
      const index = code(expression.index)
      return (frame) => itemOf(of(frame), index(frame))
    }
    case 'field':
      return compileField(expression, scope)
    case 'slice':
      return compileSlice(expression, scope)
    case 'negate': {
      const value = code(expression.value)
      return expression.type.kind === 'float'
        ? (frame) => -(value(frame) as number)
        : (frame) => scope.machine.int(-(value(frame) as number))
    }
    case 'invert': {
      const value = code(expression.value)
      return (frame) => scope.machine.int(-(value(frame) as number) - 1)
    }
    case 'not': {
      const value = code(expression.value)
      return (frame) => !isTrue(value(frame))
    }
    case 'arithmetic': {
      const left = code(expression.left)
      const right = code(expression.right)
      const compute = arithmetic(
        expression.operator,
        expression.left.type,
        expression.right.type,
        scope.machine,
      )
      return (frame) => compute(left(frame), right(frame))
    }
    case 'compare': {
      const left = code(expression.left)
      const right = code(expression.right)
      const test = comparison(expression.operator, expression.left.type)
      return (frame) => test(left(frame), right(frame))
    }
    case 'between':
      return compileBetween(expression, scope)
    case 'logic': {
      const left = code(expression.left)
      const right = code(expression.right)
      const stopsAt = expression.operator === 'or'
      return (frame) => {
        const first = left(frame)
        return isTrue(first) === stopsAt ? first : right(frame)
      }
    }
    case 'in':
      return compileIn(expression, scope)
    case 'is-none': {
      const value = code(expression.value)
      return (frame) => (value(frame) === null) !== expression.negated
    }
    case 'unwrap': {
      const value = code(expression.value)
      return (frame) => {
        const held = value(frame)
        if (held === null) throw new Raised('TypeError', 'None where a value is needed')
        return held
      }
    }
    case 'convert': {
      const value = code(expression.value)
      const fromBool =
        expression.value.type.kind === 'bool' && ['int', 'float'].includes(expression.type.kind)
      return fromBool ? (frame) => Number(value(frame)) : value
    }
    case 'conditional': {
      const condition = code(expression.condition)
      const then = code(expression.then)
      const otherwise = code(expression.otherwise)
      return (frame) => (isTrue(condition(frame)) ? then(frame) : otherwise(frame))
    }
    case 'comprehension':
      return compileComprehension(expression, scope, compile)
    case 'map-comprehension':
      return compileMapComprehension(expression, scope, compile)
    case 'lambda':
      return compileLambda(expression, scope)
    case 'construct':
      return compileConstruct(expression, scope)
    case 'call':
      return compileCall(expression, scope)
    case 'method':
      return compileMethod(expression, scope)
    case 'builtin':
      return compileBuiltin(expression, scope)
    case 'format':
      return compileFormat(expression, scope)
  }
}

function compileName({ name }: Of<'name'>, scope: Scope): Code {
  const place = placeOfName(scope, name)
  return (frame) => {
    const value = frame[place]
    if (value === undefined) throw unsupported(`${name} is read before it is set`)
    return value
  }
}

/** The layout of the record or class that an expression gives. */
export function layoutOf(expression: Expression, scope: Scope): Layout {
  const { type } = expression
  const layout = type.kind === 'record' ? scope.layouts.get(type.name) : undefined
  if (layout === undefined) throw unsupported(`a field or method of a ${type.kind}`)
  return layout
}

export function placeOfField(field: Of<'field'>, scope: Scope): number {
  const place = layoutOf(field.of, scope).places.get(field.name)
  if (place === undefined) throw unsupported(`the field ${field.name}, which is not declared`)
  return place
}

function compileField(expression: Of<'field'>, scope: Scope): Code {
  const of = compile(expression.of, scope)
  const place = placeOfField(expression, scope)
  return (frame) => {
    const value = (of(frame) as Instance).fields[place]
    if (value === undefined) throw unsupported(`${expression.name} is read before it is set`)
    return value
  }
}

function compileSlice(expression: Of<'slice'>, scope: Scope): Code {
  const of = compile(expression.of, scope)
  const start = expression.start && compile(expression.start, scope)
  const stop = expression.stop && compile(expression.stop, scope)
  const { machine } = scope
  return (frame) => {
    const whole = of(frame) as string | Runtime[]
    machine.size(whole.length)
    const from = start?.(frame) as number | null | undefined
    return slice(whole, from, stop?.(frame) as number | null | undefined, expression.step)
  }
}

function compileBetween(expression: Of<'between'>, scope: Scope): Code {
  const [low, value, high] = [expression.low, expression.value, expression.high].map((part) =>
    compile(part, scope),
  )
  const above = comparison(expression.lowOperator, expression.value.type)
  const below = comparison(expression.highOperator, expression.value.type)
  return (frame) => {
    const least = low!(frame)
    const middle = value!(frame)
    return above(least, middle) && below(middle, high!(frame))
  }
}

function compileIn(expression: Of<'in'>, scope: Scope): Code {
  const item = compile(expression.item, scope)
  const container = compile(expression.container, scope)
  const { machine } = scope
  return (frame) => {
    const wanted = item(frame)
    return contains(container(frame), wanted, machine) !== expression.negated
  }
}

/** A lambda's variables have places in the frame around it. They get their old values back, as it may recur. */
function compileLambda(expression: Of<'lambda'>, scope: Scope): Code {
  const names = expression.parameters.map((parameter) => parameter.name)
  const inside = innerScope(scope, names)
  const places = names.map((name) => placeOfName(inside, name))
  const body = compile(expression.body, inside)
  return (frame): FunctionValue =>
    (...values) => {
      scope.machine.step()
      const before = places.map((place) => frame[place])
      for (const [index, place] of places.entries()) frame[place] = values[index]
      const result = body(frame)
      for (const [index, place] of places.entries()) frame[place] = before[index]
      return result
    }
}

function compileConstruct(expression: Of<'construct'>, scope: Scope): Code {
  const layout = scope.layouts.get(expression.name)
  if (layout === undefined) throw unsupported(`${expression.name}, which is not declared`)
  const values = expression.arguments.map((argument) => compile(argument, scope))
  if (!layout.isClass)
    return (frame) =>
      new Instance(
        layout,
        values.map((value) => value(frame)),
      )
  const initialize = known(scope.methods.get(expression.name), expression.name)
  return (frame) => {
    const instance = new Instance(layout, [])
    initialize(
      instance,
      values.map((value) => value(frame)),
    )
    return instance
  }
}

function compileCall(expression: Of<'call'>, scope: Scope): Code {
  const values = expression.arguments.map((argument) => compile(argument, scope))
  if (isLocal(scope, expression.function)) {
    const place = placeOfName(scope, expression.function)
    return (frame) => (frame[place] as FunctionValue)(...values.map((value) => value(frame)))
  }
  const callable = known(scope.functions.get(expression.function), expression.function)
  return (frame) =>
    callable(
      undefined,
      values.map((value) => value(frame)),
    )
}

function compileMethod(expression: Of<'method'>, scope: Scope): Code {
  const of = compile(expression.of, scope)
  const name = `${layoutOf(expression.of, scope).declaration.name}.${expression.name}`
  const callable = known(scope.methods.get(name), name)
  const values = expression.arguments.map((argument) => compile(argument, scope))
  return (frame) => {
    const receiver = of(frame)
    return callable(
      receiver,
      values.map((value) => value(frame)),
    )
  }
}

function known(callable: Callable | undefined, name: string): Callable {
  if (callable === undefined) throw unsupported(`${name}, which is not declared`)
  return callable
}

function compileBuiltin(expression: Of<'builtin'>, scope: Scope): Code {
  const values = expression.arguments.map((argument) => compile(argument, scope))
  const { key, reverse = false, default: usual } = expression.options ?? {}
  const keyCode = key && compile(key, scope)
  const usualCode = usual && compile(usual, scope)
  const call = builtinAt(expression.name, {
    machine: scope.machine,
    arguments: expression.arguments.map((argument) => argument.type),
    result: expression.type,
    reverse,
  })
  if (keyCode === undefined && usualCode === undefined)
    return (frame) =>
      call(
        values.map((value) => value(frame)),
        {},
      )
  return (frame) =>
    call(
      values.map((value) => value(frame)),
      {
        key: keyCode?.(frame) as FunctionValue | undefined,
        default: usualCode?.(frame),
      },
    )
}

function compileFormat(expression: Of<'format'>, scope: Scope): Code {
  const parts = expression.parts.map((part): Code => {
    if (typeof part === 'string') return () => part
    const { spec } = part
    const { type } = part.value
    const value = compile(part.value, scope)
    return spec === undefined
      ? (frame) => spell(value(frame), type)
      : (frame) => format(value(frame), type, spec)
  })
  return (frame) => {
    const text = parts.map((part) => part(frame)).join('')
    scope.machine.size(text.length)
    return text
  }
}
