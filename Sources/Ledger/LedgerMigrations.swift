import Core
import Storage

/// Records with their persons, subjects, private values and evidence. A record never changes;
/// the record of an import counts once the import has its base position, and until it is
/// reversed.
package let ledgerMigrations = [
    Migration(id: "2026-11-22-ledger") { dialect in
        """
        CREATE TABLE record (
            id TEXT PRIMARY KEY,
            import_id TEXT REFERENCES import (id),
            ordinal BIGINT NOT NULL CHECK (ordinal > 0),
            kind TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            place_id TEXT REFERENCES org_unit (id),
            happened_on TEXT NOT NULL,
            until_on TEXT,
            m1 BIGINT CHECK (m1 >= 0),
            m2 BIGINT CHECK (m2 >= 0),
            m3 BIGINT CHECK (m3 >= 0),
            m4 BIGINT CHECK (m4 >= 0),
            fields JSON NOT NULL,
            ref TEXT,
            reverses TEXT REFERENCES record (id),
            ends TEXT REFERENCES record (id),
            reason TEXT,
            content TEXT NOT NULL,
            private_digest TEXT,
            recorded_at BIGINT NOT NULL,
            recorded_by TEXT NOT NULL,
            digest TEXT NOT NULL,
            CHECK (until_on IS NULL OR until_on > happened_on),
            CHECK (reverses IS NULL OR ends IS NULL)
        );
        CREATE INDEX record_kind ON record (kind, unit_id, happened_on, reverses, id);
        CREATE UNIQUE INDEX record_position ON record (ordinal) WHERE import_id IS NULL;
        CREATE UNIQUE INDEX record_import ON record (import_id, ordinal);
        CREATE INDEX record_reverses ON record (reverses) WHERE reverses IS NOT NULL;
        CREATE INDEX record_ends ON record (ends) WHERE ends IS NOT NULL;
        CREATE INDEX record_ref ON record (kind, ref) WHERE ref IS NOT NULL;
        CREATE INDEX record_content ON record (content);
        CREATE TABLE record_person (
            record_id TEXT NOT NULL REFERENCES record (id),
            role TEXT NOT NULL,
            person_id TEXT NOT NULL REFERENCES person (id),
            PRIMARY KEY (record_id, role, person_id)
        );
        CREATE INDEX record_person_person ON record_person (person_id);
        CREATE TABLE record_subject (
            record_id TEXT NOT NULL REFERENCES record (id),
            kind TEXT NOT NULL,
            code TEXT NOT NULL,
            PRIMARY KEY (record_id, kind, code)
        );
        CREATE INDEX record_subject_code ON record_subject (kind, code);
        CREATE TABLE record_private (
            record_id TEXT PRIMARY KEY REFERENCES record (id),
            salt TEXT NOT NULL,
            body TEXT NOT NULL
        );
        CREATE TABLE evidence (
            id TEXT PRIMARY KEY,
            record_id TEXT NOT NULL REFERENCES record (id),
            file_name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            size BIGINT NOT NULL,
            file_digest TEXT NOT NULL,
            added_at BIGINT NOT NULL,
            added_by TEXT NOT NULL
        );
        CREATE INDEX evidence_record ON evidence (record_id);
        CREATE VIEW posted AS
            SELECT r.*, COALESCE(i.base, 0) + r.ordinal AS position
            FROM record r LEFT JOIN import i ON i.id = r.import_id
            WHERE r.import_id IS NULL OR (i.base IS NOT NULL AND i.reversed IS NULL);
        CREATE VIEW fact AS
            SELECT r.id, r.position, r.import_id, r.kind, r.unit_id, r.place_id, r.happened_on,
                CASE WHEN e.day IS NULL OR r.until_on < e.day THEN r.until_on
                    ELSE e.day END AS last_on,
                r.m1, r.m2, r.m3, r.m4, r.fields, r.ref
            FROM posted r
            LEFT JOIN (
                SELECT x.ends, MIN(x.happened_on) AS day FROM posted x
                WHERE x.ends IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = x.id)
                GROUP BY x.ends) e ON e.ends = r.id
            WHERE r.reverses IS NULL AND r.ends IS NULL
                AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = r.id);
        """
            + ["record", "record_person", "record_subject", "evidence"]
            .map { appendOnly($0, dialect) }.joined()
    },
    // What search walks along: which records hold two letters side by side. Derived from the
    // records, and filled for those that stand already by `District.fillPairs`, which reads the
    // catalogue to know what may be looked for.
    Migration(id: "2026-11-22-record-pairs") { _ in
        """
        CREATE TABLE record_pair (
            pair BIGINT NOT NULL,
            happened_on TEXT NOT NULL,
            record_id TEXT NOT NULL REFERENCES record (id),
            PRIMARY KEY (pair, happened_on, record_id)
        );
        CREATE TABLE record_pair_kind (
            kind TEXT PRIMARY KEY,
            fields TEXT NOT NULL
        );
        """
    },
    // What the calendar walks along: the days, and what happened on each.
    Migration(id: "2026-11-22-record-days") { _ in
        "CREATE INDEX record_day ON record (happened_on, kind, id);"
    },
    // What somebody wrote themselves, the newest first; imports stay out of it and cost nothing.
    Migration(id: "2026-11-22-record-writers") { _ in
        """
        CREATE INDEX record_writer ON record (recorded_by, id) WHERE import_id IS NULL;
        """
    },
    // The pairs again, as one tree, and without looking up for each of a dozen pairs the record
    // that was written a moment before: they took a third of a write. Filled again from the
    // records, as they were the first time.
    Migration(id: "2026-11-23-record-pairs") { dialect in
        """
        DROP TABLE record_pair;
        CREATE TABLE record_pair (
            pair BIGINT NOT NULL,
            happened_on TEXT NOT NULL,
            record_id TEXT NOT NULL,
            PRIMARY KEY (pair, happened_on, record_id)
        ) \(dialect.clusteredTableOption);
        DELETE FROM record_pair_kind;
        """
    },
    // By which key the sealed columns open. Without a row nothing is sealed yet.
    Migration(id: "2026-11-23-sealed-key") { _ in
        """
        CREATE TABLE sealed_key (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            mark TEXT NOT NULL
        );
        """
    },
    // Whether this is the demonstration, which keeps its data and its open passwords. The mark is
    // keyed, so that no row makes a district one.
    Migration(id: "2026-11-29-demonstration") { _ in
        """
        CREATE TABLE demonstration (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            mark TEXT NOT NULL
        );
        """
    },
    // The name of a file can name a person: it may be blanked, and nothing else of the row.
    Migration(id: "2026-11-22-evidence-erased") { dialect in
        appendOnly(
            "evidence", except: .update,
            when: """
                NEW.file_name = '' AND NEW.id = OLD.id AND NEW.record_id = OLD.record_id
                AND NEW.media_type = OLD.media_type AND NEW.size = OLD.size
                AND NEW.file_digest = OLD.file_digest AND NEW.added_at = OLD.added_at
                AND NEW.added_by = OLD.added_by
                """, dialect)
    },
    // What stands for a file's name in the audit once the name is erased; older rows have none.
    // What a killed import left, and no published one, may be deleted.
    Migration(id: "2026-11-29-evidence-and-staged-rows") { dialect in
        let isStaged = """
            EXISTS (SELECT 1 FROM import i WHERE i.id = OLD.import_id AND i.base IS NULL)
            """
        let isBesideStaged = """
            EXISTS (SELECT 1 FROM record r JOIN import i ON i.id = r.import_id
                WHERE r.id = OLD.record_id AND i.base IS NULL)
            """
        return "ALTER TABLE evidence ADD COLUMN name_mark TEXT;"
            + appendOnly(
                "evidence", except: .update,
                when: """
                    NEW.file_name = '' AND NEW.id = OLD.id AND NEW.record_id = OLD.record_id
                    AND NEW.media_type = OLD.media_type AND NEW.size = OLD.size
                    AND NEW.file_digest = OLD.file_digest AND NEW.added_at = OLD.added_at
                    AND NEW.added_by = OLD.added_by
                    AND NEW.name_mark IS NOT DISTINCT FROM OLD.name_mark
                    """, dialect)
            + appendOnly("record", except: .delete, when: isStaged, dialect)
            + appendOnly("record_person", except: .delete, when: isBesideStaged, dialect)
            + appendOnly("record_subject", except: .delete, when: isBesideStaged, dialect)
    },
    // The day of an end is looked up for the record that is asked for. Joined, all ends of the
    // ledger were gathered for every question: seconds, with a million of them.
    Migration(id: "2026-11-29-fact-by-record") { _ in
        let ends = """
            SELECT MIN(x.happened_on) FROM posted x
            WHERE x.ends = r.id AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = x.id)
            """
        return """
            DROP VIEW fact;
            CREATE VIEW fact AS
                SELECT r.id, r.position, r.import_id, r.kind, r.unit_id, r.place_id, r.happened_on,
                    CASE WHEN r.until_on IS NULL THEN (\(ends))
                        ELSE COALESCE((\(ends) AND x.happened_on < r.until_on), r.until_on)
                        END AS last_on,
                    r.m1, r.m2, r.m3, r.m4, r.fields, r.ref
                FROM posted r
                WHERE r.reverses IS NULL AND r.ends IS NULL
                    AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = r.id);
            """
    },
    // The minute of the day, for kinds that ask for it. The views are made anew over it.
    Migration(id: "2026-11-29-record-minute") { _ in
        let ends = """
            SELECT MIN(x.happened_on) FROM posted x
            WHERE x.ends = r.id AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = x.id)
            """
        return """
            ALTER TABLE record ADD COLUMN minute BIGINT CHECK (minute >= 0 AND minute < 1440);
            DROP VIEW fact;
            DROP VIEW posted;
            CREATE VIEW posted AS
                SELECT r.*, COALESCE(i.base, 0) + r.ordinal AS position
                FROM record r LEFT JOIN import i ON i.id = r.import_id
                WHERE r.import_id IS NULL OR (i.base IS NOT NULL AND i.reversed IS NULL);
            CREATE VIEW fact AS
                SELECT r.id, r.position, r.import_id, r.kind, r.unit_id, r.place_id, r.happened_on,
                    CASE WHEN r.until_on IS NULL THEN (\(ends))
                        ELSE COALESCE((\(ends) AND x.happened_on < r.until_on), r.until_on)
                        END AS last_on,
                    r.m1, r.m2, r.m3, r.m4, r.fields, r.ref
                FROM posted r
                WHERE r.reverses IS NULL AND r.ends IS NULL
                    AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = r.id);
            """
    },
    // Pictures of evidence that are shown to everybody, each released by somebody.
    Migration(id: "2026-11-30-released-picture") { _ in
        """
        CREATE TABLE released_picture (
            id TEXT NOT NULL PRIMARY KEY,
            evidence_id TEXT NOT NULL REFERENCES evidence (id),
            thumbnail TEXT NOT NULL,
            released_at BIGINT NOT NULL,
            released_by TEXT NOT NULL,
            withdrawn_at BIGINT,
            withdrawn_by TEXT,
            CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
        );
        CREATE UNIQUE INDEX released_picture_standing ON released_picture (evidence_id)
            WHERE withdrawn_at IS NULL;
        """
    },
    // Where a record stands in a case, and how its step was judged. What stands in a case is told
    // apart by its place there: it is in no index of contents, references or writers. The days
    // keep theirs whole, since lists of one kind walk along them.
    Migration(id: "2026-11-30-record-case") { _ in
        let ends = """
            SELECT MIN(x.happened_on) FROM posted x
            WHERE x.ends = r.id AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = x.id)
            """
        return """
            ALTER TABLE record ADD COLUMN case_id TEXT REFERENCES record (id);
            ALTER TABLE record ADD COLUMN seq BIGINT
                CHECK ((seq IS NULL) = (case_id IS NULL) AND seq >= 0);
            ALTER TABLE record ADD COLUMN step TEXT CHECK (step IS NULL OR case_id IS NOT NULL);
            ALTER TABLE record ADD COLUMN due BIGINT;
            ALTER TABLE record ADD COLUMN late BIGINT CHECK (late >= 0);
            ALTER TABLE record ADD COLUMN paused BIGINT CHECK (paused >= 0);
            ALTER TABLE record ADD COLUMN held BIGINT CHECK (held IS NULL OR step IS NOT NULL);
            CREATE UNIQUE INDEX record_case ON record (case_id, seq) WHERE case_id IS NOT NULL;
            DROP INDEX record_content;
            CREATE INDEX record_content ON record (content) WHERE case_id IS NULL;
            DROP INDEX record_ref;
            CREATE INDEX record_ref ON record (kind, ref)
                WHERE ref IS NOT NULL AND case_id IS NULL;
            DROP INDEX record_writer;
            CREATE INDEX record_writer ON record (recorded_by, id)
                WHERE import_id IS NULL AND case_id IS NULL;
            DROP VIEW fact;
            DROP VIEW posted;
            CREATE VIEW posted AS
                SELECT r.*, COALESCE(i.base, 0) + r.ordinal AS position
                FROM record r LEFT JOIN import i ON i.id = r.import_id
                WHERE r.import_id IS NULL OR (i.base IS NOT NULL AND i.reversed IS NULL);
            CREATE VIEW fact AS
                SELECT r.id, r.position, r.import_id, r.kind, r.unit_id, r.place_id, r.happened_on,
                    CASE WHEN r.until_on IS NULL THEN (\(ends))
                        ELSE COALESCE((\(ends) AND x.happened_on < r.until_on), r.until_on)
                        END AS last_on,
                    r.m1, r.m2, r.m3, r.m4, r.fields, r.ref, r.case_id, r.step
                FROM posted r
                WHERE r.reverses IS NULL AND r.ends IS NULL
                    AND NOT EXISTS (SELECT 1 FROM posted v WHERE v.reverses = r.id);
            """
    },
    // Persons whom writers miss and ask for.
    Migration(id: "2026-11-30-person-proposal") { _ in
        """
        CREATE TABLE person_proposal (
            id TEXT NOT NULL PRIMARY KEY,
            account_id TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            said JSON NOT NULL,
            asked_at BIGINT NOT NULL,
            declined_at BIGINT
        );
        CREATE INDEX person_proposal_account ON person_proposal (account_id);
        """
    },
]
