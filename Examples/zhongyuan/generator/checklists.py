"""Checklists that units filled in themselves: the items are placeholders, and say so."""

from .days import R1, day

ORDINALS = ("第一项", "第二项", "第三项", "第四项", "第五项", "第六项")


def make(w):
    for community in w.streets["005"].after:
        writes(w, community, "five_haves", 5, "社区")
    for community in w.streets["006"].after:
        writes(w, community.committee, "three_studies", 6, "党组织")
    committee = next(c for c in w.streets["001"].after if c.start < R1).committee
    writes(w, committee, "platform_scheme", 6, "社区党组织")


def writes(w, unit, checklist, count, author):
    """Most items are done in the half-year, some more than once, some in the year before only."""
    zeal = w.rng.uniform(0.55, 0.95)
    for number in range(1, count + 1):
        code = f"K-{checklist.upper()}-{unit.code}-{number}".replace("_", "-")
        on = w.workday("2014-06-03" if unit.start < R1 else R1, "2015-04-24")
        until = w.workday("2015-05-04", "2015-06-26") if w.rng.random() < 0.05 else None
        row = w.ledger.add("checklist_item", on, unit, checklist=checklist, item=code,
                           title=f"{ORDINALS[number - 1]}（由{author}自定）")
        w.ledger.finish(row, until)
        if w.rng.random() < zeal:
            for _ in range(w.rng.choice((1, 1, 1, 2))):
                first = max(on, day("2015-01-05"))
                w.ledger.add("checklist_done", w.workday(first, "2015-06-30"), unit, item=code)
        elif on < day("2014-12-01"):
            w.ledger.add("checklist_done", w.workday(on, "2014-12-31"), unit, item=code)
