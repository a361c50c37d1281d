"""The papers of the restructuring: its steps, upgrades, branches handed down, project stages."""

from datetime import timedelta
from .closings import working
from .days import LAST, R1, day
from .units import PLAN

DOCUMENT = "中区文〔2015〕8号"


def make(w):
    steps(w)
    upgrades(w)
    transfers(w)
    accepted_projects(w)
    projects_under_way(w)


def steps(w):
    """Each change of the plan from draft to effect; three drafts were not followed up."""
    number = 0
    for key, street in w.streets.items():
        for before, after in PLAN[key]:
            number += 1
            action = "merge" if after == 1 else "split" if before == 1 else "recut"
            days = {"drafted": w.workday("2014-10-13", "2014-11-14"),
                    "consulted": w.workday("2014-11-24", "2015-01-16"),
                    "approved": w.workday("2015-02-03", "2015-02-13"), "effective": R1}
            for step, on in days.items():
                document = DOCUMENT if step in ("approved", "effective") else None
                w.ledger.add("restructuring_step", on, street, before=before, after=after,
                             action=action, step=step, document=document, change=f"C-{number:02d}")
    for street in w.rng.sample(list(w.streets.values()), 3):
        number += 1
        w.ledger.add("restructuring_step", w.workday("2014-10-13", "2014-11-14"), street, before=2,
                     after=1, action="merge", step="drafted", change=f"C-{number:02d}")


def upgrades(w):
    """One approval for each of the new organizations; one was entered twice."""
    for number, community in enumerate(w.district.after, 1):
        committee = community.committee
        w.ledger.add("org_form_change", R1, committee, sources=len(committee.forebears),
                     to_form=committee.form, document=f"中区组〔2015〕{number + 10}号")
    row = w.rng.choice(w.ledger.rows["org_form_change"])
    w.ledger.reverse(w.ledger.add(row.kind, row.on, row.unit, **row.values), "重复登记")


def transfers(w):
    """Firms' branches that moved with the map, and mobile branches; two lack one agreement."""
    for street in w.streets.values():
        for firm in street.firms:
            transfer(w, street, firm.committee, "enterprise", firm.code)
        for number in range(1, w.rng.randint(0, 2) + 1):
            committee = w.rng.choice(street.after).committee
            transfer(w, street, committee, "mobile", f"LD-{street.code[-3:]}-{number}")
    for number, street in enumerate(w.rng.sample(list(w.streets.values()), 2), 1):
        committee = w.rng.choice(street.after).committee
        transfer(w, street, committee, "mobile", f"LD-{street.code[-3:]}-9{number}", agrees=False)


def transfer(w, street, committee, kind, code, agrees=True):
    on = w.workday(R1, "2015-04-17")
    w.ledger.add("branch_transfer", on, committee, street, branch_kind=kind, giver_agrees=True,
                 taker_agrees=agrees, branch=code)


def accepted_projects(w):
    """What led to each accepted project, in the community of that day."""
    projects = list(w.ledger.rows["premises_project"])
    for number, row in enumerate(projects, 1):
        plan = {key: row.values.get(key) for key in ("area_before", "mode")}
        plan["area_planned"] = round(row.values["area_after"] * w.rng.uniform(0.9, 1.1))
        stages(w, row.unit, f"PR-{number:03d}", row.on, ("proposed", "approved", "begun"), plan)


def projects_under_way(w):
    """Proposed or begun this spring, not accepted by the end of June."""
    done = {row.unit for row in w.ledger.rows["premises_project"]}
    open_ones = [community for community in w.district.after if community not in done]
    for number, community in enumerate(w.rng.sample(open_ones, min(16, len(open_ones))), 201):
        kept = w.rng.choice((1, 2, 3))
        plan = {"mode": w.rng.choice(("new_build", "rebuild_extend", "developer", "partner")),
                "area_planned": w.rng.randint(20, 48) * 50}
        stages(w, community, f"PR-{number:03d}", LAST + timedelta(w.rng.randint(60, 110)),
               ("proposed", "approved", "begun")[:kept], plan)


def stages(w, community, code, end, names, plan):
    """Counted back from the end; before the new map in a community this one came from."""
    cost = w.rng.randint(40, 320) * 10_000
    home = w.rng.choice(community.forebears) if community.start == R1 else community
    left = [w.rng.randint(150, 210), w.rng.randint(100, 140), w.rng.randint(50, 90)]
    for name, days in zip(names, left):
        on = working(w, max(day("2014-01-06"), end - timedelta(days)))
        if on <= LAST:
            unit = community if community.start <= on else home
            w.ledger.add("premises_stage", on, unit, stage=name, cost=cost, project=code, **plan)
