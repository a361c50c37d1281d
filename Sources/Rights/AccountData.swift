/// A table that holds rows of an account: what of them his page and his copy show. Secrets are
/// kept as digests and shown to nobody.
struct AccountData: Sendable {
    let id: String
    let table: String
    /// The column that names the account.
    let key: String
    let entries: [String]
    let columns: [String]

    static let parts = [
        AccountData(
            id: "account", table: "account", key: "id", entries: ["account_name"],
            columns: ["sign_in", "name", "office", "created_at", "disabled_at", "password_at"]),
        AccountData(
            id: "session", table: "session", key: "account_id", entries: ["account_session"],
            columns: ["device", "opened_at", "seen_at", "ends_at"]),
        AccountData(
            id: "access_key", table: "access_key", key: "account_id", entries: ["account_session"],
            columns: ["purpose", "made_at", "ends_at", "used_at"]),
        AccountData(
            id: "recovery_code", table: "recovery_code", key: "account_id",
            entries: ["account_secret"], columns: ["used_at"]),
        AccountData(
            id: "account_identity", table: "account_identity", key: "account_id",
            entries: ["account_identity"], columns: ["issuer", "subject", "linked_at"]),
        AccountData(
            id: "grant", table: "role_grant", key: "account_id", entries: ["account_grant"],
            columns: ["role", "from_on", "until_on", "granted_at", "ended_at"]),
        AccountData(
            id: "sealed_name", table: "sealed_name", key: "account_id",
            entries: ["account_grant"], columns: ["kind", "from_on", "until_on", "struck_at"]),
        AccountData(
            id: "sealed_view", table: "sealed_view", key: "account_id", entries: ["sealed_view"],
            columns: ["record_id", "reason", "at"]),
        AccountData(
            id: "submission", table: "submission", key: "account_id", entries: ["account_session"],
            columns: ["address", "at"]),
        AccountData(
            id: "message", table: "message", key: "account_id", entries: ["message"],
            columns: ["event", "address", "sent_at", "seen_at"]),
        AccountData(
            id: "entry_draft", table: "entry_draft", key: "account_id",
            entries: ["unfinished_entry"], columns: ["kind", "saved_at"]),
        AccountData(
            id: "entry_waiting", table: "entry_waiting", key: "account_id",
            entries: ["unfinished_entry"], columns: ["kind", "happened_on", "asked_at"]),
        AccountData(
            id: "entry_pattern", table: "entry_pattern", key: "account_id",
            entries: ["unfinished_entry"], columns: ["kind", "started_on"]),
        AccountData(
            id: "entry_choice", table: "entry_choice", key: "account_id",
            entries: ["unfinished_entry"], columns: ["kind", "used_at"]),
        AccountData(
            id: "upload", table: "upload", key: "account_id", entries: ["uploaded_file"],
            columns: ["file_name", "size", "uploaded_at"]),
        AccountData(
            id: "due_feed", table: "due_feed", key: "account_id", entries: ["due_feed"],
            columns: ["name", "made_at", "fetched_on"]),
        AccountData(
            id: "audit_export", table: "audit_export", key: "exported_by",
            entries: ["audit_export"], columns: ["recipient", "purpose", "at"]),
    ]
}
