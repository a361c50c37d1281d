import Core
import Foundation
import TestKit
import Testing

/// The quick ways through common texts fold as the way through all others does.
struct FoldingRuleTests {
    /// A letter that is taken the long way, changes nothing before it, and is its own fold.
    private static let slow = "é"

    private static func expectSame(_ text: String) {
        let folded = Folding.letters(text)
        let isOpen = text.unicodeScalars.last?.properties.isWhitespace == true && folded != ""
        let long = Folding.letters(text + slow)
        #expect(
            Array(long.unicodeScalars)
                == Array((folded + (isOpen ? " " : "") + slow).unicodeScalars),
            "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }

    @Test func everyLetterFoldsByItselfAsItDoesAmongOthers() {
        for value: UInt32 in [0x01...0x17F, 0x2000...0x206F, 0x3000...0x30FF, 0xFF00...0xFFEF]
            .joined()
        {
            guard let scalar = Unicode.Scalar(value) else { continue }
            // Marks change the letter before them, and here that would be another one.
            if scalar.properties.canonicalCombiningClass != .notReordered { continue }
            Self.expectSame(String(scalar))
            Self.expectSame("党" + String(scalar) + "a")
        }
        for value: UInt32 in 0x4E00...0x9FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            if value % 16 == 0 { Self.expectSame("\t" + String(scalar)) }
        }
    }

    @Test func randomTextsFoldAlikeOnBothWays() {
        var dice = Dice(seed: 14)
        let letters = Array(
            " \t\n\u{3000}aZ09.-()（）［］，。、；：！？“”‘’—…·《》【】ＡｚA党建é①㎡ﾃ\u{200B}\u{FEFF}"
                .unicodeScalars)
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<dice.roll(0...8) { text.append(letters[dice.roll(0...letters.count - 1)]) }
            // What nobody sees is left out, and then it is not the last letter.
            while let last = text.last, last.properties.isDefaultIgnorableCodePoint {
                text.removeLast()
            }
            Self.expectSame(String(text))
        }
    }
}
