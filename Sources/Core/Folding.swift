import Foundation

/// One way to read what people write, whichever door it comes in by: codes, names, headings,
/// choices, days and numbers compare by what their reader sees, not by how they were typed.
package enum Folding {
    /// The most characters of a code or number.
    package static let codeCharacters = 100
    /// The most characters of the name of a unit or person.
    package static let nameCharacters = 100
    /// The most marks that may be set on one letter; no writing needs more.
    package static let marksPerLetter = 6

    /// A text as it was written, but for what nobody can see.
    ///
    /// Letters that old fonts kept in a private area become the letters they are. What joins the
    /// parts of one emoji stays, for it can be seen.
    package static func seen(_ text: String) -> String {
        if text.unicodeScalars.allSatisfy(isOrdinary) { return text }
        var kept = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        for (index, written) in scalars.enumerated() {
            let scalar = PrivateLetters.own(written) ?? written
            if scalar.properties.isDefaultIgnorableCodePoint {
                let next = index + 1 < scalars.count ? scalars[index + 1] : nil
                guard isPartOfEmoji(scalar, after: kept.last, before: next) else { continue }
            }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// A text that was not asked for, such as a file's name, without what may not come in.
    package static func shown(_ text: String) -> String {
        var rest = seen(text)
        while let unwelcome = Unwelcome(in: rest, lines: false) {
            rest.remove(at: rest.index(rest.startIndex, offsetBy: unwelcome.place - 1))
        }
        return rest
    }

    /// One form for letters that look alike: compatibility forms, radicals that a PDF yields and
    /// full-width signs become plain ones, and every run of white space one blank.
    package static func letters(_ text: String) -> String {
        if isPlain(text) { return text }
        if let folded = foldedOneByOne(text) { return folded }
        let visible = String(
            String.UnicodeScalarView(
                seen(text).unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }))
        var folded = String.UnicodeScalarView()
        for scalar in normal(visible).unicodeScalars {
            if scalar.properties.isWhitespace || scalar == "\u{2800}" {
                if folded.last.map({ $0 != " " }) ?? false { folded.append(" ") }
            } else {
                folded.append(PrivateLetters.radicals[scalar] ?? scalar)
            }
        }
        if folded.last == " " { folded.removeLast() }
        return String(folded)
    }

    /// NFKC. Foundation's mapping leaves some marks and syllables apart that it joins when it sees
    /// them again, so it is asked until nothing changes.
    private static func normal(_ text: String) -> String {
        var text = text
        for _ in 0..<4 {
            let next = text.precomposedStringWithCompatibilityMapping
            if next.unicodeScalars.elementsEqual(text.unicodeScalars) { break }
            text = next
        }
        return text
    }

    /// A code, name, heading or choice: its letters, and one dot for all the dots that part the
    /// names of many peoples.
    package static func identifier(_ text: String) -> String {
        let plain = letters(text)
        guard plain.unicodeScalars.contains(where: isDot) else { return plain }
        let scalars = Array(plain.unicodeScalars)
        var folded = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let isBetween =
                index > 0 && index + 1 < scalars.count
                && scalars[index - 1].properties.isIdeographic
                && scalars[index + 1].properties.isIdeographic
            let isOne = scalar == "." ? isBetween : isDot(scalar)
            folded.append(isOne ? "·" : scalar)
        }
        return String(folded)
    }

    /// What two identifiers have in common when they differ by nothing but case.
    package static func key(_ text: String) -> String {
        let folded = identifier(text)
        guard folded.unicodeScalars.contains(where: hasCase) else { return folded }
        return identifier(folded.lowercased())
    }

    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x7F: scalar == "."
        case 0x3100...0x9FFF: false
        default: dots.contains(scalar)
        }
    }

    private static func hasCase(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x7F: (0x41...0x5A).contains(scalar.value)
        case 0x3000...0x9FFF: false
        default: scalar.properties.changesWhenLowercased
        }
    }

    private static let dots: Set<Unicode.Scalar> = [
        "\u{B7}", "\u{2022}", "\u{2023}", "\u{2027}", "\u{2219}", "\u{22C5}", "\u{25CF}",
        "\u{2981}", "\u{2B24}", "\u{2E31}", "\u{2E33}", "\u{30FB}",
        "\u{A78F}", "\u{1427}", "\u{16EB}",
    ]

    /// Nearly everything that is written: no letter of these is folded or left out.
    private static func isOrdinary(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x7E, 0x3000...0x3163, 0x3165...0x9FFF, 0xFF01...0xFF5E: true
        default: false
        }
    }

    /// Whether a text is its own fold: Chinese characters, and ASCII with single blanks inside.
    private static func isPlain(_ text: String) -> Bool {
        var last: UInt32 = 0x20
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x21...0x7E, 0x4E00...0x9FFF: break
            case 0x20 where last != 0x20: break
            default: return false
            }
            last = scalar.value
        }
        return last != 0x20 || text.isEmpty
    }

    /// The fold of a text whose letters fold each by itself: Chinese characters and their signs,
    /// and ASCII, narrow or wide. Nil for others.
    private static func foldedOneByOne(_ text: String) -> String? {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x21...0x7E: folded.append(UInt8(scalar.value))
            case 0xFF01...0xFF5E: folded.append(UInt8(scalar.value - 0xFEE0))
            case 0x20, 0x09...0x0D, 0x3000:
                if let last = folded.last, last != 0x20 { folded.append(0x20) }
            case 0x4E00...0x9FFF, 0x3001, 0x3002, 0x3008...0x3011, 0x2014, 0x2018, 0x2019, 0x201C,
                0x201D:
                folded.append(UInt8(0xE0 | scalar.value >> 12))
                folded.append(UInt8(0x80 | scalar.value >> 6 & 0x3F))
                folded.append(UInt8(0x80 | scalar.value & 0x3F))
            default: return nil
            }
        }
        if folded.last == 0x20 { folded.removeLast() }
        return String(decoding: folded, as: UTF8.self)
    }

    private static func isPartOfEmoji(
        _ scalar: Unicode.Scalar, after last: Unicode.Scalar?, before next: Unicode.Scalar?
    ) -> Bool {
        func isPicture(_ other: Unicode.Scalar?) -> Bool {
            guard let other else { return false }
            return other.value > 0xFF && other.properties.isEmoji
        }
        return switch scalar.value {
        case 0xFE0F: isPicture(last)
        case 0x200D: isPicture(next) && (isPicture(last) || last?.value == 0xFE0F)
        default: false
        }
    }
}
