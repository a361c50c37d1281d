import Storage

/// What is written down and is no record yet: drafts, patterns that come again, entries that wait
/// for a second person, and what somebody chose last. None of it counts for anything.
package let entriesMigrations = [
    Migration(id: "2026-11-22-entries") { _ in
        """
        CREATE TABLE entry_draft (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id),
            form_key TEXT NOT NULL,
            kind TEXT NOT NULL,
            said JSON NOT NULL,
            saved_at BIGINT NOT NULL,
            UNIQUE (account_id, form_key)
        );
        CREATE INDEX entry_draft_saved ON entry_draft (saved_at);
        CREATE TABLE entry_pattern (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id),
            kind TEXT NOT NULL,
            said JSON NOT NULL,
            rhythm TEXT NOT NULL CHECK (rhythm IN ('weekly', 'monthly', 'quarterly')),
            started_on TEXT NOT NULL
        );
        CREATE INDEX entry_pattern_account ON entry_pattern (account_id);
        CREATE TABLE entry_pattern_day (
            pattern_id TEXT NOT NULL REFERENCES entry_pattern (id) ON DELETE CASCADE,
            filled_on TEXT NOT NULL,
            PRIMARY KEY (pattern_id, filled_on)
        );
        CREATE TABLE entry_waiting (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id),
            kind TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            happened_on TEXT NOT NULL,
            said JSON NOT NULL,
            corrects TEXT REFERENCES record (id),
            because TEXT,
            asked_at BIGINT NOT NULL,
            decided_at BIGINT,
            decided_by TEXT,
            reason TEXT,
            record_id TEXT REFERENCES record (id),
            CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
            CHECK (record_id IS NULL OR decided_at IS NOT NULL),
            CHECK (decided_by IS NULL OR decided_by <> account_id),
            CHECK ((corrects IS NULL) = (because IS NULL))
        );
        CREATE INDEX entry_waiting_kind ON entry_waiting (kind, unit_id)
            WHERE decided_at IS NULL;
        CREATE INDEX entry_waiting_account ON entry_waiting (account_id);
        CREATE TABLE entry_waiting_file (
            id TEXT PRIMARY KEY,
            waiting_id TEXT NOT NULL REFERENCES entry_waiting (id) ON DELETE CASCADE,
            file_name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            size BIGINT NOT NULL,
            file_digest TEXT NOT NULL
        );
        CREATE INDEX entry_waiting_file_waiting ON entry_waiting_file (waiting_id);
        CREATE TABLE entry_choice (
            account_id TEXT NOT NULL REFERENCES account (id),
            kind TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            said JSON NOT NULL,
            used_at BIGINT NOT NULL,
            PRIMARY KEY (account_id, kind, unit_id)
        );
        """
    },
    Migration(id: "2026-11-23-entries-steps") { _ in
        """
        ALTER TABLE entry_waiting ADD COLUMN ends TEXT REFERENCES record (id);
        ALTER TABLE entry_waiting ADD COLUMN reverses TEXT REFERENCES record (id)
            CHECK ((corrects IS NULL AND ends IS NULL) OR (corrects IS NULL AND reverses IS NULL)
                OR (ends IS NULL AND reverses IS NULL));
        """
    },
]
