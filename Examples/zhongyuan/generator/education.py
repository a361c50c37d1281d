"""Campaign education, contact points, lectures, forums, training and the media."""

from datetime import timedelta
from .days import day

THEMES = ("践行严以修身", "严以用权守规矩", "严以律己作表率", "谋事要实", "创业要实", "做人要实")
COLLEGES = ("省委党校", "某财经大学", "某师范大学", "某理工大学")


def make(w):
    secondments(w)
    contact_points(w)
    lectures(w)
    forums(w)
    classes(w)
    media(w)


def secondments(w):
    pool = w.rng.sample(w.office_staff, 24 + w.value("P1-2"))
    for home, person in pool[:w.value("P1-2")]:
        second(w, home, person, "campaign_office", w.workday("2015-04-20", "2015-05-08"))
    for home, person in pool[w.value("P1-2"):][:3]:
        second(w, home, person, "campaign_office", w.workday("2015-04-20", "2015-05-08"),
               w.workday("2015-06-01", "2015-06-26"))
    for home, person in pool[-14:]:
        group = w.rng.choice(("project_office", "inspection_office"))
        second(w, home, person, group, w.workday("2014-03-03", "2015-05-29"))


def second(w, home, person, group, on, until=None):
    place = home if home.form == "bureau" else None
    row = w.ledger.add("secondment", on, w.root, place, group=group, seconded=person)
    w.ledger.finish(row, until)


def contact_points(w):
    """One target for each cadre; those of last year's campaign have ended."""
    targets = list(w.streets.values()) + list(w.bureaus.values())
    targets += [community.committee for community in w.district.after]
    w.rng.shuffle(targets)
    for person, target in zip(w.rng.sample(w.county, w.value("P1-4")), targets):
        on = w.workday("2015-05-04", "2015-05-15")
        w.ledger.add("contact_point", on, w.root, target, cadre=person)
    for person, target in zip([w.retired, *w.county[:12]], w.streets.values()):
        w.ledger.finish(w.ledger.add(
            "contact_point", w.workday("2014-03-10", "2014-03-21"), w.root, target,
            cadre=person), w.workday("2014-11-10", "2014-12-19"))


def lectures(w):
    """Every county-level cadre counted lectures at least once; the others are of section level."""
    lecturers = w.rng.sample(w.county, w.value("P1-5") - 1)
    more = w.value("P1-7") - w.value("P1-5")
    again = w.rng.sample(lecturers, min(more // 2, len(lecturers)))
    days = sorted(w.workday("2015-04-28", "2015-06-30") for _ in lecturers + again)
    for number, (on, person) in enumerate(zip(days, lecturers + again)):
        lecture(w, on, w.root, person, number == 0)
    lecture(w, day("2015-05-15"), w.root, w.retired)
    lecture(w, day("2015-05-21"), w.root, w.promoted)
    for unit, person in w.rng.sample(w.section, more - len(again) - 1):
        lecture(w, w.workday("2015-05-04", "2015-06-30"), unit, person)


def lecture(w, on, unit, person, opening=False):
    places = list(w.bureaus.values()) + [c.committee for c in w.district.after]
    w.ledger.add(
        "lecture", on, unit, w.rng.choice(places), minutes=w.rng.choice((60, 90, 120)),
        persons=w.rng.randint(25, 180), theme=w.rng.choice(THEMES), opening=opening or None,
        lecturer=person)


def forums(w):
    count = w.value("P3-1")
    sizes = w.parts(w.value("P3-2"), count, 0.1)
    firsts = ["2015-02-05", "2015-04-10", "2015-06-12", "2015-05-20"][:count]
    for on, persons in zip(firsts, sizes):
        forum(w, day(on), w.root, "central_plains", persons, w.rng.choice(COLLEGES))
    for on in ("2014-05-15", "2014-08-21", "2014-11-20"):
        forum(w, day(on), w.root, "central_plains", w.rng.randint(600, 800), w.rng.choice(COLLEGES))
    for street in w.streets.values():
        for _ in range(w.rng.randint(1, 3)):
            forum(w, w.half_year(), street, "street_forum", w.rng.randint(40, 120))
        for _ in range(w.rng.randint(2, 6)):
            on = w.half_year()
            forum(w, on, w.community(street, on), "community_forum", w.rng.randint(18, 60))


def forum(w, on, unit, series, persons, institution=None):
    w.ledger.add(
        "forum_session", on, unit, persons=persons, minutes=w.rng.choice((90, 120, 150)),
        series=series, theme=w.rng.choice(THEMES), institution=institution)


def classes(w):
    spans = [("2015-03-16", "2015-03-27"), ("2015-04-13", "2015-04-24"),
             ("2015-05-11", "2015-05-22"), ("2015-06-08", "2015-06-19"),
             ("2015-03-30", "2015-04-10"), ("2015-05-25", "2015-06-05")]
    for index, persons in enumerate(w.parts(w.value("P3-5"), w.value("P3-4"), 0.2)):
        audience = ("organization_cadre", "young_cadre")[index % 2]
        training(w, w.workday(*spans[index % 6]), w.root, audience, "sent_out", persons, 2400)
    trained = w.rng.sample(w.heads, w.value("P2-18"))
    training(w, day("2015-04-20"), w.root, "community_head", "sent_out", len(trained), 2400,
             trained)
    training(w, day("2014-10-20"), w.root, "young_cadre", "sent_out", 52, 2400)
    for key, street in w.streets.items():
        street_classes(w, key, street)


def street_classes(w, key, street):
    if key == "006":
        for index, persons in enumerate(w.parts(w.value("H5-4b"), w.value("H5-4a"), 0.3)):
            audience = ("member", "party_worker", "young_cadre")[index % 3]
            training(w, w.half_year(), street, audience, "special", persons)
        for _ in range(2):
            training(w, w.workday("2014-03-03", "2014-12-19"), street, "member", "special", 30)
        return
    modes = ("exchange", "meeting", "special")
    sizes = [w.rng.randint(15, 50) for _ in range(2)]
    if key == "009":
        sizes = w.parts(w.value("H6-5"), 4, 0.3)
    for index, persons in enumerate(sizes):
        training(w, w.half_year(), street, "party_worker", modes[index % 3], persons)
    for _ in range(w.rng.randint(1, 3)):
        training(w, w.half_year(), street, "member", "special", w.rng.randint(20, 60))


def training(w, on, unit, audience, mode, persons, minutes=None, trainees=None):
    w.ledger.add(
        "training_class", on, unit, persons=persons,
        minutes=minutes or w.rng.choice((180, 360, 480)),
        audience=audience, mode=mode, theme=w.rng.choice(THEMES), trainee=trainees)


def media(w):
    """The run on television, newspapers on both sides of it, and single days elsewhere."""
    first = day("2015-04-13")
    run = [first + timedelta(n) for n in range(w.value("P2-19"))]
    for on in run:
        coverage(w, on, "television", "社区党建系列报道")
    for on in (run[0] - timedelta(1), run[-1] + timedelta(1)):
        coverage(w, on, "newspaper", "大社区怎样服务居民")
    singles = ("2014-09-16", "2014-11-05", "2015-01-14", "2015-02-10", "2015-03-11", "2015-05-13",
               "2015-05-14", "2015-06-10", "2015-06-29")
    for on in singles:
        coverage(w, day(on), "television", "基层党建见闻")
    for _ in range(22):
        coverage(w, w.half_year(), w.rng.choice(("newspaper", "radio", "website")), "基层党建见闻")


def coverage(w, on, outlet, title):
    w.ledger.add("media_coverage", on, w.root, outlet=outlet, title=title)
