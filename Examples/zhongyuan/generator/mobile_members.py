"""Members away from home, and how their home branches kept in touch."""

from datetime import timedelta
from .days import HALF_YEAR, LAST, R1, day

REASONS = ("work", "work", "work", "business", "study", "family")
PURPOSES = ("survey", "study", "study", "help", "talk", "talk", "praise")
MEANS = ("phone", "phone", "letter", "visit")


def make(w):
    for key, street in w.streets.items():
        homes = [c.small for c in street.before if not c.small.divided]
        if not homes:
            continue
        count = w.rng.randint(38, 48) if key == "012" else w.rng.randint(3, 9)
        people = [(home, person) for home in homes for person in settled(w, home)]
        for index, (home, person) in enumerate(w.rng.sample(people, min(count, len(people)))):
            away(w, index, home, person)


def settled(w, home):
    """Members whose relation stays where it was through R1, and who hold no office there."""
    return [p for p in home.members[5:]
            if hasattr(p, "row") and not w.ledger.ended(p.row)]


def away(w, index, home, person):
    """One in nine came back this spring; one in twenty cannot be reached any more."""
    reach = w.rng.choices(("district", "city", "province", "beyond"), (2, 2, 3, 4))[0]
    on = w.workday(max(person.row.on, day("2014-03-03")), "2015-04-24")
    place = w.rng.choice(w.district.mobile_branches) if reach == "district" and on >= R1 else None
    back = w.workday("2015-05-04", "2015-06-26") if index % 9 == 8 else None
    row = w.ledger.add("mobile_member", on, home.on(on), place, reason=w.rng.choice(REASONS),
                       reach=reach, member=person)
    w.ledger.finish(row, back)
    if index % 20 == 7:
        lost = w.workday("2015-05-04", "2015-06-12")
        found = w.workday("2015-06-15", "2015-06-26") if w.rng.random() < 0.3 else None
        lost_row = w.ledger.add("contact_lost", lost, home.on(lost), member=person)
        w.ledger.finish(lost_row, found)
    elif index % 8 != 6:
        last = back - timedelta(1) if back else LAST
        for _ in range(w.rng.randint(1, 5)):
            contact(w, home, person, w.workday(max(on, HALF_YEAR[0]), last))
    if on < day("2014-12-01"):
        contact(w, home, person, w.workday(on, "2014-12-26"))


def contact(w, home, person, on):
    w.ledger.add("mobile_contact", on, home.on(on), purpose=w.rng.choice(PURPOSES),
                 means=w.rng.choice(MEANS), member=person)
