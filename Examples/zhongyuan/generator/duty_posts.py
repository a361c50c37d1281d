"""Posts that communities set, who claims them, and in-service members who report there."""

from .days import R1, day

FAMILIES = ("policy", "mediation", "safety", "sanitation", "service", "supervision", "civility")
DUTIES = {
    "policy": "宣传惠民政策", "mediation": "协助调解邻里纠纷", "safety": "参加楼院巡逻",
    "sanitation": "维护楼院卫生", "service": "帮办便民事项", "supervision": "监督居务和财务公开",
    "civility": "倡导文明新风",
}


def make(w):
    registrations(w)
    set_posts(w)
    feedback(w)


def registrations(w):
    """Members of the bureaus report where they live; a few have moved and reported there."""
    w.reported = {}
    pool = [(person, branch) for bureau in w.bureaus.values() for branch in bureau.branches
            for person in branch.members]
    for person, branch in w.rng.sample(pool, 210):
        community = w.rng.choice(w.district.after)
        row = register(w, w.workday(R1, "2015-05-29"), community, person, branch)
        if w.rng.random() < 0.05:
            moved = w.workday("2015-06-01", "2015-06-26")
            w.ledger.finish(row, moved)
            register(w, moved, w.rng.choice(w.district.after), person, branch)
        else:
            w.reported.setdefault(community, []).append(row)


def register(w, on, community, person, branch):
    return w.ledger.add("residence_registration", on, community, branch, member=person,
                        feedback_agreed=w.rng.random() < 0.85)


def set_posts(w):
    free = members_without_post(w)
    for key, street in w.streets.items():
        for community in street.after:
            for number in range(1, w.rng.randint(2, 4) + 1):
                set_post(w, key, community, number, free)


def set_post(w, key, community, number, free):
    """The community sets the post, members choose; in 003 all are for members without a post."""
    reported = w.reported.get(community, [])
    audience = "without_post" if key == "003" or w.rng.random() < 0.6 else "in_service"
    family, code = w.rng.choice(FAMILIES), f"DP-{community.code}-{number:02d}"
    on = w.workday(R1 if community.start == R1 else "2014-03-03", "2015-04-30")
    until = w.workday("2015-05-04", "2015-06-26") if w.rng.random() < 0.06 else None
    w.ledger.finish(w.ledger.add("duty_post", on, community, audience=audience, family=family,
                                 duties=DUTIES[family], duty_post=code), until)
    if until or w.rng.random() < 0.22:
        return
    count = w.rng.choice((1, 1, 1, 2))
    if audience == "in_service":
        for row in w.rng.sample(reported, min(count, len(reported))):
            claim(w, max(on, day("2015-06-01")), community, code, row.values["member"])
    else:
        for _ in range(min(count, len(free[community]))):
            claim(w, max(on, R1), community, code, free[community].pop())


def claim(w, first, community, code, person):
    row = w.ledger.add("post_claim", w.workday(first, "2015-06-19"), community, claimant=person,
                       duty_post=code)
    if w.rng.random() < 0.05:
        w.ledger.finish(row, w.workday("2015-06-22", "2015-06-29"))


def members_without_post(w):
    """For each community the members of its branches who never held a post and have not left."""
    holders = {row.values["holder"] for row in w.ledger.rows["post"] if not row.ends}
    stays = {row.values["member"] for row in w.ledger.rows["membership"]
             if not row.ends and not w.ledger.ended(row)}
    free = {}
    for community in w.district.after:
        people = [p for p in community.committee.members if p in stays and p not in holders]
        free[community] = w.rng.sample(people, min(len(people), 12))
    return free


def feedback(w):
    """Twice a year, for those who agreed; a summary the member has not seen does not go out."""
    for rows in w.reported.values():
        for row in rows:
            if row.values["feedback_agreed"] and w.rng.random() < 0.45:
                w.ledger.add("residence_feedback", w.workday("2015-06-15", "2015-06-30"), row.unit,
                             row.place, times=w.rng.randint(1, 6), member=row.values["member"],
                             seen_first=w.rng.random() < 0.94)
