"""What every measurement works with: the program, two ledgers, the other databases, the goals."""

import datetime
import itertools
import os
import statistics
import subprocess
import sys
import time

import district
import mixture
import pages
from server import Server

WRITTEN_ON = f"{mixture.LAST_YEAR}-11-03"
# Years in which no community begins or ends, so that each has one name and one code.
CALM_YEARS = (2017, 2019, 2021, 2022, 2024)
WARM_YEAR = mixture.FIRST_YEAR

numbers = itertools.count(time.time_ns() // 1_000_000)


class Places:
    """Where the measurement writes: a street, one of its communities and so on."""

    def __init__(self, data):
        self.units = district.units_on(data, WRITTEN_ON)
        self.street = self.units.of("street")[4]
        self.communities = self.units.of("community")
        self.community = self.units.under(self.street, "community")[1]
        self.grid = self.units.under(self.community, "grid")[0]
        self.branch = self.units.of("branch")[0]

    def related(self, community=None):
        """A record that most pages count."""
        return ["service_activity", f"日期={WRITTEN_ON}", f"单位={community or self.community}",
                "服务类别=居家服务", f"编号=W{next(numbers)}"]

    def study(self):
        """A record that the weekly share counts."""
        return ["study_session", f"日期={WRITTEN_ON}", f"单位={self.branch}", "时长=60",
                "学习形式=党支部学习", f"编号=W{next(numbers)}"]

    def inspection(self, grid):
        return ["inspection", f"日期={WRITTEN_ON}", f"单位={grid}", "发现隐患=1",
                "队伍编号=W", f"编号=W{next(numbers)}"]

    def unrelated(self):
        """A record of which no page that is asked for says anything."""
        return ["material", f"日期={WRITTEN_ON}", f"单位={self.community}", "名称=折页", "份数=1",
                f"编号=W{next(numbers)}"]


class Ledger:
    """One ledger, with its server while it runs."""

    def __init__(self, program, data):
        self.program, self.data, self.server, self.client = program, data, None, None
        # Processor seconds of the newest first read.
        self.worked = 0

    def start(self, command="serve"):
        home = os.getcwd()
        os.chdir(self.program.home)
        try:
            self.server = Server(
                self.program.program, self.data, self.program.environment, (command,))
        finally:
            os.chdir(home)
        self.client = pages.Client(self.server.port)
        return self.server.seconds_to_first_page

    def stop(self):
        if self.server:
            self.client.close()
            self.server.stop()
            self.server = None

    def get(self, path):
        return self.client.get(path)

    def milliseconds(self, path):
        return self.client.get(path)[1]

    def add(self, record):
        """Writes a record from another process, durably; answers the seconds."""
        return self.program.run("record", "add", "--data", self.data, *record)[1]


class BaselineServer:
    """The wide table behind its own HTTP server."""

    def __init__(self, folder):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "baseline_server.py")
        self.process = subprocess.Popen(
            [sys.executable, script, folder], stdout=subprocess.PIPE, text=True)
        self.client = pages.Client(int(self.process.stdout.readline()))

    def rows(self, path):
        """The rows of its table, and the milliseconds."""
        page, milliseconds = self.client.get(path)
        return pages.tables(page)[0], milliseconds

    def stop(self):
        self.client.close()
        self.process.terminate()
        self.process.wait(timeout=10)
        self.process.stdout.close()


class Setting:
    """Everything that the measurements share."""

    def __init__(self, options, program, folder, goals, say):
        self.options, self.program, self.folder = options, program, folder
        self.goals, self.say, self.turns = goals, say, options.runs
        self.large = self.small = self.baseline = self.web = self.duck = self.rows = None
        self.counts, self.warm_year = {}, WARM_YEAR

    def look(self):
        """Where to write, once the ledgers are there."""
        self.places = Places(self.large.data)

    def names(self, year):
        """The name of each code at the end of a year."""
        return district.units_on(self.large.data, f"{year}-12-31").names

    def years(self):
        """A year for each turn that nobody asked about before, so that nothing is kept."""
        return list(itertools.islice(itertools.cycle(CALM_YEARS), self.turns))

    def close(self):
        for one in (self.large, self.small, self.web):
            if one:
                one.stop()
        if self.baseline:
            self.baseline.stop()


def median(values):
    return statistics.median(values)


def spread(values):
    """The median with the least and the most, for a note."""
    return f"{min(values):.0f} to {max(values):.0f}"


def today():
    return datetime.datetime.now().astimezone().isoformat(timespec="minutes")
