import Core
import Foundation
import Testing
import Web

@Suite struct TermsTests {
    @Test func theCataloguesWordsAreWholeInBothLanguages() throws {
        let terms = try loadTerms()
        #expect(terms["nav_home"] == Wording(zh: "首页", en: "Home"))
        #expect(ErrorPage.missingWords(in: terms) == [])
    }

    /// Templates are checked at start-up; this finds the words that Swift sources ask for.
    @Test func everyWordThatASourceNamesIsInTheCatalogue() throws {
        let keys = try loadTerms().keys
        var missing: [String] = []
        let sources = root + "/Sources"
        for name in try FileManager.default.subpathsOfDirectory(atPath: sources)
        where name.hasSuffix(".swift") {
            let text = try String(contentsOfFile: sources + "/" + name, encoding: .utf8)
            let named = /words(?:\(context\))?\["(?<word>[^"\\]+)"|Destination\("(?<place>[^"]+)"/
            for match in text.matches(of: named) {
                let key = String(match.word ?? match.place ?? "")
                if !keys.contains(key) { missing.append("\(name): \(key)") }
            }
        }
        #expect(missing == [])
    }

    @Test func aMissingWordShowsItsKey() {
        let words = Terms(["a": Wording(zh: "甲 {n}", en: "A {n}")]).words(.en)
        #expect(words["b"] == "[b]")
        #expect(words["a", ["n": "5"]] == "A 5")
    }

    @Test(arguments: [
        ("Bad-Key: {zh: 甲, en: a}", "a-z"), ("half: {zh: 甲}", "missing"),
        ("blank: {zh: 甲, en: \"\"}", "nothing in en"), ("extra: {zh: 甲, en: a, fr: b}", "fr"),
        ("twice: {zh: 甲, en: a}\ntwice: {zh: 乙, en: b}", "twice"), ("list: [1]", "expected"),
    ])
    func aBrokenWordIsRefusedWithItsFileAndLine(_ yaml: String, _ sentence: String) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        let terms = folder.appendingPathComponent("terms")
        try FileManager.default.createDirectory(at: terms, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(yaml.utf8).write(to: terms.appendingPathComponent("x.yaml"))
        let fault = #expect(throws: SetupFault.self) { try Terms(folders: [folder.path]) }
        #expect(fault?.description.contains("x.yaml:") == true)
        #expect(fault?.description.contains(sentence) == true)
    }
}
