import App
import ArgumentParser
import Cases
import Catalogue
import Core
import Foundation
import Ledger
import Organization

/// groundwork case: work that moves in steps.
struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "List, show and open cases, and take their steps.",
        subcommands: [
            CaseListCommand.self, CaseShowCommand.self, CaseOpenCommand.self, CaseStepCommand.self,
        ])
}

struct CaseListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List cases, open ones in the order they were opened.")

    @OptionGroup var options: DataOptions

    @Option(help: "Only those of a procedure.")
    var procedure: String?

    @Option(help: "Only those a unit answers for, by its code.")
    var unit: String?

    @Flag(help: "Only what is late, the longest first.")
    var late = false

    @Flag(help: "Closed ones, the newest first.")
    var closed = false

    @Option(help: "At most so many.")
    var limit = 50

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let now = district.now()
        let limit = min(max(1, limit), 500)
        let shown = try await district.database.read { [self] db in
            let structure = try district.structure(db)
            var filter = CaseFilter(in: .everything)
            filter.procedure = procedure
            filter.standing = closed ? .closed : .open
            if late { filter.lateAt = now }
            if let unit {
                guard let found = structure.unit(naming: unit, on: now.day) else {
                    throw Refusal.invalid(
                        "unit", zh: "没有单位“\(unit)”。", en: "There is no unit “\(unit)”.")
                }
                filter.units = [found.unit]
            }
            return try CaseStore(db).list(filter, limit: limit).map {
                ShownLine($0, structure, on: now.day)
            }
        }
        if json { return try printJSON(shown) }
        for line in shown { print(line.text) }
    }
}

struct CaseShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a case: its records, what it owes, and how it ended.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The case's number or id.")
    var id: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let shown = try await district.database.read { [id] db in
            ShownCase(try district.reading(of: id, db), district.catalogue)
        }
        if json { try printJSON(shown) } else { shown.say() }
    }
}

struct CaseOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open a case with its first step.",
        discussion: """
            Values are given as HEADING=VALUE: those of the case first, those of its opening step \
            behind --step: groundwork case open PROCEDURE --unit CODE 申请人=P-1 --step 日期=2026-07-01
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The procedure.")
    var procedure: String

    @Option(help: "The code of the unit in which it is opened.")
    var unit: String

    @Argument(help: "HEADING=VALUE of the case.")
    var values: [String] = []

    @Option(help: "HEADING=VALUE of the opening step; as often as needed.")
    var step: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let today = district.now().day
        let catalogue = district.catalogue
        guard let found = catalogue.procedure(procedure, openedOn: today),
            let kind = catalogue.kinds[found.subject.kind],
            let first = found.opening.flatMap({ catalogue.kinds[$0.kind] })
        else {
            throw Refusal.invalid(
                procedure, zh: "没有名为“\(procedure)”的流程。",
                en: "There is no procedure “\(procedure)”.")
        }
        let (said, opening) = (try kind.values(values), try first.values(step))
        let structure = try await district.structure()
        guard let unit = structure.unit(naming: unit, on: today) else {
            throw Refusal.invalid(
                "unit", zh: "没有单位“\(unit)”。", en: "There is no unit “\(unit)”.")
        }
        let id = try await district.openCase(
            procedure, values: said, opening: opening, at: unit.unit, by: .machine(.command()))
        if json { try printJSON(["id": id.text]) } else { print(id) }
    }
}

struct CaseStepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "step", abstract: "Take a step of a case.",
        discussion: """
            Values are given as HEADING=VALUE, with the headings of the step's kind. What is \
            generally not done asks for a reason: --because GUARD=REASON.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The case's number or id.")
    var id: String

    @Argument(help: "The step.")
    var step: String

    @Argument(help: "HEADING=VALUE, as many as needed.")
    var values: [String] = []

    @Option(help: "GUARD=REASON for what is generally not done.")
    var because: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        var reasons: [String: String] = [:]
        for reason in because {
            let parts = reason.split(maxSplits: 1) { "=＝".contains($0) }.map(String.init)
            guard parts.count == 2 else {
                throw Refusal.invalid(reason, zh: "请写成 名称=理由。", en: "Write GUARD=REASON.")
            }
            reasons[parts[0]] = parts[1]
        }
        let record = try await district.database.write { [self, reasons] db in
            let reading = try district.reading(of: id, db)
            guard let found = reading.procedure.step(step),
                let kind = district.catalogue.kinds[found.kind]
            else {
                throw Refusal.invalid(
                    step, zh: "流程里没有“\(step)”这一步。", en: "There is no step “\(step)”.")
            }
            return try district.takeStep(
                step, in: reading.id, shown: reading.row.seq, values: try kind.values(values),
                accepting: reasons, by: .machine(.command()), db: db)
        }
        if json { try printJSON(["id": record.text]) } else { print(record) }
    }
}
