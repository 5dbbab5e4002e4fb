"""Checks the hand-written exercises of a folder, and prints what it found as one JSON object.

    python3 practice_functions.py FOLDER

A file is a docstring, imports from the standard library, and pairs: a function, then its `test_<name>`.
Printed: `count` (exercises), `files` (exercises by file) and `problems` (sentences; none where all is well).
"""

import ast
import builtins
import doctest
import io
import json
import re
import signal
import symtable
import sys
from contextlib import redirect_stdout
from itertools import combinations
from pathlib import Path

# Neither network nor file system nor clock: what an exercise gives depends on its arguments alone.
MODULES = set(
    "abc array ast base64 binascii bisect calendar cmath codecs collections colorsys configparser contextlib copy "
    "csv dataclasses datetime decimal difflib enum fnmatch fractions functools hashlib heapq hmac html io ipaddress "
    "itertools json keyword math numbers operator pathlib posixpath pprint queue random re reprlib secrets shlex "
    "statistics string struct tempfile textwrap tokenize types typing unicodedata urllib urllib.parse uuid xml "
    "xml.etree.ElementTree zlib".split()
)
FORBIDDEN_CALLS = {"open", "input", "exec", "eval", "compile", "breakpoint", "exit", "quit", "__import__"}
CLOCK = {"now", "utcnow", "today"}
# Python 3.9 must run them: what later versions brought.
TOO_NEW = {"pairwise", "bit_count", "batched", "cbrt", "correlation", "linear_regression", "StrEnum"}
# Of the processor, not of the clock: a busy machine fails no test.
SECONDS_PER_TEST = 10
# What a lazy answer might be: a test that any of these passes tests nothing.
STUBS = [None, True, False, 0, 1, "", [], {}, set(), ()]


class Late(Exception):
    """A test ran past its time."""


def limited(run):
    """Runs `run` within the time limit; None, or what went wrong."""

    def ring(_number, _frame):
        raise Late(f"ran past {SECONDS_PER_TEST} s")

    signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, SECONDS_PER_TEST)
    try:
        with redirect_stdout(io.StringIO()):
            run()
        return None
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class Anonymous(ast.NodeTransformer):
    """Takes away what does not change a solution's shape: names, constants, annotations and docstrings."""

    def generic_visit(self, node):
        body = getattr(node, "body", None)
        if isinstance(body, list) and len(body) > 1 and isinstance(body[0], ast.Expr):
            if isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, str):
                node.body = body[1:]
        for field in ("id", "arg", "attr", "name", "annotation", "returns", "type_comment", "value", "names", "kind"):
            if field in ("annotation", "returns") and hasattr(node, field):
                setattr(node, field, None)
            elif field == "value" and isinstance(node, ast.Constant):
                node.value = 0 if isinstance(node.value, (int, float, str, bytes)) else None
            elif isinstance(getattr(node, field, None), str):
                setattr(node, field, "_")
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            node.names = ["_" for _ in node.names]
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            return super().generic_visit(ast.Assign(targets=[node.target], value=node.value, lineno=0))
        return super().generic_visit(node)


def shape(function):
    """The syntax tree of a function without its names and constants."""
    return ast.dump(Anonymous().visit(ast.parse(ast.unparse(function)).body[0]))


def global_names(table):
    """Names that a function and what is nested in it take from outside."""
    names = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
    for child in table.get_children():
        names |= global_names(child)
    return names


def description(source_lines, function):
    """The docstring without its examples, or the comment above the function."""
    text = ast.get_docstring(function)
    if text is None:
        comment = []
        line = function.lineno - 2
        while line >= 0 and source_lines[line].startswith("#"):
            comment.insert(0, source_lines[line].lstrip("# "))
            line -= 1
        return " ".join(comment)
    return re.sub(r"(?ms)^\s*>>>.*?(?:\n\s*\n|\Z)", "", text).strip()


def too_alike(one, other):
    """Whether two descriptions are the same sentence with a few words exchanged."""
    if len(one) != len(other) or len(one) < 4:
        return one == other
    return sum(a == b for a, b in zip(one, other)) >= 0.65 * len(one)


def check_style(tree, problem):
    """What a file may contain at all, and what Python 3.9 cannot run."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module]
        else:
            modules = []
        for module in modules:
            if module not in MODULES:
                problem(f"line {node.lineno} imports {module}")
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
                problem(f"line {node.lineno} calls {node.func.id}")
            if any(keyword.arg == "strict" for keyword in node.keywords):
                problem(f"line {node.lineno} needs a later Python: strict")
        if isinstance(node, ast.Attribute) and node.attr in CLOCK:
            problem(f"line {node.lineno} reads the clock")
        if isinstance(node, (ast.Attribute, ast.Name, ast.alias)):
            name = getattr(node, "attr", None) or getattr(node, "id", None) or getattr(node, "name", None)
            if name in TOO_NEW:
                problem(f"line {node.lineno} needs a later Python: {name}")
        annotations = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        for part in (part for annotation in annotations if annotation for part in ast.walk(annotation)):
            if isinstance(part, ast.BinOp):
                problem(f"line {part.lineno} needs a later Python: | in an annotation")


def check_file(path, found, problems):
    """Checks one file and adds its exercises to `found`."""
    source = path.read_text(encoding="utf-8")
    lines = source.split("\n")

    def problem(text):
        problems.append(f"{path.name}: {text}")

    tree = ast.parse(source, feature_version=(3, 9))
    if not ast.get_docstring(tree):
        problem("has no docstring")
    check_style(tree, problem)
    imported = {
        (alias.asname or alias.name).split(".")[0]
        for node in tree.body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    tables = {table.get_name(): table for table in symtable.symtable(source, path.name, "exec").get_children()}
    rest = [node for node in tree.body[1:] if not isinstance(node, (ast.Import, ast.ImportFrom))]
    scope = {"__name__": path.stem}
    exec(compile(source, str(path), "exec"), scope)
    used = set()
    for function, test in zip(rest[::2], rest[1::2]):
        if not isinstance(function, ast.FunctionDef) or not isinstance(test, ast.FunctionDef):
            problem(f"line {function.lineno} is not a function and its test")
            return
        name = function.name
        if test.name != f"test_{name}":
            problem(f"{name} is followed by {test.name}")
            return
        asserts = sum(isinstance(node, ast.Assert) for node in ast.walk(test))
        if not 3 <= asserts <= 8:
            problem(f"{name} has {asserts} asserts")
        length = function.end_lineno - function.lineno - len((ast.get_docstring(function) or "").splitlines())
        if length > 34:
            problem(f"{name} is long: {length} lines")
        for place in (function, test):
            names = global_names(tables[place.name])
            used |= names
            unknown = names - imported - {name} - set(dir(builtins))
            if unknown:
                problem(f"{place.name} uses {', '.join(sorted(unknown))}")
        text = description(lines, function)
        if len(text) < 20:
            problem(f"{name} has no description")
        words = re.findall(r"\w+", re.split(r"\n\s*\n", text)[0].lower())
        found.append({"name": name, "file": path.name, "words": words, "shape": shape(function)})

        error = limited(scope[test.name])
        if error:
            problem(f"{test.name}: {error}")
            continue
        right = scope[name]
        stubs = [lambda *_, value=value, **__: value for value in STUBS] + [lambda *given, **_: given[0]]
        for index, stub in enumerate(stubs):
            scope[name] = stub
            if limited(scope[test.name]) is None:
                problem(f"{test.name} passes where the answer is always {(STUBS + ['the first argument'])[index]!r}")
        scope[name] = right
        for example in doctest.DocTestFinder(recurse=False).find(right, name, globs=dict(scope)):
            report = []
            late = limited(lambda: doctest.DocTestRunner(verbose=False).run(example, out=report.append))
            if late or report:
                problem(f"{name}: {late or ''.join(report)}")
    if len(rest) % 2:
        problem(f"line {rest[-1].lineno} stands alone")
    for name in sorted(imported - used):
        problem(f"imports {name} and does not use it")


def main(folder):
    found, problems = [], []
    for path in sorted(Path(folder).glob("*.py")):
        try:
            check_file(path, found, problems)
        except Exception as error:
            problems.append(f"{path.name}: {type(error).__name__}: {error}")
    names, shapes = {}, {}
    for exercise in found:
        label = f"{exercise['file']}: {exercise['name']}"
        for seen, key, what in ((names, "name", "name"), (shapes, "shape", "shape")):
            if exercise[key] in seen:
                problems.append(f"{label} has the {what} of {seen[exercise[key]]}")
            seen[exercise[key]] = label
    for one, other in combinations(found, 2):
        if too_alike(one["words"], other["words"]):
            problems.append(f"{other['file']}: {other['name']} is described like {one['name']}")
    files = {}
    for exercise in found:
        files[exercise["file"]] = files.get(exercise["file"], 0) + 1
    print(json.dumps({"count": len(found), "files": files, "problems": problems}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
