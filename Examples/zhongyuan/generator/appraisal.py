"""Appraisals opened and completed, decisions that cite them, reminders, deployments."""

from .closings import close

CLAUSES = ("报告个人事项", "请假报备", "公务接待", "履职时限")


def make(w):
    appraisals(w)
    decisions(w)
    talks(w)
    deployments(w)


def appraisals(w):
    """The spring round of every cadre of section level; stages and special ones for some."""
    for unit, person in w.section:
        appraise(w, w.workday("2015-03-23", "2015-03-31"), unit, person, "regular", 0.94)
    for unit, person in w.rng.sample(w.section, 26):
        appraise(w, w.workday("2015-06-08", "2015-06-26"), unit, person, "stage", 0.5)
    for unit, person in w.rng.sample(w.section, 11):
        appraise(w, w.workday("2015-04-07", "2015-06-12"), unit, person, "special", 0.85)
    for unit, person in w.rng.sample(w.section, 15):
        appraise(w, w.workday("2014-12-01", "2014-12-12"), unit, person, "stage", 1)


def appraise(w, on, unit, person, cycle, chance):
    w.appraisal_count = getattr(w, "appraisal_count", 0) + 1
    row = w.ledger.add(
        "appraisal", on, unit, cycle=cycle,
        method=w.rng.choices(("quantitative", "qualitative", "both"), (1, 1, 6))[0],
        cadre=person, appraisal=f"A-{w.appraisal_count:04d}")
    if w.rng.random() < chance:
        close(w, row, "appraisal_completed", "appraisal", (6, 36), told=w.rng.random() < 0.95)


def decisions(w):
    """Most cite the file or an appraisal that was completed by then; some cite nothing."""
    done = w.ledger.rows["appraisal_completed"]
    days = [w.workday("2014-10-08", "2014-12-26") for _ in range(4)]
    days += [w.workday("2015-01-12", "2015-06-26") for _ in range(36)]
    for number, on in enumerate(sorted(days), 1):
        known = [r.values["appraisal"] for r in done if r.on < on]
        bases = ["performance_file", "performance_file", None]
        if known:
            bases += ["appraisal", "both", "both"]
        basis = w.rng.choice(bases)
        cited = w.rng.sample(known, w.rng.randint(1, 2)) if basis in ("appraisal", "both") else None
        w.ledger.add(
            "cadre_decision", on, w.root, basis=basis, published=w.rng.random() < 0.8 or None,
            matter=w.rng.choice(("appointment", "exchange", "commendation", "training")),
            decision=f"D-{number:02d}", appraisal=cited)


def talks(w):
    days = [w.workday("2014-09-01", "2014-12-19") for _ in range(3)]
    days += [w.workday("2015-01-12", "2015-06-26") for _ in range(w.rng.randint(13, 19))]
    for number, on in enumerate(sorted(days), 1):
        row = w.ledger.add(
            "supervision_talk", on, w.root, form=w.rng.choice(("reminder", "reminder", "inquiry")),
            clause=w.rng.choice(CLAUSES), cadre=w.rng.choice(w.section)[1], talk=f"T-{number:02d}")
        if w.rng.random() < 0.85:
            close(w, row, "supervision_talk_closed", "talk", (8, 40),
                  outcome=w.rng.choices(("explained", "corrected", "referred"), (6, 5, 1))[0])


def deployments(w):
    """Clerks and staff who change their unit by order; last year's do not count."""
    days = [w.workday("2014-08-04", "2014-12-19") for _ in range(6)]
    days += [w.workday("2015-01-12", "2015-06-26") for _ in range(w.rng.randint(19, 27))]
    people = w.rng.sample(w.office_staff, len(days))
    for number, (on, (home, person)) in enumerate(zip(sorted(days), people), 1):
        places = [unit for unit in (*w.streets.values(), *w.bureaus.values()) if unit is not home]
        w.ledger.add("deployment_order", on, w.root, w.rng.choice(places), cadre=person,
                     ground=w.rng.choice(("vacancy", "exchange", "key_task")),
                     order=f"DO-{number:02d}")
    once = w.ledger.rows["deployment_order"][-1]
    twin = w.ledger.add(once.kind, once.on, once.unit, once.place, **once.values)
    w.ledger.reverse(twin, "重复登记")
