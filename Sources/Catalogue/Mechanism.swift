import Core

/// One thing that a district does and this system is to hold: a row of docs/mechanisms.md.
package struct Mechanism: Sendable {
    /// A part of the program that is still to come, for which a mechanism waits.
    package enum Feature: String, Sendable, CaseIterable {
        case casework, membership, evaluation, participation, rights, documents, procedures
    }

    /// Such as P2-5: the part of the half-year report and the row in it.
    package let id: String
    package let name: Wording
    package let waits: Feature?
    package let file: String
    package let line: Int

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        name = Wording(zh: mapping.requiredText("zh"), en: mapping.requiredText("en"))
        waits =
            mapping.has("waits")
            ? mapping.choice("waits", Feature.self, default: .procedures) : nil
        mapping.close()
    }
}

extension Catalogue {
    /// What serves a mechanism: the kinds it is recorded in, the indicators it is counted by, and
    /// the checklists that spell it out; each by its id, in order.
    package struct Service: Sendable {
        package let mechanism: Mechanism
        package let kinds: [String]
        package let indicators: [String]
        package let checklists: [String]

        package var isServed: Bool { !indicators.isEmpty }

        /// One line for a terminal, such as `P2-5 served premises.share_1000 premises`.
        package var line: String {
            if let feature = mechanism.waits {
                return "\(mechanism.id) waiting \(feature.rawValue)"
            }
            return ([mechanism.id, "served"] + indicators + kinds + checklists)
                .joined(separator: " ")
        }

        /// The same as a row of docs/mechanisms.md.
        package var tableRow: String {
            let served = (indicators + kinds + checklists).map { "`\($0)`" }
                .joined(separator: " ")
            let state = mechanism.waits.map { "waits for \($0.rawValue)" } ?? served
            return "| \(mechanism.id) | \(mechanism.name.zh) | \(mechanism.name.en) | \(state) |"
        }
    }

    /// Every mechanism in the order of the files, with what serves it.
    package var services: [Service] {
        mechanisms.map { mechanism in
            func serving(_ parts: [(id: String, serves: [String])]) -> [String] {
                parts.filter { $0.serves.contains(mechanism.id) }.map(\.id).sorted()
            }
            return Service(
                mechanism: mechanism, kinds: serving(kinds.values.map { ($0.id, $0.serves) }),
                indicators: serving(indicators.values.map { ($0.id, $0.serves) }),
                checklists: serving(checklists.values.map { ($0.id, $0.serves) }))
        }
    }

    /// What something says it serves, and where it says so.
    typealias Served = (serves: [String], file: String, line: Int)

    /// What one folder gives names mechanisms of this folder or of one before it. The program's own
    /// folder names those of districts that have them, and a district lists only its own.
    func checkServed(_ served: [Served], _ faults: FaultList) {
        guard !mechanisms.isEmpty else { return }
        let known = Set(mechanisms.map(\.id))
        for part in served {
            for id in part.serves where !known.contains(id) {
                faults.add(part.file, part.line, "“serves” names the unknown mechanism “\(id)”")
            }
        }
    }

    /// Each mechanism of the list is served, or says what it waits for, and never both.
    func checkMechanisms(_ faults: FaultList) {
        for service in services {
            let mechanism = service.mechanism
            if service.isServed, mechanism.waits != nil {
                faults.add(
                    mechanism.file, mechanism.line,
                    "“\(mechanism.id)” waits, and yet an indicator serves it")
            } else if !service.isServed, mechanism.waits == nil {
                faults.add(
                    mechanism.file, mechanism.line,
                    "“\(mechanism.id)” is served by no indicator: say what it “waits” for")
            }
        }
    }
}
