"""What communities are known for, what residents say of it, and the rooms they use."""

from datetime import timedelta
from .days import LAST, R1, day

FEATURES = (
    ("邻里互助角", "独居老人日间无人照看"), ("书香楼院", "孩子放学后无处看书"), ("绿荫议事厅", "楼院停车意见不一"),
    ("巧手编织坊", "留守妇女希望就近增收"), ("银发合唱团", "退休居民盼望文化活动"), ("红色楼门", "老旧楼院无人管理"),
    ("一刻茶坊", "新老居民缺少交流"), ("平安夜巡", "夜间照明不足"), ("小小菜园", "楼顶空地长期闲置"),
)
GROUPS = ("partner_unit", "member", "resident")
LIVELY = ("reading_room", "computer_room", "calligraphy_room", "activity_square", "therapy_room")
PLAIN = ("two_committees_room", "members_room", "archive_room", "culture_center", "service_hall")
HOURS = ("工作日9:00至17:00", "每日8:00至20:00", "周末开放")


def make(w):
    features(w)
    opinions(w)
    spaces(w)


def features(w):
    """In 005 every community has one. Elsewhere some were never agreed to, some have ended."""
    for key, street in w.streets.items():
        for community in street.after:
            first = R1 if community.start == R1 else day("2014-02-17")
            if key == "005" or w.rng.random() < 0.78:
                feature(w, community, first, agreed=key == "005" or w.rng.random() < 0.93)
            if w.rng.random() < 0.12:
                feature(w, community, first, agreed=False)
        for community in [c for c in street.before if w.rng.random() < 0.2]:
            on = w.workday("2014-02-17", "2014-10-31")
            until = w.workday("2015-01-05", "2015-02-27") if w.rng.random() < 0.5 else None
            title, need = w.rng.choice(FEATURES)
            w.ledger.stand("feature", on, community, until=until, title=title, need=need,
                           confirmed_on=w.workday(on, on + timedelta(40)))


def feature(w, community, first, agreed):
    on = w.workday(first, "2015-06-12")
    title, need = w.rng.choice(FEATURES)
    confirmed = w.workday(on, min(LAST, on + timedelta(18))) if agreed else None
    w.ledger.add("feature", on, community, title=title, need=need, confirmed_on=confirmed)


def opinions(w):
    """Slips are left at the door and at the counter; many are not returned, and that is all."""
    for street in w.streets.values():
        for community in street.after:
            for group in w.rng.sample(GROUPS, w.rng.choice((0, 1, 1))):
                opinion(w, w.workday("2015-03-23", LAST), community, group)
        for group in GROUPS:
            opinion(w, w.workday("2014-11-03", "2014-12-26"), street, group)


def opinion(w, on, unit, group):
    asked = w.rng.randint(12, 40) if group == "partner_unit" else w.rng.randint(30, 160)
    answered = max(6, round(asked * w.rng.uniform(0.35, 0.9)))
    w.ledger.add("opinion_round", on, unit, asked=asked, answered=answered,
                 satisfied=round(answered * w.rng.uniform(0.72, 0.99)), asked_group=group)


def spaces(w):
    """In 012 every community has the plain rooms; the elders' center of 005 has a therapy room."""
    codes = iter(range(1, 10_000))
    center = next(row for row in w.ledger.rows["facility"]
                  if row.values.get("facility") == w.elder_center)
    for kind in LIVELY:
        space(w, codes, center.unit, kind, center.on, w.elder_center)
    for key, street in w.streets.items():
        for community in street.after:
            kinds = list(PLAIN[:4]) if key == "012" else w.rng.sample(PLAIN, w.rng.randint(1, 2))
            if key == "005" or w.rng.random() < 0.4:
                kinds += w.rng.sample(LIVELY, w.rng.randint(1, 2))
            for kind in kinds:
                space(w, codes, community, kind)
    for row in w.rng.sample(w.ledger.rows["facility_space"][5:], 9):
        w.ledger.end(row, w.workday(max(row.on, day("2015-05-04")), "2015-06-26"))


def space(w, codes, community, kind, on=None, facility=None):
    on = on or w.workday(R1 if community.start == R1 else "2014-02-17", "2015-04-30")
    w.ledger.add("facility_space", on, community, area=round(w.rng.uniform(18, 160), 1),
                 space_kind=kind, hours=w.rng.choice(HOURS),
                 bookable=kind not in ("archive_room", "activity_square"),
                 space=f"S-{community.street.code[-3:]}-{next(codes):03d}", facility=facility)
