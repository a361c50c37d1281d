import Core

extension SecretKey {
    /// Seals what the fields of a form said, in an entry that is no record yet: it may name persons
    /// and hold private values. The column holds JSON, so it comes as a JSON string.
    package func seal(fields: [String: String], of account: String) throws -> String {
        "\"" + (try seal(text: jsonObject(fields), for: "entry of \(account)")) + "\""
    }

    /// What the fields said. Of an entry that was taken in only an empty object is left, in the
    /// clear.
    ///
    /// - Throws: `Refusal.conflict` when it was changed, is another account's, or was sealed with
    ///   another key.
    package func fields(sealed text: String, of account: String) throws -> [String: String] {
        guard text != "{}" else { return [:] }
        return Record.fields(
            try open(text: String(text.dropFirst().dropLast()), for: "entry of \(account)"))
    }
}
