"""Copies of the demonstration's records over ten years, put into the database directly."""

import calendar
import collections
import datetime
import hashlib
import os
import random
import sqlite3
import time

from chain import ABSENT, ACTOR, Chain, Identities, fingerprint, part
from changes import Units
from mixture import SHARES, YEARS, places

COLUMNS = (
    "id, import_id, ordinal, kind, unit_id, place_id, happened_on, m1, m2, m3, m4, fields, ref,"
    " content, recorded_at, recorded_by, digest")
ROWS_OF_AN_IMPORT = 10_000


class Source:
    """One record of the demonstration, with what its copies have in common made ready."""

    __slots__ = ("kind", "measures", "fields", "subjects", "pairs", "middle", "end")

    def __init__(self, kind, measures, fields, subjects, pairs):
        self.kind, self.measures, self.fields = kind, measures, fields
        self.subjects, self.pairs = subjects, pairs
        said = [None if one is None else str(one) for one in measures] + [fields, "|"]
        said += sorted(f"{name}:{code}" for name, code in subjects)
        self.end = b"".join(map(part, said))


def sources(database):
    """The records of each kind that can be copied: they happened, and name no person."""
    subjects, pairs = collections.defaultdict(list), collections.defaultdict(list)
    for record, name, code in database.execute("SELECT record_id, kind, code FROM record_subject"):
        subjects[record].append((name, code))
    for pair, record in database.execute("SELECT pair, record_id FROM record_pair"):
        pairs[record].append(pair)
    found = collections.defaultdict(list)
    for record, kind, *measures, fields in database.execute(
            "SELECT id, kind, m1, m2, m3, m4, fields FROM record WHERE reverses IS NULL"
            " AND ends IS NULL AND until_on IS NULL AND minute IS NULL"
            " AND private_digest IS NULL ORDER BY id"):
        if kind in SHARES:
            found[kind].append(
                Source(kind, measures, fields, subjects[record], pairs[record]))
    return found


def quarters():
    for year in YEARS:
        for month in (1, 4, 7, 10):
            first = datetime.date(year, month, 1)
            last = datetime.date(year, month + 2, calendar.monthrange(year, month + 2)[1])
            yield first, [
                str(first + datetime.timedelta(days=n)) for n in range((last - first).days + 1)]


class Writer:
    """Writes imports of copies, each with its fingerprint and its link of the audit."""

    def __init__(self, database, key_file, seed):
        self.database, self.random = database, random.Random(seed)
        self.identities = Identities(self.random)
        self.chain = Chain(database, key_file)
        self.moment = int(time.time() * 1000)
        self.number = 0
        self.pairs = []

    def write(self, kind, count, found, units, days):
        import_id, name = self.identities.make(), f"{kind}-{self.number}.csv"
        rows, subjects, total = [], [], hashlib.sha256()
        start = part(kind)
        for ordinal in range(1, count + 1):
            self.number += 1
            source, unit = self.random.choice(found), self.random.choice(units)
            day, ref, record = self.random.choice(days), f"N{self.number}", self.identities.make()
            content = hashlib.sha256(b"".join((
                start, part(unit), ABSENT, part(day), ABSENT, part(ref), ABSENT, ABSENT,
                source.end))).hexdigest()[:32]
            digest = fingerprint([record, content, None, None, str(self.moment), ACTOR])
            total.update(part(digest))
            rows.append((
                record, import_id, ordinal, kind, unit, None, day, *source.measures,
                source.fields, ref, content, self.moment, ACTOR, digest))
            subjects += [(record, *one) for one in source.subjects]
            self.pairs += [(pair, day, record) for pair in source.pairs]
        total = total.hexdigest()
        base = self.chain.publish(import_id, count, total, self.moment)
        self.database.execute(
            "INSERT INTO import (id, what, kind, file_name, file_digest, row_count, started_at,"
            " started_by, base, published_at, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (import_id, kind, kind, name, fingerprint([name]), count, self.moment, ACTOR, base,
             self.moment, total))
        marks = ", ".join("?" * 17)
        self.database.executemany(f"INSERT INTO record ({COLUMNS}) VALUES ({marks})", rows)
        self.database.executemany("INSERT INTO record_subject VALUES (?, ?, ?)", subjects)

    def finish(self):
        """The pairs of the search come last, in their own order: they are a table by pair."""
        self.pairs.sort()
        self.database.executemany("INSERT INTO record_pair VALUES (?, ?, ?)", self.pairs)
        self.chain.close()


def grow(data, count, seed=1):
    """Puts `count` records into a district's database, spread evenly over the ten years."""
    database = sqlite3.connect(os.path.join(data, "groundwork.db"), isolation_level=None)
    # Nobody else reads meanwhile, and a ledger that breaks off here is made anew.
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -400000")
    database.execute("BEGIN IMMEDIATE")
    indexes = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('record', 'record_subject')").fetchall()
    for name, _ in indexes:
        database.execute(f"DROP INDEX {name}")
    found, writer = sources(database), Writer(database, os.path.join(data, "audit.key"), seed)
    spans = list(quarters())
    for place, (first, days) in enumerate(spans):
        units = Units(database, str(first))
        for kind, share in SHARES.items():
            there = [units.ids[code] for code in places(kind, units)]
            whole = count * share // 100
            rows = whole * (place + 1) // len(spans) - whole * place // len(spans)
            while rows > 0:
                some = min(rows, ROWS_OF_AN_IMPORT)
                writer.write(kind, some, found[kind], there, days)
                rows -= some
    writer.finish()
    for _, sql in indexes:
        database.execute(sql)
    database.execute("COMMIT")
    total = database.execute("SELECT COUNT(*) FROM record").fetchone()[0]
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return total
