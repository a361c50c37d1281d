"""Postings to the front line, deployment to communities, nominations, files and evaluation."""

from .days import day

RELOCATION = ("012", "011", "009", "001")


def make(w):
    postings(w)
    deployments(w)
    nominations(w)
    files(w)
    strands(w)


def postings(w):
    """Persons posted on the last day: those of June's relocation, some from before, the rest."""
    june = [w.streets[key] for key in RELOCATION[:w.value("P3-8b")]]
    rest = [street for street in w.streets.values() if street not in june]
    pool = w.rng.sample(w.office_staff, min(len(w.office_staff), w.value("P3-7") + 44))
    relocated, others = pool[:w.value("P3-8a")], pool[w.value("P3-8a"):w.value("P3-7")]
    for index, one in enumerate(relocated):
        send(w, one, june[index % len(june)], "relocation", w.workday("2015-06-01", "2015-06-15"))
    for one in relocated[:3]:
        send(w, one, june[0], "relocation", w.workday("2015-06-16", "2015-06-26"))
    for one in relocated[3:6]:
        send(w, one, w.rng.choice(rest), "key_work", w.workday("2015-03-02", "2015-04-30"))
    for index, one in enumerate(others):
        line = w.rng.choice(("major_project", "key_work"))
        if index < 25:
            send(w, one, w.rng.choice(june), "relocation", w.workday("2015-04-01", "2015-05-29"))
        elif index < 40:
            send(w, one, w.rng.choice(rest), line, w.workday("2015-06-01", "2015-06-26"))
        else:
            send(w, one, w.rng.choice(rest), line, w.workday("2014-09-01", "2015-05-29"))
    for one in pool[w.value("P3-7"):]:
        send(w, one, w.rng.choice(rest), "key_work", w.workday("2014-03-03", "2014-12-19"),
             w.workday("2015-01-12", "2015-06-26"))


def send(w, one, street, line, on, until=None):
    home, person = one
    w.ledger.finish(w.ledger.add("posting", on, home, street, line=line, posted=person), until)


def deployments(w):
    """Street staff in communities; some who returned; a few from bureaus, not street staff."""
    staff = w.rng.sample(w.street_staff, len(w.street_staff))
    deployed = w.targets["P2-17"].numerator
    for street, person in staff[:deployed]:
        on = w.workday("2014-09-01", "2015-05-29")
        w.ledger.stand("community_deployment", on, street, w.community(street, on), deployed=person)
    for street, person in staff[deployed:deployed + 40]:
        on = w.workday("2014-09-01", "2015-01-30")
        until = w.workday("2015-02-02", "2015-06-26")
        w.ledger.stand("community_deployment", on, street, w.community(street, on), until=until,
                       deployed=person)
    bureaus = [one for one in w.office_staff if one[0].form == "bureau"]
    for bureau, person in w.rng.sample(bureaus, 30):
        on = w.workday("2015-03-02", "2015-05-29")
        place = w.rng.choice(w.district.after)
        w.ledger.add("community_deployment", on, bureau, place, deployed=person)


def nominations(w):
    batches, count = w.value("P3-9a"), w.value("P3-9b")
    people = [person for _, person in w.rng.sample(w.office_staff, count)]
    for index, person in enumerate(people + people[:1]):
        number = index % batches + 1
        if index == count and count % batches == 0:
            number = 2
        on = day(f"2015-0{min(number, 6)}-1{number % 3 + 2}")
        while not w.calendar.working(on):
            on = on.replace(day=on.day + 1)
        w.ledger.add("nomination", on, w.root, batch=f"2015年第{number}批",
                     course=f"上级调训第{number}期", nominee=person)
    w.ledger.add("nomination", day("2014-10-13"), w.root, batch="2014年第6批",
                 course="上级调训", nominee=w.office_staff[0][1])


def files(w):
    """Every cadre of section level or above has an open file; one who left has a closed one."""
    cadres = [(w.root, person) for person in w.county + [w.promoted]] + w.section
    for unit, person in cadres:
        w.ledger.add("performance_file", w.workday("2014-01-06", "2015-03-31"), unit, cadre=person)
    row = w.ledger.add("performance_file", day("2014-02-10"), w.root, cadre=w.retired)
    w.ledger.end(row, day("2015-06-11"))


def strands(w):
    days = ("2015-03-18", "2015-04-15", "2015-05-20")
    pairs = (("self", "loyalty"), ("work", "advancement"), ("style", "fine_style"))
    for on, (question, evaluation) in zip(days, pairs):
        w.ledger.add("evaluation_strand", day(on), w.root, question=question, evaluation=evaluation)
