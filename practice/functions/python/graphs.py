"""Graphs: roads, friendships, dependencies and other things joined by edges."""

from collections import Counter, defaultdict
from functools import lru_cache
from itertools import combinations, permutations
import heapq
import math


def neighbours_of(edges: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Adjacency lists of an undirected graph, everything sorted and without repeats."""
    near = defaultdict(set)
    for a, b in edges:
        near[a].add(b)
        near[b].add(a)
    return {node: sorted(near[node]) for node in sorted(near)}


def test_neighbours_of() -> None:
    assert neighbours_of([]) == {}
    assert neighbours_of([("b", "a"), ("a", "c"), ("a", "b")]) == {"a": ["b", "c"], "b": ["a"], "c": ["a"]}
    assert list(neighbours_of([("z", "y")])) == ["y", "z"]
    assert neighbours_of([("x", "x")]) == {"x": ["x"]}


def fewest_changes(lines, start, goal):
    """Fewest changes of train needed to get from one station to another.

    `lines` maps the name of a line to its stations, served in both directions. Being there already takes no
    change, as does a direct line; -1 where one cannot get there.
    """
    if start == goal:
        return 0
    reached = {start}
    unused = dict(lines)
    changes = 0
    while True:
        taken = [name for name, stations in unused.items() if reached & set(stations)]
        if not taken:
            return -1
        for name in taken:
            reached.update(unused.pop(name))
        if goal in reached:
            return changes
        changes += 1


def test_fewest_changes() -> None:
    lines = {"red": ["A", "B", "C"], "blue": ["C", "D"], "green": ["D", "E"], "moor": ["X", "Y"]}
    assert fewest_changes(lines, "A", "A") == 0
    assert fewest_changes(lines, "C", "A") == 0
    assert fewest_changes(lines, "A", "D") == 1
    assert fewest_changes(lines, "E", "B") == 2
    assert fewest_changes(lines, "A", "Y") == -1


def shortest_route(roads: dict[str, dict[str, int]], start: str, goal: str):
    """Find the shortest route by Dijkstra's algorithm.

    Args:
        roads: for every place its neighbours with their distances; one-way.
        start: where the journey begins.
        goal: where it ends.

    Returns:
        (distance, places from start to goal), or None if the goal cannot be reached.
    """
    queue = [(0, start, [start])]
    done = set()
    while queue:
        distance, place, route = heapq.heappop(queue)
        if place == goal:
            return distance, route
        if place in done:
            continue
        done.add(place)
        for near, length in roads.get(place, {}).items():
            heapq.heappush(queue, (distance + length, near, [*route, near]))
    return None


def test_shortest_route() -> None:
    roads = {"A": {"B": 4, "C": 1}, "C": {"B": 2, "D": 7}, "B": {"D": 1}}
    assert shortest_route(roads, "A", "D") == (4, ["A", "C", "B", "D"])
    assert shortest_route(roads, "A", "A") == (0, ["A"])
    assert shortest_route(roads, "D", "A") is None
    assert shortest_route({"X": {"Y": 5}, "Y": {"X": 5}}, "Y", "X") == (5, ["Y", "X"])


def friends_of_friends(friends: dict[str, set[str]], person: str) -> list[tuple[str, int]]:
    """Suggest people to meet: friends of one's friends who are not friends yet, with the number of friends in
    common; most of them first, then by name."""
    known = friends.get(person, set())
    counts = Counter(other for friend in known for other in friends.get(friend, ()))
    candidates = [(name, n) for name, n in counts.items() if name != person and name not in known]
    return sorted(candidates, key=lambda pair: (-pair[1], pair[0]))


def test_friends_of_friends() -> None:
    circle = {"ann": {"bo", "cy"}, "bo": {"ann", "di", "ed"}, "cy": {"ann", "di", "bo"}}
    assert friends_of_friends(circle, "ann") == [("di", 2), ("ed", 1)]
    assert friends_of_friends(circle, "bo") == [("cy", 1)]
    assert friends_of_friends(circle, "nobody") == []
    assert friends_of_friends({"x": {"y"}, "y": {"b", "a"}}, "x") == [("a", 1), ("b", 1)]


# Who belongs together, directly or by way of others?
#
# Union-find over handshakes. Groups are sorted inside and by their first names; loners form groups too.
def groups(people: list[str], handshakes: list[tuple[str, str]]) -> list[list[str]]:
    leader = {person: person for person in people}

    def find(person: str) -> str:
        while leader[person] != person:
            person = leader[person]
        return person

    for a, b in handshakes:
        leader[find(a)] = find(b)
    found = defaultdict(list)
    for person in sorted(people):
        found[find(person)].append(person)
    return sorted(found.values())


def test_groups() -> None:
    assert groups([], []) == []
    assert groups(["b", "a"], []) == [["a"], ["b"]]
    assert groups(list("abcde"), [("a", "c"), ("d", "e"), ("c", "a")]) == [["a", "c"], ["b"], ["d", "e"]]
    assert groups(list("abcd"), [("a", "b"), ("c", "d"), ("b", "d")]) == [["a", "b", "c", "d"]]


def find_cycle(depends: dict[str, list[str]]) -> list[str]:
    """Discover a circular dependency.

    Returns the names along one circle, beginning and ending with the same name, or an empty list. Names and
    their dependencies are tried in the order given, depth first.
    """
    finished = set()

    def visit(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name not in finished:
            for needed in depends.get(name, []):
                circle = visit(needed, [*path, name])
                if circle:
                    return circle
            finished.add(name)
        return []

    return next(filter(None, (visit(name, []) for name in depends)), [])


def test_find_cycle() -> None:
    assert find_cycle({}) == []
    assert find_cycle({"a": ["b"], "b": ["c"]}) == []
    assert find_cycle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c", "b"]
    assert find_cycle({"x": ["x"]}) == ["x", "x"]
    assert find_cycle({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []


def build_layers(requires: dict[str, set[str]]) -> list[list[str]]:
    """Arrange packages in layers that can each be built at once, after the layers before.

    Every package is a key; a package goes into the first layer in which all it requires has been built.
    Within a layer names are sorted. Nothing is promised for circles.

    >>> build_layers({"app": {"ui", "db"}, "ui": {"core"}, "db": {"core"}, "core": set()})
    [['core'], ['db', 'ui'], ['app']]
    """

    @lru_cache(maxsize=None)
    def depth(package):
        return 1 + max((depth(needed) for needed in requires[package]), default=-1)

    layers = defaultdict(list)
    for package in sorted(requires):
        layers[depth(package)].append(package)
    return [layers[level] for level in sorted(layers)]


def test_build_layers() -> None:
    assert build_layers({}) == []
    assert build_layers({"b": set(), "a": set()}) == [["a", "b"]]
    assert build_layers({"a": {"b"}, "b": {"c"}, "c": set()}) == [["c"], ["b"], ["a"]]
    assert build_layers({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == [["c"], ["b"], ["a"]]


def seat_apart(guests: list[str], feuds: list[tuple[str, str]]) -> dict[str, int]:
    """Seat guests at numbered tables, from 1, so that nobody shares a table with an enemy.

    In the order of the list each guest takes the table with the lowest number at which no enemy sits yet.
    """
    enemies = defaultdict(set)
    for one, other in feuds:
        enemies[one].add(other)
        enemies[other].add(one)
    table: dict[str, int] = {}
    for guest in guests:
        barred = {table.get(enemy) for enemy in enemies[guest]}
        number = 1
        while number in barred:
            number += 1
        table[guest] = number
    return table


def test_seat_apart() -> None:
    assert seat_apart([], []) == {}
    assert seat_apart(["ann", "bo"], []) == {"ann": 1, "bo": 1}
    assert seat_apart(["ann", "bo", "cy"], [("cy", "ann")]) == {"ann": 1, "bo": 1, "cy": 2}
    everyone = [("ann", "bo"), ("bo", "cy"), ("cy", "ann")]
    assert seat_apart(["cy", "bo", "ann"], everyone) == {"cy": 1, "bo": 2, "ann": 3}
    assert seat_apart(["a", "b", "c", "d"], [("a", "b"), ("b", "c")]) == {"a": 1, "b": 2, "c": 1, "d": 1}


def cable_length(houses: list[tuple[int, int]]) -> float:
    """Shortest total length of cable that connects all houses, laid in straight lines from house to house.

    Prim's algorithm; the result is rounded to three places.
    """
    if not houses:
        return 0.0
    far = {house: math.dist(house, houses[0]) for house in set(houses[1:]) - {houses[0]}}
    total = 0.0
    while far:
        nearest = min(far, key=far.get)
        total += far.pop(nearest)
        for house in far:
            far[house] = min(far[house], math.dist(house, nearest))
    return round(total, 3)


def test_cable_length() -> None:
    assert cable_length([]) == 0
    assert cable_length([(3, 3), (3, 3)]) == 0
    assert cable_length([(0, 0), (3, 4)]) == 5
    assert cable_length([(0, 0), (0, 9), (0, 1), (0, 4)]) == 9
    assert cable_length([(0, 0), (1, 1), (2, 0)]) == 2.828


def ancestors(parents: dict[str, list[str]], person: str) -> set[str]:
    """Everybody a person descends from, as far back as the records go."""
    found: set[str] = set()
    for parent in parents.get(person, []):
        found |= {parent} | ancestors(parents, parent)
    return found


def test_ancestors() -> None:
    tree = {"zoe": ["max", "ida"], "max": ["otto"], "otto": ["wilma"]}
    assert ancestors(tree, "wilma") == set()
    assert ancestors(tree, "max") == {"otto", "wilma"}
    assert ancestors(tree, "zoe") == {"max", "ida", "otto", "wilma"}
    assert ancestors({}, "zoe") == set()


def nearest_common_boss(boss_of: dict[str, str], one: str, other: str):
    """Lowest person in the hierarchy who stands above, or is, both of the two; None if there is nobody."""
    line = [one]
    while line[-1] in boss_of:
        line.append(boss_of[line[-1]])
    while other not in line:
        if other not in boss_of:
            return None
        other = boss_of[other]
    return other


def test_nearest_common_boss() -> None:
    boss = {"eva": "carl", "finn": "carl", "carl": "ada", "gus": "ada", "hal": "ida"}
    assert nearest_common_boss(boss, "eva", "finn") == "carl"
    assert nearest_common_boss(boss, "eva", "gus") == "ada"
    assert nearest_common_boss(boss, "carl", "finn") == "carl"
    assert nearest_common_boss(boss, "eva", "eva") == "eva"
    assert nearest_common_boss(boss, "eva", "hal") is None


def degree_ranking(edges, top):
    """The `top` best connected nodes as 'name (degree)'; equal degrees in alphabetical order."""
    degrees = Counter(node for edge in edges for node in edge)
    ranked = sorted(degrees.items(), key=lambda item: (-item[1], item[0]))
    return [f"{node} ({degree})" for node, degree in ranked[:top]]


def test_degree_ranking() -> None:
    assert degree_ranking([], 3) == []
    assert degree_ranking([("a", "b"), ("b", "c")], 1) == ["b (2)"]
    assert degree_ranking([("c", "a"), ("b", "d")], 3) == ["a (1)", "b (1)", "c (1)"]
    assert degree_ranking([("a", "b")], 9) == ["a (1)", "b (1)"]


def unreachable(links: dict[str, list[str]], home: str) -> set[str]:
    """Pages of a site that nobody finds by following links from the home page.

    Only pages that have an entry in `links` count.
    """
    seen = set()
    stack = [home]
    while stack:
        page = stack.pop()
        if page not in seen:
            seen.add(page)
            stack.extend(links.get(page, []))
    return set(links) - seen


def test_unreachable() -> None:
    site = {"home": ["news", "shop"], "news": ["home"], "shop": [], "attic": ["home"]}
    assert unreachable(site, "home") == {"attic"}
    assert unreachable(site, "attic") == set()
    assert unreachable(site, "shop") == {"home", "news", "attic"}
    assert unreachable({}, "home") == set()


def round_trip(distances: dict[frozenset, int], towns: list[str]) -> tuple[int, list[str]]:
    """Plan the shortest tour that starts in the first town, visits all others once and comes home.

    Tries everything, so there are few towns. Of equally short tours take the one whose towns come first in
    the alphabet. Returns length and tour, with the home town at both ends.
    """
    home, *others = towns
    best = None
    for order in permutations(sorted(others)):
        tour = [home, *order, home]
        length = sum(distances[frozenset(pair)] for pair in zip(tour, tour[1:]))
        if best is None or length < best[0]:
            best = (length, tour)
    return best


def test_round_trip() -> None:
    roads = {frozenset("AB"): 1, frozenset("BC"): 2, frozenset("AC"): 9, frozenset("CD"): 3}
    roads.update({frozenset("AD"): 4, frozenset("BD"): 9})
    assert round_trip(roads, ["A", "B"]) == (2, ["A", "B", "A"])
    assert round_trip(roads, ["A", "C", "B"]) == (12, ["A", "B", "C", "A"])
    assert round_trip(roads, ["A", "D", "C", "B"]) == (10, ["A", "B", "C", "D", "A"])
    assert round_trip(roads, ["D", "B", "A", "C"]) == (10, ["D", "A", "B", "C", "D"])


# All trios in which everybody knows everybody, each sorted, and the list sorted too.
def triangles(friendships: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    pairs = {frozenset(pair) for pair in friendships}
    people = sorted(set().union(*pairs))
    return [trio for trio in combinations(people, 3) if all(frozenset(two) in pairs for two in combinations(trio, 2))]


def test_triangles() -> None:
    assert triangles([]) == []
    assert triangles([("a", "b"), ("b", "c")]) == []
    assert triangles([("c", "b"), ("a", "b"), ("c", "a"), ("c", "d")]) == [("a", "b", "c")]
    full = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
    assert len(triangles(full)) == 4


def spread_of_rumour(knows: dict[str, list[str]], source: str) -> dict[str, int]:
    """On which day does each person hear a rumour that its source tells on day 1 and that everybody passes on
    the day after hearing it? The source itself has day 0."""
    day = {source: 0}
    talking = [source]
    while talking:
        listeners = []
        for person in talking:
            for listener in knows.get(person, []):
                if listener not in day:
                    day[listener] = day[person] + 1
                    listeners.append(listener)
        talking = listeners
    return day


def test_spread_of_rumour() -> None:
    assert spread_of_rumour({}, "ann") == {"ann": 0}
    knows = {"ann": ["bo", "cy"], "bo": ["di", "ann"], "cy": ["di"], "di": ["ed"], "fay": ["ann"]}
    assert spread_of_rumour(knows, "ann") == {"ann": 0, "bo": 1, "cy": 1, "di": 2, "ed": 3}
    assert spread_of_rumour(knows, "di") == {"di": 0, "ed": 1}


def project_days(tasks: dict[str, tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """Shortest duration of a project, and its critical path.

    Tasks have a number of days and a list of tasks that must be finished before. Any number of tasks can run at
    once. On the path each task waits for the one before; of several equally late ones take the alphabetically first.

    >>> project_days({"b": (2, []), "a": (2, [])})
    (2, ['a'])
    """

    @lru_cache(maxsize=None)
    def finish(task: str) -> tuple[int, tuple]:
        days, needs = tasks[task]
        start, path = min(map(finish, needs), key=lambda end: (-end[0], end[1][-1:]), default=(0, ()))
        return start + days, (*path, task)

    total, path = min(map(finish, tasks), key=lambda end: (-end[0], end[1][-1:]), default=(0, ()))
    return total, list(path)


def test_project_days() -> None:
    assert project_days({}) == (0, [])
    assert project_days({"dig": (3, [])}) == (3, ["dig"])
    house = {"dig": (3, []), "order": (1, []), "lay": (2, ["dig", "order"]), "roof": (4, ["lay"]), "fence": (8, [])}
    assert project_days(house) == (9, ["dig", "lay", "roof"])
    assert project_days({"b": (2, []), "a": (2, [])}) == (2, ["a"])
    assert project_days({"z": (1, ["y", "x"]), "y": (2, []), "x": (2, [])}) == (3, ["x", "z"])


def page_rank(links: dict[str, list[str]], rounds: int, damping: float = 0.85) -> dict[str, float]:
    """Rank pages by repeatedly passing their weight on along links.

    All pages are keys and start with weight 1/n. In each round a page gets (1 - damping)/n plus damping times
    the shares of those that link to it; a page without links shares its weight among all. Four places.

    >>> page_rank({"a": ["b"], "b": ["a"]}, 5)
    {'a': 0.5, 'b': 0.5}
    """
    n = len(links)
    rank = dict.fromkeys(links, 1 / n) if n else {}
    for _ in range(rounds):
        fresh = dict.fromkeys(links, (1 - damping) / n) if n else {}
        for page, targets in links.items():
            receivers = targets or list(links)
            for target in receivers:
                fresh[target] += damping * rank[page] / len(receivers)
        rank = fresh
    return {page: round(weight, 4) for page, weight in rank.items()}


def test_page_rank() -> None:
    assert page_rank({}, 3) == {}
    assert page_rank({"a": ["b"], "b": ["a"]}, 5) == {"a": 0.5, "b": 0.5}
    assert page_rank({"a": ["b"], "b": []}, 1) == {"a": 0.2875, "b": 0.7125}
    assert page_rank({"a": ["c"], "b": ["c"], "c": ["a"]}, 0) == {"a": 0.3333, "b": 0.3333, "c": 0.3333}
    star = page_rank({"a": ["c"], "b": ["c"], "c": ["a"]}, 1, damping=1.0)
    assert star == {"a": 0.3333, "b": 0.0, "c": 0.6667}


def to_dot(edges, directed=True):
    """Write a graph in Graphviz's language, one edge a line, names quoted.

    >>> print(to_dot([("a", "b")]))
    digraph {
      "a" -> "b";
    }
    """
    kind, arrow = ("digraph", "->") if directed else ("graph", "--")
    lines = [f'  "{a}" {arrow} "{b}";' for a, b in edges]
    return "\n".join([kind + " {", *lines, "}"])


def test_to_dot() -> None:
    assert to_dot([]) == "digraph {\n}"
    assert to_dot([("a", "b"), ("b", "c d")]) == 'digraph {\n  "a" -> "b";\n  "b" -> "c d";\n}'
    assert to_dot([("x", "y")], directed=False) == 'graph {\n  "x" -- "y";\n}'


def longest_chain(beats):
    """Longest chain of players in which each one beat the next. Nobody's wins lead back to themselves.

    Among chains of equal length the alphabetically first is returned.

    >>> longest_chain({"zed": ["amy"]})
    ['zed', 'amy']
    """
    players = set(beats).union(*beats.values())

    @lru_cache(maxsize=None)
    def chain_from(player: str) -> tuple:
        tails = [chain_from(loser) for loser in beats.get(player, [])]
        return (player, *min(tails, key=lambda tail: (-len(tail), tail), default=()))

    return list(min(map(chain_from, players), key=lambda chain: (-len(chain), chain), default=()))


def test_longest_chain() -> None:
    assert longest_chain({}) == []
    assert longest_chain({"zed": ["amy"]}) == ["zed", "amy"]
    assert longest_chain({"a": ["d", "b"], "b": ["c"], "d": []}) == ["a", "b", "c"]
    assert longest_chain({"x": ["z", "y"]}) == ["x", "y"]
    assert longest_chain({"m": [], "k": []}) == ["k"]


def edges_from_text(drawing: str) -> dict[str, dict[str, int]]:
    """Read a road map in which each line is 'A -5- B' (both ways) or 'A -5> B' (one way).

    Blank lines and everything after '#' are ignored. Every place that occurs is a key.
    """
    roads: dict[str, dict[str, int]] = {}
    for line in drawing.splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        a, arrow, b = words
        length = int(arrow[1:-1])
        roads.setdefault(a, {})[b] = length
        back = roads.setdefault(b, {})
        if arrow.endswith("-"):
            back[a] = length
    return roads


def test_edges_from_text() -> None:
    assert edges_from_text("") == {}
    assert edges_from_text("A -5- B") == {"A": {"B": 5}, "B": {"A": 5}}
    assert edges_from_text("\n# roads\nA -12> B # steep\n") == {"A": {"B": 12}, "B": {}}
    assert edges_from_text("A -1> B\nB -2> A") == {"A": {"B": 1}, "B": {"A": 2}}


def bridges_to_guard(rivers):
    """Edges of a connected graph whose loss would split it, in the order given; edges are not repeated.

    >>> bridges_to_guard([(4, 3), (1, 2), (2, 3), (3, 1), (4, 5)])
    [(4, 3), (4, 5)]
    """

    def connected(edges) -> bool:
        near = defaultdict(set)
        for a, b in edges:
            near[a].add(b)
            near[b].add(a)
        seen, stack = set(), [rivers[0][0]]
        while stack:
            node = stack.pop()
            seen.add(node)
            stack.extend(near[node] - seen)
        return seen == {node for edge in rivers for node in edge}

    return [edge for edge in rivers if not connected([other for other in rivers if other != edge])]


def test_bridges_to_guard() -> None:
    assert bridges_to_guard([]) == []
    assert bridges_to_guard([(1, 2)]) == [(1, 2)]
    assert bridges_to_guard([(1, 2), (2, 3), (3, 1)]) == []
    assert bridges_to_guard([(4, 3), (1, 2), (2, 3), (3, 1), (4, 5)]) == [(4, 3), (4, 5)]


def invert_index(follows: dict[str, list[str]]) -> dict[str, list[str]]:
    """Turn 'who follows whom' into 'who is followed by whom', names sorted; those without followers are left
    out."""
    followers: dict[str, list[str]] = {}
    for fan in sorted(follows):
        for star in follows[fan]:
            followers.setdefault(star, []).append(fan)
    return dict(sorted(followers.items()))


def test_invert_index() -> None:
    assert invert_index({}) == {}
    assert invert_index({"bo": ["cy", "ann"], "ann": ["cy"]}) == {"ann": ["bo"], "cy": ["ann", "bo"]}
    assert list(invert_index({"x": ["q", "p"]})) == ["p", "q"]
    assert invert_index({"a": []}) == {}


def eccentricity(graph: dict[int, set[int]]) -> dict[int, int]:
    """For every node of a connected graph, the number of steps to the node farthest from it."""
    result = {}
    for start in graph:
        layer, seen, steps = {start}, {start}, -1
        while layer:
            steps += 1
            layer = set().union(*(graph[node] for node in layer)) - seen
            seen |= layer
        result[start] = steps
    return result


def test_eccentricity() -> None:
    assert eccentricity({}) == {}
    assert eccentricity({1: set()}) == {1: 0}
    assert eccentricity({1: {2}, 2: {1, 3}, 3: {2}}) == {1: 2, 2: 1, 3: 2}
    ring = {0: {1, 3}, 1: {0, 2}, 2: {1, 3}, 3: {2, 0}}
    assert eccentricity(ring) == {0: 2, 1: 2, 2: 2, 3: 2}


def water_flow(pipes: dict[str, dict[str, float]], spring: str, litres: float) -> dict[str, float]:
    """Let water run from a spring through a network without circles.

    A place passes all its water on, shared by the given fractions; a place without pipes collects it. Return
    what is collected where, rounded to two places.

    >>> water_flow({}, "well", 3)
    {'well': 3.0}
    """
    collected: dict[str, float] = defaultdict(float)

    def pour(place: str, amount: float) -> None:
        outlets = pipes.get(place)
        if not outlets:
            collected[place] += amount
            return
        for target, share in outlets.items():
            pour(target, amount * share)

    pour(spring, litres)
    return {place: round(amount, 2) for place, amount in collected.items()}


def test_water_flow() -> None:
    assert water_flow({}, "well", 3) == {"well": 3}
    pipes = {"spring": {"mill": 0.25, "pond": 0.75}, "mill": {"pond": 0.5, "sea": 0.5}}
    assert water_flow(pipes, "spring", 80) == {"pond": 70, "sea": 10}
    assert water_flow(pipes, "mill", 1) == {"pond": 0.5, "sea": 0.5}
    assert water_flow(pipes, "sea", 0) == {"sea": 0}
