"""Teams of residents, and events: those held with others, and those held for a holiday."""

from datetime import timedelta
from .days import HALF_YEAR, day

TEAMS = {
    "art_troupe": "和声艺术团", "science": "科普宣传队", "choir": "晚晴合唱队", "dance": "青荷舞蹈队",
    "calligraphy": "翰墨书画社", "sports": "晨练健身队",
}
# The last day on which something is held for the holiday, and how many days before it begins.
HOLIDAYS = {
    "new_year": ("2015-01-01", 3), "spring_festival": ("2015-02-18", 9),
    "lantern": ("2015-03-05", 2), "womens_day": ("2015-03-08", 3), "labor_day": ("2015-05-01", 4),
    "youth_day": ("2015-05-04", 1), "childrens_day": ("2015-06-01", 3),
    "dragon_boat": ("2015-06-20", 5), "party_day": ("2015-06-30", 6),
}
PARTNERS = {
    "media": "某都市报", "office": "某局机关", "school": "某中学", "enterprise": "某纺织企业",
    "society": "某志愿者协会",
}


def make(w):
    teams(w)
    joint(w)
    holidays(w)
    others(w)


def teams(w):
    """A troupe and a science team for each community of 005; elsewhere what residents began."""
    w.resident_teams, codes = {}, iter(range(1, 10_000))
    for key, street in w.streets.items():
        for community in street.before:
            kinds = ["art_troupe", "science"] if key == "005" else []
            kinds += w.rng.sample(list(TEAMS), w.rng.choice((0, 0, 1, 1, 2)))
            for kind in kinds:
                team(w, street, community, kind, f"RT-{key}-{next(codes):03d}")


def team(w, street, community, kind, code):
    until = w.workday("2015-04-01", "2015-06-26") if w.rng.random() < 0.05 else None
    lead = w.rng.choice(community.small.members[6:]) if w.rng.random() < 0.7 else None
    w.ledger.stand("resident_team", w.workday("2014-02-17", "2014-12-19"), community, until=until,
                   team_kind=kind, title=TEAMS[kind], size=w.rng.randint(8, 46), lead=lead,
                   team=code)
    if until is None:
        w.resident_teams.setdefault(street, []).append(code)


def joint(w):
    """Publicity with others is told apart from publicity alone and from culture with others."""
    for key, street in w.streets.items():
        for _ in range(w.rng.randint(14, 22) if key == "005" else w.rng.randint(1, 3)):
            together(w, street, some_day(w, *HALF_YEAR), "publicity")
        for _ in range(w.rng.randint(1, 2)):
            together(w, street, some_day(w, *HALF_YEAR), "culture")
            together(w, street, w.workday("2014-06-03", "2014-12-26"), "publicity")
        for _ in range(w.rng.randint(1, 4)):
            event(w, street, some_day(w, *HALF_YEAR), "publicity", "社区宣传日")


def together(w, street, on, kind):
    whom = w.rng.choice(list(PARTNERS))
    event(w, street, on, kind, "联合宣传活动" if kind == "publicity" else "联欢活动",
          joint_with=whom, partner=PARTNERS[whom])


def holidays(w):
    """In 003 the teams play on every holiday; elsewhere on some, in some communities."""
    for key, street in w.streets.items():
        for holiday, (last, before) in HOLIDAYS.items():
            for _ in range(w.rng.randint(2, 4) if key == "003" else w.rng.choice((0, 1, 1, 2))):
                on = day(last) - timedelta(w.rng.randint(0, before))
                kind = "culture" if key == "003" or w.rng.random() < 0.85 else "convenience"
                event(w, street, on, kind, "节日活动", holiday=holiday,
                      team=w.rng.choice(w.resident_teams.get(street) or [None]))


def others(w):
    for street in w.streets.values():
        for _ in range(w.rng.randint(1, 4)):
            event(w, street, some_day(w, *HALF_YEAR), w.rng.choice(("sports", "convenience")),
                  w.rng.choice(("楼院运动会", "便民服务集市")))


def event(w, street, on, kind, title, **more):
    """Now and then the street itself holds it."""
    unit = street if w.rng.random() < 0.15 else w.community(street, on)
    w.ledger.add("community_event", on, unit, persons=w.rng.randint(20, 260),
                 minutes=w.rng.choice((60, 90, 120, 180)), event_kind=kind, title=title, **more)


def some_day(w, first, last):
    return w.workday(first, last) if w.rng.random() < 0.6 else \
        first + timedelta(w.rng.randint(0, (last - first).days))
