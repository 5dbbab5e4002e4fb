# %%
def fib(n: int) -> int:
    memo: dict[int, int] = {0: 0, 1: 1}
    for i in range(2, n + 1):
        memo[i] = memo[i - 1] + memo[i - 2]
    return memo[n]

# %%
def most_common(words: list[str]) -> str:
    counts: dict[str, int] = {}
    for w in words:
        counts[w] = counts.get(w, 0) + 1
    return max(counts, key=counts.get)

# %%
def top(scores: dict[str, int], n: int) -> list[str]:
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return [name for name, _ in ranked[:n]]

# %%
def invert(d: dict[str, str]) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for key, value in d.items():
        result.setdefault(value, []).append(key)
    return {k: sorted(v) for k, v in result.items()}

# %%
def from_roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = 0
    for i, c in enumerate(text):
        if i + 1 < len(text) and values[text[i + 1]] > values[c]:
            total -= values[c]
        else:
            total += values[c]
    return total

# %%
def mode(xs: list[int]) -> list[int]:
    counts = {x: xs.count(x) for x in set(xs)}
    most = max(counts.values(), default=0)
    return sorted(x for x, c in counts.items() if c == most)

# %%
def parse_pairs(text: str) -> dict[str, str]:
    result = {}
    for part in text.split(";"):
        if "=" in part:
            key, value = part.split("=", 1)
            result[key.strip()] = value.strip()
    return result

# %%
def parse_query(query: str) -> dict[str, list[str]]:
    found = {}
    for piece in query.lstrip("?").split("&"):
        key, _, value = piece.partition("=")
        if key:
            found.setdefault(key, []).append(value)
    return found

# %%
def bfs(graph: dict[str, list[str]], start: str) -> list[str]:
    seen = {start}
    queue = [start]
    order = []
    while queue:
        node = queue.pop(0)
        order.append(node)
        for neighbour in graph.get(node, []):
            if neighbour not in seen:
                seen.add(neighbour)
                queue.append(neighbour)
    return order

# %%
def dfs(graph: dict[int, list[int]], node: int, seen: set[int]) -> None:
    if node in seen:
        return
    seen.add(node)
    for other in graph[node]:
        dfs(graph, other, seen)

def reachable(graph: dict[int, list[int]], start: int) -> list[int]:
    seen: set[int] = set()
    dfs(graph, start, seen)
    return sorted(seen)

# %%
def shortest(graph: dict[str, dict[str, int]], start: str, end: str) -> int | None:
    distances = {start: 0}
    done = set()
    while True:
        best = None
        for node, distance in distances.items():
            if node not in done and (best is None or distance < distances[best]):
                best = node
        if best is None:
            return None
        if best == end:
            return distances[best]
        done.add(best)
        for other, weight in graph.get(best, {}).items():
            candidate = distances[best] + weight
            if other not in distances or candidate < distances[other]:
                distances[other] = candidate

# %%
def two_sum(xs: list[int], target: int) -> tuple[int, int] | None:
    index = {}
    for i, x in enumerate(xs):
        if target - x in index:
            return index[target - x], i
        index[x] = i
    return None

# %%
def group_by_first(words: list[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in sorted(words):
        first = word[0]
        if first in groups:
            groups[first].append(word)
        else:
            groups[first] = [word]
    return groups

# %%
def diff(old: dict[str, int], new: dict[str, int]) -> list[str]:
    changes = []
    for key in sorted(old.keys() | new.keys()):
        pass
    return changes

# %%
def diff(old: dict[str, int], new: dict[str, int]) -> list[str]:
    changes = []
    for key in sorted(set(old) | set(new)):
        before = old.get(key)
        after = new.get(key)
        if before is None:
            changes.append(f"+{key}")
        elif after is None:
            changes.append(f"-{key}")
        elif before != after:
            changes.append(f"{key}: {before} -> {after}")
    return changes

# %%
def inventory(stock: dict[str, int], orders: list[tuple[str, int]]) -> dict[str, int]:
    left = dict(stock)
    for name, amount in orders:
        if left.get(name, 0) < amount:
            raise ValueError(f"not enough {name}")
        left[name] -= amount
    return {name: n for name, n in left.items() if n > 0}

# %%
def factors(n: int) -> dict[int, int]:
    found = {}
    d = 2
    while d * d <= n:
        while n % d == 0:
            found[d] = found.get(d, 0) + 1
            n //= d
        d += 1
    if n > 1:
        found[n] = found.get(n, 0) + 1
    return found

# %%
def letter_positions(text: str) -> dict[str, list[int]]:
    positions = {}
    for i, c in enumerate(text):
        if c not in positions:
            positions[c] = []
        positions[c].append(i)
    return positions

# %%
def words_by_length(text: str) -> list[tuple[int, list[str]]]:
    groups = {}
    for w in text.split():
        groups.setdefault(len(w), set()).add(w)
    return [(n, sorted(ws)) for n, ws in sorted(groups.items())]

# %%
def by_key(rows: list[dict[str, str]], key: str) -> dict[str, list[dict[str, str]]]:
    out = {}
    for row in rows:
        out.setdefault(row.get(key, ""), []).append(row)
    return out

# %%
def total_cost(prices: dict[str, float], cart: list[str]) -> float:
    total = 0
    for item in cart:
        price = prices.get(item)
        if price is not None:
            total += price
    return total

# %%
def total_cost(prices: dict[str, float], cart: list[str]) -> float:
    return sum(prices[item] for item in cart if item in prices)

# %%
def f(d: dict[str, int]) -> dict[str, int]:
    return dict(sorted(d.items(), key=lambda kv: kv[1], reverse=True))

# %%
def f(keys: list[str], values: list[int]) -> dict[str, int]:
    return dict(zip(keys, values))

# %%
def f(n: int) -> str:
    names = {0: "zero", 1: "one"}
    return names.get(n, "many")

# %%
def f(n: int) -> str | None:
    names = {0: "zero", 1: "one"}
    return names.get(n)

# %%
def f(words: list[str]) -> dict[str, int]:
    return {w: len(w) for w in words if len(w) > 2}

# %%
def f(s: str, t: str) -> bool:
    if len(s) != len(t):
        return False
    forward: dict[str, str] = {}
    for a, b in zip(s, t):
        if forward.get(a, b) != b:
            return False
        forward[a] = b
    return len(set(forward.values())) == len(forward)

# %%
def f(rows: list[dict[str, int]]) -> int:
    return max((r["a"] for r in rows), default=0)

# %%
def f(prices: dict[str, float]) -> str:
    cheapest = min(prices, key=lambda k: prices[k])
    return f"{cheapest}: {prices[cheapest]:,.2f}"

# %%
def f(text: str) -> dict[str, int]:
    counts = {"letters": 0, "digits": 0}
    for c in text:
        if c.isalpha():
            counts["letters"] += 1
        elif c.isdigit():
            counts["digits"] += 1
    return counts

# %%
def f(votes: list[str]) -> str | None:
    tally = {}
    for v in votes:
        tally[v] = tally.get(v, 0) + 1
    for name, n in tally.items():
        if n > len(votes) / 2:
            return name
    return None

# %%
def f(xs: list[int]) -> dict[str, list[int]]:
    result = {"even": [], "odd": []}
    for x in xs:
        key = "even" if x % 2 == 0 else "odd"
        result[key].append(x)
    return result

# %%
def f(xs: list[int]) -> list[int]:
    seen: dict[int, bool] = {}
    return [x for x in xs if not seen.get(x, False)]
