"""Trees: nested folders, family trees, menus, outlines and other things best handled by recursion."""

from collections import deque
from itertools import zip_longest
from math import inf
import json
import re


def folder_size(folder: dict) -> int:
    """Add up all files in a folder.

    Args:
        folder: maps names to sizes in bytes, or to further folders of the same form.

    Returns:
        The number of bytes in it, subfolders included.
    """
    return sum(folder_size(entry) if isinstance(entry, dict) else entry for entry in folder.values())


def test_folder_size() -> None:
    assert folder_size({}) == 0
    assert folder_size({"a.txt": 5, "b.txt": 7}) == 12
    assert folder_size({"docs": {"a": 1, "old": {"b": 2}}, "c": 4, "empty": {}}) == 7


def find_files(folder, ending):
    """Paths of all files with a certain ending, depth first.

    Parameters
    ----------
    folder : dict
        Names to file contents (texts) or to folders (dictionaries).
    ending : str
        How the names end, such as '.py'.

    Returns
    -------
    list of str
        Paths with slashes, in the order of the folders.
    """
    paths = []
    for name, entry in folder.items():
        if isinstance(entry, dict):
            paths += [f"{name}/{path}" for path in find_files(entry, ending)]
        elif name.endswith(ending):
            paths.append(name)
    return paths


def test_find_files() -> None:
    tree = {"src": {"a.py": "", "lib": {"b.py": "x", "c.md": ""}}, "d.py": "", "e.pyc": ""}
    assert find_files({}, ".py") == []
    assert find_files(tree, ".py") == ["src/a.py", "src/lib/b.py", "d.py"]
    assert find_files(tree, ".md") == ["src/lib/c.md"]
    assert find_files({"x.py": {"y": ""}}, ".py") == []


def depth_of(menu: list) -> int:
    """Number of levels of a nested menu.

    :param menu: a list of items; an item is a text or a (title, submenu) pair.
    :returns: 0 for an empty menu, 1 for a flat one, and so on.
    """
    return max((1 + (depth_of(item[1]) if isinstance(item, tuple) else 0) for item in menu), default=0)


def test_depth_of() -> None:
    assert depth_of([]) == 0
    assert depth_of(["Open", "Quit"]) == 1
    assert depth_of(["Open", ("Recent", ["a", "b"])]) == 2
    assert depth_of([("File", []), ("Edit", [("Find", ["Next"])])]) == 3


def prune(tree: dict, unwanted: set[str]) -> dict:
    """Copy a tree of nested dictionaries without branches that have an unwanted name.

    Args:
        tree: names to subtrees.
        unwanted: names to be cut off, wherever they occur, with all that hangs on them.

    Returns:
        A new tree; the given one is not changed.
    """
    return {name: prune(branch, unwanted) for name, branch in tree.items() if name not in unwanted}


def test_prune() -> None:
    tree = {"oak": {"ivy": {"bug": {}}, "nut": {}}, "ivy": {}}
    assert prune({}, {"ivy"}) == {}
    assert prune(tree, {"ivy"}) == {"oak": {"nut": {}}}
    assert prune(tree, set()) == tree and prune(tree, set()) is not tree
    assert prune(tree, {"oak", "bug"}) == {"ivy": {}}


# Numbers the headings of a document like a lawyer: a list of (title, subheadings) pairs becomes lines such as
# '2.1 Scope', each with the numbers of all its parents in front.
def number_headings(headings, prefix=""):
    lines = []
    for place, (title, inner) in enumerate(headings, start=1):
        number = f"{prefix}{place}"
        lines.append(f"{number} {title}")
        lines.extend(number_headings(inner, number + "."))
    return lines


def test_number_headings() -> None:
    assert number_headings([]) == []
    assert number_headings([("Aim", []), ("Terms", [])]) == ["1 Aim", "2 Terms"]
    nested = [("Aim", []), ("Terms", [("Scope", [("Area", [])]), ("End", [])])]
    assert number_headings(nested) == ["1 Aim", "2 Terms", "2.1 Scope", "2.1.1 Area", "2.2 End"]


def insert_sorted(node, value):
    """Insert a value into a binary search tree and return the new tree, sharing unchanged parts with the old one.

    Parameters
    ----------
    node : tuple or None
        (left, value, right), or None for an empty tree.
    value
        What to insert; a value that is there already changes nothing.
    """
    if node is None:
        return None, value, None
    left, here, right = node
    if value < here:
        return insert_sorted(left, value), here, right
    if value > here:
        return left, here, insert_sorted(right, value)
    return node


def test_insert_sorted() -> None:
    one = insert_sorted(None, 5)
    assert one == (None, 5, None)
    assert insert_sorted(one, 5) is one
    assert insert_sorted(one, 3) == ((None, 3, None), 5, None)
    two = insert_sorted(insert_sorted(one, 3), 8)
    assert two == ((None, 3, None), 5, (None, 8, None))
    assert insert_sorted(two, 9)[0] is two[0]


def in_order(node):
    """Yield the values of a binary tree of (left, value, right) tuples from left to right.

    :param node: the tree, or None where there is nothing.
    """
    if node is not None:
        left, value, right = node
        yield from in_order(left)
        yield value
        yield from in_order(right)


def test_in_order() -> None:
    assert list(in_order(None)) == []
    assert list(in_order((None, "x", None))) == ["x"]
    assert list(in_order(((None, 1, (None, 2, None)), 3, (None, 4, None)))) == [1, 2, 3, 4]


def level_widths(tree: tuple) -> list[int]:
    """How many nodes does a tree have on each level?

    Nodes are tuples of a name and a list of child nodes. The root's level comes first.
    """
    widths = []
    level = deque([tree])
    while level:
        widths.append(len(level))
        for _ in range(len(level)):
            level.extend(level.popleft()[1])
    return widths


def test_level_widths() -> None:
    assert level_widths(("root", [])) == [1]
    assert level_widths(("a", [("b", []), ("c", [("d", [])])])) == [1, 2, 1]
    assert level_widths(("a", [("b", [("c", []), ("d", []), ("e", [])])])) == [1, 1, 3]


def simplify_logic(formula):
    """Simplify a formula of nested tuples.

    Args:
        formula: True, False, a variable's name, ('not', f), ('and', f, g) or ('or', f, g).

    Returns:
        The formula without constants inside (unless it is one itself) and without double negations.
    """
    if not isinstance(formula, tuple):
        return formula
    name, *parts = formula
    parts = [simplify_logic(part) for part in parts]
    if name == "not":
        (inner,) = parts
        if isinstance(inner, bool):
            return not inner
        return inner[1] if isinstance(inner, tuple) and inner[0] == "not" else ("not", inner)
    decisive = name == "or"
    if decisive in [part for part in parts if isinstance(part, bool)]:
        return decisive
    left = [part for part in parts if not isinstance(part, bool)]
    return {0: not decisive, 1: left[0] if left else None}.get(len(left), (name, *left))


def test_simplify_logic() -> None:
    assert simplify_logic("a") == "a"
    assert simplify_logic(("not", ("not", "a"))) == "a"
    assert simplify_logic(("and", True, "a")) == "a"
    assert simplify_logic(("and", ("or", "a", True), "b")) == "b"
    assert simplify_logic(("or", ("not", True), ("and", "a", False))) is False
    assert simplify_logic(("and", True, ("not", False))) is True
    assert simplify_logic(("or", "a", ("not", "b"))) == ("or", "a", ("not", "b"))


def derive(term, variable):
    """Derivative of a polynomial term, not simplified.

    Parameters
    ----------
    term
        A number, a variable's name, ('+', f, g) or ('*', f, g).
    variable : str
        The variable by which to derive.
    """
    if isinstance(term, (int, float)):
        return 0
    if isinstance(term, str):
        return int(term == variable)
    operation, f, g = term
    df, dg = derive(f, variable), derive(g, variable)
    return ("+", df, dg) if operation == "+" else ("+", ("*", df, g), ("*", f, dg))


def test_derive() -> None:
    assert derive(7, "x") == 0
    assert derive("x", "x") == 1 and derive("y", "x") == 0
    assert derive(("+", "x", 3), "x") == ("+", 1, 0)
    assert derive(("*", 2, "x"), "x") == ("+", ("*", 0, "x"), ("*", 2, 1))


def seeding(rounds: int) -> list[int]:
    """Order of the seeded players in the bracket of a tournament with so many rounds.

    Neighbours meet first. If the stronger one always wins, seeds 1 and 2 meet in the final, the best four in the
    semi-finals and so on: each seed of the bracket that is smaller by one round is followed by its opponent, with
    whom it adds up to the number of players plus one.
    """
    if rounds == 0:
        return [1]
    everybody = 2**rounds + 1
    return [player for seed in seeding(rounds - 1) for player in (seed, everybody - seed)]


def test_seeding() -> None:
    assert seeding(0) == [1]
    assert seeding(1) == [1, 2]
    assert seeding(2) == [1, 4, 2, 3]
    assert seeding(3) == [1, 8, 4, 5, 2, 7, 3, 6]
    assert sorted(seeding(5)) == list(range(1, 33))


def deepest_item(box: list) -> str:
    """What lies deepest in boxes within boxes, and how deep?

    A box is a list of texts and further boxes. Answers 'ring (3)', the outermost box having depth 1; the first one of
    equally deep things, or 'nothing (0)' if all boxes are empty.
    """

    def search(content, depth):
        if isinstance(content, str):
            return depth, content
        found = [search(inner, depth + 1) for inner in content]
        return max(found, key=lambda pair: pair[0], default=(0, "nothing"))

    depth, item = search(box, 0)
    return f"{item} ({depth})"


def test_deepest_item() -> None:
    assert deepest_item([]) == deepest_item([[], [[]]]) == "nothing (0)"
    assert deepest_item(["cup", "pen"]) == "cup (1)"
    assert deepest_item(["cup", ["pen", ["ring"], []], ["pin"]]) == "ring (3)"
    assert deepest_item([["a"], ["b"]]) == "a (2)"


def quad_tree(picture: list[str]):
    """Compress a square picture, whose side is a power of two.

    A square of a single colour becomes that character; any other one the list of its quarters: upper left, upper
    right, lower left, lower right.
    """
    colours = set("".join(picture))
    if len(colours) == 1:
        return colours.pop()
    half = len(picture) // 2
    upper, lower = picture[:half], picture[half:]
    return [quad_tree([row[side] for row in part]) for part in (upper, lower) for side in (slice(half), slice(half, None))]


def test_quad_tree() -> None:
    assert quad_tree(["#"]) == "#"
    assert quad_tree(["..", ".."]) == "."
    assert quad_tree([".#", "o."]) == [".", "#", "o", "."]
    assert quad_tree(["##..", "##.#", "....", "...."]) == ["#", [".", ".", ".", "#"], ".", "."]


def split_evenly(weights: list[int]) -> int:
    """Smallest possible difference between the total weights of two groups into which all things are divided.

    :param weights: weight of each thing; there are few of them.
    :returns: the difference, 0 if they can be balanced.
    """

    def best(place: int, difference: int) -> int:
        if place == len(weights):
            return abs(difference)
        weight = weights[place]
        return min(best(place + 1, difference + weight), best(place + 1, difference - weight))

    return best(0, 0)


def test_split_evenly() -> None:
    assert split_evenly([]) == 0
    assert split_evenly([7]) == 7
    assert split_evenly([3, 1, 4, 2]) == 0
    assert split_evenly([10, 3, 4]) == 3
    assert split_evenly([5, 5, 5]) == 5


def colour_map(borders: dict[str, list[str]], colours: list[str]):
    """Colour a map by backtracking so that neighbours differ.

    Countries are taken in the order of the dictionary and colours in the order of the list. The first complete
    colouring is returned, or None.
    """
    countries = list(borders)

    def attempt(done: dict[str, str]):
        if len(done) == len(countries):
            return done
        country = countries[len(done)]
        near = {done.get(other) for other in borders[country]}
        for colour in colours:
            if colour not in near:
                result = attempt({**done, country: colour})
                if result is not None:
                    return result
        return None

    return attempt({})


def test_colour_map() -> None:
    assert colour_map({}, ["red"]) == {}
    line = {"a": ["b"], "b": ["a", "c"], "c": ["b"]}
    assert colour_map(line, ["red", "tan"]) == {"a": "red", "b": "tan", "c": "red"}
    assert colour_map(line, ["red"]) is None
    star = {"a": ["d"], "b": ["e"], "c": ["d", "e"], "d": ["a", "c", "e"], "e": ["b", "c", "d"]}
    found = colour_map(star, ["x", "y", "z"])
    assert all(found[one] != found[other] for one in star for other in star[one])


def kings_line(ruler: dict, dead: set[str]):
    """Who succeeds to a throne?

    Args:
        ruler: a person with 'name' and 'children', the latter a list of persons from the oldest to the youngest.
        dead: names of those who have died.

    Returns:
        The name of the first living person in the line: somebody's descendants come before their younger siblings.
        None if nobody is left.
    """
    if ruler["name"] not in dead:
        return ruler["name"]
    heirs = (kings_line(child, dead) for child in ruler["children"])
    return next((heir for heir in heirs if heir), None)


def test_kings_line() -> None:
    zoe = {"name": "Zoe", "children": []}
    max_ = {"name": "Max", "children": [zoe]}
    ida = {"name": "Ida", "children": []}
    king = {"name": "Otto", "children": [max_, ida]}
    assert kings_line(king, set()) == "Otto"
    assert kings_line(king, {"Otto"}) == "Max"
    assert kings_line(king, {"Otto", "Max"}) == "Zoe"
    assert kings_line(king, {"Otto", "Max", "Zoe"}) == "Ida"
    assert kings_line(king, {"Otto", "Max", "Zoe", "Ida"}) is None


def json_paths(text: str) -> list[str]:
    """Paths to all plain values of a JSON text, in its order.

    :param text: a JSON document.
    :returns: paths such as '$.users[0].name'; '$' alone for a document that is a plain value.
    """

    def walk(value, path):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, f"{path}.{key}")
        elif isinstance(value, list):
            for place, inner in enumerate(value):
                yield from walk(inner, f"{path}[{place}]")
        else:
            yield path

    return list(walk(json.loads(text), "$"))


def test_json_paths() -> None:
    assert json_paths("5") == ["$"]
    assert json_paths("{}") == []
    assert json_paths('{"users": [{"name": "Ida"}, null], "n": 1}') == ["$.users[0].name", "$.users[1]", "$.n"]
    assert json_paths("[[], [[2]]]") == ["$[1][0][0]"]


def same_shape(one, other) -> bool:
    """Do two nested lists have the same structure, whatever the values in them? A value never matches a list."""
    if not (isinstance(one, list) and isinstance(other, list)):
        return not (isinstance(one, list) or isinstance(other, list))
    return len(one) == len(other) and all(map(same_shape, one, other))


def test_same_shape() -> None:
    assert same_shape(1, "x") is True
    assert same_shape([1, [2, 3]], ["a", ["b", None]]) is True
    assert same_shape([1, [2, 3]], [1, [2]]) is False
    assert same_shape([1], 1) is False
    assert same_shape([], []) is True
    assert same_shape([[]], [5]) is False


def binary_expansion(expression: str) -> list[str]:
    """Fill in every '?' of a pattern with 0 and with 1.

    Parameters
    ----------
    expression : str
        Any text with question marks.

    Returns
    -------
    list of str
        All fillings, zeros before ones.
    """
    if "?" not in expression:
        return [expression]
    return [full for bit in "01" for full in binary_expansion(expression.replace("?", bit, 1))]


def test_binary_expansion() -> None:
    assert binary_expansion("") == [""]
    assert binary_expansion("1?") == ["10", "11"]
    assert binary_expansion("?x?") == ["0x0", "0x1", "1x0", "1x1"]
    assert len(binary_expansion("?" * 8)) == 256


def best_reply(position: dict, mine: bool = True) -> float:
    """Value of a game position by minimax.

    Args:
        position: {'score': number} at the end of a game, or {'moves': {name: position}}.
        mine: whether it is my move; I maximise the score, my opponent minimises it.

    Returns:
        The score that both reach by playing best.
    """
    if "score" in position:
        return position["score"]
    best = -inf if mine else inf
    for following in position["moves"].values():
        value = best_reply(following, not mine)
        best = max(best, value) if mine else min(best, value)
    return best


def test_best_reply() -> None:
    won, lost, even = {"score": 1}, {"score": -1}, {"score": 0}
    assert best_reply(won) == 1
    assert best_reply({"moves": {"a": lost, "b": even}}) == 0
    assert best_reply({"moves": {"a": lost, "b": even}}, mine=False) == -1
    deep = {"moves": {"a": {"moves": {"x": won, "y": lost}}, "b": {"moves": {"x": even}}}}
    assert best_reply(deep) == 0
    assert best_reply(deep, mine=False) == 0


def pleat(one: list, other: list) -> list:
    """Combine two nested lists place by place.

    :param one: numbers and lists of the same kind.
    :param other: the same; it may have another shape.
    :returns: sums where both have numbers and combined lists where both have lists; otherwise what is there, the
        list winning over the number.
    """
    combined = []
    for a, b in zip_longest(one, other):
        if isinstance(a, list) and isinstance(b, list):
            combined.append(pleat(a, b))
        elif isinstance(a, list) or b is None:
            combined.append(a)
        elif isinstance(b, list) or a is None:
            combined.append(b)
        else:
            combined.append(a + b)
    return combined


def test_pleat() -> None:
    assert pleat([], []) == []
    assert pleat([1, 2], [10]) == [11, 2]
    assert pleat([1, [2, 3]], [1, [1], 5]) == [2, [3, 3], 5]
    assert pleat([[1]], [7]) == [[1]]
    assert pleat([7], [[1]]) == [[1]]


# Reads a tree from text in Newick form, such as '(cat,(owl,hawk)bird)animal;', as (name, children) tuples. Nodes may
# be without a name; branch lengths do not occur.
def parse_newick(text):
    tokens = re.findall(r"[(),]|[^(),;]+", text)

    def node():
        children = []
        if tokens and tokens[0] == "(":
            while tokens.pop(0) != ")":
                children.append(node())
        name = tokens.pop(0) if tokens and tokens[0] not in ")," else ""
        return name, children

    return node()


def test_parse_newick() -> None:
    assert parse_newick("cat;") == ("cat", [])
    assert parse_newick(";") == ("", [])
    assert parse_newick("(a,b);") == ("", [("a", []), ("b", [])])
    tree = ("animal", [("cat", []), ("bird", [("owl", []), ("hawk", [])])])
    assert parse_newick("(cat,(owl,hawk)bird)animal;") == tree
