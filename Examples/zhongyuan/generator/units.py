"""Units before R1, and R1 itself: merges, splits and re-cuts designed community by community."""

import csv
from .days import R1, day
from .names import community_names

# How many communities go in and how many come out; those not named here continue unchanged.
PLAN = {
    "001": [(3, 2), (2, 1)],
    "002": [(3, 1), (2, 1), (1, 2)],
    "003": [(2, 1), (2, 1)],
    "004": [(3, 2), (2, 1)],
    "005": [(2, 1), (2, 1)],
    "006": [(3, 1), (2, 1), (2, 3)],
    "007": [(3, 2), (2, 1)],
    "008": [(2, 1), (2, 1)],
    "009": [(1, 2), (1, 2), (2, 3)],
    "010": [(3, 1)],
    "011": [(3, 1), (2, 1)],
    "012": [(3, 1), (3, 2)],
    "013": [(3, 2)],
    "014": [(2, 1)],
}
BUREAUS = [
    ("BUR-EDU", "教育体育局"), ("BUR-URB", "城市管理执法局"), ("BUR-HEA", "卫生局"),
    ("BUR-HOU", "房产管理局"), ("BUR-COM", "商务局"),
]
OFFICE_BRANCHES = {"BUR-EDU": 0, "BUR-URB": 14, "BUR-HEA": 15, "BUR-HOU": 6, "BUR-COM": 3}
HEADINGS = ["编码", "名称", "形式", "领土上级", "党组织上级", "条线上级", "起始日期", "截止日期"]
TITLE = "社区区划调整和社区党组织升格"
R1_HEADINGS = [
    "批次", "名称", "文号", "生效日期", "类型", "前身编码", "后继编码", "后继名称", "后继形式",
    "领土上级", "党组织上级", "条线上级", "依据",
]


class Unit:
    def __init__(self, code, name, form, territory=None, party=None, line=None, start="2010-01-01"):
        self.code, self.name, self.form = code, name, form
        self.territory, self.party, self.line = territory, party, line
        self.start, self.end = day(start), None
        self.heirs, self.forebears = [], []
        self.grids, self.branches, self.members, self.fresh = [], [], [], []
        self.committee = self.small = self.street = None

    @property
    def divided(self):
        """Abolished without one whole successor: what stands here must be handed over."""
        return self.end is not None and not (len(self.heirs) == 1 and self.heirs[0].whole)

    whole = True
    action = "upgrade"

    def on(self, some_day):
        return self if self.end is None or some_day < self.end else self.heirs[0]

    def heir(self, rng):
        return rng.choice(self.heirs)


class District:
    def __init__(self, rng, folder, education_branches, enterprise_branches):
        self.rng, self.units, self.changes = rng, [], []
        self.names = community_names(rng)
        self.root = self.unit("410102", "中原区", "district")
        self.streets, self.before, self.after = {}, [], []
        self.mobile_branches = []
        with open(folder / "restructuring.csv", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                self.street(row)
        self.bureaus = {code: self.bureau(code, name) for code, name in BUREAUS}
        for code, size in (OFFICE_BRANCHES | {"BUR-EDU": education_branches}).items():
            self.office_branches(self.bureaus[code], size)
        com = self.bureaus["BUR-COM"]
        com.enterprise_branches = [
            self.branch(com, f"BUR-COM-Q{n:02d}", f"商业企业第{n}党支部", [])
            for n in range(1, enterprise_branches + 1)]
        self.restructure()

    def unit(self, *values, **more):
        unit = Unit(*values, **more)
        self.units.append(unit)
        return unit

    def street(self, row):
        street = self.unit(row["street"], row["street_name"], "street", self.root, self.root)
        serials = range(1, int(row["communities_before"]) + 1)
        street.before = [self.community(street, serial) for serial in serials]
        street.expected = int(row["communities_after"])
        self.streets[row["street"][-3:]] = street
        self.before += street.before
        street.firms = [
            self.branch(street, f"{street.code}-Q{n:02d}", f"{street.name}非公企业第{n}党支部", [])
            for n in range(1, self.rng.randint(2, 4) + 1)]

    def community(self, street, number):
        code, name = f"{street.code}{number:03d}", next(self.names)
        unit = self.unit(code, f"{name}社区", "community", street)
        unit.street = street
        for serial in range(1, self.rng.randint(7, 10) + 1):
            unit.grids.append(self.unit(f"{code}{serial:03d}", f"{name}第{serial}网格", "grid", unit))
        unit.small = self.unit(f"SB-{code}", f"{name}社区党支部", "small_branch", unit, street)
        unit.small.seat = unit
        return unit

    def bureau(self, code, name):
        return self.unit(code, name, "bureau", self.root, self.root, self.root)

    def branch(self, parent, code, name, among):
        unit = self.unit(code, name, "branch", None, parent)
        among.append(unit)
        return unit

    def office_branches(self, bureau, size):
        kind = {"BUR-EDU": "学校", "BUR-HEA": "院所"}.get(bureau.code, "机关")
        for n in range(1, size + 1):
            name = f"{bureau.name}{kind}第{n}党支部"
            self.branch(bureau, f"{bureau.code}-{n:02d}", name, bureau.branches)

    def restructure(self):
        for key, street in self.streets.items():
            untouched, street.after = list(street.before), []
            for count_in, count_out in PLAN[key]:
                ins, untouched = untouched[:count_in], untouched[count_in:]
                street.after += self.change(street, ins, count_out)
            street.after = sorted(street.after + untouched, key=lambda unit: unit.code)
            assert len(street.after) == street.expected, key
            self.after += street.after
        for street in self.streets.values():
            for community in street.after:
                self.found_committee(street, community)
        self.moves()

    def change(self, street, ins, count_out):
        """Communities `ins` become `count_out` others; grids pass whole, in the map's order."""
        grids = [grid for unit in ins for grid in unit.grids]
        outs, taken = [], max(int(unit.code[-3:]) for unit in street.before + street.fresh)
        for n in range(count_out):
            keeps = n < len(ins)
            serial = ins[n].code[-3:] if keeps else f"{taken + 1:03d}"
            name = ins[n].name[:-2] if keeps and self.rng.random() < 0.6 else next(self.names)
            code = f"{street.code}{serial}"
            unit = Unit(code, f"{name}社区", "community", street, start="2015-03-01")
            unit.street, unit.whole = street, count_out == 1
            taken += 0 if keeps else 1
            street.fresh.append(unit)
            outs.append(unit)
        for index, grid in enumerate(grids):
            taker = outs[index * count_out // len(grids)]
            taker.grids.append(grid)
            self.link(grid.territory, taker)
            grid.moved = taker
        action = "merge" if count_out == 1 else "split" if len(ins) == 1 else "recut"
        for unit in outs:
            unit.action = action
        for unit in ins:
            unit.end = unit.small.end = R1
            for taker in unit.heirs:
                basis = "whole" if taker.whole else self.basis(unit, taker)
                self.change_row(action, unit, taker, basis)
        return outs

    def basis(self, unit, taker):
        """A corner of a community says nothing about the whole: such a pair is not comparable."""
        passed = sum(1 for grid in taker.grids if grid.territory is unit)
        return "not_comparable" if passed * 4 <= len(unit.grids) else "record_by_record"

    def link(self, old, new):
        if new not in old.heirs:
            old.heirs.append(new)
            new.forebears.append(old)

    def change_row(self, action, old, new, basis):
        parents = [p.code if p else "" for p in (new.territory, new.party, new.line)]
        self.changes.append(
            [action, old.code if old else "", new.code, new.name, new.form] + parents + [basis])

    def found_committee(self, street, community):
        """Members decide the form: from a hundred on a committee, below it a general branch."""
        sources = [old.small for old in community.forebears] or [community.small]
        whole = community.whole
        large = len(sources) > 1 or self.rng.random() < 0.35
        form, word = ("committee", "党委") if large else ("general_branch", "党总支")
        unit = Unit(f"CP-{community.code}", community.name + word, form, community, street,
                    start="2015-03-01")
        unit.whole, unit.seat = whole, community
        community.committee = unit
        for small in sources:
            small.end = R1
            self.link(small, unit)
            basis = "whole" if whole else "record_by_record"
            self.change_row(community.action, small, unit, basis)

    def moves(self):
        for grid in [unit for unit in self.units if unit.form == "grid" and hasattr(unit, "moved")]:
            self.changes.append(["move", grid.code, "", "", "", grid.moved.code, "", "", ""])
        for street in self.streets.values():
            for firm in street.firms:
                firm.committee = self.rng.choice(street.after).committee
                under = firm.committee.code
                self.changes.append(["move", firm.code, "", "", "", "", under, "", ""])
        for community in self.after:
            self.found_grid_branches(community)

    def found_grid_branches(self, community):
        grids, number = list(community.grids), 0
        while grids:
            size = self.rng.randint(2, 3)
            number += 1
            unit = Unit(
                f"GB-{community.code}{number:02d}", f"{community.name}第{number}网格党支部", "branch",
                None, community.committee, start="2015-03-01")
            unit.grids, grids = grids[:size], grids[size:]
            community.branches.append(unit)
            self.change_row("found", None, unit, "")

    def found_mobile_branch(self, community):
        """Takes in members whose relation stays elsewhere, so nobody's relation moves here."""
        unit = Unit(f"MB-{community.code}", f"{community.name}流动党员党支部", "branch", None,
                    community.committee, start="2015-03-01")
        self.mobile_branches.append(unit)
        self.change_row("found", None, unit, "")

    def write(self, folder):
        with open(folder / "units.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(HEADINGS)
            for unit in self.units:
                parents = [p.code if p else "" for p in (unit.territory, unit.party, unit.line)]
                since = unit.start.isoformat()
                out.writerow([unit.code, unit.name, unit.form, *parents, since, ""])
        with open(folder / "reorganizations.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(R1_HEADINGS)
            for change in self.changes:
                out.writerow(["R1", TITLE, "中区文〔2015〕8号", R1.isoformat(), *change])
