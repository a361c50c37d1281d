"""Committees of branches, their meetings, and activities by domain."""

from .days import HALF_YEAR, LAST, R1, day, months

DOMAINS = {"BUR-EDU": "school"}
TITLES = ("重温入党誓词", "走进红色展馆", "政策讨论会", "技能比武", "结对共建", "读书分享")
TOPICS = ("学习文件", "研究发展党员", "讨论工作计划", "通报党费", "安排志愿服务")
QUARTERS = (("2015-01-05", "2015-03-31"), ("2015-04-01", "2015-06-30"))


def make(w):
    offices = [b for bureau in w.bureaus.values() for b in bureau.branches]
    offices += w.bureaus["BUR-COM"].enterprise_branches
    firms = [firm for street in w.streets.values() for firm in street.firms]
    for branch in offices + firms:
        meets(w, branch, w.rng.uniform(0.75, 1), day("2014-02-17"))
    for key, street in w.streets.items():
        for community in street.after:
            for branch in community.branches:
                meets(w, branch, 1 if key == "006" else w.rng.uniform(0.15, 0.75), R1)
    old_meetings(w, offices)
    activities(w, firms)


def meets(w, branch, zeal, since):
    """From seven members on there is a committee, which meets monthly; not all new branches have
    elected one yet. All members meet each quarter."""
    if len(branch.members) >= 7 and (since < R1 or zeal == 1 or w.rng.random() < 0.25):
        on = since if since == R1 else w.workday(since, "2014-11-28")
        w.ledger.add("branch_committee", on, branch, seats=3 if len(branch.members) < 20 else 5)
        for first, last in months(max(since, HALF_YEAR[0]), LAST):
            if w.rng.random() < zeal:
                meeting(w, w.workday(first, last), branch, "committee")
    for first, last in QUARTERS:
        if day(last) > since and w.rng.random() < zeal * (0.75 if since == R1 else 1):
            meeting(w, w.workday(max(since, day(first)), last), branch, "members")
    if w.rng.random() < 0.07:
        meeting(w, w.workday(max(since, day("2015-01-05")), LAST), branch,
                w.rng.choice(("group", "theme_day")))


def meeting(w, on, branch, kind):
    people = max(3, len(branch.members))
    entitled = (3 if people < 20 else 5) if kind == "committee" else people
    absent = 0 if kind == "committee" else round(entitled * w.rng.uniform(0, 0.3))
    w.ledger.add("branch_meeting", on, branch, minutes=w.rng.choice((40, 60, 90, 120)),
                 entitled=entitled, present=entitled - absent, meeting_kind=kind,
                 topic=w.rng.choice(TOPICS), recorded=w.rng.random() < 0.95)


def old_meetings(w, offices):
    """Organization life meetings of the winter before lie outside the half-year."""
    for branch in w.rng.sample(offices, 20):
        meeting(w, w.workday("2014-11-17", "2014-12-26"), branch, "life")


def activities(w, firms):
    for code, bureau in w.bureaus.items():
        for branch in w.rng.sample(bureau.branches, min(9, len(bureau.branches))):
            activity(w, w.half_year(), branch, DOMAINS.get(code, "office"))
    for firm in w.rng.sample(firms, len(firms) * 2 // 3):
        activity(w, w.half_year(), firm, "enterprise")
    for key, street in w.streets.items():
        for community in street.after:
            for _ in range(2 if key == "006" else w.rng.choice((0, 1, 1))):
                activity(w, w.workday(R1, LAST), community.committee, "community")
        for _ in range(w.rng.randint(1, 3)):
            activity(w, w.half_year(), street, "retired")
            activity(w, w.workday("2014-05-05", "2014-12-19"), street, "retired")


def activity(w, on, unit, domain):
    w.ledger.add("branch_activity", on, unit, persons=w.rng.randint(8, 70),
                 minutes=w.rng.choice((60, 90, 120, 180)), domain=domain,
                 title=w.rng.choice(TITLES))
