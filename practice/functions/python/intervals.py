"""Intervals: spans of time or numbers that may touch, overlap or leave gaps."""

from bisect import bisect_right
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import groupby
import heapq
import re


def free_gaps(busy: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """List the stretches between start and end that no busy span covers.

    Busy spans may come in any order and may overlap. A gap of length zero is not reported.

    >>> free_gaps([(3, 5), (1, 2)], 0, 6)
    [(0, 1), (2, 3), (5, 6)]
    """
    gaps = []
    cursor = start
    for low, high in sorted(busy):
        if low >= end:
            break
        if low > cursor:
            gaps.append((cursor, low))
        cursor = max(cursor, high)
    if cursor < end:
        gaps.append((cursor, end))
    return gaps


def test_free_gaps() -> None:
    assert free_gaps([], 0, 10) == [(0, 10)]
    assert free_gaps([(0, 10)], 0, 10) == []
    assert free_gaps([(4, 6), (1, 5), (2, 3)], 0, 8) == [(0, 1), (6, 8)]
    assert free_gaps([(-5, 2), (9, 20)], 0, 10) == [(2, 9)]
    assert free_gaps([(2, 4), (12, 15)], 0, 10) == [(0, 2), (4, 10)]


def clip_spans(spans: list[tuple[float, float]], low: float, high: float) -> list[tuple[float, float]]:
    """Cut every span down to the window from low to high; drop those that fall outside it altogether.

    >>> clip_spans([(0, 4), (3, 9), (9, 12)], 2, 8)
    [(2, 4), (3, 8)]
    """
    clipped = ((max(a, low), min(b, high)) for a, b in spans)
    return [(a, b) for a, b in clipped if a < b]


def test_clip_spans() -> None:
    assert clip_spans([], 0, 1) == []
    assert clip_spans([(0, 4), (3, 9), (9, 12)], 2, 8) == [(2, 4), (3, 8)]
    assert clip_spans([(-3.5, -1.5)], -2, 0) == [(-2, -1.5)]
    assert clip_spans([(8, 9)], 2, 8) == []
    assert clip_spans([(0, 100)], 2, 8) == [(2, 8)]


# How many guests are in the house at once, at the busiest moment?
#
# Each stay is (arrival, departure). Somebody who leaves at the very minute another arrives does not meet them.
def peak_guests(stays: list[tuple[int, int]]) -> int:
    changes = []
    for arrival, departure in stays:
        changes.append((arrival, 1))
        changes.append((departure, -1))
    inside = most = 0
    for _, change in sorted(changes):
        inside += change
        most = max(most, inside)
    return most


def test_peak_guests() -> None:
    assert peak_guests([]) == 0
    assert peak_guests([(1, 5)]) == 1
    assert peak_guests([(1, 5), (5, 9)]) == 1
    assert peak_guests([(1, 5), (4, 9), (2, 3)]) == 2
    assert peak_guests([(0, 9), (1, 8), (2, 7), (10, 11)]) == 3


def parse_page_ranges(text: str) -> list[int]:
    """Read the pages a person typed into a print dialogue.

    Items are separated by commas; an item is a page or two pages joined by a hyphen. Spaces do not
    matter. The pages come back sorted and each of them once; a range written backwards counts too.

    >>> parse_page_ranges("1-3, 7, 2")
    [1, 2, 3, 7]
    """
    pages = set()
    for item in text.replace(" ", "").split(","):
        if not item:
            continue
        first, _, last = item.partition("-")
        a, b = sorted((int(first), int(last or first)))
        pages.update(range(a, b + 1))
    return sorted(pages)


def test_parse_page_ranges() -> None:
    assert parse_page_ranges("") == []
    assert parse_page_ranges("4") == [4]
    assert parse_page_ranges("9-7") == [7, 8, 9]
    assert parse_page_ranges("5, 1 - 2,,5") == [1, 2, 5]
    assert parse_page_ranges("10-12,11-13") == [10, 11, 12, 13]


def format_page_ranges(pages: list[int]) -> str:
    """Write page numbers the short way, with a hyphen for runs of consecutive pages.

    >>> format_page_ranges([1, 2, 3, 7])
    '1-3,7'
    """
    parts = []
    ordered = sorted(set(pages))
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        parts.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return ",".join(parts)


def test_format_page_ranges() -> None:
    assert format_page_ranges([]) == ""
    assert format_page_ranges([5]) == "5"
    assert format_page_ranges([3, 1, 2, 2]) == "1-3"
    assert format_page_ranges([1, 2, 4, 5, 9]) == "1-2,4-5,9"


def subtract_span(whole: tuple[int, int], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """What is left of `whole` once `hole` is cut out: no, one or two pieces, from left to right."""
    a, b = whole
    c, d = hole
    if d <= a or c >= b:
        return [whole]
    left = [(a, c)] if a < c else []
    right = [(d, b)] if d < b else []
    return left + right


def test_subtract_span() -> None:
    assert subtract_span((0, 10), (3, 4)) == [(0, 3), (4, 10)]
    assert subtract_span((0, 10), (-1, 4)) == [(4, 10)]
    assert subtract_span((0, 10), (0, 10)) == []
    assert subtract_span((0, 10), (7, 12)) == [(0, 7)]
    assert subtract_span((0, 10), (10, 12)) == [(0, 10)]
    assert subtract_span((5, 9), (1, 3)) == [(5, 9)]


def bracket_for(amount: float, thresholds: list[float], labels: list[str]) -> str:
    """Name the bracket into which an amount falls.

    Args:
        amount: the value to be placed.
        thresholds: lower bounds of all brackets but the first, ascending.
        labels: one name more than there are thresholds.

    Returns:
        The label of the last bracket whose lower bound does not exceed the amount.
    """
    if len(labels) != len(thresholds) + 1:
        raise ValueError("need one label more than thresholds")
    return labels[bisect_right(thresholds, amount)]


def test_bracket_for() -> None:
    names = ["low", "middle", "high"]
    assert bracket_for(5, [10, 20], names) == "low"
    assert bracket_for(10, [10, 20], names) == "middle"
    assert bracket_for(19.99, [10, 20], names) == "middle"
    assert bracket_for(400, [10, 20], names) == "high"
    assert bracket_for(-1, [], ["only"]) == "only"
    try:
        bracket_for(1, [10], ["a"])
        assert False, "must refuse"
    except ValueError:
        pass


def covers_fully(pieces, target):
    """Do the pieces, laid on top of one another, leave no point of the target bare?

    >>> covers_fully([(0, 4), (4, 9)], (1, 8))
    True
    """
    reached, goal = target
    for low, high in sorted(pieces):
        if low > reached:
            break
        reached = max(reached, high)
    return reached >= goal


def test_covers_fully() -> None:
    assert covers_fully([(0, 4), (4, 9)], (1, 8)) is True
    assert covers_fully([(5, 9), (0, 5)], (0, 9)) is True
    assert covers_fully([(0, 4), (5, 9)], (1, 8)) is False
    assert covers_fully([], (2, 3)) is False
    assert covers_fully([], (2, 2)) is True
    assert covers_fully([(0, 7)], (1, 8)) is False


# Adds up the minutes of a list of shifts such as "08:30-12:00". A shift whose end is earlier than its
# start runs past midnight.
def shift_minutes(shifts):
    total = 0
    for shift in shifts:
        h1, m1, h2, m2 = map(int, re.split("[:-]", shift))
        total += (h2 * 60 + m2 - h1 * 60 - m1) % (24 * 60)
    return total


def test_shift_minutes() -> None:
    assert shift_minutes([]) == 0
    assert shift_minutes(["08:30-12:00"]) == 210
    assert shift_minutes(["22:00-06:15"]) == 495
    assert shift_minutes(["08:00-08:01", "23:59-00:00"]) == 2


def assign_rooms(meetings: list[tuple[int, int]]) -> list[int]:
    """Give each meeting, in the order of the list, the number of a room.

    Meetings are handled by their start (earlier in the list first where starts are equal). A meeting
    takes the lowest-numbered room that is free at its start; rooms are numbered from 0, and a room
    is free again at the moment its meeting ends.
    """
    rooms = [0] * len(meetings)
    free: list[int] = []
    running: list[tuple[int, int]] = []
    opened = 0
    for index in sorted(range(len(meetings)), key=lambda i: meetings[i][0]):
        start, end = meetings[index]
        while running and running[0][0] <= start:
            heapq.heappush(free, heapq.heappop(running)[1])
        if free:
            room = heapq.heappop(free)
        else:
            room, opened = opened, opened + 1
        rooms[index] = room
        heapq.heappush(running, (end, room))
    return rooms


def test_assign_rooms() -> None:
    assert assign_rooms([]) == []
    assert assign_rooms([(9, 10), (10, 11)]) == [0, 0]
    assert assign_rooms([(9, 12), (10, 11), (11, 13)]) == [0, 1, 1]
    assert assign_rooms([(10, 11), (9, 12)]) == [1, 0]
    assert assign_rooms([(0, 5), (0, 3), (0, 4), (4, 6)]) == [0, 1, 2, 1]


def overlap_days(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Number of calendar days that two holidays have in common; first and last days count."""
    latest_start = max(one[0], other[0])
    earliest_end = min(one[1], other[1])
    return max(0, (earliest_end - latest_start).days + 1)


def test_overlap_days() -> None:
    june = (date(2024, 6, 1), date(2024, 6, 30))
    assert overlap_days(june, (date(2024, 6, 30), date(2024, 7, 4))) == 1
    assert overlap_days(june, (date(2024, 7, 1), date(2024, 7, 4))) == 0
    assert overlap_days((date(2024, 5, 1), date(2024, 8, 1)), june) == 30
    assert overlap_days(june, (date(2023, 6, 1), date(2023, 6, 9))) == 0


def split_at_midnight(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Break a span of time into pieces that each stay within one day.

    >>> pieces = split_at_midnight(datetime(2024, 1, 1, 22), datetime(2024, 1, 2, 3))
    >>> [(a.hour, b.hour) for a, b in pieces]
    [(22, 0), (0, 3)]
    """
    pieces = []
    while start < end:
        midnight = datetime(start.year, start.month, start.day) + timedelta(days=1)
        stop = min(midnight, end)
        pieces.append((start, stop))
        start = stop
    return pieces


def test_split_at_midnight() -> None:
    noon = datetime(2024, 2, 28, 12)
    assert split_at_midnight(noon, noon) == []
    assert split_at_midnight(noon, noon.replace(hour=13)) == [(noon, datetime(2024, 2, 28, 13))]
    assert split_at_midnight(noon, datetime(2024, 2, 29)) == [(noon, datetime(2024, 2, 29))]
    three = split_at_midnight(noon, datetime(2024, 3, 1, 1))
    assert len(three) == 3 and three[1] == (datetime(2024, 2, 29), datetime(2024, 3, 1))


def most_watched_second(viewings):
    """Given (from, to) seconds of a film that each viewer saw, both ends included, return the second
    that most of them saw; the earliest one on a tie, and -1 when nobody watched."""
    seen = Counter()
    for first, last in viewings:
        seen.update(range(first, last + 1))
    return min(seen, key=lambda second: (-seen[second], second), default=-1)


def test_most_watched_second() -> None:
    assert most_watched_second([]) == -1
    assert most_watched_second([(4, 6)]) == 4
    assert most_watched_second([(8, 9), (0, 5), (3, 9)]) == 3
    assert most_watched_second([(0, 2), (2, 4), (2, 2)]) == 2


def hull_of(spans):
    """The smallest single span that contains all of them, or None when there are none.

    >>> hull_of([(5, 6), (-1, 2), (0, 9)])
    (-1, 9)
    """
    if not spans:
        return None
    starts, ends = zip(*spans)
    return min(starts), max(ends)


def test_hull_of() -> None:
    assert hull_of([]) is None
    assert hull_of([(2, 3)]) == (2, 3)
    assert hull_of([(5, 6), (-1, 2), (0, 9)]) == (-1, 9)


def interval_contains(notation: str, value: float) -> bool:
    """Tell whether a number lies in an interval written the mathematicians' way.

    A square bracket includes its end, a round one leaves it out.

    >>> interval_contains("[0, 10)", 10)
    False
    """
    low, high = (float(part) for part in notation[1:-1].split(","))
    above = value >= low if notation[0] == "[" else value > low
    below = value <= high if notation[-1] == "]" else value < high
    return above and below


def test_interval_contains() -> None:
    assert interval_contains("[0, 10)", 0) is True
    assert interval_contains("(0, 10]", 0) is False
    assert interval_contains("(0, 10]", 10) is True
    assert interval_contains("(-1.5,inf)", 1e9) is True
    assert interval_contains("(0,10)", 10) is False
    assert interval_contains("[2, 2]", 2) is True


def snooze_times(first: int, every: int, until: int) -> list[str]:
    """Clock times, as HH:MM, at which an alarm rings.

    Parameters
    ----------
    first : int
        Minute of the day of the first ring.
    every : int
        Minutes from one ring to the next.
    until : int
        Minute of the day after which it keeps quiet; a ring at this very minute still happens.
    """
    return ["{:02d}:{:02d}".format(*divmod(minute, 60)) for minute in range(first, until + 1, every)]


def test_snooze_times() -> None:
    assert snooze_times(420, 9, 440) == ["07:00", "07:09", "07:18"]
    assert snooze_times(420, 10, 430) == ["07:00", "07:10"]
    assert snooze_times(500, 5, 499) == []
    assert snooze_times(0, 600, 1439) == ["00:00", "10:00", "20:00"]


def first_conflict(bookings: list[tuple[str, int, int]]):
    """Find the first pair of bookings that collide, as (earlier name, later name).

    Bookings are (name, from, to) in the order in which they were made; look for the earliest-made
    booking that clashes with one made before it, and among those before it take the earliest.
    Return None if everything fits.

    >>> first_conflict([("a", 5, 9), ("b", 0, 2), ("c", 1, 3), ("d", 5, 6)])
    ('b', 'c')
    """
    for later, (name, start, end) in enumerate(bookings):
        for other, low, high in bookings[:later]:
            if start < high and low < end:
                return other, name
    return None


def test_first_conflict() -> None:
    assert first_conflict([]) is None
    assert first_conflict([("ann", 1, 3), ("bo", 3, 5)]) is None
    assert first_conflict([("ann", 3, 5), ("bo", 1, 3)]) is None
    assert first_conflict([("ann", 1, 3), ("bo", 6, 9), ("cy", 2, 7)]) == ("ann", "cy")
    assert first_conflict([("a", 5, 9), ("b", 0, 2), ("c", 1, 3), ("d", 5, 6)]) == ("b", "c")


def coalesce_timestamps(stamps: list[int], quiet: int) -> list[list[int]]:
    """Group timestamps into sessions: a new session begins after more than `quiet` seconds of silence.

    >>> coalesce_timestamps([1, 6, 12], 5)
    [[1, 6], [12]]
    """
    sessions: list[list[int]] = []
    for stamp in sorted(stamps):
        if sessions and stamp - sessions[-1][-1] <= quiet:
            sessions[-1].append(stamp)
        else:
            sessions.append([stamp])
    return sessions


def test_coalesce_timestamps() -> None:
    assert coalesce_timestamps([], 5) == []
    assert coalesce_timestamps([7], 5) == [[7]]
    assert coalesce_timestamps([1, 6, 12], 5) == [[1, 6], [12]]
    assert coalesce_timestamps([30, 1, 2, 31], 5) == [[1, 2], [30, 31]]


def pad_and_fuse(marks: list[int], margin: int) -> list[tuple[int, int]]:
    """Highlight `margin` characters on both sides of every mark and fuse highlights that meet.

    Highlights are half-open: a mark at 10 with a margin of 2 gives (8, 13). They never begin before 0.
    """
    fused: list[tuple[int, int]] = []
    for mark in sorted(marks):
        low, high = max(0, mark - margin), mark + margin + 1
        if fused and low <= fused[-1][1]:
            low, _ = fused.pop()
        fused.append((low, high))
    return fused


def test_pad_and_fuse() -> None:
    assert pad_and_fuse([], 3) == []
    assert pad_and_fuse([10], 2) == [(8, 13)]
    assert pad_and_fuse([1], 4) == [(0, 6)]
    assert pad_and_fuse([20, 10, 13], 2) == [(8, 16), (18, 23)]
    assert pad_and_fuse([10, 15], 2) == [(8, 18)]
    assert pad_and_fuse([10, 16], 2) == [(8, 13), (14, 19)]


def even_slices(length: int, parts: int) -> list[range]:
    """Deal `length` consecutive indices to `parts` workers so that shares differ by one at most.

    Earlier workers get the larger shares.

    >>> even_slices(7, 3)
    [range(0, 3), range(3, 5), range(5, 7)]
    """
    size, extra = divmod(length, parts)
    slices = []
    start = 0
    for part in range(parts):
        stop = start + size + (1 if part < extra else 0)
        slices.append(range(start, stop))
        start = stop
    return slices


def test_even_slices() -> None:
    assert even_slices(6, 2) == [range(0, 3), range(3, 6)]
    assert even_slices(5, 1) == [range(0, 5)]
    assert [len(part) for part in even_slices(2, 4)] == [1, 1, 0, 0]
    assert [list(part) for part in even_slices(7, 2)] == [[0, 1, 2, 3], [4, 5, 6]]


def quiet_hours(now: str, start: str, end: str) -> bool:
    """Should the telephone stay silent at `now`? Times are HH:MM; quiet hours may cross midnight.

    The starting minute is quiet, the ending minute no longer. Equal start and end mean never.
    """
    if start <= end:
        return start <= now < end
    return now >= start or now < end


def test_quiet_hours() -> None:
    assert quiet_hours("23:30", "22:00", "07:00") is True
    assert quiet_hours("06:59", "22:00", "07:00") is True
    assert quiet_hours("07:00", "22:00", "07:00") is False
    assert quiet_hours("12:30", "12:30", "14:00") is True
    assert quiet_hours("13:00", "12:30", "14:00") is True
    assert quiet_hours("14:00", "12:30", "14:00") is False
    assert quiet_hours("08:00", "08:00", "08:00") is False


def narrow_by_guesses(guesses: list[tuple[int, str]], low: int, high: int) -> tuple[int, int]:
    """Numbers still possible in a guessing game, as the lowest and the highest.

    Every guess comes with the answer it got: "higher", "lower" or "correct".

    >>> narrow_by_guesses([(50, "higher"), (75, "lower")], 1, 100)
    (51, 74)
    """
    for number, answer in guesses:
        if answer == "higher":
            low = max(low, number + 1)
        elif answer == "lower":
            high = min(high, number - 1)
        else:
            low = high = number
    return low, high


def test_narrow_by_guesses() -> None:
    assert narrow_by_guesses([], 1, 100) == (1, 100)
    assert narrow_by_guesses([(50, "higher"), (75, "lower")], 1, 100) == (51, 74)
    assert narrow_by_guesses([(50, "higher"), (20, "higher")], 1, 100) == (51, 100)
    assert narrow_by_guesses([(9, "lower"), (30, "lower")], 1, 100) == (1, 8)
    assert narrow_by_guesses([(7, "correct")], 1, 10) == (7, 7)


def minutes_covered(spans: list[tuple[int, int]]) -> int:
    """Total length that a set of spans covers, counting what they share only once."""
    return len({minute for start, stop in spans for minute in range(start, stop)})


def test_minutes_covered() -> None:
    assert minutes_covered([]) == 0
    assert minutes_covered([(0, 10), (5, 15)]) == 15
    assert minutes_covered([(0, 10), (20, 25), (3, 4)]) == 15
    assert minutes_covered([(-3, 3), (8, 8)]) == 6


def pick_most_talks(talks: dict[str, tuple[int, int]]) -> list[str]:
    """Choose as many talks as one person can attend from start to finish, in the order of their times.

    Among talks that end at the same time the alphabetically first is preferred; one may begin
    the moment the last one ends.
    """
    chosen = []
    clock = float("-inf")
    for title in sorted(talks, key=lambda t: (talks[t][1], t)):
        begin, finish = talks[title]
        if begin >= clock:
            chosen.append(title)
            clock = finish
    return chosen


def test_pick_most_talks() -> None:
    assert pick_most_talks({}) == []
    assert pick_most_talks({"bees": (1, 4), "ants": (3, 5), "moths": (5, 7)}) == ["bees", "moths"]
    assert pick_most_talks({"long": (0, 10), "a": (1, 2), "b": (2, 3)}) == ["a", "b"]
    assert pick_most_talks({"zinc": (0, 2), "iron": (1, 2)}) == ["iron"]


def ticks_between(low: float, high: float, step: float) -> list[float]:
    """Multiples of step within low and high inclusive, for the axis of a chart, rounded to six places."""
    first = -int(-low // step)
    last = int(high // step)
    return [round(step * k, 6) for k in range(first, last + 1)]


def test_ticks_between() -> None:
    assert ticks_between(0, 1, 0.25) == [0, 0.25, 0.5, 0.75, 1]
    assert ticks_between(3, 11, 5) == [5, 10]
    assert ticks_between(-6, 6, 5) == [-5, 0, 5]
    assert ticks_between(1, 4, 5) == []


def version_in_range(version: str, lowest: str, below: str) -> bool:
    """Whether a dotted version is at least `lowest` and before `below`; missing parts count as zero."""

    def key(text):
        parts = [int(part) for part in text.split(".")]
        return parts + [0] * (4 - len(parts))

    return key(lowest) <= key(version) < key(below)


def test_version_in_range() -> None:
    assert version_in_range("1.10.0", "1.9", "2") is True
    assert version_in_range("2.0", "1.9", "2") is False
    assert version_in_range("1.9", "1.9.0", "2") is True
    assert version_in_range("1.8.7", "1.9", "2.0") is False


def longest_streak_without(events: list[int], start: int, end: int) -> int:
    """How long was the longest time between start and end during which nothing happened?"""
    inside = [event for event in sorted(events) if start <= event <= end]
    marks = [start, *inside, end]
    return max(later - earlier for earlier, later in zip(marks, marks[1:]))


def test_longest_streak_without() -> None:
    assert longest_streak_without([], 0, 10) == 10
    assert longest_streak_without([4], 0, 10) == 6
    assert longest_streak_without([9, 2, 50], 0, 10) == 7
    assert longest_streak_without([0, 5, 10], 0, 10) == 5
    assert longest_streak_without([-8], 0, 3) == 3
