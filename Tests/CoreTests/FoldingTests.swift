import Core
import TestKit
import Testing

struct FoldingTests {
    @Test(
        arguments: [
            ("S1\u{200B}", "S1"), ("\u{FEFF}S1\u{200E}", "S1"), ("Ｓ１", "S1"), (" S1\u{3000}", "S1"),
            ("王⼀", "王一"), ("⽇期", "日期"), ("⻄街⻓", "西街长"), ("王\u{E5E5}一", "王 一"),
            ("\u{E863}", "䶮"), ("\u{E854}\u{E816}", "龺𠂇"), ("\u{E78D}", ","), ("é", "e\u{301}"),
            ("塚", "\u{FA10}"), ("a\u{A0}\n b", "a b"), ("S\u{AD}1", "S1"), ("2015．3．1", "2015.3.1"),
        ])
    func whatLooksAlikeIsTheSame(written: String, plain: String) {
        #expect(Folding.identifier(written) == Folding.identifier(plain))
        #expect(Folding.key(written.uppercased()) == Folding.key(plain.lowercased()))
    }

    @Test(arguments: ["•", "・", "･", "．", "‧", "⋅", "∙", "●", "·", ".", "\u{2024}", "\u{387}"])
    func theDotsOfNamesAreOne(dot: String) {
        #expect(Folding.identifier("阿依古丽\(dot)买买提") == "阿依古丽·买买提")
    }

    @Test func aDotThatPartsNoChineseCharactersStays() {
        for text in ["J. Smith", "v1.2", "第1.2条", "a.b", "."] {
            #expect(Folding.identifier(text) == text)
        }
    }

    @Test func freeTextIsKeptButForWhatNobodySees() {
        #expect(Folding.seen("国\u{200B}槐\u{200E}") == "国槐")
        #expect(Folding.seen("２０棵　国槐，（一）") == "２０棵　国槐，（一）")
        #expect(Folding.seen("👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}") == "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}")
        #expect(Folding.seen("国槐\u{FE0F}\u{200D}") == "国槐")
        #expect(Folding.shown("a\u{202E}b\u{7}c\n.csv") == "abc.csv")
    }

    @Test(
        arguments: [
            ("王\u{FFFD}", 2, Unwelcome.Kind.lost), ("ab\u{E000}", 3, .ownFont),
            ("\u{F0000}", 1, .ownFont), ("a\u{1B}[0m", 2, .control), ("a\u{7}", 2, .control),
            ("a\u{0}b", 2, .control), ("甲\u{85}", 2, .control), ("fdp\u{202E}exe", 4, .direction),
            ("\u{202A}C:", 1, .direction), ("a\u{2069}", 2, .direction),
            ("\u{2066}a\u{202C}", 3, .direction), ("a\u{FFFC}", 2, .noText),
            ("a\u{FFFE}", 2, .noText), ("a" + String(repeating: "\u{301}", count: 7), 1, .marks),
            ("a" + String(repeating: "\u{301}\u{34F}", count: 7), 1, .marks),
        ])
    func whatMayNotComeInIsNamedWithItsPlace(text: String, place: Int, kind: Unwelcome.Kind) {
        let found = Unwelcome(in: text)
        #expect(found?.place == place)
        #expect(found?.kind == kind)
        #expect(found?.words.zh.contains("第\(place)个字符 U+") == true)
    }

    @Test(
        arguments: [
            "甲\n乙\t丙", "\u{202D}13800000000\u{202C}", "\u{2068}a\u{2069}", "e\u{301}\u{323}",
            "\u{E863}\u{E5E5}", "क्षि", "འབྲུག", "ئۇيغۇر",
        ])
    func whatIsWrittenSomewhereComesIn(text: String) {
        #expect(Unwelcome(in: text) == nil)
    }

    @Test func aLineHasNoLineEnds() {
        #expect(Unwelcome(in: "甲\n乙", lines: false)?.kind == .control)
    }

    @Test func foldingTwiceChangesNothing() {
        var chance = Dice(seed: 7)
        let pieces: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xA0...0x24F, 0x300...0x36F, 0x4E00...0x4E80, 0x2E80...0x2FD5,
            0xF900...0xFAD9, 0x2000...0x206F, 0x3000...0x30FF, 0xFF01...0xFFEE, 0xAC00...0xAC20,
            0x1100...0x11FF, 0x2460...0x24FF, 0xE780...0xE870, 0x1F600...0x1F64F, 0xFE00...0xFE0F,
            0x600...0x6FF, 0x3200...0x33FF,
        ]
        for _ in 0..<4_000 {
            var text = ""
            for _ in 0..<chance.roll(0...8) {
                guard let piece = pieces.randomElement(using: &chance),
                    let scalar = Unicode.Scalar(
                        UInt32(chance.roll(Int(piece.lowerBound)...Int(piece.upperBound))))
                else { continue }
                text.unicodeScalars.append(scalar)
            }
            let shown = text.unicodeScalars.map { String($0.value, radix: 16) }
            for fold in [Folding.seen, Folding.letters, Folding.identifier, Folding.key] {
                let once = fold(text)
                #expect(Array(fold(once).unicodeScalars) == Array(once.unicodeScalars), "\(shown)")
            }
            _ = Unwelcome(in: text)
        }
    }
}
