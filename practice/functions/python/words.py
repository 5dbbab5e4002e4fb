"""Words: counting, comparing, sorting and shaping ordinary language."""

from collections import Counter
from difflib import SequenceMatcher, get_close_matches
from itertools import chain, groupby, permutations
import re
import string
import textwrap
import unicodedata


def acronym(phrase: str, skip: str = "of the and for") -> str:
    """Build an acronym from the first letters of a phrase, leaving out small words.

    Hyphens separate words too.

    >>> acronym("Society for the Study of Self-made Kites")
    'SSSMK'
    """
    words = re.findall(r"\w+(?:'\w+)?", phrase)
    return "".join(word[0].upper() for word in words if word.lower() not in skip.split())


def test_acronym() -> None:
    assert acronym("") == ""
    assert acronym("of the") == ""
    assert acronym("People's Bank of Ålesund") == "PBÅ"
    assert acronym("read-only memory") == "ROM"
    assert acronym("the end", skip="") == "TE"


def english_list(items: list[str], last: str = "and") -> str:
    """Join items as in a sentence: 'a', 'a and b', 'a, b and c'."""
    *front, back = items or [""]
    return f"{', '.join(front)} {last} {back}" if front else back


def test_english_list() -> None:
    assert english_list([]) == ""
    assert english_list(["salt"]) == "salt"
    assert english_list(["salt", "oil"]) == "salt and oil"
    assert english_list(["a", "b", "c"], "or") == "a, b or c"


def plural(noun):
    """Make the plural of a regular English noun.

    After s, x, z, ch and sh add 'es'; a y after a consonant becomes 'ies'; all else gets 's'. Words that end
    in a capital letter get an apostrophe before the s.
    """
    if noun[-1:].isupper():
        return noun + "'s"
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return noun + "es"
    return re.sub(r"(?<=[^aeiou])y$", "ie", noun) + "s"


def test_plural() -> None:
    assert plural("owl") == "owls"
    assert plural("bus") == "buses"
    assert plural("torch") == "torches"
    assert plural("berry") == "berries"
    assert plural("day") == "days"
    assert plural("DVD") == "DVD's"
    assert plural("quiz") == "quizes"


# On which lines, counted from 1, does each word of three or more letters occur? Words are in lower case and
# sorted; a line is named once.
def concordance(text: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for number, line in enumerate(text.lower().splitlines(), start=1):
        for word in sorted(set(re.findall(r"[^\W\d_]{3,}", line))):
            places.setdefault(word, []).append(number)
    return {word: places[word] for word in sorted(places)}


def test_concordance() -> None:
    assert concordance("") == {}
    assert concordance("The sea, the SEA\na big sea") == {"big": [2], "sea": [1, 2], "the": [1]}
    assert concordance("x1y ab 2024") == {}
    assert list(concordance("zoo\nant")) == ["ant", "zoo"]


def keyword_in_context(text, word, width):
    """Show each occurrence of a word in square brackets, with up to `width` characters on both sides.

    Only whole words count, in any case. The text is taken as one line with single spaces; the left context
    is padded so that the brackets stand in one column.

    >>> keyword_in_context("ab", "ab", 2)
    ['  [ab]']
    """
    flat = " ".join(text.split())
    lines = []
    for match in re.finditer(rf"\b{re.escape(word)}\b", flat, re.IGNORECASE):
        left = flat[max(0, match.start() - width) : match.start()]
        right = flat[match.end() : match.end() + width]
        lines.append(f"{left:>{width}}[{match.group()}]{right}".rstrip())
    return lines


def test_keyword_in_context() -> None:
    assert keyword_in_context("", "owl", 5) == []
    assert keyword_in_context("The owl saw\nan Owl.", "owl", 4) == ["The [owl] saw", " an [Owl]."]
    assert keyword_in_context("owls and howl", "owl", 3) == []
    assert keyword_in_context("ab", "ab", 2) == ["  [ab]"]


def title_case(title):
    """Capitalise a book title.

    The first and the last word always begin with a capital; so do all others except a, an, the, and, or, of, in,
    on, to. The rest of each word is left as it is.

    >>> title_case("the sound of the sea")
    'The Sound of the Sea'
    """
    small = {"a", "an", "the", "and", "or", "of", "in", "on", "to"}
    words = title.split()
    ends = (0, len(words) - 1)
    return " ".join(
        word if word in small and place not in ends else word[0].upper() + word[1:]
        for place, word in enumerate(words)
    )


def test_title_case() -> None:
    assert title_case("") == ""
    assert title_case("the sound of the sea") == "The Sound of the Sea"
    assert title_case("an iPhone to look on") == "An IPhone to Look On"
    assert title_case("a") == "A"
    assert title_case("to be  or not") == "To Be or Not"


def isograms(words):
    """Words in which no letter occurs twice, accents aside; longest first, then by the alphabet."""

    def letters(word):
        return [char for char in unicodedata.normalize("NFD", word.casefold()) if char.isalpha()]

    unique = [word for word in words if len(letters(word)) == len(set(letters(word)))]
    return sorted(unique, key=lambda word: (-len(word), word))


def test_isograms() -> None:
    assert isograms([]) == []
    assert isograms(["sea", "book", "world", "ant"]) == ["world", "ant", "sea"]
    assert isograms(["Été", "Dad", "É-t"]) == ["É-t"]
    assert isograms(["", "aa"]) == [""]


def word_ladder_step(word: str, dictionary: set[str]) -> list[str]:
    """Words of the dictionary that differ from a word in exactly one letter, sorted."""
    return sorted(
        other
        for other in dictionary
        if len(other) == len(word) and sum(a != b for a, b in zip(word, other)) == 1
    )


def test_word_ladder_step() -> None:
    words = {"cord", "card", "ward", "word", "cords", "warm"}
    assert word_ladder_step("card", words) == ["cord", "ward"]
    assert word_ladder_step("warm", words) == ["ward"]
    assert word_ladder_step("tree", words) == []
    assert word_ladder_step("cor", words) == []


# In a game each word must begin with the last letter of the word before and must not have been said already.
#
# Index of the first word that breaks a rule, case aside, or -1 if all is well.
def chain_break(words: list[str]) -> int:
    said: set[str] = set()
    last = ""
    for place, word in enumerate(map(str.lower, words)):
        if word in said or not word.startswith(last):
            return place
        said.add(word)
        last = word[-1]
    return -1


def test_chain_break() -> None:
    assert chain_break([]) == -1
    assert chain_break(["Owl", "lark", "kite"]) == -1
    assert chain_break(["owl", "lark", "heron"]) == 2
    assert chain_break(["ewe", "elk", "kite", "Ewe"]) == 3
    assert chain_break(["a"]) == -1


def suggest(command: str, known: list[str]) -> str:
    """Message for an unknown command: 'did you mean X?' with the closest known one if any is close enough, or
    'unknown command: Y'. A known command gives an empty text.

    >>> suggest("x", [])
    'unknown command: x'
    """
    if command in known:
        return ""
    close = get_close_matches(command, known, n=1)
    return f"did you mean {close[0]}?" if close else f"unknown command: {command}"


def test_suggest() -> None:
    commands = ["status", "commit", "branch"]
    assert suggest("commit", commands) == ""
    assert suggest("comit", commands) == "did you mean commit?"
    assert suggest("stauts", commands) == "did you mean status?"
    assert suggest("xyz", commands) == "unknown command: xyz"
    assert suggest("x", []) == "unknown command: x"


def marked_changes(old: str, new: str) -> str:
    """Compare two sentences word by word: removed words in [-…-], added ones in {+…+}, removed before added."""
    before, after = old.split(), new.split()
    out = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            out += before[a:b]
            continue
        if a < b:
            out.append(f"[-{' '.join(before[a:b])}-]")
        if c < d:
            out.append(f"{{+{' '.join(after[c:d])}+}}")
    return " ".join(out)


def test_marked_changes() -> None:
    assert marked_changes("", "") == ""
    assert marked_changes("the old owl", "the wise owl") == "the [-old-] {+wise+} owl"
    assert marked_changes("a b c", "a c") == "a [-b-] c"
    assert marked_changes("", "new words") == "{+new words+}"


def vowel_skeleton(word: str) -> str:
    """Pattern of a word's sounds: 'v' for each vowel and 'c' for each consonant, runs shortened to one letter."""
    kinds = ("v" if char in "aeiou" else "c" for char in word.lower() if char in string.ascii_lowercase)
    return "".join(kind for kind, _ in groupby(kinds))


def test_vowel_skeleton() -> None:
    assert vowel_skeleton("") == ""
    assert vowel_skeleton("Street") == "cvc"
    assert vowel_skeleton("aeon") == "vc"
    assert vowel_skeleton("re-use!") == "cvcv"


def readability(text: str) -> float:
    """Average number of words per sentence, to one place.

    A sentence ends in one or more of . ! ? followed by a space or the end; a text without any is one
    sentence. No words give 0.
    """
    sentences = [part for part in re.split(r"[.!?]+(?:\s+|$)", text) if part.strip()]
    if not sentences:
        return 0.0
    return round(sum(len(sentence.split()) for sentence in sentences) / len(sentences), 1)


def test_readability() -> None:
    assert readability("") == 0
    assert readability("One two three") == 3
    assert readability("Wait... What? It costs 3.5 euros!") == 2.0
    assert readability("A b. C d e. F g h.") == 2.7


def longest_alliteration(text: str) -> list[str]:
    """Longest run of neighbouring words that begin with the same letter, the first one of equally long runs; case and
    punctuation do not matter, and the words are returned as they stand in the text.

    >>> longest_alliteration("one old owl. Two tall trees")
    ['one', 'old', 'owl']
    """
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text)
    runs = [list(run) for _, run in groupby(words, key=lambda word: word[0].casefold())]
    return max(runs, key=len, default=[])


def test_longest_alliteration() -> None:
    assert longest_alliteration("") == []
    assert longest_alliteration("Nine") == ["Nine"]
    assert longest_alliteration("A big Brown, bear's bed and all") == ["big", "Brown", "bear's", "bed"]
    assert longest_alliteration("one old owl. Two tall trees") == ["one", "old", "owl"]
    assert longest_alliteration("Äpfel ähneln 5 Birnen") == ["Äpfel", "ähneln"]


def stem_groups(words: list[str]) -> dict[str, list[str]]:
    """Group words by a crude stem: one of the endings 'ing', 'ed', 'es', 's' is cut off (the first that fits) as
    long as three letters or more remain.

    >>> stem_groups(["walk", "walked", "walking"])
    {'walk': ['walk', 'walked', 'walking']}
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        stem = next(
            (word[: -len(end)] for end in ("ing", "ed", "es", "s") if word.endswith(end) and len(word) - len(end) >= 3),
            word,
        )
        groups.setdefault(stem, []).append(word)
    return groups


def test_stem_groups() -> None:
    assert stem_groups([]) == {}
    assert stem_groups(["walk", "walked", "walking"]) == {"walk": ["walk", "walked", "walking"]}
    assert stem_groups(["boxes", "king", "sing", "gas"]) == {"box": ["boxes"], "king": ["king"], "sing": ["sing"], "gas": ["gas"]}
    assert stem_groups(["cats", "red"]) == {"cat": ["cats"], "red": ["red"]}


def overlap_join(pieces: list[str]) -> str:
    """Glue pieces of a torn text together: each is appended without the part with which the text so far already
    ends, as much of it as possible.

    >>> overlap_join(["the small ow", "owl sle", "sleeps"])
    'the small owl sleeps'
    """
    text = ""
    for piece in pieces:
        shared = next(size for size in range(len(piece), -1, -1) if text.endswith(piece[:size]))
        text += piece[shared:]
    return text


def test_overlap_join() -> None:
    assert overlap_join([]) == ""
    assert overlap_join(["abc", "xyz"]) == "abcxyz"
    assert overlap_join(["abab", "ababc"]) == "ababc"
    assert overlap_join(["an owl", "owl", "l."]) == "an owl."
    assert overlap_join(["a", "", "a"]) == "a"


def spoonerism(phrase: str) -> str:
    """Exchange the beginnings, that is the letters before the first vowel, of the first and the last word.

    >>> spoonerism("crushing blow")
    'blushing crow'
    """
    words = phrase.split()
    if len(words) < 2:
        return phrase
    (head1, tail1), (head2, tail2) = (
        re.match(r"([^aeiou]*)(.*)", word).groups() for word in (words[0], words[-1])
    )
    return " ".join([head2 + tail1, *words[1:-1], head1 + tail2])


def test_spoonerism() -> None:
    assert spoonerism("") == ""
    assert spoonerism("owl") == "owl"
    assert spoonerism("bunny of phone") == "phunny of bone"
    assert spoonerism("ice cream") == "crice eam"


def ordinal(number: int) -> str:
    """Write a whole number as an English ordinal: 1st, 2nd, 3rd, 4th, 11th, 21st and so on.

    >>> ordinal(112)
    '112th'
    """
    if number % 100 // 10 == 1:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def test_ordinal() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4)] == ["1st", "2nd", "3rd", "4th"]
    assert ordinal(11) == "11th"
    assert ordinal(112) == "112th"
    assert ordinal(21) == "21st"
    assert ordinal(0) == "0th"
    assert ordinal(103) == "103rd"


def fill_template(template: str, values: dict[str, str]) -> str:
    """Fill {placeholders} of a letter.

    Names may be followed by '|' and a text that is used if there is no value, or an empty one; a name without
    value and without such a text stays as it is.

    >>> fill_template("Dear {name|guest}", {})
    'Dear guest'
    """

    def fill(match):
        name, default = match["name"], match["default"]
        fallback = match.group() if default is None else default
        return values.get(name) or fallback

    return re.sub(r"\{(?P<name>\w+)(?:\|(?P<default>[^}]*))?\}", fill, template)


def test_fill_template() -> None:
    assert fill_template("", {}) == ""
    assert fill_template("Dear {name}", {"name": "Ida"}) == "Dear Ida"
    assert fill_template("{a} {b|} {c|x}", {"c": ""}) == "{a}  x"
    assert fill_template("{a|no}{a}", {"a": "yes"}) == "yesyes"
    assert fill_template("{not this}", {"not this": "x"}) == "{not this}"


def vocabulary_growth(text: str, every: int) -> list[int]:
    """Number of different words met after every so many words of a text, and at its end if words remain.

    >>> vocabulary_growth("a A a", 2)
    [1, 1]
    """
    seen: set[str] = set()
    sizes = []
    words = re.findall(r"\w+", text.lower())
    for count, word in enumerate(words, start=1):
        seen.add(word)
        if count % every == 0 or count == len(words):
            sizes.append(len(seen))
    return sizes


def test_vocabulary_growth() -> None:
    assert vocabulary_growth("", 2) == []
    assert vocabulary_growth("a b a c", 2) == [2, 3]
    assert vocabulary_growth("a A a", 2) == [1, 1]
    assert vocabulary_growth("x y z", 10) == [3]


def alphabetise_names(names: list[str]) -> list[str]:
    """Sort people by their last names, ignoring accents and particles.

    The last name is the last word; 'von', 'van', 'de' and 'of' do not belong to it anyway. Where last names
    are equal, the full names decide.

    >>> alphabetise_names(["Zoe Lee", "Ann Lee"])
    ['Ann Lee', 'Zoe Lee']
    """

    def plain(text: str) -> str:
        return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()

    return sorted(names, key=lambda name: (plain(name.split()[-1]), plain(name)))


def test_alphabetise_names() -> None:
    assert alphabetise_names([]) == []
    assert alphabetise_names(["Ida Zorn", "Bo Ängström", "Ann von Bauer"]) == ["Bo Ängström", "Ann von Bauer", "Ida Zorn"]
    assert alphabetise_names(["Zoe Lee", "Ann Lee"]) == ["Ann Lee", "Zoe Lee"]
    assert alphabetise_names(["Cher", "Ed ADAMS"]) == ["Ed ADAMS", "Cher"]


def scrambled_matches(scrambled, dictionary):
    """Words of a dictionary that can be made by rearranging all letters of a short scramble."""
    return dictionary & {"".join(order) for order in permutations(scrambled)}


def test_scrambled_matches() -> None:
    words = {"owl", "low", "lo", "slow"}
    assert scrambled_matches("wol", words) == {"owl", "low"}
    assert scrambled_matches("wlos", words) == {"slow"}
    assert scrambled_matches("xyz", words) == set()
    assert scrambled_matches("", {""}) == {""}


def abstract(text, words):
    """First so many words of a text, with ' …' if something is missing; line breaks become spaces.

    A comma, semicolon, colon or dash left at the end is removed before the ellipsis.

    >>> abstract("one, two, three", 2)
    'one, two …'
    """
    parts = text.split()
    if len(parts) <= words:
        return " ".join(parts)
    return " ".join(parts[:words]).rstrip(",;:–- ") + " …"


def test_abstract() -> None:
    assert abstract("", 3) == ""
    assert abstract("one\ntwo  three", 3) == "one two three"
    assert abstract("one, two, three", 2) == "one, two …"
    assert abstract("a – b c", 2) == "a …"


def initials_index(entries):
    """Alphabetical index of entries: a line for every initial, such as 'A: ant, ape'; initials are capitals.

    >>> initials_index(["Öl", "öd"])
    'Ö: öd, Öl'
    """
    ordered = sorted(entries, key=str.lower)
    lines = [
        f"{initial}: {', '.join(group)}" for initial, group in groupby(ordered, key=lambda entry: entry[0].upper())
    ]
    return "\n".join(lines)


def test_initials_index() -> None:
    assert initials_index([]) == ""
    assert initials_index(["bee", "Ape", "ant"]) == "A: ant, Ape\nB: bee"
    assert initials_index(["x"]) == "X: x"
    assert initials_index(["Öl", "öd"]) == "Ö: öd, Öl"


def most_typical(sentences: list[str]) -> str:
    """Sentence whose words are, on average, the most frequent ones in all of the sentences; the first on a tie,
    and an empty text without sentences. Sentences without words are never chosen before others."""
    tokens = [re.findall(r"\w+", sentence.lower()) for sentence in sentences]
    counts = Counter(chain.from_iterable(tokens))

    def typicality(place: int) -> float:
        words = tokens[place]
        return sum(counts[word] for word in words) / len(words) if words else 0

    return sentences[max(range(len(sentences)), key=typicality)] if sentences else ""


def test_most_typical() -> None:
    assert most_typical([]) == ""
    assert most_typical(["the owl", "a hen", "the owl sleeps"]) == "the owl"
    assert most_typical(["...", "x"]) == "x"
    assert most_typical(["b", "a"]) == "b"


def dialogue_only(novel):
    """What people say in a text: the passages between double quotation marks, straight or curly, with line breaks
    and indentation turned into single spaces."""
    spoken = re.findall(r'["“]([^"“”]*)["”]', textwrap.dedent(novel))
    return [" ".join(speech.split()) for speech in spoken]


def test_dialogue_only() -> None:
    assert dialogue_only("Nobody spoke.") == []
    assert dialogue_only('"Come," she said, "in."') == ["Come,", "in."]
    assert dialogue_only("“Where\n   to?” he asked.") == ["Where to?"]
    assert dialogue_only('""') == [""]
