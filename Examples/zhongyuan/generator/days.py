"""Days of the demonstration: working days come from the calendars of the catalogue."""

import re
from datetime import date, timedelta
from pathlib import Path

R1 = date(2015, 3, 1)
HALF_YEAR = (date(2015, 1, 1), date(2015, 6, 30))
LAST = date(2015, 6, 30)
ONE = timedelta(days=1)


class Calendar:
    """Which days people work; a year without a loaded calendar has weekends only."""

    def __init__(self, folder: Path):
        self.kinds = {}
        for path in sorted(folder.glob("*.yaml")):
            for day, kind in re.findall(r"day: (\S+), kind: (\w+)", path.read_text("utf-8")):
                self.kinds[date.fromisoformat(day)] = kind

    def working(self, day):
        kind = self.kinds.get(day)
        return kind == "swapped_workday" or (kind is None and day.weekday() < 5)

    def workdays(self, first, last):
        days = (first + timedelta(n) for n in range((last - first).days + 1))
        return [day for day in days if self.working(day)]


def day(text):
    return date.fromisoformat(text)


def weeks(first, last):
    """The Mondays of the ISO weeks whose Thursday lies in the period."""
    monday = first - timedelta(first.weekday())
    while monday + timedelta(3) <= last:
        if monday + timedelta(3) >= first:
            yield monday
        monday += timedelta(7)


def months(first, last):
    """The first and last day of each month that lies whole in the period."""
    start = first if first.day == 1 else next_month(first)
    while (end := next_month(start) - ONE) <= last:
        yield start, end
        start = next_month(start)


def next_month(some_day):
    return (some_day.replace(day=1) + timedelta(32)).replace(day=1)
