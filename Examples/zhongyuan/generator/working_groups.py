"""Groups set up for a task, who sits in them, and what the campaign was given."""

from .days import day

# Code, title, document, code above, first day, first day after.
GROUPS = [
    ("WG-01", "专题教育工作协调小组", "中区文〔2015〕15号", None, "2015-04-17", None),
    ("WG-02", "专题教育工作协调小组办公室", "中区文〔2015〕15号", "WG-01", "2015-04-20", None),
    ("WG-03", "社区建设领导小组", "中区文〔2014〕31号", None, "2014-09-01", None),
    ("WG-04", "人才工作领导小组", "中区文〔2013〕9号", None, "2013-05-06", None),
    ("WG-05", "教育实践活动领导小组", "中区文〔2014〕6号", None, "2014-02-17", "2014-11-03"),
]
PURPOSES = {"funds": ("学习资料", "党课和研讨", "宣传展板"), "rooms": ("办公室用房", "集中学习场所"),
            "equipment": ("电脑和打印机", "投影设备")}


def make(w):
    for line in GROUPS:
        group(w, *line)
    for unit in [*w.streets.values(), *w.bureaus.values()]:
        local_group(w, unit)
    allocations(w)


def group(w, code, title, document, parent, first, after):
    on, until = day(first), after and day(after)
    row = w.ledger.add("working_group", on, w.root, title=title, document=document, group=code,
                       parent=parent)
    if until:
        w.ledger.end(row, until)
    if code == "WG-02":
        return office(w, code)
    leaders = w.rng.sample(w.county[1:], 4)
    heads = [person for unit, person in w.section if unit is w.root]
    people = [w.county[0], *leaders, *w.rng.sample(heads, w.rng.randint(5, 9))]
    for number, person in enumerate(people):
        role = "head" if number == 0 else "deputy" if number < 3 else "member"
        seat(w, w.root, code, role, person, on, until)


def office(w, code):
    """Those seconded to the campaign's office sit in it while the secondment lasts."""
    rows = w.ledger.rows["secondment"]
    ends = {row.ends: row.on for row in rows if row.ends}
    for row in rows:
        if row.values.get("group") == "campaign_office" and not row.reverses:
            until = row.until or ends.get(row)
            seat(w, w.root, code, "office", row.values["seconded"], row.on, until)


def local_group(w, unit):
    code = f"WG-{unit.code[-3:]}"
    on = w.workday("2015-04-22", "2015-05-08")
    w.ledger.add("working_group", on, unit, title="专题教育工作小组", group=code, parent="WG-01")
    people = [person for home, person in w.section if home is unit]
    for number, person in enumerate(w.rng.sample(people, 3)):
        seat(w, unit, code, "member" if number else "head", person, on)


def seat(w, unit, code, role, person, on, until=None):
    w.ledger.finish(w.ledger.add("group_seat", on, unit, role=role, member=person, group=code),
                    until)


def allocations(w):
    """Funds, rooms and equipment; a few belong to the campaign before this one."""
    for _ in range(26):
        allocate(w, w.workday("2015-04-20", "2015-06-26"), "WG-01")
    for _ in range(4):
        allocate(w, w.workday("2014-03-03", "2014-09-26"), "WG-05")
    once = w.ledger.rows["allocation"][0]
    w.ledger.reverse(w.ledger.add(once.kind, once.on, once.unit, once.place, **once.values),
                     "重复登记")


def allocate(w, on, code):
    resource = w.rng.choices(("funds", "rooms", "equipment"), (5, 2, 3))[0]
    values = {
        "funds": {"amount": w.rng.randint(4, 60) * 5_000},
        "rooms": {"area": w.rng.choice((18, 24.5, 36, 60))},
        "equipment": {"pieces": w.rng.randint(1, 9), "amount": w.rng.randint(2, 16) * 2_500},
    }[resource]
    places = [None, *w.streets.values(), *w.bureaus.values()]
    w.ledger.add("allocation", on, w.root, w.rng.choice(places), resource=resource,
                 purpose=w.rng.choice(PURPOSES[resource]), group=code, **values)
