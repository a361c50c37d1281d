"""The ledger that is measured: a demonstration, more units, three reorganizations, ten years."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import time

import changes
import mixture
import records

DAY = f"{mixture.FIRST_YEAR}-01-01"
REORGANIZATIONS = (
    ("2018-04-01", changes.grids_moved), ("2020-07-01", changes.split_and_merged),
    ("2023-01-01", changes.communities_moved))
RECUT_DAY = "2026-01-01"
# The exit status of a command that checked and found something wrong.
FOUND_WRONG = 1


class Program:
    """The commands of the program; it finds its own files by the folder it is started in."""

    def __init__(self, program, home, environment=None):
        self.program, self.home = os.path.abspath(program), os.path.abspath(home)
        self.environment = environment or {
            name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        # Processor seconds of the newest command.
        self.worked = 0

    def run(self, *arguments, timeout=900):
        """What it printed, and how long it took."""
        done, seconds = self.start(arguments, timeout)
        if done.returncode != 0:
            raise RuntimeError(f"groundwork {' '.join(arguments)}\n{done.stdout}{done.stderr}")
        return done.stdout, seconds

    def check(self, *arguments, timeout=900):
        """Whether a command that checks found all as it should be, and how long it took."""
        done, seconds = self.start(arguments, timeout)
        if done.returncode not in (0, FOUND_WRONG):
            raise RuntimeError(f"groundwork {' '.join(arguments)}\n{done.stdout}{done.stderr}")
        return done.returncode == 0, seconds

    def start(self, arguments, timeout):
        start, before = time.monotonic(), processor_seconds()
        done = subprocess.run(
            [self.program, *arguments], cwd=self.home, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
        self.worked = processor_seconds() - before
        return done, time.monotonic() - start


def processor_seconds():
    """What commands that ended have worked so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def units_on(data, day):
    database = sqlite3.connect(f"file:{data}/groundwork.db?mode=ro", uri=True)
    try:
        return changes.Units(database, day)
    finally:
        database.close()


def make(program, folder, data, count, say):
    """Makes the ledger in a new folder, everything but the records through the program."""
    say("the demonstration")
    program.run("demo", "--no-serve", "--data", data)
    with open(os.path.join(data, "catalogue/indicators/scale.yaml"), "w") as file:
        file.write(mixture.catalogue())
    say("units, persons, reorganizations")
    bring(program, data, "units", folder, changes.UNITS, changes.more_units(
        units_on(data, DAY), mixture.GRIDS, mixture.PARTY_UNITS, DAY))
    bring(program, data, "persons", folder, ("人员编号", "姓名", "单位"), more_persons(data))
    for day, make_rows in REORGANIZATIONS:
        bring(program, data, "reorganizations", folder, changes.CHANGES,
              make_rows(units_on(data, day), day))
    say(f"{count:,} records")
    start = time.monotonic()
    total = records.grow(data, count)
    say(f"{total:,} records in {time.monotonic() - start:.0f} s")
    with open(os.path.join(data, "scale.json"), "w") as file:
        json.dump({"asked": count, "records": total}, file)


def bring(program, data, what, folder, headings, rows):
    path = os.path.join(folder, f"{what}-{len(rows)}.csv")
    changes.write(path, headings, rows)
    return program.run("import", "--data", data, "--kind", what, path)[1]


def more_persons(data):
    database = sqlite3.connect(f"file:{data}/groundwork.db?mode=ro", uri=True)
    there = database.execute("SELECT COUNT(*) FROM person").fetchone()[0]
    database.close()
    communities = units_on(data, DAY).of("community")
    return [
        (f"S{number:05}", f"规模{number:05}", communities[number % len(communities)])
        for number in range(max(0, mixture.PERSONS - there))]


def copy(data, target):
    """A copy to write into, so that every run begins with the same ledger."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(data, target)
    return target
