import Core
import Ledger
import Storage

/// What stands in the form of a step before anybody writes in it, and why: a proposal, which
/// whoever takes the step may change.
package struct StepProposal: Sendable {
    package let values: [Heading: String]
    package let why: Wording

    package init(_ values: [Heading: String], because why: Wording) {
        self.values = values
        self.why = why
    }
}

/// What another feature proposes for a step of a case; nil where it knows of nothing.
package typealias StepProposals =
    @Sendable (CaseReading, _ step: String, Connection) throws -> StepProposal?
