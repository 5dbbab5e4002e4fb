"""Sensors: readings over time, smoothing, alarms, calibration and gaps."""

from bisect import bisect_left
from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate, groupby, islice, tee
from statistics import fmean, median_low, pstdev
import csv
import io
import math
import struct


# Average of each reading and those before it, as far as the window reaches; two places.
def moving_average(readings: list[float], window: int) -> list[float]:
    recent: deque = deque(maxlen=window)
    averages = []
    for reading in readings:
        recent.append(reading)
        averages.append(round(sum(recent) / len(recent), 2))
    return averages


def test_moving_average() -> None:
    assert moving_average([], 3) == []
    assert moving_average([5], 3) == [5]
    assert moving_average([3, 6, 9, 0], 3) == [3, 4.5, 6, 5]
    assert moving_average([1, 2, 4], 1) == [1, 2, 4]
    assert moving_average([1, 0, 1], 3)[-1] == 0.67


def exponential_smoothing(readings, alpha):
    """Smooth exponentially: every value is alpha times the reading plus (1 - alpha) times the value before it;
    the first reading stands as it is."""
    return list(accumulate(readings, lambda smooth, reading: alpha * reading + (1 - alpha) * smooth))


def test_exponential_smoothing() -> None:
    assert exponential_smoothing([], 0.5) == []
    assert exponential_smoothing([8], 0.5) == [8]
    assert exponential_smoothing([8, 0, 4], 0.5) == [8, 4, 4]
    assert exponential_smoothing([1, 2, 3], 1) == [1, 2, 3]
    assert exponential_smoothing([1, 2, 3], 0) == [1, 1, 1]


def hysteresis(readings, low, high):
    """Switch a heater by two thresholds.

    It goes on when the temperature falls below `low`, off when it rises above `high`, and otherwise stays as
    it was; it is off at the beginning.

    >>> hysteresis([20, 17, 19, 22, 19], 18, 21)
    [False, True, True, False, False]
    """
    on = False
    states = []
    for reading in readings:
        if reading < low:
            on = True
        elif reading > high:
            on = False
        states.append(on)
    return states


def test_hysteresis() -> None:
    assert hysteresis([], 1, 2) == []
    assert hysteresis([18, 21], 18, 21) == [False, False]
    assert hysteresis([10, 18, 21, 22, 18], 18, 21) == [True, True, True, False, False]
    assert hysteresis([-5, 50, -5], 0, 10) == [True, False, True]


def fill_gaps(readings: list) -> list:
    """Replace None by straight-line interpolation between the readings around it.

    At the ends the nearest reading is repeated. A list without any reading comes back unchanged.
    """
    known = [place for place, reading in enumerate(readings) if reading is not None]
    if not known:
        return readings[:]
    filled = []
    for place in range(len(readings)):
        after = bisect_left(known, place)
        right = known[min(after, len(known) - 1)]
        left = known[max(after - 1, 0)] if right > place else right
        share = (place - left) / (right - left) if left < place < right else 0
        filled.append(readings[left] + (readings[right] - readings[left]) * share)
    return filled


def test_fill_gaps() -> None:
    assert fill_gaps([]) == []
    assert fill_gaps([None, None]) == [None, None]
    assert fill_gaps([1, None, 3]) == [1, 2, 3]
    assert fill_gaps([None, 4, None, None, 10, None]) == [4, 4, 6, 8, 10, 10]
    assert fill_gaps([None, 7]) == [7, 7]


def spikes(readings, limit):
    """Positions of readings that jump by more than `limit` away from both of their neighbours, in the same
    direction. The first and the last reading have only one neighbour and never count."""
    found = []
    for place in range(1, len(readings) - 1):
        rise = readings[place] - readings[place - 1]
        fall = readings[place] - readings[place + 1]
        if rise * fall > 0 and min(abs(rise), abs(fall)) > limit:
            found.append(place)
    return found


def test_spikes() -> None:
    assert spikes([], 1) == []
    assert spikes([1, 9], 1) == []
    assert spikes([1, 9, 1, 1, -7, 1], 5) == [1, 4]
    assert spikes([0, 6, 12], 5) == []
    assert spikes([20, 26, 32, 19], 5) == [2]
    assert spikes([0, 5, 0], 5) == []


# Build a function that corrects a sensor, from (raw, true) pairs, at least two with different raw values.
#
# The correction is the straight line that fits the pairs best in the sense of least squares.
def calibrate(pairs: list[tuple[float, float]]):
    mean_raw = fmean(raw for raw, _ in pairs)
    mean_true = fmean(true for _, true in pairs)
    spread = sum((raw - mean_raw) ** 2 for raw, _ in pairs)
    slope = sum((raw - mean_raw) * (true - mean_true) for raw, true in pairs) / spread
    return lambda raw: mean_true + slope * (raw - mean_raw)


def test_calibrate() -> None:
    assert calibrate([(0, 32), (100, 212)])(50) == 122
    assert calibrate([(0, 5), (10, 5)])(99) == 5
    assert calibrate([(0, 0), (1, 0), (1, 2), (2, 2)])(3) == 3
    assert calibrate([(2, 1), (4, 0)])(0) == 2


def debounce(samples: str, hold: int) -> str:
    """Clean the signal of a push button, given as '0' and '1'.

    The output takes a new level only once it has been seen `hold` times in a row; before the first sample
    the output is '0'.
    """
    state, candidate, seen = "0", "0", 0
    out = ""
    for level in samples:
        seen = seen + 1 if level == candidate else 1
        candidate = level
        if seen >= hold:
            state = level
        out += state
    return out


def test_debounce() -> None:
    assert debounce("", 2) == ""
    assert debounce("0101", 1) == "0101"
    assert debounce("0100110", 2) == "0000011"
    assert debounce("1110001", 3) == "0011100"


def downsample(readings: list[tuple[int, float]], bucket: int) -> list[tuple[int, float]]:
    """Reduce (second, value) readings to one mean per bucket of seconds.

    A bucket is named by its first second, which is a multiple of its length; buckets without readings are
    missing. Readings are in order of time. Means have two places.
    """
    reduced = []
    for start, members in groupby(readings, key=lambda reading: reading[0] // bucket * bucket):
        reduced.append((start, round(fmean(value for _, value in members), 2)))
    return reduced


def test_downsample() -> None:
    assert downsample([], 10) == []
    assert downsample([(0, 1), (9, 2), (10, 5), (35, 7)], 10) == [(0, 1.5), (10, 5), (30, 7)]
    assert downsample([(-1, 4), (0, 6)], 5) == [(-5, 4), (0, 6)]
    assert downsample([(1, 1), (2, 1), (3, 2)], 60) == [(0, 1.33)]


# Dew point in °C, to one place, from temperature and relative humidity in percent.
#
# Magnus formula with the constants 17.62 and 243.12 °C.
def dew_point(celsius: float, humidity: float) -> float:
    gamma = math.log(humidity / 100) + 17.62 * celsius / (243.12 + celsius)
    return round(243.12 * gamma / (17.62 - gamma), 1)


def test_dew_point() -> None:
    assert dew_point(20, 100) == 20
    assert dew_point(25, 50) == 13.9
    assert dew_point(0, 60) == -6.8
    assert dew_point(30, 80) == 26.2


def stuck(readings, times):
    """Has the sensor given exactly the same value at least `times` times in a row?

    >>> stuck([1, 2, 1, 2, 1], 2)
    False
    """
    return any(len(list(run)) >= times for _, run in groupby(readings))


def test_stuck() -> None:
    assert stuck([], 2) is False
    assert stuck([1, 1, 2, 2, 2], 3) is True
    assert stuck([1, 2, 1, 2, 1], 2) is False
    assert stuck([4], 1) is True


def outliers_by_deviation(readings: list[float], factor: float) -> list[float]:
    """Readings farther from the mean than `factor` population standard deviations, in their order."""
    if not readings:
        return []
    centre, spread = fmean(readings), pstdev(readings)
    return [reading for reading in readings if abs(reading - centre) > factor * spread]


def test_outliers_by_deviation() -> None:
    assert outliers_by_deviation([], 2) == []
    assert outliers_by_deviation([3, 3, 3], 1) == []
    assert outliers_by_deviation([10, 10, 10, 10, 50], 1.9) == [50]
    assert outliers_by_deviation([10, 10, 10, 10, 50], 2.0) == []
    assert outliers_by_deviation([-9, 0, 0, 9], 1) == [-9, 9]


def decode_frame(frame: bytes) -> dict:
    """Unpack what a weather station sends.

    Big-endian: station (unsigned 16 bits), temperature in tenths of a degree (signed 16 bits), humidity in
    percent (one byte), and a last byte that is the sum of all others modulo 256. ValueError if it is not.
    """
    if sum(frame[:-1]) % 256 != frame[-1]:
        raise ValueError("checksum does not match")
    station, tenths, humidity = struct.unpack(">HhB", frame[:-1])
    return {"station": station, "celsius": tenths / 10, "humidity": humidity}


def test_decode_frame() -> None:
    body = bytes([0x01, 0x02, 0x00, 0xD7, 55])
    assert decode_frame(body + bytes([sum(body) % 256])) == {"station": 258, "celsius": 21.5, "humidity": 55}
    cold = bytes([0, 7, 0xFF, 0xF6, 90])
    assert decode_frame(cold + bytes([sum(cold) % 256]))["celsius"] == -1.0
    assert decode_frame(bytes(6)) == {"station": 0, "celsius": 0.0, "humidity": 0}
    try:
        decode_frame(body + b"\x00")
        assert False, "must refuse"
    except ValueError:
        pass


# How often does a signal pass through a level, from below it to at least it or back?
def crossings(readings, level):
    sides = [reading >= level for reading in readings]
    return sum(a != b for a, b in zip(sides, sides[1:]))


def test_crossings() -> None:
    assert crossings([], 0) == 0
    assert crossings([1, 2, 3], 2) == 1
    assert crossings([1, -1, 1, -1], 0) == 3
    assert crossings([0, 0, 0], 0) == 0
    assert crossings([5, 4, 3], 4) == 1


def rain_event_totals(rows: str, dry: int) -> list[float]:
    """Total rain of each shower in a CSV text with the columns `minute` and `mm`.

    Rows with 0 mm are left out of account. A shower ends when more than `dry` minutes go by until the next
    rain. One place.
    """
    totals: list[float] = []
    last = None
    for row in csv.DictReader(io.StringIO(rows)):
        minute, fallen = int(row["minute"]), float(row["mm"])
        if not fallen:
            continue
        if last is None or minute - last > dry:
            totals.append(0.0)
        totals[-1] += fallen
        last = minute
    return [round(total, 1) for total in totals]


def test_rain_event_totals() -> None:
    assert rain_event_totals("minute,mm\n", 10) == []
    assert rain_event_totals("minute,mm\n0,0.1\n10,0.2\n21,1\n", 10) == [0.3, 1.0]
    assert rain_event_totals("mm,minute\n0,5\n0.0,6\n", 10) == []
    assert rain_event_totals("minute,mm\n0,1\n5,0\n12,2\n", 10) == [1.0, 2.0]


def energy_used(powers):
    """Energy in watt hours from (hour, watts) samples, joining them by straight lines (trapezoid rule)."""
    return sum((w1 + w2) / 2 * (t2 - t1) for (t1, w1), (t2, w2) in zip(powers, powers[1:]))


def test_energy_used() -> None:
    assert energy_used([]) == 0
    assert energy_used([(3, 100)]) == 0
    assert energy_used([(0, 100), (2, 100)]) == 200
    assert energy_used([(0, 0), (1, 100), (1.5, 100)]) == 100


def battery_state(volts: float):
    """Classify a cell by its voltage into an enumeration: EMPTY under 3.0, LOW under 3.5, GOOD under 4.1, FULL.

    The members' values are the symbols ○ ◔ ◑ ●, from empty to full.

    >>> battery_state(3.7).name
    'GOOD'
    """

    class Battery(Enum):
        EMPTY = "○"
        LOW = "◔"
        GOOD = "◑"
        FULL = "●"

    for limit, state in ((3.0, Battery.EMPTY), (3.5, Battery.LOW), (4.1, Battery.GOOD)):
        if volts < limit:
            return state
    return Battery.FULL


def test_battery_state() -> None:
    assert battery_state(2.9).name == "EMPTY"
    assert battery_state(3.0).value == "◔"
    assert battery_state(3.7).name == "GOOD"
    assert battery_state(4.1).value == "●"


def pair_readings(times_a: list[int], times_b: list[int], tolerance: int) -> list[tuple[int, int]]:
    """Match readings of two sensors by time.

    Each reading of the first, in order, takes the earliest unused reading of the second that is at most
    `tolerance` away; those without a partner are dropped. Both lists ascend.
    """
    pairs = []
    j = 0
    for a in times_a:
        while j < len(times_b) and times_b[j] < a - tolerance:
            j += 1
        if j < len(times_b) and times_b[j] <= a + tolerance:
            pairs.append((a, times_b[j]))
            j += 1
    return pairs


def test_pair_readings() -> None:
    assert pair_readings([], [1], 5) == []
    assert pair_readings([10, 20, 30], [11, 29], 2) == [(10, 11), (30, 29)]
    assert pair_readings([10, 11], [9, 12], 1) == [(10, 9), (11, 12)]
    assert pair_readings([10, 11], [10], 1) == [(10, 10)]
    assert pair_readings([0], [5], 4) == []


def tide_turns(levels):
    """Find high and low water in a series of levels.

    A turn is where rising changes to falling ('high') or falling to rising ('low'); if the level stands still
    there, the first of these places counts. The ends of the series are no turns.

    >>> tide_turns([3, 3, 1, 1, 2, 2])
    [('low', 2)]
    """
    turns = []
    direction, since = 0, 0
    for place in range(1, len(levels)):
        change = (levels[place] > levels[place - 1]) - (levels[place] < levels[place - 1])
        if change == 0:
            continue
        if direction * change < 0:
            turns.append(("high" if direction > 0 else "low", since))
        direction, since = change, place
    return turns


def test_tide_turns() -> None:
    assert tide_turns([]) == []
    assert tide_turns([1, 2, 3]) == []
    assert tide_turns([1, 3, 2, 0, 4]) == [("high", 1), ("low", 3)]
    assert tide_turns([2, 5, 5, 5, 1]) == [("high", 1)]
    assert tide_turns([3, 3, 1, 1, 2, 2]) == [("low", 2)]


def differences(stream, lag: int = 1):
    """Yield how much each item of a stream differs from the one `lag` places before it."""
    old, new = tee(stream)
    for before, after in zip(old, islice(new, lag, None)):
        yield after - before


def test_differences() -> None:
    assert list(differences([])) == []
    assert list(differences(iter([1, 4, 9, 16]))) == [3, 5, 7]
    assert list(differences([1, 4, 9, 16], lag=2)) == [8, 12]
    assert list(differences([5], lag=1)) == []


def make_station(name: str):
    """Open a record of a weather station as a data class object.

    It has `name`, a list `readings` that is empty at first, a method `add(value)` that returns the object
    itself, and a property `latest` that is None before the first reading.
    """

    @dataclass
    class Station:
        name: str
        readings: list = field(default_factory=list)

        def add(self, value):
            self.readings.append(value)
            return self

        @property
        def latest(self):
            return self.readings[-1] if self.readings else None

    return Station(name)


def test_make_station() -> None:
    pier = make_station("Pier")
    assert pier.latest is None
    assert pier.add(3).add(5) is pier
    assert pier.latest == 5 and pier.name == "Pier"
    assert make_station("Hill").readings == []
    assert repr(pier).endswith("Station(name='Pier', readings=[3, 5])")


def vote(readings: list[list[int]]) -> list[int]:
    """Combine redundant sensors: at each moment take the middle one of their readings, the lower of the two
    middle ones where their number is even."""
    return [median_low(moment) for moment in zip(*readings)]


def test_vote() -> None:
    assert vote([]) == []
    assert vote([[1, 2, 3]]) == [1, 2, 3]
    assert vote([[1, 90], [2, 5], [70, 6]]) == [2, 6]
    assert vote([[1, 9], [4, 3]]) == [1, 3]


def wind_direction(degrees: float) -> str:
    """Compass point, one of sixteen, from which the wind blows; 0 is north and 90 east.

    >>> wind_direction(200)
    'SSW'
    """
    points = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()
    return points[round(degrees / 22.5) % 16]


def test_wind_direction() -> None:
    assert wind_direction(0) == "N"
    assert wind_direction(350) == "N"
    assert wind_direction(90) == "E"
    assert wind_direction(315) == "NW"
    assert wind_direction(-45) == "NW"
    assert wind_direction(123) == "ESE"


def alarm_log(readings: list[tuple[str, float]], limit: float) -> list[str]:
    """Note when an alarm goes on and off.

    Readings are (time, value). The alarm goes on with the first value above the limit, and off with the first
    one that is not. Entries look like '10:05 on (7.5)' and '10:20 off'.
    """
    entries = []
    ringing = False
    for moment, value in readings:
        if (value > limit) == ringing:
            continue
        ringing = not ringing
        entries.append(f"{moment} on ({value:.1f})" if ringing else f"{moment} off")
    return entries


def test_alarm_log() -> None:
    assert alarm_log([], 5) == []
    assert alarm_log([("a", 5), ("b", 5.01)], 5) == ["b on (5.0)"]
    assert alarm_log([("10:05", 7.5), ("10:10", 9), ("10:20", 5), ("10:30", 1)], 5) == ["10:05 on (7.5)", "10:20 off"]
    assert alarm_log([("x", 9), ("y", 0), ("z", 9)], 5) == ["x on (9.0)", "y off", "z on (9.0)"]


def coverage_percent(seconds: list[int], start: int, end: int, every: int) -> float:
    """What share of the expected readings has arrived, in percent with one place?

    From start (included) to end (left out) one reading is expected in each slot of `every` seconds; several in
    a slot count once, and those outside the time do not count.

    >>> coverage_percent([5, 15], 5, 25, 10)
    100.0
    """
    expected = len(range(start, end, every))
    arrived = {(second - start) // every for second in seconds if start <= second < end}
    return round(100 * len(arrived) / expected, 1)


def test_coverage_percent() -> None:
    assert coverage_percent([], 0, 60, 10) == 0.0
    assert coverage_percent([0, 1, 12, 60, -1], 0, 60, 10) == 33.3
    assert coverage_percent(list(range(100)), 0, 100, 7) == 100.0
    assert coverage_percent([5, 15], 5, 25, 10) == 100.0


def room_report(readings: list[tuple[str, float]]) -> dict[str, str]:
    """Summarise temperatures by room as 'lowest…highest (count)', rooms in the order of their first reading.

    >>> room_report([])
    {}
    """
    rooms = defaultdict(list)
    for room, celsius in readings:
        rooms[room].append(celsius)
    return {room: f"{min(values):g}…{max(values):g} ({len(values)})" for room, values in rooms.items()}


def test_room_report() -> None:
    assert room_report([]) == {}
    rows = [("hall", 18), ("attic", 9.5), ("hall", 21.25), ("hall", 20)]
    assert room_report(rows) == {"hall": "18…21.25 (3)", "attic": "9.5…9.5 (1)"}
    assert list(room_report(rows)) == ["hall", "attic"]
    assert room_report([("ice", -4.0)]) == {"ice": "-4…-4 (1)"}
