import Core
import Ledger
import Storage

/// What somebody wrote down that is no record yet.
package let entriesData = DataDeclaration(
    migrations: entriesMigrations,
    personal: [
        PersonalTable(
            "entry_draft", of: .account("account_id"), why: ["unfinished_entry"],
            registered: ["account_id": "operator_name", "said": "unfinished_entry"],
            shows: ["kind", "saved_at"]),
        PersonalTable(
            "entry_waiting", of: .account("account_id"), why: ["unfinished_entry"],
            registered: [
                "account_id": "operator_name", "decided_by": "operator_name",
                "said": "unfinished_entry",
            ],
            shows: ["kind", "happened_on", "asked_at"]),
        PersonalTable("entry_waiting_file", registered: ["file_name": "evidence_file"]),
        PersonalTable(
            "entry_pattern", of: .account("account_id"), why: ["unfinished_entry"],
            registered: ["account_id": "operator_name", "said": "unfinished_entry"],
            shows: ["kind", "started_on"]),
        PersonalTable(
            "entry_choice", of: .account("account_id"), why: ["unfinished_entry"],
            registered: ["account_id": "operator_name"], shows: ["kind", "used_at"]),
    ],
    sealed: UnfinishedStore.tables.map { table in
        SealedTable(table, key: "id", ["said"], reads: ["account_id"]) { row, key in
            let said = try row.get("said", as: String.self)
            guard said != "{}" else { return nil }
            return [.text(try key.seal(fields: Record.fields(said), of: row.get("account_id")))]
        }
    },
    files: ["entry_waiting_file"],
    unfinished: { db, key in UnfinishedStore(db: db, key: key) },
    sweepers: entriesSweepers)
