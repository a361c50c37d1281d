"""The same rows in DuckDB: a column store in this process, which is asked the same questions."""

import time

import duckdb

from baseline import REBUILD

INPUTS = """
    CREATE TABLE fact (
        kind TEXT, unit INT, day DATE, m1 BIGINT, m2 BIGINT, m3 BIGINT, m4 BIGINT);
    CREATE TABLE reach (unit INT, axis TEXT, above INT, form TEXT, starts DATE, ends DATE);
    CREATE TABLE unit (unit INT PRIMARY KEY, code TEXT, form TEXT);
"""


class Duck:
    def __init__(self, rows):
        self.database = duckdb.connect(":memory:")
        self.database.execute("SET threads = 2")
        self.database.execute(INPUTS)
        for name in ("fact", "reach", "unit"):
            self.database.execute(f"COPY {name} FROM '{rows.path(name)}' (HEADER false)")

    def rebuild(self):
        """The wide table without indexes: DuckDB scans columns, and gains nothing by them."""
        start = time.monotonic()
        for statement in REBUILD.split(";"):
            if statement.strip() and "INDEX" not in statement:
                self.database.execute(statement.replace("UNLOGGED ", ""))
        return time.monotonic() - start

    def ask(self, statement):
        """The rows, and the milliseconds."""
        start = time.monotonic()
        rows = self.database.execute(statement).fetchall()
        return rows, (time.monotonic() - start) * 1000
