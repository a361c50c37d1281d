"""The science school of the communities: courses, and what was held of them."""

from .days import LAST, R1, day

TITLES = {
    "science": "身边的科学", "computing": "手机电脑入门", "calligraphy": "毛笔与国画",
    "handicraft": "编织与剪纸", "law": "生活里的法律", "gardening": "阳台种植",
}
LECTURERS = ("区科普协会", "某师范大学", "某农业学院", "街道文化站")


def make(w):
    """Most communities of 005 run courses, elsewhere fewer; some courses have come to an end."""
    codes = iter(range(1, 10_000))
    for key, street in w.streets.items():
        for community in street.after:
            count = w.rng.choice((1, 2)) if key == "005" else w.rng.choice((0, 0, 1))
            for _ in range(count):
                course(w, f"C-{key}-{next(codes):03d}", community)


def course(w, code, community):
    topic = w.rng.choice(list(TITLES))
    on = w.workday(R1 if community.start == R1 else "2014-09-01", "2015-04-17")
    ends = w.rng.random() < 0.2
    until = w.workday(max(on, day("2015-05-11")), "2015-06-12") if ends else None
    row = w.ledger.add("course", on, community, topic=topic, title=TITLES[topic], course=code,
                       institution=w.rng.choice(LECTURERS))
    w.ledger.finish(row, until)
    for _ in range(w.rng.randint(3, 8)):
        session(w, w.workday(on, until or LAST), community, code)
    if until:
        session(w, w.workday(until, LAST), community, code)


def session(w, on, community, code):
    w.ledger.add("course_session", on, community, persons=w.rng.randint(9, 55),
                 minutes=w.rng.choice((60, 90, 120)), course=code)
