import type { Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { Unsupported } from '../renderer.ts'
import { calleeOf, type Subject } from '../subjects.ts'
import { expression, several } from './expressions.ts'
import { checkError } from './failing.ts'
import { exported, unexported } from './names.ts'
import { pointer } from './optionals.ts'
import { fieldName } from './places.ts'
import type { Survey } from './survey.ts'
import { atom, call as callGo, composite, type Go, method, print, select, unary } from './syntax.ts'
import { goType, isNilable } from './types.ts'
import { emit, fresh, variable, type Writing } from './writing.ts'

/** What a function returns in Go: several values for a tuple, a flag for an optional, an error where it can fail. */
export interface ResultShape {
  types: readonly Type[]
  flag: boolean
  error: boolean
}

export function resultShape({ key, declaration, of }: Subject, survey: Survey): ResultShape {
  const error = survey.fallible.has(key)
  const { result, name } = declaration
  if (of !== undefined && name === '__init__')
    return { types: [{ kind: 'record', name: of }], flag: false, error }
  const flag = result.kind === 'optional' && !isNilable(result.of, survey)
  const held = flag ? (result as { of: Type }).of : result
  if (held.kind === 'none') return { types: [], flag, error }
  return { types: held.kind === 'tuple' ? held.of : [held], flag, error }
}

type Call = Expression & { kind: 'call' | 'method' | 'construct' }

function isCall(of: Expression): of is Call {
  return of.kind === 'call' || of.kind === 'method' || of.kind === 'construct'
}

function subjectOf(of: Call, writing: Writing): Subject {
  const subject = writing.module.survey.subjects.get(calleeOf(of) ?? '')
  if (!subject) throw new Unsupported('a call of what the program does not have')
  return subject
}

/** The shape of what a call of the program's own functions gives; nothing for other expressions. */
export function shapeOf(of: Expression, writing: Writing): ResultShape | undefined {
  if (!isCall(of)) return undefined
  if (of.kind === 'construct' && !writing.module.survey.subjects.has(of.name)) return undefined
  return resultShape(subjectOf(of, writing), writing.module.survey)
}

/** How a function is called: the entry for everybody, others inside the package. */
export function functionName(name: string, survey: Survey): string {
  return name === survey.program.entry ? exported(name) : unexported(name)
}

/** The call itself, whatever it returns. */
export function bareCall(of: Call, writing: Writing): Go {
  const subject = subjectOf(of, writing)
  const args = () => of.arguments.map((argument, index) => ({ argument, index }))
  const write = (argument: Expression, index: number) => argumentOf(argument, index, subject, writing)
  if (of.kind === 'method') {
    const [receiver, ...rest] = several([of.of, ...of.arguments], writing, (part, index) =>
      index === 0 ? expression(part, writing, 'read') : write(part, index - 1),
    )
    return method(receiver!, exported(of.name), ...rest)
  }
  const given = several(
    args().map(({ argument }) => argument),
    writing,
    write,
  )
  if (of.kind === 'construct') return callGo(`New${exported(of.name)}`, ...given)
  return callGo(functionName(of.function, writing.module.survey), ...given)
}

function argumentOf(argument: Expression, index: number, subject: Subject, writing: Writing): Go {
  const parameter = subject.declaration.parameters[index]!
  if (writing.module.survey.pointers.has(`${subject.key}.${parameter.name}`))
    return address(argument, writing)
  if (parameter.type.kind === 'optional') return pointer(argument, writing)
  const isRead = !parameter.changed && subject.of === undefined
  return expression(argument, writing, isRead ? 'read' : 'keep')
}

/** `&xs`: the function makes the list longer or shorter. */
function address(argument: Expression, writing: Writing): Go {
  if (argument.kind === 'name') {
    if (writing.pointers.has(argument.name)) return variable(argument.name)
    return unary('&', variable(argument.name))
  }
  if (argument.kind === 'field')
    return unary('&', select(expression(argument.of, writing), fieldName(argument, writing)))
  if (argument.kind === 'list' && argument.items.length === 0)
    return unary('&', composite(goType(argument.type, writing.module.survey), []))
  throw new Unsupported('a list that grows in another function')
}

/** A call as one value. `goal` is the variable that it is for. */
export function call(of: Call, writing: Writing, goal?: string): Go {
  const shape = shapeOf(of, writing)!
  if (shape.flag) throw new Unsupported('an optional in this place')
  if (shape.types.length === 1 && !shape.error) return bareCall(of, writing)
  if (shape.types.length === 0) throw new Unsupported('a call that gives nothing')
  const parts = callParts(of, writing, goal ? [goal] : [])
  return shape.types.length === 1 ? parts[0]! : composite(goType(of.type, writing.module.survey), parts)
}

export function methodCall(of: Expression & { kind: 'method' }, writing: Writing, goal?: string): Go {
  return call(of, writing, goal)
}

/** An instance: a literal of a record, a call of a class's constructor. */
export function construct(of: Expression & { kind: 'construct' }, writing: Writing, goal?: string): Go {
  const { survey } = writing.module
  const record = survey.program.records.find(({ name }) => name === of.name)
  if (!record) return call(of, writing, goal)
  const given = several(of.arguments, writing, (argument, index) =>
    record.fields[index]!.type.kind === 'optional'
      ? pointer(argument, writing)
      : expression(argument, writing),
  )
  const items = record.fields.map(({ name }, index) => ({ key: atom(exported(name)), value: given[index]! }))
  const literal = composite(exported(of.name), items)
  return survey.byReference.has(of.name) ? unary('&', literal) : literal
}

/**
 * Calls on a line before, and gives the values with the flag of an optional after them. `names` are what they are to be
 * called; an error goes where errors go.
 */
export function callParts(of: Expression, writing: Writing, names: readonly string[]): Go[] {
  if (!isCall(of)) throw new Error('not a call')
  const shape = shapeOf(of, writing)!
  const made = bareCall(of, writing)
  const count = shape.types.length + (shape.flag ? 1 : 0)
  const parts = Array.from(
    { length: count },
    (_, index) => names[index] ?? nameFor(of, index, shape, writing),
  )
  assignParts(parts, made, shape, writing)
  return parts.map(atom)
}

/** `a, b, err := f(x)`, and what follows from an error. */
export function assignParts(parts: readonly string[], made: Go, shape: ResultShape, writing: Writing): void {
  const all = shape.error ? [...parts, 'err'] : parts
  const nothing = parts.every((part) => part === '_')
  if (nothing && shape.error) {
    checkError(writing, `${all.join(', ')} := ${print(made)}; err != nil`)
    return
  }
  if (nothing) emit(writing, shape.types.length > 0 ? `${all.join(', ')} = ${print(made)}` : print(made))
  else emit(writing, `${all.join(', ')} := ${print(made)}`)
  if (shape.error) checkError(writing, 'err != nil')
}

function nameFor(of: Call, index: number, shape: ResultShape, writing: Writing): string {
  if (index === shape.types.length) return unexported(fresh(writing, 'ok', 'found'))
  const last = calleeOf(of)!.split(/[_.]/).at(-1)!.toLowerCase()
  const wanted =
    shape.types.length === 1
      ? [last, 'value', 'result']
      : [['first', 'second', 'third'][index] ?? 'part', 'part']
  return unexported(fresh(writing, ...wanted))
}
