import App
import ArgumentParser
import Core
import Figures
import Foundation
import Ledger
import Organization
import Papers
import Reports

/// The files of which the numbers are read out of sentences.
enum TextForm: String {
    case docx, txt

    /// Nil for a file of another kind, by its name.
    init?(_ path: String) {
        self.init(rawValue: URL(fileURLWithPath: path).pathExtension.lowercased())
    }
}

extension FiguresCheckCommand {
    /// Holds each number of a text against the ledger. Whoever stands at the machine is told
    /// everything.
    func checkText(_ form: TextForm) async throws {
        let text = try await Self.text(of: file, form)
        let reports = try await options.openReports()
        let district = reports.figures.district
        defer { district.database.close() }
        let (unit, period) = (unit, period)
        let result = try await district.database.read { db in
            let reading = try reports.figures.reading(db)
            let asked = try AskedCheck(unit: unit, period: period, reading)
            return try reports.check(
                text, unit: asked.unit, period: asked.period, reading, Terminal.language
            ) { _ in true }
        }
        let lines = result.lines.map(CheckedNumber.init)
        if json { try printJSON(lines) } else { for line in lines { print(line.text) } }
        let differ = lines.filter { $0.verdict == TextFigures.Verdict.differs.rawValue }.count
        Terminal.say(
            zh: "\(lines.count)处数字，\(differ)处不符。",
            en: "\(lines.count) numbers, \(differ) of them differ.")
        if differ > 0 { throw ExitCode(1) }
    }

    private static func text(of path: String, _ form: TextForm) async throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Refusal.invalid(
                path, zh: "文件无法读取：\(path)。", en: "The file cannot be read: \(path).")
        }
        switch form {
        case .txt: return String(decoding: data, as: UTF8.self)
        case .docx:
            let read = try await DocxText(Array(data))
            if read.hasMacros {
                Terminal.say(
                    zh: "文件带有宏，已略过，没有运行。",
                    en: "The file holds macros: they were left out and not run.")
            }
            return read.text
        }
    }
}

/// A number of a text as the terminal and scripts show it.
private struct CheckedNumber: Encodable {
    let number: String
    let verdict: String
    let figure: String?
    let records: String?
    let unit: String?
    let period: String?
    let sentence: String

    init(_ line: TextFigures.Line) {
        number = line.number.text
        verdict = line.verdict.rawValue
        figure = line.question?.indicator
        records = line.says
        unit = line.question == nil ? nil : line.unit?.code
        period = line.question?.period.text
        sentence = line.sentence
    }

    var text: String {
        [number, verdict, figure ?? "", records ?? "", unit ?? "", period ?? "", sentence]
            .joined(separator: "\t")
    }
}
