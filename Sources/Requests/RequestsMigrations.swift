import Storage

/// What of requests is looked for by other ways than as cases: what was asked for and where, which
/// form made it, and the keyed marks of its secret and contact. All else stands in the records.
package let requestsMigrations = [
    Migration(id: "2026-11-30-requests") { dialect in
        """
        CREATE TABLE request (
            case_id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
            service TEXT NOT NULL,
            channel TEXT NOT NULL,
            place_id TEXT NOT NULL REFERENCES org_unit (id),
            home_id TEXT NOT NULL REFERENCES org_unit (id),
            filed_at BIGINT NOT NULL,
            form_mark TEXT NOT NULL UNIQUE,
            secret_mark TEXT NOT NULL,
            contact_mark TEXT
        ) \(dialect.clusteredTableOption);
        CREATE INDEX request_place ON request (place_id, filed_at, case_id);
        CREATE INDEX request_contact ON request (contact_mark, filed_at)
            WHERE contact_mark IS NOT NULL;
        """
    }
]
