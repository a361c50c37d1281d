"""Members and where they belong, posts, and volunteers."""

from datetime import timedelta
from .days import LAST, R1, day

OFFICE_SIZES = {"BUR-URB": 390, "BUR-HEA": 430, "BUR-HOU": 130, "BUR-COM": 64}
STAFF = {"BUR-EDU": 60, "BUR-URB": 70, "BUR-HEA": 50, "BUR-HOU": 40, "BUR-COM": 30}
POOLS = ("retired_worker", "technician", "business_owner", "intermediary", "school_youth")


def make(w):
    community_members(w)
    firm_members(w)
    education_members(w)
    for code, size in OFFICE_SIZES.items():
        office_members(w, w.bureaus[code], size)
    for branch in w.bureaus["BUR-COM"].enterprise_branches:
        members(w, branch, w.rng.randint(7, 12), branch.party)
    leaders(w)
    street_staff(w)
    secretaries(w)
    volunteers(w)


def earlier(w):
    return w.workday("2013-01-04", "2014-12-26")


def stage(w):
    return "probationary" if w.rng.random() < 0.03 else "full"


def members(w, unit, count, home):
    """Members whose relation lies in one unit and stays there."""
    people = w.people.several(count, home)
    for person in people:
        w.ledger.add("membership", earlier(w), unit, stage=stage(w), member=person)
    unit.members += people
    return people


def community_members(w):
    """Before R1 in the small branch; afterwards some in the branches built on grids."""
    for community in w.district.before:
        small, street = community.small, community.street
        for person in w.people.several(w.rng.randint(72, 128), street):
            began, kind = earlier(w), stage(w)
            small.members.append(person)
            if small.divided:
                committee = small.heir(w.rng)
                branch = w.rng.choice(committee.seat.branches)
                w.ledger.stand("membership", began, small, heir=branch, stage=kind, member=person)
                branch.members.append(person)
                committee.members.append(person)
            elif w.rng.random() < 0.01:
                gone = w.workday("2015-01-12", "2015-06-26")
                w.ledger.finish(w.ledger.add(
                    "membership", began, small, stage=kind, member=person), gone)
            else:
                row = w.ledger.add("membership", began, small, stage=kind, member=person)
                small.heirs[0].members.append(person)
                person.row = row
    to_grid_branches(w)


def to_grid_branches(w):
    """Where small branches passed whole, grid branches take over at least five members each."""
    for street in w.streets.values():
        everyone = street.code[-3:] == "001"
        for community in [c for c in street.after if not c.committee.forebears[0].divided]:
            people = [p for p in community.committee.members if hasattr(p, "row")]
            w.rng.shuffle(people)
            for index, branch in enumerate(community.branches):
                share = people[index::len(community.branches)]
                for person in share if everyone else share[:5]:
                    move(w, person, branch)


def move(w, person, branch):
    on = w.workday(R1, "2015-04-30")
    w.ledger.end(person.row, on)
    w.ledger.add("membership", on, branch, stage=person.row.values["stage"], member=person)
    branch.members.append(person)


def firm_members(w):
    for street in w.streets.values():
        for firm in street.firms:
            members(w, firm, w.rng.randint(4, 12), street)


def education_members(w):
    """The roster of the bureau: some came, some left, some changed branch; the rest stayed."""
    bureau = w.bureaus["BUR-EDU"]
    for branch, size in zip(bureau.branches, w.parts(w.value("H7-1"), len(bureau.branches))):
        members(w, branch, size, bureau)
    for branch in w.rng.sample(bureau.branches, 12):
        left = w.people.new(bureau)
        row = w.ledger.add("membership", earlier(w), branch, stage="full", member=left)
        w.ledger.finish(row, w.workday("2015-01-12", "2015-06-24"))
    rows = [r for r in w.ledger.rows["membership"] if r.unit.party is bureau]
    for row in w.rng.sample([r for r in rows if not r.ends and not w.ledger.ended(r)], 14):
        on, other = w.workday("2015-01-12", "2015-06-24"), w.rng.choice(bureau.branches)
        w.ledger.end(row, on)
        w.ledger.add("membership", on, other, **row.values)


def office_members(w, bureau, size):
    for branch, count in zip(bureau.branches, w.parts(size, len(bureau.branches))):
        members(w, branch, count, bureau)


def post(w, unit, person, position, rank=None, first=None, until=None):
    on = first or earlier(w)
    row = w.ledger.add("post", on, unit, position=position, rank=rank, holder=person)
    w.ledger.finish(row, until)
    return person


def leaders(w):
    """County-level cadres, the section level below them, and two whose rank changed this spring."""
    count = max(w.value("P1-4"), w.value("P1-5")) + 3
    w.county = [post(w, w.root, p, "district_leader", "county")
                for p in w.people.several(count, w.root)]
    w.retired, w.promoted = w.people.several(2, w.root)
    post(w, w.root, w.retired, "district_leader", "county", until=day("2015-06-11"))
    post(w, w.root, w.promoted, "section_head", "section", until=day("2015-06-01"))
    post(w, w.root, w.promoted, "district_leader", "county", first=day("2015-06-01"))
    w.section = [(w.root, post(w, w.root, p, "section_head", "section"))
                 for p in w.people.several(44, w.root)]
    for street in w.streets.values():
        for person in w.people.several(w.rng.randint(8, 10), street):
            w.section.append((street, post(w, street, person, "street_leader", "section")))
    w.office_staff = [(w.root, post(w, w.root, p, "bureau_staff", "clerk"))
                      for p in w.people.several(130, w.root)]
    for code, size in STAFF.items():
        bureau = w.bureaus[code]
        pool = [person for branch in bureau.branches for person in branch.members[1:]]
        chosen = w.rng.sample(pool, size + 7)
        w.section += [(bureau, post(w, bureau, p, "bureau_leader", "section")) for p in chosen[:7]]
        w.office_staff += [(bureau, post(w, bureau, p, "bureau_staff", "clerk"))
                           for p in chosen[7:]]


def street_staff(w):
    target = w.targets["P2-17"]
    w.street_staff = []
    for street, size in zip(w.streets.values(), w.parts(target.denominator, len(w.streets), 0.25)):
        for person in w.people.several(size, street):
            w.street_staff.append((street, post(w, street, person, "street_staff", "clerk")))
        gone = w.people.new(street)
        post(w, street, gone, "street_staff", "clerk", until=w.workday("2015-02-02", "2015-06-26"))


def secretaries(w):
    """Secretaries and directors of communities, and secretaries of every other branch."""
    w.heads = []
    for community in w.district.before:
        post(w, community.small, community.small.members[0], "branch_secretary", until=R1)
        director = community.small.members[1]
        community.director = director
        post(w, community, director, "community_director", until=community.end)
    for community in w.district.after:
        committee = community.committee
        if community.start == R1:
            director = committee.members[1]
            community.director = post(w, community, director, "community_director", first=R1)
        chosen = next(p for p in committee.members if p not in (community.director, *w.heads))
        w.heads += [post(w, committee, chosen, "committee_secretary", first=R1), community.director]
        for branch in community.branches:
            chosen = w.rng.choice(branch.members[:5])
            branch.secretary = post(w, branch, chosen, "branch_secretary",
                                    first=max(R1, membership_day(w, chosen)))
    branches = [b for bureau in w.bureaus.values() for b in bureau.branches]
    branches += w.bureaus["BUR-COM"].enterprise_branches
    branches += [firm for street in w.streets.values() for firm in street.firms]
    for branch in branches:
        branch.secretary = post(w, branch, branch.members[0], "branch_secretary")
    change_of_secretary(w)


def membership_day(w, person):
    days = getattr(w, "last_membership", None)
    if days is None:
        days = w.last_membership = {}
        for row in w.ledger.rows["membership"]:
            if not row.ends:
                holder = row.values["member"].number
                days[holder] = max(days.get(holder, row.on), row.on)
    return days[person.number]


def change_of_secretary(w):
    """Some branches of the education bureau elect a new secretary in spring."""
    branches = w.bureaus["BUR-EDU"].branches
    w.former = {}
    for branch in w.rng.sample(branches, 6):
        on = w.workday("2015-03-09", "2015-04-24")
        old = next(r for r in w.ledger.rows["post"]
                   if r.unit is branch and r.values.get("holder") is branch.secretary)
        w.ledger.end(old, on)
        w.former[branch] = (branch.secretary, on)
        branch.secretary = post(w, branch, branch.members[2], "branch_secretary", first=on)


def volunteers(w):
    """Where R1 divides a community they lie with the street, to stay one registration."""
    for key, street in w.streets.items():
        joined = w.value("H4-2") if key == "003" else w.rng.randint(90, 190)
        everyone = [person for c in street.before for person in c.small.members[5:]]
        pool = w.rng.sample(everyone, joined)
        for person in pool[: joined * 2 // 5] + w.people.several(joined - joined * 2 // 5, street):
            volunteer(w, street, person, w.workday("2015-01-05", "2015-06-30"))
        for person in w.people.several(w.rng.randint(15, 30), street):
            gone = w.workday("2015-02-02", LAST - timedelta(5)) if w.rng.random() < 0.2 else None
            volunteer(w, street, person, w.workday("2014-01-06", "2014-12-26"), gone)


def volunteer(w, street, person, on, until=None):
    place = w.community(street, on)
    unit = street if place.divided else place
    w.ledger.finish(w.ledger.add(
        "volunteer", on, unit, pool=w.rng.choice(POOLS), volunteer=person), until)
