import Core
import Ledger
import Organization

/// A report that is being written, for one unit and one period: versions of its text, the case in
/// which it is reviewed, and what was issued of it.
package struct Writing: Sendable {
    package typealias ID = Core.ID<Writing>

    package let id: ID
    package let unit: OrgUnit.ID
    package let period: String
    /// The template of the catalogue, or the earlier report, that it began from.
    package let origin: String
    package let newest: Int
    package let caseID: Record.ID?
    package let report: String?
    package let madeBy: String
}

/// A text as it was saved: by whom, when, why, and how far the ledger had come.
package struct WritingVersion: Sendable {
    package let number: Int
    package let body: WritingBody
    package let why: String
    package let position: Int
    package let writtenBy: String
    package let writtenAt: Moment
}

/// What somebody says about a section, or in answer to that.
package struct WritingComment: Sendable {
    package typealias ID = Core.ID<WritingComment>

    package let id: ID
    package let section: Int
    package let version: Int
    package let text: String
    /// The comment that it answers.
    package let answers: ID?
    package let writtenBy: String
    package let writtenAt: Moment
    package let isSettled: Bool

    package var isOpen: Bool { answers == nil && !isSettled }
}
