"""The usual way: one wide table on PostgreSQL, rebuilt in full, grouped for each request.

Every record stands in it with the street and the community it belongs to, by the map of its own
day and by the map of today. It is rebuilt whenever the map changes, as reporting systems do by
night. It is tuned: inputs and result are analyzed, the table is unlogged, and each question has
an index.
"""

import subprocess
import time

import psycopg2

SETTINGS = {
    "shared_buffers": "1GB", "work_mem": "128MB", "maintenance_work_mem": "512MB",
    "random_page_cost": "1.1", "jit": "off", "effective_cache_size": "4GB",
}
INPUTS = """
    DROP TABLE IF EXISTS fact, reach, unit CASCADE;
    CREATE UNLOGGED TABLE fact (
        kind TEXT, unit INT, day DATE, m1 BIGINT, m2 BIGINT, m3 BIGINT, m4 BIGINT);
    CREATE UNLOGGED TABLE reach (
        unit INT, axis TEXT, above INT, form TEXT, starts DATE, ends DATE);
    CREATE UNLOGGED TABLE unit (unit INT PRIMARY KEY, code TEXT, form TEXT);
"""
# Four joins: the street and the community of the day, and those of today.
REBUILD = """
    DROP TABLE IF EXISTS activity;
    CREATE UNLOGGED TABLE activity AS
    SELECT f.kind, f.unit, f.day, EXTRACT(YEAR FROM f.day)::INT AS year,
        EXTRACT(MONTH FROM f.day)::INT AS month, f.m1, f.m2, f.m3, f.m4,
        s.above AS street, c.above AS community, sn.above AS street_now,
        cn.above AS community_now
    FROM fact f
    LEFT JOIN reach s ON s.unit = f.unit AND s.axis = 'territory' AND s.form = 'street'
        AND s.starts <= f.day AND f.day < s.ends
    LEFT JOIN reach c ON c.unit = f.unit AND c.axis = 'territory' AND c.form = 'community'
        AND c.starts <= f.day AND f.day < c.ends
    LEFT JOIN reach sn ON sn.unit = f.unit AND sn.axis = 'territory' AND sn.form = 'street'
        AND sn.starts <= CURRENT_DATE AND CURRENT_DATE < sn.ends
    LEFT JOIN reach cn ON cn.unit = f.unit AND cn.axis = 'territory' AND cn.form = 'community'
        AND cn.starts <= CURRENT_DATE AND CURRENT_DATE < cn.ends;
    CREATE INDEX activity_street ON activity (year, kind, street, month);
    CREATE INDEX activity_street_now ON activity (year, kind, street_now);
    CREATE INDEX activity_community ON activity (year, kind, community);
    ANALYZE activity;
"""


class Baseline:
    """A throwaway server with the wide table in it."""

    def __init__(self, script, folder):
        self.script, self.folder = script, folder
        self.address = self.call("start", "--durable")
        self.connection = self.connect()
        for name, value in SETTINGS.items():
            self.connection.cursor().execute(f"ALTER SYSTEM SET {name} = '{value}'")
        self.connection.close()
        self.call("halt")
        self.call("start", "--durable")
        self.connection = self.connect()
        self.cursor = self.connection.cursor()

    def call(self, *arguments):
        done = subprocess.run(
            [self.script, arguments[0], self.folder, *arguments[1:]], text=True,
            capture_output=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"scripts/postgres {arguments[0]}: {done.stderr}")
        return done.stdout.strip()

    def connect(self):
        connection = psycopg2.connect(host=self.folder, user="groundwork", dbname="groundwork")
        connection.autocommit = True
        return connection

    def load(self, rows):
        self.cursor.execute(INPUTS)
        for name in ("fact", "reach", "unit"):
            self.copy(name, rows)
        # Without this the planner joins by the wrong way, and takes ten times as long.
        self.cursor.execute("ANALYZE fact; ANALYZE reach; ANALYZE unit")

    def copy(self, name, rows):
        with open(rows.path(name)) as file:
            self.cursor.copy_expert(f"COPY {name} FROM STDIN (FORMAT csv)", file)

    def new_map(self, rows):
        """A reorganization brings a new map, and the table is rebuilt: how long that takes."""
        start = time.monotonic()
        self.cursor.execute("TRUNCATE reach, unit")
        self.copy("reach", rows)
        self.copy("unit", rows)
        self.cursor.execute("ANALYZE reach; ANALYZE unit")
        self.rebuild()
        return time.monotonic() - start

    def rebuild(self):
        start = time.monotonic()
        self.cursor.execute(REBUILD)
        seconds = time.monotonic() - start
        # Not asked for by the method, and not counted: index-only scans become possible.
        self.cursor.execute("VACUUM ANALYZE activity")
        return seconds

    def stop(self):
        self.connection.close()
        self.call("stop")
