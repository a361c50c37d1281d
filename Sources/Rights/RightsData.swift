import Core

/// What people asked about their data, who looked at it, and what is gone.
package let rightsData = DataDeclaration(
    migrations: rightsMigrations,
    personal: [
        PersonalTable(
            "consent",
            registered: [
                "person_id": "consent_given", "account_id": "consent_given",
                "contact_id": "consent_given", "recorded_by": "operator_name",
            ]),
        PersonalTable(
            "rights_request", as: "request", of: .anyone, why: ["rights_request"],
            registered: [
                "words": "rights_request", "person_id": "rights_request",
                "account_id": "rights_request", "contact_id": "rights_request",
                "record_id": "rights_request", "reason": "rights_request",
                "changed_by": "operator_name",
            ],
            shows: [
                "kind", "words", "channel", .init("asked_at", as: "at"),
                .init("due_on", as: "due"), "state", .init("reason_code", as: "ground"), "reason",
            ]),
        PersonalTable(
            "rights_step",
            registered: ["reason": "rights_request", "taken_by": "operator_name"]),
        PersonalTable(
            "verified_contact",
            registered: [
                "person_id": "verified_contact", "record_id": "verified_contact",
                "token_digest": "verified_contact", "visit_digest": "verified_contact",
                "issued_by": "operator_name",
            ]),
        PersonalTable(
            "data_view",
            registered: [
                "person_id": "data_view", "account_id": "data_view", "contact_id": "data_view",
                "reason": "data_view", "viewed_by": "operator_name",
            ]),
        PersonalTable("deletion_item", registered: ["item": "erased_data"]),
        PersonalTable("retention_confirmation", registered: ["confirmed_by": "operator_name"]),
        PersonalTable(
            "erasure",
            registered: [
                "persons": "erased_data", "records": "erased_data", "evidence": "erased_data",
            ]),
    ],
    sweepers: rightsSweepers,
    proven: [
        ProvenRow("data.erased", in: "erasure"), ProvenRow("data.erased_again", in: "erasure"),
        ProvenRow("retention.deleted", in: "deletion_proof"),
        ProvenRow("retention.confirmed", in: "retention_confirmation"),
    ])
