"""Study, lectures, pledges, monthly selection, films, hosts of branches, branches on grids."""

from datetime import date, timedelta
from .days import HALF_YEAR, R1, day, months, weeks

RULE_FROM = date(2015, 3, 30)
THEMES = ("党章党规", "践行三严三实", "师德师风", "群众路线", "身边的榜样")
FILMS = ("春到嵩山", "守望家园", "一封家书")
HOSTS = {"BUR-EDU": "school", "BUR-HEA": "hospital"}
DUTIES = ("policy", "mediation", "safety", "sanitation", "service")


def make(w):
    education_study(w)
    commerce_study(w)
    other_study(w)
    secretaries_lectures(w)
    other_lectures(w)
    pledges(w)
    monthly_best(w)
    films(w)
    hosts(w)
    grid_links(w)


def education_study(w):
    """The hours fall on branches and weeks unevenly: some keep the rule, some do not."""
    rng, branches = w.rng, w.bureaus["BUR-EDU"].branches
    total = w.value("H7-4b") * 60
    count = round(total / 137)
    spans = [m for m in weeks(*HALF_YEAR) if m >= date(2015, 1, 5)]
    spans = [m for m in spans if w.calendar.workdays(m, m + timedelta(6))]
    zeal = {branch: rng.uniform(0.55, 1.45) for branch in branches}
    slots = [(branch, monday) for branch in branches for monday in spans]
    weights = [zeal[branch] * (3.2 if monday >= RULE_FROM else 0.8) * rng.uniform(0.5, 1.5)
               for branch, monday in slots]
    room = {slot: 2 if slot[1] >= RULE_FROM else 1 for slot in slots}
    # A district that studies more than this leaves no week free, so weeks take what comes.
    is_crowded = count > 0.9 * sum(room.values())
    held, used = [], {}
    while len(held) < count:
        slot = rng.choices(slots, weights)[0]
        if is_crowded or used.get(slot, 0) < room[slot]:
            used[slot] = used.get(slot, 0) + 1
            held.append([slot, rng.choice((90, 120, 120, 150, 180, 180))])
    difference = total - sum(minutes for _, minutes in held)
    while difference:
        session, step = rng.choice(held), min(30, abs(difference)) * (1 if difference > 0 else -1)
        if 60 <= session[1] + step <= 240:
            session[1] += step
            difference -= step
    for ((branch, monday), minutes), notes in zip(held, w.parts(w.value("H7-5"), count, 0.7)):
        on = rng.choice(w.calendar.workdays(monday, monday + timedelta(6)))
        study(w, on, branch, "branch", minutes, notes)


def study(w, on, unit, kind, minutes=None, notes=None, reflections=None, persons=None):
    present = persons or max(3, round(max(4, len(unit.members)) * w.rng.uniform(0.6, 0.95)))
    return w.ledger.add(
        "study_session", on, unit, minutes=minutes or w.rng.choice((60, 90, 120, 120, 150)),
        persons=present, notes=notes, reflections=reflections, session_kind=kind)


def commerce_study(w):
    bureau = w.bureaus["BUR-COM"]
    branches = bureau.branches + bureau.enterprise_branches
    kinds = ["branch"] * w.value("H14-3a") + ["center_group"] * w.value("H14-3b")
    kinds += ["special_report"] * w.value("H14-3c")
    writing = min(len(kinds), w.value("H14-4"))
    texts = w.parts(w.value("H14-4"), writing) + [None] * (len(kinds) - writing)
    for kind, reflections in zip(kinds, texts):
        unit = w.rng.choice(branches) if kind == "branch" else bureau
        study(w, w.half_year(), unit, kind, reflections=reflections, persons=w.rng.randint(8, 40))
    study(w, day("2014-11-12"), bureau, "center_group", reflections=4, persons=22)


def other_study(w):
    for code in ("BUR-URB", "BUR-HEA", "BUR-HOU"):
        for branch in w.bureaus[code].branches:
            for _ in range(w.rng.randint(5, 12)):
                study(w, w.half_year(), branch, "branch", notes=w.rng.randint(2, 20))
    for community in w.district.before:
        for _ in range(w.rng.randint(1, 3)):
            study(w, w.workday("2015-01-05", "2015-02-27"), community.small, "branch")
    for community in w.district.after:
        for _ in range(w.rng.randint(3, 7)):
            study(w, w.workday(R1, "2015-06-30"), community.committee, "branch")
        for branch in community.branches:
            study(w, w.workday("2015-05-04", "2015-06-30"), branch, "branch")


def lecture(w, on, unit, person):
    w.ledger.add("branch_lecture", on, unit, minutes=w.rng.choice((45, 60, 90)),
                 theme=w.rng.choice(THEMES), lecturer=person)


def secretaries_lectures(w):
    """Those who were secretary on the day; a former secretary or a plain member is not one."""
    branches = w.bureaus["BUR-EDU"].branches
    for branch in w.rng.choices(branches, k=w.value("H7-6")):
        on = w.half_year()
        secretary, former = branch.secretary, w.former.get(branch)
        if former and on < former[1]:
            secretary = former[0]
        lecture(w, on, branch, secretary)
    for branch in w.rng.sample(branches, 18):
        lecture(w, w.half_year(), branch, branch.members[-1])
    for branch, (secretary, until) in w.former.items():
        lecture(w, w.workday(until, "2015-06-30"), branch, secretary)


def other_lectures(w):
    for code in ("BUR-URB", "BUR-HEA", "BUR-HOU", "BUR-COM"):
        for branch in w.bureaus[code].branches:
            for _ in range(w.rng.randint(1, 3)):
                lecture(w, w.half_year(), branch, branch.secretary)
    for community in w.district.after:
        for _ in range(w.rng.randint(1, 3)):
            lecture(w, w.workday(R1, "2015-06-30"), community.committee, w.rng.choice(w.heads))


def pledges(w):
    """In 003 so many members without a post pledge that the figure comes out."""
    gone, current = set(), {}
    for row in sorted(w.ledger.rows["membership"], key=lambda row: row.on):
        if not row.ends and w.ledger.ended(row):
            gone.add(row.values["member"])
        elif not row.ends:
            current[row.values["member"]] = row
            gone.discard(row.values["member"])
    posts = [row for row in w.ledger.rows["post"] if not row.ends]
    ever = {row.values["holder"] for row in posts}
    holders = {row.values["holder"] for row in posts if not w.ledger.ended(row)}
    for key, street in w.streets.items():
        people = [p for c in street.before for p in c.small.members]
        free = [p for p in people if p not in ever and p not in gone]
        w.rng.shuffle(free)
        count = w.value("H4-7") if key == "003" else w.rng.randint(60, 110)
        for person in free[:count]:
            pledge(w, current[person])
        for person in free[:9]:
            pledge(w, current[person])
        for person in free[count:count + 14]:
            pledge(w, current[person], w.workday("2015-05-04", "2015-06-26"))
        for person in [p for p in people if p in holders and p in current][:12]:
            pledge(w, current[person])
        for person in [p for p in people if p in gone][:4]:
            small = next(c.small for c in street.before if person in c.small.members)
            if not small.divided:
                w.ledger.add("pledge", w.workday("2014-03-03", "2014-12-19"), small,
                             duty=w.rng.choice(DUTIES), member=person)


def pledge(w, row, until=None):
    """Made where the member's relation lay on that day."""
    unit, first = row.unit, max(row.on, date(2014, 3, 3))
    last = unit.end - timedelta(1) if unit.end and w.rng.random() < 0.5 else date(2015, 4, 30)
    if last < first or not w.calendar.workdays(first, last):
        last = date(2015, 4, 30)
    on = w.workday(first, last)
    w.ledger.finish(w.ledger.add(
        "pledge", on, unit.on(on), duty=w.rng.choice(DUTIES), member=row.values["member"]), until)


def monthly_best(w):
    bureau = w.bureaus["BUR-URB"]
    everyone = [person for branch in bureau.branches for person in branch.members]
    for first, last in months(*HALF_YEAR):
        on = w.calendar.workdays(first, last)[-2]
        for person in w.rng.sample(everyone, w.value("H8-1")):
            w.ledger.add("monthly_best", on, bureau, selected=person)
    for person in w.rng.sample(everyone, 8):
        w.ledger.add("monthly_best", day("2014-12-30"), bureau, selected=person)


def films(w):
    bureau = w.bureaus["BUR-COM"]
    count = w.value("H14-5")
    for index in range(count * 2 + 1):
        unit = bureau if index < count else w.rng.choice(bureau.branches)
        screening(w, unit, FILMS[index % count])
    for branch in w.rng.sample(w.bureaus["BUR-EDU"].branches, 30):
        screening(w, branch, w.rng.choice(FILMS))


def screening(w, unit, film):
    w.ledger.add("film_screening", w.half_year(), unit, persons=w.rng.randint(8, 60), film=film)


def hosts(w):
    number = 0
    for code, bureau in w.bureaus.items():
        for branch in bureau.branches:
            w.ledger.add("branch_host", day("2013-01-07"), branch, host=HOSTS.get(code, "office"))
    firms = [firm for street in w.streets.values() for firm in street.firms]
    for branch in w.bureaus["BUR-COM"].enterprise_branches + firms:
        number += 1
        on = w.workday("2013-01-07", "2014-06-27")
        w.ledger.add("branch_host", on, branch, host="enterprise", enterprise=f"E-{number:04d}")


def grid_links(w):
    """In 001 every grid, elsewhere most; some grids have two branches, some links have ended."""
    for street in w.streets.values():
        complete = street.code.endswith("001")
        for community in street.after:
            for branch in community.branches:
                for grid in branch.grids:
                    if complete or w.rng.random() < 0.86:
                        link(w, grid, branch)
            if w.rng.random() < 0.4:
                link(w, w.rng.choice(community.grids), w.rng.choice(community.branches))
            if w.rng.random() < 0.2:
                row = link(w, w.rng.choice(community.grids), w.rng.choice(community.branches))
                w.ledger.finish(row, day("2015-05-25"))


def link(w, grid, branch):
    return w.ledger.add("grid_branch", w.workday(R1, "2015-05-22"), grid, branch)
