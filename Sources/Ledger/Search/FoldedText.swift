import Core
import Foundation

/// A text as search compares it: wide letters made narrow, capitals made small, what nobody can see
/// left out, one dot for all, and every run of white space one blank. `ＧＲＯＵＮＤ　Work` and
/// `ground work` fold to the same.
package struct FoldedText: Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = Folding.key(text)
    }

    /// Whether the text holds every word, wherever it stands.
    package func holds(_ words: [FoldedText]) -> Bool {
        words.allSatisfy { text.contains($0.text) }
    }

    /// The letters that stand next to each other: Chinese characters, Latin letters and digits.
    /// Signs and blanks part them.
    private var runs: [[Unicode.Scalar]] {
        text.unicodeScalars.split { !FoldedText.isLetter($0) }.map(Array.init)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x4E00...0x9FFF: return true
        case 0...0x7F: return false
        default: break
        }
        let properties = scalar.properties
        return properties.isAlphabetic || properties.numericType != nil
            || properties.generalCategory == .nonspacingMark
    }

    /// Every two letters that follow each other, and the last of each run by itself, in order.
    package var pairs: [Pair] {
        var pairs: [Pair] = []
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            let letter = FoldedText.isLetter(scalar) ? scalar : nil
            if let last { pairs.append(Pair(last, letter)) }
            last = letter
        }
        if let last { pairs.append(Pair(last, nil)) }
        pairs.sort()
        return pairs.indices.filter { $0 == 0 || pairs[$0 - 1] != pairs[$0] }.map { pairs[$0] }
    }

    /// The pairs that a text must have to hold this word: its own but for the loose ends, which
    /// something else may follow there.
    package var needed: [Pair] {
        var seen: Set<Pair> = []
        return runs.flatMap { run in zip(run, run.dropFirst()).map { Pair($0, $1) } }
            .filter { seen.insert($0).inserted }
    }

    /// The letters of a word that stand alone, so that no pair tells where they are.
    package var lone: [Unicode.Scalar] { runs.filter { $0.count == 1 }.map { $0[0] } }
}

/// Two letters that follow each other, as one number; a letter at the end has nothing behind it.
///
/// Numbers sort alike on both engines, whatever language they were set up for, so the pairs that
/// begin with a letter are one range.
package struct Pair: Hashable, Sendable, Comparable {
    package let number: Int

    package init(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) {
        number = Int(first.value) << Pair.bits + Int(second?.value ?? 0)
    }

    /// The numbers of all pairs that begin with a letter.
    package static func beginning(with letter: Unicode.Scalar) -> Range<Int> {
        let first = Int(letter.value) << bits
        return first..<first + 1 << bits
    }

    package static func < (left: Pair, right: Pair) -> Bool { left.number < right.number }

    /// Enough for every letter there is.
    private static let bits = 21
}
