import Core
import Storage

/// What records say of persons, openly and under seal, with their files.
package let ledgerData = DataDeclaration(
    migrations: ledgerMigrations,
    personal: [
        PersonalTable("record", registered: ["recorded_by": "operator_name"]),
        PersonalTable(
            "record_person", registered: ["person_id": "person_role", "role": "person_role"]),
        PersonalTable(
            "record_private", registered: ["body": "private_values", "salt": "private_values"]),
        PersonalTable(
            "evidence",
            registered: ["file_name": "evidence_file", "added_by": "operator_name"]),
        PersonalTable(
            "released_picture",
            registered: [
                "thumbnail": "evidence_file", "released_by": "operator_name",
                "withdrawn_by": "operator_name",
            ]),
        PersonalTable(
            "person_proposal", of: .account("account_id"), why: ["proposed_person"],
            registered: [
                "account_id": "operator_name", "unit_id": "proposed_person",
                "said": "proposed_person",
            ],
            shows: ["asked_at"]),
    ],
    sealed: [
        SealedTable("record_private", key: "record_id", ["salt", "body"]) { row, key in
            let sealed = try PrivateValues(salt: row.get("salt"), body: row.get("body"))
                .sealed(key, for: row.get("record_id"))
            return [.text(sealed.salt), .text(sealed.body)]
        }
    ],
    files: ["evidence"],
    unfinished: { db, key in ProposedPersons(db: db, key: key) },
    sweepers: [stagedRowsSweeper, proposedPersonsSweeper],
    proven: [ProvenRow("evidence.added", in: "evidence")])
