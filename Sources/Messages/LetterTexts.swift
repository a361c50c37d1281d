import Core
import Web

/// What letters say, in both languages: no account says which one it reads. They say what happened
/// and where it can be read, and nothing of what stands there.
struct LetterTexts: Sendable {
    let terms: Terms
    let home: String

    struct Text: Sendable, Hashable {
        let subject: String
        let body: String
    }

    /// Of one message, or of several that are named one by one.
    func letter(_ told: [ToldMessage]) -> Text {
        text("mail_subject_one") { lines(told, $0) + [foot($0)] }
    }

    func digest(_ told: [ToldMessage]) -> Text {
        text("mail_subject_digest") { words in
            let named = told.prefix(MessageLimits.digestLines)
            let left = told.count - named.count
            let more = left > 0 ? [words["mail_more", ["count": String(left)]]] : []
            return [words["mail_digest", ["count": String(told.count)]]]
                + lines(Array(named), words) + more + [foot(words)]
        }
    }

    /// The code that shows whose an address is.
    func code(_ code: String) -> Text {
        text("mail_subject_code") { words in
            let minutes = String(MessageLimits.codeMinutes)
            return [words["mail_code", ["code": code, "minutes": minutes]]]
        }
    }

    private func lines(_ told: [ToldMessage], _ words: Words) -> [String] {
        told.map { words["message_\($0.event.name)"] + "\n" + home + $0.address }
    }

    private func foot(_ words: Words) -> String {
        words["mail_foot", ["address": home + Address.mailWays.text]]
    }

    private func text(_ subject: String, _ paragraphs: (Words) -> [String]) -> Text {
        let both = Language.allCases.map { terms.words($0) }
        return Text(
            subject: both.map { $0[subject] }.joined(separator: " / "),
            body: both.map { paragraphs($0).joined(separator: "\n\n") }
                .joined(separator: "\n\n----\n\n") + "\n")
    }
}
