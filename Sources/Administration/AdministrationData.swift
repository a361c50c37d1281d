import Core

/// Why persons were joined, who took a copy of the audit along, and the kinds and calendars made on
/// a page.
package let administrationData = DataDeclaration(
    migrations: administrationMigrations,
    personal: [
        PersonalTable(
            "person_join_reason", registered: ["reason": "person_join_reason"]),
        PersonalTable(
            "audit_export", of: .account("exported_by"), why: ["audit_export"],
            registered: [
                "exported_by": "operator_name", "recipient": "audit_export",
                "purpose": "audit_export",
            ],
            shows: ["recipient", "purpose", "at"]),
        PersonalTable("own_kind", registered: ["changed_by": "operator_name"]),
        PersonalTable(
            "own_kind_version",
            registered: ["sent_by": "operator_name", "released_by": "operator_name"]),
        PersonalTable("own_calendar", registered: ["loaded_by": "operator_name"]),
    ],
    remarks: [
        Remark("person_join_reason", "reason", about: .persons) { persons in
            """
            join_id IN (SELECT j.id FROM person_join j
                WHERE j.from_person IN (\(persons)) OR j.to_person IN (\(persons)))
            """
        }
    ],
    proven: [
        ProvenRow("audit.exported", in: "audit_export"),
        ProvenRow("kind.released", in: "own_kind_version"),
        ProvenRow("calendar.loaded", in: "own_calendar"),
    ])
