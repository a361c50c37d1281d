import Core
import Storage

/// The calendars that accounts subscribe to, and what units were reminded of.
///
/// A secret is kept as its keyed hash alone; one that is revoked is gone.
package let duesMigrations = [
    Migration(id: "2026-11-22-due-feeds") { _ in
        """
        CREATE TABLE due_feed (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id),
            name TEXT NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('zh', 'en')),
            secret_mark TEXT NOT NULL UNIQUE,
            made_at BIGINT NOT NULL,
            fetched_on TEXT
        );
        CREATE INDEX due_feed_account ON due_feed (account_id);
        """
    },
    // What each unit was last reminded of, so that nobody reminds it twice within some days.
    Migration(id: "2026-11-30-due-reminders") { _ in
        """
        CREATE TABLE due_reminder (
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            due TEXT NOT NULL,
            period TEXT NOT NULL,
            sent_by TEXT NOT NULL,
            sent_at BIGINT NOT NULL,
            PRIMARY KEY (unit_id, due, period)
        );
        CREATE INDEX due_reminder_sent ON due_reminder (sent_at);
        """
    },
]
