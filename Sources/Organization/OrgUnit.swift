import Catalogue
import Core

/// A piece of territory or an organization. It is only an identity: what it is called, what form
/// it has and where it stands are dated.
package enum OrgUnit {
    package typealias ID = UnitID

    package static func path(_ code: String) -> String { "/units/\(code)" }
}

/// What a unit was called, and what form it had, over some days.
package struct UnitVersion: Sendable, Hashable {
    package let id: ID<UnitVersion>
    package let unit: OrgUnit.ID
    package let code: String
    package let name: String
    package let form: String
    package let from: Day
    /// The first day it is no longer so; nil while it is.
    package let to: Day?

    package func inForce(on day: Day) -> Bool {
        from <= day && (to.map { day < $0 } ?? true)
    }
}

/// Where a unit stands on one axis over some days.
package struct UnitLink: Sendable, Hashable {
    package let id: ID<UnitLink>
    package let child: OrgUnit.ID
    package let parent: OrgUnit.ID
    package let axis: Indicator.Axis
    package let from: Day
    package let to: Day?

    package func inForce(on day: Day) -> Bool {
        from <= day && (to.map { day < $0 } ?? true)
    }
}

/// One official document that changes the structure on one day.
package struct Reorganization: Sendable, Hashable {
    package let id: ID<Reorganization>
    package let code: String
    package let title: String
    package let document: String
    package let effectiveOn: Day
}

/// Which unit follows which, and how its past follows.
package struct Lineage: Sendable, Hashable {
    package enum Basis: String, Sendable, CaseIterable {
        case whole
        case recordByRecord = "record_by_record"
        case notComparable = "not_comparable"
    }

    package let reorganization: ID<Reorganization>
    package let predecessor: OrgUnit.ID
    package let successor: OrgUnit.ID
    package let basis: Basis
}
