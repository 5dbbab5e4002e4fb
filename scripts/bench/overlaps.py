"""Prints, for each problem of `data`, the first solution that passes its test: the id, a tab, the solution's index."""

import inspect
import json
import signal
import sys


class TooSlow(BaseException):
    pass


def interrupt(_signal, _frame):
    raise TooSlow


def quietly(work, seconds):
    """What `work` returns, or None where it raises or takes too long."""
    try:
        # The alarm may still come while the inner block ends.
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            return work()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except BaseException:
        return None


def define(source, name):
    names = {}
    exec(source, names)
    return names[name]


def parameters(function):
    return len(inspect.signature(function).parameters)


def passes(test, name, function):
    exec(test, {name: function})
    return True


signal.signal(signal.SIGALRM, interrupt)
given = json.loads(data)
by_count = {}
for index, (code, entry) in enumerate(given["solutions"]):
    function = quietly(lambda: define(code, entry), 1)
    if inspect.isfunction(function):
        by_count.setdefault(parameters(function), []).append((index, function))

out = sys.stdout
sys.stdout = open("/dev/null", "w")
for problem in given["problems"]:
    reference = quietly(lambda: define(problem["reference"], problem["name"]), 5)
    if reference is None:
        continue
    for index, function in by_count.get(parameters(reference), []):
        if quietly(lambda: passes(problem["test"], problem["name"], function), 0.25):
            print(f"{problem['id']}\t{index}", file=out)
            break
sys.stdout = out
