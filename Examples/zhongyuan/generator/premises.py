"""Premises and projects, money, facilities, brands and honors."""

from .days import R1, day

ROOMS = ("reading_room", "computer_room", "calligraphy_room", "activity_square")
HONORS = ("先进基层党组织", "文明社区", "和谐社区示范单位", "科普示范社区", "志愿服务先进集体", "优秀文艺团队")
BRANDS = ("邻里一家", "红色驿站", "暖心茶座", "银龄互助", "四点半课堂", "巧手工坊", "夕阳关爱", "绿色家园")


def make(w):
    areas(w)
    money(w)
    facilities(w)
    brands(w)
    honors(w)


def areas(w):
    """Each community's area is decided first; premises and projects are laid out to give it."""
    largest_home = next(c for c in w.streets["012"].after if c.start < R1)
    special = {largest_home: ("largest", w.value("P2-8a"))}
    west = list(w.streets["009"].after)
    w.rng.shuffle(west)
    special[west[0]] = ("new_build", w.value("H6-2"))
    for community in west[1:1 + w.value("H6-3")]:
        special[community] = ("rebuild_extend", w.rng.choice((1000, 1080, 1260.5, 1340)))
    others = [c for c in w.district.after if c not in special]
    w.rng.shuffle(others)
    large = w.targets["P2-5"].numerator - len(special)
    for index, community in enumerate(others):
        if index < large:
            area = 1000 if index < 2 else round(w.rng.uniform(1005, 2450), 1)
        else:
            area = 999.5 if index == large else round(w.rng.uniform(260, 985), 1)
        ordinary(w, community, area, index < large)
    for community, (kind, area) in special.items():
        project_community(w, community, kind, area)


def rooms(w, community, area, until=None):
    """Premises that stood before: in the community itself or in those it came from."""
    homes = [h for h in community.forebears if not h.divided] or [community]
    if community.start == R1 and homes == [community]:
        homes = [w.rng.choice(community.forebears)]
    shares = [area] if len(homes) == 1 else split(w, area, len(homes))
    for home, share in zip(homes, shares):
        on = w.workday("2013-01-04", "2014-08-29")
        w.ledger.stand("premises", on, home, until=until, heir=community, area=share, use="社区办公服务")


def split(w, area, count):
    parts = [round(area / count * w.rng.uniform(0.7, 1.1), 1) for _ in range(count - 1)]
    return parts + [round(area - sum(parts), 1)]


def ordinary(w, community, area, large):
    """Three in four large ones were built or extended; most small ones stand as they were."""
    if w.rng.random() > (0.75 if large else 0.2):
        rooms(w, community, area)
        return
    modes = ["developer", "partner"]
    if community.street.code[-3:] != "009":
        modes += ["new_build", "rebuild_extend", "rebuild_extend"]
    mode = w.rng.choice(modes)
    before = None if mode == "new_build" else round(area * w.rng.uniform(0.15, 0.55), 1)
    accept(w, community, mode, before, area)


def project_community(w, community, kind, area):
    if kind == "largest":
        accept(w, community, "rebuild_extend", w.targets["P2-8b"].denominator, area)
    else:
        accept(w, community, kind, None if kind == "new_build" else round(area * 0.4, 1), area)


def accept(w, community, mode, before, after):
    """Acceptance writes both areas, ends the old premises and begins the new ones that day."""
    on = w.workday(R1 if community.start == R1 else "2014-10-08", "2015-06-26")
    if before:
        rooms(w, community, before, until=on)
    w.ledger.add("premises_project", on, community, area_before=before, area_after=after, mode=mode)
    w.ledger.add("premises", on, community, area=after, use="社区综合服务中心")


def money(w):
    """Three tranches for fourteen streets, in ten thousands; then awards, by the quarter."""
    streets = list(w.streets.values())
    tranches = ["2014-09-18", "2015-01-22", "2015-04-16"]
    lines = [(on, n, street) for n, on in enumerate(tranches, 1) for street in streets]
    for (on, n, street), amount in zip(lines, w.parts(w.value("P2-6") // 10_000, len(lines))):
        w.ledger.add("appropriation", day(on), w.root, street, amount=amount * 10_000,
                     purpose="社区用房建设专项资金", tranche=n)
    rounds = [("2014-12-26", "2014年四季度", (600_000, 400_000, 300_000)),
              ("2015-03-27", "2015年一季度", (w.value("P2-7c"),) * w.value("P2-7b")),
              ("2015-06-29", "2015年二季度", (1_000_000, 800_000, 500_000, 500_000))]
    for on, name, amounts in rounds:
        for street, amount in zip(w.rng.sample(streets, len(amounts)), amounts):
            w.ledger.add("award", day(on), w.root, street, amount=amount, round=name)


def facilities(w):
    """The elders' center of 005 opened first; others of its kind followed in other streets."""
    home = next(c for c in w.streets["005"].after if c.start < R1)
    w.elder_center = facility(w, home, "elder_mutual_care", day("2014-03-18"))
    for key in ("001", "003", "006", "009", "012"):
        street = w.streets[key]
        facility(w, w.rng.choice(street.before), "elder_mutual_care",
                 w.workday("2014-06-03", "2014-12-19"))
    w.facilities = {}
    for street in w.streets.values():
        for community in street.before:
            for kind in w.rng.sample(ROOMS, w.rng.randint(1, 3)):
                facility(w, community, kind, w.workday("2013-02-04", "2014-12-19"))


def facility(w, community, kind, on):
    w.facility_count = getattr(w, "facility_count", 0) + 1
    code = f"F-{community.street.code[-3:]}-{w.facility_count:03d}"
    w.ledger.stand("facility", on, community, facility_kind=kind, facility=code)
    return code


def brands(w):
    names = ("四叶草", "七色花", "八方情")
    ruhe = w.streets["008"]
    for name in names[:w.value("H2-4")]:
        w.ledger.add("brand", w.workday("2014-03-03", "2014-11-28"), ruhe, title=name)
    row = w.ledger.add("brand", day("2013-05-06"), ruhe, title="连心桥")
    w.ledger.finish(row, day("2014-07-01"))
    for key, street in w.streets.items():
        for community in street.before if key != "008" else []:
            if w.rng.random() < 0.5:
                w.ledger.stand("brand", w.workday("2013-03-04", "2015-02-13"), community,
                               title=w.rng.choice(BRANDS))


def honors(w):
    for key, street in w.streets.items():
        for _ in range(w.value("H1-6") if key == "005" else w.rng.randint(8, 30)):
            on = w.workday("2013-01-04", "2015-06-30")
            level = w.rng.choices(("district", "city", "province", "nation", "international"),
                                  (40, 35, 18, 5, 2))[0]
            if key == "005" and level == "district":
                level = "city"
            w.ledger.add("honor", on, w.community(street, on), level=level,
                         title=w.rng.choice(HONORS), issuer="主管部门")
