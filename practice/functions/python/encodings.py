"""Encodings: ciphers, escapes, alphabets, Unicode and transliteration."""

from collections import Counter
from html import escape
from itertools import cycle, groupby
from urllib.parse import parse_qsl, quote, unquote, urlencode
import base64
import codecs
import json
import re
import string
import unicodedata


def rail_fence(text: str, rails: int) -> str:
    """Encrypt by writing a text in zigzag over some rails and reading the rails one after the other.

    >>> rail_fence("WEAREHERE", 3)
    'WEEERHRAE'
    """
    lines = [""] * rails
    bounce = [*range(rails), *range(rails - 2, 0, -1)]
    for char, rail in zip(text, cycle(bounce)):
        lines[rail] += char
    return "".join(lines)


def test_rail_fence() -> None:
    assert rail_fence("", 3) == ""
    assert rail_fence("abcdef", 1) == "abcdef"
    assert rail_fence("abcdef", 2) == "acebdf"
    assert rail_fence("abcdefg", 3) == "aebdfcg"
    assert rail_fence("ab", 5) == "ab"


def keyword_alphabet(keyword: str) -> str:
    """Alphabet for a substitution cipher: the letters of the keyword, each once, then the other letters in order."""
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


def number_to_letters(number: int) -> str:
    """Name of a spreadsheet column by its number from 1: A to Z, then AA, AB and so on.

    >>> number_to_letters(28)
    'AB'
    """
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        letters = string.ascii_uppercase[place] + letters
    return letters


def test_number_to_letters() -> None:
    assert number_to_letters(0) == ""
    assert number_to_letters(1) == "A"
    assert number_to_letters(26) == "Z"
    assert number_to_letters(27) == "AA"
    assert number_to_letters(702) == "ZZ"
    assert number_to_letters(703) == "AAA"


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


def look_and_say(digits: str) -> str:
    """Describe a row of digits aloud: how many of which, group by group.

    >>> look_and_say("1211")
    '111221'
    """
    return "".join(f"{len(list(group))}{digit}" for digit, group in groupby(digits))


def test_look_and_say() -> None:
    assert look_and_say("") == ""
    assert look_and_say("1") == "11"
    assert look_and_say("2223") == "3213"
    assert look_and_say("0000000000") == "100"


def code_points(text: str) -> list[str]:
    """Describe each character as 'U+00E9 LATIN SMALL LETTER E WITH ACUTE', with '<unnamed>' where it has no name."""
    return [f"U+{ord(char):04X} {unicodedata.name(char, '<unnamed>')}" for char in text]


def test_code_points() -> None:
    assert code_points("") == []
    assert code_points("é") == ["U+00E9 LATIN SMALL LETTER E WITH ACUTE"]
    assert code_points("\n") == ["U+000A <unnamed>"]
    assert code_points("🦉")[0] == "U+1F989 OWL"


def fix_mojibake(text: str) -> str:
    """Repair a text whose UTF-8 was read as Latin-1; a text for which that cannot be the cause is left alone."""
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


def letter_shares(text: str) -> dict[str, float]:
    """Share of each letter among all letters of a text, in percent with one place, most frequent first, equal
    ones by the alphabet. Case does not matter."""
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
    until there are as many as asked for."""
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


def pig_latin(sentence: str) -> str:
    """Translate into a children's secret language.

    Words beginning with a vowel get 'way'; otherwise all consonants before the first vowel move to the end
    ('qu' moving together) and 'ay' follows. Words are in lower case and separated by single spaces.
    """

    def translate(word: str) -> str:
        match = re.match(r"(?:[^aeiouq]|qu?)*", word)
        head = match.group()
        return word[len(head) :] + (head + "ay" if head else "way")

    return " ".join(map(translate, sentence.split()))


def test_pig_latin() -> None:
    assert pig_latin("") == ""
    assert pig_latin("apple") == "appleway"
    assert pig_latin("street light") == "eetstray ightlay"
    assert pig_latin("quick square") == "ickquay aresquay"
    assert pig_latin("hmm") == "hmmay"
