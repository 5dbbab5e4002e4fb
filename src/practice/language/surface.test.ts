import { describe, expect, it } from 'vitest'
import { UserError } from '../../lib/index.ts'
import { openReader } from './testing/read-surface.ts'

const { program } = await openReader()

/** What is refused, where and why, and what to write instead. */
const cases: Record<string, [source: string, message: string, hint: string][]> = {
  names: [
    [
      'def f(n: int) -> int:\n    return m',
      'Line 2, column 12, `m`: there is no `m` here.',
      'Assign it first, or mend its spelling.',
    ],
    [
      'def f(n: int) -> int:\n    return g(n)',
      'Line 2, column 12, `g`: there is no function `g`.',
      'Define it above, or mend its spelling.',
    ],
    [
      'def f(n: int) -> int:\n    if n > 0:\n        m = 1\n    return m',
      'Line 4, column 12, `m`: `m` is not assigned on every path to here.',
      'Assign it before the branch or loop.',
    ],
    [
      'def f(n: int) -> int:\n    for n in range(3):\n        pass\n    return n',
      'Line 2, column 9, `n`: `n` has a meaning here already.',
      'Choose another name.',
    ],
    [
      'def f(xs: list[int]) -> int:\n    for x in xs:\n        x += 1\n    return 0',
      "Line 3, column 9, `x`: `x` is the loop's own variable.",
      'Give the new value a name of its own.',
    ],
    [
      'def f(xs: list[int]) -> int:\n    for x in xs:\n        pass\n    return x',
      'Line 4, column 12, `x`: there is no `x` here.',
      'Assign it first, or mend its spelling.',
    ],
    [
      'def f(list: str) -> int:\n    return 0',
      'Line 1, column 7, `list`: `list` is a name of the library.',
      'Choose another name.',
    ],
    [
      'def f() -> int:\n    sum = 0\n    return sum',
      'Line 2, column 5, `sum`: `sum` is a name of the library.',
      'Choose another name.',
    ],
    [
      'def f() -> int:\n    f = 0\n    return f',
      'Line 2, column 5, `f`: `f` is declared by the program.',
      'Choose another name.',
    ],
    [
      'def f() -> int:\n    return 1\ndef f() -> int:\n    return 2',
      'Line 3, column 5, `f`: `f` is declared twice.',
      'Choose another name.',
    ],
    [
      'def g() -> int:\n    return f()\ndef f() -> int:\n    return 1',
      'Line 3, column 5, `f`: `g` uses this and stands above it.',
      'Put helpers above what uses them.',
    ],
  ],
  types: [
    [
      'def f(n: int) -> str:\n    return n',
      'Line 2, column 12, `n`: this is int, and str is wanted.',
      'Write `str(…)`.',
    ],
    [
      'def f(x: float) -> int:\n    return x',
      'Line 2, column 12, `x`: this is float, and int is wanted.',
      'Write `int(…)`, `round(…)` or `//`.',
    ],
    [
      'def f(m: int | None) -> int:\n    return m',
      'Line 2, column 12, `m`: this is int | None, and int is wanted.',
      'Ask `is None` first.',
    ],
    [
      'def f(m: int | None) -> int:\n    return m + 1',
      'Line 2, column 12, `m + 1`: one side of this may be None.',
      'Ask `is None` first.',
    ],
    [
      'def f(m: int | None) -> int:\n    return m.real',
      'Line 2, column 12, `m.real`: int | None has no `real`.',
      'Ask `is None` first.',
    ],
    [
      'def f(n: int) -> str:\n    return "n is " + n',
      'Line 2, column 12, `"n is " + n`: there is no str + int.',
      'Convert one of them: `str(…)`, `int(…)`, `float(…)`.',
    ],
    [
      'def f(n: int) -> int:\n    return 1 if n else 0',
      'Line 2, column 17, `n`: int is neither true nor false.',
      'Write `!= 0`.',
    ],
    [
      'def f(s: str) -> bool:\n    return s > 3',
      'Line 2, column 12, `s > 3`: str is never compared with int.',
      'Convert one of them, or mend the types.',
    ],
    [
      'def f(xs: list[int]) -> list[float]:\n    return xs',
      'Line 2, column 12, `xs`: this is list[int], and list[float] is wanted.',
      'Build a new list: `[… for x in …]`.',
    ],
    [
      'def f(n: int) -> int:\n    return n[0]',
      'Line 2, column 12, `n[0]`: int has no items.',
      'Index a list, a string, a dict or a tuple.',
    ],
    [
      'def f(n: int) -> int:\n    return len(n)',
      'Line 2, column 16, `n`: int has no length.',
      'Give a list, a set, a dict or a string.',
    ],
    [
      'def f(n: int) -> int:\n    for i in n:\n        pass\n    return 0',
      'Line 2, column 14, `n`: nothing goes through int.',
      'Use a list, a set, a dict, a string or `range(…)`.',
    ],
    [
      'def f(n: int) -> bool:\n    return n is None',
      'Line 2, column 12, `n is None`: int is never None.',
      'Leave the question out, or annotate `T | None`.',
    ],
    [
      'def f(m: int | None) -> bool:\n    return m == None',
      'Line 2, column 12, `m == None`: None is not compared.',
      'Write `is None` or `is not None`.',
    ],
    [
      'def f(n: int) -> int:\n    n = "a"\n    return n',
      'Line 2, column 9, `"a"`: this is str, and int is wanted.',
      'Mend the value or the annotation.',
    ],
    [
      'def f(n: int) -> int:\n    x: int = 0\n    x += 0.5\n    return n',
      'Line 3, column 5, `x += 0.5`: `x` is int, and this makes it float.',
      'Start with that type.',
    ],
    [
      'def f(p: tuple[int, str], i: int) -> int:\n    return p[i]',
      'Line 2, column 14, `i`: a tuple of 2 is indexed by a number that is written out.',
      'Write `[0]` or `[1]`.',
    ],
    [
      'def f(p: tuple[int, str]) -> int:\n    for x in p:\n        pass\n    return 0',
      'Line 2, column 14, `p`: the items of this tuple have several types.',
      'Take them apart: `a, b = …`.',
    ],
    [
      'def f(xs: list[int]) -> dict[list[int], int]:\n    return {}',
      'Line 1, column 25, `dict[list[int], int]`: what can be changed is no key of a dict and no item of a set.',
      'Use numbers, strings, dates or tuples of them.',
    ],
    [
      'def f(xs: list[int]) -> int:\n    d = {xs: 1}\n    return 0',
      'Line 2, column 9, `{xs: 1}`: what can be changed is no key of a dict and no item of a set.',
      'Use numbers, strings, dates or tuples of them.',
    ],
    [
      'def f() -> int:\n    xs = []\n    return len(xs)',
      'Line 2, column 10, `[]`: nothing says the type of this.',
      'Annotate it: `name: list[int] = []`, `name: int | None = None`.',
    ],
    [
      'def f() -> int:\n    x = None\n    return 0',
      'Line 2, column 9, `None`: nothing says the type of this.',
      'Annotate it: `name: list[int] = []`, `name: int | None = None`.',
    ],
    [
      'def f() -> int:\n    xs = []\n    return xs[0].a',
      'Line 3, column 12, `xs[0]`: the type of this is not known yet.',
      'Annotate it where it is assigned first: `name: list[int] = []`.',
    ],
    [
      'def f(a: int, b: str) -> list[int]:\n    return [a, b]',
      'Line 2, column 16, `b`: this is str, and int is wanted.',
      'Mend the value or the annotation.',
    ],
    [
      'def f(a: int, b: str) -> int:\n    return a if a > 0 else b',
      'Line 2, column 12, `a if a > 0 else b`: one branch is int, the other str.',
      'Give both one type.',
    ],
    [
      'def f(s: str) -> None:\n    s[0] = "x"',
      'Line 2, column 5, `s[0]`: str is never changed.',
      'Build a new one: of a string with `[:i]`, `+` and `[i:]`.',
    ],
    [
      'def f(s: set[int]) -> str:\n    return ",".join(str(x) for x in s)',
      'Line 2, column 20, `(str(x) for x in s)`: the order of a set is not that of a list.',
      'Go through `sorted(…)`.',
    ],
    [
      'def f(s: set[int]) -> list[int]:\n    return [x for x in s]',
      'Line 2, column 12, `[x for x in s]`: the order of a set is not that of a list.',
      'Go through `sorted(…)`.',
    ],
    [
      'def f(n: int) -> int:\n    x = print(n)\n    return n',
      'Line 2, column 9, `print(n)`: this gives nothing back.',
      'Call it on a line of its own.',
    ],
    [
      'def f(xs: list[int]) -> str:\n    return f"{xs}"',
      'Line 2, column 15, `xs`: list[int] is not written as text.',
      'Join its items: `", ".join(…)`.',
    ],
    [
      'def f(n: int) -> str:\n    return f"{n:.2}"',
      'Line 2, column 16, `:.2`: a precision needs `f` or `%` after it.',
      'Write `.2f` or `.1%`.',
    ],
    [
      'def f(s: str) -> str:\n    return f"{s:d}"',
      'Line 2, column 16, `:d`: this format is for numbers, and here is str.',
      'Write only fill, align and width.',
    ],
    [
      'def f(s: str) -> str:\n    return f"{s!r}"',
      'Line 2, column 14, `{s!r}`: `!r` and `=` are not here.',
      'Write the text around the value yourself.',
    ],
  ],
  paths: [
    [
      'def f(n: int) -> int:\n    if n > 0:\n        return 1',
      'Line 1, column 5, `f`: not every path gives a value back.',
      'End each with `return …` or `raise`.',
    ],
    [
      'def f(n: int) -> int:\n    return 1\n    n += 1',
      'Line 3, column 5, `n += 1`: nothing comes here.',
      'Leave it out.',
    ],
    [
      'def f(n: int) -> int:\n    return',
      'Line 2, column 5, `return`: a value has to be given back.',
      'Write `return …`.',
    ],
    [
      'def f(n: int) -> None:\n    return n',
      'Line 2, column 12, `n`: this function gives nothing back.',
      'Annotate its result: `-> int`.',
    ],
    [
      'def f(n: int) -> None:\n    break',
      'Line 2, column 5, `break`: `break` stands in a loop.',
      'Leave it out, or return.',
    ],
  ],
  calls: [
    ['def f(n: int) -> int:\n    return f()', 'Line 2, column 12, `f()`: `n` is not given.', 'Give it.'],
    [
      'def f(n: int) -> int:\n    return f(1, 2)',
      'Line 2, column 12, `f(1, 2)`: there are 1 parameters and 2 arguments.',
      'Leave some out.',
    ],
    [
      'def f(n: int) -> int:\n    return f(m=2)',
      'Line 2, column 12, `f(m=2)`: `n` is not given.',
      'Give it.',
    ],
    [
      'def f(n: int) -> int:\n    return f(n, n=2)',
      'Line 2, column 19, `2`: there is no parameter `n` left.',
      'Mend its name, or leave it out.',
    ],
    [
      'def f(s: str) -> str:\n    return s.replace("a")',
      'Line 2, column 12, `s.replace("a")`: `str.replace` takes 2 to 3 arguments.',
      'Give as many.',
    ],
    [
      'def f(s: str) -> str:\n    return s.trim()',
      'Line 2, column 14, `trim`: str has no `trim`.',
      'Use what the library of the language has.',
    ],
    [
      'def f(s: str) -> str:\n    return "{}".format(s)',
      'Line 2, column 17, `format`: str has no `format`.',
      'Write an f-string.',
    ],
    [
      'def f(xs: list[int]) -> list[int]:\n    return sorted(xs, cmp=1)',
      'Line 2, column 27, `1`: there is no `cmp=` here.',
      'Give it by position, or leave it out.',
    ],
    [
      'def f(xs: list[int]) -> list[int]:\n    return sorted(xs, key=1)',
      'Line 2, column 27, `1`: a key is a function.',
      'Write a lambda, or the name of a function.',
    ],
    [
      'def f(xs: list[set[int]]) -> list[set[int]]:\n    return sorted(xs)',
      'Line 2, column 12, `sorted(xs)`: set[int] has no order.',
      'Give a `key=`.',
    ],
    [
      'def f(xs: list[int]) -> int:\n    ys = range(3)\n    return 0',
      'Line 2, column 10, `range(3)`: this is no list.',
      'Write `list(…)` around it, or go through it in a loop.',
    ],
    [
      'def f(xs: list[int]) -> int:\n    return len(x for x in xs)',
      'Line 2, column 15, `(x for x in xs)`: the language has no generator expression here.',
      'A generator is the only argument of sum, any, all, min, max, sorted, list, set, dict or join. Write a list.',
    ],
    [
      'def f(xs: list[int]) -> tuple[int, int]:\n    return tuple(xs)',
      'Line 2, column 12, `tuple(xs)`: a tuple has a fixed number of items here.',
      'Keep the list, or write the items out: `(a, b)`.',
    ],
    [
      'def f(d: date) -> str:\n    return d.strftime("%Y")',
      'Line 2, column 14, `strftime`: date has no `strftime`.',
      'Write an f-string of its year, month and day, or `.isoformat()`.',
    ],
    [
      'def f() -> int:\n    return Counter([1])[1]',
      'Line 2, column 12, `Counter`: there is no function `Counter`.',
      'Count in a dict: `counts[x] = counts.get(x, 0) + 1`.',
    ],
  ],
  syntax: [
    [
      'def f(n: int) -> int\n    return n',
      'Line 1, column 1, `def f(n: int) -> int …`: this is not Python.',
      'Mend the syntax.',
    ],
    [
      'def f(n: int) -> int:\n    return (n',
      'Line 2, column 5, `return (n`: this is not Python.',
      'Mend the syntax.',
    ],
    [
      'def f(n) -> int:\n    return n',
      'Line 1, column 7, `n`: a parameter has a name and a type.',
      'Write `name: type`.',
    ],
    [
      'def f(n: int):\n    return n',
      'Line 1, column 5, `f`: the type of the result is missing.',
      'Write `-> int:`, or `-> None:` where nothing is given back.',
    ],
    [
      'def f(*ns: int) -> int:\n    return 0',
      'Line 1, column 7, `*ns: int`: a parameter has a name and a type.',
      'Write `name: type`.',
    ],
    [
      'def f(n: int = g()) -> int:\n    return 0',
      'Line 1, column 16, `g`: there is no function `g`.',
      'Define it above, or mend its spelling.',
    ],
    [
      'def f(n: int = 0, m: int) -> int:\n    return 0',
      'Line 1, column 19, `m: int`: a parameter without a default follows one with a default.',
      'Put those with defaults last.',
    ],
    [
      'def f(n: int) -> int:\n    def g() -> int:\n        return 1\n    return g()',
      'Line 2, column 5, `def g() -> int: …`: the language has no function definition here.',
      'Nothing is nested: define it at the top, above.',
    ],
    [
      'def f(n: int) -> int:\n    import math\n    return n',
      'Line 2, column 5, `import math`: the language has no import statement here.',
      'Imports stand at the top.',
    ],
    [
      'import os\ndef f(n: int) -> int:\n    return n',
      'Line 1, column 1, `import os`: this is not imported.',
      'Use what the library of the language has.',
    ],
    [
      'LIMIT = 3\ndef f(n: int) -> int:\n    return n',
      'Line 1, column 1, `LIMIT = 3`: only functions and classes stand at the top.',
      'Put it into the function that uses it.',
    ],
    [
      '@cache\ndef f(n: int) -> int:\n    return n',
      'Line 1, column 1, `@cache`: the only decorator is @dataclass.',
      'Leave it out, or write `@dataclass` above a class.',
    ],
    [
      'def f(n: int) -> int:\n    while n > 0:\n        n -= 1\n    else:\n        n = 3\n    return n',
      'Line 4, column 5, `else: …`: a loop has no else.',
      'Put it after the loop, and ask what the loop found.',
    ],
    [
      'def f(n: int) -> int:\n    with open("x") as g:\n        pass\n    return n',
      'Line 2, column 5, `with open("x") as g: …`: the language has no with statement here.',
      'The language has no files.',
    ],
    [
      'def f(n: int) -> int:\n    assert n > 0\n    return n',
      'Line 2, column 5, `assert n > 0`: the language has no assert statement here.',
      'Write `if not …: raise ValueError("…")`.',
    ],
    [
      'def f(n: int) -> int:\n    global x\n    return n',
      'Line 2, column 5, `global x`: the language has no global statement here.',
      'Give it as a parameter, or make a class.',
    ],
    [
      'def f(n: int) -> int:\n    n + 1\n    return n',
      'Line 2, column 5, `n + 1`: this value is not used.',
      'Assign it, return it, or leave it out.',
    ],
    [
      'def f(n: int) -> int:\n    x: int\n    return n',
      'Line 2, column 5, `x: int`: a name is declared with its first value.',
      'Write `name: type = value`.',
    ],
    [
      'def f(n: int) -> int:\n    g = lambda x: x\n    return n',
      'Line 2, column 9, `lambda x: x`: the language has no lambda here.',
      'A lambda stands only after `key=`. Write a function.',
    ],
    [
      'def f(n: int) -> int:\n    return (m := n)',
      'Line 2, column 13, `m := n`: the language has no named expression here.',
      'Assign on a line of its own.',
    ],
    [
      'def f(xs: list[int]) -> list[int]:\n    return [*xs]',
      'Line 2, column 13, `*xs`: nothing is unpacked into a list or a call.',
      'Write `xs + [x]`, or name the arguments one by one.',
    ],
    [
      'def f(xs: list[int]) -> int:\n    del xs[0]\n    return 0',
      'Line 2, column 5, `del xs[0]`: `del` takes an item out of a dict.',
      'Write `d.pop(k)`, or `xs.pop(i)` for a list.',
    ],
    [
      'def f(xs: list[int]) -> int:\n    xs[0:1] = []\n    return 0',
      'Line 2, column 5, `xs[0:1]`: a part of a list is not replaced at once.',
      'Build a new list.',
    ],
    [
      'def f(s: str) -> int:\n    try:\n        return int(s)\n    except Exception:\n        return 0',
      'Line 4, column 12, `Exception`: a try has one handler, `except ValueError:`.',
      'The language has this one error: ask before (`if k in d`), or catch ValueError.',
    ],
    [
      'def f(s: str) -> int:\n    try:\n        return int(s)\n    except ValueError as e:\n        return 0',
      'Line 4, column 12, `ValueError as e`: a try has one handler, `except ValueError:`.',
      'The language has this one error: ask before (`if k in d`), or catch ValueError.',
    ],
    [
      'def f(s: str) -> int:\n    try:\n        return int(s)\n    finally:\n        print(s)',
      'Line 4, column 5, `finally: …`: a try has one handler, `except ValueError:`.',
      'The language has this one error: ask before (`if k in d`), or catch ValueError.',
    ],
    [
      'def f(s: str) -> int:\n    raise KeyError(s)',
      'Line 2, column 5, `raise KeyError(s)`: the language has one error.',
      'Write `raise ValueError("…")`.',
    ],
    [
      'def f(s: str) -> int:\n    raise ValueError',
      'Line 2, column 5, `raise ValueError`: an error has a message.',
      'Write `raise ValueError("…")`.',
    ],
    [
      'def f() -> int:\n    return 9007199254740993',
      'Line 2, column 12, `9007199254740993`: integers stay within ±2^53.',
      'Use a smaller number.',
    ],
    [
      'def f() -> int:\n    return 3j',
      'Line 2, column 12, `3j`: this is no integer.',
      'Write it in decimal.',
    ],
    [
      'def f(xs: list[int], k: int) -> list[int]:\n    return xs[::k]',
      'Line 2, column 17, `k`: the step of a slice is a number that is written out.',
      'Write it out, or use `range`.',
    ],
    [
      'def f(m: list[list[int]]) -> int:\n    return m[0, 1]',
      'Line 2, column 12, `m[0, 1]`: there is one index in brackets.',
      'Write `grid[i][j]`, or `d[(a, b)]` for a tuple.',
    ],
    [
      'def f() -> int:\n    yield 3',
      'Line 2, column 5, `yield 3`: the language has no yield here.',
      'Build a list and return it.',
    ],
    [
      'x = 1',
      'Line 1, column 1, `x = 1`: only functions and classes stand at the top.',
      'Put it into the function that uses it.',
    ],
    ['', 'Line 2, column 1, ``: there is no function.', 'Define one.'],
  ],
  classes: [
    [
      'class A:\n    n = 0',
      'Line 2, column 5, `n = 0`: a class has `__init__` and methods.',
      'Set fields in `__init__`: `self.items: list[int] = []`.',
    ],
    [
      'class A(B):\n    def __init__(self):\n        self.n = 0',
      'Line 1, column 8, `(B)`: a class inherits from nothing.',
      'Leave the brackets out.',
    ],
    [
      'class A:\n    def __init__(self):\n        if True:\n            self.n = 0',
      'Line 4, column 18, `n`: a field is set at the top of `__init__`.',
      'Set it before the branch or loop.',
    ],
    [
      'class A:\n    def __init__(self):\n        self.n = 0\n    def m(self) -> None:\n        self.k = 1',
      'Line 5, column 14, `k`: A has no field `k`.',
      'Set it in `__init__`, or call the method.',
    ],
    [
      'class A:\n    def __init__(self):\n        self.n = 0\n    def m() -> None:\n        pass',
      "Line 4, column 5, `def m() -> None: …`: a method's first parameter is self.",
      'Write `self` first.',
    ],
    [
      'class A:\n    def __init__(self):\n        self.n = 0\n    def __len__(self) -> int:\n        return 1',
      'Line 4, column 9, `__len__`: a class has no such method here.',
      'Give it a name of its own.',
    ],
    [
      'class A:\n    def __init__(self):\n        self.n = 0\n    def n(self) -> int:\n        return 1',
      'Line 3, column 14, `n`: `n` is a method already.',
      'Choose another name.',
    ],
    [
      '@dataclass\nclass P:\n    x: int = 0',
      'Line 3, column 5, `x: int = 0`: a field has no default.',
      'Give it where the record is made.',
    ],
    [
      '@dataclass\nclass P:\n    x: int\ndef f(p: P) -> int:\n    return p.y',
      'Line 5, column 14, `y`: P has no field `y`.',
      'Set it in `__init__`, or call the method.',
    ],
    [
      '@dataclass\nclass P:\n    x: int\ndef f(p: P) -> set[P]:\n    return {p}',
      'Line 4, column 16, `set[P]`: what can be changed is no key of a dict and no item of a set.',
      'Use numbers, strings, dates or tuples of them.',
    ],
    [
      '@dataclass\nclass P:\n    x: int\ndef f() -> P:\n    return P()',
      'Line 5, column 12, `P()`: `x` is not given.',
      'Give it.',
    ],
  ],
}

function refusal(source: string): UserError | undefined {
  try {
    program(`${source}\n`)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  return undefined
}

for (const [group, table] of Object.entries(cases))
  describe(`refuses ${group}`, () => {
    it.each(table)('%j', (source, message, hint) => {
      const error = refusal(source)
      expect(error?.message).toBe(message)
      expect(error?.hint).toBe(hint)
    })
  })
