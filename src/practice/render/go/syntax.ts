/**
 * Expressions of Go, printed as gofmt does: which blanks stand around an operator depends on what stands around it.
 * From the Go project's `go/printer/nodes.go` (`binaryExpr`, `cutoff`, `walkBinary`).
 */
export type Go =
  /** A name, a literal, or anything that binds as tightly and holds no operators to be spaced. */
  | { kind: 'atom'; text: string }
  | { kind: 'binary'; operator: string; left: Go; right: Go }
  | { kind: 'unary'; operator: '-' | '!' | '^' | '&' | '*'; value: Go }
  | { kind: 'call'; of: Go; arguments: Go[]; spread?: boolean }
  | { kind: 'index'; of: Go; index: Go }
  | { kind: 'slice'; of: Go; low?: Go | undefined; high?: Go | undefined }
  | { kind: 'select'; of: Go; name: string }
  /** `T{a, b}` or `T{k: v}`. */
  | { kind: 'composite'; type: string; items: (Go | { key: Go; value: Go })[] }
  /** A function literal: its head, and the lines of its body without their common indentation. */
  | { kind: 'function'; head: string; lines: string[] }

const precedences: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '|': 4,
  '^': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '<<': 5,
  '>>': 5,
  '&': 5,
}
const HIGHEST = 7

export function atom(text: string): Go {
  return { kind: 'atom', text }
}
export function call(of: string | Go, ...args: Go[]): Go {
  return { kind: 'call', of: typeof of === 'string' ? atom(of) : of, arguments: args }
}
export function spread(of: string, first: Go, rest: Go): Go {
  return { kind: 'call', of: atom(of), arguments: [first, rest], spread: true }
}
export function binary(left: Go, operator: string, right: Go): Go {
  return { kind: 'binary', operator, left, right }
}
export function unary(operator: '-' | '!' | '^' | '&' | '*', value: Go): Go {
  return { kind: 'unary', operator, value }
}
export function index(of: Go, at: Go): Go {
  return { kind: 'index', of, index: at }
}
export function slice(of: Go, low?: Go, high?: Go): Go {
  return { kind: 'slice', of, low, high }
}
export function select(of: Go, name: string): Go {
  return { kind: 'select', of, name }
}
export function method(of: Go, name: string, ...args: Go[]): Go {
  return { kind: 'call', of: select(of, name), arguments: args }
}
export function composite(type: string, items: (Go | { key: Go; value: Go })[]): Go {
  return { kind: 'composite', type, items }
}

/** The opposite of a condition, by its operator where it has one. */
export function negated(of: Go): Go {
  const opposite: Readonly<Record<string, string>> = {
    '==': '!=',
    '!=': '==',
    '<': '>=',
    '<=': '>',
    '>': '<=',
    '>=': '<',
  }
  if (of.kind === 'unary' && of.operator === '!') return of.value
  if (of.kind === 'atom' && of.text === 'true') return atom('false')
  if (of.kind === 'atom' && of.text === 'false') return atom('true')
  if (of.kind === 'binary' && opposite[of.operator]) return { ...of, operator: opposite[of.operator]! }
  return unary('!', of)
}

/** As text, which has several lines where a function literal has. `depth` is 1, or 2 among several on both sides of `=`. */
export function print(of: Go, depth = 1): string {
  return printAt(of, 0, depth)
}

export function printAll(of: readonly Go[], depth = 1): string {
  return of.map((one) => print(one, depth)).join(', ')
}

function printAt(of: Go, outer: number, depth: number): string {
  switch (of.kind) {
    case 'atom':
      return of.text
    case 'binary':
      return printBinary(of, outer, depth)
    case 'unary': {
      const value = printAt(of.value, HIGHEST - 1, depth)
      return of.operator + (of.operator === '-' && value.startsWith('-') ? `(${value})` : value)
    }
    case 'call': {
      const inner = of.arguments.length > 1 ? depth + 1 : depth
      const args = of.arguments.map((argument) => printAt(argument, 0, inner)).join(', ')
      return `${printAt(of.of, HIGHEST, depth)}(${args}${of.spread ? '...' : ''})`
    }
    case 'index':
      return `${printAt(of.of, HIGHEST, 1)}[${printAt(of.index, 0, depth + 1)}]`
    case 'slice': {
      const bounds = [of.low, of.high]
      const present = bounds.filter((bound) => bound !== undefined)
      const wide = depth <= 1 && present.length > 1 && present.some(({ kind }) => kind === 'binary')
      const [low, high] = bounds.map((bound) => (bound ? printAt(bound, 0, depth + 1) : ''))
      return `${printAt(of.of, HIGHEST, 1)}[${low}${wide ? ' : ' : ':'}${high}]`
    }
    case 'select':
      return `${printAt(of.of, HIGHEST, depth)}.${of.name}`
    case 'composite':
      return `${of.type}{${of.items.map((item) => ('key' in item ? `${printAt(item.key, 0, 1)}: ${printAt(item.value, 0, 1)}` : printAt(item, 0, 1))).join(', ')}}`
    case 'function':
      if (of.lines.length === 1 && of.head.length + of.lines[0]!.length < 70)
        return `${of.head} { ${of.lines[0]} }`
      return `${of.head} {\n${of.lines.map((line) => (line ? `\t${line}` : '')).join('\n')}\n}`
  }
}

type Binary = Go & { kind: 'binary' }

function printBinary(of: Binary, outer: number, depth: number): string {
  const precedence = precedences[of.operator]!
  if (precedence < outer) return `(${printAt(of, 0, Math.max(1, depth - 1))})`
  const blank = precedence < cutoff(of, depth) ? ' ' : ''
  const same = of.left.kind === 'binary' && precedences[of.left.operator] === precedence
  const left = printAt(of.left, precedence, same ? depth : depth + 1)
  return `${left}${blank}${of.operator}${blank}${printAt(of.right, precedence + 1, depth + 1)}`
}

/** Operators that bind less tightly than this have blanks around them. */
function cutoff(of: Binary, depth: number): number {
  const { has4, has5, problem } = look(of)
  if (problem > 0) return problem + 1
  if (has4 && has5) return depth === 1 ? 5 : 4
  return depth === 1 ? 6 : 4
}

function look(of: Binary): { has4: boolean; has5: boolean; problem: number } {
  const precedence = precedences[of.operator]!
  const found = { has4: precedence === 4, has5: precedence === 5, problem: 0 }
  const take = (side: Go, bracketed: boolean) => {
    if (side.kind !== 'binary' || bracketed) return
    const inner = look(side)
    found.has4 ||= inner.has4
    found.has5 ||= inner.has5
    found.problem = Math.max(found.problem, inner.problem)
  }
  take(of.left, of.left.kind === 'binary' && precedences[of.left.operator]! < precedence)
  take(of.right, of.right.kind === 'binary' && precedences[of.right.operator]! <= precedence)
  if (of.right.kind === 'unary') {
    const pair = of.operator + of.right.operator
    if (pair === '/*' || pair === '&&' || pair === '&^') found.problem = 5
    else if (pair === '++' || pair === '--') found.problem = Math.max(found.problem, 4)
  }
  return found
}

/** In the head of a statement a literal of a named type stands in brackets, since its brace would begin the block. */
export function header(of: Go): Go {
  switch (of.kind) {
    case 'composite':
      return /^[[m]/.test(of.type) && !/^m(?!ap\[)/.test(of.type) ? of : atom(`(${print(of)})`)
    case 'binary':
      return { ...of, left: header(of.left), right: header(of.right) }
    case 'unary':
      return { ...of, value: header(of.value) }
    case 'select':
    case 'index':
    case 'slice':
      return { ...of, of: header(of.of) }
    case 'call':
      return { ...of, of: header(of.of) }
    default:
      return of
  }
}
