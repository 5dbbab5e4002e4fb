"""Music: notes, scales, rhythm, playlists, lyrics and instruments."""

from collections import Counter, deque
from fractions import Fraction
from itertools import accumulate, chain, groupby, islice, starmap, takewhile, zip_longest
import heapq
import math
import re


def note_frequency(note: str) -> float:
    """Frequency in hertz of a note such as 'A4' or 'C#5' in equal temperament, A4 being 440 Hz; two places.

    A flat is written with a small b.

    >>> note_frequency("A5")
    880.0
    """
    semitones = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}
    letter, accidental, octave = re.fullmatch(r"([A-G])([#b]?)(\d)", note).groups()
    steps = semitones[letter] + {"#": 1, "b": -1, "": 0}[accidental] + 12 * (int(octave) - 4)
    return round(440 * 2 ** (steps / 12), 2)


def test_note_frequency() -> None:
    assert note_frequency("A4") == 440
    assert note_frequency("C4") == 261.63
    assert note_frequency("D4") == 293.66
    assert note_frequency("F4") == 349.23
    assert note_frequency("Bb3") == note_frequency("A#3") == 233.08
    assert note_frequency("G#5") == 830.61
    assert note_frequency("E0") == 20.6


def transpose(notes, semitones):
    """Move a melody of note names up by semitones (down where negative); results use sharps, octaves are left
    out and names are separated by spaces.

    >>> transpose("C E G", 2)
    'D F# A'
    """
    names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
    flats = {"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#"}
    moved = []
    for note in notes.split():
        place = names.index(flats.get(note, note))
        moved.append(names[(place + semitones) % len(names)])
    return " ".join(moved)


def test_transpose() -> None:
    assert transpose("", 3) == ""
    assert transpose("C E G", 2) == "D F# A"
    assert transpose("B Bb", 1) == "C B"
    assert transpose("C", -1) == "B"
    assert transpose("C Db D Eb E F Gb G Ab A Bb B", 0) == "C C# D D# E F F# G G# A A# B"
    assert transpose("Db Gb", 12) == "C# F#"


def major_scale(tonic: int) -> list[int]:
    """MIDI numbers of a major scale from its tonic up to the octave: steps of 2, 2, 1, 2, 2, 2 and 1 semitones."""
    return list(accumulate([2, 2, 1, 2, 2, 2, 1], initial=tonic))


def test_major_scale() -> None:
    assert major_scale(60) == [60, 62, 64, 65, 67, 69, 71, 72]
    assert major_scale(0)[-1] == 12
    assert major_scale(57)[2] == 61
    assert len(major_scale(1)) == 8


def name_triad(notes):
    """Recognise a chord of three pitches by its intervals.

    Pitches are MIDI numbers; octaves and inversions do not matter. Returns (pitch class of the root, kind),
    the kind being 'major', 'minor' or 'diminished', or None for anything else.
    """
    kinds = {(0, 4, 7): "major", (0, 3, 7): "minor", (0, 3, 6): "diminished"}
    classes = {note % 12 for note in notes}
    for root in sorted(classes):
        shape = tuple(sorted((note - root) % 12 for note in classes))
        if shape in kinds:
            return root, kinds[shape]
    return None


def test_name_triad() -> None:
    assert name_triad({60, 64, 67}) == (0, "major")
    assert name_triad({64, 67, 72}) == (0, "major")
    assert name_triad({57, 60, 64, 69}) == (9, "minor")
    assert name_triad({59, 62, 65}) == (11, "diminished")
    assert name_triad({60, 61, 62}) is None
    assert name_triad(set()) is None


def bar_lines(durations: list[Fraction], metre: Fraction) -> list[list[Fraction]]:
    """Divide note lengths into bars.

    A note that crosses a bar line is split there (and would be tied). The last bar may be incomplete.

    >>> bar_lines([], Fraction(1))
    [[]]
    """
    bars: list[list[Fraction]] = [[]]
    room = metre
    for note in durations:
        while note:
            if not room:
                bars.append([])
                room = metre
            part = min(note, room)
            bars[-1].append(part)
            note -= part
            room -= part
    return bars


def test_bar_lines() -> None:
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    assert bar_lines([], Fraction(1)) == [[]]
    assert bar_lines([quarter, half, half], Fraction(3, 4)) == [[quarter, half], [half]]
    assert bar_lines([half, quarter + half], Fraction(1)) == [[half, half], [quarter]]
    assert bar_lines([Fraction(3)], Fraction(1)) == [[1], [1], [1]]


def shuffle_without_neighbours(songs: list[tuple[str, str]]) -> list[str]:
    """Order songs (artist, title) so that no artist is heard twice in a row.

    Always play, of the artist with most songs left (alphabetically first on ties) other than the last one
    heard, the song that is first in the list; when only the last artist remains, stop.
    """
    queues: dict[str, deque] = {}
    for artist, title in songs:
        queues.setdefault(artist, deque()).append(title)
    order, last = [], None
    while True:
        choices = [artist for artist in queues if queues[artist] and artist != last]
        if not choices:
            return order
        last = min(choices, key=lambda artist: (-len(queues[artist]), artist))
        order.append(queues[last].popleft())


def test_shuffle_without_neighbours() -> None:
    assert shuffle_without_neighbours([]) == []
    assert shuffle_without_neighbours([("x", "1"), ("x", "2"), ("y", "3")]) == ["1", "3", "2"]
    assert shuffle_without_neighbours([("x", "1"), ("x", "2")]) == ["1"]
    songs = [("b", "1"), ("a", "2"), ("b", "3"), ("c", "4")]
    assert shuffle_without_neighbours(songs) == ["1", "2", "3", "4"]


def playlist_length(tracks: list[str]) -> str:
    """Total time of a playlist whose tracks end in 'm:ss', written 'h:mm:ss', or 'm:ss' below an hour.

    >>> playlist_length(["Intro 0:45", "Tide 3:30"])
    '4:15'
    """
    seconds = 0
    for track in tracks:
        minutes, rest = track.rsplit(maxsplit=1)[-1].split(":")
        seconds += int(minutes) * 60 + int(rest)
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock


def test_playlist_length() -> None:
    assert playlist_length([]) == "0:00"
    assert playlist_length(["Song No. 5 59:59", "x 0:01"]) == "1:00:00"
    assert playlist_length(["3:05"]) == "3:05"
    assert playlist_length(["12:34", "x 40:00"]) == "52:34"
    assert playlist_length(["a 61:05", "b 61:05"]) == "2:02:10"


def skip_intro(samples: list[float], threshold: float) -> list[float]:
    """Cut silence, that is samples whose size does not exceed the threshold, from both ends of a recording."""
    loud = [place for place, sample in enumerate(samples) if abs(sample) > threshold]
    return samples[loud[0] : loud[-1] + 1] if loud else []


def test_skip_intro() -> None:
    assert skip_intro([], 0.1) == []
    assert skip_intro([0, 0.1, -0.05], 0.1) == []
    assert skip_intro([0, 0.5, 0, -0.7, 0.1], 0.1) == [0.5, 0, -0.7]
    assert skip_intro([-1], 0.5) == [-1]


def normalise_peak(samples, peak=1.0):
    """Scale a recording so that its loudest sample has the given size; silence stays silence; three places."""
    loudest = max(map(abs, samples), default=0)
    if not loudest:
        return list(samples)
    return [round(sample * peak / loudest, 3) for sample in samples]


def test_normalise_peak() -> None:
    assert normalise_peak([]) == []
    assert normalise_peak([0, 0]) == [0, 0]
    assert normalise_peak([0.25, -0.5]) == [0.5, -1]
    assert normalise_peak([3, -1], 0.5) == [0.5, -0.167]


def chord_lyrics(line: str) -> tuple[str, str]:
    """Separate a song line with chords in square brackets into a line of chords and a line of words.

    Each chord stands above the letter that follows it; chords that would run into each other are moved to
    the right so that one space remains between them.

    >>> chord_lyrics("[C]Hello [Am]sea")
    ('C     Am', 'Hello sea')
    """
    chords = words = ""
    for chord, text in re.findall(r"(?:\[([^\]]*)\])?([^\[]*)", line):
        if chord:
            start = max(len(words), len(chords) + bool(chords))
            chords = chords.ljust(start) + chord
        words += text
    return chords, words


def test_chord_lyrics() -> None:
    assert chord_lyrics("la la") == ("", "la la")
    assert chord_lyrics("oh [G]yes") == ("   G", "oh yes")
    assert chord_lyrics("[Cmaj7]a[D]b") == ("Cmaj7 D", "ab")
    assert chord_lyrics("[E]") == ("E", "")
    assert chord_lyrics("[C]Hello [Am]sea") == ("C     Am", "Hello sea")


def metronome(bpm: int, beats_in_bar: int, beats: int) -> list[tuple[float, str]]:
    """Times in seconds, to three places, and sounds ('tick' for the first beat of a bar, else 'tock').

    >>> metronome(120, 3, 4)
    [(0.0, 'tick'), (0.5, 'tock'), (1.0, 'tock'), (1.5, 'tick')]
    """
    return [
        (round(beat * 60 / bpm, 3), "tock" if beat % beats_in_bar else "tick") for beat in range(beats)
    ]


def test_metronome() -> None:
    assert metronome(60, 4, 0) == []
    assert metronome(120, 3, 4) == [(0, "tick"), (0.5, "tock"), (1, "tock"), (1.5, "tick")]
    assert metronome(90, 1, 2) == [(0.0, "tick"), (0.667, "tick")]


def count_syllables(word):
    """Estimate the syllables of an English word for a songwriter.

    Every group of vowels (a, e, i, o, u, y) counts as one; a final silent e, that is one after a consonant
    other than l, does not, unless nothing else would remain.
    """
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = re.search(r"[^aeiouyl]e$", word.lower()) is not None
    return max(len(groups) - silent, 1)


def test_count_syllables() -> None:
    assert count_syllables("sea") == 1
    assert count_syllables("Table") == 2
    assert count_syllables("time") == 1
    assert count_syllables("the") == 1
    assert count_syllables("harmony") == 3
    assert count_syllables("reunited") == 3


def drum_pattern(hits: int, steps: int) -> str:
    """Spread hits over steps as evenly as possible, 'x' for a hit and '.' for a rest.

    A step is a hit whenever the running total of hits, step * hits / steps rounded down, is about to grow:
    the first step is a hit if there is any.
    """
    return "".join("x" if step * hits % steps < hits else "." for step in range(steps))


def test_drum_pattern() -> None:
    assert drum_pattern(0, 4) == "...."
    assert drum_pattern(4, 4) == "xxxx"
    assert drum_pattern(3, 8) == "x..x..x."
    assert drum_pattern(2, 4) == "x.x."
    assert drum_pattern(5, 8).count("x") == 5


def rhyme_scheme(lines: list[str], ending: int = 2) -> str:
    """Letters for the rhymes of a stanza: lines whose last letters are the same share a letter, the first new
    sound being A. Punctuation at the end and case do not matter."""
    seen: dict[str, str] = {}
    scheme = ""
    for line in lines:
        sound = re.sub(r"[^\w]+$", "", line).lower()[-ending:]
        letter = seen.setdefault(sound, chr(ord("A") + len(seen)))
        scheme += letter
    return scheme


def test_rhyme_scheme() -> None:
    assert rhyme_scheme([]) == ""
    assert rhyme_scheme(["The night,", "so bright", "the sea", "and ME!"]) == "AABC"
    assert rhyme_scheme(["by the sea", "my tea?", "the moon", "Too soon."]) == "AABB"
    assert rhyme_scheme(["moon", "spoon", "can"], ending=1) == "AAA"


def fret_positions(open_strings: list[int], pitch: int, frets: int = 12) -> list[tuple[int, int]]:
    """Where on a guitar can a pitch be played? (string, fret) pairs, strings counted from 0."""
    return [(string, pitch - tuned) for string, tuned in enumerate(open_strings) if 0 <= pitch - tuned <= frets]


def test_fret_positions() -> None:
    guitar = [40, 45, 50, 55, 59, 64]
    assert fret_positions(guitar, 40) == [(0, 0)]
    assert fret_positions(guitar, 52) == [(0, 12), (1, 7), (2, 2)]
    assert fret_positions(guitar, 39) == []
    assert fret_positions(guitar, 64, frets=5) == [(4, 5), (5, 0)]


def expand_repeats(score):
    """Write out a score whose bars are separated by spaces and in which '|:' and ':|' enclose a part that is
    played twice; a ':|' without a beginning repeats from the start of the piece or the end of the part before."""
    played: list[str] = []
    part: list[str] = []
    for bar in score.split():
        if bar == "|:":
            played += part
            part = []
        elif bar == ":|":
            played += part * 2
            part = []
        else:
            part.append(bar)
    return played + part


def test_expand_repeats() -> None:
    assert expand_repeats("") == []
    assert expand_repeats("a b") == ["a", "b"]
    assert expand_repeats("a |: b c :| d") == ["a", "b", "c", "b", "c", "d"]
    assert expand_repeats("a :| b :|") == ["a", "a", "b", "b"]


def interval_name(low: int, high: int) -> str:
    """Name the interval between two MIDI pitches: 'unison', 'fifth' and so on, 'octave + third' beyond an octave;
    minor and major ones are not told apart and the tritone is 'tritone'."""
    names = ["unison", "second", "second", "third", "third", "fourth", "tritone", "fifth", "sixth", "sixth"]
    names += ["seventh", "seventh"]
    octaves, rest = divmod(abs(high - low), 12)
    parts = ["octave"] * octaves + ([names[rest]] if rest or not octaves else [])
    return " + ".join(parts)


def test_interval_name() -> None:
    assert interval_name(60, 60) == "unison"
    assert interval_name(60, 67) == interval_name(67, 60) == "fifth"
    assert interval_name(60, 66) == "tritone"
    assert [interval_name(0, n) for n in (1, 2, 3, 5)] == ["second", "second", "third", "fourth"]
    assert [interval_name(0, n) for n in (8, 9, 10)] == ["sixth", "sixth", "seventh"]
    assert interval_name(60, 72) == "octave"
    assert interval_name(60, 76) == "octave + third"
    assert interval_name(36, 71) == "octave + octave + seventh"


def listening_chart(plays: list[tuple[str, int]], top: int) -> list[tuple[int, str]]:
    """Chart of the songs listened to longest, from (song, seconds) plays.

    Plays under thirty seconds do not count. The result holds (rank, song); songs of equal time share a rank,
    the next rank is skipped accordingly, and all songs of rank `top` or better are listed.
    """
    seconds: Counter = Counter()
    for song, length in plays:
        if length >= 30:
            seconds[song] += length
    chart = []
    for song, total in sorted(seconds.items(), key=lambda item: (-item[1], item[0])):
        rank = 1 + sum(other > total for other in seconds.values())
        if rank <= top:
            chart.append((rank, song))
    return chart


def test_listening_chart() -> None:
    assert listening_chart([], 3) == []
    plays = [("moss", 200), ("fern", 120), ("fern", 80), ("reed", 29), ("iris", 30)]
    assert listening_chart(plays, 1) == [(1, "fern"), (1, "moss")]
    assert listening_chart(plays, 3) == [(1, "fern"), (1, "moss"), (3, "iris")]
    assert listening_chart([("a", 29), ("a", 29)], 5) == []


def morse_rhythm(text: str, code: dict[str, str]) -> str:
    """Play a text in Morse code as '=' (sound) and '.' (silence) of one unit each.

    A dot sounds for one unit and a dash for three; one unit of silence separates signs, three separate
    letters, seven separate words. Letters without a code are left out.

    >>> morse_rhythm("et", {"e": ".", "t": "-"})
    '=...==='
    """
    words = []
    for word in text.lower().split():
        letters = (code[letter] for letter in word if letter in code)
        words.append("...".join(".".join("=" if sign == "." else "===" for sign in letter) for letter in letters))
    return ("." * 7).join(words)


def test_morse_rhythm() -> None:
    table = {"a": ".-", "e": ".", "t": "-"}
    assert morse_rhythm("", table) == ""
    assert morse_rhythm("A", table) == "=.==="
    assert morse_rhythm("e t", table) == "=.......==="
    assert morse_rhythm("t?e", table) == "===...="


def midi_runs(pitches: list[int]) -> list[str]:
    """Describe the course of a melody as 'up 3', 'down 1' or 'same 2', one entry for each run of equal motion
    with its number of steps.

    >>> midi_runs([60, 62, 64, 64, 60])
    ['up 2', 'same 1', 'down 1']
    """
    motions = ["up" if b > a else "down" if b < a else "same" for a, b in zip(pitches, pitches[1:])]
    return [f"{motion} {len(list(run))}" for motion, run in groupby(motions)]


def test_midi_runs() -> None:
    assert midi_runs([]) == []
    assert midi_runs([60]) == []
    assert midi_runs([60, 62, 64, 64, 60]) == ["up 2", "same 1", "down 1"]
    assert midi_runs([5, 4, 3]) == ["down 2"]


def interleave_voices(*voices):
    """Merge the notes of several voices beat by beat into chords such as 'C+E'; a voice that has ended is silent
    and a rest '-' is not written; a beat without any note is '-'.

    >>> interleave_voices("C - E", "G A")
    ['C+G', 'A', 'E']
    """
    beats = zip_longest(*(voice.split() for voice in voices), fillvalue="-")
    return ["+".join(note for note in beat if note != "-") or "-" for beat in beats]


def test_interleave_voices() -> None:
    assert interleave_voices() == []
    assert interleave_voices("C D") == ["C", "D"]
    assert interleave_voices("C - E", "G A") == ["C+G", "A", "E"]
    assert interleave_voices("-", "- B") == ["-", "B"]


def harmonics(fundamental: float, limit: float):
    """Yield the harmonics of a tone, its whole multiples, up to and including the limit of hearing.

    >>> list(harmonics(0.5, 1.2))
    [0.5, 1.0]
    """
    multiple = 1
    while multiple * fundamental <= limit:
        yield multiple * fundamental
        multiple += 1


def test_harmonics() -> None:
    assert list(harmonics(440, 400)) == []
    assert list(harmonics(100, 400)) == [100, 200, 300, 400]
    assert list(harmonics(0.5, 1.2)) == [0.5, 1.0]
    assert list(islice(harmonics(1, 1e9), 3)) == [1, 2, 3]


def cents_between(f1: float, f2: float) -> int:
    """How many cents, hundredths of a semitone, does the second frequency lie above the first? Rounded; negative
    if it is lower.

    >>> cents_between(440, 880)
    1200
    """
    return round(1200 * math.log2(f2 / f1))


def test_cents_between() -> None:
    assert cents_between(440, 440) == 0
    assert cents_between(440, 880) == 1200
    assert cents_between(300, 200) == -702
    assert cents_between(440, 442) == 8


def mix_tracks(tracks: list[tuple[float, list[float]]]) -> list[float]:
    """Add up tracks (volume, samples), clipping the sum to -1 … 1; shorter tracks end in silence; two places."""
    faded = [[volume * sample for sample in samples] for volume, samples in tracks]
    sums = map(sum, zip_longest(*faded, fillvalue=0))
    return [round(max(-1.0, min(1.0, value)), 2) for value in sums]


def test_mix_tracks() -> None:
    assert mix_tracks([]) == []
    assert mix_tracks([(0.5, [1, -1])]) == [0.5, -0.5]
    assert mix_tracks([(1, [0.5, 0.25]), (1, [0.75])]) == [1, 0.25]
    assert mix_tracks([(2, [-0.9]), (0, [1, 1])]) == [-1, 0]


def upcoming(queue: list[tuple[int, str]], now_playing: str) -> list[str]:
    """Order of a jukebox in which requests with more coins come first and equal ones in order of request.

    What is playing now is not played again however much is paid.

    >>> upcoming([(9, "a"), (1, "b")], "a")
    ['b']
    """
    heap = [(-coins, place, song) for place, (coins, song) in enumerate(queue) if song != now_playing]
    heapq.heapify(heap)
    return [heapq.heappop(heap)[2] for _ in range(len(heap))]


def test_upcoming() -> None:
    assert upcoming([], "x") == []
    assert upcoming([(1, "a"), (3, "b"), (1, "c"), (3, "d")], "") == ["b", "d", "a", "c"]
    assert upcoming([(9, "a"), (1, "b")], "a") == ["b"]


def verse_and_chorus(verses: list[str], chorus: str, first: bool = False) -> list[str]:
    """Lay out a song: the chorus follows every verse, and also opens the song if `first` is set.

    >>> verse_and_chorus(["1"], "oh", True)
    ['oh', '1', 'oh']
    """
    body = chain.from_iterable((verse, chorus) for verse in verses)
    return [*([chorus] if first else []), *body]


def test_verse_and_chorus() -> None:
    assert verse_and_chorus([], "oh") == []
    assert verse_and_chorus([], "oh", first=True) == ["oh"]
    assert verse_and_chorus(["1", "2"], "oh") == ["1", "oh", "2", "oh"]
    assert verse_and_chorus(["1"], "oh", True) == ["oh", "1", "oh"]


# Minutes of practice for each (minutes, repetitions) pattern, in order, as long as the time for the whole does
# not exceed the limit; stop at the first one that no longer fits.
def warm_up(patterns, limit):
    lengths = list(starmap(lambda minutes, repetitions: minutes * repetitions, patterns))
    fitting = sum(1 for _ in takewhile(lambda total: total <= limit, accumulate(lengths)))
    return lengths[:fitting]


def test_warm_up() -> None:
    assert warm_up([], 10) == []
    assert warm_up([(2, 3), (4, 1), (1, 1)], 10) == [6, 4]
    assert warm_up([(5, 3), (1, 1)], 10) == []
    assert warm_up([(1, 1), (0, 9)], 1) == [1, 0]
