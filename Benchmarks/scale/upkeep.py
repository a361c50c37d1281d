"""What a ledger costs beside its pages: start, memory, verifying, importing, new maps, writes."""

import csv
import os
import time

import changes
import district
import mixture
import questions
from figure import figure_of, streets_of
from mixture import ONE
from pages import value
from setting import median, spread

# Counted by today's map: communities were divided since, so they are not comparable any longer.
OF_TODAY = {"onsite_session.communities"}
ANSWER = (
    "value", "qualifier", "step", "counting_unit", "phrase", "numerator", "denominator")
IMPORTED, FILES = 10_000, 3
HEADINGS = ("编号", "日期", "单位", "服务人次", "时长", "服务类别")
SERVICES = ("居家服务", "便民维修", "文体活动", "医疗保健")


def start(setting):
    """From starting the program to the first page, and to the first figure."""
    setting.say("start")
    pages, figures = [], []
    for turn in range(setting.turns):
        begun = time.monotonic()
        pages.append(setting.large.start())
        setting.large.get(figure_of(setting, mixture.LAST_YEAR, "then"))
        figures.append(time.monotonic() - begun)
        setting.large.stop()
    setting.goals.add("start", median(pages))
    setting.goals.add("cold_figure", median(figures), "",
                      f"{min(figures):.1f} to {max(figures):.1f} s")


def printed(setting):
    """The demonstration's printed figures, which ten more years may not change."""
    setting.say("printed figures")
    source = os.path.join(setting.program.home, "Examples/zhongyuan/figures.csv")
    path = os.path.join(setting.folder, "printed.csv")
    with open(source, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    fields = [*rows[0], "state"]
    for row in rows:
        if row["indicator"] in OF_TODAY:
            row.update({name: "" for name in ANSWER}, state="not_comparable")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields)
        writer.writeheader()
        writer.writerows(rows)
    found, worked = [], []
    for _ in range(setting.turns):
        found.append(setting.program.check(
            "figures", "check", "--data", setting.large.data, path))
        worked.append(setting.program.worked)
    setting.goals.compare(
        "printed figures of the demonstration, ten years later", all(ok for ok, _ in found),
        f"{len(rows)} figures")
    setting.goals.add("printed", median([seconds for _, seconds in found]), "",
                      f"the whole process, processor {median(worked):.2f} s")


def memory(setting, after="after the boards"):
    server = setting.large.server
    with open(f"/proc/{server.process.pid}/status") as status:
        most = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    setting.goals.add("memory", server.resident_megabytes(), after,
                      f"at most {most * 1024 / 1e6:.0f} MB so far")


def memory_at_last(setting):
    memory(setting, "after everything")


def verify(setting):
    setting.say("full verify")
    whole, seconds = setting.program.check("verify", "--data", setting.large.data)
    setting.goals.compare("verify finds the ledger whole", whole)
    setting.goals.add("verify", seconds, "", f"processor {setting.program.worked:.0f} s")


def service_file(setting, turn, communities):
    """A file of service activities that nobody imported before."""
    path = os.path.join(setting.folder, f"import-{turn}.csv")
    changes.write(path, HEADINGS, [
        (f"I{turn}-{n}", f"{mixture.LAST_YEAR}-{n % 12 + 1:02}-{n % 28 + 1:02}",
         communities[n % len(communities)], n % 90 + 1, 60 + n % 60, SERVICES[n % 4])
        for n in range(IMPORTED)])
    return path


def imports(setting):
    """Each file is counted at once on a page that was kept."""
    setting.say(f"imports of {IMPORTED:,} rows")
    rates, reads, worked, equal = [], [], [], 0
    path = figure_of(setting, mixture.LAST_YEAR, "then")
    for turn in range(FILES):
        file = service_file(setting, turn, setting.places.communities)
        before = value(setting.large.get(path)[0])
        _, seconds = setting.program.run(
            "import", "--data", setting.large.data, "--kind", ONE, file)
        rates.append(IMPORTED / seconds)
        worked.append(setting.program.worked)
        page, took = setting.large.get(path)
        reads.append(took)
        equal += value(page) == before + IMPORTED
    setting.goals.compare("imports are counted by the next read", equal == len(rates),
                          f"that read took {median(reads):.0f} ms")
    setting.goals.add("import_sqlite", median(rates), "",
                      f"with the process; {spread(rates)} rows/s of {len(rates)} files, "
                      f"processor {median(worked):.1f} s each")


def imports_postgres(setting):
    """The same files into a demonstration on PostgreSQL: a ledger of 65,000 records."""
    setting.say("imports on PostgreSQL")
    program = district.Program(setting.program.program, setting.program.home, {
        **setting.program.environment, "DATABASE_URL": setting.baseline.address + "&schema=demo"})
    data = os.path.join(setting.folder, "postgres-demo")
    program.run("demo", "--no-serve", "--data", data)
    # Its communities are those with which the ten years begin.
    communities = district.units_on(setting.large.data, district.DAY).of("community")
    rates = []
    for turn in range(FILES):
        file = service_file(setting, f"P{turn}", communities)
        _, seconds = program.run("import", "--data", data, "--kind", ONE, file)
        rates.append(IMPORTED / seconds)
    setting.goals.add("import_postgres", median(rates), "",
                      f"into 65,000 records, with the process; {spread(rates)} rows/s of "
                      f"{len(rates)} files")


def reorganization(setting):
    """All communities re-cut: ours live in both views, and the wide table rebuilt."""
    setting.say("a reorganization of all communities")
    rows = changes.all_recut(district.units_on(setting.large.data, district.RECUT_DAY),
                             district.RECUT_DAY)
    paths = [figure_of(setting, mixture.LAST_YEAR, structure) for structure in ("then", "now")]
    for path in paths:
        setting.large.get(path)
    seconds = district.bring(
        setting.program, setting.large.data, "reorganizations", setting.folder,
        changes.CHANGES, rows)
    pages, took = zip(*(setting.large.get(path) for path in paths))
    live = seconds + sum(took) / 1000
    # The wide table takes the same rows and the new map.
    setting.rows.write()
    setting.baseline.load(setting.rows)
    rebuilt = setting.baseline.new_map(setting.rows)
    equal = 0
    for structure, page in zip(("then", "now"), pages):
        setting.baseline.cursor.execute(questions.figure(mixture.LAST_YEAR, ONE, structure))
        theirs = {code: int(count) for code, count in setting.baseline.cursor.fetchall()}
        equal += streets_of(setting, page) == theirs
    setting.goals.compare("after the reorganization: ours and wide table, both maps", equal == 2)
    setting.goals.add(
        "reorganization", rebuilt / live, "",
        f"{len(rows):,} rows in {seconds:.2f} s, first reads {sum(took):.0f} ms; rebuild of "
        f"{setting.counts['rows']:,} rows {rebuilt:.1f} s")
