import Storage

/// What is read off the records of cases for lists and clocks, the texts that cases stand under,
/// who was told of what is late, and the counters of numbers.
///
/// The first two follow from the records: `verify` reads them off anew, and deleting them loses
/// nothing.
package let casesMigrations = [
    Migration(id: "2026-11-30-cases") { dialect in
        """
        CREATE TABLE case_state (
            case_id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
            number TEXT NOT NULL,
            procedure TEXT NOT NULL,
            version TEXT NOT NULL,
            kind TEXT NOT NULL,
            about TEXT,
            is_single BIGINT NOT NULL CHECK (is_single IN (0, 1)),
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            owner_id TEXT NOT NULL REFERENCES org_unit (id),
            stage TEXT NOT NULL,
            rounds BIGINT NOT NULL,
            opened_at BIGINT NOT NULL,
            closed_at BIGINT,
            outcome TEXT,
            seq BIGINT NOT NULL,
            read_at BIGINT NOT NULL
        ) \(dialect.clusteredTableOption);
        CREATE UNIQUE INDEX case_state_number ON case_state (number);
        CREATE INDEX case_state_open
            ON case_state (owner_id, stage, opened_at, case_id, closed_at) WHERE closed_at IS NULL;
        CREATE INDEX case_state_closed ON case_state (unit_id, closed_at, case_id)
            WHERE closed_at IS NOT NULL;
        CREATE UNIQUE INDEX case_state_single ON case_state (kind, about)
            WHERE closed_at IS NULL AND is_single = 1;
        CREATE TABLE obligation (
            case_id TEXT NOT NULL REFERENCES record (id),
            step TEXT NOT NULL,
            round BIGINT NOT NULL,
            holder_id TEXT NOT NULL REFERENCES org_unit (id),
            role TEXT NOT NULL,
            since BIGINT NOT NULL,
            earliest BIGINT,
            latest BIGINT NOT NULL,
            paused TEXT,
            PRIMARY KEY (case_id, step, round, holder_id)
        ) \(dialect.clusteredTableOption);
        CREATE INDEX obligation_holder ON obligation (holder_id, role, latest, case_id);
        CREATE INDEX obligation_due ON obligation (latest, case_id, holder_id, step);
        CREATE TABLE escalation (
            case_id TEXT NOT NULL REFERENCES record (id),
            step TEXT NOT NULL,
            round BIGINT NOT NULL,
            holder_id TEXT NOT NULL REFERENCES org_unit (id),
            threshold BIGINT NOT NULL CHECK (threshold > 0),
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            told BIGINT NOT NULL,
            told_at BIGINT NOT NULL,
            PRIMARY KEY (case_id, step, round, holder_id, threshold)
        ) \(dialect.clusteredTableOption);
        CREATE TABLE deadline_moved (
            id TEXT NOT NULL PRIMARY KEY,
            case_id TEXT NOT NULL REFERENCES record (id),
            step TEXT NOT NULL,
            round BIGINT NOT NULL,
            holder_id TEXT NOT NULL REFERENCES org_unit (id),
            moved_from BIGINT NOT NULL,
            moved_to BIGINT NOT NULL,
            cause TEXT NOT NULL,
            moved_at BIGINT NOT NULL
        );
        CREATE INDEX deadline_moved_case ON deadline_moved (case_id);
        CREATE TABLE procedure_version (
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            text TEXT NOT NULL,
            position BIGINT NOT NULL,
            PRIMARY KEY (id, version)
        );
        CREATE TABLE case_number (
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            series TEXT NOT NULL,
            year BIGINT NOT NULL,
            newest BIGINT NOT NULL CHECK (newest > 0),
            PRIMARY KEY (unit_id, series, year)
        );
        CREATE TABLE case_world (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            mark TEXT NOT NULL
        );
        """ + appendOnly("procedure_version", dialect)
    }
]
