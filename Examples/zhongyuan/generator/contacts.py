"""Where the streets and communities are, and when they are open. All of it is made up."""

from .days import R1, day

MATTERS = ("居住证明、老年证等代办", "党员组织关系接转", "上门服务、错时服务预约",
           "邻里纠纷调解", "托老、助餐登记")
SATURDAYS = ("周六9:00至12:00，有人值班", "周六14:30至17:30，有人值班",
             "周六、周日9:00至11:30，有人值班")


def make(w):
    """A community that began with the reorganization moved into its center that day."""
    number = 100
    for key, street in w.streets.items():
        number += 1
        contact(w, day("2014-01-06"), street, f"{street.name[:-2]}路66号（演示）", number,
                "周六9:00至12:00，服务大厅有人值班", None)
        for community in street.after:
            number += 1
            name = community.name.removesuffix("社区")
            house = w.rng.randint(2, 198)
            contact(w, R1 if community.start == R1 else day("2014-01-06"), community,
                    f"{name}综合服务中心，{name}路{house}号（演示）", number,
                    w.rng.choice(SATURDAYS), sorted(w.rng.sample(MATTERS, 4), key=MATTERS.index))


def contact(w, on, unit, address, number, off_hours, matters):
    """No such telephone numbers exist: they begin with four zeros."""
    return w.ledger.add(
        "contact_details", on, unit, address=address, telephone=f"0371-0000 {number:04d}",
        hours="8:30至12:00，14:30至18:00", off_hours=off_hours,
        services="；".join(matters) if matters else None)
