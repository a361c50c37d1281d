import Testing

/// What a page holds, its template places: a property that none names is dead, and was mostly
/// filled with work. What other code of the feature reads is none. Start-up holds the tags against
/// the properties; this is the other way round.
struct UnusedTests {
    /// The later of two terms of one name would stand on the pages of the earlier as well.
    @Test func noTermIsGivenTwice() {
        let files = House.written.filter {
            $0.path.hasPrefix("Catalogue/terms/") && $0.path.hasSuffix(".yaml")
        }
        let names = files.flatMap { file in
            file.lines.compactMap { line in
                matches(#"^([a-z][a-z0-9_]*):"#, in: line).first.map { $0[1] }
            }
        }
        #expect(names.count > 1_000)
        let given = Dictionary(grouping: names) { $0 }
        #expect(given.filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test func everyPropertyOfAPageIsNamedByATemplate() {
        let pages = House.swift.filter { $0.target != nil && $0.text.contains(": Page {") }
        #expect(pages.count > 40)
        #expect(
            pages.flatMap { unusedFaults(in: $0, of: House.templates, beside: House.swift) } == [])
    }

    @Test(
        arguments: [
            ("{{title}}", false), ("{{title}} {{#lines}}{{what}}{{/lines}}", true),
            ("{{title}} {{#lines}}{{this.what}}{{/lines}}", true),
            ("{{title}} {{>lines}} {{^lines}}{{words.what}}{{/lines}}", true),
            ("title lines what", false),
        ])
    func aPropertyThatNoTagNamesIsFound(_ text: String, isFine: Bool) {
        let page = SourceFile(
            path: "Sources/Dues/Page.swift",
            text: """
                struct DuePage: Page {
                    static let template = "dues/due"
                    let title: String
                    let lines: [Line]
                    struct Line: Sendable {
                        let what: String
                    }
                    init() {
                        let local = 1
                    }
                }
                """)
        let template = SourceFile(path: "Sources/Dues/Templates/due.mustache", text: text)
        let other = SourceFile(path: "Sources/Rights/Templates/a.mustache", text: "{{lines}}")
        #expect(unusedFaults(in: page, of: [template, other]).isEmpty == isFine)
    }
}

/// The properties of a file's pages that no template of the feature, or of Web, names.
private func unusedFaults(
    in file: SourceFile, of templates: [SourceFile], beside sources: [SourceFile] = []
) -> [Fault] {
    let code = [file] + sources.filter { $0.target == file.target }
    let near = templates.filter { $0.target == file.target || $0.target == "Web" }
    let tags = near.flatMap { matches(#"\{\{\{?[#^/&>]?\s*([\w.]+)"#, in: $0.text) }
    let named = Set(tags.flatMap { $0[1].split(separator: ".").map(String.init) })
    var isInPage = false
    var isInPart = false
    return file.lines.enumerated().compactMap { number, line in
        if line.contains(": Page {") { isInPage = true }
        if line.hasPrefix("}") { isInPage = false }
        if line.hasPrefix("    struct ") { isInPart = true }
        if line == "    }" { isInPart = false }
        // Deeper ones are values of functions, as long as no part of the page is declared.
        let depth = isInPart ? "4,8" : "4"
        let pattern =
            #"^ {"# + depth + #"}(?:package )?(?:private\(set\) )?(?:let|var) (\w+): [^={]+$"#
        guard isInPage, let name = matches(pattern, in: line).first?[1], !named.contains(name),
            !code.contains(where: { !matches(#"\."# + name + #"\b"#, in: $0.text).isEmpty })
        else { return nil }
        return Fault(
            path: file.path, line: number + 1, message: "no template names “\(name)”: remove it")
    }
}
