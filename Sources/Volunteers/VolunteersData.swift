import Core
import Storage

/// Who stated needs, who offered their hands, and who signed up. Hours that both confirmed are
/// records, and known of as such.
package let volunteersData = DataDeclaration(
    migrations: volunteersMigrations,
    personal: [
        PersonalTable("volunteer_need", registered: ["made_by": "operator_name"]),
        PersonalTable(
            "volunteer_offer", of: .anyone, why: ["volunteer_name"],
            registered: [
                "person_id": "volunteer_name", "account_id": "volunteer_name",
                "contact_id": "volunteer_name", "skills": "volunteer_name",
                "times": "volunteer_name", "offered_by": "operator_name",
            ], shows: ["offered_at", "skills", "times", "ended_on"]),
        PersonalTable(
            "volunteer_sign_up", of: .anyone, why: ["volunteer_deed"],
            registered: [
                "person_id": "volunteer_deed", "account_id": "volunteer_deed",
                "contact_id": "volunteer_deed", "organizer_by": "operator_name",
            ], shows: ["changed_at", "state", "organizer_minutes", "volunteer_minutes"]),
    ],
    sweepers: [
        Sweeper("volunteer_offer", keptBy: "volunteer_name") { db, kept in
            try db.execute(
                """
                DELETE FROM volunteer_offer WHERE id IN (
                    SELECT id FROM volunteer_offer WHERE ended_on < \(kept.day)
                    ORDER BY id LIMIT \(VolunteerLimits.swept))
                """)
        },
        Sweeper("volunteer_sign_up", keptBy: "volunteer_deed") { db, kept in
            try db.execute(
                """
                DELETE FROM volunteer_sign_up WHERE need_id IN (
                    SELECT s.need_id FROM volunteer_need n
                    JOIN volunteer_sign_up s ON s.need_id = n.id
                    WHERE n.held_on < \(kept.day) ORDER BY n.id LIMIT \(VolunteerLimits.swept))
                """)
        },
    ])
