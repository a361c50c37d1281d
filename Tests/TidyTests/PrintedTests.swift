import Testing

/// A template prints a struct as all that is in it: a form's head would show its token. Only text
/// and numbers are printed.
struct PrintedTests {
    @Test func whatATemplatePrintsIsTextOrANumber() {
        let faults = House.templates.flatMap { template in
            printedFaults(in: template, of: House.swift)
        }
        #expect(faults == [])
        #expect(House.templates.count > 50)
    }

    @Test(
        arguments: [
            ("{{head}}", false), ("{{{head}}}", false), ("{{page.head}}", false),
            ("{{nothing}}", false), ("{{#head}}{{token}}{{/head}}", true), ("{{count}}", true),
            ("{{note}}", true), ("{{words.nav_home}}", true), ("{{#note}}{{.}}{{/note}}", true),
        ])
    func aStructIsEnteredAndNeverPrinted(_ text: String, isFine: Bool) {
        let page = SourceFile(
            path: "Sources/Dues/Page.swift",
            text: "let head: FormHead\nlet count: Int\nlet title, note: String?")
        let form = SourceFile(path: "Sources/Web/Form.swift", text: "package let token: String")
        let other = SourceFile(path: "Sources/Rights/Head.swift", text: "let head: String")
        let template = SourceFile(path: "Sources/Dues/Templates/due.mustache", text: text)
        #expect(printedFaults(in: template, of: [page, form, other]).isEmpty == isFine)
    }
}

/// The tags that no property of the same feature, or of Web, declares as text or a number.
private func printedFaults(in template: SourceFile, of sources: [SourceFile]) -> [Fault] {
    let near = sources.filter { $0.target == template.target || $0.target == "Web" }
    let declared = near.flatMap { file in
        matches(#"\b(?:let|var) (\w+(?:, \w+)*): (?:String|Int)\b(?!\.)"#, in: file.text)
            .flatMap { $0[1].replacing(",", with: "").split(separator: " ").map(String.init) }
    }
    let printable = Set(declared)
    return template.lines.enumerated().flatMap { number, line in
        matches(#"\{\{\{?(\w+(?:\.\w+)*)\}?\}\}"#, in: line).map { $0[1] }
            .filter { !$0.hasPrefix("words.") }
            .filter { !printable.contains(String($0.split(separator: ".").last ?? "")) }
            .map { name in
                Fault(
                    path: template.path, line: number + 1,
                    message: "{{\(name)}} is neither text nor a number: enter it with {{#\(name)}}")
            }
    }
}
