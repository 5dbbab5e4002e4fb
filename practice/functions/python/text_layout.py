"""Text layout: tables, boxes, columns, captions and everything else set in a fixed-width font."""

from itertools import zip_longest
import re
import textwrap
import unicodedata


def text_table(rows: list[list[str]]) -> str:
    """Lay rows out as a table: columns as wide as their widest cell, two spaces apart, no trailing spaces.

    >>> print(text_table([["name", "qty"], ["bolt", "12"]]))
    name  qty
    bolt  12
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    lines = []
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths))
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def test_text_table() -> None:
    assert text_table([]) == ""
    assert text_table([["a"]]) == "a"
    assert text_table([["a", "b"], ["ccc", "d"]]) == "a    b\nccc  d"
    assert text_table([["", "x"], ["yy", ""]]) == "    x\nyy"


def boxed(text: str) -> str:
    """Draw a box of plus signs, hyphens and bars around some lines of text.

    >>> print(boxed("hi"))
    +----+
    | hi |
    +----+
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    edge = "+" + "-" * (width + 2) + "+"
    return "\n".join([edge, *(f"| {line:<{width}} |" for line in lines), edge])


def test_boxed() -> None:
    assert boxed("") == "+--+\n|  |\n+--+"
    assert boxed("one\nthree").split("\n")[1] == "| one   |"
    assert boxed("abc").split("\n")[0] == "+-----+"
    assert boxed("a\nb").count("\n") == 3


# Write a heading with a rule of the same length below it: '=' at level 1, '-' at level 2, '~' deeper.
def underline_heading(title, level=1):
    mark = {1: "=", 2: "-"}.get(level, "~")
    return f"{title}\n{mark * len(title)}"


def test_underline_heading() -> None:
    assert underline_heading("Salt") == "Salt\n===="
    assert underline_heading("Two words", 2) == "Two words\n---------"
    assert underline_heading("x", 5) == "x\n~"
    assert underline_heading("") == "\n"


def ellipsize_middle(text, width):
    """Shorten a long text to exactly `width` characters by putting '…' in its middle.

    If the kept characters cannot be halved, the front gets one more. Short texts stay as they are.

    >>> ellipsize_middle("photograph.jpeg", 9)
    'phot…jpeg'
    """
    if len(text) <= width:
        return text
    kept = width - 1
    tail = kept // 2
    head = kept - tail
    return text[:head] + "…" + text[len(text) - tail :]


def test_ellipsize_middle() -> None:
    assert ellipsize_middle("short", 5) == "short"
    assert ellipsize_middle("abcdef", 4) == "ab…f"
    assert ellipsize_middle("abcdef", 1) == "…"
    assert ellipsize_middle("abcdef", 2) == "a…"
    assert ellipsize_middle("Überfahrt", 5) == "Üb…rt"


# Puts every item on a line of its own, with a bullet; an item that contains line breaks is continued
# under its first letter, not under the bullet.
def bullet_list(items, bullet="*"):
    hanging = "\n" + " " * (len(bullet) + 1)
    return "\n".join(f"{bullet} {hanging.join(item.splitlines())}" for item in items)


def test_bullet_list() -> None:
    assert bullet_list([]) == ""
    assert bullet_list(["tea", "rice"]) == "* tea\n* rice"
    assert bullet_list(["tea\ngreen"], "--") == "-- tea\n   green"
    assert bullet_list(["a\nb", "c"]) == "* a\n  b\n* c"


def align_decimal_points(numbers: list[str]) -> list[str]:
    """Pad numbers on the left so that their decimal points stand under one another.

    A number without a point is treated as if one followed its last digit. Nothing is added on the right.
    """
    whole = [number.split(".")[0] for number in numbers]
    widest = max(map(len, whole), default=0)
    return [" " * (widest - len(front)) + number for front, number in zip(whole, numbers)]


def test_align_decimal_points() -> None:
    assert align_decimal_points([]) == []
    assert align_decimal_points(["3.14", "100", "22.5"]) == ["  3.14", "100", " 22.5"]
    assert align_decimal_points(["-1.5", "1.25"]) == ["-1.5", " 1.25"]
    assert align_decimal_points([".5", "7"]) == [" .5", "7"]


def side_by_side(left: str, right: str, gap: int = 3) -> str:
    """Print two texts next to each other, line by line; the shorter one simply ends sooner.

    :param left: text of the left column.
    :param right: text of the right column.
    :param gap: spaces between the longest left line and the right column.
    :returns: the joined lines, without spaces at their ends.
    """
    one, two = left.splitlines(), right.splitlines()
    width = max(map(len, one), default=0) + gap
    pairs = zip_longest(one, two, fillvalue="")
    return "\n".join((a.ljust(width) + b).rstrip() for a, b in pairs)


def test_side_by_side() -> None:
    assert side_by_side("a\nbb", "x\ny") == "a    x\nbb   y"
    assert side_by_side("a", "x\ny", 1) == "a x\n  y"
    assert side_by_side("a\nb", "x", 1) == "a x\nb"
    assert side_by_side("", "x", 2) == "  x"


def dot_leaders(title: str, page: int, width: int) -> str:
    """Set one line of a table of contents, the title and the page joined by dots.

    There is a space on either side of the dots, and at least three of them even where the line gets too long.
    """
    number = str(page)
    dots = max(3, width - len(title) - len(number) - 2)
    return f"{title} {'.' * dots} {number}"


def test_dot_leaders() -> None:
    assert dot_leaders("Soups", 7, 16) == "Soups ........ 7"
    assert dot_leaders("Soups", 112, 16) == "Soups ...... 112"
    assert dot_leaders("A very long title", 3, 10) == "A very long title ... 3"
    assert len(dot_leaders("", 1, 30)) == 30


def reflow(text: str, width: int) -> str:
    """Fill every paragraph anew to the given width.

    Paragraphs are separated by one or more blank lines; in the result by exactly one.
    """
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(textwrap.fill(" ".join(p.split()), width) for p in paragraphs)


def test_reflow() -> None:
    assert reflow("", 10) == ""
    assert reflow("one two\nthree", 9) == "one two\nthree"
    assert reflow("one\ntwo\n\n\n\nthree  four", 20) == "one two\n\nthree four"
    assert reflow("a b c d", 3) == "a b\nc d"


def braced(lines: list[str], note: str) -> str:
    """Draw a brace to the right of some lines and write a note beside its middle.

    The brace is made of '\\' at the top, '|' and '/' at the bottom, one space behind the longest line, or is a '}' for
    a single line. The note stands one space behind it, on the upper of two middle lines.
    """
    width = max(map(len, lines), default=0)
    bottom = len(lines) - 1
    drawn = []
    for row, line in enumerate(lines):
        mark = "}" if bottom == 0 else "\\" if row == 0 else "/" if row == bottom else "|"
        text = f"{line:<{width}} {mark}"
        drawn.append(f"{text} {note}" if row == bottom // 2 else text)
    return "\n".join(drawn)


def test_braced() -> None:
    assert braced([], "x") == ""
    assert braced(["tea"], "hot") == "tea } hot"
    assert braced(["tea", "coffee"], "hot") == "tea    \\ hot\ncoffee /"
    assert braced(["a", "b", "c"], "abc") == "a \\\nb | abc\nc /"


def strip_margin(text: str, mark: str = "|") -> str:
    """Remove everything up to and including the margin mark from each line that begins, after blanks, with it.

    >>> strip_margin("  |one\\n    | two")
    'one\\n two'
    """
    return re.sub(rf"(?m)^[ \t]*{re.escape(mark)}", "", text)


def test_strip_margin() -> None:
    assert strip_margin("") == ""
    assert strip_margin("  |a\n  b|c") == "a\n  b|c"
    assert strip_margin("\t||x") == "|x"
    assert strip_margin("  > q\n>r", ">") == " q\nr"


def zebra(lines: list[str], tint: str = "░") -> list[str]:
    """Make a list easier to read: put a tint before every second line and a blank before the others."""
    return [(tint if row % 2 else " ") + line for row, line in enumerate(lines)]


def test_zebra() -> None:
    assert zebra([]) == []
    assert zebra(["a", "b", "c"]) == [" a", "░b", " c"]
    assert zebra(["a", "b"], "#") == [" a", "#b"]
    assert zebra([""]) == [" "]


def visual_width(text: str) -> int:
    """How many terminal cells does a text take?

    Wide and full-width characters take two cells, combining marks none, all others one.

    >>> visual_width("tea")
    3
    """
    cells = 0
    for char in text:
        if unicodedata.combining(char):
            continue
        cells += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return cells


def test_visual_width() -> None:
    assert visual_width("") == 0
    assert visual_width("tea") == 3
    assert visual_width("茶") == 2
    assert visual_width("お茶 x") == 6
    assert visual_width("e\u0301t") == 2


def bar_line(label: str, value: float, largest: float, width: int = 20) -> str:
    """One line of a bar chart, such as 'tea    |#####'.

    The label is padded to six characters; the bar is proportional to value, `width` marks long for the
    largest, and rounded to whole marks. Where the largest is zero no mark is drawn.
    """
    marks = round(width * value / largest) if largest else 0
    return f"{label:<6} |{'#' * marks}"


def test_bar_line() -> None:
    assert bar_line("tea", 5, 20) == "tea    |#####"
    assert bar_line("coffee", 20, 20, 4) == "coffee |####"
    assert bar_line("milk", 0, 20) == "milk   |"
    assert bar_line("x", 0, 0) == "x      |"


def sparkline(values):
    """Draw numbers as a row of eight-step blocks, from the smallest '▁' to the largest '█'.

    If all are equal, the lowest block is used for each.

    >>> sparkline([0, 1, 2, 3, 4, 5, 6, 7])
    '▁▂▃▄▅▆▇█'
    """
    blocks = "▁▂▃▄▅▆▇█"
    if not values:
        return ""
    low, high = min(values), max(values)
    spread = (high - low) or 1
    return "".join(blocks[int((value - low) / spread * (len(blocks) - 1))] for value in values)


def test_sparkline() -> None:
    assert sparkline([]) == ""
    assert sparkline([4, 4]) == "▁▁"
    assert sparkline([0, 7]) == "▁█"
    assert sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█"
    assert sparkline([-10, 0, 10]) == "▁▄█"


def number_lines(source: str, first: int = 1) -> str:
    """Prefix each line with its right-aligned number and a colon.

    >>> print(number_lines("a\\nb", 9))
     9: a
    10: b
    """
    lines = source.split("\n")
    digits = len(str(first + len(lines) - 1))
    return "\n".join(f"{n:>{digits}}: {line}" for n, line in enumerate(lines, first))


def test_number_lines() -> None:
    assert number_lines("") == "1: "
    assert number_lines("x\ny") == "1: x\n2: y"
    assert number_lines("x\ny", 99) == " 99: x\n100: y"
    assert number_lines("\n".join("abcdefghij")).split("\n")[0] == " 1: a"


def unwrap_quoted_mail(message):
    """Tell for every line of a mail how deeply it is quoted, and what it says without its marks.

    A mark is '>' with or without a space after it.

    >>> unwrap_quoted_mail(">  two")
    [(1, ' two')]
    """
    result = []
    for line in message.splitlines():
        depth = 0
        while line.startswith(">"):
            depth += 1
            line = line[1:]
            if line.startswith(" "):
                line = line[1:]
        result.append((depth, line))
    return result


def test_unwrap_quoted_mail() -> None:
    assert unwrap_quoted_mail("") == []
    assert unwrap_quoted_mail("yes\n> really?\n> > sure") == [(0, "yes"), (1, "really?"), (2, "sure")]
    assert unwrap_quoted_mail(">>x") == [(2, "x")]
    assert unwrap_quoted_mail(">  two") == [(1, " two")]
    assert unwrap_quoted_mail("a > b") == [(0, "a > b")]


def marquee(text: str, width: int):
    """Yield the frames of a running light: `text` enters a window of `width` from the right and leaves it on
    the left, one character a frame. The first and the last frame are blank."""
    padding = " " * width
    tape = padding + text + padding
    for offset in range(len(tape) - width + 1):
        yield tape[offset : offset + width]


def test_marquee() -> None:
    assert list(marquee("", 2)) == ["  ", "  ", "  "]
    assert list(marquee("ab", 1)) == [" ", "a", "b", " "]
    assert list(marquee("ab", 3)) == ["   ", "  a", " ab", "ab ", "b  ", "   "]


def columns_down(items: list[str], count: int) -> list[list[str]]:
    """Arrange items as a newspaper does: down the first column, then down the next one.

    Returns the rows. Columns are filled as evenly as rows allow, so the last row may be short.

    >>> columns_down(list("abcde"), 2)
    [['a', 'd'], ['b', 'e'], ['c']]
    """
    height = -(-len(items) // count)
    return [items[row::height] for row in range(height)]


def test_columns_down() -> None:
    assert columns_down([], 3) == []
    assert columns_down(["a"], 3) == [["a"]]
    assert columns_down(list("abcdef"), 3) == [["a", "c", "e"], ["b", "d", "f"]]
    assert columns_down(list("abc"), 1) == [["a"], ["b"], ["c"]]


def hang_speaker(name: str, speech: str, width: int) -> str:
    """Format a line of a play: the name in capitals, a full stop, then the speech; further lines are indented
    by four spaces and no line is longer than the width.

    >>> hang_speaker("Rosa", "Go.", 20)
    'ROSA. Go.'
    """
    return textwrap.fill(f"{name.upper()}. {speech}", width, subsequent_indent="    ")


def test_hang_speaker() -> None:
    assert hang_speaker("Rosa", "Go.", 20) == "ROSA. Go."
    assert hang_speaker("Rosa", "I will go now", 12) == "ROSA. I will\n    go now"
    assert hang_speaker("émil", "Oui", 20) == "ÉMIL. Oui"


def center_poem(lines: list[str]) -> list[str]:
    """Centre the lines of a poem under its longest one, leaning left when it cannot be exact.

    Lines are stripped first, and no spaces are left behind them.

    >>> center_poem(["abcd", "x", ""])
    ['abcd', ' x', '  ']
    """
    stripped = [line.strip() for line in lines]
    longest = max((len(line) for line in stripped), default=0)
    return [" " * ((longest - len(line)) // 2) + line for line in stripped]


def test_center_poem() -> None:
    assert center_poem([]) == []
    assert center_poem(["the sea ", "ah"]) == ["the sea", "  ah"]
    assert center_poem(["abcd", "x", ""]) == ["abcd", " x", "  "]
    assert center_poem(["  solo  "]) == ["solo"]


def squeeze_blank_lines(text: str) -> str:
    """Collapse runs of empty lines into one, and drop them at the beginning and at the end.

    A line of nothing but spaces or tabs is empty too.
    """
    kept: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            kept.append(line)
        elif kept and kept[-1]:
            kept.append("")
    return "\n".join(kept).rstrip("\n")


def test_squeeze_blank_lines() -> None:
    assert squeeze_blank_lines("") == ""
    assert squeeze_blank_lines("\n\na\n\n \n\nb\n\n") == "a\n\nb"
    assert squeeze_blank_lines("a\nb") == "a\nb"
    assert squeeze_blank_lines("  a\n\t\n b ") == "  a\n\n b "


def tree_lines(tree: dict, indent: str = "") -> list[str]:
    """Draw nested dictionaries as a directory listing does, with '|-' for a branch and '`-' for the last one.

    >>> tree_lines({"src": {"main": {}}, "doc": {}})
    ['|- src', '|  `- main', '`- doc']
    """
    lines = []
    for position, (name, children) in enumerate(tree.items(), start=1):
        last = position == len(tree)
        lines.append(f"{indent}{'`-' if last else '|-'} {name}")
        lines.extend(tree_lines(children, indent + ("   " if last else "|  ")))
    return lines


def test_tree_lines() -> None:
    assert tree_lines({}) == []
    assert tree_lines({"a": {}}) == ["`- a"]
    assert tree_lines({"a": {"b": {}, "c": {}}}) == ["`- a", "   |- b", "   `- c"]
    assert tree_lines({"a": {"b": {"c": {}}}, "d": {}}) == ["|- a", "|  `- b", "|     `- c", "`- d"]


def expand_tab_stops(line, stops):
    """Replace tabs by spaces up to the next of the given stops; past the last stop a tab is a single space.

    >>> expand_tab_stops("a\\tb", [4, 8])
    'a   b'
    """
    out = ""
    for char in line:
        if char != "\t":
            out += char
            continue
        stop = next((stop for stop in stops if stop > len(out)), len(out) + 1)
        out = out.ljust(stop)
    return out


def test_expand_tab_stops() -> None:
    assert expand_tab_stops("", [3]) == ""
    assert expand_tab_stops("\tx", [3, 6]) == "   x"
    assert expand_tab_stops("abc\tx", [3, 6]) == "abc   x"
    assert expand_tab_stops("abcdef\tx\ty", [3]) == "abcdef x y"


def caption(figure: int, text: str, limit: int = 40) -> str:
    """Compose 'Figure N. Text', ended by a full stop unless it already ends in one of .!?, and cut at a word
    to the limit with '...' when it would be longer."""
    full = f"Figure {figure}. {text.strip()}"
    if full[-1] not in ".!?":
        full += "."
    return textwrap.shorten(full, limit, placeholder="...")


def test_caption() -> None:
    assert caption(3, "A heron") == "Figure 3. A heron."
    assert caption(3, " Why? ") == "Figure 3. Why?"
    assert caption(1, "A heron waits in the shallow water at dawn") == "Figure 1. A heron waits in the..."
    assert caption(12, "Tall trees", 10) == "Figure..."


def credits(roles: dict[str, list[str]], width: int) -> list[str]:
    """Lay out the credits of a film.

    The role stands flush left, its first name flush right on the same line; more names follow on lines of
    their own, flush right too.
    """
    lines = []
    for role, names in roles.items():
        left = role
        for name in names:
            lines.append(left + name.rjust(width - len(left)))
            left = ""
    return lines


def test_credits() -> None:
    assert credits({}, 10) == []
    assert credits({"Gaffer": ["Bo"]}, 10) == ["Gaffer  Bo"]
    assert credits({"Music": ["Ada", "Li"], "Cat": ["Tom"]}, 9) == ["Music Ada", "       Li", "Cat   Tom"]
    assert credits({"Nobody": []}, 9) == []


def letter_spaced(heading: str) -> str:
    """Spread a heading: one space between letters, three between words.

    >>> letter_spaced("TEA SHOP")
    'T E A   S H O P'
    """
    return "   ".join(" ".join(word) for word in heading.split())


def test_letter_spaced() -> None:
    assert letter_spaced("") == ""
    assert letter_spaced("a") == "a"
    assert letter_spaced("ab  cd") == "a b   c d"
    assert letter_spaced(" Öl ") == "Ö l"
