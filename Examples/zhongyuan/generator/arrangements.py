"""Rule documents of the streets, and the platform with the communities on it."""

from .days import R1, day

TITLES = ("志愿服务管理办法", "便民服务制度", "网格巡查制度", "党员联系群众制度", "社区议事规则", "首问负责制")


def make(w):
    documents(w)
    platform(w)


def documents(w):
    """A new edition takes over from the old on the day it is in force."""
    for key, street in w.streets.items():
        titles = TITLES if key == "008" else w.rng.sample(TITLES, w.rng.randint(1, 4))
        for number, title in enumerate(titles, 1):
            on = w.workday("2014-02-17", "2014-12-19")
            code = f"RD-{key}-{number:02d}"
            first = document(w, on, street, code, number, title, 1)
            if w.rng.random() < 0.3:
                newer = w.workday("2015-01-12", "2015-06-12")
                w.ledger.finish(first, newer)
                document(w, newer, street, code, number, title, 2)


def document(w, on, street, code, number, title, edition):
    return w.ledger.add(
        "rule_document", on, street, title=title, edition=edition, document=code,
        number=f"{street.name[:2]}办〔{on.year}〕{number + 10 * edition}号",
        reviewed_on=w.workday("2015-01-12", "2015-06-26") if on.year < 2015 else None)


def platform(w):
    """The street that began keeps running it; a trial of its own has ended elsewhere."""
    home = w.streets["001"]
    w.ledger.add("service_platform", day("2014-09-15"), home, title="网格化党建与社区管理服务平台",
                 platform="PF-01")
    trial = w.ledger.add("service_platform", day("2013-10-14"), w.streets["010"], title="楼院服务试点平台",
                         platform="PF-00")
    w.ledger.finish(trial, day("2014-11-03"))
    for key, street in w.streets.items():
        for community in street.after:
            if key == "001" or w.rng.random() < 0.82:
                first = R1 if key != "001" or community.start == R1 else "2014-09-15"
                w.ledger.add("platform_link", w.workday(first, "2015-06-19"), community,
                             platform="PF-01")
