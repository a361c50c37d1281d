import Core
import Ledger
import Organization

/// Which cases a list asks for.
package struct CaseFilter: Sendable {
    /// A unit and a role in it that may owe something.
    package struct Holder: Sendable, Hashable {
        package let unit: OrgUnit.ID
        package let role: String

        package init(unit: OrgUnit.ID, role: String) {
            self.unit = unit
            self.role = role
        }
    }

    package enum Standing: String, Sendable, CaseIterable { case open, closed }

    /// Which of them the reader may know of: part of the query, so that a sealed one is in no list
    /// and in no number.
    package var scope: Scope
    package var procedure: String?
    /// The units that answer for them, or for closed ones where they were opened; nil for all.
    package var units: [OrgUnit.ID]?
    /// Those in which one of these owes something, what is late first; nil asks for none.
    package var holders: [Holder]?
    /// Beside them, those in which somebody owes something by name: as whom it is about, or as one
    /// whom its records name.
    package var persons: [Person.ID] = []
    /// Only those in which something is late at this moment.
    package var lateAt: Moment?
    package var stage: String?
    package var standing: Standing? = .open
    /// The id of a person, the code of a subject or the id of a unit.
    package var about: String?

    package init(in scope: Scope) { self.scope = scope }
}
