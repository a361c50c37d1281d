import Core
import Storage

/// Files that are looked at before they count, and the units their rows are about. What the files
/// hold is in none of these columns: it lies encrypted beside the database until it is published.
package let uploadsMigrations = [
    Migration(id: "2026-11-22-uploads") { _ in
        """
        CREATE TABLE upload (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            file_name TEXT NOT NULL,
            size BIGINT NOT NULL CHECK (size > 0),
            file_id TEXT NOT NULL UNIQUE,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'judging', 'judged', 'publishing',
                'published', 'failed', 'discarded', 'undone')),
            done BIGINT NOT NULL CHECK (done >= 0),
            row_count BIGINT NOT NULL CHECK (row_count >= done),
            wrong_rows BIGINT NOT NULL CHECK (wrong_rows <= row_count),
            known_import TEXT REFERENCES import (id),
            import_id TEXT REFERENCES import (id),
            uploaded_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            CHECK ((import_id IS NOT NULL) = (state IN ('published', 'undone')))
        );
        CREATE INDEX upload_account ON upload (account_id, id);
        CREATE INDEX upload_state ON upload (state, changed_at);
        CREATE UNIQUE INDEX upload_import ON upload (import_id) WHERE import_id IS NOT NULL;
        CREATE TABLE upload_unit (
            upload_id TEXT NOT NULL REFERENCES upload (id),
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            PRIMARY KEY (upload_id, unit_id)
        );
        """
    }
]
