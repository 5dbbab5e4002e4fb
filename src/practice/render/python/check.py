# Calls renderings with their examples. Before this text stands `renderings`: a list of the code, the entry's name, and
# the source of a list of (arguments, expected) where an expected error is `raised`.
import io
import math
import signal
import sys


class OutOfTime(BaseException):
    pass


def out_of_time(number, frame):
    raise OutOfTime("out of time")


def same(a, b):
    if isinstance(b, float):
        if isinstance(a, bool) or not isinstance(a, (int, float)):
            return False
        return a == b or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) or (a != a and b != b)
    if type(a) is not type(b):
        return False
    if isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(b, dict):
        return len(a) == len(b) and all(key in a and same(a[key], b[key]) for key in b)
    if hasattr(b, "__dict__"):
        return same(vars(a), vars(b))
    return a == b


def first_difference(code, entry, cases):
    namespace = {"__name__": "program"}
    exec(compile(code, "program", "exec"), namespace)
    function = namespace[entry]
    values = {"date": __import__("datetime").date, "timedelta": __import__("datetime").timedelta, **namespace}
    for arguments, expected in eval(cases, {**values, "raised": raised}):
        try:
            result = function(*arguments)
        except Exception as error:
            if expected is raised:
                continue
            return f"{entry}{arguments!r} raised {error!r}, expected {expected!r}"
        if expected is raised:
            return f"{entry}{arguments!r} is {result!r}, expected an error"
        if not same(result, expected):
            return f"{entry}{arguments!r} is {result!r}, expected {expected!r}"
    return "ok"


raised = object()
output, sys.stdout = sys.stdout, io.StringIO()
signal.signal(signal.SIGVTALRM, out_of_time)
for index, (code, entry, cases) in enumerate(renderings):
    signal.setitimer(signal.ITIMER_VIRTUAL, 1)
    try:
        answer = first_difference(code, entry, cases)
    except BaseException as error:
        answer = f"{type(error).__name__}: {error}"
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    output.write(f"{index} {' '.join(answer[:500].split())}\n")
output.flush()
