"""Parsing: small formats, notations and configuration texts, read by hand."""

from collections import ChainMap, namedtuple
from fractions import Fraction
from html import unescape
import ast
import configparser
import csv
import io
import json
import operator
import re
import shlex
import tokenize
import xml.etree.ElementTree as ET


def parse_ini_section(text: str, section: str) -> dict[str, str]:
    """Options of one section of an INI text, or an empty dictionary if there is no such section.

    Inside the section, values may refer to options of [DEFAULT], which are themselves not listed.
    """
    parser = configparser.ConfigParser()
    parser.read_string(text)
    if not parser.has_section(section):
        return {}
    return {name: value for name, value in parser.items(section) if name not in parser.defaults()}


def test_parse_ini_section() -> None:
    text = "[DEFAULT]\nhome = /srv\n[web]\nroot = %(home)s/www\nPort: 80\n[empty]\n"
    assert parse_ini_section(text, "web") == {"root": "/srv/www", "port": "80"}
    assert parse_ini_section(text, "empty") == {}
    assert parse_ini_section(text, "mail") == {}
    assert parse_ini_section("[a]\nx=1", "a") == {"x": "1"}


def rule_applies(rule, facts):
    """Decide whether a rule such as 'rain and not (wind or snow)' holds, given the facts that are true.

    'not' binds closest, then 'and', then 'or'; there may be brackets.
    """
    tokens = re.findall(r"\w+|[()]", rule)

    def unit() -> bool:
        token = tokens.pop(0)
        if token == "not":
            return not unit()
        if token == "(":
            value = either()
            tokens.pop(0)
            return value
        return token in facts

    def both() -> bool:
        value = unit()
        while tokens and tokens[0] == "and":
            tokens.pop(0)
            value = unit() and value
        return value

    def either() -> bool:
        value = both()
        while tokens and tokens[0] == "or":
            tokens.pop(0)
            value = both() or value
        return value

    return either()


def test_rule_applies() -> None:
    assert rule_applies("rain", {"rain"}) is True
    assert rule_applies("rain and not (wind or snow)", {"rain"}) is True
    assert rule_applies("rain and not (wind or snow)", {"rain", "snow"}) is False
    assert rule_applies("a or b and c", {"a"}) is True
    assert rule_applies("(a or b) and c", {"a"}) is False
    assert rule_applies("not not a", {"a"}) is True
    assert rule_applies("not a and b", set()) is False


def reverse_polish(program: str) -> list[float]:
    """Run a line for a stack calculator and return the stack.

    Words are numbers, the operators + - * /, 'dup' (copy the top), 'swap' (exchange the upper two) and
    'drop' (throw the top away). An unknown word raises ValueError.
    """
    stack: list[float] = []
    for word in program.split():
        if word in ("+", "-", "*", "/"):
            b, a = stack.pop(), stack.pop()
            operation = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[word]
            stack.append(operation(a, b))
        elif word == "dup":
            stack.append(stack[-1])
        elif word == "swap":
            stack[-2:] = reversed(stack[-2:])
        elif word == "drop":
            stack.pop()
        else:
            stack.append(float(word))
    return stack


def test_reverse_polish() -> None:
    assert reverse_polish("") == []
    assert reverse_polish("3 4 + 2 *") == [14]
    assert reverse_polish("10 4 - 3 /") == [2]
    assert reverse_polish("5 dup *") == [25]
    assert reverse_polish("1 2 3 drop swap") == [2, 1]
    try:
        reverse_polish("1 plus")
        assert False, "must refuse"
    except ValueError:
        pass


def parse_query(text: str) -> dict[str, list[str]]:
    """Take a search line apart into its filters and words.

    A word 'name:value' is a filter; a value may be quoted to contain spaces. All other words are collected
    under the empty name. Repeated filters are collected in order.
    """
    found: dict[str, list[str]] = {"": []}
    for match in re.finditer(r'(?:(\w+):)?(?:"([^"]*)"|(\S+))', text):
        name, quoted, plain = match.groups()
        found.setdefault(name or "", []).append(plain if quoted is None else quoted)
    return found


def test_parse_query() -> None:
    assert parse_query("") == {"": []}
    assert parse_query("red shoes size:42") == {"": ["red", "shoes"], "size": ["42"]}
    assert parse_query('by:"Ann Lee" by:Bo "rain coat"') == {"": ["rain coat"], "by": ["Ann Lee", "Bo"]}
    assert parse_query('tag:""') == {"": [], "tag": [""]}


def parse_dice(text: str) -> tuple[int, int, int]:
    """Read dice notation: '2d6+1' are two dice with six sides, plus one. The count may be missing (one die), and
    so may the bonus (zero).

    :raises ValueError: if the text is not dice notation.
    """
    match = re.fullmatch(r"(\d*)d(\d+)([+-]\d+)?", text.replace(" ", "").lower())
    if not match:
        raise ValueError(f"not dice: {text}")
    count, sides, bonus = match.groups()
    return int(count or 1), int(sides), int(bonus or 0)


def test_parse_dice() -> None:
    assert parse_dice("2d6+1") == (2, 6, 1)
    assert parse_dice("d20") == (1, 20, 0)
    assert parse_dice("3 D 8 - 2") == (3, 8, -2)
    for wrong in ("2x6", "", "2d", "2d6+"):
        try:
            parse_dice(wrong)
            assert False, "must refuse"
        except ValueError:
            pass


# Remove // comments up to the end of the line, and /* */ comments, from a C-like text.
#
# Whatever stands in double quotes is left alone, escaped quotes included. Line breaks stay unless they are
# inside a comment.
def strip_comments(source):
    pattern = r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/'
    return re.sub(pattern, lambda match: match[1] or "", source, flags=re.DOTALL)


def test_strip_comments() -> None:
    assert strip_comments("") == ""
    assert strip_comments("a; // b\nc") == "a; \nc"
    assert strip_comments("a /* b\n // */ c") == "a  c"
    assert strip_comments('x = "// no"; // yes') == 'x = "// no"; '
    assert strip_comments(r'"\"/*" /* y */') == r'"\"/*" '


def parse_table(text: str) -> list[dict[str, str]]:
    """Read a table whose cells are separated by '|'; the first line names the columns, and lines made only of
    hyphens, bars, colons and spaces are rules to be skipped.

    >>> parse_table("name | age\\n-----+----\\nIda | 7")
    [{'name': 'Ida', 'age': '7'}]
    """
    lines = [line for line in text.splitlines() if line.strip("-+|: ")]
    if not lines:
        return []
    header, *rows = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines)
    return [dict(zip(header, row)) for row in rows]


def test_parse_table() -> None:
    assert parse_table("") == []
    assert parse_table("a|b\n-|-\n") == []
    assert parse_table("| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 |  |") == [{"a": "1", "b": "2"}, {"a": "3", "b": ""}]
    assert parse_table("x\n\n5") == [{"x": "5"}]


def nested_list(text):
    """Parse lists of words in round brackets, nested to any depth.

    >>> nested_list("(add 1 (mul x 2))")
    ['add', '1', ['mul', 'x', '2']]
    """
    stack: list[list] = [[]]
    for token in re.findall(r"[()]|[^\s()]+", text):
        if token == "(":
            stack.append([])
        elif token == ")":
            finished = stack.pop()
            stack[-1].append(finished)
        else:
            stack[-1].append(token)
    return stack[0][0]


def test_nested_list() -> None:
    assert nested_list("()") == []
    assert nested_list("(a)") == ["a"]
    assert nested_list("(a (b) () ((c d)))") == ["a", ["b"], [], [["c", "d"]]]
    assert nested_list(" ( x\n(y) ) ") == ["x", ["y"]]


def outline_to_tree(text: str) -> list:
    """Turn an outline, indented by two spaces a level, into a list of [title, children] lists.

    Blank lines do not count.
    """
    root: list = []
    levels = [root]
    for line in text.splitlines():
        title = line.strip()
        if not title:
            continue
        depth = (len(line) - len(line.lstrip())) // 2
        del levels[depth + 1 :]
        children: list = []
        levels[depth].append([title, children])
        levels.append(children)
    return root


def test_outline_to_tree() -> None:
    assert outline_to_tree("") == []
    assert outline_to_tree("a\nb") == [["a", []], ["b", []]]
    assert outline_to_tree("a\n  b\n    c\n\n  d\ne") == [["a", [["b", [["c", []]]], ["d", []]]], ["e", []]]


# Read a file size such as '1.5 KiB', '20MB' or '7' in bytes.
#
# k, M, G and T count in thousands; with an 'i' they count in 1024s. The final B is optional, and case does not
# matter. The result is rounded down.
def parse_size(text: str) -> int:
    match = re.fullmatch(r"\s*([\d.]+)\s*([kmgt]?)(i?)b?\s*", text.lower())
    if match is None:
        raise ValueError(f"not a size: {text!r}")
    number, prefix, binary = match.groups()
    power = " kmgt".index(prefix) if prefix else 0
    return int(Fraction(number) * (1024 if binary else 1000) ** power)


def test_parse_size() -> None:
    assert parse_size("7") == 7
    assert parse_size("1.5 KiB") == 1536
    assert parse_size("20MB") == 20_000_000
    assert parse_size("0.1 k") == 100
    assert parse_size("2Ti") == 2 * 1024**4
    try:
        parse_size("many")
        assert False, "must refuse"
    except ValueError:
        pass


def parse_header(line: str) -> tuple[str, dict[str, str]]:
    """Split an HTTP header value into its main part and its parameters.

    >>> parse_header('text/html; charset="utf-8"; q=1')
    ('text/html', {'charset': 'utf-8', 'q': '1'})
    """
    main, *extras = (part.strip() for part in line.split(";"))
    parameters = {}
    for extra in filter(None, extras):
        name, _, value = extra.partition("=")
        parameters[name.strip().lower()] = value.strip().strip('"')
    return main, parameters


def test_parse_header() -> None:
    assert parse_header("") == ("", {})
    assert parse_header("text/plain") == ("text/plain", {})
    assert parse_header("a/b ; Q = 0.5;") == ("a/b", {"q": "0.5"})
    assert parse_header('x; name="a b"; flag') == ("x", {"name": "a b", "flag": ""})


def literal_assignments(source: str) -> dict[str, object]:
    """Collect what a Python source assigns to plain names at top level, as far as the values are literals.

    Anything else is skipped; of several assignments to a name the last one counts.
    """
    values = {}
    for statement in ast.parse(source).body:
        if not isinstance(statement, ast.Assign):
            continue
        try:
            value = ast.literal_eval(statement.value)
        except ValueError:
            continue
        values.update({target.id: value for target in statement.targets if isinstance(target, ast.Name)})
    return values


def test_literal_assignments() -> None:
    assert literal_assignments("") == {}
    assert literal_assignments("a = 1\nb = c = [2, 'x']\nd = f()\ne: int = 3") == {"a": 1, "b": [2, "x"], "c": [2, "x"]}
    assert literal_assignments("a = 1\nif a:\n    a = 2\nz.y = 5") == {"a": 1}
    assert literal_assignments("a = 1\na = -2") == {"a": -2}


def parse_route(pattern: str, path: str):
    """Match a web path against a route like '/users/{id}/posts/{post}'.

    Returns the values of the placeholders, each of which stands for one segment, or None.

    >>> parse_route("/users/{id}", "/users/42")
    {'id': '42'}
    """
    regex = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(pattern))
    match = re.fullmatch(regex, path)
    return match and match.groupdict()


def test_parse_route() -> None:
    assert parse_route("/users/{id}", "/users/42") == {"id": "42"}
    assert parse_route("/users/{id}/posts/{post}", "/users/ann/posts/7") == {"id": "ann", "post": "7"}
    assert parse_route("/about.html", "/about.html") == {}
    assert parse_route("/about.html", "/aboutxhtml") is None
    assert parse_route("/users/{id}", "/users/1/2") is None


def xml_prices(document: str) -> dict[str, float]:
    """Names and prices from <item name="...">price</item> elements anywhere in an XML document; items that lack
    a name or whose text is empty are left out."""
    prices = {}
    for item in ET.fromstring(document).iter("item"):
        name, text = item.get("name"), (item.text or "").strip()
        if name and text:
            prices[name] = float(text)
    return prices


def test_xml_prices() -> None:
    assert xml_prices("<shop/>") == {}
    shop = "<shop><item name='tea'>3.5</item><sale><item name='jam'> 2 </item></sale></shop>"
    assert xml_prices(shop) == {"tea": 3.5, "jam": 2.0}
    assert xml_prices("<s><item>1</item><item name='x'/><item name='y'> </item></s>") == {}
    assert xml_prices("<item name='solo'>1e2</item>") == {"solo": 100.0}


# Names that a piece of Python uses as identifiers (keywords too), each once, in order of appearance. Texts and
# comments do not count.
def identifiers(source):
    reader = io.StringIO(source).readline
    names = (token.string for token in tokenize.generate_tokens(reader) if token.type == tokenize.NAME)
    return list(dict.fromkeys(names))


def test_identifiers() -> None:
    assert identifiers("") == []
    assert identifiers("x = y + x  # z\n") == ["x", "y"]
    assert identifiers("def f(a): return 'b'\n") == ["def", "f", "a", "return"]
    assert identifiers("straße = 1\n") == ["straße"]


def tag_text(html: str) -> str:
    """Plain text of a simple piece of HTML.

    <br> becomes a line break, all other tags vanish, entities become the characters they stand for, and runs
    of spaces become one.
    """
    text = re.sub(r"(?i)<br\s*/?>", "\n", html)
    text = unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"[ \t]+", " ", text).strip()


def test_tag_text() -> None:
    assert tag_text("") == ""
    assert tag_text("<p>Fish &amp; <b>chips</b></p>") == "Fish & chips"
    assert tag_text("a<br/>b<BR>c") == "a\nb\nc"
    assert tag_text("<i>1   &lt; 2</i>") == "1 < 2"
    assert tag_text("caf&eacute;") == "café"


def srt_to_cues(text: str) -> list[tuple[float, float, str]]:
    """Read subtitles in SubRip form.

    A block is a number, a line '00:00:01,500 --> 00:00:04,000' and lines of text; blocks are separated by
    blank lines. The result holds start and end in seconds, and the text with its lines joined by ' / '.
    """

    def seconds(stamp: str) -> float:
        hours, minutes, rest = stamp.replace(",", ".").split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(rest)

    cues = []
    for block in filter(None, re.split(r"\n\s*\n", text.strip())):
        _, times, *spoken = block.splitlines()
        start, end = times.split(" --> ")
        cues.append((seconds(start), seconds(end), " / ".join(spoken)))
    return cues


def test_srt_to_cues() -> None:
    assert srt_to_cues("") == []
    assert srt_to_cues("1\n00:00:01,500 --> 00:00:04,000\nHello,\nworld") == [(1.5, 4.0, "Hello, / world")]
    two = "1\n00:00:00,000 --> 00:01:00,250\na\n\n\n2\n01:00:00,000 --> 01:00:01,000\nb\n"
    assert srt_to_cues(two) == [(0.0, 60.25, "a"), (3600.0, 3601.0, "b")]


def parse_signature(text: str) -> dict[str, str]:
    """Parameters of a declaration 'name(a: int, b: str)' with their types, in order; 'any' where none is given.

    Types may contain commas in square brackets.

    >>> parse_signature("get(table: dict[str, int], key: str)")
    {'table': 'dict[str, int]', 'key': 'str'}
    """
    inner = text[text.index("(") + 1 : text.rindex(")")]
    parameters = re.split(r",\s*(?![^\[]*\])", inner) if inner.strip() else []
    pairs = (parameter.partition(":") for parameter in parameters)
    return {name.strip(): kind.strip() or "any" for name, _, kind in pairs}


def test_parse_signature() -> None:
    assert parse_signature("f()") == {}
    assert parse_signature("add(a: int, b)") == {"a": "int", "b": "any"}
    assert parse_signature("get(table: dict[str, int], key: str)") == {"table": "dict[str, int]", "key": "str"}
    assert parse_signature("f( x )") == {"x": "any"}


def layered_settings(*layers: str) -> dict[str, object]:
    """Merge settings given as JSON objects; earlier layers override later ones. null takes a setting away
    altogether, whatever later layers say."""
    merged = ChainMap(*(json.loads(layer) for layer in layers))
    return {name: merged[name] for name in sorted(merged) if merged[name] is not None}


def test_layered_settings() -> None:
    assert layered_settings() == {}
    assert layered_settings('{"a": 1}', '{"a": 2, "b": 3}') == {"a": 1, "b": 3}
    assert layered_settings('{"b": null}', '{"a": 2, "b": 3}') == {"a": 2}
    assert layered_settings('{"a": 1}', '{"a": null}') == {"a": 1}


def parse_moves(text: str) -> tuple[int, int]:
    """Follow directions such as '3 north, 1 east, 5 south' from (0, 0) and return (x, y), east and north being
    positive; words may be shortened to their first letter."""
    steps = {"n": (0, 1), "s": (0, -1), "e": (1, 0), "w": (-1, 0)}
    x = y = 0
    for amount, way in re.findall(r"(\d+)\s*([nsew])", text.lower()):
        dx, dy = steps[way]
        x, y = x + int(amount) * dx, y + int(amount) * dy
    return x, y


def test_parse_moves() -> None:
    assert parse_moves("") == (0, 0)
    assert parse_moves("3 north, 1 east, 5 south") == (1, -2)
    assert parse_moves("2W 10e") == (8, 0)
    assert parse_moves("1 South") == (0, -1)


def to_arguments(line: str):
    """Parse a command line into (command, flags, positionals).

    '--name=value' and '--name' (value True) are flags, '-xyz' means the flags x, y and z, and after a lone
    '--' everything is positional. Quotes work as in a shell.
    """
    Command = namedtuple("Command", "command flags positionals")
    command, *words = shlex.split(line)
    flags: dict[str, object] = {}
    positionals = []
    while words:
        word = words.pop(0)
        if word == "--":
            positionals += words
            break
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            flags[name] = value if equals else True
        elif word.startswith("-") and len(word) > 1:
            flags.update(dict.fromkeys(word[1:], True))
        else:
            positionals.append(word)
    return Command(command, flags, positionals)


def test_to_arguments() -> None:
    assert to_arguments("ls") == ("ls", {}, [])
    assert to_arguments("cp -rv --mode='a b' x y") == ("cp", {"r": True, "v": True, "mode": "a b"}, ["x", "y"])
    assert to_arguments("rm -- -f").positionals == ["-f"]
    assert to_arguments("cat - --quiet").flags == {"quiet": True}
    assert to_arguments("cat -").positionals == ["-"]


def knitting_row(pattern: str) -> str:
    """Write out a row of a knitting pattern stitch by stitch.

    'k3' is three knit stitches, 'p1' one purl stitch; a part in brackets followed by 'xN' is repeated, and brackets
    may be nested. Commas and spaces do not matter.

    >>> knitting_row("k2, (p1, k1)x2")
    'kkpkpk'
    """
    row = re.sub(r"[,\s]", "", pattern)
    row = re.sub(r"([kp])(\d+)", lambda match: match[1] * int(match[2]), row)
    while "(" in row:
        row = re.sub(r"\(([kp]*)\)x(\d+)", lambda match: match[1] * int(match[2]), row)
    return row


def test_knitting_row() -> None:
    assert knitting_row("") == ""
    assert knitting_row("k3, p1") == "kkkp"
    assert knitting_row("(k1 p2)x2, k10") == "kppkpp" + "k" * 10
    assert knitting_row("((k1, p1)x2, k1) x 2") == "kpkpkkpkpk"
    assert knitting_row("(p1)x0 k1") == "k"


def csv_to_columns(text: str, separator: str = ",") -> dict[str, list[str]]:
    """Columns of a CSV text by their headings. Missing cells at the end of a row are empty texts; cells beyond
    the headings are ignored.

    >>> csv_to_columns("")
    {}
    """
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    columns: dict[str, list[str]] = {}
    for place, heading in enumerate(rows[0] if rows else []):
        columns[heading] = [row[place] if place < len(row) else "" for row in rows[1:]]
    return columns


def test_csv_to_columns() -> None:
    assert csv_to_columns("") == {}
    assert csv_to_columns("a,b\n1,2\n3,4\n") == {"a": ["1", "3"], "b": ["2", "4"]}
    assert csv_to_columns('a;b\n"x;y"\n1;2;3\n', ";") == {"a": ["x;y", "1"], "b": ["", "2"]}
    assert csv_to_columns("h") == {"h": []}


def cells_of(reference: str) -> list[str]:
    """Cells meant by a spreadsheet reference such as 'B2:C3,E1', each range row by row; columns are single letters.

    >>> cells_of("A1:B2")
    ['A1', 'B1', 'A2', 'B2']
    """
    cells = []
    for part in reference.replace(" ", "").split(","):
        first, _, last = part.partition(":")
        last = last or first
        for row in range(int(first[1:]), int(last[1:]) + 1):
            cells += [f"{chr(column)}{row}" for column in range(ord(first[0]), ord(last[0]) + 1)]
    return cells


def test_cells_of() -> None:
    assert cells_of("E1") == ["E1"]
    assert cells_of("B2:C3, E1") == ["B2", "C2", "B3", "C3", "E1"]
    assert cells_of("A9:A11") == ["A9", "A10", "A11"]
    assert cells_of("C1:A1") == []
