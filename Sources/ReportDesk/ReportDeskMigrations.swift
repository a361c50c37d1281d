import Core
import Storage

/// Reports that are being written, every version of them, and what is said about their sections.
package let reportDeskMigrations = [
    Migration(id: "2026-12-01-report-desk") { dialect in
        """
        CREATE TABLE report_writing (
            id TEXT PRIMARY KEY,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            period TEXT NOT NULL,
            origin TEXT NOT NULL,
            newest BIGINT NOT NULL CHECK (newest > 0),
            case_id TEXT REFERENCES record (id),
            report_id TEXT REFERENCES report (id),
            made_by TEXT NOT NULL,
            made_at BIGINT NOT NULL
        );
        CREATE INDEX report_writing_unit ON report_writing (unit_id, id);
        CREATE INDEX report_writing_report ON report_writing (report_id);
        CREATE TABLE report_writing_version (
            writing_id TEXT NOT NULL REFERENCES report_writing (id),
            version BIGINT NOT NULL CHECK (version > 0),
            body TEXT NOT NULL,
            why TEXT NOT NULL,
            position BIGINT NOT NULL,
            written_by TEXT NOT NULL,
            written_at BIGINT NOT NULL,
            PRIMARY KEY (writing_id, version)
        );
        CREATE TABLE report_comment (
            id TEXT PRIMARY KEY,
            writing_id TEXT NOT NULL REFERENCES report_writing (id),
            section BIGINT NOT NULL,
            version BIGINT NOT NULL,
            text TEXT NOT NULL,
            answers TEXT REFERENCES report_comment (id),
            written_by TEXT NOT NULL,
            written_at BIGINT NOT NULL,
            settled_by TEXT,
            settled_at BIGINT,
            CHECK ((settled_by IS NULL) = (settled_at IS NULL))
        );
        CREATE INDEX report_comment_writing ON report_comment (writing_id, id);
        """ + appendOnly("report_writing_version", dialect)
    }
]
