import { describe, expect, it } from 'vitest'
import { openReader } from './testing/read-surface.ts'

const { expression } = await openReader()

/** Surface text, the variables in it, and its tree. */
const cases: Record<string, [source: string, variables: string, tree: string][]> = {
  literals: [
    ['1_000 + 0xff', '', '(+ 1000 255)'],
    ['1e-9', '', '1e-9'],
    ['"tab\\t\\x41\\u00e9" + r"\\d" \'x\'', '', '(+ "tab\\tAé" "\\\\dx")'],
    ['[1, 2.5]', '', '(list (to float 1) 2.5)'],
    ['{"a": 1}', '', '(map "a":1)'],
    ['(1, "a")', '', '(tuple 1 "a")'],
  ],
  chars: [
    ['s[0] == "a"', 's: str', `(== (at s 0) 'a')`],
    ['"a" <= s[0] <= "z"', 's: str', `(between 'a' <= (at s 0) <= 'z')`],
    ['s[0] + s[1]', 's: str', '(+ (to str (at s 0)) (to str (at s 1)))'],
    [
      's[0].upper() + s[1:].lower()',
      's: str',
      '(+ (to str (str.upper (at s 0))) (str.lower (slice s 1 _ 1)))',
    ],
    ['s[0] in "aeiou"', 's: str', '(in (at s 0) "aeiou")'],
    ['s[0] in {"a", "e"}', 's: str', `(in (at s 0) (set 'a' 'e'))`],
    ['s[0] in ["yes", "no"]', 's: str', '(in (to str (at s 0)) (list "yes" "no"))'],
    ['t in s', 's: str, t: str', '(in t s)'],
    [
      '[c for c in s if c.isdigit() or c == "."]',
      's: str',
      `(list c [c:char in s if (or (str.isdigit c) (== c '.'))])`,
    ],
    ['ord("a") + ord(t)', 't: str', `(+ (ord 'a') (ord (at t 0)))`],
    ['{"(": ")"}[s[0]]', 's: str', `(at (map '(':")") (at s 0))`],
    ['s[0] * 3', 's: str', '(* (to str (at s 0)) 3)'],
    ['"-".join(s)', 's: str', '(str.join "-" s)'],
    ['s.replace(s[0], "")', 's: str', '(str.replace s (to str (at s 0)) "")'],
  ],
  numbers: [
    ['x + n', 'x: float, n: int', '(+ x (to float n))'],
    ['n / 2', 'n: int', '(/ (to float n) (to float 2))'],
    ['n // 2 * x', 'x: float, n: int', '(* (to float (// n 2)) x)'],
    ['-n ** 2', 'n: int', '(neg (** n 2))'],
    ['n & 1 | n << 2 ^ ~n', 'n: int', '(| (& n 1) (^ (<< n 2) (~ n)))'],
    ['max(n, x, 0)', 'x: float, n: int', '(max (to float n) x (to float 0))'],
    ['round(x) + round(n)', 'n: int, x: float', '(+ (round x) n)'],
    ['round(x, 2)', 'x: float', '(round x 2)'],
    ['math.sqrt(n) + math.pi', 'n: int', '(+ (math.sqrt (to float n)) (math.pi))'],
    [
      'abs(-n) + int("7") + int("ff", 16) + int(x)',
      'n: int, x: float',
      '(+ (+ (+ (abs (neg n)) (int "7")) (int "ff" 16)) (int x))',
    ],
    ['float("inf")', '', '(math.inf)'],
    ['float("-inf")', '', '(neg (math.inf))'],
    ['pow(n, 2) + pow(n, -1, 7)', 'n: int', '(+ (** n 2) (pow n (neg 1) 7))'],
    ['n + (x > 1)', 'n: int, x: float', '(+ n (int (> x (to float 1))))'],
  ],
  comparisons: [
    ['0 <= n < 10', 'n: int', '(between 0 <= n < 10)'],
    ['10 > n >= 0', 'n: int', '(between 0 <= n < 10)'],
    ['0 < x < n', 'n: int, x: float', '(between (to float 0) < x < (to float n))'],
    ['a == b == c', 'a: int, b: int, c: int', '(and (== a b) (== b c))'],
    ['a < b < c < 9', 'a: int, b: int, c: int', '(and (and (< a b) (< b c)) (< c 9))'],
    ['n in range(3)', 'n: int', '(between 0 <= n < 3)'],
    ['n not in range(1, 9)', 'n: int', '(not (between 1 <= n < 9))'],
    ['n in (1, 2, 3)', 'n: int', '(in n (list 1 2 3))'],
    [
      'k in d and k not in d.values()',
      'd: dict[str, str], k: str',
      '(and (in k d) (not-in k (dict.values d)))',
    ],
    ['(n, t) < (3, "x")', 'n: int, t: str', '(< (tuple n t) (tuple 3 "x"))'],
    ['m == 3', 'm: int | None', '(== m (to int | None 3))'],
  ],
  truth: [
    ['not xs', 'xs: list[int]', '(== (len xs) 0)'],
    ['bool(d) or not t', 'd: dict[str, int], t: str', '(or (> (len d) 0) (== (len t) 0))'],
    ['1 if xs and xs[0] > 2 else 0', 'xs: list[int]', '(? (and (> (len xs) 0) (> (at xs 0) 2)) 1 0)'],
    ['not (a and not b)', 'a: bool, b: bool', '(not (and a (not b)))'],
  ],
  optionals: [
    ['m if m is not None else 0', 'm: int | None', '(? (some? m) m! 0)'],
    ['m is None or m > 3', 'm: int | None', '(or (none? m) (> m! 3))'],
    ['m is not None and m + 1 > 3', 'm: int | None', '(and (some? m) (> (+ m! 1) 3))'],
    [
      '[x for x in ms if x is not None]',
      'ms: list[int | None]',
      '(list x! [x:int | None in ms if (some? x)])',
    ],
    ['None if n < 0 else n', 'n: int', '(? (< n 0) None (to int | None n))'],
    ['d.get(k)', 'd: dict[str, int], k: str', '(dict.get d k)'],
    ['d.get(k, 0) + d.get(k, 1)', 'd: dict[str, int], k: str', '(+ (dict.get d k 0) (dict.get d k 1))'],
    ['max(xs, default=None)', 'xs: list[int]', '(max xs default=None)'],
  ],
  parts: [
    [
      'xs[-1] + xs[1:][0] + p[1]',
      'xs: list[int], p: tuple[str, int]',
      '(+ (+ (at xs (neg 1)) (at (slice xs 1 _ 1) 0)) (at p 1))',
    ],
    ['t[::-1] + t[:2] + t[1:-1]', 't: str', '(+ (+ (slice t _ _ -1) (slice t _ 2 1)) (slice t 1 (neg 1) 1))'],
    ['rows[0][1:]', 'rows: list[list[int]]', '(slice (at rows 0) 1 _ 1)'],
  ],
  comprehensions: [
    [
      '[a * b for a in xs for b in xs[1:] if a < b if b != 3]',
      'xs: list[int]',
      '(list (* a b) [a:int in xs] [b:int in (slice xs 1 _ 1) if (< a b) if (!= b 3)])',
    ],
    ['{len(w) for w in ws}', 'ws: list[str]', '(set (len w) [w:str in ws])'],
    ['{w: i for i, w in enumerate(ws, 1)}', 'ws: list[str]', '(map w:i [i:int w:str in (enumerate ws 1)])'],
    [
      '[i for i, (a, b) in enumerate(zip(xs, xs))  if a != b]',
      'xs: list[int]',
      '(list i [i:int pair:tuple[int, int] in (enumerate (zip xs xs)) if (!= (at pair 0) (at pair 1))])',
    ],
    ['sum(x > 0 for x in xs)', 'xs: list[int]', '(sum (generator 1 [x:int in xs if (> x 0)]))'],
    ['sum(flags)', 'flags: list[bool]', '(sum (generator 1 [item:bool in flags if item]))'],
    ['any(t for t in ws)', 'ws: list[str]', '(any (generator (> (len t) 0) [t:str in ws]))'],
    ['sum((x for x in xs), 10)', 'xs: list[int]', '(sum (generator x [x:int in xs]) 10)'],
    ['dict((w, len(w)) for w in ws)', 'ws: list[str]', '(dict (generator (tuple w (len w)) [w:str in ws]))'],
    ['list(map(int, ws))', 'ws: list[str]', '(list (int s) [s:str in ws])'],
    [
      'sum(map(lambda x: x * 2, filter(lambda y: y > 0, xs)))',
      'xs: list[int]',
      '(sum (generator (* x 2) [x:int in (list y [y:int in xs if (> y 0)])]))',
    ],
    ['"".join(map(str, xs))', 'xs: list[int]', '(str.join "" (generator (str x) [x:int in xs]))'],
  ],
  keys: [
    [
      'sorted(ws, key=len, reverse=True)',
      'ws: list[str]',
      '(sorted ws key=(fn (s:str) (len s)) reverse=true)',
    ],
    ['sorted(ws, key=str.lower)', 'ws: list[str]', '(sorted ws key=(fn (s:str) (str.lower s)))'],
    ['max(d, key=d.get)', 'd: dict[str, int]', '(max d key=(fn (s:str) (at d s)))'],
    [
      'min(d.items(), key=lambda kv: (-kv[1], kv[0]))',
      'd: dict[str, int]',
      '(min (dict.items d) key=(fn (kv:tuple[str, int]) (tuple (neg (at kv 1)) (at kv 0))))',
    ],
    [
      'sorted(e.items())',
      'e: dict[int, set[int]]',
      '(sorted (dict.items e) key=(fn (item:tuple[int, set[int]]) (at item 0)))',
    ],
    ['max(xs, key=abs, default=0)', 'xs: list[int]', '(max xs key=(fn (x:int) (abs x)) default=0)'],
  ],
  collections: [
    ['xs + [1] * 3', 'xs: list[int]', '(+ xs (* (list 1) 3))'],
    ['[] + xs', 'xs: list[int]', '(+ (list : list[int]) xs)'],
    ['set(xs) | {1} - set()', 'xs: list[int]', '(| (set xs) (- (set 1) (set : set[int])))'],
    ['d.keys() & e.keys()', 'd: dict[str, int], e: dict[str, str]', '(& (set d) (set e))'],
    ['set(xs).union(xs)', 'xs: list[int]', '(set.union (set xs) (set xs))'],
    [
      'list(range(10, 0, -1)) + list(reversed(xs))',
      'xs: list[int]',
      '(+ (list (range 10 0 (neg 1))) (list (reversed xs)))',
    ],
    ['dict(zip(ws, xs))', 'ws: list[str], xs: list[int]', '(dict (zip ws xs))'],
    ['list(zip(ws, xs, t))', 'ws: list[str], xs: list[int], t: str', '(list (zip ws xs t))'],
  ],
  dates: [
    ['(b - a).days // 7', 'a: date, b: date', '(// (timedelta.days (- b a)) 7)'],
    ['a + timedelta(days=1) - timedelta(weeks=2)', 'a: date', '(- (+ a (timedelta 1)) (timedelta (* 2 7)))'],
    ['a.replace(day=1, month=a.month)', 'a: date', '(date.replace a None (date.month a) 1)'],
    ['date(2024, month=2, day=29).weekday()', '', '(date.weekday (date 2024 2 29))'],
    [
      'date.fromisoformat(t).isoformat() + str(a)',
      'a: date, t: str',
      '(+ (date.isoformat (date.fromisoformat t)) (str a))',
    ],
  ],
  formats: [
    [
      'f"{n} {x:.2f} {n:05d} {t:>8}{{}}"',
      'n: int, x: float, t: str',
      '(format n " " x@{precision:2,form:f} " " n@{fill:0,width:5,form:d} " " t@{align:>,width:8} "{}")',
    ],
    [
      'f"{n:,} {n:b} {x:8.1%} {n:.1f} {t:*^9}" "!"',
      'n: int, x: float, t: str',
      '(format n@{grouping:true} " " n@{form:b} " " x@{width:8,precision:1,form:%} " " (to float n)@{precision:1,form:f} " " t@{fill:*,align:^,width:9} "!")',
    ],
    ["f\"{t}\\n\" 'b' f'{t[0]}'", 't: str', '(format t "\\nb" (at t 0))'],
  ],
}

for (const [group, table] of Object.entries(cases))
  describe(group, () => {
    it.each(table)('%s', (source, variables, tree) => expect(expression(source, variables)).toBe(tree))
  })
