import Core
import Storage

/// What units need hands for, what persons offer, and who signed up for what. Confirmed hours are
/// records of the ledger; here stands which one they became.
package let volunteersMigrations = [
    Migration(id: "2026-12-01-volunteers") { _ in
        """
        CREATE TABLE volunteer_need (
            id TEXT PRIMARY KEY,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            title TEXT NOT NULL,
            place TEXT NOT NULL,
            skill TEXT NOT NULL,
            held_on TEXT NOT NULL,
            starts_at BIGINT NOT NULL CHECK (starts_at BETWEEN 0 AND 1439),
            minutes BIGINT NOT NULL CHECK (minutes > 0),
            hands BIGINT NOT NULL CHECK (hands > 0),
            ended_for TEXT,
            made_by TEXT NOT NULL,
            made_at BIGINT NOT NULL
        );
        CREATE INDEX volunteer_need_day ON volunteer_need (held_on, id);
        CREATE INDEX volunteer_need_unit ON volunteer_need (unit_id, held_on, id);
        CREATE TABLE volunteer_offer (
            id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES person (id),
            account_id TEXT REFERENCES account (id),
            contact_id TEXT,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            skills TEXT NOT NULL,
            times TEXT NOT NULL,
            record_id TEXT,
            offered_by TEXT NOT NULL,
            offered_at BIGINT NOT NULL,
            ended_on TEXT
        );
        CREATE UNIQUE INDEX volunteer_offer_person ON volunteer_offer (person_id)
            WHERE ended_on IS NULL;
        CREATE INDEX volunteer_offer_unit ON volunteer_offer (unit_id, id) WHERE ended_on IS NULL;
        CREATE TABLE volunteer_sign_up (
            need_id TEXT NOT NULL REFERENCES volunteer_need (id),
            person_id TEXT NOT NULL REFERENCES person (id),
            account_id TEXT REFERENCES account (id),
            contact_id TEXT,
            state TEXT NOT NULL CHECK (state IN ('invited', 'taken', 'waiting', 'left')),
            turn BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            organizer_minutes BIGINT CHECK (organizer_minutes > 0),
            organizer_by TEXT,
            organizer_at BIGINT,
            volunteer_minutes BIGINT CHECK (volunteer_minutes > 0),
            volunteer_at BIGINT,
            record_id TEXT,
            PRIMARY KEY (need_id, person_id)
        );
        CREATE INDEX volunteer_sign_up_person ON volunteer_sign_up (person_id, need_id);
        """
    }
]
