import Accounts
import Core
import Storage
import Web

/// What the audit says of one thing: when, who, what.
struct History: Sendable {
    let rows: [AuditRow]
    let names: [String: String]

    /// The most changes that a page tells of one thing.
    static let limit = 100

    /// Reads the newest changes of a thing.
    init(of subject: String, _ db: Connection) throws {
        rows = try db.rows(
            """
            SELECT seq, at, actor, action, subject, first_position, last_position, digest
            FROM audit WHERE subject = \(subject) ORDER BY seq DESC LIMIT \(Self.limit)
            """
        ).map(AuditRow.init)
        names = try AccountStore(db).names(rows.map(\.actor))
    }

    func section(_ words: Words, _ terms: Terms) -> DeskSection {
        var section = DeskSection(words["desk_history"])
        var table = DeskTable(
            words["desk_history"],
            [words["desk_when"], words["desk_who"], words["desk_what"]],
            empty: words["desk_history_none"])
        for row in rows {
            table.add([
                .day(row.at.text), .text(names[row.actor] ?? row.actor),
                .text(actionName(row.action, terms, words.language)),
            ])
        }
        section.table = table
        return section
    }
}

/// An action of the audit in words; one without a word stands as it is.
func actionName(_ action: String, _ terms: Terms, _ language: Language) -> String {
    terms["audit_" + action.replacing(".", with: "_")]?[language] ?? action
}
