import Core
import Storage

/// Who handed what over to whom.
package let handOversData = DataDeclaration(
    migrations: [
        Migration(id: "2026-12-01-hand-overs") { _ in
            """
            CREATE TABLE hand_over (
                id TEXT PRIMARY KEY,
                giver_id TEXT NOT NULL REFERENCES account (id),
                taker_id TEXT NOT NULL REFERENCES account (id) CHECK (taker_id <> giver_id),
                made_at BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('open', 'signed', 'returned')),
                answered_at BIGINT,
                list TEXT NOT NULL,
                note TEXT,
                CHECK ((state = 'open') = (answered_at IS NULL))
            );
            CREATE INDEX hand_over_giver ON hand_over (giver_id, id);
            CREATE INDEX hand_over_taker ON hand_over (taker_id, id);
            CREATE UNIQUE INDEX hand_over_waits ON hand_over (giver_id, taker_id)
                WHERE state = 'open';
            """
        }
    ],
    personal: [
        PersonalTable(
            "hand_over", of: .account("giver_id"), why: ["hand_over"],
            registered: [
                "giver_id": "hand_over", "taker_id": "hand_over", "list": "hand_over",
                "note": "hand_over",
            ],
            shows: ["made_at", "state", "answered_at"])
    ],
    sweepers: [
        Sweeper("hand_over", keptBy: "hand_over") { db, kept in
            try HandOverStore(db).sweep(before: kept)
        }
    ],
    proven: [ProvenRow("hand_over.made", in: "hand_over")])
