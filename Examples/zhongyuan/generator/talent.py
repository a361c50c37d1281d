"""Job fairs, recruitment, stations, selection and talent events."""

from .days import day

FIELDS = ("教育教学", "医疗卫生", "城市规划", "工程技术", "农业技术", "文化艺术")


def make(w):
    intents(w)
    hires(w)
    stations(w)
    selections(w)
    events(w)


def intents(w):
    """Graduates who consented; about one in eight names a second employer."""
    graduates = w.people.several(w.value("P4-1"), w.root)
    spring = w.people.several(120, w.root) + graduates[:30]
    for person in spring:
        intent(w, day("2015-03-20"), "春季招聘会", person)
    for person in graduates:
        intent(w, day("2015-05-22"), "高校毕业生专场招聘会", person)
        if w.rng.random() < 0.12:
            intent(w, day("2015-05-23"), "高校毕业生专场招聘会", person)


def intent(w, on, fair, person):
    w.ledger.add("job_intent", on, w.root, fair=fair, consent=True, graduate=person,
                 enterprise=f"E-{w.rng.randint(1, 160):04d}")


def hires(w):
    bureau = w.bureaus["BUR-EDU"]
    for person in w.people.several(w.value("P4-3"), bureau):
        w.ledger.add("hire", day("2015-06-18"), bureau, round="teachers", hired=person)
    for street in w.rng.sample(list(w.streets.values()), 6):
        for person in w.people.several(w.rng.randint(2, 4), street):
            w.ledger.add("hire", w.workday("2015-04-01", "2015-05-29"), street,
                         round="community_workers", hired=person)


def stations(w):
    homes = [w.streets["012"], w.bureaus["BUR-COM"], w.streets["010"]]
    for number, home in enumerate(homes[:w.value("P4-4")], 1):
        w.ledger.add("talent_station", w.workday("2014-05-05", "2015-04-30"), home,
                     title=f"第{number}人才工作服务站")
    old = w.ledger.add("talent_station", day("2013-06-03"), w.streets["002"], title="人才联络点")
    w.ledger.finish(old, day("2014-05-05"))


def selections(w):
    second = ("batch_2", "2015-06-19", w.value("P4-5"))
    for batch, on, count in (("batch_1", "2013-06-20", 18), second):
        for person in w.people.several(count, w.root):
            w.ledger.add("top_talent", day(on), w.root, batch=batch,
                         field_of_work=w.rng.choice(FIELDS), selected=person)


def events(w):
    titles = {"publicity": "人才政策宣传周", "attraction": "校园引才行", "cultivation": "青年人才研修",
              "service": "专家服务基层"}
    topics = list(titles)
    for index in range(w.value("P4-6")):
        topic = topics[index % 4]
        unit = w.root if index % 3 else w.rng.choice(list(w.streets.values()))
        w.ledger.add("talent_event", w.half_year(), unit, persons=w.rng.randint(30, 260),
                     topic=topic, title=titles[topic])
    for topic in topics[:2]:
        w.ledger.add("talent_event", w.workday("2014-03-03", "2014-12-19"), w.root,
                     persons=w.rng.randint(30, 200), topic=topic, title=titles[topic])
