import Core
import Storage

/// Imports, units with their dated versions and links, lineage, and persons. Rows of the structure
/// are positioned and never change: a row named by another's `supersedes` no longer counts, nor
/// does one whose position lies in an import that was reversed.
package let organizationMigrations = [
    Migration(id: "2026-11-22-organization") { dialect in
        """
        CREATE TABLE import (
            id TEXT PRIMARY KEY,
            what TEXT NOT NULL,
            kind TEXT,
            file_name TEXT NOT NULL,
            file_digest TEXT NOT NULL,
            row_count BIGINT NOT NULL,
            started_at BIGINT NOT NULL,
            started_by TEXT NOT NULL,
            base BIGINT,
            published_at BIGINT,
            reversed BIGINT,
            reversed_at BIGINT,
            digest TEXT,
            CHECK ((base IS NULL) = (published_at IS NULL)),
            CHECK (reversed IS NULL OR base IS NOT NULL)
        );
        CREATE INDEX import_file ON import (file_digest);
        CREATE TABLE org_unit (
            id TEXT PRIMARY KEY,
            position BIGINT NOT NULL
        );
        CREATE TABLE reorganization (
            id TEXT PRIMARY KEY,
            code TEXT NOT NULL,
            title TEXT NOT NULL,
            document TEXT NOT NULL,
            effective_on TEXT NOT NULL,
            position BIGINT NOT NULL UNIQUE,
            digest TEXT NOT NULL
        );
        CREATE TABLE org_unit_version (
            id TEXT PRIMARY KEY,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            code TEXT NOT NULL,
            name TEXT NOT NULL,
            form TEXT NOT NULL,
            valid_from TEXT NOT NULL,
            valid_to TEXT,
            supersedes TEXT REFERENCES org_unit_version (id),
            reorganization_id TEXT REFERENCES reorganization (id),
            position BIGINT NOT NULL UNIQUE,
            digest TEXT NOT NULL,
            CHECK (valid_to IS NULL OR valid_from < valid_to)
        );
        CREATE INDEX org_unit_version_unit ON org_unit_version (unit_id);
        CREATE INDEX org_unit_version_code ON org_unit_version (code);
        CREATE INDEX org_unit_version_supersedes ON org_unit_version (supersedes);
        CREATE TABLE org_link (
            id TEXT PRIMARY KEY,
            child_id TEXT NOT NULL REFERENCES org_unit (id),
            parent_id TEXT NOT NULL REFERENCES org_unit (id),
            axis TEXT NOT NULL CHECK (axis IN ('territory', 'party', 'line')),
            valid_from TEXT NOT NULL,
            valid_to TEXT,
            supersedes TEXT REFERENCES org_link (id),
            position BIGINT NOT NULL UNIQUE,
            digest TEXT NOT NULL,
            CHECK (valid_to IS NULL OR valid_from < valid_to),
            CHECK (child_id <> parent_id)
        );
        CREATE INDEX org_link_child ON org_link (child_id);
        CREATE INDEX org_link_supersedes ON org_link (supersedes);
        CREATE INDEX org_link_parent ON org_link (parent_id);
        CREATE TABLE lineage (
            id TEXT PRIMARY KEY,
            reorganization_id TEXT NOT NULL REFERENCES reorganization (id),
            predecessor_id TEXT NOT NULL REFERENCES org_unit (id),
            successor_id TEXT NOT NULL REFERENCES org_unit (id),
            basis TEXT NOT NULL
                CHECK (basis IN ('whole', 'record_by_record', 'not_comparable')),
            position BIGINT NOT NULL UNIQUE,
            digest TEXT NOT NULL
        );
        CREATE INDEX lineage_predecessor ON lineage (predecessor_id);
        CREATE INDEX lineage_successor ON lineage (successor_id);
        CREATE TABLE reach (
            unit_id TEXT NOT NULL,
            axis TEXT NOT NULL,
            ancestor_id TEXT NOT NULL,
            form TEXT NOT NULL,
            valid_from TEXT NOT NULL,
            valid_to TEXT,
            position BIGINT NOT NULL,
            gone BIGINT
        );
        CREATE INDEX reach_ancestor
            ON reach (ancestor_id, axis, unit_id, valid_from, valid_to, position, gone);
        CREATE INDEX reach_unit
            ON reach (unit_id, axis, form, ancestor_id, valid_from, valid_to, position, gone);
        CREATE TABLE person (
            id TEXT PRIMARY KEY,
            number TEXT,
            name TEXT NOT NULL,
            sort_name TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            import_id TEXT
        );
        CREATE INDEX person_number ON person (number) WHERE number IS NOT NULL;
        CREATE INDEX person_name ON person (sort_name);
        CREATE INDEX person_import ON person (import_id) WHERE import_id IS NOT NULL;
        CREATE TABLE person_join (
            id TEXT PRIMARY KEY,
            from_person TEXT NOT NULL REFERENCES person (id),
            to_person TEXT NOT NULL REFERENCES person (id),
            joined_on TEXT NOT NULL,
            undoes TEXT REFERENCES person_join (id),
            position BIGINT NOT NULL UNIQUE,
            digest TEXT NOT NULL,
            CHECK (from_person <> to_person)
        );
        CREATE INDEX person_join_from ON person_join (from_person);
        CREATE INDEX person_join_to ON person_join (to_person);
        """
            + [
                "org_unit", "reorganization", "org_unit_version", "org_link", "lineage",
                "person_join",
            ].map { appendOnly($0, dialect) }.joined()
    },
    // Since when a person's data may not be used, and since when they are gone.
    Migration(id: "2026-11-22-person-rights") { _ in
        """
        ALTER TABLE person ADD COLUMN restricted_at BIGINT;
        ALTER TABLE person ADD COLUMN erased_at BIGINT;
        """
    },
    // A keyed mark over each row, and one of the number of somebody whose data are gone: a file
    // that names the number again is told so, and the number itself stands nowhere.
    Migration(id: "2026-11-29-person-marks") { _ in
        """
        ALTER TABLE person ADD COLUMN number_mark TEXT;
        ALTER TABLE person ADD COLUMN mark TEXT;
        CREATE INDEX person_number_mark ON person (number_mark) WHERE number_mark IS NOT NULL;
        """
    },
    // What was known of a person until a day. It is emptied with the person's data, so that it is
    // no append-only table; a keyed mark tells a row that was changed by hand.
    Migration(id: "2026-11-29-person-change") { _ in
        """
        CREATE TABLE person_change (
            id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES person (id),
            changed_on TEXT NOT NULL,
            number TEXT,
            name TEXT NOT NULL,
            sort_name TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            reason TEXT NOT NULL,
            import_id TEXT REFERENCES import (id),
            changed_at BIGINT NOT NULL,
            changed_by TEXT NOT NULL,
            number_mark TEXT,
            mark TEXT
        );
        CREATE INDEX person_change_person ON person_change (person_id, changed_on);
        CREATE INDEX person_change_name ON person_change (sort_name);
        CREATE INDEX person_change_number ON person_change (number) WHERE number IS NOT NULL;
        CREATE INDEX person_change_number_mark ON person_change (number_mark)
            WHERE number_mark IS NOT NULL;
        CREATE INDEX person_change_import ON person_change (import_id)
            WHERE import_id IS NOT NULL;
        """
    },
    // The boundaries of units, each from a day on. They are drawn and never reckoned with.
    Migration(id: "2026-11-30-unit-outline") { _ in
        """
        CREATE TABLE unit_outline (
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            valid_from TEXT NOT NULL,
            rings TEXT NOT NULL,
            PRIMARY KEY (unit_id, valid_from)
        );
        """
    },
]
