import Core
import Foundation
import Ledger

extension TestDistrict {
    /// Loads the files of an example, or those of a folder of the same make.
    package func loadDemonstration(from folder: String) async throws {
        let list = try String(contentsOfFile: folder + "/load.txt", encoding: .utf8)
        for line in list.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            let outcome = try await district.importFile(
                folder + "/" + parts[1], what: parts[0], by: Self.actor)
            if case .refused(let faults) = outcome { throw UnexpectedFaults(faults: faults) }
        }
    }

    /// Runs the demonstration's generator with a seed and answers the folder it wrote.
    package func generate(seed: Int) throws -> String {
        let output = folder.path + "/seed-\(seed)"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", Self.home.demonstration + "/generate.py", "--seed", "\(seed)", "--out",
            output,
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Refusal.conflict(zh: "生成失败", en: "the generator failed")
        }
        return output
    }
}
