import Testing

struct LineTests {
    @Test func noLineIsLongerThanOneHundredColumns() {
        #expect(House.written.filter(\.isMeasured).flatMap(longLines) == [])
    }

    @Test func aLineOfOneHundredColumnsFitsAndOneMoreDoesNot() {
        let fits = SourceFile(path: "A.swift", text: String(repeating: "字", count: 100))
        let long = SourceFile(path: "A.swift", text: String(repeating: "x", count: 101))
        #expect(longLines(in: fits).isEmpty)
        #expect(longLines(in: long).count == 1)
    }

    @Test func noReminderIsLeftBehind() {
        #expect(House.written.flatMap(reminders) == [])
    }

    @Test(arguments: ["TO" + "DO: later", "// FIX" + "ME", "# HA" + "CK around it"])
    func aReminderIsFound(line: String) {
        #expect(reminders(in: SourceFile(path: "A.swift", text: line)).count == 1)
    }
}

extension SourceFile {
    /// Data files and tables of documents are read by column, not by line; the schema is written
    /// by the engines.
    fileprivate var isMeasured: Bool {
        !isUnder(["Catalogue/", "Examples/", "Tests/Inputs/", "docs/schema/"])
            || path.hasSuffix(".py")
            || path.hasSuffix(".md")
    }
}

private func longLines(in file: SourceFile) -> [Fault] {
    file.lines.enumerated().compactMap { index, line in
        let isTable = file.path.hasSuffix(".md") && line.hasPrefix("|")
        guard line.count > 100, !isTable else { return nil }
        return Fault(
            path: file.path, line: index + 1, message: "\(line.count) columns; 100 are the limit")
    }
}

/// Written apart, so that this file does not find itself.
private let reminder = #"\b(TO"# + #"DO|FIX"# + #"ME|XX"# + #"X|HA"# + #"CK)\b"#

private func reminders(in file: SourceFile) -> [Fault] {
    file.lines.enumerated().compactMap { index, line in
        guard let word = matches(reminder, in: line).first?.first else { return nil }
        return Fault(
            path: file.path, line: index + 1, message: "\(word): do it now, or open an issue")
    }
}
