"""The records, one by one, and the files they are written to."""

import csv
from .days import R1, ONE


class Row:
    def __init__(self, kind, on, unit, place=None, until=None, **values):
        self.kind, self.on, self.unit, self.place, self.until = kind, on, unit, place, until
        self.values = values
        self.ends = self.reverses = self.reason = self.ref = None


class Ledger:
    def __init__(self, kinds, rng):
        self.kinds, self.rng, self.rows = kinds, rng, {kind: [] for kind in kinds}
        self.closed = set()

    def add(self, kind, on, unit, place=None, until=None, **values):
        """An event, or a standing thing as it is written down. `until` is the first day after."""
        assert values.keys() <= self.kinds[kind].columns.keys(), (kind, values)
        assert unit.start <= on and (unit.end is None or on < unit.end), (kind, on, unit.code)
        row = Row(kind, on, unit, place, until, **values)
        self.rows[kind].append(row)
        return row

    def end(self, row, on, unit=None):
        """An end mark: the row stands through the day before. The unit is the one in force then."""
        mark = Row(row.kind, on, unit or row.unit.on(on))
        mark.ends = row
        self.closed.add(row)
        self.rows[row.kind].append(mark)

    def stand(self, kind, on, unit, place=None, until=None, heir=None, **values):
        """A standing thing; where R1 divides its unit it is handed over: ended and begun anew."""
        crosses = on < R1 and (until is None or until > R1)
        if not crosses or not (unit.divided or (place and place.divided)):
            return self.finish(self.add(kind, on, unit, place, None, **values), until)
        first = self.add(kind, on, unit, place, None, **values)
        taker = heir or (unit.heir(self.rng) if unit.divided else unit.on(R1))
        taker_place = place and (place.heir(self.rng) if place.divided else place.on(R1))
        self.end(first, R1, taker)
        return self.finish(self.add(kind, R1, taker, taker_place, None, **values), until)

    def finish(self, row, until):
        """Half of the ends were known when the thing began, the others take an end mark."""
        if until and self.rng.random() < 0.5:
            row.until = until
        elif until:
            self.end(row, until)
        return row

    def ended(self, row):
        return row.until is not None or row in self.closed

    def reverse(self, row, reason):
        mark = Row(row.kind, row.on, row.unit)
        mark.reverses, mark.reason = row, reason
        self.rows[row.kind].append(mark)

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for kind, rows in self.rows.items():
            if not rows:
                continue  # An import refuses a file without rows.
            rows.sort(key=lambda row: row.on)
            for number, row in enumerate(rows, 1):
                row.ref = f"{number:05d}"
            with open(folder / f"{kind}.csv", "w", encoding="utf-8", newline="") as file:
                self.write_kind(csv.writer(file, lineterminator="\n"), self.kinds[kind], rows)

    def write_kind(self, out, kind, rows):
        used = [c for c in kind.columns if any(row.values.get(c) is not None for row in rows)]
        reversed_too = any(row.reverses for row in rows)
        out.writerow(
            ["编号", "日期"] + ["截止日期"] * kind.standing + ["单位"] + ["地点单位"] * kind.place
            + [kind.columns[c] for c in used] + ["结束"] * kind.standing
            + ["冲销", "理由"] * reversed_too)
        for row in rows:
            last = (row.until - ONE).isoformat() if row.until else ""
            out.writerow(
                [row.ref, row.on.isoformat()] + [last] * kind.standing + [row.unit.code]
                + [row.place.code if row.place else ""] * kind.place
                + [self.cell(kind, c, row.values.get(c)) for c in used]
                + [row.ends.ref if row.ends else ""] * kind.standing
                + [row.reverses.ref if row.reverses else "", row.reason or ""] * reversed_too)

    def cell(self, kind, column, value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, list):
            return ";".join(self.cell(kind, column, one) for one in value)
        return kind.options.get((column, value)) or str(getattr(value, "number", value))
