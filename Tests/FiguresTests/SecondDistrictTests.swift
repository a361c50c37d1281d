import Core
import Figures
import Foundation
import Ledger
import TestKit
import Testing

/// The second example district: what holds for the first must hold for one with other codes, other
/// trees, a re-cut in the middle of a month and another year. Its figures are reckoned by a script
/// that shares nothing with the program.
struct SecondDistrictTests {
    private static let folder = TestDistrict.home.examples + "/chenghu"

    @Test(arguments: Engine.available)
    func everyFigureIsWhatTheScriptReckonsAndItsRecordsAddUp(on engine: Engine) async throws {
        try await LoadedExample.chenghu.with(engine) { test in
            let table = try ImportTable(path: Self.folder + "/figures.csv")
            let rows = try await test.figures.check(table).rows
            #expect(rows.count >= 100)
            #expect(
                rows.filter { !$0.matched }.map { "\($0.id): \($0.mismatches.map(\.en))" } == [])
            let asked = table.rows.map { Dictionary(zip(table.headings, $0.values)) { $1 } }
            let figures = test.figures
            let broken = try await test.database.read { db in
                let reading = try figures.reading(db)
                return try asked.compactMap { row -> String? in
                    let question = try reading.question(
                        row["indicator"] ?? "", unit: row["unit"] ?? "",
                        period: row["period"] ?? "",
                        structure: Question.Standpoint(rawValue: row["structure"] ?? "") ?? .then)
                    let answer = try reading.answer(question)
                    guard answer.hasValue else { return nil }
                    let trace = try reading.reckoner.trace(question, answer: answer)
                    return trace.addsUp ? nil : row["id"]
                }
            }
            #expect(broken == [])
            let faults = try await ColumnFaults(test).faultsOfAll(
                ["880201", "J02", "S101"], ["2024-H1", "2024-04"])
            #expect(faults == [])
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    /// The files are what the generator writes and the figures what the script reckons from them.
    @Test func itsFilesAreWhatItsProgramsWrite() throws {
        let files = FileManager.default
        let copy = files.temporaryDirectory.appending(path: "chenghu-\(UUID().uuidString)").path
        try files.copyItem(atPath: Self.folder, toPath: copy)
        defer { try? files.removeItem(atPath: copy) }
        try files.removeItem(atPath: copy + "/data")
        for program in [
            ["\(copy)/generate.py"], ["\(copy)/reckon.py"],
            ["\(Self.folder)/../outlines.py", "chenghu", copy],
        ] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["python3"] + program
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(program)")
        }
        let names = try #require(files.enumerator(atPath: Self.folder + "/data")).compactMap {
            $0 as? String
        }
        for name in names.filter({ $0.contains(".") }).map({ "data/" + $0 }) + ["figures.csv"] {
            #expect(
                files.contentsEqual(
                    atPath: "\(copy)/\(name)", andPath: "\(Self.folder)/\(name)"), "\(name)")
        }
    }
}
