import Foundation
import TestKit
import Testing

/// The program as a person runs it.
struct CommandTests {
    /// The program lies beside the test runner.
    private static let program: String = {
        let runner = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let beside = runner.appending(path: "groundwork").path
        return FileManager.default.isExecutableFile(atPath: beside)
            ? beside : TestDistrict.home.folder + "/.build/release/groundwork"
    }()

    private struct Outcome {
        let status: Int32
        let output: String
        let complaint: String
    }

    /// Runs the program in a folder of its own, with SQLite and in English.
    private func run(_ arguments: [String], language: String = "C") throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: TestDistrict.home.folder)
        var environment = ProcessInfo.processInfo.environment
        environment["DATABASE_URL"] = nil
        environment["LC_ALL"] = language
        process.environment = environment
        let output = Pipe()
        let complaint = Pipe()
        process.standardOutput = output
        process.standardError = complaint
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let words = complaint.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            complaint: String(decoding: words, as: UTF8.self))
    }

    /// A folder that is removed behind the body.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test
    func theCheckNamesWhatOverridesAndWhatIsToBeVerified() throws {
        try withFolder { folder in
            let rules = folder + "/catalogue/rules"
            try FileManager.default.createDirectory(
                atPath: rules, withIntermediateDirectories: true)
            let rule = """
                life_circle.minutes:
                  name: {zh: 便民生活圈步行时间, en: Walking time of the life circle}
                  value: 10
                  unit: minute
                  from: 2015-06-01
                  until: 2015-07-01
                  source: {zh: 本区六月安排。, en: The plan for June.}
                  verify: [source]

                """
            try write(rule, to: rules + "/own.yaml")
            let fine = try run(["catalogue", "check", "--data", folder])
            #expect(fine.status == 0, "\(fine.complaint)")
            for sentence in [
                "rules/own.yaml:2: “life_circle.minutes” is 10 minutes from 2015-06-01 to "
                    + "2015-06-30, "
                    + "in place of 15 minutes in rules/service.yaml:3.",
                "rules/own.yaml:2: “life_circle.minutes” is to be verified: source.",
                "rules are to be verified against the official text.",
            ] {
                #expect(fine.complaint.contains(sentence), "\(fine.complaint)")
            }
            try write(rule, to: rules + "/more.yaml")
            let twice = try run(["catalogue", "check", "--data", folder])
            #expect(twice.status != 0)
            #expect(twice.complaint.contains("“life_circle.minutes” has two values on 2015-06-01"))
        }
    }

    @Test
    func aFolderThatWasNeverSetUpIsRefusedWithTheCommandThatHelps() throws {
        try withFolder { folder in
            let outcome = try run(["verify", "--data", folder])
            #expect(outcome.status == 2)
            #expect(outcome.complaint.contains("groundwork init --data"))
        }
    }

    @Test
    func initMakesAKeyThatOnlyItsOwnerReadsAndRefusesToReplaceIt() throws {
        try withFolder { folder in
            #expect(try run(["init", "--data", folder]).status == 0)
            let attributes = try FileManager.default.attributesOfItem(
                atPath: folder + "/audit.key")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            #expect(try run(["init", "--data", folder]).status == 2)
            #expect(try run(["verify", "--data", folder]).status == 0)
        }
    }

    @Test
    func anUnknownOptionIsAMatterOfUsage() throws {
        #expect(try run(["figure", "--nonsense"]).status == 64)
        #expect(try run(["--help"]).output.contains("figures"))
    }

    @Test
    func aFileWithFaultsIsRefusedRowByRowInTheReadersLanguage() throws {
        try withFolder { folder in
            #expect(try run(["init", "--data", folder]).status == 0)
            let units = folder + "/units.csv"
            try write(TestDistrict.smallDistrict, to: units)
            #expect(
                try run(["import", units, "--kind", "units", "--data", folder]).status == 0)
            let honors = folder + "/honors.csv"
            try write(
                """
                日期,单位,级别,称号,授予单位
                2015-02-30,410102001,市级,甲,乙
                2015-03-01,999,市级,甲,乙
                """, to: honors)
            let command = ["import", honors, "--kind", "honor", "--data", folder]
            let english = try run(command)
            #expect(english.status == 2)
            #expect(english.complaint.contains("Row 2, column A"))
            #expect(english.complaint.contains("Row 3, column B"))
            let chinese = try run(command, language: "zh_CN.UTF-8")
            #expect(chinese.complaint.contains("第2行"))
            let figure = try run([
                "figure", "honor.count", "--unit", "410102", "--period", "2015", "--data", folder,
            ])
            #expect(figure.output.contains("no data"))
        }
    }

    @Test
    func aRecordIsAddedShownAndReversed() throws {
        try withFolder { folder in
            #expect(try run(["init", "--data", folder]).status == 0)
            let units = folder + "/units.csv"
            try write(TestDistrict.smallDistrict, to: units)
            _ = try run(["import", units, "--kind", "units", "--data", folder])
            let added = try run([
                "record", "add", "--data", folder, "honor", "日期=2015-03-01", "单位=410102001",
                "级别=市级", "称号=文明街道", "授予单位=市文明办",
            ])
            #expect(added.status == 0)
            let id = added.output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(
                try run(["record", "show", id, "--data", folder]).output.contains("counts"))
            let twice = try run([
                "record", "add", "--data", folder, "honor", "日期=2015-03-01", "单位=410102001",
                "级别=市级", "称号=文明街道", "授予单位=市文明办",
            ])
            #expect(twice.status == 2)
            #expect(
                try run(["record", "reverse", id, "--reason", "重复", "--data", folder]).status
                    == 0)
            let shown = try run(["record", "show", id, "--data", folder])
            #expect(shown.output.contains("does not count"))
            #expect(try run(["verify", "--data", folder]).status == 0)
        }
    }

    /// What a district does without and has records of all the same is said, with their number.
    @Test
    func theCheckCountsTheRecordsOfAKindThatIsDoneWithout() throws {
        try withFolder { folder in
            #expect(try run(["init", "--data", folder]).status == 0)
            let (units, honors) = (folder + "/units.csv", folder + "/honors.csv")
            try write(TestDistrict.smallDistrict, to: units)
            _ = try run(["import", units, "--kind", "units", "--data", folder])
            try write(
                "日期,单位,级别,称号,授予单位\n2015-03-01,410102001,市级,甲,乙\n"
                    + "2015-03-02,410102001,市级,丙,乙\n", to: honors)
            #expect(
                try run(["import", honors, "--kind", "honor", "--data", folder]).status == 0)
            let check = ["catalogue", "check", "--data", folder]
            #expect(try !run(check).complaint.contains("does without"))
            try FileManager.default.createDirectory(
                atPath: folder + "/catalogue", withIntermediateDirectories: true)
            try write("kinds: [honor, study_session]\n", to: folder + "/catalogue/without.yaml")
            let said = try run(check)
            #expect(said.status == 0, "\(said.complaint)")
            #expect(
                said.complaint.contains(
                    "without.yaml does without the kind “honor”, of which the ledger has 2 records")
            )
            #expect(!said.complaint.contains("“study_session”, of which"))
        }
    }

    @Test
    func figuresCheckEndsInTheCountAndFailsWhenAnyDiffers() throws {
        try withFolder { folder in
            #expect(try run(["init", "--data", folder]).status == 0)
            let units = folder + "/units.csv"
            try write(TestDistrict.smallDistrict, to: units)
            _ = try run(["import", units, "--kind", "units", "--data", folder])
            let file = folder + "/figures.csv"
            let head =
                "id,indicator,unit,period,value,qualifier,step,counting_unit,phrase,"
                + "numerator,denominator\n"
            try write(head + "A,unit.communities,410102,@2015-06-30,2,exact,,个,2个,,\n", to: file)
            let right = try run(["figures", "check", file, "--data", folder])
            #expect(right.status == 0)
            #expect(right.output.hasSuffix("1 matched, 0 differ\n"))
            try write(head + "A,unit.communities,410102,@2015-06-30,3,exact,,个,3个,,\n", to: file)
            let wrong = try run(["figures", "check", file, "--data", folder])
            #expect(wrong.status == 1)
            #expect(wrong.output.hasSuffix("0 matched, 1 differ\n"))
        }
    }

    @Test
    func anImportThatIsKilledLeavesNothingAndCanBeRepeated() throws {
        try withFolder { folder in
            #expect(try run(["init", "--data", folder]).status == 0)
            let units = folder + "/units.csv"
            try write(TestDistrict.smallDistrict, to: units)
            _ = try run(["import", units, "--kind", "units", "--data", folder])
            let honors = folder + "/honors.csv"
            let rows = (1...60_000).map { "R-\($0),2015-03-01,410102001,市级,称号\($0),市文明办" }
            try write(
                "编号,日期,单位,级别,称号,授予单位\n" + rows.joined(separator: "\n"), to: honors)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: Self.program)
            process.arguments = ["import", honors, "--kind", "honor", "--data", folder]
            process.currentDirectoryURL = URL(fileURLWithPath: TestDistrict.home.folder)
            process.standardError = FileHandle.nullDevice
            try process.run()
            // Long enough to be amid the work on any machine; the outcome holds wherever it is.
            Thread.sleep(forTimeInterval: 0.7)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(try run(["verify", "--data", folder]).status == 0)
            let asked = [
                "figure", "honor.count", "--unit", "410102", "--period", "2015", "--data", folder,
                "--json",
            ]
            #expect(!(try run(asked).output.contains("\"value\" : 1")))
            let again = try run(["import", honors, "--kind", "honor", "--data", folder])
            #expect(again.status == 0)
            #expect(try run(asked).output.contains("\"value\" : 60000"))
        }
    }
}
