"""Job fairs, the posts offered at them and since filled, and policies applied for."""

from .closings import close
from .days import day

FAIRS = [
    ("F-1", "秋季招聘会", "2014-10-24"), ("F-2", "春季招聘会", "2015-03-20"),
    ("F-3", "高校毕业生专场招聘会", "2015-05-22"),
]
POSTS = ("电子商务专员", "设备工程师", "质量检验员", "行政文员", "软件测试", "市场推广", "仓储管理", "财务助理")
POLICIES = [
    ("Z-1", "tax", "小微企业税收优惠", "2014-01-06"), ("Z-2", "registration", "登记便利化", "2014-03-03"),
    ("Z-3", "finance", "引进人才补贴", "2014-06-03"), ("Z-4", "startup", "创业场地补助", "2014-09-01"),
    ("Z-5", "startup", "创业担保贴息", "2015-03-02"),
]
REASONS = {"approved": "符合政策规定的条件", "refused": "材料不齐，已一次性告知"}


def make(w):
    for code, title, on in FAIRS:
        fair(w, code, title, day(on))
    policies(w)


def fair(w, code, title, on):
    """Firms list their posts in the days before the fair; some are filled weeks after it."""
    firms = sorted(w.rng.sample(range(1, 161), w.rng.randint(28, 46)))
    total = 0
    for number in firms:
        for serial in range(1, w.rng.choice((1, 1, 2)) + 1):
            places = w.rng.randint(1, 12)
            total += places
            post(w, code, on, f"E-{number:04d}", serial, places)
    w.ledger.add("job_fair", on, w.root, employers=len(firms), places=total, title=title, fair=code)


def post(w, fair_code, fair_day, firm, serial, places):
    on = w.workday(fair_day.replace(day=4), fair_day)
    row = w.ledger.add(
        "job_post", on, w.root, places=places, title=w.rng.choice(POSTS),
        education=w.rng.choice(("college", "college", "bachelor", "master")),
        enterprise=firm, job_post=f"{fair_code}-{firm[-3:]}-{serial}")
    if w.rng.random() < 0.75:
        close(w, row, "job_filled", "job_post", (14, 60), places=places)


def policies(w):
    """Applications since the policies began; one policy ran out; the newest are undecided."""
    for code, family, title, on in POLICIES:
        w.ledger.add("policy_item", day(on), w.root, family=family, title=title, policy=code)
    old = w.ledger.add("policy_item", day("2013-01-07"), w.root, family="finance",
                       title="人才公寓租金补贴", policy="Z-0")
    w.ledger.end(old, day("2015-01-05"))
    units = [w.root, w.root, *w.streets.values()]
    for number in range(1, w.rng.randint(46, 60)):
        code, _, _, first = w.rng.choice(POLICIES)
        on = w.workday(max(day(first), day("2014-09-01")), "2015-06-26")
        row = w.ledger.add("policy_application", on, w.rng.choice(units),
                           application=f"N-{number:02d}", policy=code)
        if w.rng.random() < 0.9:
            decision = w.rng.choices(("approved", "refused"), (4, 1))[0]
            amount = w.rng.randint(2, 40) * 2_500 if decision == "approved" else None
            close(w, row, "policy_decision", "application", (7, 35), decision=decision,
                  grounds=REASONS[decision], amount=amount)
