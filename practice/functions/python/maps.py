"""Maps: places, coordinates, routes, tiles and journeys."""

from collections import defaultdict, namedtuple
from itertools import accumulate, combinations
from math import asin, atan2, cos, degrees, hypot, log, pi, radians, sin, sqrt, tan
import bisect
import json
import re


def great_circle_km(lat1, lon1, lat2, lon2):
    """Distance in kilometres between two places on a globe of radius 6371 km, by the haversine formula; one place.

    Latitudes and longitudes are in degrees.

    >>> great_circle_km(90, 0, -90, 77)
    20015.1
    """
    p1, p2 = radians(lat1), radians(lat2)
    h = sin((p2 - p1) / 2) ** 2 + cos(p1) * cos(p2) * sin(radians(lon2 - lon1) / 2) ** 2
    return round(2 * 6371 * asin(sqrt(h)), 1)


def test_great_circle_km() -> None:
    assert great_circle_km(10, 20, 10, 20) == 0
    assert great_circle_km(0, 0, 0, 90) == 10007.5
    assert great_circle_km(90, 0, -90, 77) == 20015.1
    assert great_circle_km(52.52, 13.405, 48.8566, 2.3522) == 877.5
    assert great_circle_km(0, 179, 0, -179) == 222.4


def to_degrees(text: str) -> float:
    """Read a coordinate such as 52°31'12"N as decimal degrees; minutes and seconds may be missing, south and west
    are negative; four places.

    >>> to_degrees("0°30'W")
    -0.5
    """
    match = re.fullmatch(r"""(\d+)°(?:(\d+)')?(?:([\d.]+)")?([NSEW])""", text.replace(" ", ""))
    whole, minutes, seconds, side = match.groups()
    value = int(whole) + int(minutes or 0) / 60 + float(seconds or 0) / 3600
    return round(-value if side in "SW" else value, 4)


def test_to_degrees() -> None:
    assert to_degrees("52°31'12\"N") == 52.52
    assert to_degrees("13°E") == 13
    assert to_degrees("33° 51' 36\" S") == -33.86
    assert to_degrees("0°0'36.0\"W") == -0.01


def from_degrees(value, axis):
    """Write decimal degrees with minutes and a letter, such as '52°31' N'.

    Args:
        value: degrees; the sign tells the side.
        axis: 'lat' for north and south, 'lon' for east and west.

    Returns:
        The coordinate, rounded to whole minutes; zero counts as north or east.
    """
    side = {"lat": "NS", "lon": "EW"}[axis][value < 0]
    whole, minutes = divmod(round(abs(value) * 60), 60)
    return f"{whole}°{minutes:02d}' {side}"


def test_from_degrees() -> None:
    assert from_degrees(52.52, "lat") == "52°31' N"
    assert from_degrees(-0.999, "lon") == "1°00' W"
    assert from_degrees(0, "lon") == "0°00' E"
    assert from_degrees(-33.1, "lat") == "33°06' S"


def bounding_box(points: list[tuple[float, float]], margin: float = 0):
    """Smallest box, widened by a margin on all sides, around some points.

    Returns a named tuple with west, south, east and north; points are (x, y) and there is at least one.
    """
    Box = namedtuple("Box", "west south east north")
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return Box(min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)


def test_bounding_box() -> None:
    assert bounding_box([(1, 2)]) == (1, 2, 1, 2)
    box = bounding_box([(1, 5), (-3, 2), (0, 9)], margin=1)
    assert (box.west, box.south, box.east, box.north) == (-4, 1, 2, 10)
    assert bounding_box([(0, 0), (4, -4)]).south == -4


def initial_bearing(lat1, lon1, lat2, lon2):
    """Compass course in whole degrees, 0 to 359, on which a ship leaves for another place along a great circle.

    >>> initial_bearing(0, 0, 0, -10)
    270
    """
    p1, p2, turn = radians(lat1), radians(lat2), radians(lon2 - lon1)
    east = sin(turn) * cos(p2)
    north = cos(p1) * sin(p2) - sin(p1) * cos(p2) * cos(turn)
    return round(degrees(atan2(east, north))) % 360


def test_initial_bearing() -> None:
    assert initial_bearing(0, 0, 10, 0) == 0
    assert initial_bearing(0, 0, 0, 10) == 90
    assert initial_bearing(0, 0, -5, 0) == 180
    assert initial_bearing(0, 0, 0, -10) == 270
    assert initial_bearing(50, 0, 50, 90) == 53
    assert initial_bearing(51.5, -0.12, 40.7, -74) == 288


def tile_of(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    """Column and row of the web map tile that shows a place.

    At zoom z the world is 2**z tiles wide and high, in the Mercator projection; rows count from the north.
    """
    n = 2**zoom
    x = int((lon + 180) / 360 * n)
    phi = radians(lat)
    y = int((1 - log(tan(phi) + 1 / cos(phi)) / pi) / 2 * n)
    return min(n - 1, max(0, x)), min(n - 1, max(0, y))


def test_tile_of() -> None:
    assert tile_of(0, 0, 0) == (0, 0)
    assert tile_of(10, -10, 1) == (0, 0)
    assert tile_of(-10, 10, 1) == (1, 1)
    assert tile_of(52.52, 13.405, 10) == (550, 335)
    assert tile_of(89.9, 180, 3) == (7, 0)


def route_length(stops: list[str], legs: dict[tuple[str, str], float]) -> float:
    """Length of a route over given stops; a leg may be listed in either direction.

    :raises ValueError: when two neighbouring stops have no leg between them.
    """
    length = 0.0
    for a, b in zip(stops, stops[1:]):
        if (a, b) in legs:
            length += legs[a, b]
        elif (b, a) in legs:
            length += legs[b, a]
        else:
            raise ValueError(f"no way from {a} to {b}")
    return length


def test_route_length() -> None:
    legs = {("Oslo", "Bergen"): 463, ("Bergen", "Voss"): 107}
    assert route_length([], legs) == route_length(["Oslo"], legs) == 0
    assert route_length(["Oslo", "Bergen", "Voss"], legs) == 570
    assert route_length(["Voss", "Bergen", "Voss"], legs) == 214
    try:
        route_length(["Oslo", "Voss"], legs)
        assert False, "must refuse"
    except ValueError:
        pass


def elevation_gain(heights: list[float], ignore: float = 0) -> float:
    """Metres of climbing on a hike.

    A climb from a low point to the following high point counts only if it is more than `ignore` metres; every
    point of the profile at which the direction changes ends a climb.
    """
    gain = 0.0
    climb = 0.0
    for before, after in zip(heights, heights[1:]):
        if after > before:
            climb += after - before
            continue
        gain += climb if climb > ignore else 0
        climb = 0.0
    return gain + (climb if climb > ignore else 0)


def test_elevation_gain() -> None:
    assert elevation_gain([]) == 0
    assert elevation_gain([100, 150, 120, 130]) == 60
    assert elevation_gain([100, 150, 120, 130], ignore=10) == 50
    assert elevation_gain([5, 4, 3]) == 0
    assert elevation_gain([0, 6, 12, 11, 12], ignore=6) == 12
    assert elevation_gain([0, 6, 5, 6], ignore=6) == 0


def scale_bar(metres_per_pixel: float, most_pixels: int) -> tuple[int, int]:
    """Choose the length of a map's scale bar: the largest round number of metres (1, 2 or 5 times a power of
    ten) whose bar is not longer than allowed. Returns metres and the bar's pixels, rounded.

    >>> scale_bar(1, 100)
    (100, 100)
    """
    longest = metres_per_pixel * most_pixels
    best = 1
    power = 1
    while power <= longest:
        best = max(factor * power for factor in (1, 2, 5) if factor * power <= longest)
        power *= 10
    return best, round(best / metres_per_pixel)


def test_scale_bar() -> None:
    assert scale_bar(1, 100) == (100, 100)
    assert scale_bar(1, 99) == (50, 50)
    assert scale_bar(3, 100) == (200, 67)
    assert scale_bar(0.1, 60) == (5, 50)
    assert scale_bar(156.5, 120) == (10000, 64)


def geojson_points(places: dict[str, tuple[float, float]]) -> str:
    """GeoJSON text of a collection of named points.

    Places map a name to (latitude, longitude); GeoJSON wants the longitude first. Names go to the property
    'name'; the order is kept.
    """
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": {"name": name}}
        for name, (lat, lon) in places.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_geojson_points() -> None:
    assert json.loads(geojson_points({})) == {"type": "FeatureCollection", "features": []}
    made = json.loads(geojson_points({"Riga": (56.95, 24.1)}))["features"][0]
    assert made["geometry"] == {"type": "Point", "coordinates": [24.1, 56.95]}
    assert made["properties"] == {"name": "Riga"} and made["type"] == "Feature"
    assert [f["properties"]["name"] for f in json.loads(geojson_points({"b": (0, 0), "a": (1, 1)}))["features"]] == ["b", "a"]


def closest_pair(places):
    """Which two places lie closest together? Names in alphabetical order; the alphabetically first pair on a tie;
    None with fewer than two places."""

    def apart(pair):
        (x1, y1), (x2, y2) = places[pair[0]], places[pair[1]]
        return hypot(x1 - x2, y1 - y2)

    return min(combinations(sorted(places), 2), key=apart, default=None)


def test_closest_pair() -> None:
    assert closest_pair({}) is None
    assert closest_pair({"a": (0, 0)}) is None
    assert closest_pair({"p": (0, 9), "q": (0, -9), "r": (0, 5)}) == ("p", "r")
    assert closest_pair({"mill": (0, 0), "farm": (10, 0), "well": (9, 1)}) == ("farm", "well")
    assert closest_pair({"c": (0, 0), "b": (0, 1), "a": (1, 0)}) == ("a", "c")


def travel_diary(legs: list[tuple[str, int, int]]) -> list[str]:
    """Summarise a journey by means of transport.

    Legs are (means, kilometres, minutes). Lines read 'train: 120 km in 1:30' (hours and minutes), the longest
    distance first and equal ones by name.
    """
    sums = defaultdict(lambda: [0, 0])
    for means, km, minutes in legs:
        sums[means][0] += km
        sums[means][1] += minutes
    ranked = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
    return [f"{means}: {km} km in {minutes // 60}:{minutes % 60:02d}" for means, (km, minutes) in ranked]


def test_travel_diary() -> None:
    assert travel_diary([]) == []
    legs = [("walk", 3, 45), ("train", 100, 60), ("train", 20, 30), ("bus", 3, 5)]
    assert travel_diary(legs) == ["train: 120 km in 1:30", "bus: 3 km in 0:05", "walk: 3 km in 0:45"]
    assert travel_diary([("raft", 0, 600)]) == ["raft: 0 km in 10:00"]


def point_in_polygon(x: float, y: float, corners: list[tuple[float, float]]) -> bool:
    """Whether a point lies inside a polygon, by counting how many edges a ray to the right crosses; points on the
    boundary may count either way."""
    inside = False
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def test_point_in_polygon() -> None:
    square = [(0, 0), (4, 0), (4, 4), (0, 4)]
    assert point_in_polygon(2, 2, square) is True
    assert point_in_polygon(5, 2, square) is False
    assert point_in_polygon(-1, 2, square) is False
    hook = [(0, 0), (6, 0), (6, 6), (4, 6), (4, 2), (0, 2)]
    assert point_in_polygon(2, 4, hook) is False
    assert point_in_polygon(5, 5, hook) is True
    assert point_in_polygon(1, 1, []) is False
    assert point_in_polygon(3, 2, [(0, 0), (8, 0), (4, 8)]) is True
    assert point_in_polygon(1, 4, [(0, 0), (8, 0), (4, 8)]) is False


def milestone_at(distances: list[float], names: list[str], km: float) -> str:
    """Describe a spot on a road: the name of the milestone reached there, 'A–B' between two of them, and
    'before A' or 'after Z' at the ends. `distances` ascends and belongs to `names`."""
    place = bisect.bisect_left(distances, km)
    if place < len(distances) and distances[place] == km:
        return names[place]
    if place == 0:
        return f"before {names[0]}"
    if place == len(names):
        return f"after {names[-1]}"
    return f"{names[place - 1]}–{names[place]}"


def test_milestone_at() -> None:
    at, names = [0, 12.5, 40], ["Ely", "Soham", "Bury"]
    assert milestone_at(at, names, 12.5) == "Soham"
    assert milestone_at(at, names, 20) == "Soham–Bury"
    assert milestone_at(at, names, -1) == "before Ely"
    assert milestone_at(at, names, 41) == "after Bury"
    assert milestone_at(at, names, 0) == "Ely"


def speed_cameras(passes: list[tuple[str, float, str]], km: float, limit: float) -> list[str]:
    """Find cars that were too fast on average between two cameras.

    A pass is (plate, hour of the day, 'in' or 'out') in order of time. Report plates in order of leaving whose
    average speed over the stretch of `km` was above the limit. A car that leaves without having been seen
    before is ignored.

    >>> speed_cameras([], 10, 100)
    []
    """
    entered = {}
    caught = []
    for plate, hour, where in passes:
        if where == "in":
            entered[plate] = hour
        elif plate in entered and km > limit * (hour - entered.pop(plate)):
            caught.append(plate)
    return caught


def test_speed_cameras() -> None:
    assert speed_cameras([], 10, 100) == []
    log = [("A1", 8.0, "in"), ("B2", 8.0, "in"), ("B2", 8.05, "out"), ("A1", 8.25, "out"), ("C3", 9, "out")]
    assert speed_cameras(log, 10, 100) == ["B2"]
    assert speed_cameras(log, 10, 30) == ["B2", "A1"]
    assert speed_cameras(log, 10, 40) == ["B2"]
    assert speed_cameras([*log, ("B2", 8.5, "out")], 10, 100) == ["B2"]


def grid_reference(east: int, north: int, digits: int) -> str:
    """Shorten metres east and north inside a 100 km square to a grid reference with so many digits for each.

    Positions are cut, not rounded, and padded with zeros.

    >>> grid_reference(4321, 98765, 3)
    '043 987'
    """
    unit = 10 ** (5 - digits)
    return f"{east // unit:0{digits}d} {north // unit:0{digits}d}"


def test_grid_reference() -> None:
    assert grid_reference(4321, 98765, 3) == "043 987"
    assert grid_reference(0, 99999, 1) == "0 9"
    assert grid_reference(12345, 7, 5) == "12345 00007"
    assert grid_reference(50000, 10, 4) == "5000 0001"


def neighbouring_countries(borders):
    """Number of neighbours by country, from lines such as 'Chile: Peru, Bolivia, Argentina'.

    A border counts for both sides even where only one side's line names it, and only once.

    >>> neighbouring_countries("Iceland:")
    {'Iceland': 0}
    """
    pairs = set()
    countries = set()
    for line in borders.splitlines():
        country, _, others = line.partition(":")
        names = {name.strip() for name in others.split(",") if name.strip()}
        countries |= names | {country.strip()}
        pairs |= {frozenset((country.strip(), name)) for name in names}
    return {country: sum(country in pair for pair in pairs) for country in sorted(countries)}


def test_neighbouring_countries() -> None:
    assert neighbouring_countries("") == {}
    assert neighbouring_countries("Iceland:") == {"Iceland": 0}
    found = neighbouring_countries("Chile: Peru, Bolivia\nPeru: Chile, Ecuador")
    assert found == {"Bolivia": 1, "Chile": 2, "Ecuador": 1, "Peru": 2}
    assert list(found) == sorted(found)


# Thins a track by leaving out points nearer than `least` to the last point that was kept. The first point always
# stays.
def thin_track(track, least):
    kept = track[:1]
    for x, y in track[1:]:
        if hypot(x - kept[-1][0], y - kept[-1][1]) >= least:
            kept.append((x, y))
    return kept


def test_thin_track() -> None:
    assert thin_track([], 5) == []
    assert thin_track([(0, 0)], 5) == [(0, 0)]
    assert thin_track([(0, 0), (3, 0), (5, 0), (6, 0), (5, 5)], 5) == [(0, 0), (5, 0), (5, 5)]
    assert thin_track([(0, 0), (0, 0)], 0) == [(0, 0), (0, 0)]


def arrival_times(departure: str, legs: list[int], halt: int = 0) -> list[str]:
    """Clock times at which a train arrives at each station, given the minutes of each leg and the same halt, in
    minutes, at every station on the way.

    Parameters
    ----------
    departure : str
        HH:MM at the first station.
    legs : list of int
        Minutes from one station to the next.
    halt : int
        Minutes between arriving and going on.
    """
    hours, minutes = map(int, departure.split(":"))
    start = hours * 60 + minutes
    times = accumulate(legs, lambda now, leg: now + halt + leg, initial=start - halt)
    return [f"{time // 60 % 24:02d}:{time % 60:02d}" for time in list(times)[1:]]


def test_arrival_times() -> None:
    assert arrival_times("10:00", []) == []
    assert arrival_times("10:00", [30, 45]) == ["10:30", "11:15"]
    assert arrival_times("10:00", [30, 45], halt=5) == ["10:30", "11:20"]
    assert arrival_times("23:50", [20, 1440]) == ["00:10", "00:10"]


def nearest_refill(stations: list[int], total: int, tank: int) -> int:
    """Fewest stops to refuel on a road of `total` km with a tank that lasts `tank` km and is full at the start.

    Stations are given by their kilometre, ascending. Always drive to the farthest station within reach. -1 if
    the goal cannot be reached.
    """
    stops = position = 0
    while position + tank < total:
        reachable = [station for station in stations if position < station <= position + tank]
        if not reachable:
            return -1
        position = reachable[-1]
        stops += 1
    return stops


def test_nearest_refill() -> None:
    assert nearest_refill([], 300, 300) == 0
    assert nearest_refill([], 301, 300) == -1
    assert nearest_refill([100, 250, 400], 600, 300) == 2
    assert nearest_refill([100, 200, 300], 500, 250) == 1 + 1
    assert nearest_refill([50, 400], 500, 300) == -1


def country_code_flag(code: str) -> str:
    """Turn a two-letter country code into the emoji of its flag, which is made of two regional indicator symbols
    (U+1F1E6 stands for A).

    >>> len(country_code_flag("aa"))
    2
    """
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code.upper())


def test_country_code_flag() -> None:
    assert country_code_flag("fi") == "🇫🇮"
    assert country_code_flag("NZ") == "🇳🇿"
    assert country_code_flag("") == ""
    assert len(country_code_flag("aa")) == 2


def walk_contours(profile, interval):
    """Contour lines crossed on a walk, in order.

    Contours lie at all multiples of the interval. From each height to the next, every contour strictly passed
    or arrived at counts, but not the one on which the step begins.

    >>> walk_contours([3, 3, -12], 10)
    [0, -10]
    """
    crossed = []
    for a, b in zip(profile, profile[1:]):
        if b >= a:
            crossed += [h for h in range(a + 1, b + 1) if h % interval == 0]
        else:
            crossed += [h for h in range(a - 1, b - 1, -1) if h % interval == 0]
    return crossed


def test_walk_contours() -> None:
    assert walk_contours([], 10) == []
    assert walk_contours([5, 27], 10) == [10, 20]
    assert walk_contours([20, 30, 20], 10) == [30, 20]
    assert walk_contours([3, 3, -12], 10) == [0, -10]
    assert walk_contours([10, 19, 11], 10) == []


def rose_sectors(bearings: list[float], sectors: int) -> list[int]:
    """Count bearings by sectors of equal width, the first of which is centred on north."""
    width = 360 / sectors
    counts = [0] * sectors
    for bearing in bearings:
        counts[int((bearing + width / 2) % 360 // width)] += 1
    return counts


def test_rose_sectors() -> None:
    assert rose_sectors([], 4) == [0, 0, 0, 0]
    assert rose_sectors([350, 10, 90, 181, 269], 4) == [2, 1, 1, 1]
    assert rose_sectors([45, 44.9, 315, -1], 4) == [3, 1, 0, 0]
    assert rose_sectors([0, 359, 100], 1) == [3]


def plus_distance(one: str, other: str) -> int:
    """How far apart are two cells of a town map, walking along streets? Cells are named by letters for the
    column (A to Z, then AA, AB …) and a row number, like 'C7'."""

    def locate(cell: str) -> tuple[int, int]:
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        return column, int(row)

    (c1, r1), (c2, r2) = locate(one), locate(other)
    return abs(c1 - c2) + abs(r1 - r2)


def test_plus_distance() -> None:
    assert plus_distance("C7", "C7") == 0
    assert plus_distance("A1", "C5") == 6
    assert plus_distance("Z1", "AA1") == 1
    assert plus_distance("BA10", "AZ9") == 2
