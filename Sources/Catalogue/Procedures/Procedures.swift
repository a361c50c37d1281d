import Core

extension Catalogue {
    /// The text under which a case of a day is opened: the newest that has begun by then.
    package func procedure(_ id: String, openedOn day: Day) -> Procedure? {
        procedures[id]?.last { $0.from <= day }
    }

    /// The kinds whose standing records are cases.
    package var caseKinds: Set<String> { kindsByProcedure.cases }

    /// The kinds of record that steps post.
    package var stepKinds: Set<String> { kindsByProcedure.steps }

    /// Every kind whose records come about by a case's own verbs alone: cases, steps, and what may
    /// be done with any case.
    package var kindsOfCases: Set<String> { kindsByProcedure.all }

    /// Reads the procedures of one folder. A text that begins on the day of an earlier folder's
    /// lies over it.
    mutating func readProcedures(_ folder: CatalogueFolder, _ faults: FaultList) {
        var own: Set<String> = []
        for (id, mapping) in folder.entries("procedures", once: false) {
            let from = mapping.day("from")
            if !own.insert("\(id) \(from?.description ?? "")").inserted {
                mapping.fault("“\(id)” has two texts from \(from?.description ?? "no day")")
            }
            var texts = procedures[id] ?? []
            let place = texts.firstIndex { $0.from == from }
            let text = place.map { texts[$0].written.under(mapping) } ?? ProcedureText(mapping)
            guard let whole = text.mapping(faults) else { continue }
            let read = Procedure(id, text, whole, kinds: kinds)
            if let place {
                texts[place] = read
            } else {
                texts.append(read)
            }
            procedures[id] = texts.sorted { $0.from < $1.from }
        }
        kindsByProcedure = KindsOfCases(self)
    }
}

/// The kinds that cases are made of, told once when the catalogue is read.
struct KindsOfCases: Sendable {
    var cases: Set<String> = []
    var steps: Set<String> = []
    var all: Set<String> = []

    init() {}

    init(_ catalogue: Catalogue) {
        for procedure in catalogue.procedures.values.joined() {
            cases.insert(procedure.subject.kind)
            steps.formUnion(procedure.steps.map(\.kind))
        }
        all = cases.union(steps)
        all.formUnion(catalogue.kinds.values.filter { $0.caseAct != nil }.map(\.id))
    }
}
