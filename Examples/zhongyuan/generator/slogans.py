"""Items of two slogans that nobody but the units can spell out: placeholders, and they say so."""

from .days import LAST, R1, day

ORDINALS = ("第一项", "第二项", "第三项", "第四项", "第五项", "第六项", "第七项", "第八项", "第九项", "第十项")


def make(w):
    """Only where the catalogue has the kinds that hold such items."""
    if {"checklist_item", "checklist_done"} <= w.ledger.kinds.keys():
        for number in range(10):
            written(w, w.streets["009"], "five_five", number, "街道")
        for community in w.streets["011"].after:
            written(w, community, "zero_distance", 0, "社区")


def written(w, unit, checklist, number, author):
    """About one in four is not done yet; some were done more than once."""
    code = f"L-{checklist.upper().replace('_', '-')}-{unit.code}-{number + 1}"
    on = w.workday(max(unit.start, day("2015-01-12")), "2015-03-31")
    w.ledger.add("checklist_item", on, unit, checklist=checklist, item=code,
                 title=f"{ORDINALS[number]}（由{author}自定）")
    for _ in range(w.rng.choice((0, 1, 1, 2))):
        w.ledger.add("checklist_done", w.workday(max(on, R1), LAST), unit, item=code)
