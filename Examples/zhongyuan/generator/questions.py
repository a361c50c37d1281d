"""The department's evaluation: activities, self-reviews, stars, ranks, findings, answers."""

from .closings import close
from .days import day

LINES = ("党员教育", "基层党建", "干部监督", "人才工作", "干部档案", "信息调研", "老干部服务", "党费管理")
AUDIENCES = ("grassroots", "members", "talent", "cadres")


def make(w):
    w.reviewers = [one for one in w.office_staff if one[0] is w.root]
    w.reviewers = w.rng.sample(w.reviewers, w.rng.randint(38, 48))
    activities(w)
    reviews(w)
    ranks(w)
    findings(w)
    answers(w)


def activities(w):
    """The three strands follow one another; some of what they hold had begun last year."""
    many(w, "spirit_activity", "activity", ("theory", "theory", "essay", "model", "warning_film"),
         w.rng.randint(26, 36), ("2015-03-18", "2015-06-26"), persons=(20, 90))
    many(w, "skill_activity", "form", ("training", "training", "simulation", "mentoring"),
         w.rng.randint(15, 23), ("2015-04-15", "2015-06-26"), persons=(6, 60))
    many(w, "skill_activity", "form", ("training",), 4, ("2014-09-01", "2014-12-19"),
         persons=(6, 60))
    kinds = ("grassroots", "grassroots", "consultation", "dual_duty", "appointment")
    for _ in range(w.rng.randint(48, 62)):
        on = w.workday("2015-03-18", "2015-06-30")
        street = w.rng.choice(list(w.streets.values()))
        place = w.rng.choice((None, street, w.community(street, on)))
        w.ledger.add("contact_activity", on, host(w), place, activity=w.rng.choice(kinds))


def many(w, kind, field, options, count, span, persons):
    for _ in range(count):
        w.ledger.add(kind, w.workday(*span), host(w), persons=w.rng.randint(*persons),
                     **{field: w.rng.choice(options)})


def host(w):
    return w.rng.choice((w.root, w.root, *w.streets.values(), *w.bureaus.values()))


def reviews(w):
    """Everybody is asked; a few have not handed theirs in. Stars follow for some who did."""
    writers = []
    for number, (_, person) in enumerate(w.reviewers, 1):
        row = w.ledger.add("self_review", day("2015-03-18"), w.root, writer=person,
                           review=f"R-{number:02d}")
        if w.rng.random() < 0.91:
            close(w, row, "self_review_handed_in", "review", (5, 40))
            writers.append(person)
    for person in w.rng.sample(writers, w.rng.randint(8, 12)):
        w.ledger.add("star_award", day("2015-06-24"), w.root, stars=w.rng.choice((3, 3, 4, 4, 5)),
                     rubric="2015年第1版", awarded=person)


def ranks(w):
    """Each line of work by the quarter, against the quarter before."""
    for line in LINES:
        last = None
        for on in ("2015-01-14", "2015-04-15", "2015-06-25"):
            position = w.rng.randint(1, 12)
            w.ledger.add("external_rank", day(on), w.root, position=position, total=12, line=line,
                         level="city", movement=last and movement(last, position))
            last = position
    for street in w.streets.values():
        w.ledger.add("external_rank", day("2015-04-16"), street, position=w.rng.randint(1, 14),
                     total=14, line="基层党建", level="district")


def movement(before, now):
    return "level" if now == before else "up" if now < before else "down"


def findings(w):
    """Most were rectified and verified; those of June are still open."""
    days = [w.workday("2014-09-01", "2014-12-19") for _ in range(2)]
    days += [w.workday("2015-03-23", "2015-06-19") for _ in range(w.rng.randint(11, 17))]
    for number, on in enumerate(sorted(days), 1):
        _, person = w.rng.choice(w.reviewers)
        row = w.ledger.add(
            "style_finding", on, w.root, source=w.rng.choice(("self", "visit", "survey")),
            heard=True, cadre=w.rng.choice((person, None)), finding=f"Q-{number:02d}")
        if w.rng.random() < 0.85:
            close(w, row, "style_rectified", "finding", (10, 45))


def answers(w):
    """Voluntary and without names: some papers do not come back."""
    for on in ("2014-12-17", "2015-03-25", "2015-06-17"):
        for asked in AUDIENCES:
            out = w.rng.randint(40, 160)
            answered = round(out * w.rng.uniform(0.55, 0.92))
            satisfied = round(answered * w.rng.uniform(0.78, 0.97))
            w.ledger.add("satisfaction_survey", day(on), w.root, handed_out=out, answered=answered,
                         satisfied=satisfied, asked=asked)
