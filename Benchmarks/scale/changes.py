"""The units of the ledger and their reorganizations, as files that the program imports."""

import csv

UNITS = ("编码", "名称", "形式", "领土上级", "党组织上级", "条线上级", "起始日期", "截止日期")
CHANGES = (
    "批次", "名称", "文号", "生效日期", "类型", "前身编码", "后继编码", "后继名称", "后继形式",
    "领土上级", "党组织上级", "条线上级", "依据")
MOVED_GRIDS = 60
# The third last letter of the code of a community that a split brought.
ADDED = "9"


def is_added(code):
    return code[-3] == ADDED


def write(path, headings, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *rows])


class Units:
    """The units in force on one day: codes, names, forms, and what stands below what."""

    def __init__(self, database, day):
        replaced = "(SELECT supersedes FROM {0} WHERE supersedes IS NOT NULL)"
        force = "v.valid_from <= ? AND (v.valid_to IS NULL OR v.valid_to > ?)"
        self.names, self.forms, codes = {}, {}, {}
        for unit, code, name, form in database.execute(
                f"SELECT unit_id, code, name, form FROM org_unit_version v WHERE {force}"
                f" AND v.id NOT IN {replaced.format('org_unit_version')}"
                " ORDER BY code", (day, day)):
            codes[unit], self.names[code], self.forms[code] = code, name, form
        self.ids = {code: unit for unit, code in codes.items()}
        self.below, self.above = {}, {}
        for child, parent, axis in database.execute(
                f"SELECT child_id, parent_id, axis FROM org_link v WHERE {force}"
                f" AND v.id NOT IN {replaced.format('org_link')}", (day, day)):
            if child in codes and parent in codes and axis == "territory":
                self.below.setdefault(codes[parent], []).append(codes[child])
                self.above[codes[child]] = codes[parent]
        for codes_below in self.below.values():
            codes_below.sort()

    def of(self, form):
        return [code for code, one in self.forms.items() if one == form]

    def under(self, code, form):
        return [one for one in self.below.get(code, []) if self.forms[one] == form]


class Document:
    """The rows of one document, each of which names it."""

    def __init__(self, code, title, day):
        self.head, self.rows = [code, title, f"规模〔{day[:4]}〕1号", day], []

    def move(self, code, territory):
        self.rows.append([*self.head, "move", code, "", "", "", territory, "", "", ""])

    def follow(self, action, old, new, name, street, basis):
        self.rows.append(
            [*self.head, action, old, new, name, "community", street, "", "", basis])


def more_units(units, grids, party_units, day):
    """The grids and branches that are wanted beside those there are."""
    rows = []
    communities, committees = units.of("community"), units.of("committee")
    for number in range(max(0, grids - len(units.of("grid")))):
        above = communities[number % len(communities)]
        rows.append([f"{above}9{number:02}", f"加设第{number + 1}网格", "grid", above, "", "", day])
    there = sum(map(len, map(units.of, ("branch", "committee", "general_branch"))))
    for number in range(max(0, party_units - there)):
        above = committees[number % len(committees)]
        rows.append([f"SC-{number:04}", f"加设第{number + 1}支部", "branch", "", above, "", day])
    return [row + [""] for row in rows]


def grids_moved(units, day):
    """The first: grids go to the next community of their street."""
    document = Document("S1", "网格调整", day)
    for street in units.of("street"):
        communities = units.under(street, "community")
        for place, code in enumerate(communities):
            following = communities[(place + 1) % len(communities)]
            grids = units.under(code, "grid")
            if following != code and len(grids) > 2 and len(document.rows) < MOVED_GRIDS:
                document.move(grids[-1], following)
    return document.rows


def split_and_merged(units, day):
    """The second: in each street one community is split, and two others become one."""
    document = Document("S2", "社区拆分合并", day)
    for street in units.of("street"):
        communities = units.under(street, "community")
        if len(communities) < 3:
            continue
        first, second, third = communities[:3]
        added, name = first[:-3] + ADDED + first[-2:], units.names[first] + "新区"
        document.follow(
            "split", first, first, units.names[first], street, "record_by_record")
        document.follow("split", first, added, name, street, "record_by_record")
        for old in (second, third):
            document.follow("merge", old, third, units.names[third], street, "whole")
        below = units.below.get(first, [])
        for place, code in enumerate(below):
            is_grid = units.forms[code] == "grid"
            document.move(code, added if is_grid and place % 2 else first)
        for code in units.below.get(second, []) + units.below.get(third, []):
            document.move(code, third)
    return document.rows


def communities_moved(units, day):
    """The third: one community of each street goes to the next street.

    None that was split: its past could then not be told apart by street, and every figure of the
    streets as they are now would be not comparable.
    """
    document = Document("S3", "街道界线调整", day)
    streets = units.of("street")
    for place, street in enumerate(streets):
        whole = [code for code in units.under(street, "community") if not is_added(code)]
        if len(whole) > 1:
            document.move(whole[-1], streets[(place + 1) % len(streets)])
    return document.rows


def all_recut(units, day):
    """What is measured: in each street every community gives half of its grids to the next."""
    document = Document("S4", "全区社区重划", day)
    moves = []
    for street in units.of("street"):
        communities = units.under(street, "community")
        for place, code in enumerate(communities):
            before = communities[place - 1]
            for old in dict.fromkeys((code, before)):
                document.follow(
                    "recut", old, code, units.names[code], street, "record_by_record")
            following = communities[(place + 1) % len(communities)]
            for number, below in enumerate(units.below.get(code, [])):
                goes = units.forms[below] == "grid" and number % 2
                moves.append((below, following if goes else code))
    for code, territory in moves:
        document.move(code, territory)
    return document.rows
