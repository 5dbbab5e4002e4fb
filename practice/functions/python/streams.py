"""Streams: generators, iterators, batches, windows and lazy pipelines."""

from collections import Counter, deque
from itertools import chain, count, cycle, filterfalse, groupby, islice, repeat, tee, zip_longest
import heapq
import random
import re


def batches(items, size: int):
    """Yield the items of any iterable in lists of the given size; the last one may be shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def test_batches() -> None:
    assert list(batches([], 3)) == []
    assert list(batches("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert next(batches(iter(range(10**9)), 2)) == [0, 1]
    assert list(batches([1, 2], 2)) == [[1, 2]]


def windows(items, width: int):
    """Slide a window over an iterable: a tuple for each position at which it is full.

    >>> list(windows("abcd", 3))
    [('a', 'b', 'c'), ('b', 'c', 'd')]
    """
    view: deque = deque(maxlen=width)
    for item in items:
        view.append(item)
        if len(view) == width:
            yield tuple(view)


def test_windows() -> None:
    assert list(windows([], 1)) == []
    assert list(windows([1, 2], 3)) == []
    assert list(windows(iter("xyz"), 2)) == [("x", "y"), ("y", "z")]
    assert list(windows([7, 8], 1)) == [(7,), (8,)]


def with_neighbours(items):
    """Walk through items together with the one before and the one after, None standing in at the ends.

    >>> list(with_neighbours("a"))
    [(None, 'a', None)]
    """
    before, here, after = tee(items, 3)
    return zip(chain([None], before), here, chain(islice(after, 1, None), [None]))


def test_with_neighbours() -> None:
    assert list(with_neighbours([])) == []
    assert list(with_neighbours("a")) == [(None, "a", None)]
    assert list(with_neighbours([1, 2, 3])) == [(None, 1, 2), (1, 2, 3), (2, 3, None)]


def take_turns(*sources):
    """Yield one item from each source in turn; a source that is exhausted is skipped from then on.

    >>> list(take_turns("abc", [], "12"))
    ['a', '1', 'b', '2', 'c']
    """
    waiting = deque(map(iter, sources))
    while waiting:
        source = waiting.popleft()
        try:
            yield next(source)
        except StopIteration:
            continue
        waiting.append(source)


def test_take_turns() -> None:
    assert list(take_turns()) == []
    assert list(take_turns("abc", [], "12")) == ["a", "1", "b", "2", "c"]
    assert list(take_turns([1])) == [1]
    assert list(islice(take_turns(count(), repeat("x")), 5)) == [0, "x", 1, "x", 2]


def split_when(items, starts):
    """Cut a sequence into lists, a new one beginning at each item for which `starts(item)` holds.

    >>> list(split_when([1, 2, 10, 3], lambda n: n >= 10))
    [[1, 2], [10, 3]]
    """
    part = []
    for item in items:
        if part and starts(item):
            yield part
            part = []
        part.append(item)
    if part:
        yield part


def test_split_when() -> None:
    assert list(split_when([], bool)) == []
    assert list(split_when("aBcD", str.isupper)) == [["a"], ["B", "c"], ["D"]]
    assert list(split_when("AB", str.isupper)) == [["A"], ["B"]]
    assert list(split_when([1, 2], lambda _: False)) == [[1, 2]]


def partition(items, belongs) -> tuple[list, list]:
    """Separate items that pass a test from those that do not, each in their order; the iterable is read once."""
    first, second = tee(items)
    verdicts = [(item, belongs(item)) for item in first]
    passed = [item for item, verdict in verdicts if verdict]
    failed = [item for (_, verdict), item in zip(verdicts, second) if not verdict]
    return passed, failed


def test_partition() -> None:
    assert partition([], bool) == ([], [])
    assert partition([0, 1, "", "x"], bool) == ([1, "x"], [0, ""])
    calls = []
    assert partition(iter([3, 8, 5]), lambda n: calls.append(n) or n > 4) == ([8, 5], [3])
    assert calls == [3, 8, 5]


def first_repeats(items):
    """Yield each item at the moment it is seen for the second time; further occurrences are ignored."""
    seen = Counter()
    for item in items:
        seen[item] += 1
        if seen[item] == 2:
            yield item


def test_first_repeats() -> None:
    assert list(first_repeats([])) == []
    assert list(first_repeats("abcabca")) == ["a", "b", "c"]
    assert list(first_repeats([1, 2, 2, 1, 2])) == [2, 1]
    assert next(first_repeats(chain([5, 5], repeat(9)))) == 5


def peekable(items):
    """Wrap an iterable so that one can look ahead.

    The object is an iterator with a method `peek(default=None)`, which returns the next item without consuming
    it, or the default at the end.
    """

    class Peekable:
        def __init__(self):
            self.source = iter(items)
            self.ahead: list = []

        def __iter__(self):
            return self

        def __next__(self):
            return self.ahead.pop() if self.ahead else next(self.source)

        def peek(self, default=None):
            if not self.ahead:
                try:
                    self.ahead.append(next(self.source))
                except StopIteration:
                    return default
            return self.ahead[0]

    return Peekable()


def test_peekable() -> None:
    stream = peekable("abc")
    assert stream.peek() == "a" and stream.peek() == "a"
    assert next(stream) == "a"
    assert list(stream) == ["b", "c"]
    assert stream.peek("end") == "end" and stream.peek() is None
    assert list(peekable([])) == []
    assert list(zip(peekable([1, 2]), "xy")) == [(1, "x"), (2, "y")]


def unfold(seed, step):
    """Generate values from a state.

    `step(state)` gives a pair of a value and the next state, or None to end.
    """
    while (pair := step(seed)) is not None:
        value, seed = pair
        yield value


def test_unfold() -> None:
    assert list(unfold(3, lambda n: (n, n - 1) if n else None)) == [3, 2, 1]
    assert list(unfold(100, lambda n: (n % 7, n // 7) if n else None)) == [2, 0, 2]
    assert list(unfold(0, lambda n: None)) == []
    assert list(islice(unfold((5, 2), lambda s: (s[0], (s[1], s[0] - s[1]))), 5)) == [5, 2, 3, -1, 4]


def lines_of(chunks):
    """Yield complete lines, without their line breaks, from text that arrives in chunks of any size; what remains
    after the last line break is a line too, unless it is empty."""
    rest = ""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split("\n")
        yield from lines
    if rest:
        yield rest


def test_lines_of() -> None:
    assert list(lines_of([])) == []
    assert list(lines_of(["ab", "c\nd", "ef\n\n", "g"])) == ["abc", "def", "", "g"]
    assert list(lines_of(["a\n"])) == ["a"]
    assert list(lines_of(["", "\n"])) == [""]


def rate_of_change(samples, over: int):
    """Change per step, measured over the last `over` steps, from the moment there are enough samples."""
    history: deque = deque(maxlen=over + 1)
    for sample in samples:
        history.append(sample)
        if len(history) > over:
            yield (history[-1] - history[0]) / over


def test_rate_of_change() -> None:
    assert list(rate_of_change([], 2)) == []
    assert list(rate_of_change([1, 2, 4, 8], 1)) == [1, 2, 4]
    assert list(rate_of_change([1, 2, 5, 8], 2)) == [2, 3]
    assert list(rate_of_change([1, 2], 2)) == []


def collate(*sorted_streams):
    """Merge ascending streams into one ascending stream without repeats, lazily.

    >>> list(collate([1, 4, 4], [], [2, 4, 9]))
    [1, 2, 4, 9]
    """
    for value, _ in groupby(heapq.merge(*sorted_streams)):
        yield value


def test_collate() -> None:
    assert list(collate()) == []
    assert list(collate([1, 4, 4], [], [2, 4, 9])) == [1, 2, 4, 9]
    assert list(islice(collate(count(0, 3), count(0, 5)), 6)) == [0, 3, 5, 6, 9, 10]


def sample_stream(items, size: int, seed: int) -> list:
    """Draw a uniform sample from a stream of unknown length, holding no more than the sample itself.

    Reservoir sampling: item number n (from 1) replaces a random place of the sample with probability size/n. A
    stream that is no longer than the sample is returned as it is.
    """
    generator = random.Random(seed)
    kept: list = []
    for seen, item in enumerate(items):
        if seen < size:
            kept.append(item)
        elif (place := generator.randrange(seen + 1)) < size:
            kept[place] = item
    return kept


def test_sample_stream() -> None:
    assert sample_stream([], 3, 1) == []
    assert sample_stream("ab", 3, 1) == ["a", "b"]
    drawn = sample_stream(iter(range(1000)), 10, 5)
    assert drawn == sample_stream(range(1000), 10, 5) and len(set(drawn)) == 10
    hits = Counter(chain.from_iterable(sample_stream(range(10), 3, seed) for seed in range(2000)))
    assert all(500 < hits[n] < 700 for n in range(10))


def countdown_labels(seconds, milestones):
    """Announce a countdown: yields 'T-60' and the like at the milestones and at each of the last five seconds,
    then 'liftoff'.

    >>> len(list(countdown_labels(60, {60})))
    7
    """
    for left in range(seconds, 0, -1):
        if left in milestones or left <= 5:
            yield f"T-{left}"
    yield "liftoff"


def test_countdown_labels() -> None:
    assert list(countdown_labels(0, set())) == ["liftoff"]
    assert list(countdown_labels(3, set())) == ["T-3", "T-2", "T-1", "liftoff"]
    assert list(countdown_labels(90, {60, 30, 100}))[:3] == ["T-60", "T-30", "T-5"]
    assert len(list(countdown_labels(60, {60}))) == 7


def flatten_deep(nested):
    """Yield the leaves of lists and tuples nested to any depth; texts and other iterables are leaves."""
    stack = [iter([nested])]
    while stack:
        for item in stack[-1]:
            if isinstance(item, (list, tuple)):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def test_flatten_deep() -> None:
    assert list(flatten_deep([])) == []
    assert list(flatten_deep([1, (2, [3, []]), "ab"])) == [1, 2, 3, "ab"]
    assert list(flatten_deep("ab")) == ["ab"]
    deep: list = []
    for _ in range(5000):
        deep = [deep]
    assert list(flatten_deep([deep, 5])) == [5]


def chunk_by_weight(items, weigh, limit):
    """Group consecutive items so that no group weighs more than the limit; a single item that does stands alone.

    Args:
        items: any iterable.
        weigh: function from an item to its weight.
        limit: most weight of a group.

    Yields:
        Lists of items, none of them empty.
    """
    group, total = [], 0
    for item in items:
        weight = weigh(item)
        if group and total + weight > limit:
            yield group
            group, total = [], 0
        group.append(item)
        total += weight
    if group:
        yield group


def test_chunk_by_weight() -> None:
    assert list(chunk_by_weight([], len, 5)) == []
    assert list(chunk_by_weight(["ab", "cde", "f"], len, 5)) == [["ab", "cde"], ["f"]]
    assert list(chunk_by_weight(["abcdefg", "h"], len, 5)) == [["abcdefg"], ["h"]]
    assert list(chunk_by_weight([1, 1, 1], lambda n: n, 1)) == [[1], [1], [1]]


def every_other_word(text: str, keep: int = 1, skip: int = 1) -> str:
    """Keep so many words, skip so many, and so on to the end of a text."""
    pattern = cycle([True] * keep + [False] * skip)
    return " ".join(word for word, kept in zip(text.split(), pattern) if kept)


def test_every_other_word() -> None:
    assert every_other_word("") == ""
    assert every_other_word("a b c d e") == "a c e"
    assert every_other_word("a b c d e f g", 2, 3) == "a b f g"
    assert every_other_word("a b", 1, 0) == "a b"


def until_stable(function, start, limit: int = 1000):
    """Apply a function again and again until its result no longer changes, and return that; RuntimeError after
    `limit` applications without coming to rest."""
    for _ in range(limit):
        following = function(start)
        if following == start:
            return start
        start = following
    raise RuntimeError("does not settle")


def test_until_stable() -> None:
    assert until_stable(lambda n: n // 2, 100) == 0
    assert until_stable(lambda t: t.replace("  ", " "), "a      b") == "a b"
    assert until_stable(abs, -4) == 4
    try:
        until_stable(lambda n: -n, 1, limit=10)
        assert False, "must refuse"
    except RuntimeError:
        pass


# First so many items of an iterable, and how many more there were.
def head_and_count(items, size: int) -> tuple[list, int]:
    iterator = iter(items)
    head = list(islice(iterator, size))
    return head, sum(1 for _ in iterator)


def test_head_and_count() -> None:
    assert head_and_count([], 2) == ([], 0)
    assert head_and_count("abcde", 2) == (["a", "b"], 3)
    assert head_and_count(iter([1]), 2) == ([1], 0)
    assert head_and_count("ab", 0) == ([], 2)


# Pairs up items that follow one another: (1st, 2nd), (3rd, 4th) and so on. If one is left over, its partner is the
# filler.
def in_pairs(items, filler=None):
    return list(zip_longest(*[iter(items)] * 2, fillvalue=filler))


def test_in_pairs() -> None:
    assert in_pairs([]) == []
    assert in_pairs("abcd") == [("a", "b"), ("c", "d")]
    assert in_pairs([1, 2, 3], 0) == [(1, 2), (3, 0)]
    assert in_pairs([None]) == [(None, None)]


def loud_only(levels, quiet) -> str:
    """Report how many levels of a stream were not quiet, and which came first: '2 of 4 (5)', or 'all 4 quiet'."""
    heard, everything = tee(levels)
    loud = list(filterfalse(quiet, heard))
    total = sum(1 for _ in everything)
    return f"{len(loud)} of {total} ({loud[0]})" if loud else f"all {total} quiet"


def test_loud_only() -> None:
    assert loud_only([], bool) == "all 0 quiet"
    assert loud_only(iter([1, 5, 2, 7]), lambda level: level < 3) == "2 of 4 (5)"
    assert loud_only([1, 2], lambda level: level < 3) == "all 2 quiet"
    assert loud_only("a b", str.isspace) == "2 of 3 (a)"


def running_top(scores, size: int):
    """After every score, yield the best `size` scores so far, highest first."""
    best: list = []
    for score in scores:
        if len(best) < size:
            heapq.heappush(best, score)
        else:
            heapq.heappushpop(best, score)
        yield sorted(best, reverse=True)


def test_running_top() -> None:
    assert list(running_top([], 2)) == []
    assert list(running_top([5, 9, 7, 1], 2)) == [[5], [9, 5], [9, 7], [9, 7]]
    assert list(running_top([3, 3, 4], 1)) == [[3], [3], [4]]
    assert list(running_top([-1, -2], 3)) == [[-1], [-1, -2]]


def tokens_with_positions(text: str):
    """Yield (line, column, word) for every word of a text, lines and columns being counted from 1.

    >>> list(tokens_with_positions(""))
    []
    """
    for number, line in enumerate(text.split("\n"), start=1):
        for match in re.finditer(r"\w+", line):
            yield number, match.start() + 1, match.group()


def test_tokens_with_positions() -> None:
    assert list(tokens_with_positions("")) == []
    assert list(tokens_with_positions("to be,\n  or")) == [(1, 1, "to"), (1, 4, "be"), (2, 3, "or")]
    assert list(tokens_with_positions("\n\nñu")) == [(3, 1, "ñu")]


def echo(signal, delay, strength):
    """Add an echo to a signal: each value plus a share of the one `delay` places before it in the original; the
    echo rings on after the end of the signal.

    >>> list(echo([8, 0, 4], 1, 0.5))
    [8.0, 4.0, 4.0, 2.0]
    """
    lengthened = chain(signal, repeat(0, delay))
    late: deque = deque([0] * delay)
    for value in lengthened:
        late.append(value)
        yield value + strength * late.popleft()


def test_echo() -> None:
    assert list(echo([], 0, 0.5)) == []
    assert list(echo([8, 0, 4], 1, 0.5)) == [8, 4, 4, 2]
    assert list(echo([1, 2], 3, 1)) == [1, 2, 0, 1, 2]
    assert list(echo([2, 4], 0, 0.5)) == [3, 6]
