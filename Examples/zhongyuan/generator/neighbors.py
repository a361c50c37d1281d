"""Help that neighbors ask for: off hours, in groups, by card and by appointment."""

from datetime import timedelta
from .days import HALF_YEAR, LAST, R1, day

MATTERS = ("证明代办", "水电报修", "政策咨询", "家电维修", "代缴费用", "材料代收")
GROUPS = ("银龄", "夕阳红", "守望", "常青", "暖阳", "同心")
WEST = "011"


def make(w):
    days = [HALF_YEAR[0] + timedelta(n) for n in range((LAST - HALF_YEAR[0]).days + 1)]
    w.days_off = [d for d in days if not w.calendar.working(d)]
    off_hours(w)
    groups(w)
    cards(w)
    visits(w)


def home_of(w, street):
    """A community before R1 and, where R1 divides it, the one that takes over."""
    home = w.rng.choice(street.before)
    return home, home.heir(w.rng) if home.divided else home.on(R1)


def off_hours(w):
    for key, street in w.streets.items():
        for _ in range(w.rng.randint(44, 62) if key == WEST else w.rng.randint(5, 14)):
            if w.rng.random() < 0.3:
                on, slot = w.half_year(), "evening"
            else:
                on = w.rng.choice(w.days_off)
                slot = "weekend" if on.weekday() > 4 and on not in w.calendar.kinds else "holiday"
            w.ledger.add("off_hours_service", on, w.community(street, on),
                         persons=w.rng.randint(1, 18), minutes=w.rng.choice((30, 60, 90, 120)),
                         slot=slot, matter=w.rng.choice(MATTERS))


def groups(w):
    """Groups meet about once a month; two of last year's have dissolved."""
    for key, street in w.streets.items():
        for number in range(1, (8 if key == WEST else w.rng.randint(0, 2)) + 1):
            code, (home, later) = f"M-{key}-{number:02d}", home_of(w, street)
            gone = day("2015-01-12") if key == WEST and number < 3 else None
            w.ledger.stand("mutual_aid_group", w.workday("2014-02-10", "2014-12-19"), home,
                           heir=later, until=gone, members=w.rng.randint(8, 36),
                           title=f"{w.rng.choice(GROUPS)}互助会", group=code)
            for _ in range(0 if gone else w.rng.randint(3, 8)):
                on = w.half_year()
                w.ledger.add("mutual_aid_meeting", on, home.on(on) if on < R1 else later,
                             persons=w.rng.randint(5, 30), group=code)


def cards(w):
    """Most who asked hold a card; some wait, some gave it back, some hold the second edition."""
    for key, street in w.streets.items():
        for number in range(w.rng.randint(64, 82) if key == WEST else w.rng.randint(0, 9)):
            code, (home, later) = f"H-{key}-{700 + number}", home_of(w, street)
            on = w.workday("2014-09-01", "2015-05-22")
            asked = w.rng.choice(("self", "self", "agreed"))
            stopped = w.workday("2015-05-25", "2015-06-26") if w.rng.random() < 0.05 else None
            stand(w, "card_request", on, home, later, stopped, asked_by=asked, household=code)
            if w.rng.random() < 0.9:
                card(w, on, home, later, code, stopped)


def card(w, on, home, later, code, stopped):
    given = w.workday(on, min(on + timedelta(20), day("2015-05-24")))
    renewed = day("2015-04-15") if given < day("2015-04-01") and w.rng.random() < 0.4 else None
    stand(w, "contact_card", given, home, later, renewed or stopped, edition=1,
          household=code)
    if renewed:
        stand(w, "contact_card", renewed, home, later, stopped, edition=2, household=code)


def stand(w, kind, on, home, later, until, **values):
    """What begins after R1 begins in the community that took over."""
    if on < R1:
        w.ledger.stand(kind, on, home, until=until, heir=later, **values)
    else:
        w.ledger.finish(w.ledger.add(kind, on, later, **values), until)


def visits(w):
    outcomes = ("kept", "moved", "withdrawn", "missed")
    number = 0
    for key, street in w.streets.items():
        for _ in range(w.rng.randint(58, 76) if key == WEST else w.rng.randint(4, 9)):
            number += 1
            on = w.half_year() if number % 9 else w.workday("2014-09-01", "2014-12-26")
            w.ledger.add("home_visit", on, w.community(street, on), agreed=True,
                         outcome=w.rng.choices(outcomes, (84, 8, 5, 3))[0],
                         household=f"H-{key}-{w.rng.randint(800, 860)}", visit=f"A-{number:05d}")
