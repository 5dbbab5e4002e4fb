"""Geometry: points, lines, circles, polygons, solids, turtles and screens."""

from cmath import exp
from cmath import pi as cpi
from collections import deque
from fractions import Fraction
from itertools import accumulate, combinations
from math import acos, atan2, ceil, cos, degrees, dist, floor, gcd, hypot, isclose, pi, radians, sin, sqrt
import re


def shoelace_area(corners: list[tuple[float, float]]) -> float:
    """Area of a simple polygon from its corners in either direction (shoelace formula); fewer than three corners
    enclose nothing.

    >>> shoelace_area([(0, 0), (0, 2), (2, 2), (2, 0)])
    4.0
    """
    following = corners[1:] + corners[:1]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(corners, following))) / 2


def test_shoelace_area() -> None:
    assert shoelace_area([]) == 0
    assert shoelace_area([(0, 0), (4, 0), (4, 3)]) == 6
    assert shoelace_area([(0, 0), (0, 2), (2, 2), (2, 0)]) == 4
    assert shoelace_area([(1, 1), (5, 1), (5, 5), (3, 2)]) == 6
    assert shoelace_area([(0, 0), (9, 9)]) == 0


def perimeter(corners: list[tuple[float, float]], closed: bool = True) -> float:
    """Length of a line through some points, back to the first one if it is closed; three places."""
    path = corners + corners[:1] if closed else corners
    return round(sum(map(dist, path, path[1:])), 3)


def test_perimeter() -> None:
    assert perimeter([]) == 0
    assert perimeter([(0, 0), (3, 4)]) == 10
    assert perimeter([(0, 0), (3, 4)], closed=False) == 5
    assert perimeter([(0, 0), (1, 0), (1, 1), (0, 1)]) == 4
    assert perimeter([(0, 0), (1, 1)], closed=False) == 1.414


def line_intersection(a, b, c, d):
    """Where does the line through a and b meet the line through c and d?

    Points have whole coordinates; the answer is exact, a pair of fractions, or None for parallel lines.

    >>> line_intersection((0, 0), (2, 2), (0, 2), (2, 0))
    (Fraction(1, 1), Fraction(1, 1))
    """
    dx1, dy1 = b[0] - a[0], b[1] - a[1]
    dx2, dy2 = d[0] - c[0], d[1] - c[1]
    cross = dx1 * dy2 - dy1 * dx2
    if cross == 0:
        return None
    t = Fraction((c[0] - a[0]) * dy2 - (c[1] - a[1]) * dx2, cross)
    return a[0] + t * dx1, a[1] + t * dy1


def test_line_intersection() -> None:
    assert line_intersection((0, 0), (2, 2), (0, 2), (2, 0)) == (1, 1)
    assert line_intersection((0, 0), (1, 1), (5, 0), (6, 1)) is None
    assert line_intersection((0, 0), (3, 1), (1, 0), (1, 9)) == (1, Fraction(1, 3))
    assert line_intersection((2, 5), (4, 5), (0, 0), (1, 3)) == (Fraction(5, 3), 5)


def circle_overlap(one: tuple[float, float, float], other: tuple[float, float, float]) -> str:
    """How do two circles (x, y, radius) lie to each other?

    Answers 'apart', 'touching' (from outside or inside), 'crossing', 'inside' (one within the other) or 'equal'.
    """
    gap = hypot(one[0] - other[0], one[1] - other[1])
    r1, r2 = one[2], other[2]
    if gap == 0 and r1 == r2:
        return "equal"
    if isclose(gap, r1 + r2) or isclose(gap, abs(r1 - r2)):
        return "touching"
    if gap > r1 + r2:
        return "apart"
    return "inside" if gap < abs(r1 - r2) else "crossing"


def test_circle_overlap() -> None:
    assert circle_overlap((0, 0, 1), (0, 0, 1)) == "equal"
    assert circle_overlap((0, 0, 1), (3, 0, 2)) == "touching"
    assert circle_overlap((0, 0, 3), (0, 2, 1)) == "touching"
    assert circle_overlap((0, 0, 1), (3, 0, 1)) == "apart"
    assert circle_overlap((5, 5, 1), (5, 8, 1)) == "apart"
    assert circle_overlap((0, 0, 5), (1, 1, 1)) == "inside"
    assert circle_overlap((0, 0, 2), (3, 0, 2)) == "crossing"


def turtle_path(program: str) -> list[tuple[int, int]]:
    """Corners of a turtle's way over a grid.

    The turtle starts at (0, 0) looking north. 'F3' goes forward three steps (one without a number), 'L' and 'R'
    turn by ninety degrees, and so does nothing else. A corner is noted after every F.
    """
    position, heading = complex(0, 0), 1j
    corners = [(0, 0)]
    for command, steps in re.findall(r"([FLR])(\d*)", program):
        if command == "F":
            position += heading * int(steps or 1)
            corners.append((int(position.real), int(position.imag)))
        else:
            heading *= 1j if command == "L" else -1j
    return corners


def test_turtle_path() -> None:
    assert turtle_path("") == [(0, 0)]
    assert turtle_path("F3") == [(0, 0), (0, 3)]
    assert turtle_path("RF2LF") == [(0, 0), (2, 0), (2, 1)]
    assert turtle_path("LLF10 RF") == [(0, 0), (0, -10), (-1, -10)]


def regular_polygon(sides: int, radius: float = 1.0) -> list[tuple[float, float]]:
    """Corners of a regular polygon around the origin, anticlockwise, the first one on the positive x-axis; three
    places."""
    roots = (radius * exp(2j * cpi * k / sides) for k in range(sides))
    return [(round(z.real, 3) + 0.0, round(z.imag, 3) + 0.0) for z in roots]


def test_regular_polygon() -> None:
    assert regular_polygon(4) == [(1, 0), (0, 1), (-1, 0), (0, -1)]
    assert regular_polygon(3, 2) == [(2, 0), (-1, 1.732), (-1, -1.732)]
    assert regular_polygon(1) == [(1, 0)]
    assert len(regular_polygon(7)) == 7


# Number of points with whole coordinates on a segment between two such points, both ends included.
def lattice_points_on(segment: tuple[tuple[int, int], tuple[int, int]]) -> int:
    (x1, y1), (x2, y2) = segment
    return gcd(x2 - x1, y2 - y1) + 1


def test_lattice_points_on() -> None:
    assert lattice_points_on(((0, 0), (0, 0))) == 1
    assert lattice_points_on(((0, 0), (6, 4))) == 3
    assert lattice_points_on(((-2, 5), (-2, -5))) == 11
    assert lattice_points_on(((1, 1), (4, 5))) == 2


def convex_hull(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Corners of the convex hull, anticlockwise from the leftmost lowest point, without points on its edges.

    Andrew's monotone chain: first the lower side from left to right, then the upper one back.

    >>> convex_hull([(0, 0), (2, 2), (1, 1)])
    [(0, 0), (2, 2)]
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def side(sequence):
        chain: list = []
        for x, y in sequence:
            while len(chain) > 1:
                (x1, y1), (x2, y2) = chain[-2:]
                if (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0:
                    break
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return side(ordered) + side(reversed(ordered))


def test_convex_hull() -> None:
    assert convex_hull([]) == []
    assert convex_hull([(1, 1), (1, 1)]) == [(1, 1)]
    assert convex_hull([(0, 0), (2, 2), (1, 1)]) == [(0, 0), (2, 2)]
    assert convex_hull([(0, 0), (4, 0), (2, 1), (4, 4), (0, 4), (2, 0)]) == [(0, 0), (4, 0), (4, 4), (0, 4)]
    assert convex_hull([(3, 1), (0, 0), (5, 5), (1, 4)]) == [(0, 0), (3, 1), (5, 5), (1, 4)]


# Size at which a picture fills a frame as far as possible without distortion; it is never enlarged, sides are
# rounded and at least one pixel long.
def fit_into(width: int, height: int, frame_width: int, frame_height: int) -> tuple[int, int]:
    factor = min(1, Fraction(frame_width, width), Fraction(frame_height, height))
    return max(1, round(width * factor)), max(1, round(height * factor))


def test_fit_into() -> None:
    assert fit_into(800, 600, 400, 400) == (400, 300)
    assert fit_into(600, 800, 400, 400) == (300, 400)
    assert fit_into(100, 50, 400, 400) == (100, 50)
    assert fit_into(10000, 2, 100, 100) == (100, 1)
    assert fit_into(3, 2, 2, 2) == (2, 1)


def aspect_label(width: int, height: int) -> str:
    """Aspect ratio of a screen in lowest terms, such as '16:9', followed by 'landscape', 'portrait' or 'square'."""
    shared = gcd(width, height)
    shape = "square" if width == height else "landscape" if width > height else "portrait"
    return f"{width // shared}:{height // shared} {shape}"


def test_aspect_label() -> None:
    assert aspect_label(1920, 1080) == "16:9 landscape"
    assert aspect_label(768, 1024) == "3:4 portrait"
    assert aspect_label(5, 5) == "1:1 square"
    assert aspect_label(7, 3) == "7:3 landscape"


def rectangle_cut(one, other):
    """Common part of two rectangles (left, top, width, height) with sides along the axes; None unless it has an
    area."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right = min(one[0] + one[2], other[0] + other[2])
    bottom = min(one[1] + one[3], other[1] + other[3])
    if left >= right or top >= bottom:
        return None
    return left, top, right - left, bottom - top


def test_rectangle_cut() -> None:
    assert rectangle_cut((0, 0, 4, 4), (2, 1, 5, 2)) == (2, 1, 2, 2)
    assert rectangle_cut((0, 0, 4, 4), (4, 0, 2, 2)) is None
    assert rectangle_cut((0, 0, 4, 4), (0, 4, 2, 2)) is None
    assert rectangle_cut((0, 0, 9, 9), (3, 3, 1, 1)) == (3, 3, 1, 1)
    assert rectangle_cut((-5, -5, 3, 3), (-4, -9, 1, 9)) == (-4, -5, 1, 3)


def angle_at(vertex, p, q):
    """Angle in degrees, to one place, under which two points are seen from a vertex; ValueError if one of them
    coincides with it.

    >>> angle_at((0, 0), (1, 0), (0, 5))
    90.0
    """
    ax, ay = p[0] - vertex[0], p[1] - vertex[1]
    bx, by = q[0] - vertex[0], q[1] - vertex[1]
    lengths = hypot(ax, ay) * hypot(bx, by)
    if not lengths:
        raise ValueError("a point lies on the vertex")
    cosine = (ax * bx + ay * by) / lengths
    return round(degrees(acos(max(-1.0, min(1.0, cosine)))), 1)


def test_angle_at() -> None:
    assert angle_at((0, 0), (1, 0), (0, 5)) == 90
    assert angle_at((1, 1), (2, 2), (5, 5)) == 0
    assert angle_at((0, 0), (1, 0), (-3, 0)) == 180
    assert angle_at((0, 0), (2, 0), (1, 3)) == 71.6
    try:
        angle_at((0, 0), (0, 0), (1, 1))
        assert False, "must refuse"
    except ValueError:
        pass


def triangle_kind(a, b, c):
    """Classify a triangle by its sides.

    'impossible' if they make none; otherwise 'right', 'acute' or 'obtuse', and before it 'isosceles' if exactly
    two sides are equal, or 'equilateral' if all are.

    >>> triangle_kind(2, 2, 2)
    'equilateral acute'
    """
    x, y, z = sorted((a, b, c))
    if x <= 0 or x + y <= z:
        return "impossible"
    excess = x * x + y * y - z * z
    corner = "right" if isclose(excess, 0, abs_tol=1e-9) else "acute" if excess > 0 else "obtuse"
    return {1: "equilateral ", 2: "isosceles ", 3: ""}[len({a, b, c})] + corner


def test_triangle_kind() -> None:
    assert triangle_kind(3, 5, 4) == "right"
    assert triangle_kind(2, 2, 2) == "equilateral acute"
    assert triangle_kind(2, 3, 2) == "isosceles obtuse"
    assert triangle_kind(1, 1, sqrt(2)) == "isosceles right"
    assert triangle_kind(1, 2, 3) == "impossible"
    assert triangle_kind(0, 1, 1) == "impossible"
    assert triangle_kind(7, 8, 9) == "acute"


def rotate_points(points, angle, centre=(0, 0)):
    """Rotate points anticlockwise by an angle in degrees around a centre; coordinates are rounded to three places."""
    c, s = cos(radians(angle)), sin(radians(angle))
    cx, cy = centre
    turned = []
    for x, y in points:
        dx, dy = x - cx, y - cy
        turned.append((round(cx + dx * c - dy * s, 3), round(cy + dx * s + dy * c, 3)))
    return turned


def test_rotate_points() -> None:
    assert rotate_points([], 45) == []
    assert rotate_points([(1, 0), (0, 2)], 90) == [(0, 1), (-2, 0)]
    assert rotate_points([(3, 1)], 180, centre=(1, 1)) == [(-1, 1)]
    assert rotate_points([(1, 0)], -45) == [(0.707, -0.707)]
    assert rotate_points([(1, 3)], 45) == [(-1.414, 2.828)]
    assert rotate_points([(1, 2)], 90, centre=(3, 5)) == [(6, 3)]


# How high, in centimetres with one place, do so many litres stand in an upright cylinder of this radius in
# centimetres?
def cylinder_fill(radius: float, litres: float) -> float:
    return round(litres * 1000 / (pi * radius**2), 1)


def test_cylinder_fill() -> None:
    assert cylinder_fill(10, 0) == 0
    assert cylinder_fill(10, 1) == 3.2
    assert cylinder_fill(5, 2) == 25.5
    assert cylinder_fill(0.5, 0.001) == 1.3


def tiles_needed(room: tuple[float, float], tile: tuple[float, float]) -> tuple[int, bool]:
    """Fewest tiles for a floor when all of them lie in the same direction and cut pieces are not used again; also
    whether the tiles should be turned (True only if that saves some). Sizes are in whole centimetres."""

    def count(across, along):
        return ceil(room[0] / across) * ceil(room[1] / along)

    straight, turned = count(*tile), count(*reversed(tile))
    return min(straight, turned), turned < straight


def test_tiles_needed() -> None:
    assert tiles_needed((100, 100), (50, 50)) == (4, False)
    assert tiles_needed((90, 60), (20, 30)) == (9, True)
    assert tiles_needed((60, 90), (20, 30)) == (9, False)
    assert tiles_needed((101, 10), (50, 10)) == (3, False)


def hex_distance(a, b):
    """Steps between two cells of a hexagonal board in axial coordinates (q, r)."""
    dq, dr = a[0] - b[0], a[1] - b[1]
    return max(abs(dq), abs(dr), abs(dq + dr))


def test_hex_distance() -> None:
    assert hex_distance((0, 0), (0, 0)) == 0
    assert hex_distance((0, 0), (3, -3)) == 3
    assert hex_distance((0, 0), (2, 3)) == 5
    assert hex_distance((-1, 4), (2, 0)) == 4
    assert hex_distance((5, 0), (0, 0)) == 5


def rasterise(x0: int, y0: int, x1: int, y1: int) -> list[tuple[int, int]]:
    """Pixels of a straight line from one pixel to another, both included.

    Along the longer direction there is one pixel for every step; across, the exact place is rounded half up.
    """
    steps = max(abs(x1 - x0), abs(y1 - y0))
    if not steps:
        return [(x0, y0)]

    def along(start: int, end: int, step: int) -> int:
        return floor(Fraction((end - start) * step, steps) + start + Fraction(1, 2))

    return [(along(x0, x1, step), along(y0, y1, step)) for step in range(steps + 1)]


def test_rasterise() -> None:
    assert rasterise(2, 2, 2, 2) == [(2, 2)]
    assert rasterise(0, 0, 3, 0) == [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert rasterise(0, 0, -2, -2) == [(0, 0), (-1, -1), (-2, -2)]
    assert rasterise(0, 0, 4, 2) == [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2)]
    assert rasterise(1, 5, 0, 2) == [(1, 5), (1, 4), (0, 3), (0, 2)]


def simplify_corners(path: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out points of a path at which it goes straight on, and points that repeat the one before.

    >>> simplify_corners([(0, 0), (0, 0), (2, 4), (3, 6)])
    [(0, 0), (3, 6)]
    """
    kept: list[tuple[int, int]] = []
    for point in path:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1:
            (ax, ay), (bx, by) = kept[-2:]
            ux, uy, vx, vy = bx - ax, by - ay, point[0] - bx, point[1] - by
            if ux * vy == uy * vx and ux * vx + uy * vy > 0:
                kept.pop()
        kept.append(point)
    return kept


def test_simplify_corners() -> None:
    assert simplify_corners([]) == []
    assert simplify_corners([(0, 0), (1, 0), (3, 0), (3, 2)]) == [(0, 0), (3, 0), (3, 2)]
    assert simplify_corners([(0, 0), (0, 0), (2, 4), (3, 6)]) == [(0, 0), (3, 6)]
    assert simplify_corners([(0, 0), (5, 0), (2, 0)]) == [(0, 0), (5, 0), (2, 0)]
    assert simplify_corners([(2, 2), (4, 4), (4, 6)]) == [(2, 2), (4, 4), (4, 6)]
    assert simplify_corners([(0, 0), (0, 2), (0, 2), (0, 5)]) == [(0, 0), (0, 5)]


def cuboid_sides(volume):
    """All cuboids with whole sides and the given volume, sides ascending, with the least surface first; equal
    surfaces do not occur twice in the order of sides."""
    boxes = []
    for a in range(1, round(volume ** (1 / 3)) + 1):
        for b in range(a, int(sqrt(volume / a)) + 1):
            if volume % (a * b) == 0:
                boxes.append((a, b, volume // (a * b)))
    return sorted(boxes, key=lambda box: (box[0] * box[1] + box[1] * box[2] + box[0] * box[2], box))


def test_cuboid_sides() -> None:
    assert cuboid_sides(1) == [(1, 1, 1)]
    assert cuboid_sides(7) == [(1, 1, 7)]
    assert cuboid_sides(12) == [(2, 2, 3), (1, 3, 4), (1, 2, 6), (1, 1, 12)]
    assert cuboid_sides(27)[0] == (3, 3, 3)


def polar_sort(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Sort points by their direction from the origin, anticlockwise from east, and nearer ones first within a
    direction; the origin itself comes first of all.

    >>> polar_sort([(4, 4), (1, 1), (0, 0), (3, 0)])
    [(0, 0), (3, 0), (1, 1), (4, 4)]
    """
    return sorted(points, key=lambda p: (p != (0, 0), round(atan2(p[1], p[0]) % (2 * pi), 9), hypot(*p)))


def test_polar_sort() -> None:
    assert polar_sort([]) == []
    assert polar_sort([(0, -1), (-1, 0), (0, 1), (1, 0)]) == [(1, 0), (0, 1), (-1, 0), (0, -1)]
    assert polar_sort([(4, 4), (1, 1), (0, 0), (3, 0)]) == [(0, 0), (3, 0), (1, 1), (4, 4)]
    assert polar_sort([(1, -1), (-2, 1)]) == [(-2, 1), (1, -1)]


def largest_triangle(points: list[tuple[int, int]]) -> float:
    """Area of the largest triangle with corners among some points; 0 with fewer than three."""
    doubled = (
        abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) for a, b, c in combinations(points, 3)
    )
    return max(doubled, default=0) / 2


def test_largest_triangle() -> None:
    assert largest_triangle([(0, 0), (1, 1)]) == 0
    assert largest_triangle([(0, 0), (1, 1), (2, 2)]) == 0
    assert largest_triangle([(0, 0), (4, 0), (0, 3), (1, 1)]) == 6
    assert largest_triangle([(-1, -1), (3, 0), (0, 5), (2, 2)]) == 11.5


def unfold_spiral(steps):
    """Cells visited by a spiral that starts at (0, 0), goes east, and turns left in runs of 1, 1, 2, 2, 3, 3, …
    steps; north is up. As many steps as asked for are made."""
    headings = deque([(1, 0), (0, 1), (-1, 0), (0, -1)])
    moves: list[tuple[int, int]] = []
    run = 2
    while len(moves) < steps:
        moves += [headings[0]] * (run // 2)
        headings.rotate(-1)
        run += 1
    return list(accumulate(moves[:steps], lambda cell, move: (cell[0] + move[0], cell[1] + move[1]), initial=(0, 0)))


def test_unfold_spiral() -> None:
    assert unfold_spiral(0) == [(0, 0)]
    assert unfold_spiral(4) == [(0, 0), (1, 0), (1, 1), (0, 1), (-1, 1)]
    assert unfold_spiral(8)[-1] == (1, -1)
    assert len(set(unfold_spiral(200))) == 201


def svg_polyline(points: list[tuple[float, float]], colour: str = "black") -> str:
    """SVG element that draws a line through points; coordinates without needless zeros, at most two places.

    >>> svg_polyline([(0, 0), (1.5, 2)])
    '<polyline points="0,0 1.5,2" fill="none" stroke="black"/>'
    """
    places = " ".join(f"{round(x, 2):g},{round(y, 2):g}" for x, y in points)
    return f'<polyline points="{places}" fill="none" stroke="{colour}"/>'


def test_svg_polyline() -> None:
    assert svg_polyline([]) == '<polyline points="" fill="none" stroke="black"/>'
    assert svg_polyline([(1 / 3, -2.0)], "red") == '<polyline points="0.33,-2" fill="none" stroke="red"/>'
    assert 'points="0,0 1.5,2"' in svg_polyline([(0, 0), (1.5, 2)])
