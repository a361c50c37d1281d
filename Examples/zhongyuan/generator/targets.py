"""What the district is shaped to: the value behind each printed figure, and its phrase."""

import csv

# Figures that are made from others, or printed as a percentage of what they count.
STREAKS = {"P2-19": "连续{}天"}
FIRSTS = {"H1-7": "全区首家"}


class Target:
    def __init__(self, row):
        self.id, self.value = row["id"], int(row["value"])
        self.qualifier, self.step = row["qualifier"], int(row["step"] or 1)
        self.numerator = int(row["numerator"]) if row["numerator"] else None
        self.denominator = int(row["denominator"]) if row["denominator"] else None
        self.least, self.vary = int(row["least"]), int(row["vary"])

    def draw(self, rng):
        """Another district: up to 40 % more or less, never round where the phrase says 余."""
        if not self.vary:
            return
        share = 1 + rng.choice((-1, 1)) * rng.uniform(0.1, self.vary / 100)
        self.value = max(self.least, round(self.value * share))
        if self.step > 1:
            self.value = max(self.value, self.step + 1)
            self.value += self.value % self.step == 0


def load(path, rng=None):
    with open(path, encoding="utf-8", newline="") as file:
        targets = {row["id"]: Target(row) for row in csv.DictReader(file)}
    if rng:
        vary(targets, rng)
    return targets


def vary(targets, rng):
    """Draws every figure, then mends those that depend on one another."""
    for target in targets.values():
        target.draw(rng)
    of = {key.replace("-", ""): target for key, target in targets.items()}
    of["P17"].value = max(of["P17"].value, of["P15"].value // 10 * 10 + 26)
    of["P25"].numerator = rng.randint(40, 70)
    of["P25"].value = percent(of["P25"].numerator, of["P25"].denominator)
    of["P217"].denominator = rng.randint(560, 720)
    of["P217"].numerator = round(of["P217"].denominator * rng.uniform(0.4, 0.8))
    of["P217"].value = percent(of["P217"].numerator, of["P217"].denominator)
    of["P26"].value = round(of["P26"].value / 1_000_000) * 1_000_000
    of["P27b"].value = rng.choice((3, 4, 6, 7))
    of["P27a"].value = of["P27b"].value * of["P27c"].value
    of["P28b"].value = rng.choice((8, 9, 10, 11, 15, 16, 17))
    of["P28b"].numerator = of["P28a"].value
    of["P28b"].denominator = round(of["P28a"].value / of["P28b"].value)
    after, before = of["P28b"].numerator, of["P28b"].denominator
    of["P28b"].value = (2 * after + before) // (2 * before)
    of["P38b"].value = rng.choice((2, 4))
    of["P39a"].value = rng.choice((3, 4, 6, 7))
    of["H43"].value = rng.choice((4, 5, 7, 8))
    of["H44"].numerator = of["H44"].denominator = of["H43"].value * 6
    of["H63"].value = rng.choice((2, 4))
    of["P44"].value = rng.choice((1, 3))
    of["H24"].value = rng.choice((1, 3))
    of["H145"].value = rng.choice((1, 3))


def percent(numerator, denominator):
    return (200 * numerator + denominator) // (2 * denominator)


def printed(target):
    """The value as a person would print it: floored to its step where the qualifier says 余."""
    return target.value // target.step * target.step


def phrase(target, row):
    """The phrase of a figure, in the grammar people use (222 becomes 220余次)."""
    unit, value = row["counting_unit"], printed(target)
    if target.id in FIRSTS:
        return FIRSTS[target.id]
    if target.id in STREAKS:
        return STREAKS[target.id].format(value)
    text = folded(value) if unit == "元" else str(value)
    if target.qualifier == "over":
        return f"{text}余{unit}" if target.value > value else f"{text}{unit}"
    if target.qualifier == "more-than":
        return f"超过{text}{unit}" if target.value > value else f"达到{text}{unit}"
    if target.qualifier == "each":
        return ("各" if unit == "元" else "每月") + text + unit
    return text + unit


def folded(value):
    for size, word in ((100_000_000, "亿"), (10_000, "万")):
        if value >= size and value * 100 % size == 0:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + word
    return str(value)


def write_figures(targets, source, path, default):
    """The printed table: as published for the default district, recomputed for any other."""
    with open(source, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        for row in rows:
            target = targets[row["id"]]
            value, words = str(printed(target)), phrase(target, row)
            if default:
                assert (value, words) == (row["value"], row["phrase"]), (row["id"], value, words)
            else:
                row |= {"value": value, "phrase": words, "printed": words}
                if row["numerator"]:
                    row |= {"numerator": target.numerator, "denominator": target.denominator}
            out.writerow(row)
