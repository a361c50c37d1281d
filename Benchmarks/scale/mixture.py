"""What the records of the ten years are: their kinds, how many of each, and where they stand."""

FIRST_YEAR, LAST_YEAR = 2016, 2025
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)

# Of a hundred records so many are of each kind. The first eight make the dashboard; they lie on
# the tree of the territory. The last two lie on the Party's, for the weekly share.
DASHBOARD = {
    "service_activity": 24, "inspection": 22, "volunteer_activity": 8, "community_event": 8,
    "off_hours_service": 7, "course_session": 6, "enterprise_visit": 5, "mutual_aid_meeting": 4,
}
BRANCHES = {"study_session": 9, "branch_meeting": 7}
SHARES = DASHBOARD | BRANCHES


def places(kind, units):
    """Where the records of a kind stand: the units to draw from, on the day of `units`."""
    communities = units.of("community")
    if kind in BRANCHES:
        return units.of("branch")
    if kind == "inspection":
        # Half of them are a grid's, although there are ten times as many grids.
        grids = units.of("grid")
        return communities * max(1, len(grids) // len(communities)) + grids
    return communities


# The size that is asked for, beside the records.
GRIDS, PARTY_UNITS, PERSONS = 1_000, 2_000, 50_000

# The ledger's catalogue gets a theme of its own with one plain count for each kind, and a figure
# whose page lists the communities.
THEME = "scale"


# The kind of which single questions are asked, and the code of the whole district.
ONE, DISTRICT = "service_activity", "410102"


def indicator(kind):
    return f"{THEME}.{kind}"


RANKED = f"{THEME}.ranked"


def catalogue():
    """The text of the indicators, in the language that docs/figures.md describes."""
    counts = [COUNT.format(id=indicator(kind), kind=kind, theme=THEME) for kind in DASHBOARD]
    ranked = [RANKING.format(id=f"{RANKED}.{kind}", kind=kind) for kind in DASHBOARD]
    return "\n".join(counts + ranked)


COUNT = """{id}:
  name: {{zh: 规模测量 {kind}, en: Measured at scale {kind}}}
  area: {theme}
  serves: [H1-9]
  source: {{zh: 期间内登记的次数。, en: Entries of the period.}}
  from: {kind}
  value: count
  unit: 次
  qualifier: exact
"""
RANKING = """{id}:
  name: {{zh: 各社区 {kind}, en: By community {kind}}}
  area: scale_ranked
  serves: [H1-9]
  source: {{zh: 期间内各社区登记的次数。, en: Entries of each community.}}
  from: {kind}
  value: count
  per: [community]
  having: {{at_least: 1}}
  unit: "%"
  qualifier: share
"""
