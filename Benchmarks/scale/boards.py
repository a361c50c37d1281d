"""Dashboard, ranking and roll-ups: ours over HTTP, the wide table over HTTP, DuckDB beside us.

Every answer of every turn is compared: all three must say the same.
"""

import collections
import time

import questions
from mixture import DASHBOARD, RANKED, THEME, indicator
from pages import months, number, tables, value
from setting import DISTRICT, median, spread

ONE = "service_activity"


def dashboard_pages(setting, year):
    streets = setting.places.units.of("street")
    return {code: f"/themes/{THEME}?unit={code}&period={year}" for code in streets}


def ours(setting, year):
    """The dashboard street by street, as our pages go: numbers and milliseconds in all."""
    found, took = {}, 0
    for street, path in dashboard_pages(setting, year).items():
        page, milliseconds = setting.large.get(path)
        took += milliseconds
        for (figure, month), count in months(page).items():
            found[street, month, figure] = count
    return found, took


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


def timed(duck, statement):
    start = time.monotonic()
    rows = duck.ask(statement)
    return rows, (time.monotonic() - start) * 1000


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
        rows, took = timed(setting.duck, questions.dashboard(year))
        duck.append(took)
        count += len(found)
        equal += whole(found) == theirs[0] == theirs[1] == cells(rows)
    goals = setting.goals
    goals.compare(
        "dashboard: ours, wide table, DuckDB", equal == len(first) and count > 0,
        f"{count:,} numbers of {len(first)} years")
    pages = len(setting.places.units.of("street"))
    note = (f"ours {median(first):.0f} ms ({spread(first)}) for {pages} pages, "
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
    goals.no_door(
        "the dashboard on one page, and answers from memory without a page around them: so no "
        "ratio of engines alone")


# The ranking

def ranked(setting, year, kind):
    """The communities of our page with what each recorded, by name, and the milliseconds."""
    page, took = setting.large.get(f"/figures/{RANKED}.{kind}?period={year}")
    found = collections.Counter()
    for table in tables(page):
        if table and table[0] and table[0][0] == "对象":
            for name, count, *_ in table[1:]:
                found[name] += number(count)
    return +found, took


def named(setting, rows, year):
    """Rows of codes and numbers by the name that a code had at the end of the year."""
    found = collections.Counter()
    names = setting.names(year)
    for code, count in rows:
        found[names[code]] += int(count)
    return found


def ranking(setting):
    setting.say("ranking of the communities")
    for kind in DASHBOARD:
        ranked(setting, setting.warm_year, kind)
    setting.web.rows(f"/ranking?year={setting.warm_year}&scan=1")
    one, every, scan_one, scan_every, index_one, duck_one, duck_every = ([] for _ in range(7))
    equal = count = 0
    for turn, year in enumerate(setting.years()):
        def of_baseline():
            rows, took = setting.web.rows(f"/ranking?year={year}&kind={ONE}&scan=1")
            scan_one.append(took)
            index_one.append(setting.web.rows(f"/ranking?year={year}&kind={ONE}")[1])
            all_rows, took = setting.web.rows(f"/ranking?year={year}&scan=1")
            scan_every.append(took)
            return named(setting, rows, year), named(setting, all_rows, year)

        def of_ours():
            total, took_in_all = collections.Counter(), 0
            for kind in DASHBOARD:
                found, took = ranked(setting, year, kind)
                total += found
                took_in_all += took
                if kind == ONE:
                    mine = found
                    one.append(took)
            every.append(took_in_all)
            return mine, total

        if turn % 2:
            theirs, found = of_baseline(), of_ours()
        else:
            found, theirs = of_ours(), of_baseline()
        rows, took = timed(setting.duck, questions.ranking(year, ONE))
        duck_one.append(took)
        all_rows, took = timed(setting.duck, questions.ranking(year))
        duck_every.append(took)
        count += len(found[1])
        equal += found == theirs == (
            named(setting, rows, year), named(setting, all_rows, year))
    goals = setting.goals
    goals.compare("ranking: ours, wide table by scan, DuckDB", equal == len(one) and count > 0,
                  f"{count} communities of {len(one)} years, one kind and all")
    goals.add("ranking_one", median(scan_one) / median(one), "",
              f"ours {median(one):.0f} ms ({spread(one)}), a figure's page with its records; "
              f"scan {median(scan_one):.0f}, by index {median(index_one):.0f}")
    goals.add("ranking_all", median(scan_every) / median(every), "",
              f"ours {median(every):.0f} ms for {len(DASHBOARD)} pages, one a kind; "
              f"scan {median(scan_every):.0f}")
    goals.add("rollups", median(one) / median(duck_one), "ranking, one kind",
              f"DuckDB {median(duck_one):.1f} ms; ours {median(one):.0f}")
    goals.no_door("a ranking of more than one kind: asked kind by kind")


# A figure by street, under both maps

def figure_of(setting, year, structure, kind=ONE):
    return (f"/figures/{indicator(kind)}?unit={DISTRICT}&period={year}"
            f"&structure={structure}")


def streets_of(setting, page):
    codes = {setting.places.units.names[code]: code
             for code in setting.places.units.of("street")}
    found = {}
    for table in tables(page):
        for row in table[1:]:
            if row and row[0] in codes and row[-1][:1].isdigit():
                found[codes[row[0]]] = number(row[-1])
    return found


def figure(setting):
    setting.say("a figure by street, as it was and as of today's map")
    took_ours, took_duck, equal = [], [], 0
    for year in setting.years():
        for structure in ("then", "now"):
            page, took = setting.large.get(figure_of(setting, year, structure))
            if structure == "then":
                took_ours.append(took)
            statement = questions.figure(year, ONE, structure)
            rows, milliseconds = timed(setting.duck, statement)
            if structure == "then":
                took_duck.append(milliseconds)
            theirs, _ = setting.web.rows(f"/figure?year={year}&kind={ONE}&structure={structure}")
            mine = streets_of(setting, page)
            equal += (
                mine == {code: int(count) for code, count in rows}
                == {code: int(count) for code, count in theirs}
                and sum(mine.values()) == value(page))
    setting.goals.compare(
        "figure by street under both maps: ours, wide table, DuckDB",
        equal == 2 * len(took_ours), f"{equal} of {2 * len(took_ours)} questions")
    setting.goals.add("rollups", median(took_ours) / median(took_duck), "figure by street",
                      f"DuckDB {median(took_duck):.1f} ms; ours {median(took_ours):.0f}")
