import Foundation
import Testing
import Web

/// The project's root, found from this file.
let root = String(#filePath.components(separatedBy: "/Tests/BoardsTests/")[0])

@Suite struct TemplateTests {
    private func texts(_ folder: String, _ suffix: String) throws -> [String: String] {
        let path = root + folder
        var texts: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path)
        where name.hasSuffix(suffix) {
            texts[String(name.dropLast(suffix.count))] = try String(
                contentsOfFile: path + "/" + name, encoding: .utf8)
        }
        return texts
    }

    private func matches(_ pattern: String, in text: String) throws -> Set<String> {
        let expression = try NSRegularExpression(pattern: pattern)
        let found = expression.matches(
            in: text, range: NSRange(text.startIndex..., in: text))
        return Set(found.compactMap { Range($0.range(at: 1), in: text).map { String(text[$0]) } })
    }

    @Test func everyTemplateReadsAndEveryPartialAndWordExists() throws {
        let own = try texts("/Sources/Boards/Templates", ".mustache")
        let shared = try texts("/Sources/Web/Templates", ".mustache")
        let named = Dictionary(uniqueKeysWithValues: own.map { ("boards/" + $0.key, $0.value) })
        let terms = try Terms(folders: [root + "/Catalogue"])
        #expect(own.count >= 9)
        let icons = try Assets(folder: root + "/Public").partials
        let all = shared.merging(named) { _, new in new }.merging(icons) { _, new in new }
        _ = try Templates(all, words: terms.keys)
    }

    /// A misspelt tag prints nothing, so each must be a stored property of some page.
    @Test func everyTagIsAPropertyOfSomePage() throws {
        let sources =
            try texts("/Sources/Boards", ".swift").values.joined(separator: "\n")
            + ["Page", "Listed"].map {
                try String(contentsOfFile: root + "/Sources/Web/\($0).swift", encoding: .utf8)
            }.joined()
        let stored = try matches(#"(?m)^\s+(?:package )?let (\w+):"#, in: sources)
        for (name, text) in try texts("/Sources/Boards/Templates", ".mustache") {
            let tags = try matches(#"\{\{[{#^]?(\w+)\}\}"#, in: text)
            #expect(tags.subtracting(stored) == [], "\(name).mustache")
        }
    }

    @Test func everyWordThatTheSourcesNameIsInTheCatalogue() throws {
        let sources = try texts("/Sources/Boards", ".swift").values.joined(separator: "\n")
        let keys = try matches(#"words\[\s*"([a-z0-9_]+)""#, in: sources)
        let terms = try Terms(folders: [root + "/Catalogue"])
        #expect(keys.count > 60)
        #expect(keys.subtracting(terms.keys) == [])
    }
}
