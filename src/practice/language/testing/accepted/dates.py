# %%
def days_in_month(year: int, month: int) -> int:
    if month == 12:
        following = date(year + 1, 1, 1)
    else:
        following = date(year, month + 1, 1)
    return (following - date(year, month, 1)).days

# %%
def age(born: date, today: date) -> int:
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (0 if had_birthday else 1)

# %%
def workdays(start: date, end: date) -> int:
    count = 0
    day = start
    while day <= end:
        if day.weekday() < 5:
            count += 1
        day += timedelta(days=1)
    return count

# %%
def end_of_month(d: date) -> date:
    first_of_next = (d.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first_of_next - timedelta(days=1)

# %%
def valid_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

# %%
import math
from dataclasses import dataclass
from datetime import date, timedelta
def circle(r: float) -> float:
    return math.pi * r ** 2

# %%
def schedule(start: date, count: int, weekday: int) -> list[str]:
    found = []
    day = start
    while len(found) < count:
        if day.weekday() == weekday:
            found.append(day.isoformat())
        day = day + timedelta(days=1)
    return found

# %%
def overdue(due: dict[str, date], today: date) -> list[tuple[str, int]]:
    late = [(name, (today - d).days) for name, d in due.items() if d < today]
    late.sort(key=lambda p: p[1], reverse=True)
    return late

# %%
def quarter(d: date) -> str:
    return f"{d.year}-Q{(d.month - 1) // 3 + 1}"

# %%
def weeks(a: date, b: date) -> int:
    return (b - a).days // 7

# %%
def f(d: date) -> bool:
    return d.weekday() in (5, 6)

# %%
def f(ds: list[date]) -> int:
    return (max(ds) - min(ds)).days

# %%
def f(d: date) -> str:
    return f"{d.day:02d}/{d.month:02d}/{d.year} {d}"

# %%
def f(start: date, n: int) -> list[date]:
    return [start + timedelta(days=i) for i in range(n)]

# %%
def f(start: date) -> date:
    try:
        return start.replace(year=start.year + 1)
    except ValueError:
        return date(start.year + 1, 3, 1)
