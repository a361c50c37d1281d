import Storage

/// Hours that units offer, the quarters of an hour that they take of whoever works then, and who
/// booked.
///
/// That nobody is booked twice and nobody is in two places is held here: a place of some hours is
/// taken once, and so is a quarter of an hour of somebody's day.
package let visitsMigrations = [
    Migration(id: "2026-12-01-visits") { dialect in
        """
        CREATE TABLE visit_slot (
            id TEXT PRIMARY KEY,
            series_id TEXT NOT NULL,
            unit_id TEXT NOT NULL REFERENCES org_unit (id),
            form TEXT NOT NULL,
            service TEXT,
            purpose TEXT,
            place TEXT NOT NULL,
            place_id TEXT REFERENCES org_unit (id),
            worker_id TEXT NOT NULL REFERENCES account (id),
            day TEXT NOT NULL,
            starts BIGINT NOT NULL CHECK (starts >= 0),
            ends BIGINT NOT NULL CHECK (ends > starts AND ends <= 1440),
            capacity BIGINT NOT NULL CHECK (capacity > 0),
            off_hours BIGINT NOT NULL CHECK (off_hours IN (0, 1)),
            state TEXT NOT NULL CHECK (state IN ('offered', 'withdrawn', 'closed')),
            offered_by TEXT NOT NULL,
            offered_at BIGINT NOT NULL
        );
        CREATE INDEX visit_slot_unit ON visit_slot (unit_id, day, starts, id);
        CREATE INDEX visit_slot_worker ON visit_slot (worker_id, day, starts);
        CREATE INDEX visit_slot_free ON visit_slot (day, starts, id) WHERE state = 'offered';
        CREATE INDEX visit_slot_series ON visit_slot (series_id, day);
        CREATE TABLE visit_time (
            worker_id TEXT NOT NULL REFERENCES account (id),
            day TEXT NOT NULL,
            quarter BIGINT NOT NULL,
            slot_id TEXT NOT NULL REFERENCES visit_slot (id),
            PRIMARY KEY (worker_id, day, quarter)
        ) \(dialect.clusteredTableOption);
        CREATE INDEX visit_time_slot ON visit_time (slot_id);
        CREATE TABLE visit_booking (
            id TEXT PRIMARY KEY,
            number TEXT NOT NULL UNIQUE,
            slot_id TEXT NOT NULL REFERENCES visit_slot (id),
            place_number BIGINT NOT NULL CHECK (place_number > 0),
            agreement_id TEXT REFERENCES record (id),
            household TEXT,
            said TEXT,
            moves BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN
                ('booked', 'kept', 'missed', 'refused', 'cancelled', 'withdrawn')),
            confirmed TEXT CHECK (confirmed IN ('code', 'window', 'telephone')),
            reason TEXT,
            form_mark TEXT NOT NULL UNIQUE,
            secret_mark TEXT NOT NULL,
            contact_mark TEXT,
            booked_by TEXT NOT NULL,
            booked_at BIGINT NOT NULL,
            ended_by TEXT,
            ended_at BIGINT,
            CHECK ((state = 'booked') = (ended_at IS NULL))
        );
        CREATE UNIQUE INDEX visit_booking_place ON visit_booking (slot_id, place_number)
            WHERE state IN ('booked', 'kept', 'missed', 'refused');
        CREATE INDEX visit_booking_slot ON visit_booking (slot_id, booked_at);
        CREATE INDEX visit_booking_agreement ON visit_booking (agreement_id)
            WHERE agreement_id IS NOT NULL AND state = 'booked';
        CREATE INDEX visit_booking_contact ON visit_booking (contact_mark, booked_at)
            WHERE contact_mark IS NOT NULL;
        """
    }
]
