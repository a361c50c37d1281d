"""The mediation panel: codes, classes of matter and outcomes. No party appears anywhere."""

from datetime import timedelta
from .days import LAST, day

MATTERS = ("neighbors", "neighbors", "shared_space", "property_service", "contract")
OUTCOMES = ("agreed", "agreed", "agreed", "withdrawn", "referred")


def make(w):
    codes = iter(range(1, 10_000))
    for key, street in w.streets.items():
        for _ in range(w.rng.randint(13, 19) if key == "005" else w.rng.randint(2, 7)):
            case(w, street, codes, w.workday("2015-01-05", "2015-06-19"))
        for _ in range(w.rng.randint(0, 2)):
            case(w, street, codes, w.workday("2014-11-17", "2014-12-26"), slow=True)


def case(w, street, codes, on, slow=False):
    """Without the other side's consent nothing is heard; what came last year may close in this."""
    code, unit = f"M-{next(codes):05d}", w.community(street, on)
    other_agrees = slow or w.rng.random() < 0.86
    w.ledger.add("mediation", on, unit, matter=w.rng.choice(MATTERS), asker_agrees=True,
                 other_agrees=other_agrees, case=code)
    if other_agrees and (slow or w.rng.random() < 0.82):
        first = day("2015-01-05") if slow else on
        after = w.workday(first, min(LAST, first + timedelta(45)))
        w.ledger.add("mediation_closing", after, unit.on(after), case=code,
                     outcome=w.rng.choice(OUTCOMES))
