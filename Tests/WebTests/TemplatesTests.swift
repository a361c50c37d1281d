import Core
import Foundation
import Testing
import Web

@Suite struct TemplatesTests {
    struct Sample: Page {
        static let template = "sample"
        var title = "T"
        var name = "plain"
        var linkHTML = "<b>ours</b>"
        var note: String?
        var rows: [Row] = []
        var isOpen = false
        var head: FormHead?

        struct Row {
            let label: String
            var note: String?
        }
    }

    private func load(_ text: String) throws -> Templates {
        try Templates(["sample": text, "part": "<i>{{name}}</i>"], words: ["nav_home"])
    }

    private func place(_ text: String, _ page: Sample) throws -> String {
        try load(text).place(page, loadTerms().words(.zh))
    }

    private func faults(_ text: String, _ page: Sample) throws -> [String] {
        try TemplateCheck.faults(
            template: "sample", page: page, templates: load(text), words: loadTerms().words(.en))
    }

    @Test func whatAPersonWroteStaysText() throws {
        let hostile = #"<script>"'&</script>"#
        let html = try place(#"<a title="{{name}}">{{>part}}</a>"#, Sample(name: hostile))
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;"))
    }

    /// A mark followed by a combining accent is one character to Swift, but not to a browser.
    @Test(arguments: ["\"", "'", "<", "&", ">"])
    func aCombiningAccentDoesNotSmuggleAMarkThrough(_ mark: String) throws {
        let text = mark + "\u{301} onmouseover=x"
        for template in [#"<a title="{{name}}">"#, #"<a title="{{>part}}">"#] {
            let html = try place(template, Sample(name: text))
            #expect(!Array(html.utf8).contains(sequence: Array((mark + "\u{301}").utf8)))
        }
        let row = Sample(rows: [.init(label: text)])
        let html = try place("{{#rows}}{{label}}{{/rows}}", row)
        #expect(!Array(html.utf8).contains(sequence: Array((mark + "\u{301}").utf8)))
    }

    @Test func markupOfOursIsPlacedAsItIs() throws {
        #expect(try place("{{{linkHTML}}}", Sample()) == "<b>ours</b>")
    }

    @Test func wordsComeInTheReadersLanguage() throws {
        #expect(try place("{{words.nav_home}}", Sample()) == "首页")
    }

    @Test(arguments: [
        ("{{{name}}}", "…HTML"), ("{{linkHTML}}", "…HTML"), ("{{words.no_such}}", "no word"),
        ("{{>nowhere}}", "no template nowhere"), ("{{#rows}}", "not closed"),
        ("{{/rows}}", "closes nothing"), ("{{&name}}", "not used here"), ("{{name", "not closed"),
        ("{{uppercased(name)}}", "ready text"), ("{{=<% %>=}}", "not used here"),
    ])
    func startUpRefusesATemplate(_ text: String, _ sentence: String) throws {
        let fault = #expect(throws: SetupFault.self) { try load("ok\n" + text) }
        #expect(fault?.description.contains("sample.mustache:2") == true)
        #expect(fault?.description.contains(sentence) == true)
    }

    @Test func aFormsHeadPrintsNothingUnlessItIsEntered() throws {
        let page = Sample(head: FormHead(action: "/there", token: "secret", key: "k"))
        #expect(try place("<p>{{head}}</p>", page) == "<p></p>")
        #expect(try place("{{#head}}{{action}} {{token}}{{/head}}", page) == "/there secret")
        #expect(try faults("{{head}}", page) == ["sample.mustache:1: {{head}} prints a FormHead"])
    }

    @Test func aMisspeltTagIsFound() throws {
        let found = try faults("{{title}}{{nmae}}", Sample())
        #expect(found == ["sample.mustache:1: no property is named “nmae”"])
    }

    @Test func aMisspeltTagInsideARowIsFound() throws {
        let page = Sample(rows: [.init(label: "a", note: "b")])
        #expect(try faults("{{#rows}}{{label}}{{name}}{{/rows}}", page).isEmpty)
        #expect(try faults("{{#rows}}{{lable}}{{/rows}}", page).count == 1)
    }

    @Test func aSampleThatHoldsNothingIsAFaultToo() throws {
        #expect(try faults("{{#rows}}{{label}}{{/rows}}", Sample()).count == 1)
        #expect(try faults("{{#note}}{{.}}{{/note}}", Sample()).count == 1)
        #expect(try faults("{{#note}}{{.}}{{/note}}", Sample(note: "x")).isEmpty)
        #expect(try faults("{{#isOpen}}{{nmae}}{{/isOpen}}", Sample()).count == 1)
    }

    @Test func anEmptyPropertyThatWouldPrintAnOuterOneIsFound() throws {
        let page = Sample(note: "outer", rows: [.init(label: "a")])
        #expect(try faults("{{#rows}}{{note}}{{/rows}}", page).count == 1)
    }

    @Test func aTagThatWouldPrintAStructureIsFound() throws {
        #expect(try faults("{{rows}}", Sample(rows: [.init(label: "a")])).count == 1)
        #expect(try faults("{{isOpen}}", Sample()).count == 1)
    }

    @Test func aPageWithoutItsTemplateKeepsTheSiteFromStarting() throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let fault = #expect(throws: SetupFault.self) {
            try Site(
                features: [
                    Feature(
                        name: "lonely", navigation: [Destination("nav_moon", .home, path: "/moon")],
                        pages: [Sample.self])
                ],
                database: fixture.site.database, terms: loadTerms(), assets: loadAssets())
        }
        #expect(fault?.description.contains("there is no template sample") == true)
        #expect(fault?.description.contains("nav_moon") == true)
    }

    @Test func ourOwnTemplatesFitTheirPages() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let words = fixture.site.terms.words(.zh)
        let page = StylePage(.zh)
        #expect(
            TemplateCheck.faults(
                template: StylePage.template, page: page, templates: fixture.site.templates,
                words: words) == [])
        let refusal = RefusalPage(
            .broken, .invalid("other", zh: "x", en: "x"), again: formSample(words),
            asked: askedSample(words),
            words: words, requestID: "1")
        #expect(
            TemplateCheck.faults(
                template: RefusalPage.template, page: refusal, templates: fixture.site.templates,
                words: words) == [])
        // A context exists only inside a request, so the layout is checked inside one.
        #expect(try await fixture.get("/check/layout").text == "")
    }
}

/// A fault with something that may have been meant.
private func nearFault(_ field: String) -> Fault {
    Fault(Wording(zh: "x", en: "x"), at: field, zh: "x", en: "x")
        .near([Fault.Near("1", Wording(zh: "x", en: "x"))])
}

/// What was asked for and could not be read, beside what was chosen.
private func askedSample(_ words: Words) -> AskedAgain? {
    AskedAgain(
        .invalid([nearFault("period")]),
        Address("x").with("period", "y").with("unit", "y").with("structure", "now"), words)
}

/// A form with every shape of field, each with something wrong.
private func formSample(_ words: Words) -> FormSheet {
    let names = ["line", "choice", "lines"]
    let state = FormState(
        .zh, nil, names.map { Fault($0, zh: "x", en: "x") } + [Fault("", zh: "x", en: "x")])
    var sheet = FormSheet(
        FormHead(action: "/x", token: "t", key: "k"), state,
        [
            state.line(
                "line", "x", isRequired: true, help: "x", inputmode: "numeric",
                list: [(value: "1", label: "x")]),
            state.choice(
                "choice", "x", options: [(value: "", label: "x")], isRequired: true, help: "x"),
            state.lines("lines", "x", isRequired: true, help: "x"),
            FormPart(
                FormField(
                    "near", "x", .line(list: [(value: "1", label: "x")], finds: ["1": "a"]),
                    near: NearChoice([nearFault("near")], of: "near", .zh))),
            FormPart(FormPart.Ticks("x", [.init("box", "1", "x", isTicked: true)])),
            FormPart(
                Picker(
                    "pick", "x", chosen: .init("1", "x"),
                    Picker.html([Picker.Group("x", [.init("2", "y")])]), typed: "x", words)),
        ], note: "x", submit: "x")
    sheet.hidden = [HiddenField("a", "b")]
    sheet.encoding = "multipart/form-data"
    return sheet
}

extension [UInt8] {
    fileprivate func contains(sequence: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: sequence) }
    }
}
