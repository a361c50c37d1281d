import Foundation
import TestKit
import Testing
import Web

struct UploadPageTests {
    private static let root = TestDistrict.home.folder

    private func texts(_ folder: String, _ suffix: String) throws -> [String: String] {
        let path = Self.root + folder
        var texts: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: path)
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

    /// A misspelt tag prints nothing, so each must be a stored property of some page.
    @Test func everyTagIsAPropertyOfSomePage() throws {
        let web = try texts("/Sources/Web", ".swift").values.joined(separator: "\n")
        let own = try texts("/Sources/Uploads", ".swift").values.joined(separator: "\n")
        let stored = try matches(#"(?m)^\s+(?:package )?let (\w+):"#, in: own + web)
        let templates = try texts("/Sources/Uploads/Templates", ".mustache")
        try #require(templates.count == 4)
        for (name, text) in templates {
            let tags = try matches(#"\{\{[{#^]?(\w+)\}\}"#, in: text)
            #expect(tags.subtracting(stored) == [], "\(name).mustache")
        }
    }

    @Test func everyWordThatTheSourcesNameIsInTheCatalogue() throws {
        let sources = try texts("/Sources/Uploads", ".swift").values.joined(separator: "\n")
        let keys = try matches(#"words\[\s*"((?:upload|uploads)_[a-z0-9_]+)""#, in: sources)
        let terms = try Terms(folders: [Self.root + "/Catalogue"])
        #expect(keys.count > 30)
        #expect(keys.subtracting(terms.keys) == [])
    }
}
