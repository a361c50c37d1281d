"""Files of the firms that streets serve, and visits to them."""

from .days import HALF_YEAR, day

PLANS = ("扩大产能", "更新设备", "开拓市场", "平稳生产", "新建生产线")
LONG_PLANS = ("建设研发中心", "迁入产业园区", "打造自主品牌", "延伸产业链")
NEEDS = ("用工", "融资", "场地", "技术", "道路通行", "证照办理")
SIZES = ("micro", "small", "medium", "large")


def make(w):
    """A firm has one file: in 012 if it ever asked there, else in the street it asked first."""
    homes, west = {}, w.streets["012"]
    issues = [row for row in w.ledger.rows["enterprise_issue"] if row.reverses is None]
    for row in sorted(issues, key=lambda row: row.unit is not west):
        homes.setdefault(row.values["enterprise"], row.unit)
    for firm in sorted(homes):
        street = homes[firm]
        if w.rng.random() < (0.96 if street is west else 0.72):
            opened(w, firm, street)
        elif w.rng.random() < 0.5:
            visit(w, w.half_year(), street, firm)


def opened(w, firm, street):
    on = w.workday("2014-02-10", "2015-05-29")
    row = w.ledger.add(
        "enterprise_file", on, street, size=w.rng.choices(SIZES, (3, 5, 3, 1))[0],
        key_firm=w.rng.random() < 0.2 or None, year_plan=w.rng.choice(PLANS),
        long_plan=w.rng.choice(LONG_PLANS) if w.rng.random() < 0.6 else None,
        needs=w.rng.choice(NEEDS), enterprise=firm)
    if w.rng.random() < 0.03:
        w.ledger.finish(row, w.workday("2015-06-01", "2015-06-26"))
    for _ in range(w.rng.choice((0, 1, 1, 2, 2, 3))):
        visit(w, w.workday(max(on, HALF_YEAR[0]), HALF_YEAR[1]), street, firm)
    if on < day("2014-11-03") and w.rng.random() < 0.5:
        visit(w, w.workday(on, "2014-12-26"), street, firm)


def visit(w, on, street, firm):
    w.ledger.add("enterprise_visit", on, street, needs=w.rng.randint(0, 3),
                 purpose=w.rng.choice(("regular", "regular", "followup", "on_call")),
                 enterprise=firm)
