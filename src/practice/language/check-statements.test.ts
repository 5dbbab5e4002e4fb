import { describe, expect, it } from 'vitest'
import { openReader } from './testing/read-surface.ts'

const { body } = await openReader()

/** What it is about, the signature, the body, and its tree. */
const cases: Record<string, [title: string, signature: string, source: string, tree: string][]> = {
  inference: [
    [
      'a number that becomes a float is a float from the start',
      '(xs: list[float]) -> float',
      `
        total = 0
        for x in xs:
            total += x
        return total
      `,
      `
        (var total:float (to float 0))
        (for (x:float) xs
          (+= total x)
        (return total)
      `,
    ],
    [
      'an int variable that is divided is a float',
      '(n: int) -> float',
      `
        x = n
        x = x / 2
        return x
      `,
      `
        (var x:float (to float n))
        (= x (/ x (to float 2)))
        (return x)
      `,
    ],
    [
      'a name that begins with None is optional',
      '(xs: list[int]) -> int | None',
      `
        best = None
        for x in xs:
            if best is None or x > best:
                best = x
        return best
      `,
      `
        (var best:int | None None)
        (for (x:int) xs
          (if (or (none? best) (> x best!))
            (= best (to int | None x))
        (return best)
      `,
    ],
    [
      'a char that becomes a string is a string',
      '(s: str) -> str',
      `
        last = s[0]
        last += "x"
        return last
      `,
      `
        (var last:str (to str (at s 0)))
        (+= last "x")
        (return last)
      `,
    ],
    [
      'a name for characters stays a char',
      '(s: str) -> int',
      `
        previous = " "
        n = 0
        for c in s:
            if c != " " and previous == " ":
                n += 1
            previous = c
        return n
      `,
      `
        (var previous:char ' ')
        (var n:int 0)
        (for (c:char) s
          (if (and (!= c ' ') (== previous ' '))
            (+= n 1)
          (= previous c)
        (return n)
      `,
    ],
    [
      'an empty list has the type of what is appended',
      '(s: str) -> int',
      `
        seen = []
        for c in s:
            seen.append(c)
        return len(seen)
      `,
      `
        (var seen:list[char] (list : list[char]))
        (for (c:char) s
          (list.append seen c)
        (return (len seen))
      `,
    ],
    [
      'an empty list that is returned has the type of the result',
      '(s: str) -> list[str]',
      `
        seen = []
        for c in s:
            seen.append(c)
        return seen
      `,
      `
        (var seen:list[str] (list : list[str]))
        (for (c:char) s
          (list.append seen (to str c))
        (return seen)
      `,
    ],
    [
      'a use may come before what says the type',
      '(xs: list[int]) -> list[tuple[int, int]]',
      `
        runs = []
        for x in xs:
            if runs and runs[-1][0] == x:
                runs[-1] = (x, runs[-1][1] + 1)
            else:
                runs.append((x, 1))
        return runs
      `,
      `
        (var runs:list[tuple[int, int]] (list : list[tuple[int, int]]))
        (for (x:int) xs
          (if (and (> (len runs) 0) (== (at (at runs (neg 1)) 0) x))
            (= (at runs (neg 1)) (tuple x (+ (at (at runs (neg 1)) 1) 1)))
          (else
            (list.append runs (tuple x 1))
        (return runs)
      `,
    ],
    [
      'a dict of lists',
      '(ws: list[str]) -> dict[int, list[str]]',
      `
        d = {}
        for w in ws:
            d.setdefault(len(w), []).append(w)
        return d
      `,
      `
        (var d:dict[int, list[str]] (map : dict[int, list[str]]))
        (for (w:str) ws
          (list.append (dict.setdefault d (len w) (list : list[str])) w)
        (return d)
      `,
    ],
    [
      'a dict of dicts, by index',
      '(ws: list[str]) -> int',
      `
        d = {}
        for w in ws:
            if w not in d:
                d[w] = {}
            d[w][len(w)] = 1.5
        return len(d)
      `,
      `
        (var d:dict[str, dict[int, float]] (map : dict[str, dict[int, float]]))
        (for (w:str) ws
          (if (not-in w d)
            (= (at d w) (map : dict[int, float]))
          (= (at (at d w) (len w)) 1.5)
        (return (len d))
      `,
    ],
    [
      'items of a literal grow with what is assigned',
      '(n: int) -> list[list[float]]',
      `
        grid = [[0] * n for _ in range(n)]
        grid[0][0] = 0.5
        return grid
      `,
      `
        (var grid:list[list[float]] (list (* (list (to float 0)) n) [_:int in (range n)]))
        (= (at (at grid 0) 0) 0.5)
        (return grid)
      `,
    ],
    [
      'an item that may be None',
      '(n: int) -> int',
      `
        slots = [None] * n
        slots[0] = n
        first = slots[0]
        return 0 if first is None else first
      `,
      `
        (var slots:list[int | None] (* (list None) n))
        (= (at slots 0) (to int | None n))
        (let first:int | None (at slots 0))
        (return (? (none? first) 0 first!))
      `,
    ],
    [
      'keys of one character are chars where chars look for them',
      '(s: str) -> bool',
      `
        closing = {"(": ")", "[": "]"}
        return s[0] in closing and closing[s[0]] == s[1]
      `,
      `
        (let closing:dict[char, char] (map '(':')' '[':']'))
        (return (and (in (at s 0) closing) (== (at closing (at s 0)) (at s 1))))
      `,
    ],
    [
      'keys of one character are strings where strings look for them',
      '(s: str) -> bool',
      `
        closing = {"(": ")", "[": "]"}
        return s in closing
      `,
      `
        (let closing:dict[str, str] (map "(":")" "[":"]"))
        (return (in s closing))
      `,
    ],
    [
      'a list made of a string is converted where strings are wanted',
      '(s: str) -> list[str]',
      `
        return sorted(s)
      `,
      `
        (return (to list[str] (sorted s)))
      `,
    ],
    [
      'a stack that is popped before it is filled',
      '(s: str) -> bool',
      `
        stack = []
        for c in s:
            if c == ")":
                if not stack or stack.pop() != "(":
                    return False
            else:
                stack.append(c)
        return not stack
      `,
      `
        (var stack:list[char] (list : list[char]))
        (for (c:char) s
          (if (== c ')')
            (if (or (== (len stack) 0) (!= (list.pop stack) '('))
              (return False)
          (else
            (list.append stack c)
        (return (== (len stack) 0))
      `,
    ],
  ],
  declarations: [
    [
      'in the block where it is used',
      '(xs: list[int]) -> int',
      `
        total = 0
        for x in xs:
            double = 2 * x
            total += double
        return total
      `,
      `
        (var total:int 0)
        (for (x:int) xs
          (let double:int (* 2 x))
          (+= total double)
        (return total)
      `,
    ],
    [
      'above the branches that assign it',
      '(n: int) -> str',
      `
        if n > 0:
            word = "more"
        elif n < 0:
            word = "less"
        else:
            word = "none"
        return word
      `,
      `
        (let word:str)
        (if (> n 0)
          (= word "more")
        (elif (< n 0)
          (= word "less")
        (else
          (= word "none")
        (return word)
      `,
    ],
    [
      'in each branch that has it for itself',
      '(n: int) -> int',
      `
        if n > 0:
            t = n * 2
            n = t + t
        else:
            t = "x"
            n = len(t)
        return n
      `,
      `
        (if (> n 0)
          (let t:int (* n 2))
          (= n (+ t t))
        (else
          (let t:str "x")
          (= n (len t))
        (return n)
      `,
    ],
    [
      'in each loop that has it for itself',
      '(xs: list[int]) -> int',
      `
        n = 0
        for x in xs:
            t = x * 2
            n += t
        for x in xs:
            t = x * 3
            n += t
        return n
      `,
      `
        (var n:int 0)
        (for (x:int) xs
          (let t:int (* x 2))
          (+= n t)
        (for (x:int) xs
          (let t:int (* x 3))
          (+= n t)
        (return n)
      `,
    ],
    [
      'above a try that assigns it',
      '(s: str) -> int',
      `
        try:
            n = int(s)
        except ValueError:
            n = 0
        return n
      `,
      `
        (var n:int)
        (try
          (= n (int s))
        (except
          (= n 0)
        (return n)
      `,
    ],
    [
      'inside the loop, where a try assigns it there',
      '(ss: list[str]) -> list[int]',
      `
        found = []
        for s in ss:
            try:
                n = int(s)
            except ValueError:
                continue
            found.append(n)
        return found
      `,
      `
        (var found:list[int] (list : list[int]))
        (for (s:str) ss
          (let n:int)
          (try
            (= n (int s))
          (except
            (continue)
          (list.append found n)
        (return found)
      `,
    ],
    [
      'after a loop that is left by break',
      '(n: int) -> int',
      `
        while True:
            d = n % 7
            if d == 0:
                break
            n += 1
        return d
      `,
      `
        (var d:int)
        (while True
          (= d (% n 7))
          (if (== d 0)
            (break)
          (+= n 1)
        (return d)
      `,
    ],
    [
      'with an annotation in a branch',
      '(n: int) -> float',
      `
        if n > 0:
            x: float = 1
        else:
            x = 2
        return x
      `,
      `
        (let x:float)
        (if (> n 0)
          (= x (to float 1))
        (else
          (= x (to float 2))
        (return x)
      `,
    ],
  ],
  assignments: [
    [
      'a swap',
      '(a: int, b: int) -> int',
      `
        while b != 0:
            a, b = b, a % b
        return a
      `,
      `
        (while (!= b 0)
          (unpack (a, b) (tuple b (% a b)))
        (return a)
      `,
    ],
    [
      'new and old names',
      '(n: int) -> int',
      `
        s = 0
        while n > 0:
            n, d = divmod(n, 10)
            s += d
        return s
      `,
      `
        (var s:int 0)
        (while (> n 0)
          (unpack (n, let d:int) (divmod n 10))
          (+= s d)
        (return s)
      `,
    ],
    [
      'of a list, and a part that is not used',
      '(s: str) -> str',
      `
        key, _, value = s.partition("=")
        a, b = value.split(",")
        return key + a + b
      `,
      `
        (unpack (let key:str, let _:str, let value:str) (str.partition s "="))
        (unpack (let a:str, let b:str) (str.split value ","))
        (return (+ (+ key a) b))
      `,
    ],
    [
      'numbers out of text',
      '(s: str) -> int',
      `
        a, b = map(int, s.split())
        return a + b
      `,
      `
        (unpack (let a:int, let b:int) (list (int item) [item:str in (str.split s)]))
        (return (+ a b))
      `,
    ],
    [
      'items, in one line',
      '(xs: list[int]) -> None',
      `
        xs[0], xs[-1] = xs[-1], xs[0]
      `,
      `
        (unpack ((at xs 0), (at xs (neg 1))) (tuple (at xs (neg 1)) (at xs 0)))
      `,
    ],
    [
      'two names, one value',
      '(xs: list[int]) -> int',
      `
        i = j = 0
        best = worst = xs[i + j]
        return best - worst
      `,
      `
        (let i:int 0)
        (let j:int 0)
        (let best:int (at xs (+ i j)))
        (let worst:int best)
        (return (- best worst))
      `,
    ],
    [
      'a star',
      '(xs: list[int]) -> list[int]',
      `
        first, *rest = xs
        *_, last = rest
        return rest + [first, last]
      `,
      `
        (let first:int (at xs 0))
        (let rest:list[int] (slice xs 1 _ 1))
        (let last:int (at rest (neg 1)))
        (return (+ rest (list first last)))
      `,
    ],
    [
      'a star before the end, of something without a name',
      '(s: str) -> list[str]',
      `
        a, *middle, z = s.split()
        return [z] + middle + [a]
      `,
      `
        (let items:list[str] (str.split s))
        (let a:str (at items 0))
        (let z:str (at items (neg 1)))
        (let middle:list[str] (slice items 1 (neg 1) 1))
        (return (+ (+ (list z) middle) (list a)))
      `,
    ],
    [
      'updates',
      '(xs: list[int], d: dict[str, int], s: str) -> str',
      `
        xs[0] += 1
        d["a"] -= 2
        xs += [3]
        s *= 2
        s += s[0]
        return s
      `,
      `
        (+= (at xs 0) 1)
        (-= (at d "a") 2)
        (+= xs (list 3))
        (*= s 2)
        (+= s (to str (at s 0)))
        (return s)
      `,
    ],
    [
      'a bool with others',
      '(s: str) -> bool',
      `
        found = False
        for c in s:
            found |= c.isdigit()
        return found
      `,
      `
        (var found:bool False)
        (for (c:char) s
          (= found (or found (str.isdigit c)))
        (return found)
      `,
    ],
    [
      'a key is deleted',
      '(d: dict[str, list[int]]) -> None',
      `
        d["a"][0] = 1
        del d["b"]
      `,
      `
        (= (at (at d "a") 0) 1)
        (del (at d "b"))
      `,
    ],
  ],
  loops: [
    [
      'pairs inside pairs',
      '(xs: list[int], ys: list[int]) -> int',
      `
        n = 0
        for i, (x, y) in enumerate(zip(xs, ys)):
            n += i * x * y
        return n
      `,
      `
        (var n:int 0)
        (for (i:int pair:tuple[int, int]) (enumerate (zip xs ys))
          (unpack (let x:int, let y:int) pair)
          (+= n (* (* i x) y))
        (return n)
      `,
    ],
    [
      'over a map',
      '(s: str) -> int',
      `
        n = 0
        for x in map(int, s.split()):
            n += x
        return n
      `,
      `
        (var n:int 0)
        (for (x:int) (list (int item) [item:str in (str.split s)])
          (+= n x)
        (return n)
      `,
    ],
    [
      'over all kinds of things',
      '(d: dict[str, int], s: str, p: tuple[int, int]) -> int',
      `
        n = 0
        for k in d:
            n += len(k)
        for c in s:
            n += ord(c)
        for x in p:
            n += x
        for i in range(3, 0, -1):
            n += i
        for x in {1, 2}:
            n += x
        return n
      `,
      `
        (var n:int 0)
        (for (k:str) d
          (+= n (len k))
        (for (c:char) s
          (+= n (ord c))
        (for (x:int) p
          (+= n x)
        (for (i:int) (range 3 0 (neg 1))
          (+= n i)
        (for (x:int) (set 1 2)
          (+= n x)
        (return n)
      `,
    ],
  ],
  errors: [
    [
      'raised and caught',
      '(s: str) -> int',
      `
        try:
            n = int(s)
            if n < 0:
                raise ValueError("negative: " + s)
            return n
        except ValueError:
            return -1
      `,
      `
        (try
          (let n:int (int s))
          (if (< n 0)
            (raise (+ "negative: " s))
          (return n)
        (except
          (return (neg 1))
      `,
    ],
  ],
  narrowing: [
    [
      'after a guard',
      '(m: int | None) -> int',
      `
        if m is None:
            return 0
        return m + 1
      `,
      `
        (if (none? m)
          (return 0)
        (return (+ m! 1))
      `,
    ],
    [
      'in a loop, until it is assigned',
      '(m: int | None) -> int',
      `
        n = 0
        while m is not None:
            n += m
            m = None if m == 0 else m - 1
        return n
      `,
      `
        (var n:int 0)
        (while (some? m)
          (+= n m!)
          (= m (? (== m! 0) None (to int | None (- m! 1))))
        (return n)
      `,
    ],
    [
      'a value that was given',
      '(m: int | None) -> int',
      `
        if m is None:
            m = 3
        return m + 1
      `,
      `
        (if (none? m)
          (= m (to int | None 3))
        (return (+ m! 1))
      `,
    ],
    [
      'what a dict has',
      '(d: dict[str, int], k: str) -> int',
      `
        n = d.get(k)
        if n is not None and n > 3:
            return n
        return 0
      `,
      `
        (let n:int | None (dict.get d k))
        (if (and (some? n) (> n! 3))
          (return n!)
        (return 0)
      `,
    ],
  ],
  changes: [
    [
      'a parameter that is assigned, and one that is changed',
      '(n: int, xs: list[int]) -> int',
      `
        n += 1
        xs.append(n)
        return n
      `,
      `
        (+= n 1)
        (list.append xs n)
        (return n)
      `,
    ],
    [
      'a part of a parameter',
      '(rows: list[list[int]]) -> None',
      `
        first = rows[0]
        first.append(1)
        for row in rows:
            row.sort()
      `,
      `
        (var first:list[int] (at rows 0))
        (list.append first 1)
        (for (row:list[int]) rows
          (list.sort row)
      `,
    ],
    [
      'nothing, by what makes a new list',
      '(xs: list[int]) -> list[int]',
      `
        ys = sorted(xs)
        zs = ys[1:] + xs
        return zs
      `,
      `
        (let ys:list[int] (sorted xs))
        (let zs:list[int] (+ (slice ys 1 _ 1) xs))
        (return zs)
      `,
    ],
  ],
}

/** The lines without the indent that they have in this file. */
function flush(text: string): string {
  const lines = text.split('\n').slice(1, -1)
  const indent = lines[0]!.length - lines[0]!.trimStart().length
  return lines.map((line) => line.slice(indent)).join('\n')
}

for (const [group, table] of Object.entries(cases))
  describe(group, () => {
    it.each(table)('%s', (_, signature, source, tree) => {
      expect(body(signature, flush(source))).toBe(flush(tree))
    })
  })
