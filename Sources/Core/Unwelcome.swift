/// A character that may not come in, with its place: what was lost on the way, what only one
/// machine can show, what steers a terminal, and what turns the direction of writing.
///
/// Every door asks here, so that what one refuses no other lets in.
package struct Unwelcome: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable { case lost, ownFont, control, direction, marks, noText }

    /// The character counted from 1, as a reader counts.
    package let place: Int
    package let scalar: Unicode.Scalar
    package let kind: Kind

    /// The first such character of a text; nil when all may come in.
    ///
    /// - Parameter lines: whether the text may have several lines and tabs.
    package init?(in text: String, lines: Bool = true) {
        if text.unicodeScalars.allSatisfy(Unwelcome.isOrdinary) { return nil }
        var place = 0
        var marks = 0
        var open: [(scalar: Unicode.Scalar, place: Int)] = []
        for character in text {
            place += 1
            for scalar in character.unicodeScalars {
                let isMark = [.nonspacingMark, .enclosingMark].contains(
                    scalar.properties.generalCategory)
                if isMark, !scalar.properties.isDefaultIgnorableCodePoint {
                    marks += 1
                } else if !scalar.properties.isDefaultIgnorableCodePoint {
                    marks = 0
                }
                let kind =
                    marks > Folding.marksPerLetter
                    ? .marks : Unwelcome.kind(scalar, lines: lines, open: &open, place)
                if let kind {
                    self.init(place, scalar, kind)
                    return
                }
            }
        }
        guard let unpaired = open.first else { return nil }
        self.init(unpaired.place, unpaired.scalar, .direction)
    }

    /// Nearly everything that is written: ASCII, and Chinese characters with their signs.
    private static func isOrdinary(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0x3000...0x3020, 0x4E00...0x9FFF, 0xFF01...0xFF5E: true
        default: false
        }
    }

    private init(_ place: Int, _ scalar: Unicode.Scalar, _ kind: Kind) {
        self.place = place
        self.scalar = scalar
        self.kind = kind
    }

    private static func kind(
        _ scalar: Unicode.Scalar, lines: Bool,
        open: inout [(scalar: Unicode.Scalar, place: Int)], _ place: Int
    ) -> Kind? {
        switch scalar.value {
        case 0x9, 0xA, 0xD: return lines ? nil : .control
        case 0xFFFD: return .lost
        case 0xFFF9...0xFFFC: return .noText
        case 0x202E: return .direction
        // Marks that come in pairs change nothing outside them, and are left out when it is read.
        case 0x202A, 0x202B, 0x202D, 0x2066, 0x2067, 0x2068:
            open.append((scalar, place))
            return nil
        case 0x202C, 0x2069:
            let isolates = scalar.value == 0x2069
            guard let last = open.last, (last.scalar.value >= 0x2066) == isolates else {
                return .direction
            }
            open.removeLast()
            return nil
        default: break
        }
        if scalar.properties.isNoncharacterCodePoint { return .noText }
        switch scalar.properties.generalCategory {
        case .control: return .control
        case .privateUse: return PrivateLetters.own(scalar) == nil ? .ownFont : nil
        case .surrogate: return .noText
        default: return nil
        }
    }

    /// What is wrong, where, and what to do.
    package var words: Wording {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return Wording(
            zh: "含有无法识别的字符：第\(place)个字符 \(code)（\(name.zh)），请删去或改正。",
            en: "This holds characters that cannot be read: character \(place), \(code) "
                + "(\(name.en)). Take it out or correct it.")
    }

    private var name: Wording {
        switch kind {
        case .lost: Wording(zh: "原来的字已丢失", en: "the letter was lost")
        case .ownFont: Wording(zh: "自造字，别处无法显示", en: "a letter of one machine's own font")
        case .control: Wording(zh: "控制字符", en: "a control character")
        case .direction: Wording(zh: "改变书写方向的符号", en: "it turns the direction of writing")
        case .marks:
            Wording(
                zh: "一个字上的附加符号超过\(Folding.marksPerLetter)个",
                en: "more than \(Folding.marksPerLetter) marks on one letter")
        case .noText: Wording(zh: "不是文字", en: "no text")
        }
    }
}

extension Refusal {
    /// A text without what nobody can see.
    ///
    /// - Throws: `Refusal.invalid` beside the place for a character that may not come in.
    package static func cleaned(
        _ text: String, at place: String, lines: Bool = false
    ) throws(Refusal) -> String {
        if let unwelcome = Unwelcome(in: text, lines: lines) {
            let words = unwelcome.words
            throw .invalid(place, zh: words.zh, en: words.en)
        }
        return Folding.seen(text)
    }
}
