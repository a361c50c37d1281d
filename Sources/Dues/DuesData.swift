import Core

/// The calendars that accounts fetch, and what units were reminded of.
package let duesData = DataDeclaration(
    migrations: duesMigrations,
    personal: [
        PersonalTable(
            "due_feed", of: .account("account_id"), why: ["due_feed"],
            registered: ["account_id": "due_feed", "name": "due_feed"],
            shows: ["name", "made_at", "fetched_on"]),
        PersonalTable("due_reminder", registered: ["sent_by": "operator_name"]),
    ],
    sweepers: duesSweepers)
