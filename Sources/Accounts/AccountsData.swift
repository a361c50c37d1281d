import Core

/// What is kept of who may sign in: accounts, the ways in, what they may do, and what they looked
/// at under seal.
package let accountsData = DataDeclaration(
    migrations: accountMigrations,
    personal: [
        PersonalTable(
            "account", of: .account("id"), why: ["account_name"],
            registered: [
                "sign_in": "account_name", "name": "account_name", "person_id": "account_name",
                "created_by": "operator_name", "password": "account_secret",
                "one_time_secret": "account_secret",
            ],
            shows: ["sign_in", "name", "office", "created_at", "disabled_at", "password_at"]),
        PersonalTable(
            "session", of: .account("account_id"), why: ["account_session"],
            registered: ["account_id": "account_session", "device": "account_session"],
            shows: ["device", "opened_at", "seen_at", "ends_at"]),
        PersonalTable(
            "access_key", of: .account("account_id"), why: ["account_session"],
            registered: [
                "account_id": "account_session", "made_by": "operator_name",
                "released_by": "operator_name",
            ],
            shows: ["purpose", "made_at", "ends_at", "used_at"]),
        PersonalTable(
            "reading_key", of: .account("account_id"), why: ["reading_key"],
            registered: ["account_id": "reading_key", "name": "reading_key"],
            shows: [
                PersonalTable.Column("name", as: "key_name"), "reach", "made_at", "ends_on",
                "used_on",
            ]),
        PersonalTable(
            "recovery_code", of: .account("account_id"), why: ["account_secret"],
            registered: ["account_id": "account_secret", "code_mark": "account_secret"],
            shows: ["used_at"]),
        PersonalTable(
            "account_identity", of: .account("account_id"), why: ["account_identity"],
            registered: [
                "account_id": "account_identity", "issuer": "account_identity",
                "subject": "account_identity",
            ],
            shows: ["issuer", "subject", "linked_at"]),
        PersonalTable(
            "openid_attempt", of: .account("account_id"), why: ["account_session"],
            registered: ["account_id": "account_session"], shows: ["ends_at"]),
        PersonalTable(
            "role_grant", as: "grant", of: .account("account_id"), why: ["account_grant"],
            registered: [
                "account_id": "account_grant", "granted_by": "operator_name",
                "ended_by": "operator_name",
            ],
            shows: ["role", "from_on", "until_on", "granted_at", "ended_at"]),
        PersonalTable(
            "sealed_name", of: .account("account_id"), why: ["account_grant"],
            registered: [
                "account_id": "account_grant", "listed_by": "operator_name",
                "struck_by": "operator_name",
            ],
            shows: ["kind", "from_on", "until_on", "struck_at"]),
        PersonalTable(
            "sealed_view", of: .account("account_id"), why: ["sealed_view"],
            registered: ["account_id": "sealed_view", "reason": "sealed_view"],
            shows: ["record_id", "reason", "at"]),
        PersonalTable(
            "submission", of: .account("account_id"), why: ["account_session"],
            registered: ["account_id": "account_session"], shows: ["address", "at"]),
        PersonalTable(
            "message", of: .account("account_id"), why: ["message"],
            registered: ["account_id": "message", "address": "message"],
            shows: ["event", "address", "sent_at", "seen_at"]),
        PersonalTable(
            "saved_view", of: .account("account_id"), why: ["saved_view"],
            registered: [
                "account_id": "saved_view", "name": "saved_view", "address": "saved_view",
            ],
            shows: ["name", "address", "place", "made_at"]),
        PersonalTable("sign_in_failure", registered: ["mark": "account_session"]),
    ],
    remarks: [
        // Who looked and when stays.
        Remark("sealed_view", "reason", about: .records) { "record_id IN (\($0))" }
    ],
    sweepers: accountSweepers,
    marked: [
        AccountStore.marked, AccountIdentityStore.marked, AccessKeyStore.marked,
        SessionStore.marked, ReadingKeyStore.marked, GrantStore.markedGrants,
        GrantStore.markedNames,
    ],
    proven: [
        ProvenRow("account.made", in: "account"), ProvenRow("role.given", in: "role_grant"),
        ProvenRow("sealed.listed", in: "sealed_name"),
    ])
