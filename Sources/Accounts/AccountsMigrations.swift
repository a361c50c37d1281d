import Core
import Storage

/// Accounts, their sessions, keys and grants. What excludes what is said by the schema: an account
/// has one office at most, and who has one holds no role and stands on no list of names.
package let accountMigrations = [
    Migration(id: "2026-11-22-accounts") { dialect in
        """
        CREATE TABLE account (
            id TEXT PRIMARY KEY,
            sign_in TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            person_id TEXT REFERENCES person (id),
            office TEXT CHECK (office IN ('system', 'security', 'audit')),
            holds_office BIGINT NOT NULL
                CHECK (holds_office = CASE WHEN office IS NULL THEN 0 ELSE 1 END),
            is_demonstration BIGINT NOT NULL CHECK (is_demonstration IN (0, 1)),
            created_at BIGINT NOT NULL,
            created_by TEXT NOT NULL,
            disabled_at BIGINT,
            password TEXT,
            password_at BIGINT,
            one_time_secret TEXT,
            one_time_step BIGINT NOT NULL DEFAULT 0,
            UNIQUE (id, holds_office)
        );
        CREATE INDEX account_person ON account (person_id) WHERE person_id IS NOT NULL;
        CREATE UNIQUE INDEX account_office_person ON account (person_id)
            WHERE office IS NOT NULL AND person_id IS NOT NULL;
        CREATE TABLE recovery_code (
            account_id TEXT NOT NULL REFERENCES account (id),
            code_mark TEXT NOT NULL,
            used_at BIGINT,
            PRIMARY KEY (account_id, code_mark)
        );
        CREATE TABLE session (
            id_digest TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id),
            opened_at BIGINT NOT NULL,
            seen_at BIGINT NOT NULL,
            ends_at BIGINT NOT NULL,
            device TEXT NOT NULL
        );
        CREATE INDEX session_account ON session (account_id);
        CREATE TABLE access_key (
            key_digest TEXT PRIMARY KEY,
            purpose TEXT NOT NULL,
            account_id TEXT NOT NULL REFERENCES account (id),
            made_at BIGINT NOT NULL,
            made_by TEXT NOT NULL,
            ends_at BIGINT NOT NULL,
            used_at BIGINT
        );
        CREATE INDEX access_key_account ON access_key (account_id);
        CREATE TABLE role_grant (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL,
            holds_office BIGINT NOT NULL DEFAULT 0 CHECK (holds_office = 0),
            role TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            from_on TEXT NOT NULL,
            until_on TEXT,
            granted_at BIGINT NOT NULL,
            granted_by TEXT NOT NULL,
            ended_at BIGINT,
            ended_by TEXT,
            FOREIGN KEY (account_id, holds_office) REFERENCES account (id, holds_office),
            CHECK (until_on IS NULL OR from_on < until_on),
            CHECK ((ended_at IS NULL) = (ended_by IS NULL))
        );
        CREATE INDEX role_grant_account ON role_grant (account_id);
        CREATE TABLE sealed_name (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            account_id TEXT NOT NULL,
            holds_office BIGINT NOT NULL DEFAULT 0 CHECK (holds_office = 0),
            from_on TEXT NOT NULL,
            until_on TEXT,
            listed_at BIGINT NOT NULL,
            listed_by TEXT NOT NULL,
            struck_at BIGINT,
            struck_by TEXT,
            FOREIGN KEY (account_id, holds_office) REFERENCES account (id, holds_office),
            CHECK (until_on IS NULL OR from_on < until_on),
            CHECK ((struck_at IS NULL) = (struck_by IS NULL))
        );
        CREATE INDEX sealed_name_account ON sealed_name (account_id);
        CREATE TABLE sealed_view (
            id TEXT PRIMARY KEY,
            record_id TEXT NOT NULL,
            account_id TEXT NOT NULL REFERENCES account (id),
            reason TEXT NOT NULL,
            at BIGINT NOT NULL
        );
        CREATE INDEX sealed_view_record ON sealed_view (record_id);
        CREATE TABLE sign_in_failure (
            mark TEXT PRIMARY KEY,
            failures BIGINT NOT NULL,
            last_at BIGINT NOT NULL,
            blocked_until BIGINT NOT NULL
        );
        CREATE TABLE submission (
            account_id TEXT NOT NULL REFERENCES account (id),
            form_key TEXT NOT NULL,
            address TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (account_id, form_key)
        );
        CREATE INDEX submission_at ON submission (at);
        """ + appendOnly("sealed_view", dialect)
    },
    Migration(id: "2026-11-23-openid") { _ in
        """
        CREATE TABLE account_identity (
            account_id TEXT NOT NULL REFERENCES account (id),
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            linked_at BIGINT NOT NULL,
            PRIMARY KEY (account_id, issuer),
            UNIQUE (issuer, subject)
        );
        CREATE TABLE openid_attempt (
            key_digest TEXT PRIMARY KEY,
            account_id TEXT REFERENCES account (id),
            next_address TEXT,
            ends_at BIGINT NOT NULL
        );
        CREATE INDEX openid_attempt_ends ON openid_attempt (ends_at);
        """
    },
]
