"""A schematic map: one four-cornered area for each street, side by side, corners shared."""

from .days import day

# Streets by row and column of the sketch, by the last digits of their codes; one is two wide.
ROWS = (("012", "011", "006", "008", "001"), ("014", "013", "005", "003", "007"),
        ("010", "010", "009", "004", "002"))
WIDTH, HEIGHT, SHIFT = 200, 170, 38


def make(w):
    corners = {(row, column): corner(w.rng, row, column)
               for row in range(len(ROWS) + 1) for column in range(len(ROWS[0]) + 1)}
    for key, street in w.streets.items():
        w.ledger.add("boundary", day("2013-01-04"), street, outline=outline(key, corners),
                     schematic=True)


def corner(rng, row, column):
    """Corners inside the sketch are moved a little, those at its edge along the edge only."""
    x = column * WIDTH + (0 if column in (0, len(ROWS[0])) else rng.randint(-SHIFT, SHIFT))
    y = row * HEIGHT + (0 if row in (0, len(ROWS)) else rng.randint(-SHIFT, SHIFT))
    return f"{x},{y}"


def outline(key, corners):
    row = next(index for index, codes in enumerate(ROWS) if key in codes)
    columns = [index for index, code in enumerate(ROWS[row]) if code == key]
    first, last = columns[0], columns[-1] + 1
    above = [corners[row, column] for column in range(first, last + 1)]
    below = [corners[row + 1, column] for column in range(last, first - 1, -1)]
    return " ".join(above + below)
