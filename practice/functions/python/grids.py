"""Grids: matrices, boards, images and maps kept as lists of rows."""

from collections import Counter, deque
from fractions import Fraction
from itertools import product, zip_longest
from math import inf


def border_cells(rows: int, columns: int) -> list[tuple[int, int]]:
    """Positions on the edge of a grid, clockwise from the upper left corner, each once.

    >>> border_cells(2, 2)
    [(0, 0), (0, 1), (1, 1), (1, 0)]
    """
    top = [(0, c) for c in range(columns)]
    right = [(r, columns - 1) for r in range(1, rows)]
    bottom = [(rows - 1, c) for c in range(columns - 2, -1, -1)] if rows > 1 else []
    left = [(r, 0) for r in range(rows - 2, 0, -1)] if columns > 1 else []
    return top + right + bottom + left


def test_border_cells() -> None:
    assert border_cells(1, 1) == [(0, 0)]
    assert border_cells(1, 3) == [(0, 0), (0, 1), (0, 2)]
    assert border_cells(3, 1) == [(0, 0), (1, 0), (2, 0)]
    assert border_cells(3, 3) == [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0)]
    assert len(border_cells(5, 7)) == 20


def quarter_turn(image: list[str]) -> list[str]:
    """Turn a picture made of text lines by ninety degrees clockwise; all lines have the same length."""
    return ["".join(column) for column in zip(*image[::-1])]


def test_quarter_turn() -> None:
    assert quarter_turn([]) == []
    assert quarter_turn(["ab", "cd"]) == ["ca", "db"]
    assert quarter_turn(["abc"]) == ["a", "b", "c"]
    assert quarter_turn(["x.", "x.", "xx"]) == ["xxx", "x.."]


def life_step(alive: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Next generation of Conway's Game of Life on an endless board, given the living cells.

    A cell lives on with two or three living neighbours of its eight; a dead one comes to life with three.
    """
    around = Counter(
        (r + dr, c + dc) for r, c in alive for dr, dc in product((-1, 0, 1), repeat=2) if (dr, dc) != (0, 0)
    )
    return {cell for cell, n in around.items() if n == 3 or (n == 2 and cell in alive)}


def test_life_step() -> None:
    assert life_step(set()) == set()
    assert life_step({(0, 0), (0, 1)}) == set()
    assert life_step({(0, -1), (0, 0), (0, 1)}) == {(-1, 0), (0, 0), (1, 0)}
    block = {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert life_step(block) == block


def mine_hints(field: list[str]) -> list[str]:
    """Fill a minefield with hints.

    Every '.' becomes the number of '*' on its up to eight neighbours, or stays '.' where there are none.

    >>> mine_hints(["*.", ".."])
    ['*1', '11']
    """
    hinted = []
    for r, row in enumerate(field):
        line = ""
        for c, cell in enumerate(row):
            near = sum(part[max(0, c - 1) : c + 2].count("*") for part in field[max(0, r - 1) : r + 2])
            line += cell if cell == "*" or near == 0 else str(near)
        hinted.append(line)
    return hinted


def test_mine_hints() -> None:
    assert mine_hints([]) == []
    assert mine_hints(["..", ".."]) == ["..", ".."]
    assert mine_hints(["*..", "...", "..*"]) == ["*1.", "121", ".1*"]
    assert mine_hints(["***", "*.*", "***"]) == ["***", "*8*", "***"]
    assert mine_hints(["...*"]) == ["..1*"]


def paint_bucket(picture: list[str], row: int, column: int, colour: str) -> list[str]:
    """Fill the area of one colour around a pixel with another, as the paint bucket of a drawing program does.

    The area grows up, down, left and right, never diagonally. The given picture is left as it is.
    """
    pixels = [list(line) for line in picture]
    old = pixels[row][column]
    waiting = [(row, column)] if old != colour else []
    while waiting:
        r, c = waiting.pop()
        if 0 <= r < len(pixels) and 0 <= c < len(pixels[r]) and pixels[r][c] == old:
            pixels[r][c] = colour
            waiting += [(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)]
    return ["".join(line) for line in pixels]


def test_paint_bucket() -> None:
    assert paint_bucket(["."], 0, 0, "#") == ["#"]
    assert paint_bucket(["..#", "##.", "..."], 0, 1, "o") == ["oo#", "##.", "..."]
    assert paint_bucket(["..#", "##.", "..."], 2, 0, "o") == ["..#", "##o", "ooo"]
    assert paint_bucket(["aa"], 0, 0, "a") == ["aa"]


def steps_to_exit(maze: list[str]) -> int:
    """How many steps is it from 'S' to 'E' in a maze with walls '#'? Steps go to the four neighbours; -1 if
    there is no way."""
    cells = {(r, c): cell for r, row in enumerate(maze) for c, cell in enumerate(row)}
    start = next(place for place, cell in cells.items() if cell == "S")
    queue = deque([(start, 0)])
    seen = {start}
    while queue:
        (r, c), steps = queue.popleft()
        if cells[r, c] == "E":
            return steps
        for place in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
            if cells.get(place, "#") != "#" and place not in seen:
                seen.add(place)
                queue.append((place, steps + 1))
    return -1


def test_steps_to_exit() -> None:
    assert steps_to_exit(["SE"]) == 1
    assert steps_to_exit(["S#E"]) == -1
    assert steps_to_exit(["S#E", "...", "##."]) == 4
    assert steps_to_exit(["S.#", "#..", "E.."]) == 4


def saddle_points(heights: list[list[int]]) -> list[tuple[int, int]]:
    """Find places that are highest in their row and lowest in their column; ties count. Row by row."""
    lowest = [min(column) for column in zip(*heights)]
    return [
        (r, c)
        for r, row in enumerate(heights)
        for c, height in enumerate(row)
        if height == max(row) and height == lowest[c]
    ]


def test_saddle_points() -> None:
    assert saddle_points([]) == []
    assert saddle_points([[9, 8, 7], [5, 3, 2], [6, 6, 7]]) == [(1, 0)]
    assert saddle_points([[1, 2], [4, 3]]) == [(0, 1)]
    assert saddle_points([[5, 5], [5, 5]]) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert saddle_points([[1, 2], [2, 1]]) == []


def multiply(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    """Matrix product of a (n × m) and b (m × k).

    Raises ValueError if the inner dimensions differ.
    """
    if a and len(a[0]) != len(b):
        raise ValueError(f"{len(a[0])} columns against {len(b)} rows")
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def test_multiply() -> None:
    assert multiply([[1, 2], [3, 4]], [[1, 0], [0, 1]]) == [[1, 2], [3, 4]]
    assert multiply([[1, 2, 3]], [[4], [5], [6]]) == [[32]]
    assert multiply([[2], [3]], [[5, 7]]) == [[10, 14], [15, 21]]
    try:
        multiply([[1, 2]], [[1, 2]])
        assert False, "must refuse"
    except ValueError:
        pass


def determinant(matrix: list[list[int]]) -> Fraction:
    """Exact determinant of a square matrix, by elimination with fractions."""
    rows = [[Fraction(value) for value in row] for row in matrix]
    result = Fraction(1)
    for step in range(len(rows)):
        pivot = next((r for r in range(step, len(rows)) if rows[r][step]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != step:
            rows[step], rows[pivot] = rows[pivot], rows[step]
            result = -result
        result *= rows[step][step]
        for r in range(step + 1, len(rows)):
            factor = rows[r][step] / rows[step][step]
            rows[r] = [x - factor * y for x, y in zip(rows[r], rows[step])]
    return result


def test_determinant() -> None:
    assert determinant([[7]]) == 7
    assert determinant([[1, 2], [3, 4]]) == -2
    assert determinant([[0, 1], [1, 0]]) == -1
    assert determinant([[1, 2], [2, 4]]) == 0
    assert determinant([[2, 0, 1], [1, 3, 2], [1, 1, 1]]) == 0
    assert determinant([[2, 0, 1], [1, 3, 2], [0, 1, 4]]) == 21


# Pools an image: every block of size × size pixels becomes its largest value. Blocks at the right and lower
# edge may be incomplete.
def max_pool(image: list[list[int]], size: int) -> list[list[int]]:
    pooled = []
    for top in range(0, len(image), size):
        band = image[top : top + size]
        pooled.append([max(max(row[left : left + size]) for row in band) for left in range(0, len(band[0]), size)])
    return pooled


def test_max_pool() -> None:
    assert max_pool([], 2) == []
    assert max_pool([[1, 5], [3, 2]], 2) == [[5]]
    assert max_pool([[1, 2, 9], [4, 3, 0], [7, 8, 6]], 2) == [[4, 9], [8, 6]]
    assert max_pool([[-3, -1]], 1) == [[-3, -1]]


def blur(row: list[float]) -> list[float]:
    """Smooth a row of pixels: each becomes the mean of itself and its direct neighbours, to two places; pixels
    at the ends have only one neighbour."""
    return [
        round(sum(part) / len(part), 2)
        for part in (row[max(0, place - 1) : place + 2] for place in range(len(row)))
    ]


def test_blur() -> None:
    assert blur([]) == []
    assert blur([8]) == [8]
    assert blur([0, 9]) == [4.5, 4.5]
    assert blur([0, 9, 3, 0]) == [4.5, 4, 4, 1.5]
    assert blur([1, 0, 0, 0]) == [0.5, 0.33, 0, 0]


def trim_grid(grid: list[str], blank: str = ".") -> list[str]:
    """Cut a grid down to the smallest rectangle that holds everything that is not blank."""
    rows = [r for r, line in enumerate(grid) if line.strip(blank)]
    columns = [c for c, column in enumerate(zip(*grid)) if set(column) != {blank}]
    if not rows:
        return []
    return [line[columns[0] : columns[-1] + 1] for line in grid[rows[0] : rows[-1] + 1]]


def test_trim_grid() -> None:
    assert trim_grid([]) == []
    assert trim_grid(["...", "..."]) == []
    assert trim_grid(["....", ".x..", "...y", "...."]) == ["x..", "..y"]
    assert trim_grid([" # ", "   "], " ") == ["#"]
    assert trim_grid(["ab"]) == ["ab"]


def stamp(canvas: list[list[str]], shape: list[str], top: int, left: int) -> int:
    """Draw a shape onto the canvas, which is changed in place.

    Blanks of the shape are transparent, and what lies outside the canvas is not drawn. Returns the number
    of cells whose content has changed.
    """
    changed = 0
    for r, line in enumerate(shape, top):
        for c, mark in enumerate(line, left):
            inside = 0 <= r < len(canvas) and 0 <= c < len(canvas[r])
            if inside and mark != " " and canvas[r][c] != mark:
                canvas[r][c] = mark
                changed += 1
    return changed


def test_stamp() -> None:
    canvas = [list("..."), list("...")]
    assert stamp(canvas, ["xx", "x"], 0, 1) == 3
    assert canvas == [[".", "x", "x"], [".", "x", "."]]
    assert stamp(canvas, ["x x"], 0, 0) == 1
    assert canvas[0] == ["x", "x", "x"]
    assert stamp(canvas, ["oooo", "oooo"], -1, -2) == 2
    assert canvas[0] == ["o", "o", "x"]


def pad_rows(rows: list[list], filler=None) -> list[list]:
    """Make ragged rows rectangular by appending the filler to those that are too short.

    >>> pad_rows([[1], [2, 3]], 0)
    [[1, 0], [2, 3]]
    """
    return [list(row) for row in zip(*zip_longest(*rows, fillvalue=filler))]


def test_pad_rows() -> None:
    assert pad_rows([[1, 2]]) == [[1, 2]]
    assert pad_rows([[1], [2, 3, 4]]) == [[1, None, None], [2, 3, 4]]
    assert pad_rows([["a", "b"], [], ["c"]], "-") == [["a", "b"], ["-", "-"], ["c", "-"]]
    assert pad_rows([]) == []


def cheapest_descent(costs: list[list[int]]) -> int:
    """Lowest total cost of walking from the top row to the bottom row, stepping straight down or diagonally
    down by one; start and end in any column."""
    best = [0] * len(costs[0]) if costs else [0]
    for row in costs:
        framed = [inf, *best, inf]
        best = [cost + min(framed[c : c + 3]) for c, cost in enumerate(row)]
    return min(best)


def test_cheapest_descent() -> None:
    assert cheapest_descent([]) == 0
    assert cheapest_descent([[4, 2, 8]]) == 2
    assert cheapest_descent([[1, 9, 9], [9, 9, 1], [1, 9, 9]]) == 11
    assert cheapest_descent([[5, 1], [1, 9], [2, 2]]) == 4
    assert cheapest_descent([[-1], [-2]]) == -3


def checkerboard(rows: int, columns: int, tiles: str = "#.") -> str:
    """Draw a board whose tiles alternate in both directions, starting with the first of the two tiles."""
    return "\n".join("".join(tiles[(r + c) % 2] for c in range(columns)) for r in range(rows))


def test_checkerboard() -> None:
    assert checkerboard(1, 1) == "#"
    assert checkerboard(2, 3) == "#.#\n.#."
    assert checkerboard(3, 1, "ab") == "a\nb\na"
    assert checkerboard(0, 4) == ""


def islands(map_rows: list[str]) -> list[int]:
    """Sizes of all islands of a map, largest first. Land is '#'; land that touches diagonally belongs together."""
    land = {(r, c) for r, row in enumerate(map_rows) for c, cell in enumerate(row) if cell == "#"}

    def sink(r, c):
        if (r, c) not in land:
            return 0
        land.remove((r, c))
        return 1 + sum(sink(r + dr, c + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1))

    sizes = []
    while land:
        sizes.append(sink(*next(iter(land))))
    return sorted(sizes, reverse=True)


def test_islands() -> None:
    assert islands([]) == []
    assert islands(["~~", "~~"]) == []
    assert islands(["#~#", "~#~", "~~~", "##~"]) == [3, 2]
    assert islands(["#~#"]) == [1, 1]
    assert islands(["##", "##"]) == [4]


def row_echo(grid: list[list[int]]) -> bool:
    """Is the grid equal to its own mirror image, left to right and top to bottom?"""
    return grid == grid[::-1] and all(row == row[::-1] for row in grid)


def test_row_echo() -> None:
    assert row_echo([]) is True
    assert row_echo([[1, 2, 1], [3, 4, 3], [1, 2, 1]]) is True
    assert row_echo([[1, 2], [1, 2]]) is False
    assert row_echo([[1, 1], [2, 2]]) is False


def diagonals(grid: list[str]) -> list[str]:
    """Read a letter grid along its falling diagonals, from the lower left corner to the upper right one.

    >>> diagonals(["ab", "cd"])
    ['c', 'ad', 'b']
    """
    height = len(grid)
    width = len(grid[0]) if grid else 0
    lines = []
    for offset in range(1 - height, width):
        lines.append("".join(grid[r][r + offset] for r in range(height) if 0 <= r + offset < width))
    return lines


def test_diagonals() -> None:
    assert diagonals([]) == []
    assert diagonals(["x"]) == ["x"]
    assert diagonals(["abc", "def"]) == ["d", "ae", "bf", "c"]
    assert diagonals(["a", "b", "c"]) == ["c", "b", "a"]


def find_word(grid: list[str], word: str):
    """Look for a word in a puzzle, rightwards or downwards.

    Returns (row, column, 'right' or 'down') of the first hit, rows from the top and columns from the left,
    rightwards before downwards; None if the word is not there.
    """
    for r in range(len(grid)):
        for c in range(len(grid[r])):
            if grid[r][c:].startswith(word):
                return r, c, "right"
            if "".join(row[c] for row in grid[r:]).startswith(word):
                return r, c, "down"
    return None


def test_find_word() -> None:
    puzzle = ["oxen", "wide", "lamb"]
    assert find_word(puzzle, "oxen") == (0, 0, "right")
    assert find_word(puzzle, "owl") == (0, 0, "down")
    assert find_word(puzzle, "lamb") == (2, 0, "right")
    assert find_word(puzzle, "ed") == (0, 2, "down")
    assert find_word(puzzle, "bee") is None
    assert find_word([], "a") is None


def sand_pile(grid: list[list[int]]) -> list[list[int]]:
    """Let a pile of sand come to rest.

    A cell with four or more grains loses four, and each of its four neighbours gains one; grains that would
    fall off the table are lost. Repeat until no cell holds four. A new grid is returned.
    """
    table = [row[:] for row in grid]
    unstable = True
    while unstable:
        unstable = False
        for r, row in enumerate(table):
            for c, grains in enumerate(row):
                if grains < 4:
                    continue
                unstable = True
                row[c] -= 4
                for nr, nc in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
                    if 0 <= nr < len(table) and 0 <= nc < len(row):
                        table[nr][nc] += 1
    return table


def test_sand_pile() -> None:
    assert sand_pile([[3]]) == [[3]]
    assert sand_pile([[5]]) == [[1]]
    assert sand_pile([[0, 0, 0], [0, 4, 0], [0, 0, 0]]) == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert sand_pile([[3, 4]]) == [[0, 1]]
    assert sand_pile([[2, 8]]) == [[0, 1]]


def column_stats(table: list[list[float]]) -> list[tuple[float, float]]:
    """Smallest and largest value of every column."""
    return list(zip(map(min, zip(*table)), map(max, zip(*table))))


def test_column_stats() -> None:
    assert column_stats([]) == []
    assert column_stats([[3, 1]]) == [(3, 3), (1, 1)]
    assert column_stats([[3, 1], [-2, 8], [0, 4]]) == [(-2, 3), (1, 8)]


def snake_path(rows: int, columns: int) -> list[int]:
    """Numbers of the cells of a grid, counted row by row from 0, in the order in which a lawn mower visits them
    that turns round at the end of every row.

    >>> snake_path(2, 3)
    [0, 1, 2, 5, 4, 3]
    """
    path = []
    for row in range(rows):
        cells = range(row * columns, (row + 1) * columns)
        path.extend(reversed(cells) if row % 2 else cells)
    return path


def test_snake_path() -> None:
    assert snake_path(0, 5) == []
    assert snake_path(1, 3) == [0, 1, 2]
    assert snake_path(3, 2) == [0, 1, 3, 2, 4, 5]
    assert snake_path(3, 1) == [0, 1, 2]


def visible_trees(heights: list[list[int]]) -> int:
    """How many trees of a wood can be seen from outside, looking along rows and columns? A tree is hidden in
    one direction by any tree at least as tall between it and the edge."""
    columns = list(zip(*heights))
    visible = 0
    for r, row in enumerate(heights):
        for c, height in enumerate(row):
            views = (row[:c], row[c + 1 :], columns[c][:r], columns[c][r + 1 :])
            visible += any(max(view, default=-1) < height for view in views)
    return visible


def test_visible_trees() -> None:
    assert visible_trees([]) == 0
    assert visible_trees([[0]]) == 1
    assert visible_trees([[3, 3, 3], [3, 2, 3], [3, 3, 3]]) == 8
    assert visible_trees([[1, 1, 1], [1, 5, 1], [1, 1, 1]]) == 9
    assert visible_trees([[2, 2, 2, 2], [2, 1, 1, 0], [2, 2, 2, 2]]) == 11


def sparse_from_rows(rows: list[list[float]]) -> dict[tuple[int, int], float]:
    """Keep only what is not zero: a dictionary from (row, column) to value."""
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value}


def test_sparse_from_rows() -> None:
    assert sparse_from_rows([]) == {}
    assert sparse_from_rows([[0, 0], [0.0, 0]]) == {}
    assert sparse_from_rows([[0, 2], [], [3]]) == {(0, 1): 2, (2, 0): 3}
    assert sparse_from_rows([[-0.5]]) == {(0, 0): -0.5}


def toggle_lights(side: int, orders: list[str]) -> int:
    """Count the lamps that burn in a square array after some orders, all being off before.

    Orders are 'row 2', 'column 0' and 'all'; each one switches every lamp it names to its opposite.
    """
    lamps = [[False] * side for _ in range(side)]
    for order in orders:
        what, _, index = order.partition(" ")
        for r in range(side):
            for c in range(side):
                if what == "all" or (what == "row" and r == int(index)) or (what == "column" and c == int(index)):
                    lamps[r][c] = not lamps[r][c]
    return sum(map(sum, lamps))


def test_toggle_lights() -> None:
    assert toggle_lights(3, []) == 0
    assert toggle_lights(3, ["all"]) == 9
    assert toggle_lights(3, ["row 0", "column 0"]) == 4
    assert toggle_lights(3, ["all", "row 2", "row 2"]) == 9
    assert toggle_lights(2, ["all", "column 1", "row 1"]) == 2


def gravity(grid: list[str]) -> list[str]:
    """Let the stones 'o' of a grid fall straight down as far as they can; walls '#' hold them, '.' is air.

    >>> gravity(["o", ".", "#"])
    ['.', 'o', '#']
    """
    fallen = []
    for column in zip(*grid):
        parts = "".join(column).split("#")
        fallen.append("#".join("." * part.count(".") + "o" * part.count("o") for part in parts))
    return ["".join(row) for row in zip(*fallen)]


def test_gravity() -> None:
    assert gravity([]) == []
    assert gravity(["o.", ".o"]) == ["..", "oo"]
    assert gravity(["o", "o", ".", "#", "."]) == [".", "o", "o", "#", "."]
    assert gravity(["o#", "#o", ".."]) == ["o#", "#.", ".o"]
