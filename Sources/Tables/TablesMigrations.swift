import Core
import Storage

/// Tables that somebody asks for: their files, what their rows and columns mean, what was written
/// into them by hand or against the ledger, and what was confirmed for a period.
///
/// A file is a form: it is kept as it came, by its digest, as long as its table.
package let tablesMigrations = [
    Migration(id: "2026-11-30-tables") { _ in
        """
        CREATE TABLE desk_table (
            id TEXT PRIMARY KEY,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            title TEXT NOT NULL,
            issuer TEXT NOT NULL,
            document TEXT,
            basis TEXT,
            on_list BIGINT NOT NULL CHECK (on_list IN (0, 1)),
            rhythm TEXT NOT NULL CHECK (rhythm IN ('month', 'quarter', 'half', 'year', 'once')),
            only_period TEXT,
            due_days BIGINT NOT NULL CHECK (due_days >= 0),
            last_on TEXT,
            state TEXT NOT NULL CHECK (state IN ('marking', 'filling', 'declined')),
            is_own BIGINT NOT NULL CHECK (is_own IN (0, 1)),
            sheet TEXT,
            first_row BIGINT,
            last_row BIGINT CHECK (last_row >= first_row),
            unit_column BIGINT,
            declined_for TEXT,
            made_by TEXT NOT NULL,
            made_at BIGINT NOT NULL,
            CHECK ((declined_for IS NOT NULL) = (state = 'declined'))
        );
        CREATE INDEX desk_table_unit ON desk_table (unit_id, id);
        CREATE TABLE desk_table_file (
            table_id TEXT NOT NULL REFERENCES desk_table (id),
            version BIGINT NOT NULL CHECK (version > 0),
            digest TEXT NOT NULL,
            name TEXT NOT NULL,
            content TEXT NOT NULL,
            shape TEXT NOT NULL,
            brought_by TEXT NOT NULL,
            brought_at BIGINT NOT NULL,
            PRIMARY KEY (table_id, version)
        );
        CREATE TABLE desk_table_row (
            table_id TEXT NOT NULL REFERENCES desk_table (id),
            row_number BIGINT NOT NULL CHECK (row_number > 0),
            label TEXT NOT NULL,
            unit_id TEXT REFERENCES org_unit (id),
            PRIMARY KEY (table_id, row_number)
        );
        CREATE INDEX desk_table_row_unit ON desk_table_row (unit_id, table_id);
        CREATE TABLE desk_table_column (
            table_id TEXT NOT NULL REFERENCES desk_table (id),
            column_number BIGINT NOT NULL CHECK (column_number > 0),
            heading TEXT NOT NULL,
            source TEXT NOT NULL
                CHECK (source IN ('figure', 'list', 'unit', 'constant', 'hand')),
            name TEXT,
            term TEXT,
            PRIMARY KEY (table_id, column_number)
        );
        CREATE TABLE desk_table_cell (
            table_id TEXT NOT NULL REFERENCES desk_table (id),
            period TEXT NOT NULL,
            row_number BIGINT NOT NULL,
            column_number BIGINT NOT NULL,
            value TEXT NOT NULL,
            against TEXT,
            reason TEXT,
            written_by TEXT NOT NULL,
            written_at BIGINT NOT NULL,
            PRIMARY KEY (table_id, period, row_number, column_number),
            CHECK ((against IS NULL) = (reason IS NULL))
        );
        CREATE TABLE desk_table_filling (
            table_id TEXT NOT NULL REFERENCES desk_table (id),
            period TEXT NOT NULL,
            ends_on TEXT NOT NULL,
            cells TEXT NOT NULL,
            position BIGINT NOT NULL,
            confirmed_by TEXT NOT NULL,
            confirmed_at BIGINT NOT NULL,
            PRIMARY KEY (table_id, period)
        );
        CREATE TABLE desk_table_turn (
            table_id TEXT NOT NULL REFERENCES desk_table (id),
            period TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            state TEXT NOT NULL CHECK (state IN ('sent', 'returned', 'reminded')),
            note TEXT,
            turned_by TEXT NOT NULL,
            turned_at BIGINT NOT NULL,
            PRIMARY KEY (table_id, period, unit_id)
        );
        """
    }
]
