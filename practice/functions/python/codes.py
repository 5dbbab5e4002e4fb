"""Encodings: ciphers, escapes, alphabets, Unicode and transliteration."""

from collections import Counter
from html import escape
from itertools import cycle
from urllib.parse import parse_qsl, quote, unquote, urlencode
import base64
import codecs
import json
import re
import string
import unicodedata


def bacon_hidden(text: str) -> str:
    """Read a message hidden in the case of letters.

    Five letters at a time make one letter of the message: capitals are ones, small letters zeros, the first is the
    highest bit, and the numbers 0 to 25 stand for A to Z. Everything else is skipped, and so are a rest of fewer
    than five letters and numbers above 25.
    """
    bits = "".join("1" if char.isupper() else "0" for char in text if char.isalpha())
    numbers = (int(bits[start : start + 5], 2) for start in range(0, len(bits) - 4, 5))
    return "".join(chr(65 + number) for number in numbers if number < 26)


def test_bacon_hidden() -> None:
    assert bacon_hidden("") == ""
    assert bacon_hidden("quiet") == "A"
    assert bacon_hidden("th-e B ig owL fLies") == "CC"
    assert bacon_hidden("HELLO") == ""
    assert bacon_hidden("HEllo abc") == "Y"


def keyword_alphabet(keyword: str) -> str:
    """Alphabet for a substitution cipher: the letters of the keyword, each once, then the other letters in order.

    >>> keyword_alphabet("Zebra")
    'zebracdfghijklmnopqstuvwxy'
    """
    letters = [char for char in keyword.lower() if char in string.ascii_lowercase]
    return "".join(dict.fromkeys([*letters, *string.ascii_lowercase]))


def test_keyword_alphabet() -> None:
    assert keyword_alphabet("") == "abcdefghijklmnopqrstuvwxyz"
    assert keyword_alphabet("Zebra") == "zebracdfghijklmnopqstuvwxy"
    assert keyword_alphabet("see, sea!").startswith("seabcdf")
    assert len(keyword_alphabet("naïve")) == 26


def vigenere(text: str, key: str, decrypt: bool = False) -> str:
    """Encrypt capitals by a repeated key word, whose letters tell how far to shift (A not at all); decrypt if asked.

    All other characters stay as they are and use up no letter of the key.
    """
    shifts = cycle(ord(letter) - 65 for letter in key)
    sign = -1 if decrypt else 1
    out = []
    for char in text:
        if "A" <= char <= "Z":
            char = chr((ord(char) - 65 + sign * next(shifts)) % 26 + 65)
        out.append(char)
    return "".join(out)


def test_vigenere() -> None:
    assert vigenere("", "K") == ""
    assert vigenere("ATTACK", "LEMON") == "LXFOPV"
    assert vigenere("LXFOPV", "LEMON", decrypt=True) == "ATTACK"
    assert vigenere("Z-Z", "BC") == "A-B"
    assert vigenere("hi", "B") == "hi"


def scytale(message: str, turns: int) -> str:
    """Text read off a strip that was wrapped around a staff, written along it and unwrapped: every `turns`-th
    letter from each start."""
    return "".join(message[start::turns] for start in range(turns))


def test_scytale() -> None:
    assert scytale("", 3) == ""
    assert scytale("abcdefg", 3) == "adgbecf"
    assert scytale("abcd", 1) == "abcd"
    assert scytale("ab", 5) == "ab"


def spell_out(text: str, style: str = "nato") -> str:
    """Spell a text for the telephone.

    Letters become code words (Alfa, Bravo, …), digits their names, and everything else is left out. Words of
    the text are separated by ' / ', the code words of each by spaces. The style 'short' cuts code words
    to their first three letters.
    """
    words = (
        "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa "
        "Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu "
        "Zero One Two Three Four Five Six Seven Eight Nine"
    ).split()
    table = dict(zip(string.ascii_lowercase + string.digits, words))
    limit = 3 if style == "short" else None
    return " / ".join(
        " ".join(table[char][:limit] for char in word if char in table) for word in text.lower().split()
    )


def test_spell_out() -> None:
    assert spell_out("") == ""
    assert spell_out("Kg 7!") == "Kilo Golf / Seven"
    assert spell_out("x0", "short") == "Xra Zer"
    assert spell_out("a-z 9") == "Alfa Zulu / Nine"


def strip_accents(text: str) -> str:
    """Remove accents from letters, but keep letters that only look alike, such as ø or ł."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare)


def test_strip_accents() -> None:
    assert strip_accents("") == ""
    assert strip_accents("Crème Brûlée") == "Creme Brulee"
    assert strip_accents("Łódź øre") == "Łodz øre"
    assert strip_accents("e\u0301") == "e"


def transliterate_greek(text: str) -> str:
    """Write Greek small letters in Latin ones, as far as the table goes; a capital becomes a capitalised group.

    Accents are dropped first; other characters stay.
    """
    greek = "αβγδεζηθικλμνξοπρσςτυφχψω"
    latin = "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split()
    table = dict(zip(greek, latin))
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return "".join(table.get(char, table.get(char.lower(), char).title()) for char in plain)


def test_transliterate_greek() -> None:
    assert transliterate_greek("") == ""
    assert transliterate_greek("θάλασσα") == "thalassa"
    assert transliterate_greek("Χίος, Ψ") == "Chios, Ps"
    assert transliterate_greek("ώρες 5") == "ores 5"


def next_plate(plate: str) -> str:
    """Number plate that is given out after this one.

    Plates are letters and digits in groups, like 'AB-099'; they count up from the right, every place within its own
    kind, digits from 0 to 9 and letters from A to Z. After the very last one it starts again. Other characters
    stay where they are.
    """
    out = list(plate)
    for place in range(len(out) - 1, -1, -1):
        char = out[place]
        if not char.isalnum():
            continue
        if char not in "9Z":
            out[place] = chr(ord(char) + 1)
            break
        out[place] = "0" if char == "9" else "A"
    return "".join(out)


def test_next_plate() -> None:
    assert next_plate("") == ""
    assert next_plate("AB-098") == "AB-099"
    assert next_plate("AB-099") == "AB-100"
    assert next_plate("AZ-999") == "BA-000"
    assert next_plate("ZZ 99") == "AA 00"
    assert next_plate("7-Z") == "8-A"


def to_base(number: int, digits: str) -> str:
    """Write a whole number in the positional system whose digits, zero first, are given; negative ones get a minus."""
    if number < 0:
        return "-" + to_base(-number, digits)
    rest, place = divmod(number, len(digits))
    return (to_base(rest, digits) if rest else "") + digits[place]


def test_to_base() -> None:
    assert to_base(0, "01") == "0"
    assert to_base(10, "01") == "1010"
    assert to_base(-255, "0123456789abcdef") == "-ff"
    assert to_base(5, "xyz") == "yz"


def escape_csv_field(value: str, separator: str = ",") -> str:
    """Quote a field for a CSV file only if it needs it: because of the separator, a quote, a line break, or a space
    at one of its ends. Quotes inside are doubled."""
    needs = value != value.strip(" ") or any(char in value for char in (separator, '"', "\n", "\r"))
    return '"' + value.replace('"', '""') + '"' if needs else value


def test_escape_csv_field() -> None:
    assert escape_csv_field("") == ""
    assert escape_csv_field("plain text") == "plain text"
    assert escape_csv_field("a,b") == '"a,b"'
    assert escape_csv_field("a,b", ";") == "a,b"
    assert escape_csv_field('5" pipe') == '"5"" pipe"'
    assert escape_csv_field(" x") == '" x"'
    assert escape_csv_field("a\nb") == '"a\nb"'


def unescape_backslashes(text: str) -> str:
    r"""Undo backslash escapes: \n, \t, \\ and \xHH; before any other character the backslash simply vanishes.

    >>> unescape_backslashes(r"a\x2db")
    'a-b'
    """

    def plain(match):
        code = match[1]
        if code.startswith("x") and len(code) == 3:
            return chr(int(code[1:], 16))
        return {"n": "\n", "t": "\t"}.get(code, code)

    return re.sub(r"\\(x[0-9A-Fa-f]{2}|.)", plain, text, flags=re.S)


def test_unescape_backslashes() -> None:
    assert unescape_backslashes("") == ""
    assert unescape_backslashes(r"a\tb\n") == "a\tb\n"
    assert unescape_backslashes(r"c:\\new") == r"c:\new"
    assert unescape_backslashes(r"\q\x4A\xz") == "qJxz"
    assert unescape_backslashes("\\") == "\\"


def set_query(url: str, **parameters) -> str:
    """Change parameters in the query of a URL.

    A value of None removes a parameter; those already there keep their place, new ones follow. Without any
    parameter left there is no question mark.

    >>> set_query("/a?x=&y=%C3%A9", y=0)
    '/a?x=&y=0'
    """
    base, _, query = url.partition("?")
    values = dict(parse_qsl(query, keep_blank_values=True))
    values.update((name, str(value)) for name, value in parameters.items() if value is not None)
    for name, value in parameters.items():
        if value is None:
            values.pop(name, None)
    return f"{base}?{urlencode(values)}" if values else base


def test_set_query() -> None:
    assert set_query("/a") == "/a"
    assert set_query("/a", q="tea pot") == "/a?q=tea+pot"
    assert set_query("/a?x=1&y=2", x=5, z=None) == "/a?x=5&y=2"
    assert set_query("/a?x=1", x=None) == "/a"
    assert set_query("/a?x=&y=%C3%A9", y=0) == "/a?x=&y=0"


def path_to_url(parts: list[str]) -> str:
    """Join path segments into an absolute URL path, each of them percent-encoded completely, slashes included."""
    return "".join("/" + quote(part, safe="") for part in parts) or "/"


def test_path_to_url() -> None:
    assert path_to_url([]) == "/"
    assert path_to_url(["a", "b c"]) == "/a/b%20c"
    assert path_to_url(["a/b", "ü"]) == "/a%2Fb/%C3%BC"
    assert path_to_url(["x", ""]) == "/x/"


def decode_twice(text: str) -> str:
    """Undo percent-encoding again and again until nothing changes any more, at most five times."""
    for _ in range(5):
        decoded = unquote(text)
        if decoded == text:
            break
        text = decoded
    return text


def test_decode_twice() -> None:
    assert decode_twice("plain") == "plain"
    assert decode_twice("a%20b") == "a b"
    assert decode_twice("a%252520b") == "a b"
    assert decode_twice("100%") == "100%"
    assert decode_twice("%25252525252541") == "%2541"


def basic_auth(user: str, secret: str) -> str:
    """Value of the header for HTTP's basic authentication.

    A colon in the user's name is not allowed and raises ValueError.
    """
    if ":" in user:
        raise ValueError("a user name has no colon")
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


def test_basic_auth() -> None:
    assert basic_auth("ann", "tea") == "Basic YW5uOnRlYQ=="
    assert basic_auth("", "") == "Basic Og=="
    assert base64.b64decode(basic_auth("ü", "a:b")[6:]).decode() == "ü:a:b"
    try:
        basic_auth("a:b", "c")
        assert False, "must refuse"
    except ValueError:
        pass


def token_payload(token: str) -> dict:
    """Read the payload of a JSON web token without checking its signature: the second of three parts, in URL-safe
    Base64 whose padding has been left out."""
    payload = token.split(".")[1]
    padded = payload + "=" * (-len(payload) % 4)
    return json.loads(base64.urlsafe_b64decode(padded))


def test_token_payload() -> None:
    assert token_payload("x.e30.y") == {}
    assert token_payload("h.eyJzdWIiOiAiaWRhIn0.s") == {"sub": "ida"}
    assert token_payload("h.eyJhIjogMX0.s") == {"a": 1}
    assert token_payload("a.eyJrIjoi8J-QnyJ9.b") == {"k": "🐟"}


def html_list(items: list, ordered: bool = False) -> str:
    """Render nested lists as HTML on one line; a list inside belongs to the item before it.

    Texts are escaped. An empty list gives an empty text.
    """
    if not items:
        return ""
    tag = "ol" if ordered else "ul"
    body = ""
    for position, item in enumerate(items):
        if isinstance(item, list):
            continue
        following = items[position + 1] if position + 1 < len(items) else None
        inner = html_list(following, ordered) if isinstance(following, list) else ""
        body += f"<li>{escape(str(item))}{inner}</li>"
    return f"<{tag}>{body}</{tag}>"


def test_html_list() -> None:
    assert html_list([]) == ""
    assert html_list(["a", 5]) == "<ul><li>a</li><li>5</li></ul>"
    assert html_list(["a", ["b"], "c"], ordered=True) == "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"
    assert html_list(["<&>"]) == "<ul><li>&lt;&amp;&gt;</li></ul>"
    assert html_list(["a", []]) == "<ul><li>a</li></ul>"


def multitap(text: str) -> str:
    """Key presses for a text on an old telephone: '2' is A, '22' is B and so on, '0' a space.

    Keys 2 to 9 carry abc, def, ghi, jkl, mno, pqrs, tuv and wxyz. A space separates groups on the same key;
    characters without a key are left out.

    >>> multitap("cab")
    '222 2 22'
    """
    presses = {" ": "0"}
    for key, letters in enumerate("abc def ghi jkl mno pqrs tuv wxyz".split(), start=2):
        presses.update({letter: str(key) * times for times, letter in enumerate(letters, 1)})
    groups = [presses[char] for char in text.lower() if char in presses]
    return "".join(
        (" " if place and groups[place - 1][0] == group[0] else "") + group for place, group in enumerate(groups)
    )


def test_multitap() -> None:
    assert multitap("") == ""
    assert multitap("Hi") == "44 444"
    assert multitap("sun 5?") == "777788660"
    assert multitap("aa  b") == "2 20 022"
    assert multitap("wz") == "9 9999"


def code_points(text):
    """Describe each character as 'U+00E9 LATIN SMALL LETTER E WITH ACUTE', with '<unnamed>' where it has no name.

    >>> code_points("é")
    ['U+00E9 LATIN SMALL LETTER E WITH ACUTE']
    """
    return [f"U+{ord(char):04X} {unicodedata.name(char, '<unnamed>')}" for char in text]


def test_code_points() -> None:
    assert code_points("") == []
    assert code_points("é") == ["U+00E9 LATIN SMALL LETTER E WITH ACUTE"]
    assert code_points("\n") == ["U+000A <unnamed>"]
    assert code_points("🦉")[0] == "U+1F989 OWL"


def fix_mojibake(text: str) -> str:
    """Repair a text whose UTF-8 was read as Latin-1; a text for which that cannot be the cause is left alone.

    >>> fix_mojibake("cafÃ©")
    'café'
    """
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def test_fix_mojibake() -> None:
    assert fix_mojibake("cafÃ©") == "café"
    assert fix_mojibake("plain") == "plain"
    assert fix_mojibake("café") == "café"
    assert fix_mojibake("日本") == "日本"


def guess_newline(data: bytes) -> str:
    """Which line ending prevails in some bytes: 'crlf', 'lf', 'cr' or 'none'? The earlier in this list on a tie."""
    kinds = {b"\r\n": "crlf", b"\n": "lf", b"\r": "cr"}
    found = Counter(kinds[ending] for ending in re.findall(rb"\r\n|\n|\r", data))
    return max(kinds.values(), key=found.__getitem__) if found else "none"


def test_guess_newline() -> None:
    assert guess_newline(b"") == "none"
    assert guess_newline(b"a\r\nb\r\nc\n") == "crlf"
    assert guess_newline(b"a\nb\r") == "lf"
    assert guess_newline(b"a\rb\rc\n") == "cr"


def letter_shares(text):
    """Share of each letter among all letters of a text, in percent with one place, most frequent first, equal
    ones by the alphabet. Case does not matter.

    >>> letter_shares("Tart")
    {'t': 50.0, 'a': 25.0, 'r': 25.0}
    """
    counts = Counter(char for char in text.casefold() if char.isalpha())
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {letter: round(100 * count / total, 1) for letter, count in ranked}


def test_letter_shares() -> None:
    assert letter_shares("12 !") == {}
    assert letter_shares("Tart") == {"t": 50.0, "a": 25.0, "r": 25.0}
    assert list(letter_shares("ba ab c")) == ["a", "b", "c"]
    assert letter_shares("xyz")["x"] == 33.3


def decode_stream(chunks: list[bytes]) -> list[str]:
    """Decode UTF-8 that arrives in chunks which may cut characters in two: the text that becomes readable with
    each chunk. Bytes missing at the very end are reported as '\ufffd' in one more entry."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    texts = [decoder.decode(chunk) for chunk in chunks]
    rest = decoder.decode(b"", final=True)
    return texts + [rest] * bool(rest)


def test_decode_stream() -> None:
    assert decode_stream([]) == []
    assert decode_stream([b"caf\xc3", b"\xa9!"]) == ["caf", "é!"]
    assert decode_stream([b"a", b"\xe2\x82"]) == ["a", "", "\ufffd"]
    assert decode_stream([b"\xf0\x9f", b"", b"\xa6\x89"]) == ["", "", "🦉"]


def bijective_ids(count: int, alphabet: str = "abc"):
    """Yield short identifiers: all of one letter, then all of two letters and so on, in the order of the alphabet,
    until there are as many as asked for.

    >>> list(bijective_ids(5))
    ['a', 'b', 'c', 'aa', 'ab']
    """
    queue = [""]
    produced = 0
    while produced < count:
        prefix = queue.pop(0)
        for letter in alphabet:
            if produced == count:
                return
            produced += 1
            queue.append(prefix + letter)
            yield prefix + letter


def test_bijective_ids() -> None:
    assert list(bijective_ids(0)) == []
    assert list(bijective_ids(5)) == ["a", "b", "c", "aa", "ab"]
    assert list(bijective_ids(7, "xy")) == ["x", "y", "xx", "xy", "yx", "yy", "xxx"]
    assert len(set(bijective_ids(100))) == 100


def spoon_language(sentence: str) -> str:
    """Translate into a playground language: after each group of vowels (a, e, i, o, u) come 'lew' and the same
    vowels once more, in small letters.

    >>> spoon_language("Good day")
    'Goolewood daleway'
    """
    return re.sub(r"[aeiou]+", lambda group: f"{group.group()}lew{group.group().lower()}", sentence, flags=re.I)


def test_spoon_language() -> None:
    assert spoon_language("") == ""
    assert spoon_language("hmm") == "hmm"
    assert spoon_language("Owl") == "Olewowl"
    assert spoon_language("a tea") == "alewa tealewea"
