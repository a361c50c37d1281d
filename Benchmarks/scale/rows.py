"""What the other databases are given: the records that count, and whose each unit is when."""

import csv
import os
import sqlite3

# A day after all others, so that a stretch without an end compares like one that has an end.
FOREVER = "9999-01-01"

FACT = """
    SELECT r.kind, r.unit_id, r.happened_on, r.m1, r.m2, r.m3, r.m4 FROM posted r
    WHERE r.reverses IS NULL AND r.ends IS NULL
        AND r.id NOT IN (SELECT reverses FROM posted WHERE reverses IS NOT NULL)
"""
REACH = """
    SELECT unit_id, axis, ancestor_id, form, valid_from, COALESCE(valid_to, '9999-01-01')
    FROM reach WHERE gone IS NULL
"""


class Rows:
    """Files of a ledger's records and units, with small numbers instead of identities."""

    def __init__(self, data, folder):
        self.data, self.folder = data, folder
        os.makedirs(folder, exist_ok=True)
        os.chmod(folder, 0o755)
        self.numbers = {}

    def number(self, unit):
        return self.numbers.setdefault(unit, len(self.numbers) + 1)

    def path(self, name):
        return os.path.join(self.folder, name + ".csv")

    def write(self):
        """How many records count."""
        count = self.file("fact", FACT, (1,))
        self.reach()
        return count

    def reach(self):
        """Read again after a reorganization: the records stay as they are."""
        self.file("reach", REACH, (0, 2))
        self.file("unit", """
            SELECT unit_id, code, form FROM (
                SELECT v.unit_id, v.code, v.form, MAX(v.valid_from) FROM org_unit_version v
                WHERE v.id NOT IN (
                    SELECT supersedes FROM org_unit_version WHERE supersedes IS NOT NULL)
                GROUP BY v.unit_id)
            """, (0,))

    def file(self, name, statement, units):
        database = sqlite3.connect(f"file:{self.data}/groundwork.db?mode=ro", uri=True)
        count = 0
        with open(self.path(name), "w", newline="") as file:
            writer = csv.writer(file)
            for row in database.execute(statement):
                row = list(row)
                for place in units:
                    row[place] = self.number(row[place])
                writer.writerow(row)
                count += 1
        database.close()
        os.chmod(self.path(name), 0o644)
        return count
