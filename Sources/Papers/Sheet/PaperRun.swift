import Core

/// A stretch of a line in one face.
struct PaperRun: Equatable {
    let text: String
    let face: PaperFace
}

extension Paper.Block {
    /// The text with the face of each stretch. A paragraph that begins with its number, （一）, has
    /// its first sentence in the face of that level.
    var runs: [PaperRun] {
        switch style {
        case .first: return [PaperRun(text: text, face: .hei)]
        case .second: return [PaperRun(text: text, face: .kai)]
        case .text:
            guard text.hasPrefix("（"), let close = text.firstIndex(of: "）"),
                text[..<close].dropFirst().allSatisfy({ "一二三四五六七八九十".contains($0) }),
                let stop = text.firstIndex(of: "。")
            else { return [PaperRun(text: text, face: .fang)] }
            let end = text.index(after: stop)
            return [
                PaperRun(text: String(text[..<end]), face: .kai),
                PaperRun(text: String(text[end...]), face: .fang),
            ].filter { !$0.text.isEmpty }
        default: return [PaperRun(text: text, face: .fang)]
        }
    }

    var isIndented: Bool { [.first, .second, .third, .fourth, .text, .note].contains(style) }
}

extension Paper {
    /// The title in lines of about the same length, parted where a reader takes a breath: before a
    /// bracket, behind 的 or a mark, and never within a number.
    var titleLines: [String] {
        let most = Int(
            PaperMeasure.typeWidth * PaperMeasure.pointsPerMillimeter / PaperMeasure.title)
        let width = Self.letters(title)
        // An English title wraps between its words.
        guard width > most, words == .zh else { return [title] }
        let count = (width + most - 3) / (most - 2)
        var (lines, rest) = ([String](), Array(title))
        for left in stride(from: count, to: 1, by: -1) {
            let target = Self.letters(String(rest)) / left
            let places = (1..<rest.count).filter { place in
                let letters = Self.letters(String(rest[..<place]))
                let isWithin = rest[place - 1].isASCII && rest[place].isASCII
                return abs(letters - target) <= 5 && letters <= most && !isWithin
            }
            func cost(_ place: Int) -> Int {
                let isBreath = "的、，：》”年".contains(rest[place - 1]) || "（《“".contains(rest[place])
                return abs(Self.letters(String(rest[..<place])) - target) + (isBreath ? 0 : 6)
            }
            guard let place = places.min(by: { cost($0) < cost($1) }) else { break }
            lines.append(String(rest[..<place]))
            rest = Array(rest[place...])
        }
        return lines + [String(rest)]
    }

    /// How wide a text is in letters of the body: two of the narrow ones stand for one.
    static func letters(_ text: String) -> Int {
        (text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2000 ? 1 : 2) } + 1) / 2
    }

    /// The size of the issuer's name in points: a long one is set smaller, so that it keeps to one
    /// line. Heavy narrow letters are wider than half of a square one.
    static func headSize(_ issuer: String) -> Double {
        let squares = issuer.unicodeScalars.reduce(0.0) { $0 + ($1.value < 0x2000 ? 0.6 : 1) }
        let fitting =
            PaperMeasure.typeWidth * PaperMeasure.pointsPerMillimeter / max(squares, 1)
        return min(PaperMeasure.head, (fitting * 2).rounded(.down) / 2)
    }

    /// How many letters signature and day keep from the right edge: the day begins two letters
    /// behind the signature, and keeps at least two from the edge.
    var closing: (signature: Int, day: Int) {
        let (name, date) = (Self.letters(signature ?? ""), Self.letters(day ?? ""))
        let over = name - 2 - date
        return over >= 0 ? (2, 2 + over) : (2 - over, 2)
    }

    /// What stands before annexes, copies and the source.
    enum Label {
        static let annex = Wording(zh: "附件：", en: "Annex: ")
        static let copies = Wording(zh: "抄送：", en: "Copies to: ")
        static let source = Wording(zh: "数字来源：", en: "Where the numbers are opened: ")
    }

    /// What stands on the last page below two lines: who is told, who printed it.
    var lastLines: [String] {
        let stop = words == .zh ? "。" : "."
        let names = copies.joined(separator: words == .zh ? "，" : ", ")
        let told = copies.isEmpty ? [] : [Label.copies[words] + names + stop]
        return told + (printedBy.map { [$0] } ?? [])
    }
}
