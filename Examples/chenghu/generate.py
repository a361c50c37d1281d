#!/usr/bin/env python3
"""Writes the second example district, Chenghu, into data/. The same seed gives the same bytes.

It is small and unlike the first on purpose: its codes do not contain one another, its Party
organizations cannot be told from its communities by their codes, its units are re-cut in the
middle of a month (Y1, 2024-04-15) and once more five weeks later (Y2), and its year is 2024 with
that year's holidays. Everything in it is fictional.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
DISTRICT = "880201"
STREETS = {"J01": "柳岸街道", "J02": "石桥街道", "J03": "云岭街道"}
BUREAUS = {"B-WJ": "卫生健康局", "B-FG": "住房保障局"}
HOMES = {  # community: name, street
    "S101": ("前港社区", "J01"), "S102": ("后港社区", "J01"), "S103": ("渡口社区", "J01"),
    "S104": ("柳荫社区", "J01"), "S105": ("长堤社区", "J01"), "S106": ("石桥社区", "J02"),
    "S107": ("磨坊社区", "J02"), "S108": ("水车社区", "J02"), "S109": ("古井社区", "J02"),
    "S110": ("云台社区", "J03"), "S111": ("松风社区", "J03"), "S112": ("岭下社区", "J03"),
}
Y1, Y2 = date(2024, 4, 15), date(2024, 5, 20)
LAST = date(2024, 6, 30)
# Predecessor, successor, how; a community that is not here goes on, and its branch is upgraded.
CHANGES = [
    ("merge", "101", "101"), ("merge", "102", "101"),
    ("split", "105", "105"), ("split", "105", "113"),
    ("recut", "107", "107"), ("recut", "107", "114"),
    ("recut", "108", "108"), ("recut", "108", "114"),
]
NEW_NAMES = {
    "101": "港湾社区", "105": "长堤社区", "113": "芦苇社区", "107": "磨坊社区", "108": "水车社区",
    "114": "双桥社区",
}
FIRMS = {"QB-1": "J01", "QB-2": "J02", "QB-3": "J03"}
OFFICES = {"JB-W1": "B-WJ", "JB-W2": "B-WJ", "JB-F1": "B-FG"}


class Ledger:
    """The rows of each file, under the headings in which they come."""

    def __init__(self):
        self.files = {}

    def add(self, kind, **values):
        rows = self.files.setdefault(kind, [])
        ref = f"{len(rows) + 1:04d}"
        rows.append({"编号": ref, **{k: str(v) for k, v in values.items() if v is not None}})
        return ref

    def write(self, folder):
        order = []
        for kind, rows in self.files.items():
            # What stands is listed before what ends it, and an end names the line it ends.
            headings = list(dict.fromkeys(key for row in rows for key in row))
            path = folder / "records" / f"{kind}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, headings, restval="", lineterminator="\n")
                out.writeheader()
                out.writerows(rows)
            order.append(f"{kind} records/{kind}.csv")
        return order


def table(path, headings, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(headings)
        out.writerows(rows)


def units():
    first = "2018-01-01"
    rows = [(DISTRICT, "澄湖区", "district", "", "", "", first, "")]
    rows += [(c, n, "street", DISTRICT, DISTRICT, "", first, "") for c, n in STREETS.items()]
    rows += [(c, n, "bureau", DISTRICT, DISTRICT, DISTRICT, first, "") for c, n in BUREAUS.items()]
    for code, (name, street) in HOMES.items():
        number = code[1:]
        rows.append((code, name, "community", street, "", "", first, ""))
        for grid in (1, 2):
            rows.append(
                (f"W{number}{grid}", f"{name[:-2]}第{grid}网格", "grid", code, "", "", first, ""))
        rows.append(
            (f"ZB-{number}", f"{name}党支部", "small_branch", code, street, "", first, ""))
    for code, street in FIRMS.items():
        rows.append((code, f"{STREETS[street]}企业党支部", "branch", "", street, "", first, ""))
    for code, bureau in OFFICES.items():
        rows.append((code, f"{BUREAUS[bureau]}第{code[-1]}党支部", "branch", "", bureau, "", first, ""))
    return rows


def reorganizations():
    y1 = ("Y1", "社区区划调整和社区党组织升格", "澄区文〔2024〕3号", Y1.isoformat())
    y2 = ("Y2", "柳荫社区划归石桥街道", "澄区文〔2024〕7号", Y2.isoformat())
    street = {code[1:]: place for code, (_, place) in HOMES.items()} | {"113": "J01", "114": "J02"}
    rows = []
    for how, old, new in CHANGES:
        basis = "whole" if how == "merge" else "record_by_record"
        rows.append((*y1, how, f"S{old}", f"S{new}", NEW_NAMES[new], "community", street[new],
                     "", "", basis))
    for how, old, new in CHANGES:
        basis = "whole" if how == "merge" else "record_by_record"
        rows.append((*y1, how, f"ZB-{old}", f"DW-{new}", f"{NEW_NAMES[new]}党委", "committee",
                     f"S{new}", street[new], "", basis))
    changed = {old for _, old, _ in CHANGES}
    for code, (name, place) in HOMES.items():
        if code[1:] not in changed:
            rows.append((*y1, "upgrade", f"ZB-{code[1:]}", f"DW-{code[1:]}", f"{name}党总支",
                         "general_branch", code, place, "", "whole"))
    for grid, home in [("1011", "101"), ("1012", "101"), ("1021", "101"), ("1022", "101"),
                       ("1051", "105"), ("1052", "113"), ("1071", "107"), ("1072", "114"),
                       ("1081", "108"), ("1082", "114")]:
        rows.append((*y1, "move", f"W{grid}", "", "", "", f"S{home}", "", "", ""))
    rows.append((*y1, "move", "QB-1", "", "", "", "", "DW-103", "", ""))
    rows.append((*y1, "rename", "S112", "", "云顶社区", "", "", "", "", ""))
    rows.append((*y2, "move", "S104", "", "", "", "J02", "", "", ""))
    rows.append((*y2, "move", "DW-104", "", "", "", "", "J02", "", ""))
    return rows


class World:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.ledger = Ledger()
        self.persons = []

    def homes(self, day):
        """The communities in force on a day."""
        old = [code for code in HOMES if day < Y1 or code != "S102"]
        return old if day < Y1 else sorted(old + ["S113", "S114"])

    def day(self, first=date(2024, 1, 2), last=LAST):
        return first + timedelta(self.random.randrange((last - first).days + 1))

    def person(self, unit):
        family = self.random.choice("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨")
        given = self.random.choice("安平宁康乐文武明亮清远") + self.random.choice("一川山水云石林禾田舟")
        self.persons.append((f"R{len(self.persons) + 1:04d}", family + given, unit))
        return self.persons[-1][0]

    def at(self, day):
        return self.random.choice(self.homes(day))


def hand_over(world, kind, ref, unit, again):
    """Ends what stood in a unit that was divided, and begins it in the unit that takes it."""
    world.ledger.add(kind, 日期=Y1, 单位=unit, 结束=ref)
    return world.ledger.add(kind, 日期=Y1, 单位=unit, **again)


DIVIDED = {"105", "107", "108"}


def people(world):
    add, person = world.ledger.add, world.person
    leaders = [person(DISTRICT) for _ in range(6)]
    for index, who in enumerate(leaders):
        rank = "县级" if index < 4 else "科级"
        ref = add("post", 日期="2022-03-01", 单位=DISTRICT, 职务="区级领导", 职级=rank, 任职人=who)
        if index == 4:  # Promoted in the middle of the half-year.
            add("post", 日期="2024-03-11", 单位=DISTRICT, 结束=ref)
            add("post", 日期="2024-03-11", 单位=DISTRICT, 职务="区级领导", 职级="县级", 任职人=who)
    staff = []
    for street in STREETS:
        for _ in range(world.random.randrange(6, 10)):
            who = person(street)
            staff.append((who, street))
            ref = add("post", 日期="2021-07-01", 单位=street, 职务="街道工作人员", 任职人=who)
            if world.random.random() < 0.15:
                add("post", 日期="2024-05-06", 单位=street, 结束=ref)
    for index, (who, street) in enumerate(staff):
        if index % 3 == 0:
            here = [c for c, (_, s) in HOMES.items() if s == street and c[1:] not in DIVIDED]
            add("community_deployment", 日期="2024-02-19", 单位=street, 地点单位=here[index % len(here)],
                下沉人员=who)
    # Members, handed over where their branch was divided.
    members = {}
    for code in HOMES:
        number = code[1:]
        for index in range(world.random.randrange(9, 16)):
            who = person(code)
            stage = "预备党员" if index == 0 else "正式党员"
            ref = add("membership", 日期="2020-07-01", 单位=f"ZB-{number}", 党员类别=stage, 党员=who)
            members.setdefault(number, []).append(who)
            if number in DIVIDED:
                taker = (number, "113" if number == "105" else "114")
                unit = f"DW-{taker[index % 2]}"
                hand_over(world, "membership", ref, unit, {"党员类别": stage, "党员": who})
    for code in [*FIRMS, *OFFICES]:
        for _ in range(world.random.randrange(4, 8)):
            add("membership", 日期="2021-07-01", 单位=code, 党员类别="正式党员", 党员=person(DISTRICT))
    leaving = members["103"][0]
    ref = next(r["编号"] for r in world.ledger.files["membership"] if r.get("党员") == leaving)
    add("membership", 日期="2024-05-10", 单位="DW-103", 结束=ref)
    # Mobile members and the contacts with them, in branches that went on whole.
    for number in ("103", "106", "110", "111"):
        for who in members[number][1:4]:
            add("mobile_member", 日期="2023-11-06", 单位=f"ZB-{number}", 流动原因="外出务工",
                流动范围="省外", 流动党员=who)
            for _ in range(world.random.randrange(0, 3)):
                day = world.day()
                unit = f"ZB-{number}" if day < Y1 else f"DW-{number}"
                add("mobile_contact", 日期=day, 单位=unit, 联系内容="学习教育", 联系方式="电话", 流动党员=who)
    for street in STREETS:
        for _ in range(world.random.randrange(4, 9)):
            day = world.day()
            home = world.random.choice([h for h in world.homes(day)])
            add("volunteer", 日期=day, 单位=home, 来源="离退休老员工", 志愿者=person(home))
    return leaders


def standing(world):
    add, rand = world.ledger.add, world.random
    for code in HOMES:
        area = rand.randrange(4000, 19000) / 10
        ref = add("premises", 日期="2022-09-01", 单位=code, 面积=area, 用途="党群服务中心")
        if code[1:] in DIVIDED:
            hand_over(world, "premises", ref, code, {"面积": area, "用途": "党群服务中心"})
    add("premises", 日期="2024-04-15", 单位="S113", 面积="1210.5", 用途="党群服务中心")
    add("premises", 日期="2024-06-03", 单位="S103", 面积="333.3", 用途="活动室")
    for index, code in enumerate(HOMES):
        team = f"T-{index + 1:02d}"
        kind = "电力安全检修" if index % 3 else "消防安全巡查"
        ref = add("volunteer_team", 日期="2023-01-05", 单位=code, 队伍类别=kind, 队伍编号=team)
        if code[1:] in DIVIDED:  # The team goes on under the same code.
            hand_over(world, "volunteer_team", ref, code, {"队伍类别": kind, "队伍编号": team})
        for month in range(1, 7):
            if rand.random() < 0.75:
                day = date(2024, month, rand.randrange(1, 28))
                unit = code if code != "S102" or day < Y1 else "S101"
                add("inspection", 日期=day, 单位=unit, 发现隐患=rand.randrange(0, 4), 已整改=0, 队伍编号=team)
    for index, code in enumerate(["S103", "S106", "S110", "S111"]):
        add("brand", 日期="2023-05-04", 单位=code, 品牌名称=f"品牌{index + 1}")
    for index, code in enumerate(["S103", "S104", "S106", "S112"]):
        course = f"K-{index + 1}"
        add("course", 日期="2023-09-01", 单位=code, 课程类别="科学常识", 课程名称=f"课程{index + 1}",
            课程编号=course)
        for _ in range(rand.randrange(3, 8)):
            add("course_session", 日期=world.day(), 单位=code, 听课人次=rand.randrange(8, 40), 时长=90,
                课程编号=course)
    add("course_session", 日期="2024-03-05", 单位="S103", 听课人次=55, 时长=90, 课程编号="K-9")
    for number in ("103", "104", "106", "109", "110"):
        add("branch_committee", 日期="2023-02-01", 单位=f"ZB-{number}", 委员人数=5)
    for code in (*FIRMS, *OFFICES):
        add("branch_committee", 日期="2023-02-01", 单位=code, 委员人数=3)


def branches(world, day):
    old = [f"ZB-{code[1:]}" for code in HOMES]
    new = [f"DW-{code[1:]}" for code in world.homes(Y1)]
    return (old if day < Y1 else new) + [*FIRMS, *OFFICES]


def party_life(world, leaders):
    add, rand = world.ledger.add, world.random
    for month in range(1, 7):
        for kind, chance in (("支部委员会会议", 0.8), ("党员大会", 0.35), ("主题党日", 0.6)):
            day = date(2024, month, 5 + rand.randrange(20))
            for code in branches(world, day):
                if rand.random() < chance:
                    entitled = rand.randrange(6, 16)
                    add("branch_meeting", 日期=day, 单位=code, 时长=60, 应到人数=entitled,
                        实到人数=rand.randrange(entitled // 2, entitled + 1), 会议类别=kind)
    first = date(2024, 1, 1)
    for week in range(26):
        for code in [*FIRMS, *OFFICES]:
            if rand.random() < 0.85:
                add("study_session", 日期=first + timedelta(7 * week + rand.randrange(5)), 单位=code,
                    时长=rand.choice([60, 90, 120, 150, 180]), 参加人次=5, 读书笔记=rand.randrange(4),
                    学习形式="党支部学习")
    for index in range(23):
        who = leaders[index % 6]
        add("lecture", 日期=world.day(), 单位=DISTRICT, 地点单位=rand.choice(list(STREETS)), 时长=90,
            听课人次=rand.randrange(20, 60), 主题="基层治理", 授课人=who)


def services(world):
    add, rand = world.ledger.add, world.random
    kinds = ["居家服务", "针灸推拿", "便民维修", "文体活动", "科普讲座", "医疗保健"]
    for _ in range(230):
        day = world.day(date(2023, 11, 1))
        add("service_activity", 日期=day, 单位=world.at(day), 服务人次=rand.randrange(1, 30), 时长=60,
            服务类别=rand.choice(kinds))
    ref = add("service_activity", 日期="2024-06-11", 单位="S106", 服务人次=9, 时长=60, 服务类别="便民维修")
    add("service_activity", 日期="2024-06-11", 单位="S106", 冲销=ref, 理由="重复登记")
    for _ in range(60):
        day = world.day()
        add("volunteer_activity", 日期=day, 单位=world.at(day), 参加人次=rand.randrange(3, 40), 时长=120,
            活动名称="志愿服务")
    for _ in range(34):
        day = world.day(date(2023, 6, 1))
        add("honor", 日期=day, 单位=world.at(day), 级别=rand.choice(["区级", "市级", "省级"]), 称号="文明社区",
            授予单位="上级部门")
    for _ in range(40):
        day = world.day()
        found = rand.randrange(0, 6)
        add("site_visit", 日期=day, 单位=world.at(day), 发现问题=found, 现场解决=rand.randrange(0, found + 1),
            走访事由="盯点走访")
    for _ in range(26):
        day = world.day()
        asked = rand.randrange(20, 60)
        answered = rand.randrange(10, asked)
        add("opinion_round", 日期=day, 单位=world.at(day), 发出评议表=asked, 收回评议表=answered,
            满意=rand.randrange(answered // 2, answered + 1), 评议群体=rand.choice(["党员", "居民群众"]))
    for holiday, day in (("元旦", "2024-01-01"), ("春节", "2024-02-04"), ("端午节", "2024-06-10")):
        for code in rand.sample(world.homes(date.fromisoformat(day)), 5):
            add("community_event", 日期=day, 单位=code, 参加人次=rand.randrange(30, 90), 时长=120,
                活动类别="文艺活动", 活动名称="节日联欢", 节日=holiday)
    for week in range(26):
        if rand.random() < 0.8:
            day = date(2024, 1, 1) + timedelta(7 * week + rand.randrange(5))
            add("onsite_session", 日期=day, 单位="B-FG", 地点单位=world.at(day), 办理事项=rand.randrange(3, 20))
    for _ in range(21):
        add("material", 日期=world.day(), 单位="B-WJ", 份数=rand.randrange(50, 900), 名称="健康手册")
    for offset in (0, 1, 2, 3, 9, 10, 30):
        add("media_coverage", 日期=date(2024, 2, 27) + timedelta(offset), 单位=DISTRICT, 媒体类别="电视",
            标题="基层见闻")
    add("media_coverage", 日期="2024-03-02", 单位=DISTRICT, 媒体类别="报纸", 标题="基层见闻")
    for index in range(17):
        day = world.day(last=date(2024, 5, 31))
        add("mediation", 日期=day, 单位=world.at(day), 纠纷类别="邻里相处", 申请方同意调解="是",
            对方同意调解="否" if index % 5 == 4 else "是", 调解编号=f"M-{index:02d}")
        if index % 5 != 4 and rand.random() < 0.6:
            then = min(day + timedelta(20), LAST)
            add("mediation_closing", 日期=then, 单位=world.at(then), 调解结果="达成协议",
                调解编号=f"M-{index:02d}")
    amounts = [("J01", 1250000), ("J02", 800000.5), ("J03", 640000)]
    for index, (street, amount) in enumerate(amounts):
        add("appropriation", 日期=f"2024-02-{20 + index}", 单位=DISTRICT, 地点单位=street, 金额=amount,
            用途="社区用房", 批次=1)
    for street in ("J01", "J03"):
        add("award", 日期="2024-03-28", 单位=DISTRICT, 地点单位=street, 金额=200000, 评比轮次="2024年一季度")
    add("premises_project", 日期="2024-05-30", 单位="S106", 建设前面积="410.2", 建设后面积="1204.6", 方式="新建")
    add("premises_project", 日期="2024-03-04", 单位="S103", 建设前面积="300", 建设后面积="980", 方式="改扩建")
    add("premises_project", 日期="2024-06-04", 单位="S110", 建设前面积="512", 建设后面积="1000", 方式="改扩建")


def main():
    world = World(2024)
    leaders = people(world)
    standing(world)
    party_life(world, leaders)
    services(world)
    folder = HERE / "data"
    order = world.ledger.write(folder)
    table(folder / "units.csv",
          ["编码", "名称", "形式", "领土上级", "党组织上级", "条线上级", "起始日期", "截止日期"], units())
    table(folder / "reorganizations.csv",
          ["批次", "名称", "文号", "生效日期", "类型", "前身编码", "后继编码", "后继名称", "后继形式",
           "领土上级", "党组织上级", "条线上级", "依据"], reorganizations())
    table(folder / "persons.csv", ["人员编号", "姓名", "单位"], world.persons)
    first = ["units units.csv", "reorganizations reorganizations.csv", "persons persons.csv"]
    (folder / "load.txt").write_text("\n".join(first + order) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
