import Core
import Foundation

/// A letter as it goes over the line (RFC 5322, RFC 2045, RFC 2047): plain text, in ASCII whatever
/// it says, in lines that no server breaks.
package struct Letter: Sendable {
    let to: MailAddress
    let subject: String
    let text: String

    /// - Parameters:
    ///   - subject: one line; whatever else it holds goes as a blank.
    ///   - text: lines in any convention.
    package init(to: MailAddress, subject: String, text: String) {
        self.to = to
        self.subject = subject
        self.text = text
    }

    /// The longest subject, in characters.
    static let subjectCharacters = 120
    /// So many bytes of UTF-8 fill one encoded word of 75 characters.
    private static let wordBytes = 45

    /// The lines of the letter, head and body.
    ///
    /// - Parameters:
    ///   - id: stays the same for every try, so that whoever receives it twice can tell.
    ///   - moment: when it was written.
    package func lines(from: MailAddress, id: String, at moment: Moment) -> [String] {
        [
            "From: <\(from.text)>",
            "To: <\(to.text)>",
            "Subject: " + Self.encodedWords(Self.plain(subject)).joined(separator: "\r\n "),
            "Date: " + Self.date(moment),
            "Message-ID: <\(id)@\(from.domain)>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
        ] + Self.body(text)
    }

    /// What a subject may say: one line, nothing that steers, nothing that turns the direction of
    /// writing.
    package static func plain(_ subject: String) -> String {
        let scalars = subject.unicodeScalars.map { scalar -> Unicode.Scalar in
            scalar.properties.generalCategory == .control
                || scalar.properties.generalCategory == .format
                || scalar.properties.generalCategory == .lineSeparator
                || scalar.properties.generalCategory == .paragraphSeparator ? " " : scalar
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(String(view).prefix(subjectCharacters))
    }

    /// The words of a header (RFC 2047), none of which breaks a character in two.
    package static func encodedWords(_ text: String) -> [String] {
        var words: [String] = []
        var part: [UInt8] = []
        func close() {
            guard !part.isEmpty else { return }
            words.append("=?utf-8?B?\(Data(part).base64EncodedString())?=")
            part = []
        }
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if part.count + bytes.count > wordBytes { close() }
            part += bytes
        }
        close()
        return words
    }

    private static func body(_ text: String) -> [String] {
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            .replacing("\n", with: "\r\n")
        let encoded = Array(Data(lines.utf8).base64EncodedString().utf8)
        return stride(from: 0, to: encoded.count, by: 76).map {
            String(decoding: encoded[$0..<min($0 + 76, encoded.count)], as: UTF8.self)
        }
    }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Wed, 01 Jul 2015 12:00:00 +0800`, in the district's time.
    private static func date(_ moment: Moment) -> String {
        let parts = moment.day.description.split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]) else { return "" }
        // Day 0 was a Thursday.
        let weekday = ((moment.day.number + 3) % 7 + 7) % 7
        return "\(days[weekday]), \(parts[2]) \(months[month - 1]) \(parts[0]) "
            + moment.clock + " +0800"
    }
}

extension Moment {
    func later(seconds: Int64) -> Moment {
        Moment(milliseconds: milliseconds + seconds * 1_000)
    }
}
