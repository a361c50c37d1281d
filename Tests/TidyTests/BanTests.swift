import Testing

struct BanTests {
    @Test func theHouseUsesNothingThatItBans() {
        let files = House.swift + House.templates
        #expect(files.flatMap { file in bans.flatMap { $0.faults(in: file) } } == [])
    }

    @Test(
        arguments: [
            "let x = try" + "! load()",
            "fatal" + "Error(\"no\")",
            "do { try x() } catch " + "{}",
            "    Task " + "{ await x() }",
            "    Task.detached(priority: .low) " + "{ await x() }",
            "print" + "(x)",
            "let day = Date" + "()",
            "@testable" + " import Core",
            "public" + " struct Day {",
            "let share: Double" + " = 1",
            "if dialect == ." + "sqlite {",
            "at BIGINT DEFAULT CURRENT_" + "TIMESTAMP",
            "struct Unit" + "Helper {",
            "<p style" + "=\"color: red\">",
            "<p>{" + "{{name}}}</p>",
        ])
    func aBannedCallIsFoundAndItsReplacementNamed(line: String) {
        let file = SourceFile(path: "Sources/Figures/Figure.swift", text: "\n" + line)
        let faults = bans.flatMap { $0.faults(in: file) }
        #expect(faults.map(\.line) == [2])
    }

    @Test(
        arguments: [
            "// never write try" + "! here",
            "try await group.addTask { x() }",
            "report.print" + "(x)",
            "<p>{" + "{{tableHTML}}}</p>",
            "let page = \"https://example.org\"",
        ])
    func whatOnlyLooksLikeABannedCallIsLeftAlone(line: String) {
        let file = SourceFile(path: "Sources/Figures/Figure.swift", text: line)
        #expect(bans.flatMap { $0.faults(in: file) } == [])
    }

    @Test func anUncheckedSendableSaysWhyItIsSafe() {
        #expect(House.swift.flatMap(unsafeFaults) == [])
    }

    @Test func aSafetySentenceMayStandAboveOrBesideTheType() {
        let bare = SourceFile(path: "A.swift", text: "final class A: @unchecked" + " Sendable {")
        let safe = SourceFile(path: "A.swift", text: "// Safety: one thread.\n" + bare.text)
        #expect(unsafeFaults(in: bare).count == 1)
        #expect(unsafeFaults(in: safe).isEmpty)
    }
}

/// The sentence stands within the three lines above, or on the line itself.
private func unsafeFaults(in file: SourceFile) -> [Fault] {
    file.lines.indices.compactMap { index in
        let near = file.lines[max(0, index - 3)...index]
        guard Ban.code(of: file.lines[index]).contains("@unchecked" + " Sendable"),
            !near.contains(where: { $0.contains("Safety:") })
        else { return nil }
        return Fault(
            path: file.path, line: index + 1,
            message: "say why this is safe, in a `// Safety:` sentence above it")
    }
}
