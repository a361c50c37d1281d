"""A write with everything live beside a plain insert of the same row with its audit link.

Ours is `bench writes`: validation, search, audit chain, the queue of the writer. The plain one is
a script that fingerprints a row, links it into the chain and inserts both, with the indexes that
the ledger has and nothing else. Both flush each commit on the same disk, and take turns.
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import time

from chain import ACTOR, Identities, fingerprint
from setting import median

WRITES, SHARED_CALLERS, SHARED_ROWS = 400, 64, 50
TABLES = ("record", "audit", "ledger_head")


class Plain:
    def __init__(self, folder, data):
        self.database = sqlite3.connect(os.path.join(folder, "plain.db"), isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute(f"ATTACH 'file:{data}/groundwork.db?mode=ro' AS ledger")
        marks = ", ".join("?" * len(TABLES))
        for kind in ("table", "index"):
            for (sql,) in self.database.execute(
                    f"SELECT sql FROM ledger.sqlite_master WHERE tbl_name IN ({marks})"
                    f" AND type = '{kind}' AND sql IS NOT NULL", TABLES).fetchall():
                self.database.execute(sql)
        self.unit = self.database.execute("SELECT id FROM ledger.org_unit").fetchone()[0]
        self.database.execute("DETACH ledger")
        self.database.execute(
            "INSERT INTO ledger_head (id, position, seq, hash) VALUES (1, 0, 0, '')")
        self.identities, self.number, self.hash = Identities(random.Random(2)), 0, ""

    def write(self):
        self.number += 1
        number, moment, record = self.number, int(time.time() * 1000), self.identities.make()
        fields = '{"service":"culture"}'
        said = [None] * 2 + ["2025-11-03"] + [None] * 5 + ["20", "60", None, None, fields, "|"]
        content = fingerprint(["service_activity", self.unit] + said + [str(number)])[:32]
        digest = fingerprint([record, content, None, None, str(moment), ACTOR])
        self.hash = fingerprint([self.hash, str(number), record, digest])
        self.database.execute(
            "INSERT INTO record (id, ordinal, kind, unit_id, happened_on, m1, m2, fields, content,"
            " recorded_at, recorded_by, digest) VALUES (?, ?, 'service_activity', ?,"
            " '2025-11-03', 20, 60, ?, ?, ?, ?, ?)",
            (record, number, self.unit, fields, content, moment, ACTOR, digest))
        self.database.execute(
            "INSERT INTO audit (seq, at, actor, action, subject, first_position, last_position,"
            " digest, hash) VALUES (?, ?, ?, 'record.posted', ?, ?, ?, ?, ?)",
            (number, moment, ACTOR, record, number, number, digest, self.hash))
        self.database.execute(
            "UPDATE ledger_head SET position = ?, seq = ?, hash = ?", (number, number, self.hash))

    def run(self, rows):
        """Milliseconds of a write, with so many to a commit."""
        start = time.monotonic()
        for _ in range(WRITES // rows):
            self.database.execute("BEGIN IMMEDIATE")
            for _ in range(rows):
                self.write()
            self.database.execute("COMMIT")
        return (time.monotonic() - start) * 1000 / (WRITES // rows * rows)


def ours(setting):
    """Milliseconds of a write: each with its own commit, and many callers sharing commits."""
    bench = os.path.join(os.path.dirname(setting.program.program), "bench")
    place = os.path.join(setting.folder, "bench-writes")
    shutil.rmtree(place, ignore_errors=True)
    done = subprocess.run(
        [bench, "writes", place, "--rounds", "1", "--writes", str(WRITES), "--callers",
         f"1,{SHARED_CALLERS}"], cwd=setting.program.home, env=setting.program.environment,
        capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(f"bench writes\n{done.stdout}{done.stderr}")
    one, many = json.loads(done.stdout)
    return (one["alone"][0] * 1000 / one["writes"], many["shared"][0] * 1000 / many["writes"])


def flush_milliseconds(folder):
    """What one flush costs here: where it is cheap, all else that a write does weighs more."""
    took = []
    with open(os.path.join(folder, "flush"), "wb", buffering=0) as file:
        for _ in range(100):
            file.write(bytes(4096))
            start = time.monotonic()
            os.fdatasync(file.fileno())
            took.append((time.monotonic() - start) * 1000)
    return median(took)


def writes(setting):
    setting.say("a write beside a plain insert")
    flush = flush_milliseconds(setting.folder)
    plain = Plain(setting.folder, setting.large.data)
    plain.run(1)
    found = []
    for turn in range(setting.turns):
        if turn % 2:
            mine, theirs = ours(setting), (plain.run(1), plain.run(SHARED_ROWS))
        else:
            theirs, mine = (plain.run(1), plain.run(SHARED_ROWS)), ours(setting)
        found.append((mine, theirs))
    for place, goal in enumerate(("write_alone", "write_shared")):
        mine = [mine[place] for mine, _ in found]
        theirs = [theirs[place] for _, theirs in found]
        setting.goals.add(
            goal, median([one / other for one, other in zip(mine, theirs)]), "",
            f"ours {median(mine):.2f} ms, plain {median(theirs):.2f}, one flush {flush:.2f}")
