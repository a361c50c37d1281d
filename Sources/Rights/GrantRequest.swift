import Core
import Ledger
import Organization
import Storage

/// What follows when a request is granted: the name is corrected, the data restricted or erased, in
/// the commit of the answer, so that no answer says what was not done.
struct GrantRequest {
    let district: District
    let eraser: Eraser
    let actor: Actor
    let moment: Moment

    /// - Parameter name: the name that takes the place of the old one, where one was asked for.
    /// - Returns: what was erased; `finish` of the eraser follows the commit.
    func follow(_ request: RightsRequest, name: String?, _ db: Connection) throws -> Erasure? {
        let subject = try request.subject.whole(db)
        switch request.kind {
        case .copy: return nil
        case .correct:
            if let name, let person = subject.person { try correct(person, name, db) }
            return nil
        case .restrict, .object:
            try Restriction(db, key: district.key).begin(subject, by: actor, at: moment)
            try eraser.note(subject.persons.map { Decision(.restricted, $0, at: moment) })
            return nil
        case .erase:
            let given = district.catalogue.consentPurposes.flatMap(\.entries)
            return try eraser.erase(
                subject, entries: Set(given), request: request.id.text, by: actor, db
            ).erasure
        }
    }

    private func correct(_ person: String, _ name: String, _ db: Connection) throws {
        try db.execute(
            """
            UPDATE person SET name = \(name), sort_name = \(sortName(name))
            WHERE id = \(person) AND erased_at IS NULL
            """)
        try PersonStore(db: db).seal([person])
        try Audit(db, key: district.key).record(
            "person.corrected", person, by: actor, at: moment, quietly: true)
    }
}
