"""The dashboard: streets × months × kinds, ours and the wide table over HTTP, and DuckDB.

Every answer of every turn is compared: all three must say the same.
"""

import questions
from mixture import DASHBOARD, indicator
from pages import compared
from setting import median, spread


def dashboard_page(year):
    figures = "&".join(f"figure={indicator(kind)}" for kind in DASHBOARD)
    return f"/compare?{figures}&level=street&period={year}&by=month"


def ours(setting, year):
    """The dashboard as one page of ours: numbers and milliseconds."""
    page, took = setting.large.get(dashboard_page(year))
    return compared(page), took


def by_street(setting, year):
    """The wide table asked street by street."""
    rows, took = [], 0
    for street in setting.places.units.of("street"):
        some, milliseconds = setting.web.rows(f"/dashboard?year={year}&street={street}")
        rows, took = rows + some, took + milliseconds
    return rows, took


def cells(rows):
    return {(street, int(month), indicator(kind)): int(count)
            for street, month, kind, count in rows}


def whole(found):
    """Zeros are cells like others, but a grouped table has none."""
    return {key: count for key, count in found.items() if count}


def dashboard(setting):
    setting.say("dashboard: streets × months × kinds")
    for warm in (ours, by_street):
        warm(setting, setting.warm_year)
    first, kept, street, one, duck, worked = [], [], [], [], [], []
    equal = count = 0
    for turn, year in enumerate(setting.years()):
        def of_baseline():
            rows, took = by_street(setting, year)
            street.append(took)
            all_rows, took = setting.web.rows(f"/dashboard?year={year}")
            one.append(took)
            return cells(rows), cells(all_rows)

        def of_ours():
            before = setting.large.server.processor_seconds()
            found, took = ours(setting, year)
            worked.append(setting.large.server.processor_seconds() - before)
            first.append(took)
            kept.append(ours(setting, year)[1])
            return found

        if turn % 2:
            theirs, found = of_baseline(), of_ours()
        else:
            found, theirs = of_ours(), of_baseline()
        rows, took = setting.duck.ask(questions.dashboard(year))
        duck.append(took)
        count += len(found)
        equal += whole(found) == theirs[0] == theirs[1] == cells(rows)
    goals = setting.goals
    goals.compare(
        "dashboard: ours, wide table, DuckDB", equal == len(first) and count > 0,
        f"{count:,} numbers of {len(first)} years")
    note = (f"ours {median(first):.0f} ms ({spread(first)}), "
            f"processor {median(worked) * 1000:.0f}; ")
    goals.add("dashboard_first", median(street) / median(first), "street by street",
              note + f"wide table {median(street):.0f} ({spread(street)})")
    goals.add("dashboard_first", median(one) / median(first), "theirs in one request",
              note + f"wide table {median(one):.0f} ({spread(one)})")
    note = f"ours {median(kept):.1f} ms; "
    goals.add("dashboard_kept", median(street) / median(kept), "street by street",
              note + f"wide table {median(street):.0f}")
    goals.add("dashboard_kept", median(one) / median(kept), "theirs in one request",
              note + f"wide table {median(one):.0f}")
    goals.add("rollups", median(first) / median(duck), "dashboard",
              f"DuckDB {median(duck):.1f} ms; ours {median(first):.0f}")
    goals.no_door("answers from memory without a page around them: so no ratio of engines alone")
