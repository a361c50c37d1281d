import Messages
import Testing

/// What may stand on the envelope of a letter.
struct MailAddressTests {
    @Test(
        arguments: [
            "", "li", "li@", "@example.cn", "li@localhost", "li@example.cn\r\nRCPT TO:<b@c.cn>",
            "li@example.cn>", "<li@example.cn", "li wang@example.cn", "li@exam ple.cn",
            "li@example.cn,wang@example.cn", "li@wang@example.cn", ".li@example.cn",
            "li..wang@example.cn", "li@-example.cn", "li@127.0.0.1", "\u{202E}li@example.cn",
            "李@example.cn", "li@例子.cn", "\"li\"@example.cn",
        ])
    func whatCouldBeReadAsAnotherCommandOrAddressIsNone(_ text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func anAddressIsNoLongerThanAServerTakes() {
        let label = String(repeating: "a", count: 60)
        let domain = Array(repeating: label, count: 4).joined(separator: ".")
        #expect(MailAddress("li@\(domain).cn") != nil)
        #expect(MailAddress("li.wang.zhao@\(domain).cn") == nil)
        #expect(MailAddress("\(String(repeating: "a", count: 65))@example.cn") == nil)
    }

    @Test(arguments: ["li@example.cn", "li.wang+desk@mail.example.cn", "o'li@a-b.example"])
    func anOrdinaryAddressIsOne(_ text: String) {
        #expect(MailAddress(text)?.text == text)
    }
}
