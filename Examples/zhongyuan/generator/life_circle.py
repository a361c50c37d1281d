"""Service points of each community, with the longest walk to them."""

from .days import R1

# The usual walk to each kind of service, in minutes.
WALKS = {
    "shop": (2, 6), "market": (4, 9), "breakfast": (3, 9), "repair": (4, 10), "pharmacy": (3, 9),
    "laundry": (5, 14), "hairdresser": (4, 12), "parcel": (4, 13),
}
HOURS = ("6:00至21:00", "7:30至22:00", "9:00至19:00")


def make(w):
    """008 is close to whole; elsewhere something is missing, too far away, or has closed."""
    for key, street in w.streets.items():
        for community in street.after:
            whole = w.rng.random() < (0.85 if key == "008" else 0.55)
            gaps = [] if whole else w.rng.sample(list(WALKS), w.rng.randint(1, 3))
            for kind, (near, far) in WALKS.items():
                if kind not in gaps:
                    place(w, community, kind, w.rng.randint(near, far))
                elif w.rng.random() < 0.6:
                    place(w, community, kind, w.rng.randint(16, 24))
                elif w.rng.random() < 0.4:
                    row = place(w, community, kind, w.rng.randint(near, far))
                    w.ledger.finish(row, w.workday("2015-06-01", "2015-06-29"))


def place(w, community, kind, walk):
    on = w.workday(R1 if community.start == R1 else "2014-06-03", "2015-05-29")
    return w.ledger.add("service_point", on, community, walk=walk, point_kind=kind,
                        hours=w.rng.choice(HOURS))
