import Foundation
import Testing
import Web

/// The words and tags of the administrators' pages, as they are written in the sources.
@Suite struct WordTests {
    private let root = String(#filePath.components(separatedBy: "/Tests/AdministrationTests/")[0])

    private func text(_ folder: String, _ suffix: String) throws -> String {
        try FileManager.default.contentsOfDirectory(atPath: root + folder).sorted()
            .filter { $0.hasSuffix(suffix) }
            .map { try String(contentsOfFile: root + folder + "/" + $0, encoding: .utf8) }
            .joined(separator: "\n")
    }

    private func found(_ pattern: String, in text: String) throws -> Set<String> {
        let expression = try NSRegularExpression(pattern: pattern)
        let hits = expression.matches(in: text, range: NSRange(text.startIndex..., in: text))
        return Set(hits.compactMap { Range($0.range(at: 1), in: text).map { String(text[$0]) } })
    }

    @Test func everyWordThatTheSourcesNameIsInTheCatalogue() throws {
        let sources = try text("/Sources/Administration", ".swift")
        let done = try found(#""done", "([a-z_]+)""#, in: sources).map { "done_" + $0 }
        let named = try found(#"words\[\s*"([a-z0-9_]+)""#, in: sources).union(done)
        let terms = try Terms(folders: [root + "/Catalogue"])
        #expect(named.count > 100)
        #expect(named.subtracting(terms.keys) == [])
    }

    @Test func everyActionThatTheSourcesWriteHasAWord() throws {
        var actions: Set<String> = []
        for feature in try FileManager.default.contentsOfDirectory(atPath: root + "/Sources") {
            var isFolder: ObjCBool = false
            let path = "/Sources/" + feature
            guard FileManager.default.fileExists(atPath: root + path, isDirectory: &isFolder),
                isFolder.boolValue
            else { continue }
            let written = try text(path, ".swift")
            actions.formUnion(
                try found(#"(?:\.record|note)\(\s*"([a-z_]+\.[a-z_]+)""#, in: written))
        }
        let terms = try Terms(folders: [root + "/Catalogue"])
        let words = actions.map { "audit_" + $0.replacing(".", with: "_") }
        #expect(words.count > 20)
        #expect(Set(words).subtracting(terms.keys) == [])
    }

    /// A misspelt tag prints nothing, so each must be a stored property of some part of a page.
    @Test func everyTagIsAPropertyOfSomePart() throws {
        let sources =
            try text("/Sources/Administration", ".swift") + text("/Sources/Web", ".swift")
        let stored = try found(
            #"(?m)^\s+(?:private\(set\) )?(?:package )?(?:let|var) (\w+):?"#, in: sources)
        let tags = try found(
            #"\{\{[#^]?(\w+)\}\}"#, in: try text("/Sources/Administration/Templates", ".mustache"))
        #expect(tags.count > 20)
        #expect(tags.subtracting(stored) == [])
    }
}
