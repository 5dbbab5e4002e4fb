"""Simulation: queues, machines, creatures, robots, elevators and small virtual processors."""

from collections import Counter, deque
from dataclasses import dataclass
from itertools import count, cycle, islice
import heapq
import math
import random


def checkout_minutes(customers: list[int], tills: int) -> int:
    """Minutes until everybody has paid, when customers with known service times wait in one line and the next one
    goes to whichever till becomes free first."""
    busy_until = [0] * tills
    for minutes in customers:
        heapq.heapreplace(busy_until, busy_until[0] + minutes)
    return max(busy_until)


def test_checkout_minutes() -> None:
    assert checkout_minutes([], 2) == 0
    assert checkout_minutes([5, 3, 4], 1) == 12
    assert checkout_minutes([10, 2, 3, 3], 2) == 10
    assert checkout_minutes([2, 2, 3], 9) == 3


def elevator_log(start: int, calls: list[int]) -> tuple[list[int], int]:
    """Serve floors with an elevator that goes on in one direction while there are calls ahead, then turns.

    At first it goes up if there is any call above. Returns the floors in order of service, and the number of
    floors travelled. Calls for the floor where it stands are served at once; repeated calls count once.

    >>> elevator_log(5, [9, 1, 7, 2])
    ([7, 9, 2, 1], 12)
    """
    waiting = set(calls)
    order = [start] if start in waiting else []
    waiting.discard(start)
    floor, travelled, up = start, 0, True
    while waiting:
        ahead = [call for call in waiting if (call > floor) == up]
        if not ahead:
            up = not up
            continue
        following = min(ahead) if up else max(ahead)
        travelled += abs(following - floor)
        floor = following
        waiting.remove(floor)
        order.append(floor)
    return order, travelled


def test_elevator_log() -> None:
    assert elevator_log(3, []) == ([], 0)
    assert elevator_log(3, [1, 5, 4]) == ([4, 5, 1], 6)
    assert elevator_log(3, [3, 2, 2]) == ([3, 2], 1)
    assert elevator_log(0, [-1, -3]) == ([-1, -3], 3)
    assert elevator_log(5, [9, 1, 7, 2]) == ([7, 9, 2, 1], 12)


def tape_editor(tape: str, keys: str) -> tuple[str, int]:
    """Replay keys on a line of text.

    '<' and '>' move the cursor within the text, '#' deletes the character before the cursor, '{' jumps to the
    beginning and '}' to the end; every other key is inserted at the cursor. It starts at the end. Returns text and
    cursor.
    """
    cursor = len(tape)
    for key in keys:
        if key in "{}":
            cursor = 0 if key == "{" else len(tape)
        elif key in "<>":
            cursor = max(0, min(len(tape), cursor + (1 if key == ">" else -1)))
        elif key == "#":
            tape = tape[: max(0, cursor - 1)] + tape[cursor:]
            cursor = max(0, cursor - 1)
        else:
            tape = tape[:cursor] + key + tape[cursor:]
            cursor += 1
    return tape, cursor


def test_tape_editor() -> None:
    assert tape_editor("", "") == ("", 0)
    assert tape_editor("tea", "m") == ("team", 4)
    assert tape_editor("tea", "<<x>y") == ("txeya", 4)
    assert tape_editor("tea", "{#s}#") == ("ste", 3)
    assert tape_editor("ab", "<#<<z>>>>") == ("zb", 2)


def vending_machine(coins: list[int], price: int) -> tuple[bool, list[int]]:
    """Insert coins one by one until the price is reached; the rest is not inserted.

    Returns whether the drink came out, and what the customer gets back: change in the fewest coins of 50, 20, 10
    and 5, largest first, or, if the coins were not enough, exactly these coins. Amounts are multiples of 5.
    """
    inserted: list[int] = []
    for coin in coins:
        if sum(inserted) >= price:
            break
        inserted.append(coin)
    change = sum(inserted) - price
    if change < 0:
        return False, inserted
    returned = []
    for coin in (50, 20, 10, 5):
        returned += [coin] * (change // coin)
        change %= coin
    return True, returned


def test_vending_machine() -> None:
    assert vending_machine([], 50) == (False, [])
    assert vending_machine([20, 20], 50) == (False, [20, 20])
    assert vending_machine([20, 20, 10, 50], 50) == (True, [])
    assert vending_machine([200], 105) == (True, [50, 20, 20, 5])
    assert vending_machine([5, 50], 40) == (True, [10, 5])


def herd(sheep: list[int], dog: list[int], fear: int) -> list[int]:
    """Drive sheep along a lane with a dog that appears at one place after the other.

    Each time, every sheep less than `fear` away from the dog runs one step away from it, to the right if it stands
    where the dog is. Positions are returned in the order of the sheep.
    """
    places = list(sheep)
    for spot in dog:
        places = [
            place + (1 if place >= spot else -1) if abs(place - spot) < fear else place for place in places
        ]
    return places


def test_herd() -> None:
    assert herd([], [3], 2) == []
    assert herd([5, 9], [], 4) == [5, 9]
    assert herd([5, 9, 3], [4], 2) == [6, 9, 2]
    assert herd([4], [4, 4, 4], 2) == [6]
    assert herd([0, 10], [5], 6) == [-1, 11]


def opinion_rounds(circle):
    """People in a circle hold opinions 'y' or 'n'; in every round all of them at once take the majority's opinion among
    themselves and their two neighbours.

    Returns after how many rounds nothing changes any more, and the opinions then; after as many rounds as there are
    people it is broken off.
    """
    size = len(circle)
    for rounds in range(size):
        after = "".join(
            "y" if [circle[place - 1], circle[place], circle[(place + 1) % size]].count("y") > 1 else "n"
            for place in range(size)
        )
        if after == circle:
            return rounds, circle
        circle = after
    return size, circle


def test_opinion_rounds() -> None:
    assert opinion_rounds("") == (0, "")
    assert opinion_rounds("yyynnn") == (0, "yyynnn")
    assert opinion_rounds("yynyyn") == (1, "yyyyyy")
    assert opinion_rounds("yynnyny") == (1, "yynnnyy")
    assert opinion_rounds("ynyn") == (4, "ynyn")


def predator_prey(rabbits, foxes, seasons):
    """Populations at the end of each season, rounded down.

    In a season rabbits multiply by 1.5 and lose 0.01 for each pair of a rabbit and a fox; foxes multiply by 0.8
    and gain 0.002 for each such pair. Both use the numbers before the season, and never fall below zero.

    >>> predator_prey(10, 0, 3)
    [(15, 0), (22, 0), (33, 0)]
    """
    history = []
    for _ in range(seasons):
        meetings = rabbits * foxes
        rabbits = max(0.0, rabbits * 1.5 - 0.01 * meetings)
        foxes = max(0.0, foxes * 0.8 + 0.002 * meetings)
        history.append((int(rabbits), int(foxes)))
    return history


def test_predator_prey() -> None:
    assert predator_prey(10, 5, 0) == []
    assert predator_prey(100, 20, 2) == [(130, 20), (169, 21)]
    assert predator_prey(10, 0, 3) == [(15, 0), (22, 0), (33, 0)]
    assert predator_prey(10, 1000, 1) == [(0, 820)]


def hot_potato(players: list[str], passes: list[int]) -> list[str]:
    """Who drops out when?

    The first player holds the potato. For each number it is passed on so many times along the circle, and
    whoever then holds it drops out; the next player takes it. The survivors follow at the end, from the holder
    of the potato on.

    >>> hot_potato(["ann", "bo", "cy"], [1])
    ['bo', 'cy', 'ann']
    """
    circle = deque(players)
    out = []
    for number in passes:
        if len(circle) < 2:
            break
        circle.rotate(-number)
        out.append(circle.popleft())
    return out + list(circle)


def test_hot_potato() -> None:
    assert hot_potato([], [3]) == []
    assert hot_potato(["ann"], [1, 2]) == ["ann"]
    assert hot_potato(["ann", "bo", "cy"], [1]) == ["bo", "cy", "ann"]
    assert hot_potato(["ann", "bo", "cy", "di"], [2, 0, 5]) == ["cy", "di", "bo", "ann"]


def traffic_jam(road, steps):
    """Move cars '>' on a ring road, '.' being free.

    In each step all cars whose next place was free at the beginning of the step go one place on, together; the
    place after the last one is the first.
    """
    for _ in range(steps):
        length = len(road)
        moving = {p for p in range(length) if road[p] == ">" and road[(p + 1) % length] == "."}
        arrived = {(p + 1) % length for p in moving}
        road = "".join("." if p in moving else ">" if p in arrived else road[p] for p in range(length))
    return road


def test_traffic_jam() -> None:
    assert traffic_jam("", 3) == ""
    assert traffic_jam(">..", 1) == ".>."
    assert traffic_jam(">>.", 1) == ">.>"
    assert traffic_jam("..>", 1) == ">.."
    assert traffic_jam(">>>", 5) == ">>>"
    assert traffic_jam(">>..", 3) == ">.>."


def bank_teller(events, closing):
    """Messages of a counter at which one customer is served at a time, three minutes each, in order of arrival.

    Events are (minute, name), ascending. The messages read '10 ann' with the minute at which service begins; who
    could not be finished by closing time is sent away with 'sorry bo'.

    >>> bank_teller([(0, "ann"), (1, "bo"), (9, "cy")], 60)
    ['0 ann', '3 bo', '9 cy']
    """
    messages = []
    free = 0
    for minute, name in events:
        begin = max(minute, free)
        if begin + 3 > closing:
            messages.append(f"sorry {name}")
            continue
        free = begin + 3
        messages.append(f"{begin} {name}")
    return messages


def test_bank_teller() -> None:
    assert bank_teller([], 60) == []
    assert bank_teller([(0, "ann"), (1, "bo"), (9, "cy")], 60) == ["0 ann", "3 bo", "9 cy"]
    assert bank_teller([(0, "ann"), (1, "bo"), (2, "cy")], 6) == ["0 ann", "3 bo", "sorry cy"]
    assert bank_teller([(5, "di")], 8) == ["5 di"]
    assert bank_teller([(6, "di")], 8) == ["sorry di"]


def vacuum_robot(room: list[str], moves: str) -> tuple[int, int]:
    """Send a robot from the upper left corner through a room; it cleans every place it stands on.

    Moves are u, d, l and r. Walls '#' and the edge stop a move. Returns how many dirty places '*' were cleaned,
    and how often the robot bumped into something.
    """
    dirty = {(r, c) for r, row in enumerate(room) for c, cell in enumerate(row) if cell == "*"}
    initially = len(dirty)
    r = c = bumps = 0
    dirty.discard((r, c))
    for move in moves:
        nr = r + (move == "d") - (move == "u")
        nc = c + (move == "r") - (move == "l")
        if 0 <= nr < len(room) and 0 <= nc < len(room[nr]) and room[nr][nc] != "#":
            r, c = nr, nc
            dirty.discard((r, c))
        else:
            bumps += 1
    return initially - len(dirty), bumps


def test_vacuum_robot() -> None:
    assert vacuum_robot(["."], "") == (0, 0)
    assert vacuum_robot(["*"], "ul") == (1, 2)
    assert vacuum_robot(["*.*", "#*."], "rdlurr") == (3, 2)
    assert vacuum_robot([".*", ".*"], "drul") == (2, 0)
    assert vacuum_robot(["..", ".."], "rrdd") == (0, 2)


def random_walk(steps, seed):
    """Positions of a walker who goes one up or one down at random, starting at 0, the same for the same seed."""
    generator = random.Random(seed)
    positions = [0]
    for _ in range(steps):
        positions.append(positions[-1] + generator.choice((-1, 1)))
    return positions


def test_random_walk() -> None:
    assert random_walk(0, 1) == [0]
    walk = random_walk(500, 42)
    assert len(walk) == 501 and walk == random_walk(500, 42)
    assert {abs(a - b) for a, b in zip(walk, walk[1:])} == {1}
    assert walk != random_walk(500, 43)
    assert {random_walk(1, seed)[1] for seed in range(30)} == {-1, 1}


def estimate_area(inside, samples: int, seed: int) -> float:
    """Estimate the area of a shape within the unit square by random points.

    Parameters
    ----------
    inside : callable
        Tells for x and y whether a point belongs to the shape.
    samples : int
        Number of points.
    seed : int
        Seed of the generator.
    """
    generator = random.Random(seed)
    hits = sum(1 for _ in range(samples) if inside(generator.random(), generator.random()))
    return hits / samples


def test_estimate_area() -> None:
    assert estimate_area(lambda x, y: True, 10, 1) == 1
    assert estimate_area(lambda x, y: False, 10, 1) == 0
    quarter = estimate_area(lambda x, y: math.hypot(x, y) < 1, 20_000, 3)
    assert abs(quarter - math.pi / 4) < 0.02
    assert abs(estimate_area(lambda x, y: x < 0.25, 20_000, 4) - 0.25) < 0.02


def round_robin_scheduler(jobs: dict[str, int], quantum: int) -> list[tuple[str, int]]:
    """When does each job finish, if jobs take turns on a processor for at most `quantum` time units each?

    Jobs take turns in the order given; one that is not done goes to the end of the line. The result is in order of
    finishing.
    """
    line = deque(jobs.items())
    clock = 0
    finished = []
    while line:
        name, left = line.popleft()
        clock += min(left, quantum)
        if left > quantum:
            line.append((name, left - quantum))
        else:
            finished.append((name, clock))
    return finished


def test_round_robin_scheduler() -> None:
    assert round_robin_scheduler({}, 2) == []
    assert round_robin_scheduler({"a": 3, "b": 1}, 2) == [("b", 3), ("a", 4)]
    assert round_robin_scheduler({"a": 2, "b": 2}, 2) == [("a", 2), ("b", 4)]
    assert round_robin_scheduler({"x": 5, "y": 3, "z": 1}, 2) == [("z", 5), ("y", 8), ("x", 9)]


def disk_head(start: int, requests: list[int]) -> list[int]:
    """Order in which a disk head serves tracks if it always goes to the nearest one waiting, the lower track of two
    equally near ones.

    >>> disk_head(50, [10, 60, 55, 100])
    [55, 60, 100, 10]
    """
    waiting = sorted(requests)
    order = []
    head = start
    while waiting:
        head = min(waiting, key=lambda track: abs(track - head))
        waiting.remove(head)
        order.append(head)
    return order


def test_disk_head() -> None:
    assert disk_head(50, []) == []
    assert disk_head(50, [10, 60, 55, 100]) == [55, 60, 100, 10]
    assert disk_head(5, [7, 3]) == [3, 7]
    assert disk_head(1, [4, 4, 1]) == [1, 4, 4]


def cool_down(temperature, ambient, rate, target):
    """Minutes until a drink is no warmer than the target.

    Each minute it loses the given share of its difference from the surroundings. -1 if it can never get there,
    because the target is not above the surroundings and the drink is warmer.
    """
    if temperature <= target:
        return 0
    if target <= ambient:
        return -1
    minutes = 0
    while temperature > target:
        temperature -= rate * (temperature - ambient)
        minutes += 1
    return minutes


def test_cool_down() -> None:
    assert cool_down(20, 20, 0.1, 20) == 0
    assert cool_down(90, 20, 0.1, 20) == -1
    assert cool_down(100, 0, 0.5, 25) == 2
    assert cool_down(100, 20, 0.1, 60) == 7
    assert cool_down(15, 20, 0.1, 18) == 0


def bouncing_ball(height: float, bounce: float, window: float) -> int:
    """How often does somebody at a window see a ball that is dropped from above it pass by, falling and rising?

    After each fall the ball rises to `bounce` (below 1) times the height before; it is seen only if it goes
    strictly above the window. The first fall counts if it begins strictly above.

    >>> bouncing_ball(8, 0.5, 0.9)
    7
    """
    seen = 0
    while height > window:
        seen += 1
        height *= bounce
        if height > window:
            seen += 1
    return seen


def test_bouncing_ball() -> None:
    assert bouncing_ball(1, 0.5, 2) == 0
    assert bouncing_ball(10, 0.5, 6) == 1
    assert bouncing_ball(10, 0.5, 5) == 1
    assert bouncing_ball(10, 0.5, 4) == 3
    assert bouncing_ball(8, 0.5, 0.9) == 7


def orbit_positions(period: int, radius: float, times: list[int]) -> list[tuple[float, float]]:
    """Where is a moon at some times, on a circle around its planet, if it starts on the positive x-axis and goes
    round anticlockwise? Coordinates have two places."""
    places = []
    for time in times:
        angle = 2 * math.pi * (time % period) / period
        places.append((round(radius * math.cos(angle), 2), round(radius * math.sin(angle), 2)))
    return places


def test_orbit_positions() -> None:
    assert orbit_positions(8, 2, []) == []
    assert orbit_positions(8, 2, [0, 2, 4]) == [(2, 0), (0, 2), (-2, 0)]
    assert orbit_positions(8, 2, [9]) == orbit_positions(8, 2, [1]) == [(1.41, 1.41)]
    assert orbit_positions(12, 10, [1]) == [(8.66, 5.0)]


def battle(hero: tuple[int, int], monsters: list[tuple[int, int]]) -> str:
    """Fight monsters one after the other; fighters are (health, attack).

    The hero strikes first, then the monster, in turns, each strike taking the attack off the other's health, until
    one has none left. Answers 'won with N health' or 'fell to monster N', monsters being counted from 1.
    """

    @dataclass
    class Fighter:
        health: int
        attack: int

    champion = Fighter(*hero)
    for number, monster in enumerate((Fighter(*stats) for stats in monsters), start=1):
        attacker, defender = champion, monster
        while champion.health > 0 and monster.health > 0:
            defender.health -= attacker.attack
            attacker, defender = defender, attacker
        if champion.health <= 0:
            return f"fell to monster {number}"
    return f"won with {champion.health} health"


def test_battle() -> None:
    assert battle((10, 3), []) == "won with 10 health"
    assert battle((10, 5), [(5, 100)]) == "won with 10 health"
    assert battle((10, 5), [(6, 4), (11, 3)]) == "fell to monster 2"
    assert battle((10, 5), [(6, 4), (11, 2)]) == "won with 2 health"
    assert battle((4, 1), [(2, 4)]) == "fell to monster 1"


def token_bucket(capacity: int, refill: float, requests: list[tuple[float, int]]) -> list[bool]:
    """Which requests (second, tokens wanted) does a token bucket let through?

    It starts full, gains `refill` tokens a second up to its capacity, and gives tokens only all at once.
    """
    level, last = float(capacity), 0.0
    granted = []
    for second, wanted in requests:
        level = min(capacity, level + (second - last) * refill)
        last = second
        ok = wanted <= level
        level -= wanted * ok
        granted.append(ok)
    return granted


def test_token_bucket() -> None:
    assert token_bucket(5, 1, []) == []
    assert token_bucket(5, 1, [(0, 5), (0, 1), (1, 1)]) == [True, False, True]
    assert token_bucket(5, 1, [(100, 6)]) == [False]
    assert token_bucket(2, 0.5, [(0, 2), (1, 1), (2, 1), (3, 1)]) == [True, False, True, False]


def alternate_watch(crew: list[str], hours: int, watch: int) -> dict[str, int]:
    """Hours on deck for each of a crew that take watches of equal length in turn; the last watch may be cut short."""
    total = Counter(dict.fromkeys(crew, 0))
    left = hours
    for sailor in cycle(crew):
        if left <= 0:
            break
        total[sailor] += min(watch, left)
        left -= watch
    return dict(total)


def test_alternate_watch() -> None:
    assert alternate_watch(["ann", "bo"], 0, 4) == {"ann": 0, "bo": 0}
    assert alternate_watch(["ann", "bo"], 10, 4) == {"ann": 6, "bo": 4}
    assert alternate_watch(["ann", "bo", "cy"], 4, 4) == {"ann": 4, "bo": 0, "cy": 0}
    assert alternate_watch([], 5, 1) == {}


def ripple(levels: list[int], drops: list[int]) -> list[int]:
    """Let drops fall into cups that stand in a row, each holding three.

    A drop that falls into a full cup empties it, and one drop flows into each neighbouring cup, which may empty
    it in turn; at the ends drops are lost. Drops are given by the number of the cup.
    """
    cups = list(levels)
    falling = deque(drops)
    while falling:
        place = falling.popleft()
        if not 0 <= place < len(cups):
            continue
        if cups[place] < 3:
            cups[place] += 1
        else:
            cups[place] = 0
            falling.extendleft((place + 1, place - 1))
    return cups


def test_ripple() -> None:
    assert ripple([], [0]) == []
    assert ripple([0, 0], [1, 1]) == [0, 2]
    assert ripple([0, 3, 0], [1]) == [1, 0, 1]
    assert ripple([3], [0]) == [0]
    assert ripple([3, 3, 0], [1]) == [0, 1, 1]


def pseudo_random(seed: int, amount: int) -> list[int]:
    """Numbers from 0 to 99 of a linear congruential generator.

    The state becomes (1103515245 · state + 12345) modulo 2³¹, starting from the seed; each number is the state
    shifted right by sixteen bits, modulo 100.
    """

    def states():
        state = seed
        for _ in count():
            state = (1103515245 * state + 12345) % 2**31
            yield (state >> 16) % 100

    return list(islice(states(), amount))


def test_pseudo_random() -> None:
    assert pseudo_random(1, 0) == []
    assert pseudo_random(1, 3) == [38, 58, 13]
    assert pseudo_random(0, 1) == [0]
    assert pseudo_random(7, 50) == pseudo_random(7, 60)[:50]
    assert all(0 <= number < 100 for number in pseudo_random(99, 200))
