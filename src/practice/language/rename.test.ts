import { describe, expect, it } from 'vitest'
import { rename } from './rename.ts'
import { shapeOf } from './shape.ts'
import { printProgram } from './testing/print-tree.ts'
import { openReader } from './testing/read-surface.ts'

const { program } = await openReader()

const shop = program(
  '@dataclass\nclass Item:\n    price: int\n\nclass Cart:\n    def __init__(self):\n        self.items: list[Item] = []\n\n    def add(self, item: Item) -> None:\n        self.items.append(item)\n\n    def total(self) -> int:\n        return sum(i.price for i in self.items)\n\ndef pay(prices: list[int]) -> int:\n    cart = Cart()\n    for price in prices:\n        cart.add(Item(price))\n    return cart.total()\n',
)

function renamed(names: Record<string, string>): string {
  return printProgram(rename(shop, new Map(Object.entries(names))))
}

describe('rename', () => {
  it('renames everything of a name, wherever it is used', () => {
    const printed = renamed({
      pay: 'bill',
      prices: 'amounts',
      price: 'amount',
      Cart: 'Basket',
      Item: 'Thing',
      add: 'put',
      items: 'things',
      cart: 'c',
      nothing: 'else_',
    })
    expect(printed).not.toMatch(/pay|price|Cart|Item|add|item[^:) ]|cart/)
    expect(printed).toContain('(for (amount:int) amounts\n    (.put c (new Thing amount))')
    expect(printed).toContain('(sum (generator i.amount [i:Thing in self.things]))')
    expect(printed).toMatch(/entry bill$/)
  })

  it('leaves the shape as it was, and the program that it was given', () => {
    const before = printProgram(shop)
    const after = rename(
      shop,
      new Map([
        ['cart', 'basket'],
        ['price', 'cost'],
        ['Cart', 'Basket'],
      ]),
    )
    expect(shapeOf(after)).toBe(shapeOf(shop))
    expect(printProgram(shop)).toBe(before)
  })

  it('may swap two names', () => {
    expect(renamed({ cart: 'price', price: 'cart' })).toContain('(.add price (new Item cart))')
  })

  it.each([
    [{ cart: 'prices' }, '`prices` and `cart` cannot both be called `prices`.'],
    [{ add: 'total' }, '`add` and `total` cannot both be called `total`.'],
    [{ Cart: 'Item' }, '`Item` and `Cart` cannot both be called `Item`.'],
    [{ cart: 'pay' }, 'The variable `cart` cannot be called `pay`: a function or class is called so.'],
    [{ pay: 'cart' }, 'The variable `cart` cannot be called `cart`: a function or class is called so.'],
    [{ cart: 'list' }, '`list` is a name of the library.'],
    [{ cart: 'class' }, '`class` is no name.'],
    [{ cart: 'my cart' }, '`my cart` is no name.'],
    [{ cart: 'self' }, '`self` is no name.'],
  ])('refuses %j', (names, message) => {
    expect(() => renamed(names)).toThrow(message)
  })
})

describe('shapeOf', () => {
  const shape = (source: string) => shapeOf(program(source))

  it('is the same where only names differ', () => {
    expect(
      shape('def f(xs: list[int]) -> int:\n    n = 0\n    for x in xs:\n        n += x\n    return n\n'),
    ).toBe(
      shape(
        'def g(values: list[int]) -> int:\n    total = 0\n    for v in values:\n        total += v\n    return total\n',
      ),
    )
  })

  it.each([
    ['a literal', 'def f(n: int) -> int:\n    return n + 1\n', 'def f(n: int) -> int:\n    return n + 2\n'],
    ['an operator', 'def f(n: int) -> int:\n    return n + 1\n', 'def f(n: int) -> int:\n    return n - 1\n'],
    ['a type', 'def f(n: int) -> int:\n    return n\n', 'def f(n: float) -> float:\n    return n\n'],
    [
      'the library',
      'def f(s: str) -> str:\n    return s.upper()\n',
      'def f(s: str) -> str:\n    return s.lower()\n',
    ],
    [
      'which name it is',
      'def f(a: int, b: int) -> int:\n    return a - b\n',
      'def f(a: int, b: int) -> int:\n    return b - a\n',
    ],
  ])('differs by %s', (_, one, other) => expect(shape(one)).not.toBe(shape(other)))
})
