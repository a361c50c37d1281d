import Foundation
import Testing

struct DocumentTests {
    @Test func everyQuotedNumberIsWhatItsSourceSays() {
        #expect(House.documents.flatMap(QuotedNumber.all).compactMap(\.fault) == [])
    }

    @Test func aQuotedNumberThatDriftedIsFound() {
        let here = "Tests/TidyTests/DocumentTests.swift"
        let text = """
            1<!-- value: \(here) sampleLimit --> and 1,200<!-- value: \(here) sampleLimit -->
            and 3<!-- value: \(here) nothingCalledThat -->
            """
        let numbers = QuotedNumber.all(in: SourceFile(path: "a.md", text: text))
        #expect(numbers.map(\.said) == [1, 1_200, 3])
        #expect(
            numbers.map { $0.fault?.message } == [
                "says 1, but it is \(sampleLimit)", nil,
                "value: \(here) nothingCalledThat names no number",
            ])
    }

    @Test func everyLinkInADocumentLeadsToAFile() {
        #expect(House.documents.flatMap(deadLinks) == [])
    }

    @Test func decisionsAreNumberedWithoutGaps() {
        let names = House.paths(under: "docs/decisions").filter { $0.hasSuffix(".md") }
        let numbers = names.compactMap { matches(#"/([0-9]{4})-"#, in: $0).first?[1] }
        #expect(numbers == (1...max(1, numbers.count)).map { String("000\($0)".suffix(4)) })
        #expect(numbers.count == names.count, "a decision is named 0001-like-this.md")
    }

    @Test func everyDependencyIsDecided() {
        let decision = House.file("docs/decisions/0009-dependencies.md")?.text ?? ""
        let packages = matches(
            #"url: "https://github\.com/[^/]+/([^"]+)""#,
            in: House.file("Package.swift")?.text ?? ""
        ).map { $0[1] }
        let programs = matches(#"(?m)^([a-z0-9-]+)\|"#, in: House.file("scripts/setup")?.text ?? "")
            .map { $0[1] }
        #expect(!packages.isEmpty && !programs.isEmpty)
        #expect((packages + programs).filter { !decision.contains("`\($0)`") } == [])
    }

    @Test func everyIdentifierOfTheGlossaryIsUsed() {
        let rows = House.file("docs/glossary.md")?.lines.filter { $0.hasPrefix("|") } ?? []
        let identifiers = rows.flatMap { matches(#"`([^`]+)`"#, in: $0).map { $0[1] } }
        let used = House.written.filter { $0.isUnder(["Sources", "Catalogue"]) }
            .map(\.text).joined(separator: "\n")
        let words = Set(matches(#"[A-Za-z_][A-Za-z0-9_]*"#, in: used).map { $0[0] })
        #expect(!identifiers.isEmpty)
        #expect(identifiers.filter { !words.contains($0) } == [])
    }
}

private let sampleLimit = 1_200

/// Relative links to files that are not there.
private func deadLinks(in file: SourceFile) -> [Fault] {
    let folder = House.root.appending(path: file.path).deletingLastPathComponent()
    return file.lines.enumerated().flatMap { index, line in
        matches(#"\]\(([^)#:\s]+)(?:#[^)]*)?\)"#, in: line).compactMap { groups in
            let target = folder.appending(path: groups[1]).path
            guard !FileManager.default.fileExists(atPath: target) else { return nil }
            return Fault(
                path: file.path, line: index + 1, message: "the link to \(groups[1]) is dead")
        }
    }
}
