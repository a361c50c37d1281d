import Storage

/// Consents, verified contacts, requests with their steps, views, erasures, proofs of deletion, and
/// runs of the retention.
///
/// A row is about a person, an account or a verified contact, or several of these at once.
package let rightsMigrations = [
    Migration(id: "2026-11-22-rights") { dialect in
        """
        CREATE TABLE consent (
            id TEXT PRIMARY KEY,
            person_id TEXT REFERENCES person (id),
            account_id TEXT,
            contact_id TEXT,
            purpose TEXT NOT NULL,
            version TEXT NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('given', 'withdrawn')),
            channel TEXT NOT NULL CHECK (channel IN ('self', 'window', 'phone', 'paper')),
            recorded_at BIGINT NOT NULL,
            recorded_by TEXT NOT NULL,
            CHECK (person_id IS NOT NULL OR account_id IS NOT NULL OR contact_id IS NOT NULL)
        );
        CREATE INDEX consent_person ON consent (person_id) WHERE person_id IS NOT NULL;
        CREATE INDEX consent_account ON consent (account_id) WHERE account_id IS NOT NULL;
        CREATE TABLE verified_contact (
            id TEXT PRIMARY KEY,
            person_id TEXT REFERENCES person (id),
            record_id TEXT REFERENCES record (id),
            token_digest TEXT NOT NULL UNIQUE,
            purpose TEXT NOT NULL CHECK (purpose IN ('my_data')),
            verified_by TEXT NOT NULL CHECK (verified_by IN ('card_seen', 'known', 'called_back')),
            issued_by TEXT NOT NULL,
            issued_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            used_at BIGINT,
            visit_digest TEXT UNIQUE,
            visit_ends_at BIGINT,
            CHECK ((person_id IS NULL) <> (record_id IS NULL)),
            CHECK ((used_at IS NULL) = (visit_digest IS NULL)),
            CHECK ((used_at IS NULL) = (visit_ends_at IS NULL)),
            CHECK (issued_at < expires_at)
        );
        CREATE INDEX verified_contact_person ON verified_contact (person_id);
        CREATE TABLE rights_request (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('copy', 'correct', 'restrict', 'erase', 'object')),
            words TEXT NOT NULL,
            person_id TEXT REFERENCES person (id),
            account_id TEXT,
            contact_id TEXT,
            record_id TEXT REFERENCES record (id),
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            channel TEXT NOT NULL CHECK (channel IN ('self', 'window', 'phone', 'paper')),
            asked_at BIGINT NOT NULL,
            due_on TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('received', 'in_work', 'done', 'refused')),
            reason_code TEXT,
            reason TEXT,
            changed_at BIGINT NOT NULL,
            changed_by TEXT NOT NULL,
            CHECK (person_id IS NOT NULL OR account_id IS NOT NULL OR contact_id IS NOT NULL),
            CHECK (state <> 'refused' OR (reason_code IS NOT NULL AND reason IS NOT NULL))
        );
        CREATE INDEX rights_request_state ON rights_request (state, due_on, id);
        CREATE INDEX rights_request_person ON rights_request (person_id);
        CREATE INDEX rights_request_account ON rights_request (account_id);
        CREATE TABLE rights_step (
            id TEXT PRIMARY KEY,
            request_id TEXT NOT NULL REFERENCES rights_request (id),
            state TEXT NOT NULL,
            reason_code TEXT,
            reason TEXT,
            taken_at BIGINT NOT NULL,
            taken_by TEXT NOT NULL
        );
        CREATE INDEX rights_step_request ON rights_step (request_id, id);
        CREATE TABLE data_view (
            id TEXT PRIMARY KEY,
            person_id TEXT REFERENCES person (id),
            account_id TEXT,
            contact_id TEXT,
            role TEXT NOT NULL,
            reason TEXT NOT NULL,
            viewed_at BIGINT NOT NULL,
            viewed_by TEXT NOT NULL
        );
        CREATE INDEX data_view_person ON data_view (person_id, id);
        CREATE TABLE erasure (
            id TEXT PRIMARY KEY,
            request_id TEXT,
            persons TEXT NOT NULL,
            records TEXT NOT NULL,
            evidence TEXT NOT NULL,
            erased_at BIGINT NOT NULL,
            digest TEXT NOT NULL
        );
        CREATE TABLE deletion_proof (
            id TEXT PRIMARY KEY,
            entry TEXT NOT NULL,
            deleted_on TEXT NOT NULL,
            row_count BIGINT NOT NULL CHECK (row_count > 0),
            digest TEXT NOT NULL,
            audit_seq BIGINT NOT NULL
        );
        CREATE INDEX deletion_proof_day ON deletion_proof (deleted_on, id);
        CREATE TABLE retention_run (
            id TEXT PRIMARY KEY,
            started_at BIGINT NOT NULL,
            finished_at BIGINT NOT NULL,
            row_count BIGINT NOT NULL
        );
        """
            + ["consent", "erasure", "deletion_proof"]
            .map { appendOnly($0, dialect) }.joined()
    },
    // What had had its time when it came in waits for somebody's word, up to a position; and each
    // thing that went is named beside its proof.
    Migration(id: "2026-11-29-retention-waits") { dialect in
        """
        ALTER TABLE retention_run ADD COLUMN settled BIGINT;
        ALTER TABLE retention_run ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0;
        CREATE TABLE retention_confirmation (
            id TEXT PRIMARY KEY,
            position BIGINT NOT NULL CHECK (position >= 0),
            row_count BIGINT NOT NULL CHECK (row_count >= 0),
            confirmed_at BIGINT NOT NULL,
            confirmed_by TEXT NOT NULL
        );
        CREATE TABLE deletion_item (
            item TEXT NOT NULL,
            proof_id TEXT NOT NULL REFERENCES deletion_proof (id),
            PRIMARY KEY (item, proof_id)
        );
        CREATE INDEX deletion_item_proof ON deletion_item (proof_id);
        """
            + ["retention_confirmation", "deletion_item"]
            .map { appendOnly($0, dialect) }.joined()
    },
    // A calendar that is loaded later moves the day of an open request; what was told first stays.
    Migration(id: "2026-11-29-deadlines-moved") { _ in
        "ALTER TABLE rights_request ADD COLUMN due_was TEXT;"
    },
]
