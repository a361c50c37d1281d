"""What every part of the generator needs: calendar, units, people, ledger and targets."""

from .days import Calendar, HALF_YEAR, LAST, R1, day
from .headings import read_kinds
from .ledger import Ledger
from .names import People
from .units import District


class World:
    def __init__(self, rng, targets, folder, catalogue):
        self.rng, self.targets = rng, targets
        self.calendar = Calendar(catalogue / "calendars")
        own = folder / "catalogue"
        kinds = read_kinds(catalogue / "kinds") | read_kinds(own / "kinds")
        self.ledger = Ledger(kinds, rng)
        self.district = District(rng, folder, self.value("H7-4a"), self.value("H14-1"))
        self.root = self.district.root
        self.people = People(rng)
        self.streets = self.district.streets
        self.bureaus = self.district.bureaus
        self.workdays = {}

    def draw_from(self, rng):
        """What is made from here on draws from `rng`: one area cannot disturb another."""
        self.rng = self.ledger.rng = self.people.rng = self.district.rng = rng

    def value(self, key):
        return self.targets[key].value

    def workday(self, first="2015-01-05", last="2015-06-30"):
        """Some working day of the span."""
        first, last = (day(d) if isinstance(d, str) else d for d in (first, last))
        if (first, last) not in self.workdays:
            self.workdays[first, last] = self.calendar.workdays(first, last)
        return self.rng.choice(self.workdays[first, last])

    def communities(self, street, on):
        return street.before if on < R1 else street.after

    def community(self, street, on):
        return self.rng.choice(self.communities(street, on))

    def parts(self, total, count, spread=0.6):
        """`total` in `count` uneven whole parts of at least one."""
        weights = [self.rng.uniform(1 - spread, 1 + spread) for _ in range(count)]
        rest = total - count
        parts = [1 + int(rest * weight / sum(weights)) for weight in weights]
        for index in range(total - sum(parts)):
            parts[index % count] += 1
        self.rng.shuffle(parts)
        return parts

    def half_year(self):
        return self.workday(*HALF_YEAR)

    last = LAST
