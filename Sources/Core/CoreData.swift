/// What stands below every feature: the audit and the ledger of disclosures.
package let coreData = DataDeclaration(
    migrations: coreMigrations,
    personal: [
        PersonalTable("audit", registered: ["actor": "operator_name"]),
        PersonalTable(
            "disclosure", of: .anyone, why: ["disclosure_made"],
            registered: [
                "recipient": "disclosure_made", "person_id": "disclosure_made",
                "account_id": "disclosure_made", "contact_id": "disclosure_made",
                "made_by": "operator_name",
            ],
            shows: [
                "number", "what", "recipient", "purpose", "basis", "fields",
                .init("row_count", as: "rows"), .init("expires_on", as: "until"),
                .init("made_at", as: "at"),
            ]),
    ],
    sweepers: [Sweeper("job") { try JobStore($0).sweep(at: $1) }],
    proven: [ProvenRow("data.disclosed", in: "disclosure")])
