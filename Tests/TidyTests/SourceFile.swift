import Foundation

/// A text file of the house, named by its path from the root.
struct SourceFile {
    let path: String
    let lines: [String]

    init(path: String, text: String) {
        self.path = path
        self.lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    var text: String { lines.joined(separator: "\n") }

    /// `Sources/Core/Day.swift` is `Day`.
    var stem: String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.split(separator: ".").first ?? "")
    }

    /// `Sources/Core/Day.swift` belongs to `Core`.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    func isUnder(_ places: [String]) -> Bool { places.contains { path.hasPrefix($0) } }
}

/// One broken rule, said so that whoever broke it knows what to do instead.
struct Fault: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}

/// The tree as it lies on disk.
enum House {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Everything people write, except data and what a licence forbids to change.
    static let written = files(
        under: [
            "Makefile", "Package.swift", "README.md", "README.zh.md", "CONTRIBUTING.md",
            "SECURITY.md", "CHANGELOG.md", ".ci", "Benchmarks", "Catalogue", "Examples",
            "Public", "Sources", "Tests", "docs", "scripts",
        ])
    static let swift = written.filter { $0.path.hasSuffix(".swift") }
    static let documents = written.filter { $0.path.hasSuffix(".md") }
    static let templates = written.filter { $0.path.hasSuffix(".mustache") }

    static func file(_ path: String) -> SourceFile? {
        let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
        return text.map { SourceFile(path: path, text: $0) }
    }

    /// The names of everything below a folder, folders left out.
    static func paths(under place: String) -> [String] {
        let base = root.appending(path: place)
        guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
        return walk.compactMap { $0 as? String }.map { "\(place)/\($0)" }.sorted()
    }

    private static let data: Set<String> = ["csv", "svg", "png", "pyc", "woff2", "ico"]

    private static func files(under places: [String]) -> [SourceFile] {
        places.flatMap { paths(under: $0).isEmpty ? [$0] : paths(under: $0) }
            .filter { !data.contains(($0 as NSString).pathExtension) && !$0.contains("/vendor/") }
            .compactMap(file)
    }
}

/// Where a pattern stands in some text, with what its groups caught.
func matches(_ pattern: String, in text: String) -> [[String]] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else {
        preconditionFailure("A tidy rule has a pattern that does not compile: \(pattern)")
    }
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
        match in
        (0..<match.numberOfRanges).map { group in
            let range = match.range(at: group)
            return range.location == NSNotFound ? "" : whole.substring(with: range)
        }
    }
}
