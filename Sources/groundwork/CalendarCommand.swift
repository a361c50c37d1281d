import Administration
import App
import ArgumentParser
import Catalogue
import Core
import Foundation
import Ledger

/// groundwork calendar: the public holidays by which working days are counted.
struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "The public holidays by which working days are counted.",
        subcommands: [CalendarListCommand.self, CalendarLoadCommand.self])
}

struct CalendarListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the years that are loaded.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let calendar = district.catalogue.calendar
        for year in calendar.years.sorted() {
            let days = calendar.calendar(of: year)?.days ?? []
            let off = days.count { $0.mark == .holiday }
            Terminal.say(
                zh: "\(year)年：放假\(off)天，调休上班\(days.count - off)天。",
                en: "\(year): \(off) days off, \(days.count - off) weekend days worked.")
        }
    }
}

struct CalendarLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Take in a file of public holidays.",
        discussion: """
            A table (CSV, XLSX, ODS with the columns day, kind and name), a calendar file (ICS) or \
            a file of the catalogue (YAML). It is written into the district's folder of catalogue \
            and in force when the program starts next.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The file.", completion: .file())
    var file: String

    func run() async throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Refusal.invalid(
                "file", zh: "无法打开文件 \(file)。", en: "The file \(file) cannot be opened.")
        }
        let district = try await options.open()
        defer { district.database.close() }
        let loaded = try await district.loadCalendars(
            Array(data), named: (file as NSString).lastPathComponent, by: .command())
        for one in loaded {
            guard let number = one.number else {
                Terminal.say(
                    zh: "\(one.year)年：与现有安排完全相同。", en: "\(one.year): just as it is already.")
                continue
            }
            Terminal.say(
                zh: "\(one.year)年：已载入第\(number)版，\(one.changes.count)天有变化，下次启动程序时生效。",
                en: "\(one.year): version \(number) is loaded; \(one.changes.count) days change "
                    + "when the program starts next.")
        }
    }
}
