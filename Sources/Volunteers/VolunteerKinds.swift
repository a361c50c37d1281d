import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Under which kinds of the catalogue volunteers and their deeds are recorded: those whose person
/// is kept under the register entry of each. So no code names a kind, and a district that keeps
/// its own is followed.
struct VolunteerKinds: Sendable {
    /// The kind of confirmed hours; nil in a district that counts none.
    let deed: Kind?
    /// The kind of registrations.
    let registration: Kind?

    init(_ catalogue: Catalogue) {
        deed = Self.kind(catalogue, .event, "volunteer_deed")
        registration = Self.kind(catalogue, .standing, "volunteer_name")
    }

    private static func kind(
        _ catalogue: Catalogue, _ shape: Kind.Shape, _ entry: String
    ) -> Kind? {
        catalogue.kinds.values.filter { kind in
            kind.shape == shape && kind.persons.contains { $0.register == entry }
        }.min { $0.id < $1.id }
    }

    /// The values of a deed: every text is what was done, every subject its need.
    static func values(
        _ kind: Kind, of need: VolunteerNeed, person: Person.ID, minutes: Int, unit: String
    ) -> [Heading: String] {
        var values: [Heading: String] = [
            .unit: unit, .day: need.heldOn.description, .measure(0): String(minutes),
        ]
        for field in kind.fields where field.form == .text { values[.field(field.id)] = need.title }
        for role in kind.persons { values[.person(role.id)] = person.text }
        for role in kind.subjects { values[.subject(role.id)] = need.id.text }
        return values
    }
}

extension District {
    /// Whether one of a person's entries is registered as a volunteer on a day.
    func isRegistered(
        _ persons: [Person.ID], _ kind: Kind, on day: Day, _ db: Connection
    ) throws -> Bool {
        let fact = Fact("f", asOf: try Audit(db, key: key).position())
        return try db.value(
            """
            SELECT 1 FROM record_person p CROSS JOIN \(fact.source)
            WHERE p.person_id IN (\(values: persons)) AND f.id = p.record_id
                AND f.kind = \(kind.id) AND \(fact.counts) AND \(fact.inForce(on: "\(day)"))
            LIMIT 1
            """, as: Int.self) != nil
    }
}
