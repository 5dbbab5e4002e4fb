"""Grids: matrices, boards, images and maps kept as lists of rows."""

from collections import deque
from fractions import Fraction
from itertools import zip_longest


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


# Turn a picture made of text lines by ninety degrees clockwise; all lines have the same length.
def quarter_turn(image: list[str]) -> list[str]:
    return ["".join(column) for column in zip(*image[::-1])]


def test_quarter_turn() -> None:
    assert quarter_turn([]) == []
    assert quarter_turn(["ab", "cd"]) == ["ca", "db"]
    assert quarter_turn(["abc"]) == ["a", "b", "c"]
    assert quarter_turn(["x.", "x.", "xx"]) == ["xxx", "x.."]


# Let a fire 'F' spread through a forest for some hours.
#
# Each hour dry trees 't' with at least one burning neighbour (above, below, left, right) catch fire, and damp
# ones 'd' with at least two; all else stays.
def burn(forest, hours):
    for _ in range(hours):
        now = []
        for r, row in enumerate(forest):
            line = ""
            for c, cell in enumerate(row):
                around = [(r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)]
                fires = sum(0 <= y < len(forest) and 0 <= x < len(row) and forest[y][x] == "F" for y, x in around)
                line += "F" if fires >= {"t": 1, "d": 2}.get(cell, 5) else cell
            now.append(line)
        forest = now
    return forest


def test_burn() -> None:
    assert burn([], 3) == []
    assert burn(["Ftt."], 0) == ["Ftt."]
    assert burn(["Ftt.t"], 2) == ["FFF.t"]
    assert burn(["Fd", "tt"], 1) == ["Fd", "Ft"]
    assert burn(["Fd", "tt"], 3) == ["FF", "FF"]
    assert burn(["dF"], 9) == ["dF"]


def crossword_numbers(pattern: list[str]) -> dict[int, tuple[int, int]]:
    """Number the cells of a crossword in which an entry begins.

    '#' is black. An entry begins in a white cell with black or the edge on its left and white on its right, or the
    same from above downwards. Numbers go row by row; the result maps them to (row, column).
    """
    white = {(r, c) for r, row in enumerate(pattern) for c, cell in enumerate(row) if cell != "#"}
    numbered: dict[int, tuple[int, int]] = {}
    for r, c in sorted(white):
        across = (r, c - 1) not in white and (r, c + 1) in white
        down = (r - 1, c) not in white and (r + 1, c) in white
        if across or down:
            numbered[len(numbered) + 1] = (r, c)
    return numbered


def test_crossword_numbers() -> None:
    assert crossword_numbers([]) == {}
    assert crossword_numbers(["."]) == {}
    assert crossword_numbers(["..", ".."]) == {1: (0, 0), 2: (0, 1), 3: (1, 0)}
    assert crossword_numbers([".#.", "...", "#.#"]) == {1: (0, 0), 2: (0, 2), 3: (1, 0), 4: (1, 1)}


def outline_of(shape):
    """Hollow out a shape: a '#' stays only if one of its four neighbours is not '#' or lies outside; all others
    become '.'.

    >>> outline_of(["####", "####", "##.#"])
    ['####', '#.##', '##.#']
    """
    framed = ["." * (len(shape[0]) + 2), *(f".{row}." for row in shape), "." * (len(shape[0]) + 2)] if shape else []
    hollow = []
    for above, row, below in zip(framed, framed[1:], framed[2:]):
        line = ""
        for c in range(1, len(row) - 1):
            surrounded = {above[c], below[c], row[c - 1], row[c + 1]} == {"#"}
            line += "." if row[c] == "#" and surrounded else row[c]
        hollow.append(line)
    return hollow


def test_outline_of() -> None:
    assert outline_of([]) == []
    assert outline_of(["##", "##"]) == ["##", "##"]
    assert outline_of(["###", "###", "###"]) == ["###", "#.#", "###"]
    assert outline_of(["####", "####", "##.#"]) == ["####", "#.##", "##.#"]
    assert outline_of([".o."]) == [".o."]


def steps_to_exit(maze):
    """How many steps is it from 'S' to 'E' in a maze with walls '#'? Steps go to the four neighbours; -1 if
    there is no way.

    >>> steps_to_exit(["S#E", "...", "##."])
    4
    """
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


def wrong_totals(table):
    """Check the totals of a table whose last column should hold the sums of its rows and whose last row those of its
    columns.

    Reports 'row 0: 9 instead of 8' for rows (the last one included), then the same for columns.

    >>> wrong_totals([[1, 1], [2, 2]])
    ['column 0: 2 instead of 1', 'column 1: 2 instead of 1']
    """
    faults = []
    for what, lines in (("row", table), ("column", list(zip(*table)))):
        for number, (*values, total) in enumerate(lines):
            if sum(values) != total:
                faults.append(f"{what} {number}: {total} instead of {sum(values)}")
    return faults


def test_wrong_totals() -> None:
    assert wrong_totals([]) == []
    assert wrong_totals([[1, 2, 3], [4, 5, 9], [5, 7, 12]]) == []
    assert wrong_totals([[1, 2, 4], [1, 2, 4]]) == ["row 0: 4 instead of 3", "row 1: 4 instead of 3"]
    assert wrong_totals([[1, 1], [2, 2]]) == ["column 0: 2 instead of 1", "column 1: 2 instead of 1"]


def apply_kernel(image: list[list[int]], kernel: list[list[int]]) -> list[list[int]]:
    """Slide a small matrix of weights over an image and sum the products, wherever it fits in completely.

    The kernel is not turned round, as usual in machine learning.
    """
    height, width = len(kernel), len(kernel[0])
    return [
        [
            sum(kernel[i][j] * image[top + i][left + j] for i in range(height) for j in range(width))
            for left in range(len(image[0]) - width + 1)
        ]
        for top in range(len(image) - height + 1)
    ]


def test_apply_kernel() -> None:
    assert apply_kernel([[1, 2], [3, 4]], [[1]]) == [[1, 2], [3, 4]]
    assert apply_kernel([[1, 2, 4]], [[-1, 1]]) == [[1, 2]]
    assert apply_kernel([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, 2]]) == [[11, 14], [20, 23]]
    assert apply_kernel([[1]], [[1], [1]]) == []


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
def max_pool(image, size):
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


def conveyor_exit(belts, row, column):
    """Where does a parcel fall off a floor covered with conveyor belts '<', '>', '^' and 'v'?

    Returns the last cell it lay on, or None if it goes round for ever; on a floor plate '.' it lies still and that
    cell is returned.

    >>> conveyor_exit(["v<", ">>"], 0, 1)
    (1, 1)
    """
    headings = {"<": (0, -1), ">": (0, 1), "^": (-1, 0), "v": (1, 0)}
    visited = set()
    while (row, column) not in visited:
        visited.add((row, column))
        dr, dc = headings.get(belts[row][column], (0, 0))
        inside = 0 <= row + dr < len(belts) and 0 <= column + dc < len(belts[row])
        if not inside or (dr, dc) == (0, 0):
            return row, column
        row, column = row + dr, column + dc
    return None


def test_conveyor_exit() -> None:
    assert conveyor_exit([">"], 0, 0) == (0, 0)
    assert conveyor_exit([">>v", "^.<"], 0, 0) == (1, 1)
    assert conveyor_exit([">v", "^<"], 1, 1) is None
    assert conveyor_exit(["v<", ">>"], 0, 1) == (1, 1)
    assert conveyor_exit(["^"], 0, 0) == (0, 0)


def checkerboard(rows: int, columns: int, tiles: str = "#.") -> str:
    """Draw a board whose tiles alternate in both directions, starting with the first of the two tiles.

    >>> checkerboard(0, 4)
    ''
    """
    return "\n".join("".join(tiles[(r + c) % 2] for c in range(columns)) for r in range(rows))


def test_checkerboard() -> None:
    assert checkerboard(1, 1) == "#"
    assert checkerboard(2, 3) == "#.#\n.#."
    assert checkerboard(3, 1, "ab") == "a\nb\na"
    assert checkerboard(0, 4) == ""


def strait_widths(chart: list[str]) -> list[int]:
    """For every row of a chart, the width of its widest strait: a run of water '~' with land '#' at both of its
    ends; 0 where there is none."""
    widths = []
    for row in chart:
        pieces = row.split("#")
        widths.append(max(map(len, pieces[1:-1]), default=0))
    return widths


def test_strait_widths() -> None:
    assert strait_widths([]) == []
    assert strait_widths(["~~~~", "#~~~", "~#~"]) == [0, 0, 0]
    assert strait_widths(["#~#~~#~~~", "##"]) == [2, 0]
    assert strait_widths(["~~#~~~~#~"]) == [4]


def row_echo(grid: list[list[int]]) -> bool:
    """Is the grid equal to its own mirror image, left to right and top to bottom?

    >>> row_echo([[1, 2], [1, 2]])
    False
    """
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


def sand_pile(grid):
    """Let a pile of sand come to rest.

    A cell with four or more grains loses four, and each of its four neighbours gains one; grains that would
    fall off the table are lost. Repeat until no cell holds four. A new grid is returned.

    >>> sand_pile([[3, 4]])
    [[0, 1]]
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


def snake_path(rows, columns):
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


def blocked_viewers(rows: list[list[int]]) -> list[tuple[int, int]]:
    """Seats from which the stage cannot be seen.

    Rows hold the heights of people from the front to the back, 0 for an empty seat. A person is blocked by anybody
    at least as tall in the same column of any row before. Row by row, as (row, seat).
    """
    tallest = [0] * max(map(len, rows), default=0)
    blocked = []
    for r, row in enumerate(rows):
        for seat, height in enumerate(row):
            if height and height <= tallest[seat]:
                blocked.append((r, seat))
            tallest[seat] = max(tallest[seat], height)
    return blocked


def test_blocked_viewers() -> None:
    assert blocked_viewers([]) == []
    assert blocked_viewers([[150, 180], [160, 170], [160, 190]]) == [(1, 1), (2, 0)]
    assert blocked_viewers([[0, 0], [0, 120]]) == []
    assert blocked_viewers([[170], [150, 150], [160, 160]]) == [(1, 0), (2, 0)]


def sparse_from_rows(rows: list[list[float]]) -> dict[tuple[int, int], float]:
    """Keep only what is not zero: a dictionary from (row, column) to value."""
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value}


def test_sparse_from_rows() -> None:
    assert sparse_from_rows([]) == {}
    assert sparse_from_rows([[0, 0], [0.0, 0]]) == {}
    assert sparse_from_rows([[0, 2], [], [3]]) == {(0, 1): 2, (2, 0): 3}
    assert sparse_from_rows([[-0.5]]) == {(0, 0): -0.5}


# Count the lamps that burn in a square array after some orders, all being off before.
#
# Orders are 'row 2', 'column 0' and 'all'; each one switches every lamp it names to its opposite.
def toggle_lights(side: int, orders: list[str]) -> int:
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
