import Core
import Storage

/// Why two persons were held to be one, and who asked for the audit and what for. The audit itself
/// holds no words of anybody.
package let administrationMigrations = [
    Migration(id: "2026-11-22-administration") { dialect in
        """
        CREATE TABLE person_join_reason (
            join_id TEXT PRIMARY KEY REFERENCES person_join (id),
            reason TEXT NOT NULL
        );
        CREATE TABLE audit_export (
            id TEXT PRIMARY KEY,
            exported_by TEXT NOT NULL REFERENCES account (id),
            at BIGINT NOT NULL,
            recipient TEXT NOT NULL,
            purpose TEXT NOT NULL,
            row_count BIGINT NOT NULL CHECK (row_count >= 0),
            file_digest TEXT NOT NULL
        );
        CREATE INDEX audit_actor ON audit (actor, seq);
        """ + appendOnly("person_join_reason", dialect) + appendOnly("audit_export", dialect)
    },
    // A look at a sealed record goes with the row of the audit that proves it, and a reason that
    // somebody wrote about a person goes with their data; nothing else of these rows changes.
    Migration(id: "2026-11-23-reasons-erased") { dialect in
        appendOnly(
            "sealed_view",
            except: [
                (
                    .delete,
                    """
                    NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = OLD.record_id
                        AND a.action = 'sealed.viewed' AND a.at = OLD.at)
                    """
                ),
                (
                    .update,
                    """
                    NEW.reason = '' AND NEW.id = OLD.id AND NEW.record_id = OLD.record_id
                    AND NEW.account_id = OLD.account_id AND NEW.at = OLD.at
                    """
                ),
            ], dialect)
            + appendOnly(
                "person_join_reason", except: .update,
                when: "NEW.reason = '' AND NEW.join_id = OLD.join_id", dialect)
    },
    // Kinds that are made on a page: what is being made, and every version that was let go.
    Migration(id: "2026-11-30-own-kinds") { dialect in
        """
        CREATE TABLE own_kind (
            id TEXT PRIMARY KEY,
            said TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'released')),
            revision BIGINT NOT NULL CHECK (revision > 0),
            changed_at BIGINT NOT NULL,
            changed_by TEXT NOT NULL REFERENCES account (id),
            note TEXT
        );
        CREATE TABLE own_kind_version (
            id TEXT PRIMARY KEY,
            kind_id TEXT NOT NULL REFERENCES own_kind (id),
            number BIGINT NOT NULL CHECK (number > 0),
            said TEXT NOT NULL,
            digest TEXT NOT NULL,
            sent_by TEXT NOT NULL REFERENCES account (id),
            released_at BIGINT NOT NULL,
            released_by TEXT NOT NULL REFERENCES account (id),
            UNIQUE (kind_id, number)
        );
        """ + appendOnly("own_kind_version", dialect)
    },
    // Calendars of holidays that were loaded on a page or by a command: every version.
    Migration(id: "2026-11-30-own-calendars") { dialect in
        """
        CREATE TABLE own_calendar (
            id TEXT PRIMARY KEY,
            year BIGINT NOT NULL CHECK (year > 0),
            number BIGINT NOT NULL CHECK (number > 0),
            said TEXT NOT NULL,
            digest TEXT NOT NULL,
            loaded_at BIGINT NOT NULL,
            loaded_by TEXT NOT NULL,
            UNIQUE (year, number)
        );
        """ + appendOnly("own_calendar", dialect)
    },
]
