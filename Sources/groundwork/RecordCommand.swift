import Accounts
import App
import ArgumentParser
import Catalogue
import Core
import Foundation
import Ledger
import Organization

/// groundwork record: one record at a time.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Write, reverse or show one record.",
        subcommands: [
            RecordAddCommand.self, RecordReverseCommand.self, RecordShowCommand.self,
        ])
}

struct RecordAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Write one record.",
        discussion: """
            Values are given as HEADING=VALUE, with the headings a file of that kind has: \
            groundwork record add honor 日期=2015-06-30 单位=410102005 …
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The kind.")
    var kind: String

    @Argument(help: "HEADING=VALUE, as many as needed.")
    var values: [String]

    @Option(help: "A file that shows it: kept, and served only with the record.")
    var evidence: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        guard let kind = district.catalogue.kinds[kind] else {
            throw Refusal.invalid(
                "事项", zh: "没有名为“\(kind)”的填报事项。", en: "There is no kind “\(kind)”.")
        }
        let read = try kind.values(values)
        let files = try evidence.map { try EvidenceFile(path: $0) }
        let id = try await district.post(
            read, kind: kind, evidence: files, in: options.folder.evidence, by: .command())
        if json { try printJSON(["id": id.text]) } else { print(id) }
    }
}

extension Kind {
    /// Reads `HEADING=VALUE` arguments; a fault beside each that cannot be read.
    func values(_ arguments: [String]) throws(Refusal) -> [Heading: String] {
        var values: [Heading: String] = [:]
        var faults: [Fault] = []
        for argument in arguments {
            let parts = argument.split(maxSplits: 1) { "=＝".contains($0) }.map(String.init)
            guard parts.count == 2, let heading = heading(parts[0]) else {
                faults.append(
                    Fault(
                        argument, zh: "请写成 标题=内容，且标题属于“\(name.zh)”。",
                        en: "Write HEADING=VALUE with a heading of “\(name.en)”."))
                continue
            }
            values[heading] = parts[1].trimmed
        }
        guard faults.isEmpty else { throw .invalid(faults) }
        return values
    }
}

struct RecordReverseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse", abstract: "Reverse a record: it counts no longer.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The record's id.")
    var id: String

    @Option(help: "Why.")
    var reason: String

    func run() async throws {
        guard let id = Record.ID(id) else { throw Refusal.notFound }
        let district = try await options.open()
        defer { district.database.close() }
        print(try await district.reverse(id, because: reason, by: .command()))
    }
}

struct RecordShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a record and its history.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The record's id.")
    var id: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        guard let id = Record.ID(id) else { throw Refusal.notFound }
        let district = try await options.open()
        defer { district.database.close() }
        let shown = try await district.database.read { db in
            let store = RecordStore(db: db)
            guard let record = try store.find(id, in: .everything) else { throw Refusal.notFound }
            return ShownRecord(
                record, try district.structure(db), district.catalogue.kinds[record.kind],
                counts: try store.counts(id), history: try store.history(id),
                evidence: try EvidenceStore(db: db).list(id))
        }
        if json { try printJSON(shown) } else { shown.say() }
    }
}

/// A record as the terminal and scripts show it. Persons and private values stay out.
private struct ShownRecord: Encodable {
    let id: String
    let kind: String
    let position: Int
    let unit: String
    let unitName: String
    let happenedOn: String
    let minute: String?
    let lastDay: String?
    let fields: [String: String]
    let measures: [String: Int]
    let ref: String?
    let reason: String?
    let counts: Bool
    let recordedAt: String
    let recordedBy: String
    let history: [String]
    let evidence: [String]

    init(
        _ record: Record, _ structure: Structure, _ kind: Kind?, counts: Bool, history: [Record],
        evidence: [Evidence]
    ) {
        let unit = structure.nearestVersion(record.unit, on: record.happenedOn)
        id = record.id.text
        self.kind = record.kind
        position = record.position
        self.unit = unit?.code ?? ""
        unitName = unit?.name ?? ""
        happenedOn = "\(record.happenedOn)"
        minute = record.minute?.description
        lastDay = record.untilOn.map { "\($0 - 1)" }
        fields = record.fields
        var measures: [String: Int] = [:]
        for (measure, value) in zip(kind?.measures ?? [], record.measures) {
            measures[measure.id] = value
        }
        self.measures = measures
        ref = record.ref
        reason = record.reason
        self.counts = counts
        recordedAt = record.recordedAt.text
        recordedBy = record.recordedBy
        self.history = history.filter { $0.id != record.id }.map { other in
            let what = other.reverses == record.id ? "reversed" : "ended"
            return "\(what) \(other.happenedOn) by \(other.id) \(other.reason ?? "")"
        }
        self.evidence = evidence.map { "\($0.id) \($0.mediaType) \($0.size) \($0.digest)" }
    }

    func say() {
        let time = minute.map { " " + $0 } ?? ""
        print("\(kind) #\(position)  \(happenedOn)\(time)\(lastDay.map { " – \($0)" } ?? "")")
        print("\(unitName) \(unit)")
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) { print("  \(key): \(value)") }
        for (key, value) in measures.sorted(by: { $0.key < $1.key }) {
            print("  \(key): \(value)")
        }
        print(counts ? "counts" : "does not count")
        for line in history { print("  " + line) }
        for line in evidence { print("  evidence " + line) }
        print("recorded \(recordedAt) by \(recordedBy)")
    }
}
