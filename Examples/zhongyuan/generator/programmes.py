"""Programmes, the items of work below them, and the advice that visitors from above left."""

from datetime import timedelta
from .closings import close
from .days import LAST, day

# Code, title, result area, priority, post that leads, code above, first day, first day after.
PROGRAMMES = [
    ("PG-01", "社区党建和社区用房建设", "community", 1, "区委主要领导", None, "2014-09-01", None),
    ("PG-02", "专题教育", "education", 2, "区委主要领导", None, "2015-04-20", None),
    ("PG-03", "干部教育培训", "cadres", 3, "区委组织部负责人", None, "2014-01-06", None),
    ("PG-04", "人才引进和培养", "talent", 4, "区委组织部负责人", None, "2014-03-03", None),
    ("PG-05", "组工干部评价", "department", 5, "区委组织部负责人", None, "2015-03-09", None),
    ("PG-11", "社区区划调整", "community", None, "民政部门负责人", "PG-01", "2014-10-08",
     "2015-04-01"),
    ("PG-12", "支部建在网格上", "community", None, "区委组织部负责人", "PG-01", "2015-03-02", None),
    ("PG-31", "动态实绩档案", "cadres", None, "区委组织部负责人", "PG-03", "2014-01-06", None),
    ("PG-32", "年轻干部基层历练", "cadres", None, "区委组织部负责人", "PG-03", "2014-09-01", None),
    ("PG-90", "上一轮教育实践活动", "education", 1, "区委主要领导", None, "2014-02-17",
     "2014-11-03"),
]
GOALS = {
    "community": ("社区用房面积达标", "网格支部挂牌", "共建协议签订", "社区服务公示上墙"),
    "education": ("党课安排到位", "问题清单建立", "学习计划落实"),
    "cadres": ("培训班次完成", "档案信息核对", "历练人员到岗"),
    "talent": ("岗位需求摸底", "服务站运行", "拔尖人才评选"),
    "department": ("业务流程梳理", "征求意见汇总", "自评材料布置"),
}
RESULTS = ("按期完成", "提前完成，做法已推广", "完成，遗留事项转入日常工作")
TOPICS = ("社区用房建设", "网格支部作用发挥", "专题教育进展", "基层服务群众", "人才服务站运行")
ADVICE = ("服务时间还可延长", "多听居民意见", "共建单位作用要发挥", "制度要简明好记", "避免重复填表")


def make(w):
    chosen = [programme(w, *line) for line in PROGRAMMES]
    for row in chosen:
        items(w, row)
    loose_items(w)
    visits(w)


def programme(w, code, title, area, priority, led_by, parent, first, after):
    row = w.ledger.add("programme", day(first), w.root, title=title, result_area=area,
                       priority=priority, led_by=led_by, programme=code, parent=parent)
    if after:
        w.ledger.end(row, day(after))
    row.last = day(after) - timedelta(1) if after else LAST
    return row


def items(w, programme):
    """Some from last year, most from this one; the later they began, the fewer are closed."""
    first = max(programme.on, day("2014-09-01"))
    last = min(programme.last, day("2015-06-19"))
    if last < first:
        return
    count = 30 if programme.values["programme"] == "PG-01" else w.rng.randint(5, 11)
    for _ in range(count):
        row = item(w, w.workday(first, last), programme.values["result_area"], programme)
        if w.rng.random() < 0.78:
            close(w, row, "work_item_closed", "item", (12, 100), result=w.rng.choice(RESULTS))


def loose_items(w):
    """Under no programme, or under one that had ended by then."""
    for _ in range(4):
        item(w, w.workday("2015-01-05", "2015-06-12"), "department", None)
    ended = next(r for r in w.ledger.rows["programme"] if r.values.get("programme") == "PG-90")
    row = item(w, day("2015-01-13"), "education", ended)
    close(w, row, "work_item_closed", "item", (10, 30), result=RESULTS[2])


def item(w, on, area, programme):
    w.item_count = getattr(w, "item_count", 0) + 1
    units = [w.root, w.root, *w.streets.values(), *w.bureaus.values()]
    return w.ledger.add(
        "work_item", on, w.rng.choice(units),
        stream=w.rng.choices(("routine", "key", "innovative"), (5, 3, 2))[0],
        goal=w.rng.choice(GOALS[area]), due=on + timedelta(w.rng.choice((30, 60, 90))),
        item=f"WI-{w.item_count:03d}", programme=programme and programme.values["programme"])


def visits(w):
    """Each visit leaves some advice on its day; most of it is carried out within two months."""
    days = [w.workday("2014-05-05", "2014-12-12") for _ in range(4)]
    days += [w.workday("2015-01-12", "2015-06-26") for _ in range(15)]
    for number, on in enumerate(sorted(days), 1):
        street = w.rng.choice(list(w.streets.values()))
        unit = w.rng.choice((w.root, street, w.community(street, on)))
        code = f"V-{number:02d}"
        level = w.rng.choices(("city", "province", "nation"), (12, 5, 1))[0]
        w.ledger.add("inspection_visit", on, unit, level=level, topic=w.rng.choice(TOPICS),
                     visit=code)
        for serial in range(1, w.rng.randint(1, 4) + 1):
            row = w.ledger.add("advice", on, unit, matter=w.rng.choice(ADVICE), visit=code,
                               advice=f"{code}-{serial}")
            if w.rng.random() < 0.82:
                close(w, row, "advice_closed", "advice", (10, 60), result="已落实并反馈")
