"""Calendars: dates, weekdays, durations, deadlines and clock times."""

from calendar import isleap, monthrange
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta, timezone
from itertools import count, islice, takewhile
import calendar
import re


def last_friday(year: int, month: int) -> date:
    """Date of the last Friday of a month.

    >>> last_friday(2024, 5)
    datetime.date(2024, 5, 31)
    """
    day = date(year, month, monthrange(year, month)[1])
    while day.weekday() != calendar.FRIDAY:
        day -= timedelta(days=1)
    return day


def test_last_friday() -> None:
    assert last_friday(2024, 5) == date(2024, 5, 31)
    assert last_friday(2024, 2) == date(2024, 2, 23)
    assert last_friday(2023, 12) == date(2023, 12, 29)
    assert last_friday(2025, 1) == date(2025, 1, 31)


def add_months(day: date, months: int) -> date:
    """Move a date by whole months, back or forth; where the target month is too short, take its last day.

    >>> add_months(date(2024, 3, 15), -3)
    datetime.date(2023, 12, 15)
    """
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def test_add_months() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(2024, 3, 15), -3) == date(2023, 12, 15)
    assert add_months(date(2024, 11, 30), 2) == date(2025, 1, 30)
    assert add_months(date(2024, 5, 5), 0) == date(2024, 5, 5)


# Count the days from first to last, both included, that are neither weekend days nor holidays.
def working_days(first: date, last: date, holidays: set[date]) -> int:
    total = 0
    day = first
    while day <= last:
        if day.weekday() < 5 and day not in holidays:
            total += 1
        day += timedelta(days=1)
    return total


def test_working_days() -> None:
    monday = date(2024, 4, 29)
    assert working_days(monday, date(2024, 5, 5), set()) == 5
    assert working_days(monday, date(2024, 5, 5), {date(2024, 5, 1), date(2024, 5, 4)}) == 4
    assert working_days(date(2024, 5, 4), date(2024, 5, 5), set()) == 0
    assert working_days(monday, monday, set()) == 1
    assert working_days(monday, date(2024, 4, 28), set()) == 0


def human_duration(seconds: int) -> str:
    """Describe a duration by its two largest units that are not zero, such as '2 h 5 min'.

    Units are d, h, min and s. The rest is dropped; nothing at all is '0 s'.

    >>> human_duration(90061)
    '1 d 1 h'
    """
    parts = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(f"{amount} {unit}")
    return " ".join(parts[:2]) or "0 s"


def test_human_duration() -> None:
    assert human_duration(0) == "0 s"
    assert human_duration(59) == "59 s"
    assert human_duration(7500) == "2 h 5 min"
    assert human_duration(3601) == "1 h 1 s"
    assert human_duration(172800) == "2 d"
    assert human_duration(90061) == "1 d 1 h"


def parse_duration(text: str) -> int:
    """Read '1h30m', '45s' or '2d 4h' as seconds.

    Units are w, d, h, m and s; they may come in any order with spaces between them.

    :raises ValueError: when something remains that is not a number with a unit.
    """
    sizes = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
    if not re.fullmatch(r"(\s*\d+\s*[wdhms])+\s*", text):
        raise ValueError(f"not a duration: {text!r}")
    return sum(int(number) * sizes[unit] for number, unit in re.findall(r"(\d+)\s*([wdhms])", text))


def test_parse_duration() -> None:
    assert parse_duration("1h30m") == 5400
    assert parse_duration("45s") == 45
    assert parse_duration(" 2d 4 h ") == 187200
    assert parse_duration("1w1w") == 1209600
    for wrong in ("", "5", "3 years"):
        try:
            parse_duration(wrong)
            assert False, "must refuse"
        except ValueError:
            pass


# How old, in completed years, is a person on a given day?
#
# Someone born on 29 February turns a year older on 1 March in common years.
def age_on(born: date, day: date) -> int:
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (not had_birthday)


def test_age_on() -> None:
    assert age_on(date(2000, 6, 15), date(2020, 6, 14)) == 19
    assert age_on(date(2000, 6, 15), date(2020, 6, 15)) == 20
    assert age_on(date(2004, 2, 29), date(2023, 2, 28)) == 18
    assert age_on(date(2004, 2, 29), date(2023, 3, 1)) == 19
    assert age_on(date(2024, 1, 1), date(2024, 1, 1)) == 0


def month_sheet(year: int, month: int) -> list[str]:
    """The weeks of a month as lines of day numbers, Monday first, with two characters a day.

    >>> month_sheet(2021, 2)[0]
    ' 1  2  3  4  5  6  7'
    """
    weeks = calendar.Calendar(firstweekday=0).monthdayscalendar(year, month)
    return [" ".join(f"{day or '':>2}" for day in week).rstrip() for week in weeks]


def test_month_sheet() -> None:
    assert len(month_sheet(2021, 2)) == 4
    assert month_sheet(2021, 2)[-1] == "22 23 24 25 26 27 28"
    assert month_sheet(2024, 9)[0] == " " * 18 + " 1"
    assert month_sheet(2024, 9)[-1] == "30"


def quarter_label(day: date, starts_in: int = 1) -> str:
    """Label the quarter of a business year, named by the calendar year in which it starts, as '2024-Q3'.

    The business year begins on the first day of the month `starts_in`.
    """
    shifted = day.year * 12 + day.month - starts_in
    year, month = divmod(shifted, 12)
    return f"{year}-Q{month // 3 + 1}"


def test_quarter_label() -> None:
    assert quarter_label(date(2024, 1, 1)) == "2024-Q1"
    assert quarter_label(date(2024, 9, 30)) == "2024-Q3"
    assert quarter_label(date(2024, 3, 31), starts_in=4) == "2023-Q4"
    assert quarter_label(date(2024, 4, 1), starts_in=4) == "2024-Q1"
    assert quarter_label(date(2024, 12, 31)) == "2024-Q4"


# Fridays the thirteenth of a year, as a list of month numbers.
def unlucky_months(year):
    return [month for month in range(1, 13) if date(year, month, 13).isoweekday() == 5]


def test_unlucky_months() -> None:
    assert unlucky_months(2024) == [9, 12]
    assert unlucky_months(2026) == [2, 3, 11]
    assert unlucky_months(2022) == [5]


def next_occurrence(now: datetime, at: time) -> datetime:
    """When is it next this time of day? Exactly now counts as tomorrow.

    Args:
        now: the present moment.
        at: a time of day.

    Returns:
        The first moment after `now` at which the clock shows `at`.
    """
    candidate = datetime.combine(now.date(), at)
    return candidate if candidate > now else candidate + timedelta(days=1)


def test_next_occurrence() -> None:
    now = datetime(2024, 12, 31, 9, 30)
    assert next_occurrence(now, time(10)) == datetime(2024, 12, 31, 10)
    assert next_occurrence(now, time(9, 30)) == datetime(2025, 1, 1, 9, 30)
    assert next_occurrence(now, time(0)) == datetime(2025, 1, 1)


def biweekly(first: date):
    """Generate every second week's date, starting with the first one, for as long as somebody asks."""
    for fortnight in count():
        yield first + timedelta(weeks=2 * fortnight)


def test_biweekly() -> None:
    dates = list(islice(biweekly(date(2024, 2, 20)), 3))
    assert dates == [date(2024, 2, 20), date(2024, 3, 5), date(2024, 3, 19)]
    assert next(biweekly(date(2000, 1, 1))) == date(2000, 1, 1)
    late = list(takewhile(lambda day: day.year == 2024, biweekly(date(2024, 12, 1))))
    assert [day.day for day in late] == [1, 15, 29]


def relative_day(day: date, today_is: date) -> str:
    """Say a date as people do: 'today', 'tomorrow', 'yesterday', the weekday's name for the next six days,
    otherwise day and month such as '5 March', with the year only if it is another one."""
    names = {0: "today", 1: "tomorrow", -1: "yesterday"}
    distance = (day - today_is).days
    if distance in names:
        return names[distance]
    if 1 < distance < 7:
        return calendar.day_name[day.weekday()]
    year = "" if day.year == today_is.year else f" {day.year}"
    return f"{day.day} {calendar.month_name[day.month]}{year}"


def test_relative_day() -> None:
    today = date(2024, 12, 27)
    assert relative_day(today, today) == "today"
    assert relative_day(date(2024, 12, 26), today) == "yesterday"
    assert relative_day(date(2025, 1, 2), today) == "Thursday"
    assert relative_day(date(2025, 1, 3), today) == "3 January 2025"
    assert relative_day(date(2024, 12, 25), today) == "25 December"
    assert relative_day(date(2024, 12, 28), today) == "tomorrow"


def iso_weeks(year: int) -> int:
    """Number of ISO weeks in a year: 53 in some years, 52 in all others."""
    return date(year, 12, 28).isocalendar()[1]


def test_iso_weeks() -> None:
    assert iso_weeks(2020) == 53
    assert iso_weeks(2021) == 52
    assert iso_weeks(2026) == 53
    assert iso_weeks(2024) == 52


def birthdays_by_month(people):
    """Make a birthday calendar out of names and ISO dates of birth.

    Keys are three-letter months, only those in which somebody has a birthday and in the order of the year;
    within a month people stand by day, then by name.

    >>> birthdays_by_month({"Z": "2000-01-05", "A": "1980-01-05"})
    {'Jan': ['A', 'Z']}
    """
    calendar_pages: dict[str, list[str]] = {}
    for name, born in sorted(people.items(), key=lambda entry: (entry[1][5:], entry[0])):
        month = calendar.month_abbr[int(born[5:7])]
        calendar_pages.setdefault(month, []).append(name)
    return calendar_pages


def test_birthdays_by_month() -> None:
    assert birthdays_by_month({}) == {}
    found = birthdays_by_month({"Ada": "1990-12-10", "Bo": "2001-03-09", "Cy": "1975-12-02"})
    assert found == {"Mar": ["Bo"], "Dec": ["Cy", "Ada"]}
    assert list(found) == ["Mar", "Dec"]
    assert birthdays_by_month({"Z": "2000-01-05", "A": "1980-01-05"}) == {"Jan": ["A", "Z"]}


def to_utc(stamp: str) -> str:
    """Convert an ISO timestamp with an offset such as '2024-05-01T09:00:00+02:00' to UTC, written with a 'Z'."""
    moment = datetime.fromisoformat(stamp).astimezone(timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_to_utc() -> None:
    assert to_utc("2024-05-01T09:00:00+02:00") == "2024-05-01T07:00:00Z"
    assert to_utc("2024-01-01T00:30:00+05:30") == "2023-12-31T19:00:00Z"
    assert to_utc("2024-05-01T09:00:00-04:00") == "2024-05-01T13:00:00Z"
    assert to_utc("2024-05-01T09:00:00+00:00") == "2024-05-01T09:00:00Z"


def guess_date(text):
    """Find out which date a text means, trying ISO (2024-05-09), then 9.5.2024, then '9 May 2024' and
    'May 9, 2024'; None if it is none of these or no real date."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
    return None


def test_guess_date() -> None:
    day = date(2024, 5, 9)
    assert guess_date("2024-05-09") == day
    assert guess_date(" 9.5.2024 ") == day
    assert guess_date("9 May 2024") == guess_date("May 9, 2024") == day
    assert guess_date("31.2.2024") is None
    assert guess_date("soon") is None


def leap_years_between(start: int, stop: int) -> int:
    """Count leap years from start up to, but not including, stop."""
    return sum(map(isleap, range(start, stop)))


def test_leap_years_between() -> None:
    assert leap_years_between(2024, 2024) == 0
    assert leap_years_between(2024, 2025) == 1
    assert leap_years_between(1896, 1905) == 2
    assert leap_years_between(2000, 2024) == 6


# How many strokes does a church clock give between two minutes of a day, both included?
#
# At every full hour it strikes the hour on a twelve-hour dial, at every half hour once.
def chimes(start: int, end: int) -> int:
    strokes = 0
    for minute in range(start, end + 1):
        hour, rest = divmod(minute, 60)
        if rest == 0:
            strokes += hour % 12 or 12
        elif rest == 30:
            strokes += 1
    return strokes


def test_chimes() -> None:
    assert chimes(0, 0) == 12
    assert chimes(1, 29) == 0
    assert chimes(60, 150) == 5
    assert chimes(12 * 60, 13 * 60) == 14
    assert chimes(0, 1439) == 180
    assert chimes(23 * 60, 23 * 60 + 30) == 12


def weekday_histogram(days: list[date]) -> str:
    """Show how many dates fall on each weekday, as 'Mon 2, Tue 0, ...' for all seven.

    >>> weekday_histogram([])
    'Mon 0, Tue 0, Wed 0, Thu 0, Fri 0, Sat 0, Sun 0'
    """
    counts = Counter(day.strftime("%a") for day in days)
    return ", ".join(f"{name} {counts[name]}" for name in calendar.day_abbr)


def test_weekday_histogram() -> None:
    assert weekday_histogram([]) == "Mon 0, Tue 0, Wed 0, Thu 0, Fri 0, Sat 0, Sun 0"
    days = [date(2024, 5, 6), date(2024, 5, 13), date(2024, 5, 12)]
    assert weekday_histogram(days) == "Mon 2, Tue 0, Wed 0, Thu 0, Fri 0, Sat 0, Sun 1"
    assert weekday_histogram([date(2024, 2, 29)]).count("1") == 1


def twelve_hour_clock(text):
    """Turn '17:05' into '5:05 pm'; midnight is '12:00 am' and noon '12:00 pm'.

    >>> twelve_hour_clock("00:07")
    '12:07 am'
    """
    hours, minutes = text.split(":")
    half = "am" if int(hours) < 12 else "pm"
    return f"{(int(hours) - 1) % 12 + 1}:{minutes} {half}"


def test_twelve_hour_clock() -> None:
    assert twelve_hour_clock("00:00") == "12:00 am"
    assert twelve_hour_clock("12:00") == "12:00 pm"
    assert twelve_hour_clock("11:59") == "11:59 am"
    assert twelve_hour_clock("17:05") == "5:05 pm"
    assert twelve_hour_clock("01:30") == "1:30 am"


def holiday_by_rule(rule: str, year: int) -> date:
    """Date of a holiday that falls on a certain weekday of a month, such as '3 Mon Jan' or 'last Thu Nov'.

    ValueError if the month has no such day, as for '5 Mon Feb' in most years.

    >>> holiday_by_rule("last Thu Nov", 2024)
    datetime.date(2024, 11, 28)
    """
    which, weekday, month_name = rule.split()
    month = list(calendar.month_abbr).index(month_name)
    wanted = list(calendar.day_abbr).index(weekday)
    days = [week[wanted] for week in calendar.monthcalendar(year, month) if week[wanted]]
    place = -1 if which == "last" else int(which) - 1
    if place >= len(days):
        raise ValueError(f"no {rule} in {year}")
    return date(year, month, days[place])


def test_holiday_by_rule() -> None:
    assert holiday_by_rule("3 Mon Jan", 2024) == date(2024, 1, 15)
    assert holiday_by_rule("last Thu Nov", 2024) == date(2024, 11, 28)
    assert holiday_by_rule("1 Sun Sep", 2024) == date(2024, 9, 1)
    assert holiday_by_rule("5 Thu Feb", 2024) == date(2024, 2, 29)
    try:
        holiday_by_rule("5 Mon Feb", 2024)
        assert False, "must refuse"
    except ValueError:
        pass


def season_of(day: date, southern: bool = False) -> str:
    """Meteorological season of a date; seasons begin with March, June, September and December, and south of the
    equator they are the opposite ones.

    >>> season_of(date(2024, 7, 1), southern=True)
    'winter'
    """
    seasons = ["winter", "spring", "summer", "autumn"]
    place = day.month % 12 // 3
    return seasons[(place + 2 * southern) % 4]


def test_season_of() -> None:
    assert season_of(date(2024, 12, 1)) == "winter"
    assert season_of(date(2024, 2, 29)) == "winter"
    assert season_of(date(2024, 3, 1)) == "spring"
    assert season_of(date(2024, 8, 31)) == season_of(date(2024, 2, 1), southern=True) == "summer"
    assert season_of(date(2024, 7, 1), southern=True) == "winter"
    assert season_of(date(2024, 11, 30), southern=True) == "spring"


def cron_matches(field, value):
    """Does one field of a crontab line match a value?

    A field is a comma-separated list of '*', single numbers and ranges a-b; '*' and ranges may be followed
    by '/step', which keeps every step-th value counted from the beginning of the range (from 0 for '*').

    >>> cron_matches("1,5,9-11", 10)
    True
    """
    for part in field.split(","):
        span, _, step = part.partition("/")
        if span == "*":
            low, high = 0, value
        else:
            first, _, last = span.partition("-")
            low, high = int(first), int(last or first)
        if low <= value <= high and (value - low) % int(step or 1) == 0:
            return True
    return False


def test_cron_matches() -> None:
    assert cron_matches("*", 17) is True
    assert cron_matches("*/15", 45) is True
    assert cron_matches("*/15", 50) is False
    assert cron_matches("1,5,9-11", 10) is True
    assert cron_matches("1,5,9-11", 8) is False
    assert cron_matches("3-20/4", 11) is True
    assert cron_matches("3-20/4", 12) is False
    assert cron_matches("5", 6) is False


def moon_phase(days_since_new: float) -> str:
    """Name the phase of the moon, given the days since a new moon (a lunation lasts 29.53 days).

    The lunation is divided into eight equal parts, and the named phase is at the middle of its part.
    """
    names = (
        "new moon", "waxing crescent", "first quarter", "waxing gibbous",
        "full moon", "waning gibbous", "last quarter", "waning crescent",
    )  # fmt: skip
    share = days_since_new / 29.53 % 1
    return names[int(share * 8 + 0.5) % 8]


def test_moon_phase() -> None:
    assert moon_phase(0) == "new moon"
    assert moon_phase(14.8) == "full moon"
    assert moon_phase(29.5) == "new moon"
    assert moon_phase(7.4) == "first quarter"
    assert moon_phase(29.53 * 3 + 25) == "waning crescent"
    assert moon_phase(4) == "waxing crescent"
    assert moon_phase(11) == "waxing gibbous"
    assert moon_phase(22) == "last quarter"


def deadline_status(due: date, on: date, done: bool = False) -> str:
    """Report the state of a task: 'done', 'overdue by N days', 'due today' or 'N days left', with 'day' in the
    singular where it belongs."""
    if done:
        return "done"
    left = (due - on).days
    if left == 0:
        return "due today"
    days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    return f"{days} left" if left > 0 else f"overdue by {days}"


def test_deadline_status() -> None:
    day = date(2024, 3, 1)
    assert deadline_status(day, day) == "due today"
    assert deadline_status(day, date(2024, 2, 29)) == "1 day left"
    assert deadline_status(day, date(2024, 3, 2)) == "overdue by 1 day"
    assert deadline_status(day, date(2024, 3, 11)) == "overdue by 10 days"
    assert deadline_status(day, date(2025, 3, 2), done=True) == "done"
    assert deadline_status(date(2024, 3, 8), day) == "7 days left"


def easter_offsets(easter: date) -> dict[str, date]:
    """Feasts that move with Easter Sunday: Ash Wednesday 46 days before it, Good Friday 2 days before, Ascension
    39 days after it and Whit Sunday 49."""
    offsets = {"Ash Wednesday": -46, "Good Friday": -2, "Ascension": 39, "Whit Sunday": 49}
    return {feast: easter + timedelta(offset) for feast, offset in offsets.items()}


def test_easter_offsets() -> None:
    feasts = easter_offsets(date(2024, 3, 31))
    assert feasts["Ash Wednesday"] == date(2024, 2, 14)
    assert feasts["Good Friday"] == date(2024, 3, 29)
    assert feasts["Ascension"].weekday() == 3
    assert feasts["Whit Sunday"] == date(2024, 5, 19)


def timesheet(punches: list[tuple[str, str]]) -> dict[str, float]:
    """Hours worked by each person from alternating clock-in and clock-out punches.

    Punches are (person, 'YYYY-MM-DD HH:MM') in order of time. A punch-in that is never followed by a
    punch-out counts nothing. Hours are rounded to a quarter.
    """
    since: dict[str, datetime] = {}
    worked: dict[str, timedelta] = defaultdict(timedelta)
    for person, stamp in punches:
        moment = datetime.strptime(stamp, "%Y-%m-%d %H:%M")
        if person in since:
            worked[person] += moment - since.pop(person)
        else:
            since[person] = moment
    return {person: round(total / timedelta(hours=1) * 4) / 4 for person, total in worked.items()}


def test_timesheet() -> None:
    assert timesheet([]) == {}
    assert timesheet([("ida", "2024-05-02 08:00")]) == {}
    two = [("ida", "2024-05-02 08:00"), ("bo", "2024-05-02 22:00"), ("ida", "2024-05-02 12:10")]
    assert timesheet(two) == {"ida": 4.25}
    more = [*two, ("bo", "2024-05-03 01:30"), ("ida", "2024-05-02 13:00"), ("ida", "2024-05-02 13:30")]
    assert timesheet(more) == {"ida": 4.75, "bo": 3.5}
