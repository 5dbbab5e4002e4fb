import type { Generator, Size } from './inputs-generator.ts'
import { fault, type Literal, type Part } from './inputs-syntax.ts'

/** Takes the parts of a generator one after the other, and says where one is not what it has to be. */
export interface Parts {
  /** Whether one is left. */
  more(): boolean
  integer(): number
  /** Two numbers, the smaller one first. */
  bounds(kind: 'int' | 'float'): [low: number, high: number]
  string(): string
  /** All that are left, at least one. */
  literals(): Literal[]
  generators(): Generator[]
  /** @param isWanted says of what is drawn whether it is of the type that it has to be. */
  generator(isWanted?: (generator: Generator) => boolean): Generator
  /** A number or a range; the usual one where none is left. */
  size(usual: Size): Size
  /** Nothing may be left. */
  end(): void
}

/** @param usage an example of how the generator is written, for messages. */
export function readParts(
  call: Extract<Part, { kind: 'call' }>,
  text: string,
  usage: string,
  make: (part: Part) => Generator,
): Parts {
  let next = 0
  const more = () => next < call.parts.length
  const wrong = (problem: string): never =>
    fault(text, call.parts[next]?.at ?? call.at, problem, `Write for example ${usage}.`)

  function number(kinds: Part['kind'][], what: string): number {
    const part = call.parts[next]
    if ((part?.kind !== 'int' && part?.kind !== 'float') || !kinds.includes(part.kind))
      return wrong(`${what} is missing in ${call.name}`)
    next++
    return part.value
  }

  function literal(): Literal {
    const part = call.parts[next]
    if (part === undefined || part.kind === 'call' || part.kind === 'range')
      return wrong(`a number or a text is missing in ${call.name}`)
    next++
    return part
  }

  function generator(isWanted: (generator: Generator) => boolean = () => true): Generator {
    const part = call.parts[next]
    if (part === undefined) return wrong(`a generator is missing in ${call.name}`)
    const made = make(part)
    if (!isWanted(made)) return wrong('this generator is not of the type that has to stand here')
    next++
    return made
  }

  function all<T>(take: () => T): T[] {
    const taken = [take()]
    while (more()) taken.push(take())
    return taken
  }

  return {
    more,
    integer: () => number(['int'], 'a whole number'),
    bounds(kind) {
      const kinds: Part['kind'][] = kind === 'int' ? ['int'] : ['int', 'float']
      const low = number(kinds, 'the lower bound')
      const highPart = call.parts[next]
      const high = number(kinds, 'the upper bound')
      if (low > high) fault(text, highPart!.at, `${high} is less than ${low}`, `Write for example ${usage}.`)
      return [low, high]
    },
    string() {
      const { kind, value } = literal()
      return kind === 'string' ? value : wrong(`a text in quotes is missing in ${call.name}`)
    },
    literals: () => all(literal),
    generators: () => all(generator),
    generator,
    size(usual) {
      const part = call.parts[next]
      if (part === undefined) return usual
      const size = part.kind === 'int' ? { from: part.value, to: part.value } : part
      if (!('from' in size) || size.from < 0) return wrong('this is no size')
      next++
      return { from: size.from, to: size.to }
    },
    end() {
      if (more()) wrong(`this is too much for ${call.name}`)
    },
  }
}
