# %%
def primes(n: int) -> list[int]:
    sieve = [True] * (n + 1)
    result = []
    for i in range(2, n + 1):
        if sieve[i]:
            result.append(i)
            for j in range(i * i, n + 1, i):
                sieve[j] = False
    return result

# %%
def merge(a: list[int], b: list[int]) -> list[int]:
    i = j = 0
    return a

# %%
def merge(a: list[int], b: list[int]) -> list[int]:
    i, j = 0, 0
    merged = []
    while i < len(a) and j < len(b):
        if a[i] <= b[j]:
            merged.append(a[i])
            i += 1
        else:
            merged.append(b[j])
            j += 1
    return merged + a[i:] + b[j:]

# %%
def merge_sort(xs: list[int]) -> list[int]:
    if len(xs) <= 1:
        return xs
    middle = len(xs) // 2
    left = merge_sort(xs[:middle])
    right = merge_sort(xs[middle:])
    result = []
    while left and right:
        if left[0] <= right[0]:
            result.append(left.pop(0))
        else:
            result.append(right.pop(0))
    return result + left + right

# %%
def quicksort(xs: list[int]) -> list[int]:
    if not xs:
        return []
    pivot, *rest = xs
    return rest

# %%
def quicksort(xs: list[int]) -> list[int]:
    if not xs:
        return []
    pivot = xs[0]
    rest = xs[1:]
    smaller = [x for x in rest if x < pivot]
    larger = [x for x in rest if x >= pivot]
    return quicksort(smaller) + [pivot] + quicksort(larger)

# %%
def binary_search(xs: list[int], target: int) -> int:
    low, high = 0, len(xs) - 1
    while low <= high:
        mid = (low + high) // 2
        if xs[mid] == target:
            return mid
        if xs[mid] < target:
            low = mid + 1
        else:
            high = mid - 1
    return -1

# %%
def collatz(n: int) -> list[int]:
    steps = [n]
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps.append(n)
    return steps

# %%
def average(xs: list[int]) -> float:
    if len(xs) == 0:
        raise ValueError("no numbers")
    return sum(xs) / len(xs)

# %%
def median(xs: list[int]) -> float:
    ordered = sorted(xs)
    n = len(ordered)
    middle = n // 2
    if n % 2 == 1:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2

# %%
def std(xs: list[float]) -> float:
    mean = sum(xs) / len(xs)
    return math.sqrt(sum((x - mean) ** 2 for x in xs) / len(xs))

# %%
def common_prefix(words: list[str]) -> str:
    if not words:
        return ""
    prefix = words[0]
    for word in words[1:]:
        while not word.startswith(prefix):
            prefix = prefix[:-1]
    return prefix

# %%
def format_table(rows: list[tuple[str, float]]) -> str:
    lines = [f"{'name':<10}{'price':>8}"]
    for name, price in rows:
        lines.append(f"{name:<10}{price:>8.2f}")
    return "\n".join(lines)

# %%
def fizzbuzz(n: int) -> list[str]:
    out = []
    for i in range(1, n + 1):
        if i % 15 == 0:
            out.append("FizzBuzz")
        elif i % 3 == 0:
            out.append("Fizz")
        elif i % 5 == 0:
            out.append("Buzz")
        else:
            out.append(str(i))
    return out

# %%
def fizzbuzz(n: int) -> list[str]:
    out = []
    for i in range(1, n + 1):
        word = ""
        if i % 3 == 0:
            word += "Fizz"
        if i % 5 == 0:
            word += "Buzz"
        out.append(word if word != "" else str(i))
    return out

# %%
def partition(xs: list[int], pivot: int) -> tuple[list[int], list[int]]:
    low, high = [], []
    for x in xs:
        (low if x < pivot else high).append(x)
    return low, high

# %%
def pairs(xs: list[int], target: int) -> list[tuple[int, int]]:
    seen = set()
    found = []
    for x in xs:
        if target - x in seen:
            found.append((min(x, target - x), max(x, target - x)))
        seen.add(x)
    return sorted(set(found))

# %%
def max_subarray(xs: list[int]) -> int:
    best = current = xs[0]
    return best

# %%
def max_subarray(xs: list[int]) -> int:
    best = xs[0]
    current = 0
    for x in xs:
        current = max(current + x, x)
        best = max(best, current)
    return best

# %%
def knapsack(weights: list[int], values: list[int], capacity: int) -> int:
    best = [0] * (capacity + 1)
    for w, v in zip(weights, values):
        for c in range(capacity, w - 1, -1):
            best[c] = max(best[c], best[c - w] + v)
    return best[capacity]

# %%
def coin_change(coins: list[int], amount: int) -> int:
    best: list[int | None] = [0] + [None] * amount
    for total in range(1, amount + 1):
        for coin in coins:
            if coin <= total:
                rest = best[total - coin]
                known = best[total]
                if rest is not None and (known is None or rest + 1 < known):
                    best[total] = rest + 1
    answer = best[amount]
    return -1 if answer is None else answer

# %%
def evaluate(tokens: list[str]) -> float:
    stack = []
    for token in tokens:
        if token in ("+", "-", "*", "/"):
            b = stack.pop()
            a = stack.pop()
            if token == "+":
                stack.append(a + b)
            elif token == "-":
                stack.append(a - b)
            elif token == "*":
                stack.append(a * b)
            else:
                stack.append(a / b)
        else:
            stack.append(float(token))
    return stack[0]

# %%
def weighted(values: list[float], weights: list[int]) -> float:
    return sum(v * w for v, w in zip(values, weights)) / sum(weights)

# %%
def histogram(xs: list[int]) -> list[str]:
    return [f"{x}: {'#' * xs.count(x)}" for x in sorted(set(xs))]

# %%
def nearest(xs: list[int], target: int) -> int:
    return min(xs, key=lambda x: (abs(x - target), x))

# %%
def unique(xs: list[str]) -> list[str]:
    seen = set()
    out = []
    for x in xs:
        if x.lower() not in seen:
            seen.add(x.lower())
            out.append(x)
    return out

# %%
def is_sorted(xs: list[int]) -> bool:
    return all(a <= b for a, b in zip(xs, xs[1:]))

# %%
def sign_changes(xs: list[int]) -> int:
    count = 0
    last = None
    for x in xs:
        if x == 0:
            continue
        if last is not None and (last < 0) != (x < 0):
            count += 1
        last = x
    return count

# %%
def longest_run(xs: list[int]) -> int:
    best = 0
    length = 0
    previous = None
    for x in xs:
        length = length + 1 if x == previous else 1
        previous = x
        best = max(best, length)
    return best

# %%
def intervals(xs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged = []
    for start, end in sorted(xs):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged

# %%
def checksum(data: list[int]) -> str:
    total = 0
    for b in data:
        total = (total ^ b) & 0xFF
        total = ((total << 1) | (total >> 7)) & 0xFF
    return f"{total:02X}"

# %%
def lcm(xs: list[int]) -> int:
    result = 1
    for x in xs:
        result = result * x // math.gcd(result, x)
    return result

# %%
def bowling(rolls: list[int]) -> int:
    score = 0
    i = 0
    for frame in range(10):
        if rolls[i] == 10:
            score += 10 + rolls[i + 1] + rolls[i + 2]
            i += 1
        elif rolls[i] + rolls[i + 1] == 10:
            score += 10 + rolls[i + 2]
            i += 2
        else:
            score += rolls[i] + rolls[i + 1]
            i += 2
    return score

# %%
def winner(board: list[str]) -> str:
    lines = board + ["".join(col) for col in zip(board[0], board[1], board[2])]
    lines.append(board[0][0] + board[1][1] + board[2][2])
    lines.append(board[0][2] + board[1][1] + board[2][0])
    for player in "XO":
        if player * 3 in lines:
            return player
    return ""

# %%
def swap_ends(xs: list[int]) -> list[int]:
    ys = xs.copy()
    if len(ys) > 1:
        ys[0], ys[-1] = ys[-1], ys[0]
    return ys

# %%
def bubble(xs: list[int]) -> list[int]:
    out = list(xs)
    swapped = True
    while swapped:
        swapped = False
        for i in range(len(out) - 1):
            if out[i] > out[i + 1]:
                out[i], out[i + 1] = out[i + 1], out[i]
                swapped = True
    return out

# %%
def sort_people(people: list[tuple[str, int]]) -> list[tuple[str, int]]:
    people = sorted(people, key=lambda p: p[0])
    people.sort(key=lambda p: p[1], reverse=True)
    return people

# %%
def mixed(xs: list[int]) -> float:
    total = 0
    for x in xs:
        if x % 2 == 0:
            total += x
        else:
            total += x / 2
    return total

# %%
def count_if(xs: list[int], limit: int) -> int:
    return len([x for x in xs if x > limit])

# %%
def join_numbers(xs: list[int]) -> str:
    return ", ".join(str(x) for x in xs)

# %%
def join_numbers(xs: list[int]) -> str:
    return ", ".join([f"{x:>3}" for x in xs])

# %%
def any_dup(xs: list[int]) -> bool:
    return len(set(xs)) != len(xs)

# %%
def dot(a: list[float], b: list[float]) -> float:
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return sum(x * y for x, y in zip(a, b))

# %%
def bits(n: int) -> list[bool]:
    return [n >> i & 1 == 1 for i in range(8)]

# %%
def f(xs: list[float]) -> float:
    best = float("-inf")
    for x in xs:
        if x > best:
            best = x
    return best

# %%
def f(words: list[str]) -> list[str]:
    return sorted(words, key=str.lower)

# %%
def f(words: list[str]) -> list[str]:
    return sorted(words, key=lambda w: (len(w), w), reverse=True)[:3]

# %%
def f(xs: list[int]) -> tuple[int, int]:
    if not xs:
        return -1, -1
    return min(xs), max(xs)

# %%
def f(xs: list[int]) -> list[int]:
    xs = xs[:]
    xs.sort()
    xs.reverse()
    return xs

# %%
def f(xs: list[int], k: int) -> list[int]:
    k %= len(xs)
    return xs[-k:] + xs[:-k] if k != 0 else xs

# %%
def f(a: list[int], b: list[int]) -> list[int]:
    return sorted(set(a) & set(b)) + sorted(set(a) - set(b)) + sorted(set(a).union(b))

# %%
def f(words: list[str]) -> int:
    return len({w.lower() for w in words})

# %%
def f(xs: list[int]) -> int:
    total = 0
    for i, x in enumerate(xs):
        total += x if i % 2 == 0 else -x
    return total

# %%
def f(xs: list[int]) -> list[tuple[int, int]]:
    return [(a, b) for i, a in enumerate(xs) for b in xs[i + 1:] if a + b == 0]

# %%
def f(xs: list[int]) -> int:
    product = 1
    for x in filter(lambda x: x > 0, xs):
        product *= x
    return product

# %%
def f(xs: list[int]) -> list[int]:
    evens, odds = [], []
    for x in xs:
        if x % 2 == 0:
            evens.append(x)
        else:
            odds.append(x)
    return evens + odds

# %%
def f(pairs: list[tuple[str, int]]) -> list[str]:
    lines = []
    for i, (name, score) in enumerate(pairs, start=1):
        lines.append(f"{i}. {name} ({score})")
    return lines

# %%
def f(xs: list[int], ys: list[int]) -> list[int]:
    return [i for i, (x, y) in enumerate(zip(xs, ys)) if x != y]

# %%
def f(xs: list[int]) -> int:
    """Docs."""
    count: int = 0
    for x in xs: count += x > 3
    return count

# %%
def helper(x: int) -> int:
    return x * 2
def f(xs: list[int]) -> list[int]:
    return [helper(x) for x in xs if helper(x) > 2]

# %%
def helper(x: int) -> int:
    return x % 10
def f(xs: list[int]) -> list[int]:
    return sorted(map(helper, xs), key=helper)

# %%
def f(xs: list[int | None]) -> int:
    return sum(x for x in xs if x is not None)

# %%
def f(xs: list[int | None]) -> list[int]:
    out = []
    for x in xs:
        if x is None:
            continue
        out.append(x)
    return out

# %%
def f(xs: list[str]) -> str:
    if len(xs) == 0: return ""
    if len(xs) == 1: return xs[0]
    return ", ".join(xs[:-1]) + " and " + xs[-1]

# %%
def f(xs: list[bool]) -> int:
    return sum(xs)

# %%
def f(xs: list[bool]) -> int:
    return xs.count(True)
