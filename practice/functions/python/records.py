"""Records: lists of dictionaries, CSV and JSON, grouping, joining, pivoting and cleaning."""

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, fields, make_dataclass
from functools import reduce
from itertools import chain, groupby
from operator import itemgetter
from statistics import mean, median
import copy
import csv
import io
import json
import re


def group_by(rows: list[dict], key: str) -> dict:
    """Lists of rows by the value of a field; rows that lack it are collected under None.

    >>> group_by([], "x")
    {}
    """
    groups = defaultdict(list)
    for row in rows:
        groups[row.get(key)].append(row)
    return dict(groups)


def test_group_by() -> None:
    assert group_by([], "x") == {}
    rows = [{"x": 1, "n": "a"}, {"x": 2}, {"x": 1, "n": "b"}, {"n": "c"}]
    assert group_by(rows, "x") == {1: [rows[0], rows[2]], 2: [rows[1]], None: [rows[3]]}
    assert list(group_by(rows, "n")) == ["a", None, "b", "c"]


def inner_join(left, right, on):
    """Join two tables on a field.

    Every row of the left table is combined with every matching row of the right one, in this order; where both
    have a field of the same name, the left one counts.
    """
    index = defaultdict(list)
    for row in right:
        index[row[on]].append(row)
    return [{**match, **row} for row in left for match in index[row[on]]]


def test_inner_join() -> None:
    people = [{"id": 1, "name": "Ida"}, {"id": 2, "name": "Bo"}]
    pets = [{"id": 2, "pet": "owl"}, {"id": 2, "pet": "hen", "name": "?"}, {"id": 3, "pet": "cat"}]
    assert inner_join(people, [], "id") == []
    assert inner_join(people, pets, "id") == [
        {"id": 2, "pet": "owl", "name": "Bo"}, {"id": 2, "pet": "hen", "name": "Bo"},
    ]  # fmt: skip
    assert inner_join(pets[:1], people, "id") == [{"id": 2, "name": "Bo", "pet": "owl"}]


def pivot(rows: list[tuple[str, str, float]]) -> list[list]:
    """Cross table of (row, column, value) triples, summed.

    The first line holds '' and the column names, further lines a row name and its sums; names are sorted and
    empty places are 0.

    >>> pivot([])
    [['']]
    """
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row, column, value in rows:
        sums[row, column] += value
    names = sorted({row for row, _ in sums})
    columns = sorted({column for _, column in sums})
    table: list[list] = [["", *columns]]
    table += [[name, *(sums.get((name, column), 0) for column in columns)] for name in names]
    return table


def test_pivot() -> None:
    assert pivot([]) == [[""]]
    assert pivot([("b", "x", 1)]) == [["", "x"], ["b", 1]]
    rows = [("b", "x", 1), ("a", "y", 2), ("b", "x", 3), ("b", "w", 5)]
    assert pivot(rows) == [["", "w", "x", "y"], ["a", 0, 0, 2], ["b", 5, 4, 0]]


def sort_by_several(rows: list[dict], order: str) -> list[dict]:
    """Sort rows by several fields, as 'city,-age' says: by city, and by falling age within a city.

    Rows that are equal in all fields keep their order.
    """
    result = list(rows)
    for part in reversed(order.split(",")):
        name = part.lstrip("-")
        result.sort(key=itemgetter(name), reverse=part.startswith("-"))
    return result


def test_sort_by_several() -> None:
    rows = [{"c": "b", "n": 1}, {"c": "a", "n": 1}, {"c": "b", "n": 2}]
    assert sort_by_several([], "c") == []
    assert sort_by_several(rows, "c,-n") == [rows[1], rows[2], rows[0]]
    assert sort_by_several(rows, "-c,n") == [rows[0], rows[2], rows[1]]
    assert sort_by_several(rows, "n") == rows[:2] + rows[2:]
    assert sort_by_several(rows, "-n") == [rows[2], rows[0], rows[1]]


def flatten_keys(nested: dict, separator: str = ".") -> dict:
    """Flatten nested dictionaries to one level, with paths as keys; an empty dictionary inside stays as a value.

    >>> flatten_keys({"a": {"b": 1, "c": {"d": 2}}})
    {'a.b': 1, 'a.c.d': 2}
    """
    flat = {}
    for key, value in nested.items():
        if isinstance(value, dict) and value:
            for path, leaf in flatten_keys(value, separator).items():
                flat[f"{key}{separator}{path}"] = leaf
        else:
            flat[str(key)] = value
    return flat


def test_flatten_keys() -> None:
    assert flatten_keys({}) == {}
    assert flatten_keys({"a": {"b": 1}, "c": [2]}) == {"a.b": 1, "c": [2]}
    assert flatten_keys({"x": {}}) == {"x": {}}
    assert flatten_keys({"a": {1: {"z": None}}}, "/") == {"a/1/z": None}


def nest_keys(flat: dict[str, object]) -> dict:
    """Build nested dictionaries out of keys such as 'window.size.width'.

    A value that stands where another key needs a dictionary raises ValueError.

    >>> nest_keys({})
    {}
    """
    root: dict = {}
    for path, value in flat.items():
        *parents, last = path.split(".")
        place = root
        for parent in parents:
            place = place.setdefault(parent, {})
            if not isinstance(place, dict):
                raise ValueError(f"{parent} is a value and a group")
        if isinstance(place.get(last), dict):
            raise ValueError(f"{last} is a group and a value")
        place[last] = value
    return root


def test_nest_keys() -> None:
    assert nest_keys({}) == {}
    assert nest_keys({"a.b.c": 1, "a.d": 2, "e": 3}) == {"a": {"b": {"c": 1}, "d": 2}, "e": 3}
    for clash in ({"a": 1, "a.b": 2}, {"a.b": 2, "a": 1}):
        try:
            nest_keys(clash)
            assert False, "must refuse"
        except ValueError:
            pass


def dig(data, path: str, default=None):
    """Fetch a value from nested dictionaries and lists by a path like 'users.0.name'; the default if any step of
    it is missing."""
    for step in path.split("."):
        try:
            data = data[int(step)] if isinstance(data, list) else data[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return default
    return data


def test_dig() -> None:
    data = {"users": [{"name": "Ida"}, {"name": None}]}
    assert dig(data, "users.0.name") == "Ida"
    assert dig(data, "users.1.name", "x") is None
    assert dig(data, "users.2.name", "x") == "x"
    assert dig(data, "users.first") is None
    assert dig(data, "users.0.name.short", 5) == 5
    assert dig(data, "users.-1") == {"name": None}


# Merge two nested settings into a new one.
#
# Dictionaries are merged key by key, lists are put one after the other, and for anything else the second wins.
# Neither argument is changed, and the result shares no list or dictionary with them.
def deep_merge(base: dict, extra: dict) -> dict:
    merged = copy.deepcopy(base)
    for key, value in extra.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = deep_merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = old + copy.deepcopy(value)
        else:
            merged[key] = copy.deepcopy(value)
    return merged


def test_deep_merge() -> None:
    assert deep_merge({}, {}) == {}
    assert deep_merge({"a": {"x": 1, "y": 2}}, {"a": {"y": 3}, "b": 4}) == {"a": {"x": 1, "y": 3}, "b": 4}
    assert deep_merge({"l": [1]}, {"l": [2]}) == {"l": [1, 2]}
    assert deep_merge({"a": {"x": 1}}, {"a": None}) == {"a": None}
    base = {"l": [1], "d": {"k": [2]}}
    deep_merge(base, {})["d"]["k"].append(3)
    assert base == {"l": [1], "d": {"k": [2]}}


def changed_fields(before, after):
    """Fields whose values differ between two versions of a record, with both values; a field that only one version
    has counts with None on the other side. Sorted by field."""
    names = sorted(before.keys() | after.keys())
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def test_changed_fields() -> None:
    assert changed_fields({}, {}) == {}
    assert changed_fields({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": (2, 3)}
    assert changed_fields({"z": 1}, {"y": 2}) == {"y": (None, 2), "z": (1, None)}
    assert changed_fields({"n": None}, {}) == {}


def to_csv(rows, columns):
    """Write rows as CSV with the given columns, a header and Unix line ends; missing values become empty, other
    fields are not written."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_to_csv() -> None:
    assert to_csv([], ["a", "b"]) == "a,b\n"
    assert to_csv([{"b": 2, "a": 1, "c": 3}], ["a", "b"]) == "a,b\n1,2\n"
    assert to_csv([{"a": 'x,"y"'}, {"b": None}], ["a", "b"]) == 'a,b\n"x,""y""",\n,\n'


def typed_rows(text: str) -> list[dict[str, object]]:
    """Read a CSV text and guess the types of its cells.

    Whole numbers become int, other numbers float, 'true' and 'false' bool, empty cells None; all else stays
    text. Numbers with leading zeros, such as postcodes, stay text too.

    >>> typed_rows("")
    []
    """

    def guess(cell: str):
        if cell == "":
            return None
        if cell in ("true", "false"):
            return cell == "true"
        if re.fullmatch(r"-?(0|[1-9]\d*)", cell):
            return int(cell)
        return float(cell) if re.fullmatch(r"-?(0|[1-9]\d*)\.\d+", cell) else cell

    return [{name: guess(cell) for name, cell in row.items()} for row in csv.DictReader(io.StringIO(text))]


def test_typed_rows() -> None:
    assert typed_rows("") == []
    assert typed_rows("a,b,c\n1,-2.50,true\n") == [{"a": 1, "b": -2.5, "c": True}]
    assert typed_rows("a,b,c\n007,,x y\n") == [{"a": "007", "b": None, "c": "x y"}]
    found = typed_rows("n\n0\n1.0\nfalse\n")
    assert [type(row["n"]) for row in found] == [int, float, bool]


def dedupe_latest(rows, key, stamp):
    """Keep, of rows with the same key, the one with the greatest stamp (the later one in the list where stamps are
    equal), in the order in which keys first appear."""
    newest: dict = {}
    for row in rows:
        known = newest.get(row[key])
        if known is None or row[stamp] >= known[stamp]:
            newest[row[key]] = row
    return list(newest.values())


def test_dedupe_latest() -> None:
    rows = [{"k": 1, "t": 5, "v": "a"}, {"k": 2, "t": 1, "v": "b"}, {"k": 1, "t": 9, "v": "c"}]
    assert dedupe_latest([], "k", "t") == []
    assert [row["v"] for row in dedupe_latest(rows, "k", "t")] == ["c", "b"]
    assert [row["v"] for row in dedupe_latest(rows[::-1], "k", "t")] == ["c", "b"]
    same = [{"k": 1, "t": 5, "v": "a"}, {"k": 1, "t": 5, "v": "z"}]
    assert dedupe_latest(same, "k", "t") == [same[1]]


def rename_fields(rows: list[dict], names: dict[str, str]) -> list[dict]:
    """Rename fields, drop those renamed to an empty text, and leave all others as they are."""
    return [{names.get(key, key): value for key, value in row.items() if names.get(key, key)} for row in rows]


def test_rename_fields() -> None:
    assert rename_fields([], {"a": "b"}) == []
    assert rename_fields([{"a": 1, "c": 2}], {"a": "b"}) == [{"b": 1, "c": 2}]
    assert rename_fields([{"a": 1, "c": 2}], {"c": ""}) == [{"a": 1}]
    assert rename_fields([{"a": 1}, {}], {}) == [{"a": 1}, {}]


def summary(rows, by, field):
    """Count, mean and median of a numeric field for each value of another; rows where the field is None are left
    out altogether.

    Means are rounded to two places.
    """
    usable = [row for row in rows if row[field] is not None]
    result = {}
    for name, group in groupby(sorted(usable, key=itemgetter(by)), key=itemgetter(by)):
        values = [row[field] for row in group]
        result[name] = {"count": len(values), "mean": round(mean(values), 2), "median": median(values)}
    return result


def test_summary() -> None:
    assert summary([], "k", "v") == {}
    rows = [{"k": "b", "v": 1}, {"k": "a", "v": 5}, {"k": "b", "v": 2}, {"k": "b", "v": 9}, {"k": "c", "v": None}]
    assert summary(rows, "k", "v") == {
        "a": {"count": 1, "mean": 5, "median": 5}, "b": {"count": 3, "mean": 4, "median": 2},
    }  # fmt: skip
    thirds = [{"k": "x", "v": value} for value in (1, 1, 2)]
    assert summary(thirds, "k", "v")["x"]["mean"] == 1.33


def where(rows: list[dict], condition: str) -> list[dict]:
    """Filter rows by one condition 'field op number', op being one of < <= > >= = !=; rows without the field never
    match."""
    name, op, number = re.fullmatch(r"\s*(\w+)\s*(<=|>=|!=|<|>|=)\s*(-?[\d.]+)\s*", condition).groups()
    tests = {
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
        "=": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
    }
    return [row for row in rows if name in row and tests[op](row[name], float(number))]


def test_where() -> None:
    rows = [{"n": 1}, {"n": 2}, {"n": 3}, {"m": 2}]
    assert where(rows, "n < 2") == [{"n": 1}]
    assert where(rows, "n>=2") == [{"n": 2}, {"n": 3}]
    assert where(rows, " n != 2.0 ") == [{"n": 1}, {"n": 3}]
    assert where(rows, "n = 2") == [{"n": 2}]
    assert where(rows, "n <= 1") == [{"n": 1}]
    assert where(rows, "n > -1") == rows[:3]
    assert where(rows, "x > 0") == []


def melt(rows: list[dict], keep: str) -> list[tuple]:
    """Turn a wide table into a long one: (value of the kept field, field, value) for every other field that is not
    None."""
    return [
        (row[keep], name, value) for row in rows for name, value in row.items() if name != keep and value is not None
    ]


def test_melt() -> None:
    assert melt([], "id") == []
    assert melt([{"id": 7, "a": 1, "b": None}, {"b": 0, "id": 8}], "id") == [(7, "a", 1), (8, "b", 0)]
    assert melt([{"id": 7}], "id") == []


def json_lines(text: str) -> tuple[list, list[int]]:
    """Read JSON Lines: the values, and the numbers (from 1) of lines that are not valid JSON. Blank lines are
    skipped but counted."""
    values, broken = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except ValueError:
            broken.append(number)
    return values, broken


def test_json_lines() -> None:
    assert json_lines("") == ([], [])
    assert json_lines('{"a": 1}\n\n[2]\nnull') == ([{"a": 1}, [2], None], [])
    assert json_lines("oops\n\n1\n{") == ([1], [1, 4])


def rank_rows(scores: dict[str, float]) -> dict[str, int]:
    """Ranks from 1 for the highest score; equal scores share a rank and the next rank follows without a gap."""
    levels = sorted(set(scores.values()), reverse=True)
    return {name: levels.index(score) + 1 for name, score in scores.items()}


def test_rank_rows() -> None:
    assert rank_rows({}) == {}
    assert rank_rows({"a": 5, "b": 9, "c": 5, "d": 1}) == {"a": 2, "b": 1, "c": 2, "d": 3}
    assert rank_rows({"x": -1.5}) == {"x": 1}


def as_record_type(name: str, row: dict):
    """Make a data class whose fields are the keys of a row, and return an object of it with the row's values.

    Fields are sorted by name, and the class carries the given name.
    """
    columns = sorted(row)
    record = make_dataclass(name, [(column, type(row[column])) for column in columns])
    return record(*(row[column] for column in columns))


def test_as_record_type() -> None:
    owl = as_record_type("Bird", {"wing": 1.2, "kind": "owl"})
    assert (owl.kind, owl.wing) == ("owl", 1.2)
    assert repr(owl) == "Bird(kind='owl', wing=1.2)"
    assert asdict(owl) == {"kind": "owl", "wing": 1.2}
    assert [field.name for field in fields(owl)] == ["kind", "wing"]
    assert repr(as_record_type("Empty", {})) == "Empty()"


def validate_and_load(rows):
    """Load measurements into a data class `Sample` with `site` (text) and `value` (number).

    Returns (samples, rejected indices). A row is rejected if a field is missing, the site is blank or the value
    cannot be read as a number; sites are stripped and values become floats.
    """

    @dataclass
    class Sample:
        site: str
        value: float

        def __post_init__(self):
            self.site = self.site.strip()
            self.value = float(self.value)
            if not self.site:
                raise ValueError("site is blank")

    samples, rejected = [], []
    for index, row in enumerate(rows):
        try:
            samples.append(Sample(row["site"], row["value"]))
        except (KeyError, TypeError, ValueError):
            rejected.append(index)
    return samples, rejected


def test_validate_and_load() -> None:
    samples, rejected = validate_and_load([{"site": " pond ", "value": "2.5"}, {"site": "", "value": 1}, {"site": "x"}])
    assert [(sample.site, sample.value) for sample in samples] == [("pond", 2.5)]
    assert rejected == [1, 2]
    assert validate_and_load([]) == ([], [])
    assert validate_and_load([{"site": "a", "value": "n/a"}, {"site": "b", "value": None}])[1] == [0, 1]


def running_best(results: list[dict], field: str) -> list[dict]:
    """Rows that set a new record, that is whose field is greater than in all rows before; the first row always
    does."""

    def keep(best: list[dict], row: dict) -> list[dict]:
        return [*best, row] if not best or row[field] > best[-1][field] else best

    return reduce(keep, results, [])


def test_running_best() -> None:
    assert running_best([], "m") == []
    jumps = [{"m": 5.1}, {"m": 5.1}, {"m": 4.0}, {"m": 5.5}, {"m": 5.2}]
    assert running_best(jumps, "m") == [jumps[0], jumps[3]]
    assert running_best([{"m": -3}], "m") == [{"m": -3}]


def tag_counts(rows: list[dict], at_least: int = 1) -> list[tuple[str, int]]:
    """Count the 'tags' of rows, each tag once a row, and list those that occur often enough, most frequent first
    and equal ones by name. Rows may lack tags."""
    counts = Counter(chain.from_iterable(set(row.get("tags", ())) for row in rows))
    kept = [(tag, count) for tag, count in counts.items() if count >= at_least]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))


def test_tag_counts() -> None:
    assert tag_counts([]) == []
    rows = [{"tags": ["red", "red", "big"]}, {}, {"tags": ["red"]}, {"tags": ["alp"]}]
    assert tag_counts(rows) == [("red", 2), ("alp", 1), ("big", 1)]
    assert tag_counts(rows, 2) == [("red", 2)]


def forward_fill(rows: list[dict], field: str) -> list[dict]:
    """Copy rows so that an empty field ('' or None) takes the value of the row before; at the beginning it stays."""
    filled = []
    last = None
    for row in rows:
        value = row.get(field)
        if value in ("", None):
            value = value if last is None else last
        last = value if value not in ("", None) else last
        filled.append({**row, field: value})
    return filled


def test_forward_fill() -> None:
    assert forward_fill([], "c") == []
    rows = [{"c": "", "n": 1}, {"c": "Rome"}, {"c": None}, {"c": ""}, {"c": "Bonn"}, {}]
    assert [row["c"] for row in forward_fill(rows, "c")] == ["", "Rome", "Rome", "Rome", "Bonn", "Bonn"]
    assert rows[2] == {"c": None}
    assert forward_fill([{"c": 0}, {"c": None}], "c") == [{"c": 0}, {"c": 0}]
