import Core
import Storage

/// Issued reports, and the figures each of them pins.
package let reportMigrations = [
    Migration(id: "2026-11-22-reports") { dialect in
        """
        CREATE TABLE report (
            id TEXT PRIMARY KEY,
            template TEXT NOT NULL,
            template_version TEXT NOT NULL,
            body TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            period TEXT NOT NULL,
            position BIGINT NOT NULL,
            chain_hash TEXT NOT NULL,
            issued_at BIGINT NOT NULL,
            issued_by TEXT NOT NULL
        );
        CREATE TABLE pin (
            report_id TEXT NOT NULL REFERENCES report (id),
            slot TEXT NOT NULL,
            ordinal BIGINT NOT NULL,
            indicator TEXT NOT NULL,
            indicator_version TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            period TEXT NOT NULL,
            structure TEXT NOT NULL CHECK (structure IN ('then', 'now')),
            state TEXT NOT NULL,
            numerator BIGINT NOT NULL,
            denominator BIGINT NOT NULL CHECK (denominator > 0),
            is_ratio BOOLEAN NOT NULL,
            member_count BIGINT NOT NULL,
            member_hash TEXT NOT NULL,
            phrase_zh TEXT NOT NULL,
            phrase_en TEXT NOT NULL,
            PRIMARY KEY (report_id, slot)
        );
        """ + ["report", "pin"].map { appendOnly($0, dialect) }.joined()
    },
    Migration(id: "2026-12-01-report-withdrawals") { dialect in
        """
        CREATE TABLE report_withdrawal (
            report_id TEXT PRIMARY KEY REFERENCES report (id),
            why TEXT NOT NULL,
            withdrawn_at BIGINT NOT NULL,
            withdrawn_by TEXT NOT NULL
        );
        CREATE INDEX report_period ON report (period);
        """ + appendOnly("report_withdrawal", dialect)
    },
]
