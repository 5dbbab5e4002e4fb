"""Validation: checking forms, codes, names and structures, and saying what is wrong with them."""

from collections import Counter
from datetime import datetime
from enum import Enum
from functools import partial
from keyword import iskeyword
import ipaddress
import json
import re
import string
import unicodedata


def password_faults(password: str) -> list[str]:
    """What is wrong with a password?

    In this order: 'too short' (under ten characters), 'no digit', 'no capital', 'repeats' (the same character
    three times in a row). An empty list means it is good.
    """
    faults = []
    if len(password) < 10:
        faults.append("too short")
    if not any(char.isdigit() for char in password):
        faults.append("no digit")
    if password == password.lower():
        faults.append("no capital")
    if re.search(r"(.)\1\1", password):
        faults.append("repeats")
    return faults


def test_password_faults() -> None:
    assert password_faults("") == ["too short", "no digit", "no capital"]
    assert password_faults("Correct4horse") == []
    assert password_faults("Booooring99") == ["repeats"]
    assert password_faults("1234567890") == ["no capital"]
    assert password_faults("Über9aaBBb") == []
    assert password_faults("Short8888") == ["too short", "repeats"]


def travel_document_digit(field: str) -> int:
    """Check digit of a field in the machine-readable zone of a passport.

    Digits count as they are, letters A to Z as 10 to 35 and the filler '<' as 0; values are weighted 7, 3, 1, 7, 3,
    1 … and the sum is taken modulo 10. Any other character raises ValueError.

    >>> travel_document_digit("AB2134<<<")
    5
    """
    total = 0
    for place, char in enumerate(field):
        if not re.match(r"[0-9A-Z<]", char):
            raise ValueError(f"unexpected {char!r}")
        value = 0 if char == "<" else int(char, 36)
        total += value * (7, 3, 1)[place % 3]
    return total % 10


def test_travel_document_digit() -> None:
    assert travel_document_digit("") == 0
    assert travel_document_digit("520727") == 3
    assert travel_document_digit("AB2134<<<") == 5
    assert travel_document_digit("<<<") == 0
    try:
        travel_document_digit("ab")
        assert False, "must refuse"
    except ValueError:
        pass


def isbn13_from_isbn10(isbn: str) -> str:
    """Convert a book number from ten to thirteen digits.

    Hyphens are ignored. The old check digit is dropped, 978 put in front, and a new check digit brings the sum,
    weighted 1 and 3 in turns, up to a multiple of ten.
    """
    body = "978" + isbn.replace("-", "")[:9]
    weighted = sum(int(digit) * weight for digit, weight in zip(body, (1, 3) * 6))
    return f"{body}{(10 - weighted % 10) % 10}"


def test_isbn13_from_isbn10() -> None:
    assert isbn13_from_isbn10("0-306-40615-2") == "9780306406157"
    assert isbn13_from_isbn10("3598215088") == "9783598215087"
    assert isbn13_from_isbn10("080442957X") == "9780804429573"
    assert isbn13_from_isbn10("0000000000")[-1] == "2"


# Is this a well-formed IBAN? Spaces and case do not matter.
#
# It begins with two letters and two digits and has 15 to 34 letters and digits. With the first four characters
# moved to the end and letters replaced by 10 (A) to 35 (Z), the number must leave 1 modulo 97.
def iban_valid(iban):
    code = iban.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", code):
        return False
    return int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 == 1


def test_iban_valid() -> None:
    assert iban_valid("GB82 WEST 1234 5698 7654 32") is True
    assert iban_valid("gb82west12345698765432") is True
    assert iban_valid("GB82 WEST 1234 5698 7654 33") is False
    assert iban_valid("DE89370400440532013000") is True
    assert iban_valid("GB82") is False
    assert iban_valid("") is False


def identifier_for(title):
    """Derive a valid Python identifier from a title.

    Accents are removed, everything but ASCII letters and digits becomes an underscore (one for a run of them,
    none at the ends), all in lower case. Before a digit at the front, and behind a keyword, stands an
    underscore; an empty result is 'unnamed'.

    >>> identifier_for("Crème brûlée!")
    'creme_brulee'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    if not name:
        return "unnamed"
    if name[0].isdigit():
        name = "_" + name
    return name + "_" if iskeyword(name) else name


def test_identifier_for() -> None:
    assert identifier_for("") == identifier_for("--") == "unnamed"
    assert identifier_for("Crème brûlée!") == "creme_brulee"
    assert identifier_for("2nd Floor") == "_2nd_floor"
    assert identifier_for("Class") == "class_"
    assert identifier_for(" a  -  b ") == "a_b"


# Compare a record with a schema from field names to types.
#
# Reports 'missing: x', 'unknown: x' and 'x: expected int, got str', sorted. A bool is not accepted as an int.
def check_record(record: dict, schema: dict[str, type]) -> list[str]:
    faults = [f"missing: {name}" for name in schema.keys() - record.keys()]
    faults += [f"unknown: {name}" for name in record.keys() - schema.keys()]
    for name in schema.keys() & record.keys():
        found, wanted = type(record[name]), schema[name]
        if not issubclass(found, wanted) or (found is bool and wanted is int):
            faults.append(f"{name}: expected {wanted.__name__}, got {found.__name__}")
    return sorted(faults)


def test_check_record() -> None:
    schema = {"name": str, "age": int}
    assert check_record({"name": "Ida", "age": 7}, schema) == []
    assert check_record({}, schema) == ["missing: age", "missing: name"]
    assert check_record({"name": 5, "age": True, "x": 1}, schema) == [
        "age: expected int, got bool", "name: expected str, got int", "unknown: x",
    ]  # fmt: skip
    assert check_record({"ok": True}, {"ok": bool}) == []


def mail_address_fault(address: str) -> str:
    """Why can this not be a mail address? An empty text if it can.

    Looks for, in this order: exactly one '@'; something on both sides of it; no spaces; a domain of at least
    two labels separated by dots, none of them empty.
    """
    if address.count("@") != 1:
        return "needs exactly one @"
    local, domain = address.split("@")
    if not (local and domain):
        return "nothing before or after the @"
    if re.search(r"\s", address):
        return "contains spaces"
    labels = domain.split(".")
    return "" if len(labels) > 1 and all(labels) else "domain is incomplete"


def test_mail_address_fault() -> None:
    assert mail_address_fault("ann@example.org") == ""
    assert mail_address_fault("ann.example.org") == "needs exactly one @"
    assert mail_address_fault("a@b@c.de") == "needs exactly one @"
    assert mail_address_fault("@example.org") == "nothing before or after the @"
    assert mail_address_fault("a b@example.org") == "contains spaces"
    assert mail_address_fault("ann@localhost") == "domain is incomplete"
    assert mail_address_fault("ann@mail..org") == "domain is incomplete"


def brackets_report(source: str) -> str:
    """Report the first bracket that does not fit, as 'line:column message', or 'balanced'.

    Round, square and curly brackets count; lines and columns from 1. Messages are "unexpected )" and "expected
    ] but found )" at the wrong bracket, or "( is never closed" at the innermost bracket still open in the end.
    """
    partner = {"(": ")", "[": "]", "{": "}"}
    opened = []
    for row, line in enumerate(source.split("\n"), start=1):
        for column, char in enumerate(line, start=1):
            if char in partner:
                opened.append((char, f"{row}:{column}"))
            elif char in partner.values():
                if not opened:
                    return f"{row}:{column} unexpected {char}"
                wanted = partner[opened.pop()[0]]
                if char != wanted:
                    return f"{row}:{column} expected {wanted} but found {char}"
    if opened:
        return f"{opened[-1][1]} {opened[-1][0]} is never closed"
    return "balanced"


def test_brackets_report() -> None:
    assert brackets_report("") == "balanced"
    assert brackets_report("f(a[1], {2: 3})") == "balanced"
    assert brackets_report("a)\n(") == "1:2 unexpected )"
    assert brackets_report("x = [\n  (1, 2]\n]") == "2:8 expected ) but found ]"
    assert brackets_report("(\n [") == "2:2 [ is never closed"


def valid_host(name: str) -> bool:
    """Whether a text may be a host name: labels of letters, digits and inner hyphens, at most 63 characters each,
    253 in all; a final dot is allowed and the last label must not be a number.

    >>> valid_host(".".join(["abc"] * 64))
    False
    """
    name = name[:-1] if name.endswith(".") else name
    labels = name.split(".")
    if len(name) > 253 or labels[-1].isdigit():
        return False
    return all(re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)", label) for label in labels)


def test_valid_host() -> None:
    assert valid_host("example.org") is True
    assert valid_host("a-b.example.") is True
    assert valid_host("-a.org") is False
    assert valid_host("") is False
    assert valid_host("10.0.0.1") is False
    assert valid_host("a" * 64 + ".org") is False
    assert valid_host(".".join(["abc"] * 64)) is False


def classify_address(text: str) -> str:
    """Tell what kind of internet address a text is: 'loopback', 'private', 'multicast', 'public' or 'invalid';
    versions 4 and 6 alike."""
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return "invalid"
    if address.is_loopback:
        return "loopback"
    if address.is_multicast:
        return "multicast"
    return "private" if address.is_private else "public"


def test_classify_address() -> None:
    assert classify_address("127.0.0.1") == "loopback"
    assert classify_address(" ::1 ") == "loopback"
    assert classify_address("192.168.7.9") == "private"
    assert classify_address("224.0.0.5") == "multicast"
    assert classify_address("9.9.9.9") == "public"
    assert classify_address("256.1.1.1") == "invalid"


# Duplicates among form entries that people would take for the same: case, surrounding spaces and runs of spaces
# do not matter. Gives the first spelling of each, in order.
def near_duplicates(entries):
    keys = [" ".join(entry.casefold().split()) for entry in entries]
    counts = Counter(keys)
    firsts = dict(zip(reversed(keys), reversed(entries)))
    return [firsts[key] for key in counts if counts[key] > 1]


def test_near_duplicates() -> None:
    assert near_duplicates([]) == []
    assert near_duplicates(["Ann  Lee", "Bo", "ann lee ", "Cy", "BO"]) == ["Ann  Lee", "Bo"]
    assert near_duplicates(["STRASSE", "straße"]) == ["STRASSE"]
    assert near_duplicates(["a", "b"]) == []


# Read a setting as true or false.
#
# Accepts yes, on, true, 1 and no, off, false, 0 in any case; everything else is refused with a ValueError that
# quotes the text.
def parse_bool(text: str) -> bool:
    answers = {"yes": True, "on": True, "true": True, "1": True}
    answers.update({"no": False, "off": False, "false": False, "0": False})
    try:
        return answers[text.strip().lower()]
    except KeyError:
        raise ValueError(f"not a yes or no: {text!r}") from None


def test_parse_bool() -> None:
    assert parse_bool("Yes") is parse_bool(" 1 ") is True
    assert parse_bool("off") is parse_bool("FALSE") is False
    assert parse_bool("on") is True and parse_bool("no") is False
    try:
        parse_bool("maybe")
        assert False, "must refuse"
    except ValueError as error:
        assert "'maybe'" in str(error)


def reading_age_fault(sentence: str, longest: int = 15) -> list[str]:
    """Style checks for a sentence of plain language.

    :param sentence: one sentence.
    :param longest: most words allowed.
    :returns: any of 'too long', 'shouts' (a word of three or more letters in capitals) and 'no full stop' (it
        does not end in . ! or ?), in this order.
    """
    words = sentence.split()
    checks = {
        "too long": len(words) > longest,
        "shouts": any(re.fullmatch(r"[A-Z]{3,}\W*", word) for word in words),
        "no full stop": not sentence.rstrip().endswith((".", "!", "?")),
    }
    return [fault for fault, present in checks.items() if present]


def test_reading_age_fault() -> None:
    assert reading_age_fault("The owl sleeps.") == []
    assert reading_age_fault("") == ["no full stop"]
    assert reading_age_fault("STOP! Do not go") == ["shouts", "no full stop"]
    assert reading_age_fault("a b c d. ", longest=3) == ["too long"]
    assert reading_age_fault("An EU rule is OK?") == []


def username_suggestions(wanted: str, taken: set[str], count: int) -> list[str]:
    """Suggest free user names: the wanted one itself if free, then with 1, 2, 3 … appended, until there are as
    many as asked for. Taken names are compared without case."""
    used = {name.lower() for name in taken}
    suggestions: list[str] = []
    suffix = 0
    while len(suggestions) < count:
        candidate = f"{wanted}{suffix or ''}"
        if candidate.lower() not in used:
            suggestions.append(candidate)
        suffix += 1
    return suggestions


def test_username_suggestions() -> None:
    assert username_suggestions("ida", set(), 1) == ["ida"]
    assert username_suggestions("ida", {"IDA", "ida2"}, 3) == ["ida1", "ida3", "ida4"]
    assert username_suggestions("x", {"y"}, 0) == []
    assert username_suggestions("x", {"y"}, 2) == ["x", "x1"]


def license_plate(text: str) -> str:
    """Bring a number plate into the form 'AB CD 1234'.

    It has one to three letters, one or two letters, and one to four digits without a leading zero; separators
    are spaces or hyphens, and required between the two groups of letters only. Anything else gives ''.
    """
    match = re.fullmatch(r"([A-ZÄÖÜ]{1,3})[ -]+([A-Z]{1,2})[ -]*([1-9]\d{0,3})", text.strip().upper())
    return " ".join(match.groups()) if match else ""


def test_license_plate() -> None:
    assert license_plate("b-xy 12") == "B XY 12"
    assert license_plate("LÖ A7") == "LÖ A 7"
    assert license_plate("HH AB 0123") == ""
    assert license_plate("HHAB123") == ""
    assert license_plate("HH  - ab12345") == ""


def json_fault(text: str) -> str:
    """Where is a JSON text broken? 'line 2, column 5: ' and the reason, or 'valid'.

    >>> json_fault("")
    'line 1, column 1: Expecting value'
    """
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return "valid"


def test_json_fault() -> None:
    assert json_fault('{"a": [1, 2]}') == "valid"
    assert json_fault("[1,\n 2").startswith("line 2, column 3: ")
    assert json_fault("") == "line 1, column 1: Expecting value"
    assert json_fault('{"a" 1}').startswith("line 1, column 6: ")


def date_order_faults(trips):
    """Indices of trips whose 'from' day is after their 'to' day, or of which one is no real date.

    Days are written DD.MM.YYYY.
    """

    def is_wrong(trip: dict[str, str]) -> bool:
        try:
            start, end = (datetime.strptime(trip[side], "%d.%m.%Y") for side in ("from", "to"))
        except ValueError:
            return True
        return start > end

    return [index for index, trip in enumerate(trips) if is_wrong(trip)]


def test_date_order_faults() -> None:
    good = {"from": "28.02.2024", "to": "01.03.2024"}
    assert date_order_faults([]) == []
    assert date_order_faults([good, {"from": "01.03.2024", "to": "28.02.2024"}]) == [1]
    assert date_order_faults([{"from": "30.02.2024", "to": "01.03.2024"}, good]) == [0]
    assert date_order_faults([{"from": "01.01.2024", "to": "01.01.2024"}]) == []


def strength_meter(secret: str) -> str:
    """Rate a pass phrase: 'weak', 'fair' or 'strong', from its length times the number of different kinds of
    characters it uses (small letters, capitals, digits, others); weak below 16, strong from 40 on."""
    kinds = [
        any(map(str.islower, secret)),
        any(map(str.isupper, secret)),
        any(map(str.isdigit, secret)),
        any(not char.isalnum() for char in secret),
    ]
    points = len(secret) * sum(kinds)
    return "weak" if points < 16 else "strong" if points >= 40 else "fair"


def test_strength_meter() -> None:
    assert strength_meter("") == "weak"
    assert strength_meter("aaaaaaaaaaaaaaa") == "weak"
    assert strength_meter("aaaaaaaaaaaaaaaa") == "fair"
    assert strength_meter("aA1!aA1!aA") == "strong"
    assert strength_meter("abcDEF1") == "fair"


def allowed_characters(text: str, allowed: str) -> str:
    """List the characters of a text that are not allowed, each once, in order, as U+ codes.

    `allowed` names classes: 'a' letters of ASCII, 'd' digits of ASCII, 's' the space; others stand for
    themselves.

    >>> allowed_characters("no£", "a")
    'U+00A3'
    """
    classes = {"a": string.ascii_letters, "d": string.digits, "s": " "}
    permitted = {char for key in allowed for char in classes.get(key, key)}
    strangers = dict.fromkeys(char for char in text if char not in permitted)
    return " ".join(f"U+{ord(char):04X}" for char in strangers)


def test_allowed_characters() -> None:
    assert allowed_characters("", "") == ""
    assert allowed_characters("Room 12", "ads") == ""
    assert allowed_characters("a-1-b", "ad") == "U+002D"
    assert allowed_characters("a-1", "ad-") == ""
    assert allowed_characters("é😀é", "a") == "U+00E9 U+1F600"


def unit_of(reading: str):
    """Recognise the unit of a reading such as '21.5 °C' as a member of an enumeration with the members CELSIUS
    ('°C'), FAHRENHEIT ('°F') and KELVIN ('K'); None for other units or without a number.

    >>> unit_of("300 K").name
    'KELVIN'
    """

    class Unit(Enum):
        CELSIUS = "°C"
        FAHRENHEIT = "°F"
        KELVIN = "K"

    match = re.fullmatch(r"-?\d+(?:\.\d+)?\s*(\S+)", reading)
    try:
        return Unit(match[1]) if match else None
    except ValueError:
        return None


def test_unit_of() -> None:
    assert unit_of("21.5 °C").name == "CELSIUS"
    assert unit_of("-4°F").value == "°F"
    assert unit_of("300 K").name == "KELVIN"
    assert unit_of("5 m") is None
    assert unit_of("°C") is None


def make_range_checker(low: float, high: float):
    """Create a checker that keeps numbers within bounds.

    The checker takes a name and a value and returns 'name ok', 'name too low' or 'name too high'; bounds are
    included. Low above high is refused at once with a ValueError.

    >>> make_range_checker(5, 5)("x", 5)
    'x ok'
    """
    if low > high:
        raise ValueError("low is above high")

    def check(bounds, name, value):
        verdict = "too low" if value < bounds[0] else "too high" if value > bounds[1] else "ok"
        return f"{name} {verdict}"

    return partial(check, (low, high))


def test_make_range_checker() -> None:
    check = make_range_checker(-1, 1)
    assert check("pitch", -1) == check("pitch", 1) == "pitch ok"
    assert check("yaw", -1.01) == "yaw too low"
    assert check("roll", 2) == "roll too high"
    assert make_range_checker(5, 5)("x", 5) == "x ok"
    try:
        make_range_checker(2, 1)
        assert False, "must refuse"
    except ValueError:
        pass


def consistent_casing(names):
    """Which style do all names share: 'snake', 'camel', 'pascal', 'kebab' or 'mixed'?

    A name of one lower-case word fits snake, camel and kebab; the first of the styles in this order that fits
    all is returned.

    >>> consistent_casing(["row_count", "rowCount"])
    'mixed'
    """
    styles = {
        "snake": r"[a-z][a-z0-9]*(_[a-z0-9]+)*",
        "camel": r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*",
        "pascal": r"([A-Z][a-z0-9]*)+",
        "kebab": r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
    }
    for style, pattern in styles.items():
        if all(re.fullmatch(pattern, name) for name in names):
            return style
    return "mixed"


def test_consistent_casing() -> None:
    assert consistent_casing(["row", "row_count"]) == "snake"
    assert consistent_casing(["row", "rowCount"]) == "camel"
    assert consistent_casing(["Row", "RowCount2"]) == "pascal"
    assert consistent_casing(["row", "row-count"]) == "kebab"
    assert consistent_casing(["row_count", "rowCount"]) == "mixed"
    assert consistent_casing(["row"]) == "snake"
    assert consistent_casing([""]) == "mixed"
