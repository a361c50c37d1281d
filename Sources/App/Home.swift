import Core
import Foundation

/// Where the program's own files lie: the catalogue, the public assets, the demonstration.
package struct Home: Sendable {
    package let folder: String

    package var catalogue: String { folder + "/Catalogue" }
    package var assets: String { folder + "/Public" }
    package var examples: String { folder + "/Examples" }
    package var demonstration: String { examples + "/" + Self.firstExample }
    /// What the demonstration's district adds to the catalogue: rules of its own, its report.
    package var exampleCatalogue: String { demonstration + "/catalogue" }

    /// The example that the demonstration shows unless another one is asked for.
    package static let firstExample = "zhongyuan"

    package init(folder: String) { self.folder = folder }

    /// The folder of an example district.
    ///
    /// - Throws: `Refusal.invalid` with the examples there are, where none has this name.
    package func example(_ name: String) throws -> String {
        let known = ((try? FileManager.default.contentsOfDirectory(atPath: examples)) ?? [])
            .filter { FileManager.default.fileExists(atPath: "\(examples)/\($0)/data/load.txt") }
            .sorted()
        guard known.contains(name) else {
            throw Refusal.invalid(
                "--example", zh: "没有名为“\(name)”的示例，可用的有：\(known.joined(separator: "、"))。",
                en: "There is no example “\(name)”: there are \(known.joined(separator: ", ")).")
        }
        return "\(examples)/\(name)"
    }

    /// The folder that `GROUNDWORK_HOME` names, else the nearest one above the working folder or
    /// the program that has a catalogue.
    ///
    /// - Throws: `Refusal.conflict` when there is none.
    package static func find() throws -> Home {
        if let named = ProcessInfo.processInfo.environment["GROUNDWORK_HOME"] {
            guard isHome(named) else {
                throw Refusal.conflict(
                    zh: "GROUNDWORK_HOME 指向的 \(named) 中没有 Catalogue 目录。",
                    en: "GROUNDWORK_HOME names \(named), which has no Catalogue folder.")
            }
            return Home(folder: named)
        }
        let program = (CommandLine.arguments.first ?? "") as NSString
        for start in [FileManager.default.currentDirectoryPath, program.deletingLastPathComponent] {
            var folder = URL(fileURLWithPath: start).standardizedFileURL.path
            while true {
                if isHome(folder) { return Home(folder: folder) }
                let above = (folder as NSString).deletingLastPathComponent
                if above == folder || above.isEmpty { break }
                folder = above
            }
        }
        throw Refusal.conflict(
            zh: "找不到 Catalogue 目录；请在项目目录内运行，或设置 GROUNDWORK_HOME。",
            en: "There is no Catalogue folder here or above: run inside the project's folder, "
                + "or set GROUNDWORK_HOME.")
    }

    private static func isHome(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/Catalogue/forms.yaml")
    }
}
