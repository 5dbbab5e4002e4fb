import { describe, expect, it } from 'vitest'
import { openReader } from './testing/read-surface.ts'

const { tree } = await openReader()

/** The lines without the indent that they have in this file. */
function flush(text: string): string {
  const lines = text.split('\n').slice(1, -1)
  const indent = lines[0]!.length - lines[0]!.trimStart().length
  return lines.map((line) => line.slice(indent)).join('\n')
}

describe('functions', () => {
  it('are called by position and by name, with defaults put in', () => {
    expect(
      tree(
        'def pad(s: str, n: int = 2, mark: str = "x") -> str:\n    return s + mark * n\ndef f(s: str) -> str:\n    return pad(s, mark="-")\n',
      ),
    ).toBe(
      flush(`
      (def pad (s:str n:int=2 mark:str="x") str
        (return (+ s (* mark n)))
      (def f (s:str) str
        (return (pad s 2 "-"))
    `),
    )
  })

  it('may call each other in a circle', () => {
    const even = 'def even(n: int) -> bool:\n    return n == 0 or odd(n - 1)\n'
    const odd = 'def odd(n: int) -> bool:\n    return n != 0 and even(n - 1)\n'
    expect(tree(even + odd)).toContain('(or (== n 0) (odd (- n 1)))')
  })

  it('import what the language has, by whatever name', () => {
    const imports =
      'import math\nfrom math import gcd, sqrt\nfrom datetime import date, timedelta\nfrom dataclasses import dataclass\n'
    expect(
      tree(`${imports}def f(n: int) -> float:\n    """What it does."""\n    return sqrt(gcd(n, 4))\n`),
    ).toBe(
      flush(`
      (def f (n:int) float
        (return (math.sqrt (to float (math.gcd n 4))))
    `),
    )
  })
})

describe('records and classes', () => {
  it('make a record of a dataclass', () => {
    expect(
      tree(
        '@dataclass\nclass P:\n    x: float\n    next: "P | None"\ndef f(p: P) -> P:\n    p.next = P(next=p, x=1)\n    return p\n',
      ),
    ).toBe(
      flush(`
      (record P x:float next:P | None)
      (def f (~p:P) P
        (= p.next (to P | None (new P (to float 1) (to P | None p))))
        (return p)
    `),
    )
  })

  it('make a class of a dataclass with methods', () => {
    expect(
      tree('@dataclass\nclass P:\n    x: int\n\n    def twice(self) -> int:\n        return 2 * self.x\n'),
    ).toBe(
      flush(`
      (class P x:int
        (init (x:int)
          (= self.x x)
        (method twice () int
          (return (* 2 self.x))
    `),
    )
  })

  it('find the types of fields in the constructor, and those of empty ones in the methods', () => {
    expect(
      tree(
        'class Log:\n    def __init__(self, name: str):\n        self.name = name\n        self.lines = []\n        self.total = 0\n\n    def add(self, x: float) -> None:\n        self.lines.append(f"{x:.1f}")\n        self.total += x\n',
      ),
    ).toBe(
      flush(`
      (class Log name:str lines:list[str] total:float
        (init (name:str)
          (= self.name name)
          (= self.lines (list : list[str]))
          (= self.total (to float 0))
        (method add (x:float) None
          (list.append self.lines (format x@{precision:1,form:f}))
          (+= self.total x)
    `),
    )
  })

  it('know what a path of fields holds, until something on it is assigned', () => {
    expect(
      tree(
        'class Node:\n    def __init__(self, next: "Node | None" = None):\n        self.next = next\n\ndef last(node: Node) -> Node:\n    while node.next is not None:\n        node = node.next\n    return node\n',
      ),
    ).toContain('(while (some? node.next)\n    (= node node.next!)')
  })
})

describe('what is changed', () => {
  it('reaches callers, and the receivers of methods', () => {
    const printed = tree(
      'class Box:\n    def __init__(self):\n        self.items: list[int] = []\n\n    def put(self, x: int) -> None:\n        self.items.append(x)\n\n    def size(self) -> int:\n        return len(self.items)\n\ndef fill(xs: list[int], n: int) -> None:\n    if n > 0:\n        xs.append(n)\n        fill(xs, n - 1)\n\ndef f(n: int) -> int:\n    a: list[int] = []\n    b = Box()\n    c = Box()\n    fill(a, n)\n    b.put(1)\n    return c.size()\n',
    )
    expect(printed).toContain('(def fill (~xs:list[int] n:int) None')
    expect(printed).toContain('(var a:list[int] (list : list[int]))')
    expect(printed).toContain('(var b:Box (new Box))')
    expect(printed).toContain('(let c:Box (new Box))')
  })

  it('is told apart from what is assigned', () => {
    expect(
      tree(
        'def f(n: int, xs: list[int], ys: list[int]) -> int:\n    n += 1\n    xs = xs + [n]\n    for i in ys:\n        ys[i] = 0\n    return n\n',
      ),
    ).toContain('(def f (=n:int =xs:list[int] ~ys:list[int]) int')
  })
})
