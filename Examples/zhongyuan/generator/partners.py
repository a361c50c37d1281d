"""Partner units and their lists, visitors who came to learn, cases, and the way on foot."""

from .closings import close
from .days import LAST, R1, day

SECTORS = ("office", "institution", "state_firm", "private_firm", "social")
MATTERS = {
    "resource": ("开放停车位", "开放会议室", "提供专业讲座", "开放运动场地"),
    "need": ("老人助餐", "青少年课后看护", "楼道照明维修", "文艺活动场地"),
    "project": ("节日联欢", "环境整治", "便民服务日", "读书角共建"),
}
VISITORS = ("某县委组织部", "某区街道党工委", "某市社区学院", "某县社区书记班", "某开发区党群部门")


def make(w):
    for community in w.district.after:
        for _ in range(w.rng.choice((0, 1, 1, 2, 2, 3))):
            partner(w, community)
    visits(w)
    cases(w)
    for community in w.district.after:
        for grid in community.grids:
            if w.rng.random() < 0.76:
                reach(w, community, grid)


def partner(w, community):
    """An agreement, the entries of its lists, and what came of them; some agreements ended."""
    w.partner_count = getattr(w, "partner_count", 0) + 1
    code = f"U-{w.partner_count:03d}"
    first = R1 if community.start == R1 else day("2014-03-03")
    on = w.workday(first, "2015-05-29")
    row = w.ledger.add("partner_unit", on, community, sector=w.rng.choice(SECTORS), partner=code)
    for serial in range(1, w.rng.choice((0, 1, 1, 2, 2)) + 1):
        kind = w.rng.choice(list(MATTERS))
        entry = w.ledger.add(
            "partner_need", w.workday(max(on, day("2014-06-03")), "2015-06-26"), community,
            list=kind, matter=w.rng.choice(MATTERS[kind]), partner=code, need=f"{code}-{serial}")
        if w.rng.random() < 0.7:
            close(w, entry, "partner_match", "need", (5, 50), result="双方商定并实施")
    if w.rng.random() < 0.05:
        w.ledger.finish(row, w.workday(max(on, day("2015-06-01")), LAST))


def visits(w):
    """Most came after television had reported; some had come the year before."""
    days = [w.workday("2014-09-01", "2014-12-19") for _ in range(3)]
    days += [w.workday("2015-03-16", LAST) for _ in range(w.rng.randint(15, 23))]
    for on in days:
        street = w.rng.choice(list(w.streets.values()))
        unit = w.rng.choice((w.root, street, w.community(street, on)))
        w.ledger.add("study_visit", on, unit, visitors=w.rng.randint(6, 65),
                     visitor=w.rng.choice(VISITORS),
                     origin=w.rng.choices(("city", "province", "elsewhere"), (5, 4, 1))[0])


def cases(w):
    """Cases written up, and what higher levels said of them on paper."""
    titles = ("小支部怎样成为大社区", "把支部建在网格上", "用房建设四种办法", "街道干部下沉记")
    for number, title in enumerate(titles, 1):
        on = w.workday("2014-12-01" if number == 4 else "2015-03-23", "2015-05-29")
        row = w.ledger.add("practice_case", on, w.root, title=title, case=f"K-{number}")
        for level in w.rng.sample(("city", "city", "province"), w.rng.randint(1, 2)):
            close(w, row, "recognition", "case", (10, 60), level=level, document="工作简报刊发")
    w.ledger.add("recognition", day("2015-06-16"), w.root, level="province", document="现场会材料",
                 case="K-1")
    w.ledger.add("recognition", day("2014-11-19"), w.root, level="city", document="工作简报刊发",
                 case="K-0")


def reach(w, community, grid):
    """On foot to the nearest point: most within the circle. A new point shortens the way."""
    walk = w.rng.randint(3, 15) if w.rng.random() < 0.87 else w.rng.randint(16, 26)
    point = f"SP-{community.code[-6:]}-{w.rng.randint(1, 3)}"
    row = w.ledger.add("grid_reach", w.workday("2014-11-03", "2015-05-29"), grid, walk=walk,
                       service_point=point)
    if walk > 18 and w.rng.random() < 0.4:
        on = w.workday("2015-06-01", "2015-06-26")
        w.ledger.end(row, on)
        w.ledger.add("grid_reach", on, grid, walk=w.rng.randint(6, 14),
                     service_point=f"SP-{community.code[-6:]}-4")
