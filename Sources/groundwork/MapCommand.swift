import Accounts
import ArgumentParser
import Core
import Foundation
import Ledger
import Organization

/// groundwork map: the boundaries of units, for maps.
struct MapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Take in the boundaries of units.",
        subcommands: [MapLoadCommand.self])
}

struct MapLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Take in a file of boundaries (GeoJSON).",
        discussion: """
            Each feature is an area of a unit, named by its code or its name in one property. \
            Places are converted once to WGS-84. A file is taken as a whole or not at all; loaded \
            again for the same day, it takes the place of what was there.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(help: "The property that has the code or the name of the unit.")
    var property = "code"

    @Option(help: "What the places are measured from: wgs84, gcj02 or bd09.")
    var datum: String

    @Option(help: "The first day of these boundaries; today unless given.")
    var from: String?

    func run() async throws {
        guard let datum = Datum(rawValue: datum.lowercased()) else {
            throw Refusal.invalid(
                "--datum", zh: "坐标系只能是 wgs84、gcj02 或 bd09。",
                en: "The datum can only be wgs84, gcj02 or bd09.")
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Refusal.invalid(
                "file", zh: "无法打开文件 \(file)。", en: "The file \(file) cannot be opened.")
        }
        let district = try await options.open()
        defer { district.database.close() }
        let day = try from.map(Terminal.day) ?? district.now().day
        let count = try await district.loadOutlines(
            Array(data), property: property, datum: datum, from: day, by: .command())
        Terminal.say(
            zh: "已载入\(count)个单位的边界，自\(day)起。",
            en: "Loaded the boundaries of \(count) units, from \(day) on.")
    }
}
