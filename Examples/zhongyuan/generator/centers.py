"""Notices of new communities, rooms of service centers, branches below, postings to projects."""

from datetime import timedelta
from .days import LAST, ONE, R1, day

ROOMS = ("council", "members", "archive", "culture")
PROJECTS = ("北片区拆迁改造项目", "南片区拆迁改造项目", "道路贯通工程")
SOUTH_WEST = "009"
VILLAGES = "012"


def make(w):
    notices(w)
    rooms(w)
    mobile_branches(w)
    branches(w)
    postings(w)


def notices(w):
    """A draft and the outcome in each street; two streets posted a second draft."""
    again = w.rng.sample(sorted(w.streets), 2)
    for key, street in w.streets.items():
        counts = {"before": len(street.before), "after": len(street.after)}
        drafts = [w.workday("2014-12-08", "2014-12-26")]
        if key in again:
            drafts.append(w.workday("2015-01-05", "2015-01-16"))
        for on in drafts:
            w.ledger.add("restructuring_notice", on, street, stage="draft",
                         opinions=w.rng.randint(0, 40), **counts)
        w.ledger.add("restructuring_notice", w.workday("2015-02-02", "2015-02-13"), street,
                     stage="final", opinions=w.rng.randint(0, 6), **counts)


def rooms(w):
    """Every center of 012 has most of the four rooms; elsewhere centers are fewer."""
    for key, street in w.streets.items():
        for community in street.after:
            if key != VILLAGES and w.rng.random() < 0.55:
                continue
            kinds = w.rng.sample(ROOMS, w.rng.randint(3, 4) if key == VILLAGES else 2)
            for kind in kinds:
                row = w.ledger.add(
                    "service_center_room", w.workday(max(R1, community.start), "2015-06-19"),
                    community, area=w.rng.choice((24, 36, 48.5, 60, 85, 120)), room=kind)
                if w.rng.random() < 0.04:
                    w.ledger.finish(row, w.workday(row.on + ONE, row.on + timedelta(11)))


def mobile_branches(w):
    """Founded with R1 under a few community organizations, as are the branches on grids."""
    for key in (SOUTH_WEST, "011", VILLAGES):
        for community in w.rng.sample(w.streets[key].after, 2):
            w.district.found_mobile_branch(community)


def branches(w):
    """What kind each branch is that lies under a community organization since R1."""
    for community in w.district.after:
        for branch in community.branches:
            kind(w, w.workday(R1, "2015-03-31"), branch, "grid")
    for street in w.streets.values():
        for firm in street.firms:
            kind(w, day("2015-03-02"), firm, "nonpublic")
    for branch in w.district.mobile_branches:
        kind(w, day("2015-03-02"), branch, "mobile")


def kind(w, on, branch, branch_kind):
    w.ledger.add("community_branch", on, branch, branch_kind=branch_kind)


def postings(w):
    """Members and cadres of a street in its projects: two in 009, one in 012; some are back."""
    for key, names in ((SOUTH_WEST, PROJECTS[:2]), (VILLAGES, PROJECTS[2:])):
        street = w.streets[key]
        pool = [person for home, person in w.street_staff if home is street]
        pool += [p for c in street.after for p in c.committee.members[:3]]
        people = w.rng.sample(pool, 34)
        for index, person in enumerate(people):
            on = w.workday(day("2015-03-09"), day("2015-06-12"))
            until = None
            if index > 26:
                until = w.workday(on + timedelta(10), LAST)
            row = w.ledger.add("project_posting", on, street, w.rng.choice(street.after),
                               project=w.rng.choice(names), posted=person)
            w.ledger.finish(row, until)
