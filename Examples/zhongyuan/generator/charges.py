"""Which leading cadre answers for which street and community, site visits, committee seats."""

from .days import LAST, R1, day

TOPICS = ("用房建设进度", "党组织换届准备", "居民反映问题", "网格支部运行", "共建单位走访")


def make(w):
    streets(w)
    communities(w)
    visits(w)
    first_secretaries(w)
    part_time_members(w)


def streets(w):
    """Thirteen members of the standing committee: one street was left when a cadre retired."""
    places = w.rng.sample(list(w.streets.values()), len(w.streets))
    for person, street in zip(w.county, places[:-1]):
        w.ledger.add("street_charge", w.workday("2014-09-08", "2015-03-20"), street, cadre=person)
    row = w.ledger.add("street_charge", day("2014-09-09"), places[-1], cadre=w.retired)
    w.ledger.end(row, day("2015-06-11"))


def communities(w):
    """One community for each, by the new map; the charges of last year ended before it."""
    w.charged = w.rng.sample(w.district.after, min(len(w.county) - 3, len(w.district.after)))
    for person, community in zip(w.county, w.charged[1:]):
        charge(w, community, person, w.workday("2015-03-02", "2015-03-20"))
    handed = charge(w, w.charged[0], w.retired, day("2015-03-09"))
    w.ledger.end(handed, day("2015-06-11"))
    charge(w, w.charged[0], w.promoted, day("2015-06-11"))
    for person, community in zip(w.county, w.rng.sample(w.district.before, 14)):
        row = charge(w, community, person, w.workday("2014-03-10", "2014-05-30"))
        w.ledger.finish(row, w.workday("2014-12-01", "2015-02-13"))


def charge(w, community, person, on):
    return w.ledger.add("community_charge", on, community, cadre=person)


def visits(w):
    """Most charges are visited more than once; a few not yet. Streets see visits as well."""
    for community in w.charged:
        for _ in range(w.rng.choice((0, 1, 2, 2, 3, 4))):
            visit(w, w.workday("2015-03-09", LAST), community)
    for community in w.rng.sample(w.district.before, 9):
        visit(w, w.workday("2014-04-01", "2014-12-19"), community)
    for street in w.streets.values():
        if w.rng.random() < 0.7:
            visit(w, w.half_year(), street)


def visit(w, on, unit):
    problems = w.rng.choice((0, 1, 1, 2, 3, 5))
    w.ledger.add("site_visit", on, unit, problems=problems, solved=w.rng.randint(0, problems),
                 topic=w.rng.choice(TOPICS))


def first_secretaries(w):
    """Leaders of a street, one committee each; where the leaders are too few, some have none."""
    for street in w.streets.values():
        leaders = [person for unit, person in w.section if unit is street]
        w.rng.shuffle(leaders)
        for community, person in zip(street.after, leaders):
            if w.rng.random() < 0.93:
                sit(w, community.committee, "first_secretary", person)
    seats = [row for row in w.ledger.rows["committee_seat"] if not row.ends]
    for row in w.rng.sample(seats, 3):
        w.ledger.end(row, w.workday("2015-05-18", "2015-06-26"))


def part_time_members(w):
    """Secretaries of the firms' branches in the community, and some bureau leaders."""
    for street in w.streets.values():
        for firm in street.firms:
            if w.rng.random() < 0.8:
                sit(w, firm.committee, "part_time", firm.secretary)
    bureaus = [person for unit, person in w.section if unit.form == "bureau"]
    for person in w.rng.sample(bureaus, 18):
        sit(w, w.rng.choice(w.district.after).committee, "part_time", person)


def sit(w, committee, seat, person):
    on = w.workday(R1, "2015-05-15")
    w.ledger.add("committee_seat", on, committee, seat=seat, holder=person)
