import Core
import Storage

/// The keys with which programs file requests.
package let open311Data = DataDeclaration(
    migrations: open311Migrations,
    sweepers: [
        Sweeper("writing_key") { db, moment in
            try WritingKeyStore(db: db).sweep(on: moment.day)
        }
    ],
    marked: [WritingKeyStore.marked])

/// The table of the keys with which programs file, and the order in which requests are told.
package let open311Migrations = [
    Migration(id: "2026-11-30-writing-keys") { _ in
        """
        CREATE TABLE writing_key (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            secret_mark TEXT NOT NULL UNIQUE,
            made_at BIGINT NOT NULL,
            ends_on TEXT NOT NULL,
            mark TEXT
        );
        CREATE INDEX request_filed ON request (filed_at, case_id);
        """
    }
]
