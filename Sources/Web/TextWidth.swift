/// How much room a text takes, reckoned in Latin letters: a Chinese character is as wide as two.
/// Nothing is measured with a font, so it holds for whatever face the reader has.
package enum TextWidth {
    package static func letters(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + letters($1) }
    }

    private static func letters(_ scalar: Unicode.Scalar) -> Int { scalar.value < 0x1100 ? 1 : 2 }

    /// The text cut to fit, with a sign that something is missing.
    package static func shortened(_ text: String, to most: Int) -> String {
        guard letters(text) > most else { return text }
        var room = most - 2
        let kept = text.prefix { character in
            room -= letters(String(character))
            return room >= 0
        }
        return kept + "…"
    }

    /// The text in lines of at most so many letters: broken at spaces, and beside any Chinese
    /// character but not before a sign that closes.
    package static func lines(_ text: String, of most: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text) {
            if !line.isEmpty, letters(line) + letters(piece) > most, !closes(piece) {
                lines.append(trimmed(line))
                line = ""
            }
            line += piece
        }
        if !trimmed(line).isEmpty { lines.append(trimmed(line)) }
        return lines
    }

    /// What is not taken apart: a word with the space behind it, or one Chinese character.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        for character in text {
            let isWide = letters(String(character)) > 1
            if isWide, !word.isEmpty {
                pieces.append(word)
                word = ""
            }
            word.append(character)
            if isWide || character == " " {
                pieces.append(word)
                word = ""
            }
        }
        return word.isEmpty ? pieces : pieces + [word]
    }

    private static func closes(_ piece: String) -> Bool {
        piece.first.map { "，。；：、）”’》！？,.;:)%".contains($0) } ?? false
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
