"""Service to residents, households and firms: activities, teams, visits, requests, issues."""

from datetime import timedelta
from .days import HALF_YEAR, LAST, R1, day, months, weeks

SERVICES = ("home", "tea", "repair", "culture", "science", "policy")
TEAMS = ("fire_safety", "repair", "culture", "sanitation")
OUTINGS = ("清洁家园", "敬老服务", "义务植树", "政策宣讲", "节前慰问", "便民服务日")
ISSUES = ("用工紧缺", "周边道路通行", "融资咨询", "水电配套", "证照办理", "场地租赁")
TOPICS = ("中医体验日", "防灾减灾", "传染病防控知识", "碘缺乏病防治知识")


def make(w):
    activities(w)
    teams(w)
    outings(w)
    pairs(w)
    households(w)
    onsite(w)
    materials(w)
    home_services(w)
    health(w)
    requests(w)
    issues(w)


def activities(w):
    """Everyday service, weekends too; that of the elders' center of 005 carries its code."""
    facilities = w.ledger.rows["facility"]
    center = next(r for r in facilities if r.values.get("facility") == w.elder_center)
    for _ in range(w.value("H1-9")):
        activity(w, w.half_year(), center.unit, ("home", "tea", "physiotherapy"), w.elder_center)
    for _ in range(46):
        activity(w, w.workday("2014-03-24", "2014-12-26"), center.unit,
                 ("home", "tea", "physiotherapy"), w.elder_center)
    for community in w.district.before:
        for _ in range(w.rng.randint(14, 26)):
            activity(w, some_day(w, "2015-01-05", "2015-02-28"), community, SERVICES)
    for community in w.district.after:
        for _ in range(w.rng.randint(34, 58)):
            activity(w, some_day(w, R1, LAST), community, SERVICES)
    entered_twice = [r for r in w.ledger.rows["service_activity"] if r.values.get("facility")]
    for row in w.rng.sample(entered_twice, 6):
        twin = w.ledger.add(row.kind, row.on, row.unit, **row.values)
        w.ledger.reverse(twin, "重复登记")
    for row in w.rng.sample(w.ledger.rows["service_activity"], 16):
        if row.reverses is None:
            twin = w.ledger.add(row.kind, row.on, row.unit, **row.values | {"persons": 3})
            w.ledger.reverse(twin, "人次有误，另行登记")


def some_day(w, first, last):
    first, last = (day(d) if isinstance(d, str) else d for d in (first, last))
    if w.rng.random() < 0.8:
        return w.workday(first, last)
    return first + timedelta(w.rng.randint(0, (last - first).days))


def activity(w, on, unit, services, facility=None):
    w.ledger.add("service_activity", on, unit, persons=w.rng.randint(2, 40),
                 minutes=w.rng.choice((30, 60, 90, 120)), service=w.rng.choice(services),
                 facility=facility)


def teams(w):
    """Power-safety teams of 003 inspect every month; others do so as teams do, with gaps."""
    for key, street in w.streets.items():
        number = 0
        for _ in range(w.value("H4-3") if key == "003" else w.rng.randint(0, 2)):
            number += 1
            team(w, street, number, "power_safety", key == "003")
        for _ in street.before:
            number += 1
            team(w, street, number, w.rng.choice(TEAMS), False)
    street = w.streets["003"]
    row = w.ledger.add("volunteer_team", day("2014-03-10"), street, team_kind="power_safety",
                       team="T-003-99")
    w.ledger.finish(row, day("2014-11-03"))


def team(w, street, number, kind, diligent):
    code = f"T-{street.code[-3:]}-{number:02d}"
    home = w.rng.choice(street.before)
    w.ledger.stand("volunteer_team", w.workday("2014-02-10", "2014-12-19"), home, team_kind=kind,
                   team=code)
    for first, last in months(*HALF_YEAR):
        for _ in range(w.rng.randint(1, 3) if diligent else w.rng.choice((0, 1, 1, 2, 2, 3))):
            on = w.workday(first, last)
            unit = home.on(on) if not home.divided or on < R1 else w.community(street, on)
            findings = w.rng.choice((0, 0, 1, 2, 4))
            w.ledger.add("inspection", on, unit, findings=findings,
                         repaired=w.rng.randint(0, findings), team=code)


def outings(w):
    for key, street in w.streets.items():
        for _ in range(w.value("H4-9") if key == "003" else w.rng.randint(25, 60)):
            outing(w, street, some_day(w, *HALF_YEAR))
        for _ in range(w.rng.randint(4, 9)):
            outing(w, street, w.workday("2014-05-05", "2014-12-26"))


def outing(w, street, on):
    w.ledger.add("volunteer_activity", on, w.community(street, on), persons=w.rng.randint(6, 70),
                 minutes=w.rng.choice((60, 90, 120, 180)), title=w.rng.choice(OUTINGS))


def pairs(w):
    for key, street in w.streets.items():
        helpers = [p for c in street.before for p in c.small.members]
        running = w.value("H4-8") if key == "003" else w.rng.randint(30, 60)
        for number in range(1, running + 13):
            on = w.workday("2013-09-02", "2015-05-29" if number <= running else "2014-12-19")
            until = None if number <= running else w.workday("2015-01-12", "2015-06-26")
            w.ledger.stand("aid_pair", on, w.community(street, on), until=until, agreed=True,
                           helper=w.rng.choice(helpers), household=f"H-{key}-{number:03d}")


def households(w):
    """Every household in care is visited in every month; care that ends does so with a month."""
    bureau = w.bureaus["BUR-HOU"]
    for number in range(1, w.rng.randint(62, 74)):
        code, kind = f"H-HOU-{number:03d}", number % 12
        on = w.workday("2014-03-03", "2014-12-19")
        if kind == 0:
            on = w.workday("2015-01-12", "2015-04-24")
        until = w.rng.choice((day("2015-04-01"), day("2015-06-01"))) if kind == 6 else None
        care = w.ledger.add("household_care", on, bureau, agreed=True, household=code)
        w.ledger.finish(care, until)
        for first, last in months(max(on, HALF_YEAR[0]), until - timedelta(1) if until else LAST):
            for _ in range(w.rng.choice((1, 1, 1, 2))):
                w.ledger.add("household_visit", w.workday(first, last), bureau, household=code)


def onsite(w):
    """A session in each week. A few places were two communities then and are one now."""
    bureau = w.bureaus["BUR-HOU"]
    places = w.rng.sample([c for c in w.district.after if len(c.forebears) > 1 and c.whole], 5)
    places += w.rng.sample([c for c in w.district.after if c.start < R1],
                           min(w.value("H12-5") - 12, 30))
    rest = [c for c in w.district.after if c not in places]
    places += w.rng.sample(rest, w.value("H12-5") - len(places))
    early = [old for c in places[:5] for old in c.forebears]
    early += [c for c in places if c.start < R1]
    spans = list(weeks(*HALF_YEAR))
    late = list(places)
    for monday in spans:
        days = w.calendar.workdays(max(monday, HALF_YEAR[0]), monday + timedelta(6))
        for _ in range(1 if monday < R1 - timedelta(7) else 2):
            on = w.rng.choice(days)
            if on < R1:
                place = early.pop(0) if early else places[0].forebears[0]
                late = [c for c in late if c is not place and place not in c.forebears]
            else:
                place = late.pop() if late else w.rng.choice(places)
            session(w, on, bureau, place)
    while late:
        session(w, w.workday(R1, "2015-06-30"), bureau, late.pop())
    for street in w.rng.sample(list(w.streets.values()), 6):
        on = w.half_year()
        session(w, on, street, w.community(street, on))


def session(w, on, unit, place):
    w.ledger.add("onsite_session", on, unit, place, matters=w.rng.randint(2, 25))


def materials(w):
    for copies in w.parts(w.value("H12-6"), 17):
        w.ledger.add("material", w.half_year(), w.bureaus["BUR-HOU"], copies=copies,
                     title="住房保障政策明白纸")
    w.ledger.add("material", day("2014-10-16"), w.bureaus["BUR-HOU"], copies=420, title="住房保障问答")
    for street in w.streets.values():
        for _ in range(w.rng.randint(1, 4)):
            w.ledger.add("material", w.half_year(), street, copies=w.rng.randint(80, 900),
                         title="社区服务指南")


def home_services(w):
    """Some households were served twice, some have not confirmed, some did so last year."""
    bureau, orders = w.bureaus["BUR-HOU"], iter(range(1, 10_000))
    codes = [f"H-HOU-{500 + n:03d}" for n in range(w.value("H12-7"))]
    for code in codes + codes[:11]:
        home_service(w, bureau, orders, code, w.workday("2015-01-05", "2015-06-12"))
    home_service(w, bureau, orders, codes[12], day("2014-12-30"), day("2015-01-06"))
    for n in range(7):
        late = w.workday("2015-05-04", "2015-06-26")
        home_service(w, bureau, orders, f"H-HOU-{800 + n}", late, None)
        home_service(w, bureau, orders, f"H-HOU-{900 + n}", w.workday("2014-05-05", "2014-11-28"))
    for key, street in w.streets.items():
        for n in range(w.rng.randint(4, 10)):
            on = w.workday("2015-01-05", "2015-06-12")
            home_service(w, w.community(street, on), orders, f"H-{key}-{500 + n}", on)


def home_service(w, unit, orders, household, on, confirmed="soon"):
    order = f"S-{next(orders):05d}"
    w.ledger.add("home_service", on, unit, matter="住房保障手续", household=household,
                 service_order=order)
    if confirmed:
        after = soon(w, on) if confirmed == "soon" else confirmed
        w.ledger.add("home_service_confirmation", after, unit.on(after), service_order=order)


def soon(w, on):
    return w.workday(on, min(LAST, on + timedelta(14)))


def health(w):
    bureau, kinds = w.bureaus["BUR-HEA"], ("performance", "publicity", "consultation")
    for index in range(w.value("H11-1") + 6):
        on = some_day(w, *HALF_YEAR) if index >= 6 else w.workday("2014-04-08", "2014-12-19")
        street = w.rng.choice(list(w.streets.values()))
        w.ledger.add("health_event", on, bureau, w.community(street, on),
                     persons=w.rng.randint(20, 300), event_kind=kinds[index % 3],
                     topic=w.rng.choice(TOPICS))


def requests(w):
    """Difficulties confirmed; other matters, open ones and last year's do not count."""
    bureau, numbers = w.bureaus["BUR-URB"], iter(range(1, 10_000))
    for _ in range(w.value("H13-5") - 3):
        request(w, bureau, numbers, "difficulty", w.workday("2015-01-05", "2015-06-12"))
    for _ in range(3):
        request(w, bureau, numbers, "difficulty", w.workday("2014-12-15", "2014-12-30"),
                w.workday("2015-01-05", "2015-01-16"))
    for _ in range(9):
        request(w, bureau, numbers, "difficulty", w.workday("2015-04-01", "2015-06-26"), None)
        request(w, bureau, numbers, "consultation", w.workday("2015-01-05", "2015-06-12"))
        request(w, bureau, numbers, "complaint", w.workday("2015-01-05", "2015-06-12"))
        request(w, bureau, numbers, "difficulty", w.workday("2014-05-05", "2014-11-28"))
    for street in w.streets.values():
        for _ in range(w.rng.randint(25, 50)):
            on = w.workday("2015-01-05", "2015-06-12")
            request(w, w.community(street, on), numbers,
                    w.rng.choice(("difficulty", "consultation", "complaint")), on,
                    "soon" if w.rng.random() < 0.8 else None)


def request(w, unit, numbers, matter, on, confirmed="soon"):
    code = f"R-{next(numbers):05d}"
    w.ledger.add("request", on, unit, matter=matter, request=code)
    if confirmed:
        after = soon(w, on) if confirmed == "soon" else confirmed
        w.ledger.add("request_confirmation", after, unit.on(after), request=code)


def issues(w):
    numbers = iter(range(1, 10_000))
    for key, street in w.streets.items():
        solved = w.value("H10-6") if key == "012" else w.rng.randint(6, 22)
        for index in range(solved):
            on = w.workday("2014-11-03", "2014-12-19") if index < 4 else \
                w.workday("2015-01-05", "2015-06-12")
            issue(w, street, numbers, on, w.workday(max(on, HALF_YEAR[0]), LAST))
        for _ in range(w.rng.randint(3, 8)):
            issue(w, street, numbers, w.workday("2015-03-02", "2015-06-26"), None)
        for _ in range(w.rng.randint(1, 4)):
            issue(w, street, numbers, w.workday("2014-05-05", "2014-09-26"), day("2014-12-18"))


def issue(w, street, numbers, on, confirmed):
    code = f"I-{next(numbers):05d}"
    w.ledger.add("enterprise_issue", on, street, mode=w.rng.choice(("tracking", "door_to_door")),
                 matter=w.rng.choice(ISSUES), enterprise=f"E-{w.rng.randint(1, 160):04d}",
                 issue=code)
    if confirmed:
        w.ledger.add("issue_confirmation", confirmed, street, issue=code)
