import Catalogue
import Core

/// A sort of appointment that units offer: office hours, help outside them, a visit at home, a
/// visit of care that rests on an agreement; and what the ledger is told of it.
package struct VisitForm: Sendable {
    package let id: String
    package let name: Wording
    package let about: Wording?
    /// The forms of unit that offer it.
    package let forms: [String]
    /// Whether it lies outside office hours by its nature.
    package let isOffHours: Bool
    /// Whether it is at somebody's home: one appointment at a time, which they confirm.
    package let isAtHome: Bool
    /// The standing kind without which nobody is visited; nil where everybody may book.
    package let agreement: Agreement?
    /// What each appointment becomes when it is over; nil for nothing.
    package let deed: VisitDeed?
    /// What the hours become when they are over.
    package let sessions: [VisitDeed]
    private let file: String
    private let line: Int

    /// What somebody agreed to, and the subject of it that says who.
    package struct Agreement: Sendable {
        package let kind: String
        package let subject: String
    }

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        (file, line) = (mapping.file, mapping.line)
        name = mapping.wording("name")
        about = mapping.has("about") ? mapping.wording("about") : nil
        forms = mapping.words("at")
        isOffHours = mapping.flag("off_hours")
        isAtHome = mapping.flag("at_home")
        agreement = mapping.mapping("agreement").map { given in
            let read = Agreement(
                kind: given.requiredText("kind"), subject: given.requiredText("subject"))
            given.close()
            return read
        }
        deed = mapping.mapping("deed").map(VisitDeed.init)
        sessions = mapping.items("sessions").map(VisitDeed.init)
        mapping.close()
    }

    /// Names nothing that the catalogue does not have.
    func check(_ catalogue: Catalogue, _ faults: FaultList) {
        func fault(_ sentence: String) { faults.add(file, line, "\(id): \(sentence)") }
        if let agreement {
            let kind = catalogue.kinds[agreement.kind]
            if kind?.shape != .standing { fault("“\(agreement.kind)” is no standing kind") }
            if kind?.subjects.contains(where: { $0.id == agreement.subject }) != true {
                fault("“\(agreement.kind)” has no subject “\(agreement.subject)”")
            }
        }
        for deed in sessions + [deed].compactMap({ $0 }) {
            guard let kind = catalogue.kinds[deed.kind] else {
                fault("there is no kind “\(deed.kind)”")
                continue
            }
            for id in deed.fields.keys.sorted() where kind.field(id) == nil {
                fault("“\(deed.kind)” has no field “\(id)”")
            }
            for id in deed.subjects.keys.sorted()
            where !kind.subjects.contains(where: { $0.id == id }) {
                fault("“\(deed.kind)” has no subject “\(id)”")
            }
            for id in deed.measures.keys.sorted()
            where !kind.measures.contains(where: { $0.id == id }) {
                fault("“\(deed.kind)” has no measure “\(id)”")
            }
        }
        for form in forms where catalogue.forms[form] == nil {
            fault("there is no form of unit “\(form)”")
        }
    }
}

/// A record that follows from appointments: its kind, and what stands in it.
package struct VisitDeed: Sendable {
    /// What is known of an appointment or of hours that are over.
    package enum Source: String, Sendable {
        case number, household, outcome, agreed, confirmed
        /// Weekend, holiday or evening; the sort of appointment.
        case when, form
        /// How many could come, had booked, and came.
        case offered, booked, kept
    }

    package let kind: String
    package let fields: [String: Source]
    package let subjects: [String: Source]
    package let measures: [String: Source]
    /// Whether it names where it was as a unit.
    package let hasPlace: Bool

    init(_ mapping: Mapping) {
        kind = mapping.requiredText("kind")
        fields = Self.sources("fields", mapping)
        subjects = Self.sources("subjects", mapping)
        measures = Self.sources("measures", mapping)
        hasPlace = mapping.flag("place")
        mapping.close()
    }

    /// Whether it says how an appointment ended; one that does not is made only of what was kept.
    package var saysOutcome: Bool { fields.values.contains(.outcome) }

    private static func sources(_ name: String, _ mapping: Mapping) -> [String: Source] {
        guard let given = mapping.mapping(name) else { return [:] }
        var found: [String: Source] = [:]
        for key in given.keys {
            guard let source = given.text(key).flatMap(Source.init) else {
                given.fault("“\(key)” is taken from nothing that is known of a visit", at: key)
                continue
            }
            found[key] = source
        }
        given.close()
        return found
    }
}
