"""Objects: closures, decorators, small classes, caches, queues, events and state machines."""

from abc import ABC, abstractmethod
from collections import UserDict, defaultdict, deque, namedtuple
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property, partial, reduce, singledispatch, total_ordering, wraps
from itertools import count
import bisect
import math
import operator


def make_counter(step: int = 1):
    """Return a function that counts: each call gives the next number, starting with the step."""
    total = 0

    def following() -> int:
        nonlocal total
        total += step
        return total

    return following


def test_make_counter() -> None:
    tick, fives = make_counter(), make_counter(5)
    assert [tick(), tick(), tick()] == [1, 2, 3]
    assert [fives(), fives()] == [5, 10]
    assert tick() == 4
    assert make_counter(-1)() == -1


def retrying(times: int, *errors):
    """Decorator that calls a function up to `times` times while it raises one of the given errors; the last error is
    passed on."""

    def decorate(function):
        @wraps(function)
        def call(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except errors:
                    if attempt == times - 1:
                        raise

        return call

    return decorate


def test_retrying() -> None:
    calls = []

    @retrying(3, KeyError)
    def flaky(fail):
        calls.append(fail)
        if len(calls) <= fail:
            raise KeyError(len(calls))
        return "ok"

    assert flaky(2) == "ok" and len(calls) == 3
    calls.clear()
    try:
        flaky(5)
        assert False, "must refuse"
    except KeyError as error:
        assert error.args == (3,) and len(calls) == 3
    assert flaky.__name__ == "flaky"


def remember_last(function):
    """Decorator that remembers the last call only.

    When called again with the very same positional arguments, the result is returned without calling the
    function.
    """
    last: tuple = ()

    @wraps(function)
    def call(*args):
        nonlocal last
        if not last or last[0] != args:
            last = (args, function(*args))
        return last[1]

    return call


def test_remember_last() -> None:
    calls = []

    @remember_last
    def square(n):
        calls.append(n)
        return n * n

    assert [square(2), square(2), square(3), square(2)] == [4, 4, 9, 4]
    assert calls == [2, 3, 2]
    assert square.__name__ == "square"


def compose(*functions):
    """Chain functions of one argument, the leftmost being applied first; without any, the argument comes back.

    >>> compose(str.strip, len)("  ab ")
    2
    """
    return lambda value: reduce(lambda result, function: function(result), functions, value)


def test_compose() -> None:
    assert compose()(5) == 5
    assert compose(abs)(-2) == 2
    assert compose(str.upper, list, len)("abc") == 3
    assert compose(lambda n: n + 1, lambda n: n * 10)(1) == 20


def event_bus():
    """A little event system: an object with `on(name, handler)` and `emit(name, *args)`.

    `on` returns a function that takes the handler off again. `emit` calls the handlers of this name in the order
    of their registration, and those of '*' afterwards, and returns how many it called.
    """
    Bus = namedtuple("Bus", "on emit")
    handlers = defaultdict(list)

    def on(name, handler):
        handlers[name].append(handler)
        return lambda: handlers[name].remove(handler)

    def emit(name, *args):
        called = [*handlers[name], *handlers["*"]]
        for handler in called:
            handler(*args)
        return len(called)

    return Bus(on, emit)


def test_event_bus() -> None:
    bus, heard = event_bus(), []
    assert bus.emit("rain", 1) == 0
    bus.on("*", lambda n: heard.append(("any", n)))
    off = bus.on("rain", lambda n: heard.append(("rain", n)))
    assert bus.emit("rain", 2) == 2 and heard == [("rain", 2), ("any", 2)]
    off()
    assert bus.emit("rain", 3) == 1
    assert bus.emit("sun", 4) == 1 and heard[-1] == ("any", 4)


def stopwatch(clock):
    """Stopwatch on a given clock, a function that returns seconds.

    The object has the methods `start()`, `stop()` and `elapsed()`. Time adds up over several runs; starting while
    it runs, or stopping while it does not, has no effect.
    """

    class Stopwatch:
        def __init__(self):
            self.total = 0
            self.since = None

        def start(self):
            if self.since is None:
                self.since = clock()

        def stop(self):
            self.total = self.elapsed()
            self.since = None

        def elapsed(self):
            return self.total + (clock() - self.since if self.since is not None else 0)

    return Stopwatch()


def test_stopwatch() -> None:
    now = [100]
    watch = stopwatch(lambda: now[0])
    assert watch.elapsed() == 0
    watch.start()
    now[0] = 105
    watch.start()
    assert watch.elapsed() == 5
    watch.stop()
    now[0] = 200
    assert watch.elapsed() == 5
    watch.stop()
    watch.start()
    now[0] = 202
    assert watch.elapsed() == 7


def undo_stack(state):
    """History of a value with undo and redo.

    Returns an object with `value`, `set(value)`, `undo()` and `redo()`; the latter two return whether there was
    anything to do. Setting a value forgets what could have been redone.
    """

    @dataclass
    class History:
        value: object
        past: list = field(default_factory=list)
        future: list = field(default_factory=list)

        def set(self, value):
            self.past.append(self.value)
            self.future.clear()
            self.value = value

        def undo(self):
            return self._move(self.past, self.future)

        def redo(self):
            return self._move(self.future, self.past)

        def _move(self, source, target):
            if not source:
                return False
            target.append(self.value)
            self.value = source.pop()
            return True

    return History(state)


def test_undo_stack() -> None:
    text = undo_stack("")
    assert text.undo() is False and text.redo() is False
    text.set("a")
    text.set("ab")
    assert text.undo() and text.value == "a"
    assert text.undo() and text.value == ""
    assert text.redo() and text.value == "a"
    text.set("ax")
    assert text.redo() is False
    assert text.undo() and text.value == "a"


def version_type():
    """Class of dotted version numbers: `Version('1.10')` compares by its numbers, equals '1.10.0', and prints as it
    was written."""

    @total_ordering
    class Version:
        def __init__(self, text):
            self.text = text
            numbers = [int(part) for part in text.split(".")]
            while numbers and numbers[-1] == 0:
                numbers.pop()
            self.key = tuple(numbers)

        def __eq__(self, other):
            return self.key == other.key

        def __lt__(self, other):
            return self.key < other.key

        def __hash__(self):
            return hash(self.key)

        def __str__(self):
            return self.text

    return Version


def test_version_type() -> None:
    Version = version_type()
    assert Version("1.10") > Version("1.9")
    assert Version("1.10") == Version("1.10.0") and len({Version("2"), Version("2.0")}) == 1
    assert Version("1.0") <= Version("1")
    assert str(Version("1.10.0")) == "1.10.0"
    assert [str(v) for v in sorted(map(Version, ["2", "1.2.10", "1.2.9"]))] == ["1.2.9", "1.2.10", "2"]


def turnstile(events: list[str]) -> tuple[str, int]:
    """Simulate a turnstile, a state machine with the states LOCKED (at first) and OPEN.

    'coin' opens it, and a coin too many is counted as a tip; 'push' locks it again when open and does nothing
    when locked; other events raise ValueError. Returns the name of the final state and the tips.
    """

    class State(Enum):
        LOCKED = auto()
        OPEN = auto()

    moves = {
        (State.LOCKED, "coin"): (State.OPEN, 0),
        (State.LOCKED, "push"): (State.LOCKED, 0),
        (State.OPEN, "coin"): (State.OPEN, 1),
        (State.OPEN, "push"): (State.LOCKED, 0),
    }
    state, tips = State.LOCKED, 0
    for event in events:
        if (state, event) not in moves:
            raise ValueError(event)
        state, tip = moves[state, event]
        tips += tip
    return state.name, tips


def test_turnstile() -> None:
    assert turnstile([]) == ("LOCKED", 0)
    assert turnstile(["push", "coin"]) == ("OPEN", 0)
    assert turnstile(["coin", "coin", "coin", "push"]) == ("LOCKED", 2)
    assert turnstile(["coin", "push", "push", "coin"]) == ("OPEN", 0)
    try:
        turnstile(["kick"])
        assert False, "must refuse"
    except ValueError:
        pass


def expiring_cache(clock, lifetime: float):
    """Cache whose entries live for so many seconds: returns `put(key, value)` and `get(key)`.

    `get` gives None for what is missing or too old; an entry is too old when its lifetime has fully passed. Putting
    renews an entry.
    """
    entries: dict = {}

    def put(key, value):
        entries[key] = (value, clock() + lifetime)

    def get(key):
        value, dies = entries.get(key, (None, math.inf))
        if clock() >= dies:
            del entries[key]
            return None
        return value

    return put, get


def test_expiring_cache() -> None:
    now = [0]
    put, get = expiring_cache(lambda: now[0], 10)
    assert get("a") is None
    put("a", 1)
    now[0] = 9.9
    assert get("a") == 1
    put("a", 2)
    now[0] = 19.8
    assert get("a") == 2
    now[0] = 19.9
    assert get("a") is None and get("a") is None


# Dictionary that finds text keys in any case and remembers how a key was written first.
def caseless_dict(pairs: dict):

    class Caseless(UserDict):
        def __setitem__(self, key, value):
            old, _ = self.data.get(key.lower(), (key, None))
            self.data[key.lower()] = (old, value)

        def __getitem__(self, key):
            return self.data[key.lower()][1]

        def __contains__(self, key):
            return key.lower() in self.data

        def __iter__(self):
            return (name for name, _ in self.data.values())

    return Caseless(pairs)


def test_caseless_dict() -> None:
    headers = caseless_dict({"Content-Type": "a"})
    assert headers["content-type"] == "a"
    headers["CONTENT-TYPE"] = "b"
    headers["Date"] = "today"
    assert list(headers) == ["Content-Type", "Date"]
    assert "DATE" in headers and "x" not in headers
    assert headers.get("content-TYPE") == "b" and len(headers) == 2
    assert headers.get("none", 5) == 5


def vector_class(*axes: str):
    """Build an immutable class of vectors with the named axes.

    Vectors add and subtract with + and -, are multiplied by a number on either side, give their length by abs()
    and print like '<x=1, y=2>'.
    """

    class Vector(namedtuple("Vector", axes)):
        def __add__(self, other):
            return type(self)(*map(operator.add, self, other))

        def __sub__(self, other):
            return type(self)(*map(operator.sub, self, other))

        def __mul__(self, factor):
            return type(self)(*(value * factor for value in self))

        __rmul__ = __mul__

        def __abs__(self):
            return math.hypot(*self)

        def __str__(self):
            return "<" + ", ".join(f"{axis}={value}" for axis, value in zip(axes, self)) + ">"

    return Vector


def test_vector_class() -> None:
    Point = vector_class("x", "y")
    assert Point(1, 2) + Point(3, 4) == Point(4, 6)
    assert (Point(1, 2) - Point(3, 1)).x == -2
    assert 2 * Point(1, 2) == Point(1, 2) * 2 == (2, 4)
    assert abs(Point(3, -4)) == 5
    assert str(vector_class("east", "up", "north")(1, 0, -2)) == "<east=1, up=0, north=-2>"


# Areas of shapes such as ('circle', 2) and ('rectangle', 2, 3), by way of classes with a common base.
#
# Areas are rounded to two places; an unknown kind raises KeyError.
def shape_areas(descriptions: list[tuple]) -> list[float]:

    class Shape(ABC):
        @abstractmethod
        def area(self) -> float: ...

    @dataclass
    class Circle(Shape):
        radius: float

        def area(self):
            return math.pi * self.radius**2

    @dataclass
    class Rectangle(Shape):
        width: float
        height: float

        def area(self):
            return self.width * self.height

    kinds = {cls.__name__.lower(): cls for cls in Shape.__subclasses__()}
    return [round(kinds[kind](*sizes).area(), 2) for kind, *sizes in descriptions]


def test_shape_areas() -> None:
    assert shape_areas([]) == []
    assert shape_areas([("circle", 1), ("rectangle", 2, 3)]) == [3.14, 6]
    assert shape_areas([("rectangle", 0.1, 0.26)]) == [0.03]
    try:
        shape_areas([("blob", 1)])
        assert False, "must refuse"
    except KeyError:
        pass


def describe(value) -> str:
    """Describe a value in words by its type: 'text of 3 letters', 'number 5', 'nothing', 'list of text of 1
    letters' (by its first item; 'empty list'), and 'something' for any other type."""

    @singledispatch
    def say(_) -> str:
        return "something"

    @say.register(str)
    def _(text):
        return f"text of {len(text)} letters"

    @say.register(int)
    @say.register(float)
    def _(number):
        return f"number {number}"

    @say.register(list)
    def _(items):
        return f"list of {say(items[0])}" if items else "empty list"

    say.register(type(None), lambda _: "nothing")
    return say(value)


def test_describe() -> None:
    assert describe("owl") == "text of 3 letters"
    assert describe(5) == "number 5" and describe(2.5) == "number 2.5"
    assert describe(None) == "nothing"
    assert describe([]) == "empty list"
    assert describe([["a"], 2]) == "list of list of text of 1 letters"
    assert describe({1}) == "something"


def priority_board():
    """Task board: `add(task, urgency)`, `take()` and `rush(task)`.

    `take` removes and returns the most urgent task (the earlier added one of equals), or None. `rush` makes a task
    that is on the board the most urgent of all; an unknown task raises KeyError.
    """
    Board = namedtuple("Board", "add take rush")
    tasks: dict = {}
    numbers = count()

    def add(task, urgency):
        tasks[task] = (-urgency, next(numbers))

    def take():
        if not tasks:
            return None
        first = min(tasks, key=tasks.get)
        del tasks[first]
        return first

    def rush(task):
        if task not in tasks:
            raise KeyError(task)
        lowest = min(urgency for urgency, _ in tasks.values())
        tasks[task] = (lowest - 1, next(numbers))

    return Board(add, take, rush)


def test_priority_board() -> None:
    board = priority_board()
    assert board.take() is None
    for task, urgency in (("mop", 1), ("cook", 5), ("feed", 5), ("read", 0)):
        board.add(task, urgency)
    assert board.take() == "cook"
    board.rush("read")
    assert [board.take(), board.take(), board.take()] == ["read", "feed", "mop"]
    try:
        board.rush("mop")
        assert False, "must refuse"
    except KeyError:
        pass


def tracked_attributes():
    """Class whose objects note every attribute that is set on them: `changes` lists (name, value) pairs in order."""

    class Tracked:
        def __init__(self):
            object.__setattr__(self, "changes", [])

        def __setattr__(self, name, value):
            self.changes.append((name, value))
            super().__setattr__(name, value)

    return Tracked


def test_tracked_attributes() -> None:
    Tracked = tracked_attributes()
    lamp = Tracked()
    assert lamp.changes == []
    lamp.on = True
    lamp.on = False
    lamp.watts = 7
    assert lamp.changes == [("on", True), ("on", False), ("watts", 7)]
    assert lamp.on is False and Tracked().changes == []


def lazy_stats(numbers: list[float]):
    """Object with the attributes `total`, `mean` and `spread` (largest minus smallest) that are worked out only when
    first asked for, and then kept even if the list changes.

    >>> lazy_stats([3]).spread
    0
    """

    class Stats:
        @cached_property
        def total(self):
            return sum(numbers)

        @cached_property
        def mean(self):
            return self.total / len(numbers)

        @cached_property
        def spread(self):
            return max(numbers) - min(numbers)

    return Stats()


def test_lazy_stats() -> None:
    values = [2, 4, 9]
    stats = lazy_stats(values)
    assert (stats.total, stats.mean) == (15, 5)
    values.append(100)
    assert stats.total == 15 and stats.mean == 5
    assert stats.spread == 98
    assert lazy_stats([3]).spread == 0


def temporarily(settings: dict, **changes):
    """Context manager that changes some settings inside a with block and afterwards restores exactly what was there
    before, also when the block fails; settings that were missing are removed again."""

    @contextmanager
    def block():
        saved = dict(settings)
        settings.update(changes)
        try:
            yield settings
        finally:
            settings.clear()
            settings.update(saved)

    return block()


def test_temporarily() -> None:
    config = {"speed": 1}
    with temporarily(config, speed=2, debug=True) as inside:
        assert inside == {"speed": 2, "debug": True}
    assert config == {"speed": 1}
    try:
        with temporarily(config, speed=9):
            raise OSError
    except OSError:
        assert config == {"speed": 1}
    with temporarily(config):
        assert config == {"speed": 1}


def multi_index(items: list[dict], *keys: str):
    """Index records by several fields at once; the returned `find(**wanted)` gives the positions of the records that
    match all wanted values, ascending; without conditions, all of them."""
    index = defaultdict(set)
    for position, item in enumerate(items):
        for key in keys:
            index[key, item.get(key)].add(position)

    def find(**wanted):
        hits = (index.get(pair, set()) for pair in wanted.items())
        return sorted(reduce(operator.and_, hits, set(range(len(items)))))

    return find


def test_multi_index() -> None:
    find = multi_index([{"a": 1, "b": 2}, {"a": 1, "b": 3}, {"b": 3}], "a", "b")
    assert find(a=1) == [0, 1]
    assert find(a=1, b=3) == [1]
    assert find(b=9) == []
    assert find(a=None) == [2]
    assert find() == [0, 1, 2]


def object_pool(build, size: int):
    """Pool of reusable things, such as connections.

    Returns `borrow()` and `give_back(thing)`. Borrowing takes the thing given back last, builds a new one with
    `build()` while fewer than `size` exist, and otherwise raises RuntimeError. Giving back what is not on loan
    raises ValueError.
    """
    idle: list = []
    lent: list = []

    def borrow():
        if not idle and len(lent) >= size:
            raise RuntimeError("all are on loan")
        lent.append(idle.pop() if idle else build())
        return lent[-1]

    def give_back(thing):
        lent.remove(thing)
        idle.append(thing)

    return borrow, give_back


def test_object_pool() -> None:
    numbers = count(1)
    borrow, give_back = object_pool(lambda: next(numbers), 2)
    assert (borrow(), borrow()) == (1, 2)
    for action, error in ((borrow, RuntimeError), (lambda: give_back(9), ValueError)):
        try:
            action()
            assert False, "must refuse"
        except error:
            pass
    give_back(1)
    give_back(2)
    assert borrow() == 2 and borrow() == 1
    give_back(1)
    assert borrow() == 1


def curried_discount(percent: float):
    """Function that takes a price and gives the price less a discount, to two places, with the percentage fixed in
    advance as a keyword argument that a caller may still override.

    >>> curried_discount(0)(3.456)
    3.46
    """

    def apply(price, percent):
        return round(price * (100 - percent) / 100, 2)

    return partial(apply, percent=percent)


def test_curried_discount() -> None:
    sale = curried_discount(20)
    assert sale(10) == 8
    assert sale(9.99) == 7.99
    assert sale(10, percent=50) == 5
    assert curried_discount(0)(3.456) == 3.46


def sorted_bag(values: list):
    """Collection that stays sorted: an object with `add(value)`, `count_below(value)` and `between(low, high)` (both
    ends included), which can be iterated and has a length."""

    class Bag:
        def __init__(self):
            self.values = sorted(values)

        def add(self, value):
            bisect.insort(self.values, value)

        def count_below(self, value):
            return bisect.bisect_left(self.values, value)

        def between(self, low, high):
            return self.values[bisect.bisect_left(self.values, low) : bisect.bisect_right(self.values, high)]

        def __iter__(self):
            return iter(self.values)

        def __len__(self):
            return len(self.values)

    return Bag()


def test_sorted_bag() -> None:
    bag = sorted_bag([5, 1, 3])
    bag.add(3)
    bag.add(0)
    assert list(bag) == [0, 1, 3, 3, 5] and len(bag) == 5
    assert bag.count_below(3) == 2 and bag.count_below(9) == 5
    assert bag.between(1, 3) == [1, 3, 3]
    assert bag.between(4, 4) == []
    assert len(sorted_bag([])) == 0


def throttle(clock, pause: float):
    """Decorator that lets a function through at most once in every `pause` seconds.

    Calls in between return the last result without calling the function.
    """

    def decorate(function):
        state: deque = deque([(-math.inf, None)], maxlen=1)

        @wraps(function)
        def call(*args):
            now = clock()
            if now - state[0][0] >= pause:
                state.append((now, function(*args)))
            return state[0][1]

        return call

    return decorate


def test_throttle() -> None:
    now = [0.0]

    @throttle(lambda: now[0], 5)
    def double(n):
        return n * 2

    assert double(1) == 2
    now[0] = 4.9
    assert double(2) == 2
    now[0] = 5
    assert double(3) == 6
    now[0] = 9
    assert double(4) == 6
