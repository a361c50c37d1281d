"""What closes an earlier entry: a later one that carries the same code."""

from datetime import timedelta
from .days import LAST


def close(w, row, kind, link, days, **values):
    """Closes `row` some days later, in the unit of that day; None where that is after the end."""
    on = working(w, row.on + timedelta(w.rng.randint(*days)))
    if on > LAST:
        return None
    return w.ledger.add(kind, on, row.unit.on(on), **{link: row.values[link]} | values)


def working(w, on):
    """The day itself, or the next one on which people work."""
    while not w.calendar.working(on):
        on += timedelta(1)
    return on
