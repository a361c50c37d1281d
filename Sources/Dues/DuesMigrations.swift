import Core
import Storage

/// The calendars that accounts subscribe to. A secret is kept as its keyed hash alone; one that is
/// revoked is gone.
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
    }
]
