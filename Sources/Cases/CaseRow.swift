import Core
import Ledger
import Organization
import Storage

/// One case as lists show it, read off its records when it last changed.
package struct CaseRow: Sendable, Hashable {
    package let id: Record.ID
    package let number: String
    package let procedure: String
    /// The text of its procedure under which it stands.
    package let version: String
    package let kind: String
    /// The id of the person, the code of the subject or the id of the unit it is about.
    package let about: String?
    /// Where it was opened.
    package let unit: OrgUnit.ID
    /// The unit that answers for it now.
    package let owner: OrgUnit.ID
    /// Empty where no step named one yet.
    package let stage: String
    /// The highest round of what is owed; 1 where nothing was begun anew.
    package let rounds: Int
    package let openedAt: Moment
    package let closedAt: Moment?
    /// The id of its end; nil while it is open.
    package let end: String?
    /// The place of its newest record, which a form shows and sends back.
    package let seq: Int
    /// When its state was read off.
    package let readAt: Moment
}

extension CaseRow {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("case_id"), number: try row.get("number"),
            procedure: try row.get("procedure"), version: try row.get("version"),
            kind: try row.get("kind"), about: try row.optional("about"),
            unit: try row.get("unit_id"), owner: try row.get("owner_id"),
            stage: try row.get("stage"), rounds: try row.get("rounds"),
            openedAt: try row.get("opened_at"), closedAt: try row.optional("closed_at"),
            end: try row.optional("outcome"), seq: try row.get("seq"),
            readAt: try row.get("read_at"))
    }
}

/// A step that a unit owes in a case: exactly one holder, a unit and a role in it.
package struct CaseObligation: Sendable, Hashable {
    package let caseID: Record.ID
    package let step: String
    package let round: Int
    package let holder: OrgUnit.ID
    /// The role that takes it: one of the catalogue's, several of which one does joined by `|`,
    /// or `about`, `anybody` and `persons.` with a role of the case's records.
    package let role: String
    package let since: Moment
    /// Before this it is not lawful.
    package let earliest: Moment?
    /// The first moment at which it is late; `never` where no clock runs.
    package let latest: Moment
    /// The ground for which its clock stands now.
    package let paused: String?

    /// What stands for no deadline, so that lists go by one column.
    package static let never = Moment(milliseconds: 253_402_300_800_000)

    package var hasDeadline: Bool { latest < Self.never }

    package func isLate(at moment: Moment) -> Bool { latest <= moment }
}

extension CaseObligation {
    init(_ row: Row) throws {
        self.init(
            caseID: try row.get("case_id"), step: try row.get("step"),
            round: try row.get("round"), holder: try row.get("holder_id"),
            role: try row.get("role"), since: try row.get("since"),
            earliest: try row.optional("earliest"), latest: try row.get("latest"),
            paused: try row.optional("paused"))
    }
}
