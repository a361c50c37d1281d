"""The enforcement bureau: vehicles and their groups, the contest, exchanges, forces, shifts."""

from .days import HALF_YEAR, LAST, day

THEMES = ("岗位上的一天", "难题怎样解", "我的入党初心", "与摊主交朋友")
MISSIONS = ("雨雪除障", "校园周边整治", "占道经营疏导", "重大活动保障", "防汛值守")


def make(w):
    bureau = w.bureaus["BUR-URB"]
    groups = vehicles(w, bureau)
    contest(w, bureau, groups)
    exchanges(w, bureau)
    forces(w, bureau)
    shifts(w, bureau)


def vehicles(w, bureau):
    """A group for each vehicle but the newest; two groups changed vehicles in spring."""
    count, groups = w.rng.randint(32, 40), []
    for number in range(1, count + 1):
        code, group = f"V-URB-{number:02d}", f"G-URB-{number:02d}"
        newest = number > count - 2
        on = w.workday("2015-06-01", "2015-06-19") if newest else w.workday(
            "2013-03-04", "2014-11-28")
        w.ledger.add("vehicle", on, bureau, vehicle=code)
        if not newest:
            groups.append(group)
            began = w.workday(max(on, day("2014-03-03")), "2014-12-26")
            crew(w, began, bureau, code, group, number < 3)
    old = w.ledger.add("vehicle", day("2013-01-14"), bureau, vehicle="V-URB-90")
    w.ledger.finish(old, day("2015-02-02"))
    crew(w, day("2014-03-10"), bureau, "V-URB-90", "G-URB-90", False)
    w.ledger.finish(w.ledger.rows["vehicle_group"][-1], day("2015-02-02"))
    return groups


def crew(w, on, bureau, vehicle, group, rotates):
    """A group stays with its vehicle, or passes it to another group on one day."""
    branch = w.rng.choice(bureau.branches)
    row = w.ledger.add("vehicle_group", on, bureau, branch, vehicle=vehicle, group=group)
    if rotates:
        change = w.workday("2015-03-09", "2015-04-24")
        w.ledger.end(row, change)
        w.ledger.add("vehicle_group", change, bureau, branch, vehicle=vehicle,
                     group=group.replace("URB", "URB-B"))


def contest(w, bureau, groups):
    rounds = (("2014-12-23", "2014年四季度", 0.5), ("2015-03-26", "2015年一季度", 0.7),
              ("2015-06-25", "2015年二季度", 0.8))
    for on, name, share in rounds:
        entered = w.rng.sample(groups, round(len(groups) * share))
        models = w.rng.sample(entered, 5)
        for group in entered:
            w.ledger.add("contest_entry", day(on), bureau, round=name,
                         result="model" if group in models else "entered", group=group)


def exchanges(w, bureau):
    for index in range(w.rng.randint(9, 16)):
        unit = bureau if index % 3 == 0 else w.rng.choice(bureau.branches)
        on = w.half_year() if index > 1 else w.workday("2014-10-08", "2014-12-26")
        w.ledger.add("exchange", on, unit, persons=w.rng.randint(12, 90),
                     minutes=w.rng.choice((60, 90, 120)), theme=w.rng.choice(THEMES))


def forces(w, bureau):
    streets = list(w.streets.values())
    for index in range(w.rng.randint(10, 15)):
        early = index < 3
        on = w.workday("2014-07-01", "2014-12-05") if early else w.half_year()
        until = w.workday("2014-12-08", "2015-01-30") if early else None
        if not early and on < day("2015-05-15") and w.rng.random() < 0.6:
            until = w.workday(on.replace(day=28), LAST)
        row = w.ledger.add("task_force", on, bureau, w.rng.choice(streets),
                           members=w.rng.randint(8, 30), mission=w.rng.choice(MISSIONS))
        w.ledger.finish(row, until if until and until > on else None)


def shifts(w, bureau):
    """Staggered and extended shifts on most days, campaigns now and then; last year's beside."""
    streets = list(w.streets.values())
    for index in range(w.rng.randint(260, 320)):
        mode = w.rng.choices(("staggered", "extended", "campaign"), (5, 4, 1))[0]
        on = w.workday(*HALF_YEAR) if index % 12 else w.workday("2014-09-01", "2014-12-26")
        minutes = w.rng.choice((180, 240, 300) if mode == "campaign" else (60, 90, 120, 150))
        w.ledger.add("shift", on, bureau, w.rng.choice(streets), minutes=minutes,
                     solved=w.rng.choice((0, 0, 1, 1, 2, 3, 5)), mode=mode)
