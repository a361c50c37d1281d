import Core
import Testing
import Web

/// What a line of text may hold, from an address and from a form.
@Suite struct PlainTextTests {
    /// Marks that turn the direction of writing, and signs that control a machine.
    private static let hidden: [String] = [
        "\u{202E}", "\u{202A}", "\u{2066}", "\u{2069}", "\u{0}", "\u{7}", "\u{7F}",
    ]

    @Test(arguments: hidden)
    func whatTurnsOrHidesTextIsRefused(mark: String) throws {
        let form = Form(pairs: [(name: "name", value: "甲\(mark)fdp.exe")], key: "x")
        #expect(throws: Refusal.self) { try form.text("name") }
    }

    /// Marks that only say which way the next sign belongs turn nothing, and nobody sees them.
    @Test(arguments: ["\u{200E}", "\u{200F}", "\u{61C}", "\u{200B}", "\u{FEFF}"])
    func whatNobodySeesIsLeftOut(mark: String) throws {
        let form = Form(pairs: [(name: "name", value: "甲\(mark)街道")], key: "x")
        #expect(try form.text("name") == "甲街道")
    }

    @Test(arguments: ["甲街道", "Ünïted – “quoted”", "a\u{301}", "👩‍🔧", "ﷺ שלום"])
    func whatPeopleWriteIsTaken(text: String) throws {
        let form = Form(pairs: [(name: "name", value: text)], key: "x")
        #expect(try form.text("name") == text)
    }
}
