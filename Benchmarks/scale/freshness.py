"""First reads after a write, by another process, of a ledger that is large and one that is small.

A page is read, so that it is kept; a record is written; the page is read again, and that is what
is measured. The two ledgers take turns.
"""

import concurrent.futures
import json
import time

import mixture
from figure import figure_of
from mixture import DISTRICT, ONE, indicator
from pages import value
from setting import median, spread

YEAR = mixture.LAST_YEAR
TEN_YEARS = f"{mixture.FIRST_YEAR}-01-01..{mixture.LAST_YEAR}-12-31"
WEEKLY = "study.weekly_compliance"
WRITERS = 8
# A server that rests works less than this in a second.
RESTING, PATIENCE_SECONDS = 0.05, 120


def looked_at(setting):
    """The pages by name, each with what changes it."""
    places = setting.places
    return {
        "figure": (f"/figures/{indicator(ONE)}?period={YEAR}", places.related),
        "theme": (f"/themes/highlight?period={YEAR}", places.related),
        "home": ("/", places.related),
        "unit": (f"/units/{places.street}", places.related),
        "weekly": (f"/figures/{WEEKLY}?period={YEAR}", places.study),
    }


def warm(ledger):
    """Waits until the server has read what it keeps in memory: then it rests."""
    ledger.get(f"/figures/{indicator(ONE)}?period={mixture.FIRST_YEAR}")
    end = time.monotonic() + PATIENCE_SECONDS
    worked = 0
    while time.monotonic() < end:
        time.sleep(1)
        before, worked = worked, ledger.server.processor_seconds()
        if worked - before < RESTING:
            return
    raise RuntimeError("the server did not come to rest")


def after(ledger, path, record):
    """The milliseconds of a page that was kept until the record was written."""
    ledger.get(path)
    ledger.add(record)
    before = ledger.server.processor_seconds()
    took = ledger.milliseconds(path)
    ledger.worked = ledger.server.processor_seconds() - before
    return took


def writes(setting):
    setting.say("first reads after a write")
    for name, (path, record) in looked_at(setting).items():
        large, small, other = [], [], []
        worked = 0
        for turn in range(setting.turns + 1):
            both = [(large, setting.large), (small, setting.small)]
            for found, ledger in both if turn % 2 else reversed(both):
                found.append(after(ledger, path, record()))
                if ledger is setting.large and turn:
                    worked += ledger.worked
            other.append(after(setting.large, path, setting.places.unrelated()))
        # The first turn warms.
        large, small, other = large[1:], small[1:], other[1:]
        goals = setting.goals
        goals.add(f"related_{name}", median(large), "", f"{spread(large)} ms, processor "
                  f"{worked * 1000 / len(large):.0f}")
        goals.add("unrelated", median(other), name, f"{spread(other)} ms")
        goals.add("size", median(large) / median(small), name,
                  f"{median(large):.0f} ms; small {median(small):.0f}")


def standpoints(setting):
    """Each map after a write of its own, in turns."""
    setting.say("as of today's map and as it was")
    took = {"then": [], "now": []}
    for turn in range(setting.turns):
        for structure in ("then", "now") if turn % 2 else ("now", "then"):
            path = figure_of(setting, YEAR, structure)
            took[structure].append(after(setting.large, path, setting.places.related()))
    setting.goals.add(
        "now", median(took["now"]) / median(took["then"]), "",
        f"now {median(took['now']):.0f} ms, then {median(took['then']):.0f}")


def worst(setting):
    setting.say("questions over all ten years")
    for name, figure, record in (
            ("figure", indicator(ONE), setting.places.related),
            ("weekly share", WEEKLY, setting.places.study)):
        setting.large.add(record())
        took = setting.large.milliseconds(f"/figures/{figure}?period={TEN_YEARS}")
        setting.goals.add("worst", took, name, "once")


def records(setting):
    """A figure with its records and the check, beside the same list from the ledger by SQL.

    The command reads no memory: it lists and counts the records from the database. What the
    command costs by itself is asked of a year without records, and taken off.
    """
    setting.say("a figure and its records")
    def by_scan(year):
        text, seconds = setting.program.run(
            "figure", indicator(ONE), "--unit", DISTRICT, "--period", str(year), "--trace",
            "--json", "--data", setting.large.data)
        return json.loads(text), seconds * 1000

    page, scan, equal = [], [], 0
    for _ in range(setting.turns):
        path = figure_of(setting, YEAR, "then")
        setting.large.get(path)
        setting.large.add(setting.places.related())
        text, took = setting.large.get(path)
        page.append(took)
        found, whole = by_scan(YEAR)
        # A year before anything was recorded.
        scan.append(whole - by_scan(2011)[1])
        equal += found["numerator"] == value(text) == sum(
            part["count"] for part in found["parts"]) and found["addsUp"]
    setting.goals.compare(
        "figure's page and recount from the ledger", equal == len(page), f"{len(page)} times")
    setting.goals.add("records", median(scan) / median(page), "",
                      f"page {median(page):.0f} ms; list by SQL {median(scan):.0f}")


def visible(setting):
    """Eight writers at once, each in a grid of another community; all levels after each."""
    setting.say(f"{WRITERS} writers, and every level above them")
    units = setting.places.units
    grids = [units.under(code, "grid")[0]
             for code in setting.places.communities if units.under(code, "grid")][:WRITERS]

    def levels(grid):
        return [grid, units.above[grid], units.above[units.above[grid]], DISTRICT]

    def read(code):
        path = f"/figures/{indicator('inspection')}?unit={code}&period={YEAR}"
        return value(setting.large.get(path)[0])

    codes = sorted({code for grid in grids for code in levels(grid)})
    before = {code: read(code) for code in codes}
    with concurrent.futures.ThreadPoolExecutor(WRITERS) as crowd:
        list(crowd.map(
            lambda grid: setting.large.add(setting.places.inspection(grid)), grids))
    missing = 0
    for code in codes:
        wanted = before[code] + sum(code in levels(grid) for grid in grids)
        missing += abs(wanted - read(code))
    # And one by one: what was answered for is there at once.
    for grid in grids:
        before = {code: read(code) for code in levels(grid)}
        setting.large.add(setting.places.inspection(grid))
        missing += sum(read(code) != before[code] + 1 for code in levels(grid))
    setting.goals.add("visible", missing, "", f"{len(grids)} at once and {len(grids)} in turn, "
                      f"{len(codes)} units of four levels")
