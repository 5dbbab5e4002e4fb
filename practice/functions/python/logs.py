"""Logs: reading, filtering, counting and condensing lines that programs write."""

from collections import Counter, OrderedDict, defaultdict, deque
from datetime import datetime, timedelta
from itertools import dropwhile, groupby, islice
import json
import re
import shlex


def parse_log_line(line: str):
    """Take a line such as '2024-05-01 12:00:03 WARN [disk] 91% full' apart.

    Returns a dictionary with 'when', 'level', 'source' and 'message', or None for a line of another form.

    >>> parse_log_line("2024-05-01 12:00:03 WARN [disk] 91% full")["source"]
    'disk'
    """
    pattern = r"(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?P<level>[A-Z]+) \[(?P<source>[^\]]*)\] (?P<message>.*)"
    match = re.fullmatch(pattern, line)
    return match.groupdict() if match else None


def test_parse_log_line() -> None:
    found = parse_log_line("2024-05-01 12:00:03 WARN [disk] 91% full")
    assert found == {"when": "2024-05-01 12:00:03", "level": "WARN", "source": "disk", "message": "91% full"}
    assert parse_log_line("") is None
    assert parse_log_line("2024-05-01 12:00 WARN [disk] x") is None
    assert parse_log_line("2024-05-01 12:00:03 INFO [] ")["message"] == ""


def count_levels(lines: list[str]) -> dict[str, int]:
    """Count lines by their level, which is the first of DEBUG, INFO, WARN and ERROR that occurs as a word in
    them; lines without any of these are counted as 'OTHER'."""
    counts: Counter = Counter()
    for line in lines:
        match = re.search(r"\b(DEBUG|INFO|WARN|ERROR)\b", line)
        counts[match.group() if match else "OTHER"] += 1
    return dict(counts)


def test_count_levels() -> None:
    assert count_levels([]) == {}
    assert count_levels(["INFO up", "12:01 ERROR no INFO", "INFO"]) == {"INFO": 2, "ERROR": 1}
    assert count_levels(["INFORMATION", "warn"]) == {"OTHER": 2}
    assert count_levels(["x:WARN:y"]) == {"WARN": 1}


def join_continuations(lines: list[str]) -> list[str]:
    """Join log entries that run over several lines.

    A line that begins with a space or a tab continues the entry before it; the two are joined by ' | ' after
    stripping. A continuation at the very beginning stands for itself.
    """
    entries: list[str] = []
    for line in lines:
        if line[:1] in (" ", "\t") and entries:
            entries[-1] += " | " + line.strip()
        else:
            entries.append(line.strip())
    return entries


def test_join_continuations() -> None:
    assert join_continuations([]) == []
    assert join_continuations(["a", "  b", "\tc", "d"]) == ["a | b | c", "d"]
    assert join_continuations([" lost", "a"]) == ["lost", "a"]
    assert join_continuations(["a", "", " b"]) == ["a", " | b"]


def collapse_repeats(lines: list[str]) -> list[str]:
    """Condense runs of identical lines, as syslog does.

    >>> collapse_repeats(["ping", "ping", "ping", "pong"])
    ['ping', '  (repeated 2 more times)', 'pong']
    """
    out = []
    for line, run in groupby(lines):
        extra = sum(1 for _ in run) - 1
        out.append(line)
        if extra:
            out.append(f"  (repeated {extra} more time{'s' if extra > 1 else ''})")
    return out


def test_collapse_repeats() -> None:
    assert collapse_repeats([]) == []
    assert collapse_repeats(["a", "b", "a"]) == ["a", "b", "a"]
    assert collapse_repeats(["a", "a"]) == ["a", "  (repeated 1 more time)"]
    assert collapse_repeats(["b", "a", "a", "a"]) == ["b", "a", "  (repeated 2 more times)"]


def tail(lines, count: int) -> list[str]:
    """Keep the last `count` lines of any iterable, without holding more than these in memory."""
    return list(deque(lines, maxlen=count))


def test_tail() -> None:
    assert tail([], 3) == []
    assert tail(iter("abcdef"), 2) == ["e", "f"]
    assert tail(["x"], 5) == ["x"]
    assert tail(["x", "y"], 0) == []


def slow_requests(lines: list[str], limit_ms: int) -> list[tuple[str, int]]:
    """Pick requests slower than the limit from lines such as 'GET /tea 200 153ms'; slowest first.

    Requests equally slow stay in the order of the log. Lines of another form are passed over.

    >>> slow_requests([], 1)
    []
    """
    found = []
    for line in lines:
        match = re.fullmatch(r"[A-Z]+ (\S+) \d{3} (\d+)ms", line.strip())
        if match and int(match[2]) > limit_ms:
            found.append((match[1], int(match[2])))
    return sorted(found, key=lambda pair: pair[1], reverse=True)


def test_slow_requests() -> None:
    log = ["GET /tea 200 153ms", "POST /pay 500 2000ms", "nonsense", "GET /a 200 153ms", "GET /b 200 100ms "]
    assert slow_requests(log, 100) == [("/pay", 2000), ("/tea", 153), ("/a", 153)]
    assert slow_requests(log, 2000) == []
    assert slow_requests([], 1) == []
    assert slow_requests(log, 99)[-1] == ("/b", 100)


def error_context(lines, around):
    """Print only lines near an error.

    Keep every line that contains 'ERROR' and up to `around` lines before and after it; where lines were left
    out between two kept ones put '--'. No line appears twice.

    >>> error_context(["a", "b"], 1)
    []
    """
    keep = set()
    for number, line in enumerate(lines):
        if "ERROR" in line:
            keep.update(range(max(0, number - around), min(len(lines), number + around + 1)))
    out: list[str] = []
    previous = None
    for number in sorted(keep):
        if previous is not None and number > previous + 1:
            out.append("--")
        out.append(lines[number])
        previous = number
    return out


def test_error_context() -> None:
    assert error_context(["a", "b"], 1) == []
    assert error_context(["a", "b ERROR", "c", "d"], 1) == ["a", "b ERROR", "c"]
    log = ["ERROR 1", "b", "c", "d", "ERROR 2"]
    assert error_context(log, 1) == ["ERROR 1", "b", "--", "d", "ERROR 2"]
    assert error_context(log, 2) == log
    assert error_context(log, 0) == ["ERROR 1", "--", "ERROR 2"]


def redact(line):
    """Make a log line safe to share: mask e-mail addresses as <mail>, and values after 'password=' or 'token='
    as ***, up to the next space or ampersand; case of the keys does not matter.

    >>> redact("GET /?Token=abc&x=1 password=s3cret!")
    'GET /?Token=***&x=1 password=***'
    """
    line = re.sub(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", "<mail>", line)
    return re.sub(r"(?i)\b(password|token)=[^\s&]*", r"\1=***", line)


def test_redact() -> None:
    assert redact("login ann.b+x@mail.example.org ok") == "login <mail> ok"
    assert redact("GET /?Token=abc&x=1 password=s3cret!") == "GET /?Token=***&x=1 password=***"
    assert redact("nothing @ all") == "nothing @ all"
    assert redact("token=") == "token=***"


def requests_per_minute(stamps: list[str]) -> dict[str, int]:
    """Count requests for every minute from the first to the last one, including minutes without any.

    Stamps look like '2024-05-01 23:59:58' and are in order of time. Keys are the stamps without seconds.
    """
    counts = Counter(stamp[:16] for stamp in stamps)
    if not counts:
        return {}
    form = "%Y-%m-%d %H:%M"
    minute, last = (datetime.strptime(stamps[place][:16], form) for place in (0, -1))
    table = {}
    while minute <= last:
        label = minute.strftime(form)
        table[label] = counts[label]
        minute += timedelta(minutes=1)
    return table


def test_requests_per_minute() -> None:
    assert requests_per_minute([]) == {}
    assert requests_per_minute(["2024-05-01 10:00:01"]) == {"2024-05-01 10:00": 1}
    stamps = ["2024-05-01 23:58:58", "2024-05-01 23:58:59", "2024-05-02 00:00:00"]
    assert requests_per_minute(stamps) == {"2024-05-01 23:58": 2, "2024-05-01 23:59": 0, "2024-05-02 00:00": 1}


def after_marker(lines, marker):
    """The lines that follow the first line equal to the marker; none if it never comes.

    >>> after_marker(["a", "b"], "==")
    []
    """
    return list(islice(dropwhile(lambda line: line != marker, lines), 1, None))


def test_after_marker() -> None:
    assert after_marker([], "==") == []
    assert after_marker(["a", "==", "b", "==", "c"], "==") == ["b", "==", "c"]
    assert after_marker(["a", "b"], "==") == []
    assert after_marker(["=="], "==") == []


def parse_key_values(line: str) -> dict[str, str]:
    """Read a line in logfmt: key=value pairs, where values with spaces stand in double quotes.

    A key without '=' gets the value 'true'.

    >>> parse_key_values('at=info msg="all is well" fast')
    {'at': 'info', 'msg': 'all is well', 'fast': 'true'}
    """
    pairs = {}
    for word in shlex.split(line):
        key, equals, value = word.partition("=")
        pairs[key] = value if equals else "true"
    return pairs


def test_parse_key_values() -> None:
    assert parse_key_values("") == {}
    assert parse_key_values("a=1 b= c") == {"a": "1", "b": "", "c": "true"}
    assert parse_key_values('q="x=y z"') == {"q": "x=y z"}
    assert parse_key_values("a=1 a=2") == {"a": "2"}


# Write a structured log entry as one line of JSON.
#
# `when`, `level` (in lower case) and `message` come first, in this order, then all other fields sorted by name;
# fields that are None are left out. Letters beyond ASCII stay readable.
def log_as_json(when: str, level: str, message: str, **fields) -> str:
    entry = {"when": when, "level": level.lower(), "message": message}
    entry.update((name, value) for name, value in sorted(fields.items()) if value is not None)
    return json.dumps(entry, ensure_ascii=False)


def test_log_as_json() -> None:
    assert log_as_json("12:00", "INFO", "ok") == '{"when": "12:00", "level": "info", "message": "ok"}'
    assert log_as_json("1", "W", "a\nb").count("\n") == 0
    line = log_as_json("1", "X", "größe", zone=None, user="ann", size=3)
    assert line == '{"when": "1", "level": "x", "message": "größe", "size": 3, "user": "ann"}'


def sequence_faults(numbers: list[int]) -> list[str]:
    """Watch message numbers that should count up by one.

    Reports 'skipped 4 to 6' (or 'skipped 4') when numbers are left out, and 'late 5' when a number comes that is not
    above all before it. The first number may be any.

    >>> sequence_faults([1, 4, 2, 4, 5])
    ['skipped 2 to 3', 'late 2', 'late 4']
    """
    faults = []
    highest = None
    for number in numbers:
        if highest is not None and number <= highest:
            faults.append(f"late {number}")
            continue
        if highest is not None and number > highest + 1:
            missing = f"{highest + 1}" + (f" to {number - 1}" if number > highest + 2 else "")
            faults.append(f"skipped {missing}")
        highest = number
    return faults


def test_sequence_faults() -> None:
    assert sequence_faults([]) == []
    assert sequence_faults([5, 6, 7]) == []
    assert sequence_faults([1, 3, 7]) == ["skipped 2", "skipped 4 to 6"]
    assert sequence_faults([1, 4, 2, 4, 5]) == ["skipped 2 to 3", "late 2", "late 4"]
    assert sequence_faults([-3, -1]) == ["skipped -2"]


def rate_limit(stamps: list[float], allowed: int, window: float) -> list[bool]:
    """Decide for each request, in order of time, whether it is let through.

    At most `allowed` accepted requests may lie within any `window` seconds: a request is accepted when fewer
    than that many earlier accepted ones are less than `window` seconds old.

    >>> rate_limit([0, 1, 2, 10], 2, 10)
    [True, True, False, True]
    """
    recent: deque = deque()
    verdicts = []
    for stamp in stamps:
        while recent and stamp - recent[0] >= window:
            recent.popleft()
        accepted = len(recent) < allowed
        if accepted:
            recent.append(stamp)
        verdicts.append(accepted)
    return verdicts


def test_rate_limit() -> None:
    assert rate_limit([], 1, 1) == []
    assert rate_limit([0, 1, 2, 10], 2, 10) == [True, True, False, True]
    assert rate_limit([0, 5, 9, 10, 14], 1, 10) == [True, False, False, True, False]
    assert rate_limit([3, 3], 0, 1) == [False, False]


def traceback_summary(text: str) -> str:
    """Reduce a Python traceback to 'ErrorName: message (file:line)', taking the innermost frame."""
    frames = re.findall(r'File "([^"]+)", line (\d+)', text)
    last_line = text.strip().splitlines()[-1]
    file, number = frames[-1]
    return f"{last_line} ({file}:{number})"


def test_traceback_summary() -> None:
    one = 'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    f()\nValueError: bad\n'
    assert traceback_summary(one) == "ValueError: bad (a.py:3)"
    two = one.replace("ValueError", '  File "lib/b.py", line 12, in f\n    g()\nKeyError')
    assert traceback_summary(two) == "KeyError: bad (lib/b.py:12)"
    assert traceback_summary('  File "x", line 1\nStop\n\n') == "Stop (x:1)"


def sessions_by_user(events: list[tuple[str, int]], idle: int) -> dict[str, int]:
    """How many sessions did each user have? A session ends when the user has been idle for more than `idle`.

    Events are (user, second), not necessarily in order.

    >>> sessions_by_user([("ann", 0), ("bo", 5), ("ann", 10), ("ann", 21)], 10)
    {'ann': 2, 'bo': 1}
    """
    seconds = defaultdict(list)
    for user, second in events:
        seconds[user].append(second)
    sessions = {}
    for user, when in seconds.items():
        when.sort()
        sessions[user] = 1 + sum(b - a > idle for a, b in zip(when, when[1:]))
    return sessions


def test_sessions_by_user() -> None:
    assert sessions_by_user([], 10) == {}
    assert sessions_by_user([("ann", 0), ("bo", 5), ("ann", 10), ("ann", 21)], 10) == {"ann": 2, "bo": 1}
    assert sessions_by_user([("ann", 50), ("ann", 0), ("ann", 25)], 24) == {"ann": 3}
    assert sessions_by_user([("x", 1), ("x", 1)], 0) == {"x": 1}


# Give each distinct message once, prefixed by the line number, from 1, at which it first occurred.
def first_seen(lines: list[str]) -> list[str]:
    places: OrderedDict = OrderedDict()
    for number, line in enumerate(lines, start=1):
        places.setdefault(line, number)
    return [f"{number}: {line}" for line, number in places.items()]


def test_first_seen() -> None:
    assert first_seen([]) == []
    assert first_seen(["b", "a", "b"]) == ["1: b", "2: a"]
    assert first_seen(["x", "x", "y", "X"]) == ["1: x", "3: y", "4: X"]


def template_of(message):
    """Reduce a message to its template so that like messages can be counted together.

    Hexadecimal numbers that start with 0x become <hex>, quoted texts <text>, and all other numbers, with or
    without a decimal point, <num>.

    >>> template_of("took 3.5 s for 'a b' at 0xfe")
    'took <num> s for <text> at <hex>'
    """
    for pattern, name in ((r"'[^']*'|\"[^\"]*\"", "<text>"), (r"0x[0-9a-fA-F]+", "<hex>"), (r"\d+(\.\d+)?", "<num>")):
        message = re.sub(pattern, name, message)
    return message


def test_template_of() -> None:
    assert template_of("") == ""
    assert template_of("user 12 read 7") == "user <num> read <num>"
    assert template_of("at 0xDEAD: '9 lives'") == "at <hex>: <text>"
    assert template_of('say "0x1"') == "say <text>"
    assert template_of("v1.25") == "v<num>"


def unique_visitors(rows: list[tuple[str, str]]) -> dict[str, int]:
    """Number of different visitors by day.

    :param rows: (day, visitor) in any order.
    :returns: counts, with the days in ascending order.
    """
    visitors = defaultdict(set)
    for day, visitor in rows:
        visitors[day].add(visitor)
    return {day: len(visitors[day]) for day in sorted(visitors)}


def test_unique_visitors() -> None:
    assert unique_visitors([]) == {}
    rows = [("02", "ann"), ("01", "bo"), ("02", "ann"), ("02", "cy")]
    assert unique_visitors(rows) == {"01": 1, "02": 2}
    assert list(unique_visitors(rows)) == ["01", "02"]


# Messages of the records whose level is the threshold or worse.
#
# Levels from mild to bad: trace, debug, info, warn, error, fatal. A record without a level counts as info;
# records with an unknown level are always kept.
def severity_at_least(records: list[dict], threshold: str) -> list[str]:
    order = ["trace", "debug", "info", "warn", "error", "fatal"]
    needed = order.index(threshold)

    def is_bad_enough(record):
        level = record.get("level", "info")
        return level not in order or order.index(level) >= needed

    return [record["message"] for record in filter(is_bad_enough, records)]


def test_severity_at_least() -> None:
    records = [
        {"level": "debug", "message": "a"},
        {"message": "b"},
        {"level": "fatal", "message": "c"},
        {"level": "weird", "message": "d"},
    ]
    assert severity_at_least(records, "trace") == ["a", "b", "c", "d"]
    assert severity_at_least(records, "info") == ["b", "c", "d"]
    assert severity_at_least(records, "error") == ["c", "d"]
    assert severity_at_least([], "warn") == []


def make_ring_log(capacity: int):
    """A log that remembers only its newest entries: returns `write(text)` and `dump()`.

    `write` returns the entry that had to make room, or None. `dump` gives all entries, oldest first, with
    their running numbers from 1 as '3 text'.
    """
    entries: deque = deque()
    written = 0

    def write(text):
        nonlocal written
        written += 1
        entries.append(f"{written} {text}")
        return entries.popleft() if len(entries) > capacity else None

    def dump():
        return list(entries)

    return write, dump


def test_make_ring_log() -> None:
    write, dump = make_ring_log(2)
    assert dump() == []
    assert write("a") is None
    assert write("b") is None
    assert write("c") == "1 a"
    assert dump() == ["2 b", "3 c"]
    write("d")
    assert dump() == ["3 c", "4 d"]


def diff_counts(before, after):
    """Compare two tallies of errors: lines like '+3 timeout' and '-1 refused', sorted by name, without what
    did not change."""
    names = sorted(before.keys() | after.keys())
    changes = ((after.get(name, 0) - before.get(name, 0), name) for name in names)
    return [f"{change:+d} {name}" for change, name in changes if change]


def test_diff_counts() -> None:
    assert diff_counts({}, {}) == []
    assert diff_counts({"timeout": 1, "dns": 2}, {"timeout": 4, "dns": 2}) == ["+3 timeout"]
    assert diff_counts({"refused": 1}, {"eof": 2}) == ["+2 eof", "-1 refused"]
    assert diff_counts({"a": 5}, {"a": 0}) == ["-5 a"]


def request_times(lines: list[str]) -> tuple[dict[str, int], list[str]]:
    """Match begin and end of requests in lines such as 'begin a7 1200' and 'end a7 1350' (milliseconds).

    Returns the duration by request, in order of ending, and the requests that were begun but never ended, sorted. An
    end without a beginning is ignored; a request begun twice counts from its second beginning.
    """
    open_since: dict[str, int] = {}
    durations = {}
    for line in lines:
        kind, request, stamp = line.split()
        if kind == "begin":
            open_since[request] = int(stamp)
        elif request in open_since:
            durations[request] = int(stamp) - open_since.pop(request)
    return durations, sorted(open_since)


def test_request_times() -> None:
    assert request_times([]) == ({}, [])
    assert request_times(["begin a 5", "begin b 6", "end b 9", "end a 25"]) == ({"b": 3, "a": 20}, [])
    assert request_times(["end x 1", "begin z 2", "begin y 3"]) == ({}, ["y", "z"])
    assert request_times(["begin a 0", "begin a 10", "end a 15"]) == ({"a": 5}, [])


def rotate_names(existing, base, keep):
    """Plan the rotation of log files: which file gets which new name?

    'app.log' becomes 'app.log.1', 'app.log.1' becomes 'app.log.2' and so on, as far as the files exist; a
    file that would get a number above `keep` is mapped to '' (it is deleted). Other files are not mentioned.
    """
    plan = {}
    for name in existing:
        match = re.fullmatch(re.escape(base) + r"(?:\.(\d+))?", name)
        if match:
            number = int(match[1] or 0) + 1
            plan[name] = f"{base}.{number}" if number <= keep else ""
    return plan


def test_rotate_names() -> None:
    assert rotate_names([], "app.log", 3) == {}
    assert rotate_names(["app.log", "app.log.1"], "app.log", 2) == {"app.log": "app.log.1", "app.log.1": "app.log.2"}
    assert rotate_names(["app.log.2"], "app.log", 2) == {"app.log.2": ""}
    assert rotate_names(["app.log.old", "appxlog", "b.log"], "app.log", 2) == {}


def busiest_hour(stamps: list[str]) -> tuple[int, int]:
    """The hour of the day, 0 to 23, with the most entries, and how many; the earlier hour on a tie.

    Stamps contain a time like 07:15:00 somewhere. Without stamps it is (0, 0).
    """
    per_hour = [0] * 24
    for stamp in stamps:
        hour = re.search(r"(?<!\d)(\d\d):\d\d:\d\d", stamp)
        if hour:
            per_hour[int(hour[1])] += 1
    most = max(per_hour)
    return per_hour.index(most), most


def test_busiest_hour() -> None:
    assert busiest_hour([]) == (0, 0)
    assert busiest_hour(["2024-05-01T07:15:00 a", "x 07:59:59", "23:00:00"]) == (7, 2)
    assert busiest_hour(["09:00:00", "08:00:00"]) == (8, 1)
    assert busiest_hour(["no time", "[23:10:11]"]) == (23, 1)
