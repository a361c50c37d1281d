import Core

/// What is kept of hours and of those who booked.
package let visitsData = DataDeclaration(
    migrations: visitsMigrations,
    personal: [
        PersonalTable(
            "visit_slot",
            registered: ["worker_id": "operator_name", "offered_by": "operator_name"]),
        PersonalTable("visit_time", registered: ["worker_id": "operator_name"]),
        PersonalTable(
            "visit_booking",
            registered: [
                "said": "visit_booking", "reason": "visit_booking", "household": "visit_booking",
                "secret_mark": "visit_booking", "contact_mark": "visit_booking",
                "booked_by": "operator_name", "ended_by": "operator_name",
            ]),
    ],
    sweepers: [
        // What leads to whoever booked goes some time after the day.
        Sweeper("visit_booking", keptBy: "visit_booking") { db, kept in
            try VisitBookingStore(db).forget(before: kept.day)
        }
    ])
