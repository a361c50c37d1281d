"""What members of the enforcement bureau display and promise, and what the public answered."""

from datetime import timedelta
from .days import LAST, day

ITEMS = ("identity", "duty", "pledge")
CHANNELS = ("公示栏意见箱", "服务电话", "单位网站")
TOPICS = ("摊位疏导时间", "夜间噪声", "路面保洁", "热线接听", "停车秩序")
ANSWERS = ("已调整安排并公布", "已办结并说明情况", "列入下季度计划")
POSTS = {"team": "党员服务队", "area": "党员责任区", "model_post": "党员示范岗"}


def make(w):
    bureau = w.bureaus["BUR-URB"]
    displays(w, bureau)
    badges(w, bureau)
    areas(w, bureau)
    notices(w, bureau)


def displays(w, bureau):
    """Most display all three until the year ends; some have one or two, some took one down."""
    year_end = day("2016-01-01")
    for branch in bureau.branches:
        for person in w.rng.sample(branch.members, min(len(branch.members), 10)):
            wanted = ITEMS if w.rng.random() < 0.8 else w.rng.sample(ITEMS, w.rng.randint(1, 2))
            on = w.workday("2015-03-02", "2015-05-29")
            for item in wanted:
                row = w.ledger.add("display", on, branch, until=year_end, item=item, member=person)
                if w.rng.random() < 0.02:
                    row.until = w.workday("2015-06-01", "2015-06-26")


def badges(w, bureau):
    for branch in bureau.branches:
        for item in ("emblem", "work_card", "service_card"):
            on = w.workday("2015-03-02", "2015-04-30")
            w.ledger.add("badge_issue", on, branch, pieces=len(branch.members), item=item)
        if w.rng.random() < 0.5:
            w.ledger.add("badge_issue", w.workday("2015-05-04", "2015-06-26"), branch,
                         pieces=w.rng.randint(1, 4), item="emblem", replacement=True)
        if w.rng.random() < 0.3:
            w.ledger.add("badge_issue", w.workday("2014-05-05", "2014-12-19"), branch,
                         pieces=w.rng.randint(5, 20), item="work_card")


def areas(w, bureau):
    streets = list(w.streets.values())
    for branch in bureau.branches:
        for kind, name in POSTS.items():
            for number in range(1, w.rng.randint(1, 3) + 1):
                row = w.ledger.add(
                    "responsibility_area", w.workday("2014-06-02", "2015-05-29"), branch,
                    w.rng.choice(streets) if kind == "area" else None, area_kind=kind,
                    title=f"第{number}{name}")
                if w.rng.random() < 0.05:
                    w.ledger.finish(row, w.workday("2015-06-01", "2015-06-26"))


def notices(w, bureau):
    """Commitments hang for half a year or so; four opinions in five were answered by then."""
    opinions = 0
    for number, unit in enumerate([bureau, *bureau.branches], 1):
        for made_by in ("organization", "members"):
            code = f"N-URB-{number:02d}{made_by[0].upper()}"
            on = w.workday("2015-01-12", "2015-04-24")
            row = w.ledger.add("commitment_notice", on, unit, made_by=made_by,
                               channel=w.rng.choice(CHANNELS), notice=code)
            if w.rng.random() < 0.15:
                w.ledger.finish(row, w.workday("2015-06-01", "2015-06-26"))
            for _ in range(w.rng.choice((0, 0, 1, 1, 2, 3))):
                opinions += 1
                opinion(w, unit, code, f"O-URB-{opinions:03d}", w.workday(on, "2015-06-26"))


def opinion(w, unit, notice, code, on):
    w.ledger.add("notice_feedback", on, unit, topic=w.rng.choice(TOPICS), notice=notice,
                 feedback=code)
    replied = w.workday(on, on + timedelta(25))
    if w.rng.random() < 0.86 and replied <= LAST:
        w.ledger.add("notice_reply", replied, unit, answer=w.rng.choice(ANSWERS), feedback=code)
