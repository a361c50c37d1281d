import Core

/// An official paper as a pure value: everything that stands on it, and nothing of how it is drawn.
/// Word file, PDF and page are made of the same value, so they cannot say different things.
package struct Paper: Sendable, Codable, Equatable {
    /// What a paper is, of the fifteen kinds that offices use and the forms of procedures.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case report, notice, request, reply, letter, minutes, form
    }

    package let kind: Kind
    /// The language in which it is written: `zh` or `en`.
    package let language: String
    /// Who issues it, in red above the line; nil for a form, which has no head.
    package var issuer: String?
    package var number: DocumentNumber?
    package let title: String
    /// To whom it is sent, 主送机关.
    package var recipients: [String]
    package var blocks: [Block]
    /// What is annexed, by name.
    package var annexes: [String]
    package var signature: String?
    /// The day under the signature, as it is written.
    package var day: String?
    /// Who is told of it, 抄送机关.
    package var copies: [String]
    /// Who printed it and when, the last line of its last page.
    package var printedBy: String?
    /// Where its numbers are opened: the address of the trace.
    package var source: String?

    /// A stretch of the text between title and signature.
    package struct Block: Sendable, Codable, Equatable {
        /// How it is set.
        package enum Style: String, Sendable, Codable {
            /// Levels of headings: 一、 (一) 1. (1)
            case first, second, third, fourth
            /// A paragraph with its two letters of indent.
            case text
            /// A paragraph without indent, a line in the middle, a line at the right.
            case plain, center, right
            /// Smaller, behind the signature: how things were counted.
            case note
            case table
            /// A dotted line across, along which the sheet is cut.
            case cut
        }

        package let style: Style
        package let text: String
        /// The rows of a table, the first of them its head.
        package let rows: [[String]]

        package init(_ style: Style, _ text: String = "", rows: [[String]] = []) {
            self.style = style
            self.text = text
            self.rows = rows
        }
    }

    package init(
        _ kind: Kind, _ language: Language, title: String, blocks: [Block], issuer: String? = nil,
        signature: String? = nil, day: String? = nil
    ) {
        self.kind = kind
        self.language = language.rawValue
        self.title = title
        self.blocks = blocks
        self.issuer = issuer
        self.signature = signature
        self.day = day
        (recipients, annexes, copies) = ([], [], [])
    }

    package var words: Language { Language(rawValue: language) ?? .zh }
}

/// The number of a paper: the sign of its issuer, the year and the count, as 〔2015〕 has it.
package struct DocumentNumber: Sendable, Codable, Hashable {
    /// What stands for the issuer, 机关代字: 中组.
    package let sign: String
    package let year: Int
    package let count: Int

    package init(sign: String, year: Int, count: Int) {
        self.sign = sign
        self.year = year
        self.count = count
    }

    /// Without leading zeros and without 第, as the standard asks.
    package var text: String { "\(sign)〔\(year)〕\(count)号" }
}
