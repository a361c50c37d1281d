import Cases
import Catalogue
import Core
import Ledger
import Organization
import Storage

extension District {
    /// A case by its number or its id.
    func reading(of text: String, _ db: Connection) throws -> CaseReading {
        let row = try CaseStore(db).find(number: text, in: .everything)
        guard let id = row?.id ?? Record.ID(text), let reading = try caseReading(id, nil, db) else {
            throw Refusal.notFound
        }
        return reading
    }
}

/// A line of a list as the terminal and scripts show it.
struct ShownLine: Encodable {
    let id: String
    let number: String
    let procedure: String
    let stage: String
    let unit: String
    let owner: String
    let openedOn: String
    let end: String?
    let step: String?
    let due: String?

    init(_ line: CaseLine, _ structure: Structure, on day: Day) {
        func code(_ unit: OrgUnit.ID) -> String {
            structure.nearestVersion(unit, on: day)?.code ?? unit.text
        }
        id = line.row.id.text
        number = line.row.number
        procedure = line.row.procedure
        stage = line.row.stage
        unit = code(line.row.unit)
        owner = code(line.row.owner)
        openedOn = "\(line.row.openedAt.day)"
        end = line.row.end
        step = line.owed?.step
        due = line.owed.flatMap { $0.hasDeadline ? $0.latest.text : nil }
    }

    var text: String {
        [number, procedure, stage, owner, openedOn, end ?? "", step ?? "", due ?? ""]
            .joined(separator: "  ")
    }
}

/// A case as the terminal and scripts show it. Persons and private values stay out.
struct ShownCase: Encodable {
    let id: String
    let number: String
    let procedure: String
    let version: String
    let stage: String
    let end: String?
    let seq: Int
    let records: [Entry]
    let owed: [Owed]
    let permitted: [String]

    struct Entry: Encodable {
        let id: String
        let seq: Int
        let kind: String
        let step: String?
        let day: String
        let outcome: String?
        let late: Int?
        let stands: Bool
    }

    struct Owed: Encodable {
        let step: String
        let round: Int
        let unit: String
        let role: String
        let since: String
        let due: String?
        let paused: String?
    }

    init(_ reading: CaseReading, _ catalogue: Catalogue) {
        let structure = reading.structure
        let day = reading.moment.day
        id = reading.id.text
        number = reading.row.number
        procedure = reading.procedure.id
        version = reading.procedure.version
        stage = reading.row.stage
        end = reading.row.end
        seq = reading.row.seq
        records = reading.records.map { one in
            Entry(
                id: one.id.text, seq: one.seq, kind: one.record.kind, step: one.place.step,
                day: "\(one.record.happenedOn)", outcome: one.record.fields[Kind.outcomeName],
                late: one.place.judged?.late, stands: one.stands)
        }
        owed = reading.obligations.map { one in
            Owed(
                step: one.step, round: one.round,
                unit: structure.nearestVersion(one.holder, on: day)?.code ?? one.holder.text,
                role: one.role, since: one.since.text,
                due: one.hasDeadline ? one.latest.text : nil, paused: one.paused)
        }
        permitted = reading.state.permitted
    }

    func say() {
        print("\(number)  \(procedure) \(version)  \(end ?? stage)")
        for one in records {
            let words = [
                "\(one.seq)", one.day, one.step ?? one.kind, one.outcome ?? "",
                one.late.map { $0 > 0 ? "late by \($0) min" : "" } ?? "",
                one.stands ? "" : "taken back",
            ]
            print("  " + words.filter { !$0.isEmpty }.joined(separator: "  "))
        }
        for one in owed {
            let words = ["owes", one.step, one.unit, one.role, one.due ?? "", one.paused ?? ""]
            print("  " + words.filter { !$0.isEmpty }.joined(separator: "  "))
        }
        if !permitted.isEmpty { print("  may: " + permitted.joined(separator: ", ")) }
    }
}
