#!/usr/bin/env python3
"""Reckons the figures of Chenghu from its files alone and writes figures.csv.

It shares no line with the program, with the generator or with the catalogue: it reads the CSV
files as a clerk would, walks the units on each day, and counts. Where it and the program disagree,
one of them is wrong. Python 3.11, standard library only.
"""

import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
END = date(9999, 1, 1)
TODAY = date(2026, 11, 29)  # Any day after the last change: the map of today has not moved since.
DISTRICT = "880201"


def read(name):
    with (HERE / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return date.fromisoformat(text)


class Unit:
    """An identity: one code may have named several, one after the other."""

    def __init__(self, code, name, form, start):
        self.code, self.name, self.form = code, name, form
        self.start, self.end = start, END
        self.parents = []  # [axis, parent, from, to]
        self.heirs = []  # (unit, basis)

    def stands(self, on):
        return self.start <= on < self.end

    def parent(self, axis, on):
        return next((p for a, p, f, t in self.parents if a == axis and f <= on < t), None)


class Map:
    AXES = {"territory": "领土上级", "party": "党组织上级", "line": "条线上级"}

    def __init__(self):
        self.units = []
        for row in read("units.csv"):
            self.found(row["编码"], row["名称"], row["形式"], day(row["起始日期"]), row)
        batches = defaultdict(list)
        for row in read("reorganizations.csv"):
            batches[(day(row["生效日期"]), row["批次"])].append(row)
        self.changes = {batch: on for on, batch in batches}
        for (on, _), rows in sorted(batches.items()):
            self.change(on, rows)

    def found(self, code, name, form, on, row):
        unit = Unit(code, name, form, on)
        for axis, heading in self.AXES.items():
            if row[heading]:
                unit.parents.append([axis, self.find(row[heading], on), on, END])
        self.units.append(unit)
        return unit

    def find(self, code, on):
        return next(u for u in self.units if u.code == code and u.stands(on))

    def change(self, on, rows):
        eve = on - timedelta(1)
        pairs = [r for r in rows if r["后继编码"] and r["类型"] not in ("rename", "move")]
        olds = {r["前身编码"]: self.find(r["前身编码"], eve) for r in pairs if r["前身编码"]}
        for old in olds.values():
            old.end = on
            for link in old.parents:
                link[3] = min(link[3], on)
        news = {}
        for r in pairs:
            if r["后继编码"] not in news:
                news[r["后继编码"]] = self.found(r["后继编码"], r["后继名称"], r["后继形式"], on, r)
            olds[r["前身编码"]].heirs.append((news[r["后继编码"]], r["依据"]))
        for r in rows:
            if r["类型"] == "move":
                unit = self.find(r["前身编码"], on)
                for axis, heading in self.AXES.items():
                    if r[heading]:
                        for link in unit.parents:
                            if link[0] == axis and link[3] == END:
                                link[3] = on
                        unit.parents.append([axis, self.find(r[heading], on), on, END])

    def above(self, unit, axis, on):
        """Everything that a record of this unit counts for on a day."""
        if unit.stands(on):
            found, here = [], unit
            while here is not None:
                found.append(here)
                here = here.parent(axis, on)
            return found
        if on < unit.start or not unit.heirs:
            return []
        lists = []
        for heir, basis in unit.heirs:
            whole = basis == "whole" and len(unit.heirs) == 1
            lists.append([u for u in self.above(heir, axis, on) if whole or u is not heir])
        return [u for u in lists[0] if all(u in other for other in lists[1:])]


MAP = Map()


class Record:
    def __init__(self, row):
        self.row, self.on = row, day(row["日期"])
        self.unit = MAP.find(row["单位"], self.on)
        self.place = MAP.find(row["地点单位"], self.on) if row.get("地点单位") else None
        self.until = day(row["截止日期"]) + timedelta(1) if row.get("截止日期") else END

    def number(self, heading):
        return int(self.row.get(heading) or 0)


def records(kind):
    """The records that count: neither reversed nor reversing, ends taken into what they end."""
    rows = read(f"records/{kind}.csv")
    gone = {r["冲销"] for r in rows if r.get("冲销")}
    ends = {r["结束"]: day(r["日期"]) for r in rows if r.get("结束")}
    out = []
    for row in rows:
        if row.get("冲销") or row.get("结束") or row["编号"] in gone:
            continue
        record = Record(row)
        record.until = min(record.until, ends.get(row["编号"], END))
        out.append(record)
    return out


class Asked:
    """One question: a unit, a period, and whose map."""

    def __init__(self, code, period, structure="then", axis="territory"):
        self.period, self.axis, self.now = period, axis, structure == "now"
        self.first, self.last = span(period)
        self.unit = MAP.find(code, TODAY if self.now else self.last)

    def has(self, unit, on):
        return self.unit in MAP.above(unit, self.axis, TODAY if self.now else on)

    def happened(self, kind, test=lambda r: True, place=False):
        return [
            r for r in records(kind)
            if self.first <= r.on <= self.last and self.has(r.place if place else r.unit, r.on)
            and test(r)
        ]

    def in_force(self, kind, test=lambda r: True):
        return [r for r in records(kind)
                if r.on <= self.last < r.until and self.has(r.unit, self.last) and test(r)]

    def units(self, *forms):
        on = TODAY if self.now else self.last
        return [u for u in MAP.units
                if u.form in forms and u.stands(on) and self.unit in MAP.above(u, self.axis, on)]


def span(period):
    if period.startswith("before:"):
        eve = MAP.changes[period[7:]] - timedelta(1)
        return eve, eve
    if period.startswith("after:"):
        return MAP.changes[period[6:]], MAP.changes[period[6:]]
    if period.startswith("@"):
        return day(period[1:]), day(period[1:])
    if period.startswith(".."):
        return date(1, 1, 1), day(period[2:])
    if ".." in period:
        first, last = period.split("..")
        return day(first), day(last)
    year, _, part = period.partition("-")
    year = int(year)
    months = {"": (1, 12), "H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6)}
    first, last = months.get(part) or (int(part), int(part))
    end = date(year + last // 12, last % 12 + 1, 1) - timedelta(1)
    return date(year, first, 1), end


def months_of(asked):
    return [(date(2024, m, 1), date(2024, m + 1, 1) - timedelta(1)) for m in range(1, 7)
            if asked.first <= date(2024, m, 1)
            and date(2024, m + 1, 1) - timedelta(1) <= asked.last]


def weeks_of(asked, since=None):
    """Mondays of the ISO weeks whose Thursday lies in the period."""
    monday, found = date(2023, 12, 25), []
    while monday <= asked.last:
        thursday = monday + timedelta(3)
        if asked.first <= thursday <= asked.last and (since is None or thursday >= since):
            found.append(monday)
        monday += timedelta(7)
    return found


def count(kind, test=lambda r: True):
    return lambda a: (len(a.happened(kind, test)), None)


def total(kind, heading, test=lambda r: True, scale=1):
    def reckon(a):
        return sum(round(float(r.row[heading] or 0) * scale) for r in a.happened(kind, test)), None
    return reckon


def persons(kind, heading, test=lambda r: True):
    return lambda a: (len({r.row[heading] for r in a.in_force(kind, test)}), None)


def standing(kind, test=lambda r: True):
    return lambda a: (len(a.in_force(kind, test)), None)


def units(*forms):
    return lambda a: (len(a.units(*forms)), None)


def per_community(kind, heading, least):
    """Communities whose things in force come to `least`, of all communities."""
    def reckon(a):
        sums = {u: 0 for u in a.units("community")}
        for r in a.in_force(kind):
            for u in MAP.above(r.unit, "territory", TODAY if a.now else a.last):
                if u in sums:
                    sums[u] += round(float(r.row[heading]) * 100) if heading else 1
        return sum(1 for s in sums.values() if s >= least), len(sums)
    return reckon


def ratio(kind, part, whole):
    def reckon(a):
        rows = a.happened(kind)
        return sum(r.number(part) for r in rows), sum(r.number(whole) for r in rows)
    return reckon


def monthly_inspections(a):
    """Power-safety teams by code and month: a team that is handed over stands on."""
    stood = defaultdict(list)
    for r in records("volunteer_team"):
        if r.row["队伍类别"] == "电力安全检修" and a.has(r.unit, a.last):
            stood[r.row["队伍编号"]].append((r.on, r.until))
    seen = {(r.row["队伍编号"], r.on.month) for r in records("inspection") if a.has(r.unit, r.on)}
    due = kept = 0
    for code, spans in stood.items():
        for first, last in months_of(a):
            days = (first + timedelta(n) for n in range((last - first).days + 1))
            if all(any(f <= d < t for f, t in spans) for d in days):
                due += 1
                kept += (code, first.month) in seen
    return kept, due


def committee_meetings(a):
    done = {(r.unit, r.on.month) for r in a.happened(
        "branch_meeting", lambda r: r.row["会议类别"] == "支部委员会会议")}
    due = kept = 0
    for r in records("branch_committee"):
        if not a.has(r.unit, a.last):
            continue
        above = MAP.above(r.unit, "party", a.last)
        here = {r.unit} | {u for u in above if u.code.startswith("DW-")}
        for first, last in months_of(a):
            if r.on <= first and r.until > last:
                due += 1
                kept += any((u, first.month) in done for u in here)
    return kept, due


def members_meetings(a):
    met = {r.unit for r in a.happened("branch_meeting", lambda r: r.row["会议类别"] == "党员大会")}
    branches = a.units("branch")
    return sum(1 for b in branches if b in met), len(branches)


def weekly_sessions(a):
    held = {r.on - timedelta(r.on.weekday()) for r in a.happened("onsite_session")}
    weeks = weeks_of(a)
    return sum(1 for w in weeks if w in held), len(weeks)


def places_now(a):
    """Communities visited, as they are organized today; None where a visit cannot be placed."""
    found = set()
    for r in a.happened("onsite_session"):
        here = [u for u in MAP.above(r.place, "territory", TODAY) if u.form == "community"]
        if not here:
            return None
        found.add(here[0])
    return len(found), None


def streak(a):
    days = sorted({r.on for r in a.happened("media_coverage", lambda r: r.row["媒体类别"] == "电视")})
    best = run = 0
    for index, one in enumerate(days):
        run = run + 1 if index and one - days[index - 1] == timedelta(1) else 1
        best = max(best, run)
    return best, None


def held_rank(who, on, rank):
    return any(p.row["任职人"] == who and p.row.get("职级") == rank and p.on <= on < p.until
               for p in records("post"))


def county_lecturers(a):
    return len({r.row["授课人"] for r in a.happened("lecture")
                if held_rank(r.row["授课人"], r.on, "县级")}), None


def listed_sessions(a):
    """Sessions of a course that was on the list that day."""
    listed = records("course")
    return [r for r in a.happened("course_session")
            if any(c.row["课程编号"] == r.row["课程编号"] and c.on <= r.on < c.until for c in listed)]


def deployed(a):
    staff = {r.row["任职人"] for r in a.in_force("post", lambda r: r.row["职务"] == "街道工作人员")}
    sent = {r.row["下沉人员"] for r in records("community_deployment") if r.on <= a.last < r.until}
    return len(staff & sent), len(staff)


def agreed(r):
    return r.row["申请方同意调解"] == r.row["对方同意调解"] == "是"


def mediations_closed(a):
    closed = {r.row["调解编号"] for r in records("mediation_closing")}
    cases = a.happened("mediation", agreed)
    return sum(1 for r in cases if r.row["调解编号"] in closed), len(cases)


def contacted(a):
    away = {r.row["流动党员"] for r in a.in_force("mobile_member")}
    reached = {r.row["流动党员"] for r in a.happened("mobile_contact")}
    return len(away & reached), len(away)


def joined(a):
    return len({r.row["志愿者"] for r in a.happened("volunteer")}), None


def founded(a):
    return sum(1 for u in MAP.units
               if u.form in ("committee", "general_branch") and a.first <= u.start <= a.last
               and a.has(u, u.start)), None


def largest(a):
    sums = defaultdict(int)
    for r in a.in_force("premises"):
        for u in MAP.above(r.unit, "territory", a.last):
            if u.form == "community":
                sums[u] += round(float(r.row["面积"]) * 100)
    return max(sums.values()), None


THREE = {"便民维修", "针灸推拿", "医疗保健", "文体活动"}


def is_one_of_three(r):
    return r.row["服务类别"] in THREE


P = "party"
RECKON = {  # indicator: (how, axis, counting unit, stored units in one that is shown)
    "unit.streets": (units("street"), None, "个", 1),
    "unit.communities": (units("community"), None, "个", 1),
    "unit.small_branches": (units("small_branch"), P, "个", 1),
    "unit.branches": (units("branch"), P, "个", 1),
    "grid.count": (units("grid"), None, "个", 1),
    "party_org.community_committees": (units("committee", "general_branch"), P, "个", 1),
    "party_org.founded": (founded, P, "个", 1),
    "premises.share_1000": (per_community("premises", "面积", 100000), None, "%", 1),
    "premises.largest": (largest, None, "平方米", 100),
    "premises.new_built_area": (
        total("premises_project", "建设后面积", lambda r: r.row["方式"] == "新建", 100), None, "平方米", 100),
    "appropriation.sum": (total("appropriation", "金额", scale=100), None, "元", 100),
    "award.sum": (total("award", "金额", scale=100), None, "元", 100),
    "award.recipients": (
        lambda a: (len({r.place for r in a.happened("award", place=True)}), None), None, "个", 1),
    "honor.count": (count("honor"), None, "项", 1),
    "brand.in_force": (standing("brand"), None, "个", 1),
    "community.with_brand_ratio": (per_community("brand", None, 1), None, "%", 1),
    "service_activity.three_kinds": (count("service_activity", is_one_of_three), None, "次", 1),
    "volunteer_activity.count": (count("volunteer_activity"), None, "次", 1),
    "volunteer_team.power_safety": (
        standing("volunteer_team", lambda r: r.row["队伍类别"] == "电力安全检修"), None, "支", 1),
    "inspection.monthly_kept": (monthly_inspections, None, "%", 1),
    "volunteer.joined": (joined, None, "人", 1),
    "site_visit.count": (count("site_visit"), None, "次", 1),
    "site_visit.problems": (total("site_visit", "发现问题"), None, "件", 1),
    "site_visit.solved_share": (ratio("site_visit", "现场解决", "发现问题"), None, "%", 1),
    "opinion.answered": (total("opinion_round", "收回评议表"), None, "份", 1),
    "opinion.satisfied_ratio": (ratio("opinion_round", "满意", "收回评议表"), None, "%", 1),
    "event.holiday_culture": (
        count("community_event", lambda r: r.row["节日"] != ""), None, "场次", 1),
    "course_session.count": (lambda a: (len(listed_sessions(a)), None), None, "次", 1),
    "course_session.person_times": (
        lambda a: (sum(r.number("听课人次") for r in listed_sessions(a)), None), None, "人次", 1),
    "onsite_session.weekly_kept": (weekly_sessions, None, "%", 1),
    "onsite_session.communities": (places_now, None, "个", 1),
    "material.copies": (total("material", "份数"), None, "份", 1),
    "media.longest_streak": (streak, None, "天", 1),
    "mediation.agreed_to": (count("mediation", agreed), None, "件", 1),
    "mediation.closed_ratio": (mediations_closed, None, "%", 1),
    "lecture.count": (count("lecture"), None, "节", 1),
    "lecture.county_level_lecturers": (county_lecturers, None, "名", 1),
    "staff.roster": (
        persons("post", "任职人", lambda r: r.row["职务"] == "街道工作人员"), None, "名", 1),
    "staff.deployed_share": (deployed, None, "%", 1),
    "member.count": (persons("membership", "党员"), P, "名", 1),
    "meeting.count": (count("branch_meeting"), P, "次", 1),
    "meeting.entitled": (total("branch_meeting", "应到人数"), P, "人次", 1),
    "meeting.present_ratio": (ratio("branch_meeting", "实到人数", "应到人数"), P, "%", 1),
    "meeting.members_ratio": (members_meetings, P, "%", 1),
    "meeting.compliance_ratio": (committee_meetings, P, "%", 1),
    "study.hours": (total("study_session", "时长"), P, "小时", 60),
    "study.notes": (total("study_session", "读书笔记"), P, "篇", 1),
    "mobile_member.persons": (persons("mobile_member", "流动党员"), P, "人", 1),
    "mobile_member.contacted_ratio": (contacted, P, "%", 1),
}

D, MID, END_H1 = DISTRICT, "@2024-04-14", "@2024-06-30"
NOT_COMPARABLE = "not_comparable"
# The answer is known beforehand only where there is none: what was divided has no share of its own.
QUESTIONS = [
    ("unit.streets", D, END_H1), ("unit.communities", D, "before:Y1"),
    ("unit.communities", D, "after:Y1"), ("unit.communities", "J01", MID),
    ("unit.communities", "J01", "@2024-05-19"), ("unit.communities", "J01", "@2024-05-20"),
    ("unit.communities", "J02", "before:Y2"), ("unit.communities", "J02", "after:Y2"),
    ("unit.small_branches", D, "before:Y1"), ("unit.small_branches", D, "after:Y1"),
    ("unit.branches", D, END_H1),
    ("unit.branches", "J01", END_H1), ("unit.branches", "B-WJ", END_H1),
    ("grid.count", D, END_H1), ("grid.count", "S101", MID), ("grid.count", "S101", END_H1),
    ("grid.count", "S114", END_H1),
    ("party_org.community_committees", D, END_H1),
    ("party_org.community_committees", "J02", END_H1),
    ("party_org.founded", D, "2024-H1"), ("party_org.founded", D, "2024-Q1"),
    ("premises.share_1000", D, MID), ("premises.share_1000", D, END_H1),
    ("premises.share_1000", "J02", END_H1), ("premises.largest", D, END_H1),
    ("premises.new_built_area", D, "2024-H1"),
    ("appropriation.sum", D, "2024-H1"),
    ("award.sum", D, "2024-Q1"), ("award.recipients", D, "2024-Q1"),
    ("honor.count", D, "..2024-06-30"),
    ("honor.count", D, "2024-H1"), ("honor.count", "J01", "2024-H1"),
    ("honor.count", "J02", "2024-H1"), ("honor.count", "J02", "2024-H1", "now"),
    ("brand.in_force", D, END_H1), ("community.with_brand_ratio", D, END_H1),
    ("community.with_brand_ratio", "J03", END_H1),
    ("service_activity.three_kinds", D, "2024-H1"), ("service_activity.three_kinds", D, "2023"),
    ("service_activity.three_kinds", "J01", "2024-04"),
    ("service_activity.three_kinds", "J02", "2024-H1"),
    ("service_activity.three_kinds", "J02", "2024-H1", "now"),
    ("service_activity.three_kinds", "S101", "2024-Q1"),
    ("service_activity.three_kinds", "S101", "2024-Q2"),
    ("service_activity.three_kinds", "S101", "2024-Q1", "now"),
    ("service_activity.three_kinds", "S101", "2024-H1", "now"),
    ("service_activity.three_kinds", "S101", "2024-04-15..2024-06-30"),
    ("service_activity.three_kinds", "S105", "2024-H1", "now", NOT_COMPARABLE),
    ("service_activity.three_kinds", "S114", "2024-H1", "now", NOT_COMPARABLE),
    ("volunteer_activity.count", D, "2024-H1"), ("volunteer_activity.count", "S104", "2024-H1"),
    ("volunteer_team.power_safety", D, END_H1), ("volunteer_team.power_safety", "S105", END_H1),
    ("inspection.monthly_kept", D, "2024-H1"), ("inspection.monthly_kept", D, "2024-04"),
    ("volunteer.joined", D, "2024-H1"), ("site_visit.count", D, "2024-H1"),
    ("site_visit.problems", D, "2024-Q2"), ("site_visit.solved_share", D, "2024-H1"),
    ("site_visit.solved_share", "J03", "2024-H1"),
    ("opinion.answered", D, "2024-H1"), ("opinion.satisfied_ratio", D, "2024-H1"),
    ("event.holiday_culture", D, "2024-H1"), ("event.holiday_culture", D, "2024-02"),
    ("course_session.count", D, "2024-H1"), ("course_session.person_times", D, "2024-H1"),
    ("course_session.count", "S104", "2024-H1"),
    ("onsite_session.weekly_kept", "B-FG", "2024-H1"),
    ("onsite_session.weekly_kept", "B-FG", "2024-Q2"),
    ("onsite_session.communities", "B-FG", "2024-Q2"),
    ("onsite_session.communities", "B-FG", "2024-06"),
    ("material.copies", "B-WJ", "2024-H1"), ("media.longest_streak", D, "2024-H1"),
    ("media.longest_streak", D, "2024-03"),
    ("mediation.agreed_to", D, "2024-H1"), ("mediation.closed_ratio", D, "2024-H1"),
    ("lecture.count", D, "2024-H1"), ("lecture.county_level_lecturers", D, "2024-H1"),
    ("lecture.county_level_lecturers", D, "2024-01-01..2024-03-10"),
    ("staff.roster", D, END_H1),
    ("staff.roster", "J01", "@2024-05-05"), ("staff.deployed_share", D, END_H1),
    ("member.count", D, MID), ("member.count", D, END_H1), ("member.count", "J01", END_H1),
    ("member.count", "J02", "@2024-05-20"), ("member.count", "DW-101", END_H1),
    ("member.count", "DW-113", END_H1),
    ("member.count", "ZB-103", MID), ("member.count", "DW-103", END_H1),
    ("meeting.count", D, "2024-H1"), ("meeting.count", "J01", "2024-04"),
    ("meeting.count", "DW-104", "2024-Q2"), ("meeting.count", "J02", "2024-H1", "now"),
    ("meeting.entitled", D, "2024-H1"), ("meeting.present_ratio", D, "2024-H1"),
    ("meeting.present_ratio", "J03", "2024-Q1"), ("meeting.members_ratio", D, "2024-Q2"),
    ("meeting.compliance_ratio", D, "2024-H1"), ("meeting.compliance_ratio", "B-WJ", "2024-Q2"),
    ("study.hours", D, "2024-H1"), ("study.notes", "B-WJ", "2024-Q1"),
    ("mobile_member.persons", D, END_H1), ("mobile_member.contacted_ratio", D, "2024-H1"),
]

HEADINGS = ["id", "indicator", "unit", "period", "structure", "value", "qualifier", "step",
            "counting_unit", "phrase", "numerator", "denominator", "state"]


def half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


def line(number, indicator, unit, period, structure="then", state=None):
    how, axis, counted, scale = RECKON[indicator]
    row = dict.fromkeys(HEADINGS, "")
    row |= {"id": f"C{number:03d}", "indicator": indicator, "unit": unit, "period": period,
            "structure": structure, "counting_unit": counted}
    found = None if state else how(Asked(unit, period, structure, axis or "territory"))
    if found is None:
        return row | {"state": state or NOT_COMPARABLE}
    numerator, denominator = found
    value = half_up(100 * numerator, denominator) if denominator else half_up(numerator, scale)
    if denominator and value == 100 and numerator < denominator:
        value = 99
    row |= {"value": value, "qualifier": "exact", "numerator": numerator}
    return row | {"denominator": denominator} if denominator else row


def main():
    with (HERE / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, HEADINGS, lineterminator="\n")
        out.writeheader()
        for number, question in enumerate(QUESTIONS, 1):
            out.writerow(line(number, *question))
    print(f"{len(QUESTIONS)} figures")


if __name__ == "__main__":
    main()
