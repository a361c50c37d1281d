import Storage

/// Official papers with their numbers, and the files that were made of them.
///
/// A number is taken from `paper_sequence` in the commit of its paper, so a paper that was refused
/// leaves no gap, and no two papers have the same.
package let papersMigrations = [
    Migration(id: "2026-11-30-papers") { dialect in
        """
        CREATE TABLE paper_sequence (
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            sign TEXT NOT NULL,
            year BIGINT NOT NULL,
            newest BIGINT NOT NULL CHECK (newest > 0),
            PRIMARY KEY (unit_id, sign, year)
        );
        CREATE TABLE paper (
            id TEXT PRIMARY KEY,
            report_id TEXT NOT NULL REFERENCES report (id),
            kind TEXT NOT NULL CHECK (kind IN ('report', 'notice', 'request', 'reply', 'letter',
                'minutes', 'form')),
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            sign TEXT NOT NULL,
            year BIGINT NOT NULL,
            number BIGINT NOT NULL CHECK (number > 0),
            body TEXT NOT NULL,
            digest TEXT NOT NULL,
            issued_at BIGINT NOT NULL,
            issued_by TEXT NOT NULL,
            UNIQUE (unit_id, sign, year, number)
        );
        CREATE INDEX paper_report ON paper (report_id, id);
        CREATE TABLE paper_file (
            paper_id TEXT NOT NULL REFERENCES paper (id),
            form TEXT NOT NULL CHECK (form IN ('docx', 'pdf')),
            content TEXT NOT NULL,
            digest TEXT NOT NULL,
            fonts TEXT NOT NULL,
            made_at BIGINT NOT NULL,
            PRIMARY KEY (paper_id, form)
        );
        """ + appendOnly("paper", dialect)
    }
]
