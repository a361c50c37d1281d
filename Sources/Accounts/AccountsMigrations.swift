import Core
import Storage

/// Accounts, their sessions, keys and grants. What excludes what is said by the schema: an account
/// has one office at most, and who has one holds no role and stands on no list of names, is one
/// known person and has no other account.
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
    // Who holds an office is one known person, with no other account, for as long as they hold it.
    // What an older database holds stays; every later change is held to this.
    Migration(id: "2026-11-23-offices") { dialect in
        """
        ALTER TABLE account ADD COLUMN must_enrol BIGINT NOT NULL DEFAULT 0
            CHECK (must_enrol IN (0, 1));
        """ + officeTriggers(dialect)
    },
    // Keys that were made before are good as they were: whoever made them has released them.
    Migration(id: "2026-11-23-released-keys") { _ in
        """
        ALTER TABLE access_key ADD COLUMN released_at BIGINT;
        ALTER TABLE access_key ADD COLUMN released_by TEXT;
        UPDATE access_key SET released_at = made_at, released_by = made_by;
        """
    },
    // Keyed marks over what gives rights. What stands already is marked once, by `migrate`.
    Migration(id: "2026-11-29-account-marks") { _ in
        """
        ALTER TABLE account ADD COLUMN mark TEXT;
        ALTER TABLE account_identity ADD COLUMN mark TEXT;
        ALTER TABLE session ADD COLUMN mark TEXT;
        ALTER TABLE access_key ADD COLUMN mark TEXT;
        ALTER TABLE role_grant ADD COLUMN mark TEXT;
        ALTER TABLE sealed_name ADD COLUMN mark TEXT;
        """
    },
    // What an account is told, written in the commit that makes what it tells of.
    Migration(id: "2026-11-29-messages") { _ in
        """
        CREATE TABLE message (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id),
            event TEXT NOT NULL,
            address TEXT NOT NULL,
            sent_at BIGINT NOT NULL,
            seen_at BIGINT
        );
        CREATE INDEX message_account ON message (account_id, id);
        """
    },
    // Pages that somebody saved under a name.
    Migration(id: "2026-11-30-saved-views") { _ in
        """
        CREATE TABLE saved_view (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id),
            name TEXT NOT NULL,
            address TEXT NOT NULL,
            place TEXT NOT NULL CHECK (place IN ('list', 'desk', 'home')),
            made_at BIGINT NOT NULL,
            UNIQUE (account_id, address)
        );
        CREATE INDEX saved_view_place ON saved_view (place, made_at);
        """
    },
    // The keys with which programs read. A secret is kept as its keyed hash alone; a key that ended
    // is gone.
    Migration(id: "2026-11-30-reading-keys") { _ in
        """
        CREATE TABLE reading_key (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id),
            name TEXT NOT NULL,
            reach TEXT NOT NULL CHECK (reach IN ('everybody', 'figures', 'records')),
            secret_mark TEXT NOT NULL UNIQUE,
            made_at BIGINT NOT NULL,
            ends_on TEXT NOT NULL,
            used_on TEXT,
            mark TEXT
        );
        CREATE INDEX reading_key_account ON reading_key (account_id);
        """
    },
]

/// Triggers by which the schema keeps the offices apart. The accounts of the demonstration are
/// nobody's and good nowhere else.
private func officeTriggers(_ dialect: Dialect) -> String {
    let isShared = """
        EXISTS (SELECT 1 FROM account AS o WHERE o.person_id = NEW.person_id AND o.id <> NEW.id
            AND (o.office IS NOT NULL OR NEW.office IS NOT NULL))
        """
    let isNobodys = """
        NEW.office IS NOT NULL AND NEW.person_id IS NULL AND NEW.is_demonstration = 0
        """
    // The name of an account long disabled goes, and the person with it; nobody else's does.
    let isMoved = """
        NEW.office IS DISTINCT FROM OLD.office OR NEW.is_demonstration <> OLD.is_demonstration
        OR OLD.office IS NOT NULL AND OLD.person_id IS NOT NULL
            AND NEW.person_id IS DISTINCT FROM OLD.person_id
            AND (NEW.person_id IS NOT NULL OR NEW.disabled_at IS NULL)
        OR OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL AND \(isNobodys)
        OR NEW.person_id IS DISTINCT FROM OLD.person_id AND \(isShared)
        """
    let said = "an office is held by one person, who has no other account"
    return checkTrigger(
        "account_office_given", .insert, into: "account", when: isNobodys + " OR " + isShared,
        saying: said, dialect)
        + checkTrigger(
            "account_office_kept", .update, into: "account", when: isMoved, saying: said, dialect)
}
