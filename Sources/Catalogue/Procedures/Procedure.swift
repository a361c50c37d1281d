import Core

/// A procedure: which steps a case goes through, in which order, who takes them, and by when.
///
/// A case is opened by a standing record, each of its steps is a record, and its state is read off
/// those records (`CaseFold`). docs/cases.md says what each word of a definition means.
package struct Procedure: Sendable {
    package let id: String
    package let name: Wording
    package let source: Wording
    /// The first day on which a case may be opened under this text. The text of a procedure that
    /// begins later takes its place from there on; cases that are open keep the one they have.
    package let from: Day
    package let subject: CaseSubject
    package let pauses: [PauseGround]
    /// In the order of the file.
    package let steps: [Step]
    package let ends: [End]
    /// The stages that its steps lead into, in the order in which they are shown.
    package let stages: [Named]
    package let escalation: Escalation?
    package let examples: [Example]
    /// The fingerprint of its shape: steps, order, actors, outcomes and names of rules, and not of
    /// its wording.
    package let version: String
    package let file: String
    package let line: Int
    /// Where it stands, after everything that was laid over it.
    let written: ProcedureText
    /// Its steps by their places: what the fold goes over.
    let shape: CaseShape

    /// An id with its wording.
    package struct Named: Sendable, Hashable {
        package let id: String
        package let name: Wording
    }

    package func step(_ id: String) -> Step? { shape.place[id].map { steps[$0] } }

    /// What a stage is called; nil for one it has not.
    package func stage(_ id: String) -> Wording? { stages.first { $0.id == id }?.name }

    /// The one step that opens a case.
    package var opening: Step? { steps.first { $0.entry == .opens } }

    /// What a case is about, and the record that stands for it.
    package struct CaseSubject: Sendable, Hashable {
        package enum About: Sendable, Hashable {
            /// The person in a role of the case's record.
            case person(role: String)
            /// What a subject of the case's record names.
            case subject(String)
            /// The unit in which the case is opened.
            case unit
            case nothing
        }

        /// The standing kind whose record is the case.
        package let kind: String
        package let about: About
        /// Whether there is one open case about the same at a time.
        package let isSingle: Bool
        /// What `by`, `at` and `holds` call a unit, and which one is meant, in the order written.
        package let units: [NamedUnit]
        /// The name of a unit that may be none of this district: its acts are written for it.
        package let outside: String?
        /// The procedure whose end takes a case along to another unit.
        package let movesWith: String?
    }

    package struct NamedUnit: Sendable, Hashable {
        package let name: String
        package let unit: UnitName
    }

    /// A ground for which a clock may stand.
    package struct PauseGround: Sendable {
        package let id: String
        package let name: Wording
        /// The longest sum of its pauses.
        package let most: Length?
        package let tells: String?
    }

    /// What ends a case, and what that end is called.
    package struct End: Sendable, Hashable {
        package let when: StepReference
        package let id: String
        package let name: Wording
    }

    /// Who is told when something is late.
    package struct Escalation: Sendable, Hashable {
        package let after: Length
        package let again: Length?
        /// How often at most.
        package let most: Int
        /// The form of the highest unit that is told.
        package let upTo: String?
    }

    /// A case with its days and what must hold of it: tried whenever the catalogue is read.
    package struct Example: Sendable {
        package let name: String
        package let steps: [CaseStep]
        package let pauses: [CasePause]
        package let expected: [Expectation]
        /// What must be refused, each with why.
        package let refused: [Refused]
        package let lawful: [CaseStep]
        /// Steps taken after those, and what is lawful then.
        package let then: [CaseStep]
        package let lawfulThen: [CaseStep]
        package let file: String
        package let line: Int
    }

    package struct Refused: Sendable {
        package let step: CaseStep
        package let because: CaseRefusal.Guard
    }

    /// What must hold of an example at a moment. A step is named by its id; one that is owed by
    /// several units is `step/unit`.
    package struct Expectation: Sendable {
        package let at: CaseTime
        package let owed: [String]?
        package let latest: [String: CaseTime?]
        package let earliest: [String: CaseTime?]
        package let late: [String]
        package let lapsed: [String]
        package let lawful: [String]
        package let wasLate: [String: CaseTime]
        package let rounds: [String: Int]
        package let ended: String?
        package let stage: String?
        package let line: Int
    }
}
