/**
 * The typed syntax tree of the exercise language. Its surface is a part of Python (`docs/practice.md`), its meaning
 * is what `interpret.ts` does, and every renderer writes it as a person would in one programming language. Names are
 * Python's (`snake_case`, classes in `PascalCase`); a renderer spells them its own way.
 */
import type { Type } from './types.ts'

export interface Program {
  records: RecordDeclaration[]
  classes: ClassDeclaration[]
  /** In the order of the source: a helper stands before the function that uses it. */
  functions: FunctionDeclaration[]
  /** Name of the function, or class, that the exercise asks for. */
  entry: string
}

/** A record without methods: Python's `@dataclass`. */
export interface RecordDeclaration {
  name: string
  fields: Field[]
}

export interface Field {
  name: string
  type: Type
}

/** A class with state: `constructor` sets every field, methods read and change them through `self`. */
export interface ClassDeclaration {
  name: string
  fields: Field[]
  constructor: { parameters: Parameter[]; body: Statement[] }
  methods: FunctionDeclaration[]
}

export interface Parameter {
  name: string
  type: Type
  /** A literal. Calls in the tree give every argument; the default is for a renderer that shows it. */
  default?: Expression
  /** The body assigns the name again. */
  assigned?: true
  /** The body changes the value in place, by itself or by what it calls: `xs.append(x)`. The caller sees it. */
  changed?: true
}

export interface FunctionDeclaration {
  name: string
  parameters: Parameter[]
  result: Type
  body: Statement[]
}

export type Statement =
  /**
   * The first assignment to a name in its block. `mutable`: it is assigned again, or changed in place, later.
   * Without a value: branches below assign it, once each if it is not `mutable`, and what follows them reads it
   * (`int sign;` in Java; Python writes nothing).
   */
  | { kind: 'declare'; name: string; type: Type; value: Expression | undefined; mutable: boolean }
  | { kind: 'assign'; target: Target; value: Expression }
  /** `target += value`, with any arithmetic operator. */
  | { kind: 'update'; target: Target; operator: Arithmetic; value: Expression }
  /**
   * `a, b = value`, or the swap `a, b = b, a` where the value is a tuple literal. The value is a tuple, or a list of as
   * many items (another length is an error). `declares` and `mutable` say of each target what `declare` says.
   */
  | { kind: 'unpack'; targets: Target[]; declares: boolean[]; mutable?: boolean[]; value: Expression }
  | { kind: 'delete'; target: IndexExpression }
  | { kind: 'expression'; value: Expression }
  | { kind: 'if'; branches: { condition: Expression; body: Statement[] }[]; otherwise: Statement[] }
  | { kind: 'while'; condition: Expression; body: Statement[] }
  /** `for name in iterable`, `for a, b in iterable`. Ranges, `enumerate`, `zip` and `.items()` are calls in `iterable`. */
  | { kind: 'for'; names: Binding[]; iterable: Expression; body: Statement[] }
  | { kind: 'return'; value: Expression | undefined }
  | { kind: 'break' }
  | { kind: 'continue' }
  /** `raise ValueError(message)`: the language has this one error. */
  | { kind: 'raise'; message: Expression }
  /** `try: body except ValueError: handler`. */
  | { kind: 'try'; body: Statement[]; handler: Statement[] }

/** A loop's or comprehension's variable. `_` where it is not used. */
export interface Binding {
  name: string
  type: Type
}

export type Target = NameExpression | IndexExpression | FieldExpression

export type Arithmetic = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '&' | '|' | '^' | '<<' | '>>'
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

export type NameExpression = { kind: 'name'; name: string; type: Type }
/** `list[i]`, `string[i]`, `map[key]`, `tuple[0]`; a negative index counts from the end. Out of range is an error. */
export type IndexExpression = { kind: 'index'; of: Expression; index: Expression; type: Type }
export type FieldExpression = { kind: 'field'; of: Expression; name: string; type: Type }

export type Expression = NameExpression | IndexExpression | FieldExpression | OtherExpression

type OtherExpression =
  | { kind: 'int'; value: number; type: Type }
  | { kind: 'float'; value: number; type: Type }
  | { kind: 'bool'; value: boolean; type: Type }
  /** A literal of one character that stands where a `char` is wanted has that type. */
  | { kind: 'string'; value: string; type: Type }
  | { kind: 'none'; type: Type }
  | { kind: 'list'; items: Expression[]; type: Type }
  | { kind: 'set'; items: Expression[]; type: Type }
  | { kind: 'map'; entries: { key: Expression; value: Expression }[]; type: Type }
  | { kind: 'tuple'; items: Expression[]; type: Type }
  /** An instance of a record or class, arguments in the order of its fields or parameters, none left out. */
  | { kind: 'construct'; name: string; arguments: Expression[]; type: Type }
  /** `self` inside a method. */
  | { kind: 'self'; type: Type }
  | { kind: 'negate'; value: Expression; type: Type }
  | { kind: 'invert'; value: Expression; type: Type }
  | { kind: 'not'; value: Expression; type: Type }
  /** Numbers (operands of `/` are floats); strings and lists by `+`, string or list times int by `*`; sets by `|`, `&`, `-`; dates with days. Operands have equal types but for `*` and dates: an `int` beside a `float` is wrapped in `convert`. */
  | { kind: 'arithmetic'; operator: Arithmetic; left: Expression; right: Expression; type: Type }
  /** Operands have equal types; `==` compares by value everywhere. */
  | { kind: 'compare'; operator: Comparison; left: Expression; right: Expression; type: Type }
  /** `low < x <= high`. */
  | {
      kind: 'between'
      low: Expression
      lowOperator: '<' | '<='
      value: Expression
      highOperator: '<' | '<='
      high: Expression
      type: Type
    }
  | { kind: 'logic'; operator: 'and' | 'or'; left: Expression; right: Expression; type: Type }
  /** `item in container`: list, set, map (its keys), or a part of a string. */
  | { kind: 'in'; item: Expression; container: Expression; negated: boolean; type: Type }
  /** `x is None` and `x is not None`, for optionals. After it the checker narrows names: reads of them are `unwrap`. */
  | { kind: 'is-none'; value: Expression; negated: boolean; type: Type }
  /** An optional that is known to hold a value. */
  | { kind: 'unwrap'; value: Expression; type: Type }
  /** A change of type that Python does not write: int → float, char → string, T → T | None; and of a new list, set or map, its items: `list(word)` as a `list[str]`. */
  | { kind: 'convert'; value: Expression; type: Type }
  | { kind: 'conditional'; condition: Expression; then: Expression; otherwise: Expression; type: Type }
  /** `of[start:stop:step]` of a list or string, bounds as Python's; step is a literal, 1 where absent. */
  | { kind: 'slice'; of: Expression; start?: Expression; stop?: Expression; step: number; type: Type }
  /** A comprehension. `generator` is one that is the only argument of `sum`, `any`, `all`, `min`, `max`, `join`, …: it is never a value by itself. */
  | {
      kind: 'comprehension'
      form: 'list' | 'set' | 'generator'
      item: Expression
      clauses: Clause[]
      type: Type
    }
  | { kind: 'map-comprehension'; key: Expression; value: Expression; clauses: Clause[]; type: Type }
  /** A lambda, or the name of a one-argument builtin or function used as a value: `key=len` is `key=lambda x: len(x)`. */
  | { kind: 'lambda'; parameters: Binding[]; body: Expression; type: Type }
  /** A function of the program; no argument is left out. */
  | { kind: 'call'; function: string; arguments: Expression[]; type: Type }
  /** A method of a class of the program. */
  | { kind: 'method'; of: Expression; name: string; arguments: Expression[]; type: Type }
  /**
   * A function or method of the standard library; a method's receiver is the first argument. Arguments stand as Python
   * wants them by position; `d.replace(day=1)` has the four arguments `d, None, None, 1`. `math.pi` and `d.year` have
   * none and one. What `range`, `enumerate`, `zip`, `reversed`, `d.keys()`, `d.items()` and generators give has the
   * type of a list, and stands only where something goes through it.
   */
  | { kind: 'builtin'; name: Builtin; arguments: Expression[]; options?: BuiltinOptions; type: Type }
  /** An f-string. */
  | { kind: 'format'; parts: (string | FormatPart)[]; type: Type }

export interface FormatPart {
  value: Expression
  spec?: FormatSpec
}

/** `{x:05.2f}`, `{x:>8}`, `{x:,}`. */
export interface FormatSpec {
  /** `0` without `align`: zeros between the sign and the digits. */
  fill?: string
  align?: '<' | '>' | '^'
  width?: number
  /** Thousands' commas. */
  grouping?: boolean
  /** Digits after the point. */
  precision?: number
  /** d decimal, b binary, o octal, x and X hexadecimal, f fixed, % percent. */
  form?: 'd' | 'b' | 'o' | 'x' | 'X' | 'f' | '%'
}

/** `for names in iterable if condition …` inside a comprehension. */
export interface Clause {
  names: Binding[]
  iterable: Expression
  conditions: Expression[]
}

/** Of `sorted`, `list.sort`, `min`, `max`. */
export interface BuiltinOptions {
  key?: Expression
  reverse?: boolean
  /** `min(xs, default=0)`. */
  default?: Expression
}

/** Everything of Python's library that the language has. `str.x`, `list.x`, `dict.x`, `set.x`, `date.x` are methods and properties. */
export const builtins = [
  'len',
  'sum',
  'min',
  'max',
  'abs',
  'round',
  'divmod',
  'pow',
  'int',
  'float',
  'str',
  'bool',
  'ord',
  'chr',
  'bin',
  'hex',
  'range',
  'enumerate',
  'zip',
  'sorted',
  'reversed',
  'any',
  'all',
  'list',
  'set',
  'dict',
  'tuple',
  'print',
  'math.sqrt',
  'math.isqrt',
  'math.floor',
  'math.ceil',
  'math.gcd',
  'math.pi',
  'math.hypot',
  'math.sin',
  'math.cos',
  'math.radians',
  'math.log',
  'math.inf',
  'str.lower',
  'str.upper',
  'str.title',
  'str.capitalize',
  'str.swapcase',
  'str.strip',
  'str.lstrip',
  'str.rstrip',
  'str.split',
  'str.splitlines',
  'str.join',
  'str.replace',
  'str.startswith',
  'str.endswith',
  'str.find',
  'str.rfind',
  'str.index',
  'str.count',
  'str.isdigit',
  'str.isalpha',
  'str.isalnum',
  'str.isupper',
  'str.islower',
  'str.isspace',
  'str.zfill',
  'str.ljust',
  'str.rjust',
  'str.center',
  'str.removeprefix',
  'str.removesuffix',
  'str.partition',
  'list.append',
  'list.pop',
  'list.insert',
  'list.extend',
  'list.sort',
  'list.reverse',
  'list.index',
  'list.count',
  'list.copy',
  'list.remove',
  'list.clear',
  'dict.get',
  'dict.items',
  'dict.keys',
  'dict.values',
  'dict.setdefault',
  'dict.pop',
  'dict.update',
  'dict.copy',
  'set.add',
  'set.remove',
  'set.discard',
  'set.union',
  'set.intersection',
  'set.difference',
  'set.issubset',
  'set.copy',
  'date',
  'date.year',
  'date.month',
  'date.day',
  'date.weekday',
  'date.isoformat',
  'date.fromisoformat',
  'date.replace',
  'timedelta',
  'timedelta.days',
] as const

export type Builtin = (typeof builtins)[number]
