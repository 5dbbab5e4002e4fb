"""Games: dice, cards, boards, scores, tournaments and puzzles."""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from itertools import combinations, cycle, product, zip_longest
import random
import re
import string


def yahtzee_score(dice: list[int], category: str) -> int:
    """Score five dice in a category of a dice game.

    'ones' to 'sixes' give the sum of these faces; 'three' and 'four' (of a kind) the sum of all dice if so
    many are equal; 'house' 25 for a triple with a pair; 'yahtzee' 50 for five equal dice; 'chance' the sum.
    """
    faces = ["ones", "twos", "threes", "fours", "fives", "sixes"]
    counts = sorted(Counter(dice).values(), reverse=True)
    if category in faces:
        face = faces.index(category) + 1
        return face * dice.count(face)
    if category == "house":
        return 25 if counts == [3, 2] else 0
    if category == "yahtzee":
        return 50 if counts == [5] else 0
    needed = {"three": 3, "four": 4, "chance": 1}[category]
    return sum(dice) if counts[0] >= needed else 0


def test_yahtzee_score() -> None:
    assert yahtzee_score([1, 5, 5, 2, 5], "fives") == 15
    assert yahtzee_score([1, 5, 5, 2, 5], "sixes") == 0
    assert yahtzee_score([1, 5, 5, 2, 5], "three") == 18
    assert yahtzee_score([1, 5, 5, 2, 5], "four") == 0
    assert yahtzee_score([2, 3, 2, 3, 3], "house") == 25
    assert yahtzee_score([3, 3, 3, 3, 3], "house") == 0
    assert yahtzee_score([3, 3, 3, 3, 3], "yahtzee") == 50
    assert yahtzee_score([1, 2, 3, 4, 6], "chance") == 16


def deal(players: list[str], deck: list[str], each: int) -> tuple[dict[str, list[str]], list[str]]:
    """Deal cards round by round, one at a time, from the front of the deck; return the hands and the rest.

    >>> deal(["ann"], list("ab"), 2)
    ({'ann': ['a', 'b']}, [])
    """
    dealt = each * len(players)
    hands = {player: deck[seat : dealt : len(players)] for seat, player in enumerate(players)}
    return hands, deck[dealt:]


def test_deal() -> None:
    assert deal(["ann", "bo"], list("abcde"), 2) == ({"ann": ["a", "c"], "bo": ["b", "d"]}, ["e"])
    assert deal(["ann"], list("ab"), 2) == ({"ann": ["a", "b"]}, [])
    assert deal(["ann", "bo", "cy"], list("abc"), 0) == ({"ann": [], "bo": [], "cy": []}, ["a", "b", "c"])


def tennis_score(points: str, one: str = "Ann", two: str = "Bo") -> str:
    """Announce the score of a game of tennis after a series of points, '1' for the first player, '2' for the other.

    >>> tennis_score("112")
    '30-15'
    """
    a, b = points.count("1"), points.count("2")
    if max(a, b) >= 4 and abs(a - b) >= 2:
        return f"game {one if a > b else two}"
    if min(a, b) >= 3:
        return "deuce" if a == b else f"advantage {one if a > b else two}"
    names = ["love", "15", "30", "40"]
    return f"{names[a]}-all" if a == b else f"{names[a]}-{names[b]}"


def test_tennis_score() -> None:
    assert tennis_score("") == "love-all"
    assert tennis_score("1222") == "15-40"
    assert tennis_score("2222") == "game Bo"
    assert tennis_score("121212") == "deuce"
    assert tennis_score("1212121") == "advantage Ann"
    assert tennis_score("12121222") == "game Bo"
    assert tennis_score("1112121") == "game Ann"


def darts_left(start, visits):
    """Points left at darts.

    Darts are 'T20' (triple), 'D16' (double), '7' or '0' for a miss. A visit of up to three darts is void if it would
    leave less than 0 or exactly 1, or reaches 0 with a dart that is not a double. At 0 the game is over.

    >>> darts_left(501, [["T20", "T20", "T20"], ["D5", "7", "0"]])
    304
    """
    left = start
    for visit in visits:
        rest = left
        valid = True
        for dart in visit:
            factor = {"T": 3, "D": 2}.get(dart[0], 1)
            rest -= factor * int(dart.lstrip("TD"))
            if rest <= 1:
                valid = rest == 0 and factor == 2
                break
        left = rest if valid else left
        if left == 0:
            break
    return left


def test_darts_left() -> None:
    assert darts_left(501, []) == 501
    assert darts_left(501, [["T20", "T20", "T20"], ["D5", "7", "0"]]) == 304
    assert darts_left(32, [["D16"], ["T20"]]) == 0
    assert darts_left(20, [["20"]]) == 20
    assert darts_left(20, [["19"], ["T7"]]) == 20
    assert darts_left(40, [["20", "10", "D5"]]) == 0


def winner_of_trick(cards: list[str], trump: str) -> int:
    """Which card, by its place, takes the trick?

    A card is a rank out of 23456789TJQKA and a suit, as 'TH'. The highest trump wins; without a trump the
    highest card of the suit that was led.

    >>> winner_of_trick(["2H", "9H", "AS", "KH"], "D")
    3
    """
    ranks = "23456789TJQKA"
    led = cards[0][1]

    def strength(place: int) -> tuple[bool, bool, int]:
        rank, suit = cards[place]
        return suit == trump, suit == led, ranks.index(rank)

    return max(range(len(cards)), key=strength)


def test_winner_of_trick() -> None:
    assert winner_of_trick(["2H", "9H", "AS", "KH"], "D") == 3
    assert winner_of_trick(["AH", "2D", "KD"], "D") == 2
    assert winner_of_trick(["5C"], "S") == 0
    assert winner_of_trick(["5C", "AD", "TC", "9C"], "S") == 2


def blackjack_value(hand):
    """Value of a hand at blackjack: faces count 10, an ace 11, or 1 wherever 11 would take the hand above 21.

    >>> blackjack_value(["A", "A", "9"])
    21
    """
    value = sum(11 if card == "A" else 10 if card in "JQK" else int(card) for card in hand)
    aces = hand.count("A")
    while value > 21 and aces:
        value -= 10
        aces -= 1
    return value


def test_blackjack_value() -> None:
    assert blackjack_value([]) == 0
    assert blackjack_value(["A", "K"]) == 21
    assert blackjack_value(["A", "A", "9"]) == 21
    assert blackjack_value(["A", "A", "K", "10"]) == 22
    assert blackjack_value(["7", "8", "2"]) == 17


def finished_boxes(edges):
    """Boxes that are complete in a game of dots and boxes.

    An edge (row, column, side) belongs to the dot at its upper or left end: 'r' goes from it to the right, 'd' down.
    A box is named by its upper left dot; the answer is sorted.
    """
    complete = [
        (row, column)
        for row, column, side in edges
        if side == "r" and {(row, column, "d"), (row + 1, column, "r"), (row, column + 1, "d")} <= edges
    ]
    return sorted(complete)


def test_finished_boxes() -> None:
    box = {(0, 0, "r"), (0, 0, "d"), (1, 0, "r"), (0, 1, "d")}
    assert finished_boxes(set()) == []
    assert finished_boxes(box) == [(0, 0)]
    assert finished_boxes(box - {(1, 0, "r")}) == []
    assert finished_boxes(box - {(0, 0, "r")}) == []
    assert finished_boxes(box | {(0, 1, "r"), (1, 1, "r"), (0, 2, "d")}) == [(0, 0), (0, 1)]


def golf_card(pars: list[int], strokes: list[int]) -> str:
    """Summarise a round of golf: the score against par, then how many holes went how.

    Names are eagle (two or more under par), birdie (one under), par, bogey (one over) and double (worse); those
    that did not occur are left out. The score is written '+3', '-1' or 'even'.
    """
    names = ["eagle", "birdie", "par", "bogey", "double"]
    differences = [played - par for par, played in zip(pars, strokes)]
    counts = Counter(names[max(-2, min(2, difference)) + 2] for difference in differences)
    total = f"{sum(differences):+d}" if sum(differences) else "even"
    return ", ".join([total, *(f"{counts[name]} {name}" for name in names if counts[name])])


def test_golf_card() -> None:
    assert golf_card([], []) == "even"
    assert golf_card([4, 3, 5], [4, 4, 8]) == "+4, 1 par, 1 bogey, 1 double"
    assert golf_card([4, 5], [3, 2]) == "-4, 1 eagle, 1 birdie"
    assert golf_card([3, 3], [2, 4]) == "even, 1 birdie, 1 bogey"


def rock_paper_scissors(rounds):
    """Result of several rounds, as 'first', 'second' or 'tie'.

    Moves are rock, paper and scissors, told by their first letter in any case.
    """
    balance = 0
    for one, two in rounds:
        difference = ("rps".index(one[0].lower()) - "rps".index(two[0].lower())) % 3
        balance += {0: 0, 1: 1, 2: -1}[difference]
    if balance == 0:
        return "tie"
    return "first" if balance > 0 else "second"


def test_rock_paper_scissors() -> None:
    assert rock_paper_scissors([]) == "tie"
    assert rock_paper_scissors([("rock", "Scissors")]) == "first"
    assert rock_paper_scissors([("rock", "paper"), ("P", "s"), ("s", "p")]) == "second"
    assert rock_paper_scissors([("s", "p"), ("r", "p")]) == "tie"


def knight_moves(square):
    """Squares that a knight reaches in one move from a square such as 'b1', sorted.

    >>> knight_moves("a1")
    ['b3', 'c2']
    """
    column, row = string.ascii_lowercase.index(square[0]), int(square[1])
    reach = []
    for dc, dr in product((-2, -1, 1, 2), repeat=2):
        if abs(dc) != abs(dr) and 0 <= column + dc < 8 and 1 <= row + dr <= 8:
            reach.append(f"{string.ascii_lowercase[column + dc]}{row + dr}")
    return sorted(reach)


def test_knight_moves() -> None:
    assert knight_moves("a1") == ["b3", "c2"]
    assert knight_moves("h8") == ["f7", "g6"]
    assert knight_moves("b1") == ["a3", "c3", "d2"]
    assert len(knight_moves("d4")) == 8
    assert knight_moves("d4")[0] == "b3"


def rook_move_ok(board, start, end):
    """May a rook move between two squares (row, column)?

    They must be different squares of one row or column, everything between them empty ('.'), and the target
    empty or held by the other side, capitals being one side and small letters the other.

    >>> rook_move_ok(["R.p.", "...."], (0, 0), (0, 3))
    False
    """
    (r1, c1), (r2, c2) = start, end
    if start == end or (r1 != r2 and c1 != c2):
        return False
    between = [board[r][c] for r in range(min(r1, r2), max(r1, r2) + 1) for c in range(min(c1, c2), max(c1, c2) + 1)]
    target = board[r2][c2]
    return set(between[1:-1]) <= {"."} and (target == "." or target.isupper() != board[r1][c1].isupper())


def test_rook_move_ok() -> None:
    board = ["R..p", "....", "N..r"]
    assert rook_move_ok(board, (0, 0), (0, 2)) is True
    assert rook_move_ok(board, (0, 0), (0, 3)) is True
    assert rook_move_ok(board, (0, 0), (2, 0)) is False
    assert rook_move_ok(board, (0, 0), (1, 1)) is False
    assert rook_move_ok(board, (0, 0), (0, 0)) is False
    assert rook_move_ok(board, (2, 3), (2, 0)) is True
    assert rook_move_ok(["R.p.", "...."], (0, 0), (0, 3)) is False


def expand_fen_row(rank: str) -> str:
    """Spell out one rank of a chess position in Forsyth notation, with a dot for each empty square."""
    return re.sub(r"\d", lambda digit: "." * int(digit.group()), rank)


def test_expand_fen_row() -> None:
    assert expand_fen_row("8") == "........"
    assert expand_fen_row("rnbqkbnr") == "rnbqkbnr"
    assert expand_fen_row("p2P3k") == "p..P...k"
    assert expand_fen_row("") == ""


def league_table(matches: list[tuple[str, str, int, int]]) -> list[str]:
    """Table of a football league from (home, guest, goals home, goals guest).

    Three points for a win, one for a draw. Order by points, then goal difference, then goals scored, then
    name. Lines read 'Name 6 +3'.
    """
    points, scored, conceded = Counter(), Counter(), Counter()
    for home, guest, goals, against in matches:
        points[home] += 3 if goals > against else goals == against
        points[guest] += 3 if against > goals else goals == against
        scored.update({home: goals, guest: against})
        conceded.update({home: against, guest: goals})
    order = sorted(points, key=lambda t: (-points[t], conceded[t] - scored[t], -scored[t], t))
    return [f"{team} {points[team]} {scored[team] - conceded[team]:+d}" for team in order]


def test_league_table() -> None:
    assert league_table([]) == []
    assert league_table([("Nord", "Sud", 2, 2)]) == ["Nord 1 +0", "Sud 1 +0"]
    season = [("Ash", "Elm", 3, 1), ("Elm", "Fir", 4, 0), ("Fir", "Ash", 1, 0)]
    assert league_table(season) == ["Elm 3 +2", "Ash 3 +1", "Fir 3 -3"]
    assert league_table([("B", "A", 0, 1), ("C", "D", 5, 4)]) == ["C 3 +1", "A 3 +1", "D 0 -1", "B 0 -1"]


def round_robin(teams: list[str]) -> list[list[tuple[str, str]]]:
    """Draw up a tournament in which each team plays every other once, by the circle method.

    The first team stays, the others move one place to the right after each round; pairs are formed from
    the outside in. With an odd number of teams somebody has a bye in each round.
    """
    ring = deque(teams + ["bye"] * (len(teams) % 2))
    rounds = []
    for _ in range(len(ring) - 1):
        half = len(ring) // 2
        pairs = zip(list(ring)[:half], list(ring)[::-1])
        rounds.append([pair for pair in pairs if "bye" not in pair])
        anchor = ring.popleft()
        ring.rotate(1)
        ring.appendleft(anchor)
    return rounds


def test_round_robin() -> None:
    assert round_robin(["a", "b"]) == [[("a", "b")]]
    assert round_robin(["a", "b", "c"]) == [[("b", "c")], [("a", "c")], [("a", "b")]]
    games = [frozenset(pair) for games in round_robin(list("abcdef")) for pair in games]
    assert len(games) == len(set(games)) == 15
    assert round_robin(list("abcd"))[1] == [("a", "c"), ("d", "b")]


# Play a knockout cup.
#
# Neighbours in the list meet; `beats(a, b)` tells whether a wins against b. The last one of an odd number goes
# through without playing. Returns the teams of every round, the champion alone at the end.
def knockout(seeds: list[str], beats) -> list[list[str]]:
    rounds = [seeds]
    while len(rounds[-1]) > 1:
        now = rounds[-1]
        meetings = zip_longest(now[::2], now[1::2])
        rounds.append([a if b is None or beats(a, b) else b for a, b in meetings])
    return rounds


def test_knockout() -> None:
    assert knockout(["a"], None) == [["a"]]
    assert knockout(list("dbca"), lambda a, b: a < b) == [list("dbca"), ["b", "a"], ["a"]]
    assert knockout([5, 9, 2], lambda a, b: a > b) == [[5, 9, 2], [9, 2], [9]]
    assert knockout([1, 8, 3, 4, 7], lambda a, b: a > b) == [[1, 8, 3, 4, 7], [8, 4, 7], [8, 7], [8]]


def elo_after(rating: int, opponent: int, result: float, k: int = 32) -> int:
    """New Elo rating after a game whose result is 1 for a win, 0.5 for a draw and 0 for a defeat, rounded."""
    expected = 1 / (1 + 10 ** ((opponent - rating) / 400))
    return round(rating + k * (result - expected))


def test_elo_after() -> None:
    assert elo_after(1500, 1500, 1) == 1516
    assert elo_after(1500, 1500, 0.5) == 1500
    assert elo_after(1400, 1800, 1) == 1429
    assert elo_after(2400, 1200, 0, k=1000) == 1401
    assert elo_after(1800, 1400, 0, k=20) == 1782


def snakes_and_ladders(rolls: list[int], jumps: dict[int, int], last: int) -> int:
    """Where does a piece stand after these rolls, starting from 0?

    Landing on a field with a jump takes it to the field at its other end at once. A roll that would go past
    the last field is lost; on the last field the game is over.

    >>> snakes_and_ladders([6, 6, 6, 6, 2], {}, 20)
    20
    """
    field = 0
    for roll in rolls:
        if field == last:
            break
        if field + roll <= last:
            field += roll
            field = jumps.get(field, field)
    return field


def test_snakes_and_ladders() -> None:
    assert snakes_and_ladders([], {}, 20) == 0
    assert snakes_and_ladders([3, 4], {3: 10}, 20) == 14
    assert snakes_and_ladders([6, 6, 6, 6, 2], {}, 20) == 20
    assert snakes_and_ladders([5, 5], {10: 2}, 10) == 2
    assert snakes_and_ladders([4, 1, 1], {1: 5}, 4) == 4


def dice_odds(dice: int, sides: int, at_least: int) -> Fraction:
    """Probability that several dice show at least so many points together."""
    ways = {0: 1}
    for _ in range(dice):
        after = defaultdict(int)
        for total, count in ways.items():
            for face in range(1, sides + 1):
                after[total + face] += count
        ways = after
    return Fraction(sum(count for total, count in ways.items() if total >= at_least), sides**dice)


def test_dice_odds() -> None:
    assert dice_odds(1, 6, 5) == Fraction(1, 3)
    assert dice_odds(2, 6, 11) == Fraction(1, 12)
    assert dice_odds(3, 4, 3) == 1
    assert dice_odds(2, 6, 13) == 0
    assert dice_odds(0, 6, 1) == 0


def nim_move(piles):
    """Find a winning move at Nim, where whoever takes the last match wins.

    Returns (pile, matches to take) for the first pile from which one can win, or None if every move loses.
    """
    balance = 0
    for pile in piles:
        balance ^= pile
    for place, pile in enumerate(piles):
        if pile ^ balance < pile:
            return place, pile - (pile ^ balance)
    return None


def test_nim_move() -> None:
    assert nim_move([]) is None
    assert nim_move([4]) == (0, 4)
    assert nim_move([3, 3]) is None
    assert nim_move([1, 5]) == (1, 4)
    assert nim_move([1, 2, 3]) is None
    assert nim_move([3, 4, 5]) == (0, 2)


def can_win_subtraction(matches: int, moves: tuple[int, ...]) -> bool:
    """Can the player to move force taking the last match, when only these numbers of matches may be taken?

    Who cannot move has lost.

    >>> can_win_subtraction(4, (1, 2, 3))
    False
    """

    @lru_cache(maxsize=None)
    def wins(left: int) -> bool:
        return any(take <= left and not wins(left - take) for take in moves)

    return wins(matches)


def test_can_win_subtraction() -> None:
    assert can_win_subtraction(0, (1, 2, 3)) is False
    assert can_win_subtraction(4, (1, 2, 3)) is False
    assert can_win_subtraction(7, (1, 2, 3)) is True
    assert can_win_subtraction(1, (2, 3)) is False
    assert can_win_subtraction(6, (2, 5)) is True


# State of a game of hangman after some guesses: the word with '_' for hidden letters, and the lives left.
#
# Every wrong letter costs a life, but only once. Case does not matter; hyphens and spaces are never hidden.
# Guessing stops at zero lives.
def hangman(word: str, letters: str, lives: int) -> tuple[str, int]:
    guessed: set[str] = set()
    for letter in letters.lower():
        if lives == 0:
            break
        if letter not in guessed and letter not in word.lower():
            lives -= 1
        guessed.add(letter)
    shown = "".join(char if char in "- " or char.lower() in guessed else "_" for char in word)
    return shown, lives


def test_hangman() -> None:
    assert hangman("Owl", "", 5) == ("___", 5)
    assert hangman("Owl", "oxx", 5) == ("O__", 4)
    assert hangman("Snow-Owl", "wo", 3) == ("__ow-Ow_", 3)
    assert hangman("owl", "abco", 2) == ("___", 0)
    assert hangman("ünü", "Ü", 1) == ("ü_ü", 1)


def initiative_order(fighters):
    """Who acts when in a fight? Fighters have (initiative, dexterity): the higher initiative first; equal ones
    compare dexterity; those equal in both follow the alphabet.

    >>> initiative_order({"x": (-1, 0), "y": (0, -5)})
    ['y', 'x']
    """

    def compare(a: str, b: str) -> int:
        if fighters[a] != fighters[b]:
            return -1 if fighters[a] > fighters[b] else 1
        return (a > b) - (a < b)

    return sorted(fighters, key=cmp_to_key(compare))


def test_initiative_order() -> None:
    assert initiative_order({}) == []
    assert initiative_order({"orc": (12, 3), "elf": (18, 9)}) == ["elf", "orc"]
    assert initiative_order({"a": (1, 0), "b": (1, 0), "d": (9, 9), "c": (1, 0)}) == ["d", "a", "b", "c"]
    assert initiative_order({"orc": (12, 3), "imp": (12, 8), "ape": (12, 3)}) == ["imp", "ape", "orc"]
    assert initiative_order({"x": (-1, 0), "y": (0, -5)}) == ["y", "x"]


# All runs of exactly `length` consecutive ranks that a hand contains, lowest first; ranks may repeat in the
# hand but a run uses each only once.
def straights(hand, length):
    ranks = set(hand)
    return [
        list(range(low, low + length)) for low in sorted(ranks) if ranks.issuperset(range(low, low + length))
    ]


def test_straights() -> None:
    assert straights([], 3) == []
    assert straights([9, 4, 5, 3, 5], 3) == [[3, 4, 5]]
    assert straights([1, 2, 3, 4], 3) == [[1, 2, 3], [2, 3, 4]]
    assert straights([7, 7], 1) == [[7]]


def seeded_draw(names, prizes, seed):
    """Raffle prizes among names so that everybody wins at most one, the same way whenever the seed is the same.

    Prizes left over, or names without a prize, do not occur in the result.
    """
    lots = sorted(names)
    random.Random(seed).shuffle(lots)
    return dict(zip(lots, prizes))


def test_seeded_draw() -> None:
    names = ["ann", "bo", "cy", "di"]
    first = seeded_draw(names, ["cake", "book"], 7)
    assert first == seeded_draw(names[::-1], ["cake", "book"], 7)
    assert len(first) == 2 and set(first.values()) == {"cake", "book"}
    assert seeded_draw([], ["cake"], 1) == {}
    assert len({tuple(seeded_draw(names, list("wxyz"), seed)) for seed in range(50)}) > 1


def dominoes_chain(pieces: list[tuple[int, int]]) -> bool:
    """Can all pieces be laid in one closed ring, with equal numbers touching? Pieces may be turned round."""
    ends = Counter(number for piece in pieces for number in piece)
    if any(count % 2 for count in ends.values()):
        return False
    reached = set(pieces[0]) if pieces else set()
    for _ in pieces:
        for piece in pieces:
            if reached & set(piece):
                reached |= set(piece)
    return reached == set(ends)


def test_dominoes_chain() -> None:
    assert dominoes_chain([]) is True
    assert dominoes_chain([(1, 1)]) is True
    assert dominoes_chain([(1, 2)]) is False
    assert dominoes_chain([(1, 2), (3, 1), (2, 3)]) is True
    assert dominoes_chain([(1, 2), (2, 1), (3, 4), (4, 3)]) is False
    assert dominoes_chain([(4, 5), (1, 2), (2, 4), (5, 1)]) is True


# Scoreboard for a quiz, as an object with methods `correct(team, points)`, `wrong(team)` and `leader()`.
#
# A wrong answer costs a point but never takes a team below zero. `leader()` names the team with most points, or
# None while two or more share the lead.
def make_scoreboard(teams):

    @dataclass
    class Scoreboard:
        points: dict

        def correct(self, team, points=1):
            self.points[team] += points

        def wrong(self, team):
            self.points[team] = max(0, self.points[team] - 1)

        def leader(self):
            top = max(self.points.values())
            leading = [team for team, points in self.points.items() if points == top]
            return leading[0] if len(leading) == 1 else None

    return Scoreboard(dict.fromkeys(teams, 0))


def test_make_scoreboard() -> None:
    board = make_scoreboard(["owls", "rays"])
    assert board.leader() is None
    board.correct("rays", 3)
    board.wrong("owls")
    assert board.leader() == "rays" and board.points == {"owls": 0, "rays": 3}
    board.correct("owls")
    board.correct("owls", 2)
    assert board.leader() is None
    board.wrong("rays")
    assert board.leader() == "owls"


def team_counts(players: int, sizes: list[int]) -> int:
    """In how many ways can a number of players be written as team sizes from the list, the order being of no
    importance and sizes being used as often as one likes?"""
    ways = [1] + [0] * players
    for size in set(sizes):
        for total in range(size, players + 1):
            ways[total] += ways[total - size]
    return ways[players]


def test_team_counts() -> None:
    assert team_counts(0, [2]) == 1
    assert team_counts(7, [2, 4]) == 0
    assert team_counts(10, [2, 3, 5, 5]) == 4
    assert team_counts(4, [1, 2]) == 3


def seating_turns(names: list[str], skip: set[str], turns: int) -> list[str]:
    """List who has the next turns in a round game when some players must sit out all the time."""
    order = []
    for name in cycle(names):
        if len(order) == turns or skip.issuperset(names):
            return order
        if name not in skip:
            order.append(name)
    return order


def test_seating_turns() -> None:
    assert seating_turns(["a", "b"], set(), 3) == ["a", "b", "a"]
    assert seating_turns(["a", "b", "c"], {"b"}, 4) == ["a", "c", "a", "c"]
    assert seating_turns(["a"], {"a"}, 2) == []
    assert seating_turns([], set(), 2) == []
    assert seating_turns(["a"], set(), 0) == []


def best_pair_sum(cards: list[int], modulus: int) -> int:
    """Highest score that two of the cards give together, where only the remainder by the modulus counts, as in
    baccarat; -1 with fewer than two cards.

    >>> best_pair_sum([9, 8, 3], 10)
    7
    """
    return max(((a + b) % modulus for a, b in combinations(cards, 2)), default=-1)


def test_best_pair_sum() -> None:
    assert best_pair_sum([], 10) == -1
    assert best_pair_sum([5], 10) == -1
    assert best_pair_sum([5, 5], 10) == 0
    assert best_pair_sum([9, 8, 3], 10) == 7
    assert best_pair_sum([1, 2, 6], 10) == 8
