# %%
def flatten(lists: list[list[int]]) -> list[int]:
    return [x for xs in lists for x in xs]

# %%
def chunks(xs: list[int], size: int) -> list[list[int]]:
    return [xs[i:i + size] for i in range(0, len(xs), size)]

# %%
def matrix_product(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    rows, inner, columns = len(a), len(b), len(b[0])
    c = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            for k in range(inner):
                c[i][j] += a[i][k] * b[k][j]
    return c

# %%
def matrix_product(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    c = [[0] * len(b[0]) for _ in a]
    for i in range(len(a)):
        for j in range(len(b[0])):
            c[i][j] = sum(a[i][k] * b[k][j] for k in range(len(b)))
    return c

# %%
def subsets(xs: list[int]) -> list[list[int]]:
    result: list[list[int]] = [[]]
    for x in xs:
        result += [s + [x] for s in result]
    return result

# %%
def permutations(xs: list[int]) -> list[list[int]]:
    if len(xs) <= 1:
        return [xs[:]]
    result = []
    for i, x in enumerate(xs):
        for rest in permutations(xs[:i] + xs[i + 1:]):
            result.append([x] + rest)
    return result

# %%
def flood(grid: list[list[int]], row: int, col: int, colour: int) -> list[list[int]]:
    old = grid[row][col]
    copy = [line[:] for line in grid]
    stack = [(row, col)]
    while stack:
        r, c = stack.pop()
        if 0 <= r < len(copy) and 0 <= c < len(copy[0]) and copy[r][c] == old != colour:
            copy[r][c] = colour
            for dr, dc in [(0, 1), (1, 0), (0, -1), (-1, 0)]:
                stack.append((r + dr, c + dc))
    return copy

# %%
def neighbours(grid: list[list[bool]], row: int, col: int) -> int:
    total = 0
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            if (dr, dc) != (0, 0) and 0 <= row + dr < len(grid) and 0 <= col + dc < len(grid[0]):
                if grid[row + dr][col + dc]:
                    total += 1
    return total

# %%
def spiral(grid: list[list[int]]) -> list[int]:
    out = []
    top, bottom, left, right = 0, len(grid) - 1, 0, len(grid[0]) - 1
    while top <= bottom and left <= right:
        out.extend(grid[top][left:right + 1])
        for r in range(top + 1, bottom + 1):
            out.append(grid[r][right])
        if top < bottom:
            out.extend(reversed(grid[bottom][left:right]))
        top, bottom, left, right = top + 1, bottom - 1, left + 1, right - 1
    return out

# %%
def rotate(grid: list[list[int]]) -> list[list[int]]:
    return [[row[c] for row in reversed(grid)] for c in range(len(grid[0]))]

# %%
def pascal(n: int) -> list[list[int]]:
    rows = [[1]]
    for _ in range(n - 1):
        last = rows[-1]
        rows.append([1] + [a + b for a, b in zip(last, last[1:])] + [1])
    return rows

# %%
def f(grid: list[str]) -> int:
    return sum(row.count("#") for row in grid) + sum(1 for r in range(len(grid)) for c in range(len(grid[r])) if grid[r][c] == ".")

# %%
def f(n: int) -> list[list[int]]:
    grid = [[0] * n for _ in range(n)]
    for i in range(n):
        grid[i][i] = 1
    return grid

# %%
def f(m: list[list[int]]) -> bool:
    n = len(m)
    return all(m[i][j] == m[j][i] for i in range(n) for j in range(i))

# %%
def f(text: str) -> list[list[int]]:
    return [[int(c) for c in line.split(",")] for line in text.splitlines() if line.strip()]

# %%
def f(xs: list[int]) -> list[list[int]]:
    groups = []
    for x in xs:
        if groups and groups[-1][-1] + 1 == x:
            groups[-1].append(x)
        else:
            groups.append([x])
    return groups
