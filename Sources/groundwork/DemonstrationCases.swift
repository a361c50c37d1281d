import Cases
import Catalogue
import Core
import Ledger
import Organization
import Requests

/// The cases of a demonstration that are under way: dated from the day it is made, so that some
/// have just begun, some are late, and some are over.
///
/// ```yaml
/// cases:
///   - procedure: admission
///     unit: GB-01
///     case: {applicant: P-1}
///     steps:
///       - {apply: -30, of_age: 是}     # thirty days before today
/// ```
///
/// With `asked` it is a request, filed through its own door before the steps: the service, what was
/// answered, the words and the minute.
struct DemonstrationCases {
    private let district: District
    private let requests: Requests
    private let today: Day

    init(_ district: District) throws {
        self.district = district
        requests = try Requests(district)
        today = district.now().day
    }

    /// Opens the cases of a file, each in one commit; none where the district has some already.
    ///
    /// What is refused is told at the terminal, and the others are opened.
    ///
    /// - Throws: `BrokenCatalogue` for a file that is not understood.
    func open(from path: String) async throws -> Int {
        let faults = FaultList()
        let said =
            document(path, faults)
            .flatMap { Mapping($0, file: "cases.yaml", faults: faults) }?
            .items("cases").map(Said.init) ?? []
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
        let some = try await district.database.read { db in
            try CaseStore(db).list(CaseFilter(in: .everything), limit: 1)
        }
        guard some.isEmpty else { return 0 }
        var opened = 0
        for (place, one) in said.enumerated() {
            do {
                try await open(one)
                opened += 1
            } catch let refusal as Refusal {
                // A procedure may ask for more than the file says of a case: the others open.
                let why = refusal.text(Terminal.language)
                Terminal.say(
                    zh: "第\(place + 1)件演示事项（\(one.procedure)）没有开办：\(why)",
                    en: "Case \(place + 1) (\(one.procedure)) was not opened: \(why)")
            }
        }
        return opened
    }

    private func open(_ said: Said) async throws {
        if let asked = said.asked { return try await open(said, asked) }
        let catalogue = district.catalogue
        guard let first = said.steps.first,
            let procedure = catalogue.procedure(said.procedure, openedOn: day(first.day)),
            let kind = catalogue.kinds[procedure.subject.kind]
        else { throw unknown(said.procedure) }
        let structure = try await district.structure()
        guard let unit = structure.unit(naming: said.unit, on: day(first.day)) else {
            throw unknown(said.unit)
        }
        let values = try kind.values(said.values)
        let opening = try entry(first, procedure)
        let later = try said.steps.dropFirst().map { ($0, try entry($0, procedure)) }
        try await district.database.write { [district] db in
            let actor = CaseActor.machine(.command())
            let id = try district.openCase(
                said.procedure, values: values, opening: opening, at: unit.unit,
                accepting: first.reasons, by: actor, db: db)
            for (step, values) in later {
                let shown = try district.reading(of: id.text, db).row.seq
                try district.takeStep(
                    step.id, in: id, shown: shown, values: values, accepting: step.reasons,
                    by: actor, db: db)
            }
        }
    }

    /// Files a request, and takes its steps.
    private func open(_ said: Said, _ asked: Said.Asked) async throws {
        let catalogue = district.catalogue
        let structure = try await district.structure()
        let day = day(asked.day)
        guard let procedure = catalogue.procedure(said.procedure, openedOn: day) else {
            throw unknown(said.procedure)
        }
        guard let unit = structure.unit(naming: said.unit, on: day) else {
            throw unknown(said.unit)
        }
        var filing = Filing(service: asked.service, place: unit.unit, words: asked.words)
        filing.answers = asked.answers
        filing.contact = asked.contact
        filing.askedAt = Moment(
            milliseconds: day.start.milliseconds + Int64(asked.minute) * 60_000)
        let (ready, steps) = (filing, try said.steps.map { ($0, try entry($0, procedure)) })
        try await district.database.write { [district, requests] db in
            let filed = try requests.file(
                ready, by: .requester, form: "demonstration \(asked.words) \(said.unit)", db: db)
            for (step, values) in steps {
                let shown = try district.reading(of: filed.number, db).row.seq
                try district.takeStep(
                    step.id, in: filed.id, shown: shown, values: values,
                    accepting: step.reasons, by: .machine(.command()), db: db)
            }
        }
    }

    /// The values of a step, with its day and with every other day counted from today.
    private func entry(
        _ step: Said.Step, _ procedure: Procedure
    ) throws -> [Heading: String] {
        guard let kind = procedure.step(step.id).flatMap({ district.catalogue.kinds[$0.kind] })
        else { throw unknown(step.id) }
        var values = try kind.values(step.values)
        values[.day] = "\(day(step.day))"
        for field in kind.fields where field.form == .day {
            values[.field(field.id)] = values[.field(field.id)].map { "\(day($0))" }
        }
        values[.lastDay] = step.until.map { "\(day($0))" }
        return values
    }

    /// A day as it is written, or so many days from today.
    private func day(_ text: String) -> Day {
        Day(text) ?? today + (Int(text) ?? 0)
    }

    private func unknown(_ name: String) -> Refusal {
        .invalid(
            name, zh: "演示事项中的“\(name)”没有找到。",
            en: "“\(name)” of the demonstration's cases was not found.")
    }
}

/// A case as the file says it.
private struct Said: Sendable {
    struct Step: Sendable {
        let id: String
        let day: String
        let until: String?
        let values: [String]
        let reasons: [String: String]
    }

    /// What a request says before it is a case.
    struct Asked: Sendable {
        let service: String
        let day: String
        let minute: Int
        let words: String
        let contact: String?
        let answers: [String: String]
    }

    let procedure: String
    let unit: String
    let values: [String]
    let asked: Asked?
    let steps: [Step]

    init(_ mapping: Mapping) {
        procedure = mapping.requiredText("procedure")
        unit = mapping.requiredText("unit")
        let given = mapping.mapping("case")
        values = given?.keys.map { "\($0)=\(given?.text($0) ?? "")" } ?? []
        asked = mapping.mapping("asked").map(Asked.init)
        steps = mapping.items("steps").compactMap(Step.init)
        mapping.close()
    }
}

extension Said.Step {
    /// The first key is the step, with its day.
    fileprivate init?(_ mapping: Mapping) {
        guard let id = mapping.keys.first else { return nil }
        self.id = id
        day = mapping.requiredText(id)
        until = mapping.text("until")
        let why = mapping.mapping("because")
        reasons = Dictionary(
            uniqueKeysWithValues: why?.keys.map { ($0, why?.text($0) ?? "") } ?? [])
        values = mapping.keys.dropFirst().filter { $0 != "until" && $0 != "because" }
            .map { "\($0)=\(mapping.text($0) ?? "")" }
        mapping.close()
    }
}

extension Said.Asked {
    fileprivate init(_ mapping: Mapping) {
        service = mapping.requiredText("service")
        day = mapping.requiredText("day")
        let parts = mapping.requiredText("minute").split(separator: ":").compactMap { Int($0) }
        minute = parts.count == 2 ? parts[0] * 60 + parts[1] : 0
        words = mapping.requiredText("words")
        contact = mapping.text("contact")
        let given = mapping.mapping("answers")
        answers = Dictionary(
            uniqueKeysWithValues: Set(given?.keys ?? []).map { ($0, given?.text($0) ?? "") })
        given?.close()
        mapping.close()
    }
}
