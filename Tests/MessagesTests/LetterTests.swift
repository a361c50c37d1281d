import Core
import Messages
import TestKit
import Testing

/// A letter as it goes over the line.
struct LetterTests {
    private static func lines(_ subject: String, _ text: String = "text") throws -> [String] {
        let to = try #require(MailAddress("li@example.cn"))
        let from = try #require(MailAddress("desk@groundwork.example"))
        return Letter(to: to, subject: subject, text: text)
            .lines(from: from, id: "one", at: TestDistrict.moment)
    }

    @Test(
        arguments: [
            "a\r\nBcc: other@example.cn", "a\nBcc: other@example.cn", "a\u{2028}Bcc: x@example.cn",
            "\u{202E}reversed", "\u{0}null", "\u{85}next",
        ])
    func aSubjectSteersNothing(_ subject: String) throws {
        let lines = try Self.lines(subject)
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
        let steering: [Unicode.GeneralCategory] = [.control, .format, .lineSeparator]
        for scalar in Letter.plain(subject).unicodeScalars {
            #expect(!steering.contains(scalar.properties.generalCategory))
        }
    }

    @Test func whateverItSaysIsASCIIInShortLines() throws {
        let long = String(repeating: "办件的环节已经逾期。", count: 400)
        for line in try Self.lines(long, long + "\n.\r\n..\r" + long) {
            for part in line.components(separatedBy: "\r\n") {
                #expect(part.utf8.count <= 300 && part.utf8.allSatisfy { $0 < 0x80 })
                #expect(!part.hasPrefix("."))
            }
        }
        for word in Letter.encodedWords(Letter.plain(long)) { #expect(word.utf8.count <= 75) }
    }

    @Test func everyTryIsTheSameLetter() throws {
        #expect(try Self.lines("subject") == Self.lines("subject"))
        #expect(try Self.lines("subject").contains("Message-ID: <one@groundwork.example>"))
    }
}
