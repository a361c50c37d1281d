import Testing

struct NameTests {
    @Test func aFileIsNamedForWhatIsInIt() {
        let named = House.swift.filter { $0.isUnder(["Sources", "Tests", "Benchmarks"]) }
        #expect(named.flatMap(nameFaults) == [])
    }

    @Test(
        arguments: [
            ("Day.swift", "struct Day {", true),
            ("WorkCalendar.swift", "package final class WorkCalendar {", true),
            ("CoreMigrations.swift", "package let coreMigrations = []", true),
            ("Day+Text.swift", "extension Day {", true),
            ("DayErrors.swift", "extension DatabaseError {", true),
            ("Core.swift", "package func makeEverything() {", true),
            ("main.swift", "run()", true),
            ("Day.swift", "struct Week {", false),
            ("Extensions.swift", "extension String {", false),
        ])
    func aWordOfTheNameIsDeclaredInside(name: String, text: String, isFine: Bool) {
        let file = SourceFile(path: "Sources/Core/" + name, text: text)
        #expect(nameFaults(in: file).isEmpty == isFine)
    }

    @Test func whatOtherTargetsUseSaysWhatItIs() {
        #expect(House.swift.flatMap(undocumented) == [])
    }

    @Test func anAttributeMayStandBetweenTheSentenceAndTheDeclaration() {
        let told = "/// A day.\n@frozen\npackage struct Day {}"
        let untold = "package struct Day {}"
        #expect(undocumented(in: SourceFile(path: "A.swift", text: told)).isEmpty)
        #expect(undocumented(in: SourceFile(path: "A.swift", text: untold)).count == 1)
    }
}

/// A file shares a word with something it declares: `SQLiteErrors` extends `DatabaseError`. The
/// table of contents of a target bears the name of its folder and is excused.
private func nameFaults(in file: SourceFile) -> [Fault] {
    let folder = file.path.split(separator: "/").dropLast().last.map(String.init)
    let code = file.lines.map(Ban.code).joined(separator: "\n")
    let kinds = "struct|class|enum|actor|protocol|typealias|extension|func|let|var"
    let declared = matches(#"\b(?:"# + kinds + #") ([\w.]+)"#, in: code).map { $0[1] }
    guard file.stem != "main", file.stem != folder,
        words(of: file.stem).isDisjoint(with: words(of: declared.joined(separator: " ")))
    else { return [] }
    return [
        Fault(
            path: file.path, line: 1,
            message: "nothing here is called \(file.stem): name the file for what is in it")
    ]
}

/// `SQLiteErrors` is `sqlite` and `error`: small letters, singular, and cut so that `reorganize`
/// is the same word as `reorganization`.
private func words(of names: String) -> Set<String> {
    let parts = matches(#"[A-Z]{2,}(?:ite)?(?![a-z])|[A-Z]?[a-z]+"#, in: names).map { $0[0] }
    return Set(
        parts.map { $0.lowercased() }
            .map { String(($0.hasSuffix("s") ? $0.dropLast() : $0[...]).prefix(7)) })
}

/// Declarations at the margin that other targets see need a sentence.
private func undocumented(in file: SourceFile) -> [Fault] {
    file.lines.indices.compactMap { index in
        guard file.lines[index].hasPrefix("package "),
            !file.lines[index].hasPrefix("package import"), file.path != "Package.swift"
        else { return nil }
        let above = file.lines[..<index].last { !$0.hasPrefix("@") } ?? ""
        guard !above.hasPrefix("///") else { return nil }
        return Fault(
            path: file.path, line: index + 1, message: "say what this is, in a `///` sentence")
    }
}
