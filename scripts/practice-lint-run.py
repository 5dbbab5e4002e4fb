"""Runs the solutions of families on the same inputs and prints, as JSON, where they fail or disagree."""

import copy
import json
import math
import random
import re
import sys
from dataclasses import dataclass
from datetime import date, timedelta

WORDS = "apple pear stone river cloud table green lamp level radar noon banana".split()


def generator(text):
    ranged = re.sub(r"(-?\d+)\.\.(-?\d+)", r"(\1, \2)", text)
    return eval(ranged, dict(GENERATORS, **{name: record(name) for name in re.findall(r"\b[A-Z]\w*(?=\()", text)}))


def size(n):
    return random.choice([n[0], n[1], random.randint(*n)]) if isinstance(n, tuple) else n


def draw(value):
    return value(SPACE) if callable(value) else value


SPACE = {}


def record(name):
    return lambda *fields: lambda space: space[name](*(draw(f) for f in fields))


def many(make):
    return lambda item, n=(0, 8): lambda space: make([draw(item) for _ in range(size(n))])


GENERATORS = {
    "int": lambda lo, hi: lambda _: random.choice([lo, hi, random.randint(lo, hi), random.randint(lo, hi)]),
    "float": lambda lo, hi, digits=2: lambda _: round(random.uniform(lo, hi), digits),
    "bool": lambda _: random.random() < 0.5,
    "date": lambda lo, hi: lambda _: date(lo, 1, 1) + timedelta(days=random.randint(0, 365 * (hi - lo + 1))),
    "one_of": lambda *values: lambda _: random.choice(values),
    "word": lambda _: random.choice(WORDS),
    "name": lambda _: random.choice(["Ann", "Bo", "Cy", "Dee"]),
    "city": lambda _: random.choice(["Oslo", "Lima", "Bern"]),
    "sentence": lambda _: " ".join(random.choices(WORDS, k=random.randint(1, 7))).capitalize() + ".",
    "text": lambda alphabet, n=(0, 12): lambda _: "".join(random.choices(alphabet, k=size(n))),
    "digits": lambda n: lambda _: "".join(random.choices("0123456789", k=size(n))),
    "email": lambda _: random.choice(WORDS) + "@" + random.choice(["example.org", "mail.test"]),
    "list": many(list),
    "distinct": many(lambda items: [x for i, x in enumerate(items) if x not in items[:i]]),
    "sorted": lambda items: lambda _: sorted(draw(items)),
    "set": many(set),
    "map": lambda k, v, n=(0, 6): lambda _: {draw(k): draw(v) for _ in range(size(n))},
    "tuple": lambda *items: lambda _: tuple(draw(item) for item in items),
    "optional": lambda item: lambda _: None if random.random() < 0.3 else draw(item),
    "matrix": lambda item, rows, columns: lambda _: (
        lambda width: [[draw(item) for _ in range(width)] for _ in range(size(rows))]
    )(size(columns)),
    "true": True,
    "false": False,
    "none": None,
}


def space():
    names = {"math": math, "date": date, "timedelta": timedelta, "dataclass": dataclass}
    return names


def plain(value):
    if hasattr(value, "__dict__"):
        return (type(value).__name__, plain(vars(value)))
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(plain(v) for v in value)
    return round(value, 6) if isinstance(value, float) else value


def check(family, combination):
    """Yields (index of the solution, message)."""
    functions = []
    for index, source in enumerate(combination["sources"]):
        names = space()
        try:
            exec(compile(source, "code", "exec"), names)
        except Exception as error:
            yield index, f"{type(error).__name__}: {error}"
            return
        entry = names.get(combination["entry"])
        if entry is None:
            yield index, f"there is no function {combination['entry']}"
            return
        functions.append((entry, names))
    global SPACE
    SPACE = functions[0][1]
    try:
        inputs = {name: generator(text) for name, text in combination["inputs"].items()}
    except Exception as error:
        yield None, f"inputs: {error}"
        return
    seen, tried = set(), 0
    for attempt in range(300):
        if tried == 60:
            break
        outcomes = []
        values = {}
        state = random.getstate()
        for index, (entry, names) in enumerate(functions):
            random.setstate(state)
            SPACE = names
            try:
                values = {name: draw(value) for name, value in inputs.items()}
            except Exception as error:
                yield None, f"inputs: {type(error).__name__}: {error}"
                return
            try:
                if not all(eval(r, dict(names, **values)) for r in combination["requires"]):
                    break
            except Exception as error:
                yield None, f"requires: {type(error).__name__}: {error}"
                return
            shown = repr(plain(values))
            try:
                outcomes.append(plain(entry(**copy.deepcopy(values))))
            except ValueError as error:
                outcomes.append("an error")
            except TypeError as error:
                yield index, f"TypeError: {error} for {shown}"
                return
            except Exception as error:
                yield index, f"{type(error).__name__}: {error} for {shown}"
                return
            if outcomes[-1] != outcomes[0] or type(outcomes[-1]) is not type(outcomes[0]):
                yield index, f"gives {outcomes[-1]!r} where code[0] gives {outcomes[0]!r}, for {shown}"
                return
        else:
            tried += 1
            seen.add(repr(outcomes[0]))
    if tried < 20:
        yield None, f"requires: only {tried} of 300 inputs fulfil them"
    elif len(seen) == 1:
        yield None, f"inputs: always gives {seen.pop()}, whatever comes in"


random.seed(7)
for family in json.load(sys.stdin):
    for combination in family["combinations"]:
        for solution, message in check(family, combination):
            print(json.dumps({"family": family["family"], "solution": solution, "message": message, "options": combination["options"]}))
