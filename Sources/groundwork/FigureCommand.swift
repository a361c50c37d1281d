import App
import ArgumentParser
import Catalogue
import Core
import Figures
import Ledger
import Organization

/// groundwork figure: one indicator for one unit and period.
struct FigureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figure", abstract: "Ask for one figure.",
        discussion: """
            A period is written 2015, 2015-H1, 2015-Q1, 2015-06, 2015-W10, 2015-03-01, \
            2015-01-01..2015-03-31, ..2015-06-30 (to date), @2015-06-30 (on a day), before:R1 or \
            after:R1 (around a reorganization).
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The indicator, such as premises.share_1000.")
    var indicator: String

    @Option(help: "The unit's code.")
    var unit: String

    @Option(help: "The period.")
    var period: String

    @Option(help: "then: as it was; now: as organized now.")
    var structure: Question.Standpoint = .then

    @Flag(help: "List the records behind it and show that they add up.")
    var trace = false

    @Flag(help: "Print the statement that lists the records.")
    var sql = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let figures = Figures(district)
        let (indicator, unit, period, structure) = (indicator, unit, period, structure)
        let (showsTrace, showsSQL) = (trace, sql)
        let dialect = district.database.dialect
        let report = try await district.database.read { db in
            let reading = try figures.reading(db)
            let question = try reading.question(
                indicator, unit: unit, period: period, structure: structure)
            let answer = try reading.answer(question)
            return FigureReport(
                question, answer, try reading.reckoner.indicator(indicator),
                unit: reading.structure.nearestVersion(question.unit, on: question.mapDay),
                trace: showsTrace ? try reading.reckoner.trace(question, answer: answer) : nil,
                sql: showsSQL ? try reading.reckoner.statement(question, for: dialect) : nil)
        }
        if json { try printJSON(report) } else { report.say() }
        if report.addsUp == false { throw ExitCode(1) }
    }
}

extension Question.Standpoint: ExpressibleByArgument {}

/// A figure as the terminal and scripts show it.
private struct FigureReport: Encodable {
    let indicator: String
    let name: String
    let unit: String
    let unitName: String
    let period: String
    let structure: String
    let position: Int
    let state: String
    let value: Int?
    let numerator: Int?
    let denominator: Int?
    let countingUnit: String
    let phrase: String
    let addsUp: Bool?
    let parts: [Part]?
    let sql: String?

    struct Part: Encodable {
        let indicator: String
        let count: Int
        let hash: String
        let lines: [Line]
    }

    struct Line: Encodable {
        let id: String
        let day: String
        let amount: Int?
    }

    init(
        _ question: Question, _ answer: Answer, _ indicator: Indicator, unit: UnitVersion?,
        trace: Trace?, sql: String?
    ) {
        self.indicator = indicator.id
        name = indicator.name[Terminal.language]
        self.unit = unit?.code ?? ""
        unitName = unit?.name ?? ""
        period = question.period.text
        structure = question.structure.rawValue
        position = question.position
        state = answer.state.rawValue
        value = answer.hasValue ? answer.rounded(indicator) : nil
        numerator = answer.hasValue ? answer.numerator : nil
        denominator = answer.hasValue ? answer.denominator : nil
        countingUnit = indicator.unit
        phrase = Phrase(answer, indicator, Terminal.language).text
        addsUp = trace?.addsUp
        parts = trace?.parts.map { part in
            Part(
                indicator: part.indicator, count: part.count, hash: part.hash,
                lines: part.lines.map { Line(id: $0.id, day: "\($0.day)", amount: $0.amount) })
        }
        self.sql = sql
    }

    func say() {
        print("\(name)  \(unitName) \(unit)  \(period)  \(structure)  #\(position)")
        print(phrase)
        if let value, let numerator, let denominator, denominator != 1 {
            print("= \(numerator)/\(denominator) → \(value) \(countingUnit)")
        }
        for part in parts ?? [] {
            print("\(part.indicator): \(part.count) records, \(part.hash)")
            for line in part.lines {
                print("  \(line.day)  \(line.id)  \(line.amount.map(String.init) ?? "")")
            }
        }
        if let addsUp {
            Terminal.say(
                zh: addsUp ? "清单与数字核对一致。" : "清单与数字不一致。",
                en: addsUp ? "The list adds up to the figure." : "The list does NOT add up!")
        }
        if let sql { print(sql) }
    }
}

/// groundwork figures: many figures at once.
struct FiguresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "Check many figures at once.",
        subcommands: [FiguresCheckCommand.self])
}

struct FiguresCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compare a file of printed figures, or the numbers of a text, with the ledger.",
        discussion: """
            A .docx or .txt is read sentence by sentence: each number is matched with a figure \
            where its words tell which, for --unit and --period. A .csv lists figures.

            The file has the columns id, indicator, unit, period, value, qualifier, step, \
            counting_unit, phrase, numerator, denominator, and may have structure (then or now) \
            and state (why no value is expected: no_data, not_comparable …); others are for \
            people. An empty qualifier is exact. What cannot be read differs.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The CSV of expected figures, or a DOCX or TXT.", completion: .file())
    var file: String

    @Option(help: "Of whom a text speaks, by code or name; the whole district, unless given.")
    var unit: String?

    @Option(help: "Of which period a text speaks; this year, unless given.")
    var period: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        if let form = TextForm(file) { return try await checkText(form) }
        let table = try ImportTable(path: file)
        let district = try await options.open()
        defer { district.database.close() }
        let check = try await Figures(district).check(table)
        if json {
            try printJSON(check.rows.map(CheckedRow.init))
        } else {
            for row in check.rows {
                let language = Terminal.language
                let reasons = row.mismatches.map { $0[language] }
                let verdict =
                    row.matched
                    ? Wording(zh: "核对一致", en: "ok")
                    : Wording(
                        zh: "不符：" + reasons.joined(separator: "；"),
                        en: "DIFFERS: " + reasons.joined(separator: ", "))
                print(
                    [
                        row.id, row.indicator, row.expected, row.computed, row.phrase[language],
                        verdict[language],
                    ].joined(separator: "\t"))
            }
        }
        print("\(check.matched) matched, \(check.rows.count - check.matched) differ")
        if check.matched != check.rows.count { throw ExitCode(1) }
    }
}

private struct CheckedRow: Encodable {
    let id: String
    let indicator: String
    let expected: String
    let computed: String
    let phrase: String
    let matched: Bool
    let mismatches: [String]

    init(_ row: FigureCheck.Row) {
        (id, indicator, expected) = (row.id, row.indicator, row.expected)
        (computed, phrase, matched) = (row.computed, row.phrase[Terminal.language], row.matched)
        mismatches = row.mismatches.map { $0[Terminal.language] }
    }
}
