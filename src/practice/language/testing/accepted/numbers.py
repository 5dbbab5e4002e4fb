# %%
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)

# %%
def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

# %%
def clamp(x: float, low: float, high: float) -> float:
    return max(low, min(x, high))

# %%
def interest(principal: float, rate: float, years: int) -> float:
    for _ in range(years):
        principal *= 1 + rate
    return round(principal, 2)

# %%
def interest(principal: float, rate: float, years: int) -> float:
    return round(principal * (1 + rate) ** years, 2)

# %%
def newton(x: float) -> float:
    guess = x / 2
    while abs(guess * guess - x) > 1e-9:
        guess = (guess + x / guess) / 2
    return guess

# %%
def popcount(n: int) -> int:
    return bin(n).count("1")

# %%
def perfect(n: int) -> bool:
    return n > 1 and sum(d for d in range(1, n) if n % d == 0) == n

# %%
from math import gcd, sqrt
def simplify(a: int, b: int) -> tuple[int, int]:
    g = gcd(a, b)
    return a // g, b // g

# %%
def ackermann(m: int, n: int) -> int:
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))

# %%
def is_even(n: int) -> bool:
    return n == 0 or is_odd(n - 1)
def is_odd(n: int) -> bool:
    return n != 0 and is_even(n - 1)

# %%
def tail(n: int, acc: int = 1) -> int:
    return acc if n <= 1 else tail(n - 1, acc * n)

# %%
def safe_div(a: float, b: float) -> float | None:
    return a / b if b != 0 else None

# %%
def f(a: int, b: int) -> int:
    a, b = sorted((a, b))
    return b - a

# %%
def f(a: set[int], b: set[int]) -> bool:
    return a.issubset(b) and len(a | b) > 0

# %%
def f(n: int | None = None) -> int:
    if n is None:
        n = 10
    return n * 2

# %%
def f(n: int | None) -> int:
    return n * 2 if n is not None else 0

# %%
def f(x: float) -> int:
    return int(x + 0.5) + round(x) + math.floor(x) + math.ceil(x)

# %%
def f(a: float, b: float) -> float:
    return (a ** 2 + b ** 2) ** 0.5

# %%
def f(n: int) -> int:
    count = 0
    while True:
        if n == 1:
            break
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        count += 1
    return count

# %%
def f(n: int) -> int:
    while True:
        n += 1
        if n % 7 == 0:
            return n

# %%
def f(n: int) -> bool:
    if n < 2:
        return False
    for d in range(2, math.isqrt(n) + 1):
        if n % d == 0:
            return False
    return True

# %%
def f(a: int | None, b: int | None) -> int | None:
    if a is None or b is None:
        return None
    return a + b
