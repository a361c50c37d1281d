"""Campaigns of the teachers, the four haves, aid to households, organizations on themselves."""

from .days import day

ACTIVITIES = ("师德宣誓", "党员示范课", "家访周", "师徒结对", "读书分享会", "身边榜样报告会")
EVIDENCE = {"institution": "批复文件", "venue": "活动室照片说明", "staff": "班子名单", "activities": "活动记录"}
DIMENSIONS = ("leadership", "execution", "cohesion", "combat")
AID = ("节前慰问", "岗位推荐", "助学用品", "技能培训")


def make(w):
    campaign(w)
    four_haves(w)
    aid(w)
    assessments(w)


def campaign(w):
    """Nearly every branch of teachers took part; two of last year's activities do not count."""
    bureau = w.bureaus["BUR-EDU"]
    for branch in bureau.branches:
        for _ in range(w.rng.choice((0, 1, 1, 2, 2, 3, 4))):
            activity(w, w.workday("2015-03-09", "2015-06-30"), branch)
    for branch in w.rng.sample(bureau.branches, 2):
        activity(w, w.workday("2014-09-08", "2014-12-19"), branch)
    for _ in range(2):
        activity(w, w.workday("2015-03-09", "2015-06-30"), bureau)


def activity(w, on, unit):
    w.ledger.add("themed_activity", on, unit, persons=w.rng.randint(8, 60), theme="teachers",
                 title=w.rng.choice(ACTIVITIES))


def four_haves(w):
    """Firms' branches of the commerce bureau have all four; elsewhere a venue is often missing."""
    commerce = w.bureaus["BUR-COM"]
    for branch in commerce.branches + commerce.enterprise_branches:
        checked(w, branch, EVIDENCE)
    others = [b for code in ("BUR-EDU", "BUR-HEA", "BUR-HOU") for b in w.bureaus[code].branches]
    others += [firm for street in w.streets.values() for firm in street.firms]
    for branch in others:
        if w.rng.random() < 0.85:
            lacks = w.rng.choices(("none", "venue", "activities", "staff"), (5, 3, 1, 1))[0]
            checked(w, branch, [item for item in EVIDENCE if item != lacks])
    for branch in w.rng.sample(others, 3):
        rows = [r for r in w.ledger.rows["branch_check"]
                if r.unit is branch and r.values.get("item") == "venue"]
        for row in rows:
            w.ledger.end(row, w.workday("2015-06-01", "2015-06-26"))


def checked(w, branch, items):
    on = w.workday("2015-03-09", "2015-05-29")
    for item in items:
        w.ledger.add("branch_check", on, branch, item=item, evidence=EVIDENCE[item])


def aid(w):
    """Households agreed first and are codes; some were helped twice."""
    bureau = w.bureaus["BUR-COM"]
    units = [bureau] + bureau.branches + bureau.enterprise_branches
    for index in range(w.rng.randint(26, 38)):
        on = w.half_year() if index > 3 else w.workday("2014-09-01", "2014-12-26")
        w.ledger.add("poverty_aid", on, w.rng.choice(units), agreed=True, aid=w.rng.choice(AID),
                     household=f"H-COM-{w.rng.randint(1, 24):03d}")


def assessments(w):
    """The health bureau and its branches look at themselves twice a year."""
    bureau = w.bureaus["BUR-HEA"]
    for on in ("2014-12-18", "2015-06-18"):
        for unit in [bureau, *bureau.branches]:
            for dimension in DIMENSIONS:
                level = w.rng.choices(("weak", "sound", "strong"), (2, 5, 3))[0]
                w.ledger.add("org_assessment", day(on), unit, dimension=dimension, level=level,
                             measure="列入整改清单" if level == "weak" else None)
