"""Windows of the housing bureau and of two others: matters, and members on duty."""

from .days import day

TITLES = {
    "BUR-HOU": ("房屋交易登记", "住房保障申请", "维修资金使用", "房屋租赁备案", "产权查询", "物业备案",
                "公房过户", "危房鉴定申请", "购房资格核查", "预售合同备案", "中介机构备案", "档案查阅",
                "补贴申领", "轮候查询", "承租变更", "住房信息更正"),
    "BUR-HEA": ("卫生许可申请", "卫生培训登记", "医师执业注册", "护士执业注册", "机构校验"),
    "BUR-COM": ("酒类备案", "预付卡备案", "对外贸易备案", "旧货经营备案"),
}


def make(w):
    for bureau, titles in TITLES.items():
        matters(w, w.bureaus[bureau], titles)
        windows(w, w.bureaus[bureau], max(2, len(titles) // 2))


def matters(w, bureau, titles):
    """Most matters take one visit; a few were simplified this spring and stand anew."""
    for number, title in enumerate(titles, 1):
        visits = w.rng.choices((1, 2, 3), (7, 2, 1))[0]
        code, papers = f"X-{bureau.code[-3:]}-{number:02d}", w.rng.randint(2, 7)
        on = w.workday("2014-01-06", "2014-12-19")
        row = w.ledger.add("service_matter", on, bureau, visits=visits, papers=papers,
                           title=title, one_notice=True, matter=code)
        if visits > 1 and w.rng.random() < 0.5:
            change = w.workday("2015-03-02", "2015-05-29")
            w.ledger.end(row, change)
            w.ledger.add("service_matter", change, bureau, visits=1, papers=papers - 1,
                         title=title, one_notice=True, matter=code)


def windows(w, bureau, count):
    """One member for each window; a window that closed has none, and one may stand empty."""
    people = [person for branch in bureau.branches for person in branch.members[1:]]
    people = w.rng.sample(people, count * 2)
    for number in range(1, count + 1):
        code = f"W-{bureau.code[-3:]}-{number:02d}"
        on = w.workday("2014-02-10", "2014-11-28")
        window = w.ledger.add("service_window", on, bureau, title=f"{number}号窗口", window=code)
        duty = w.ledger.add("window_duty", on, bureau, member=people.pop(), window=code)
        if number == count:
            closing = w.workday("2015-05-04", "2015-06-12")
            w.ledger.end(duty, closing)
            if bureau.code != "BUR-HOU":
                w.ledger.end(window, closing)
        elif w.rng.random() < 0.35:
            change = w.workday("2015-01-12", "2015-06-12")
            w.ledger.end(duty, change)
            w.ledger.add("window_duty", change, bureau, member=people.pop(), window=code)
    old = w.ledger.add("service_window", day("2013-05-06"), bureau, title="临时窗口",
                       window=f"W-{bureau.code[-3:]}-90")
    w.ledger.finish(old, day("2014-12-01"))
