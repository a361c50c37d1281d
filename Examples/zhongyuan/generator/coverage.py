"""Buildings and their grids, workplaces and their organizations, bureaus and their streets."""

from .days import R1, day

KINDS = ("enterprise", "enterprise", "enterprise", "society", "office", "market")
DUTIES = {
    "BUR-EDU": "校园开放与课后服务", "BUR-URB": "楼院周边秩序", "BUR-HEA": "卫生服务进社区",
    "BUR-HOU": "住房保障咨询", "BUR-COM": "便民网点布局",
}


def make(w):
    buildings(w)
    workplaces(w)
    duties(w)


def buildings(w):
    """In 001 every building lies in a grid; elsewhere a few do not yet, and some changed grids."""
    for key, street in w.streets.items():
        for community in street.after:
            for number in range(1, w.rng.randint(2, 4) + 1):
                code, name = f"B-{community.code}-{number:02d}", f"{community.name[:-2]}{number}号楼"
                on = w.workday(R1, "2015-03-31")
                w.ledger.add("building", on, community, title=name, building=code)
                if key == "001" or w.rng.random() < 0.93:
                    assign(w, community, code, w.workday(on, "2015-05-22"))


def assign(w, community, code, on):
    first, second = w.rng.sample(community.grids, 2)
    row = w.ledger.add("grid_address", on, first, building=code)
    if w.rng.random() < 0.06:
        moved = w.workday("2015-06-01", "2015-06-26")
        w.ledger.end(row, moved)
        w.ledger.add("grid_address", moved, second, building=code)


def workplaces(w):
    """A workplace with members enough has a branch of its own or a joint one, or should have."""
    for key, street in w.streets.items():
        for community in street.after:
            for number in range(1, w.rng.randint(2, 4) + 1):
                code = f"W-{community.code}-{number:02d}"
                members = w.rng.choice((0, 0, 1, 2, 2, 3, 4, 5, 7, 12, 21))
                on = w.workday(R1, "2015-04-10")
                w.ledger.add("workplace", on, community, workplace_kind=w.rng.choice(KINDS),
                             full_members=members, workplace=code)
                cover(w, key, street, community, code, members)


def cover(w, key, street, community, code, members):
    """In 001 none that must have one is left out."""
    must, chance = members >= 3, w.rng.random()
    if must and (key == "001" or chance < 0.86):
        how = "own" if members >= 7 or chance < 0.5 else "joint"
    elif chance < 0.72:
        how = "attached" if must or chance < 0.4 else "joint"
    else:
        return
    branches = street.firms if how == "own" else community.branches
    row = w.ledger.add("workplace_cover", w.workday("2015-04-13", "2015-06-12"), community,
                       w.rng.choice(branches), cover=how, workplace=code)
    if not must and w.rng.random() < 0.06:
        w.ledger.finish(row, w.workday("2015-06-15", "2015-06-29"))


def duties(w):
    """Each bureau answers to some streets, and one street is still without any."""
    streets = list(w.streets.values())
    spared = w.rng.choice(streets)
    for code, title in DUTIES.items():
        for street in [s for s in streets if s is not spared and w.rng.random() < 0.7]:
            w.ledger.add("department_duty", w.workday("2014-03-03", "2015-05-15"),
                         w.bureaus[code], street, title=title)
    row = w.ledger.add("department_duty", day("2014-03-03"), w.bureaus["BUR-URB"], spared,
                       title="专项整治联络")
    w.ledger.finish(row, day("2015-04-01"))
