import Core
import Ledger
import TestKit
import Testing

/// What is kept of records is what the first program kept of them, by its own rules.
struct OldRulesTests {
    private static let letters = Array(
        "党建引领ab Z09,.-\u{301}é，。\n\"\\\t\r\u{1}١Ⅷ½𠮷ﾃ々〇ー".unicodeScalars)

    private static func text(_ dice: inout Dice, _ length: Int = 12) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<dice.roll(0...length) {
            text.append(letters[dice.roll(0...letters.count - 1)])
        }
        return String(text)
    }

    @Test func thePairsOfATextAreThoseOfItsRuns() {
        func isLetter(_ scalar: Unicode.Scalar) -> Bool {
            let properties = scalar.properties
            return properties.isAlphabetic || properties.numericType != nil
                || properties.generalCategory == .nonspacingMark
        }
        func expectSame(_ text: FoldedText) {
            var pairs: Set<Int> = []
            for run in text.text.unicodeScalars.split(whereSeparator: { !isLetter($0) }) {
                let run = Array(run)
                for (index, letter) in run.enumerated() {
                    pairs.insert(
                        Pair(letter, index + 1 < run.count ? run[index + 1] : nil).number)
                }
            }
            #expect(text.pairs.map(\.number) == pairs.sorted(), "\(text.text)")
        }
        var dice = Dice(seed: 3)
        for _ in 0..<5_000 { expectSame(FoldedText(Self.text(&dice, 20))) }
        for value: UInt32 in 1...0xFFFF {
            if let scalar = Unicode.Scalar(value) { expectSame(FoldedText("a" + String(scalar))) }
        }
    }

    @Test func theFieldsOfARecordAreWrittenLetterByLetter() {
        func written(_ pairs: [String: String]) -> String {
            let list = pairs.keys.sorted().map { key in
                let value = pairs[key]!.unicodeScalars.map { scalar in
                    switch scalar {
                    case "\"": "\\\""
                    case "\\": "\\\\"
                    case "\n": "\\n"
                    case "\r": "\\r"
                    case "\t": "\\t"
                    case _ where scalar.value < 0x20:
                        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                    default: String(scalar)
                    }
                }.joined()
                return "\"\(key)\":\"\(value)\""
            }
            return "{" + list.joined(separator: ",") + "}"
        }
        var dice = Dice(seed: 4)
        for _ in 0..<5_000 {
            var pairs: [String: String] = [:]
            for key in ["title", "level", "a", "issuer"].prefix(dice.roll(0...4)) {
                pairs[key] = Self.text(&dice)
            }
            #expect(Array(jsonObject(pairs).utf8) == Array(written(pairs).utf8))
        }
    }

    @Test func theContentOfAnEntryIsTheFingerprintOfAllItSays() {
        var dice = Dice(seed: 5)
        for _ in 0..<2_000 {
            var entry = Entry(
                kind: "k", unit: .make(), happenedOn: Day(2015, 1, 1)! + dice.roll(0...400))
            if dice.flip() { entry.place = .make() }
            if dice.flip() { entry.untilOn = entry.happenedOn + 1 }
            if dice.flip() { entry.ref = Self.text(&dice) }
            if dice.flip() { entry.reverses = .make() }
            if dice.flip() { entry.ends = .make() }
            if dice.flip() { entry.minute = Minute(number: dice.roll(0...1439)) }
            for _ in 0..<dice.roll(0...4) {
                entry.measures.append(dice.flip() ? dice.roll(0...100_000) : nil)
            }
            if dice.flip() { entry.fields = ["b": Self.text(&dice), "a": Self.text(&dice)] }
            for _ in 0..<dice.roll(0...3) {
                entry.persons.append(
                    entry.persons.last.flatMap { dice.flip() ? $0 : nil }
                        ?? Entry.Participant(role: Self.text(&dice, 2), person: .make()))
                entry.subjects.append(
                    Entry.Subject(kind: Self.text(&dice, 1), code: Self.text(&dice, 1)))
            }
            var parts: [String?] = [
                entry.kind, entry.unit.text, entry.place?.text, entry.happenedOn.description,
                entry.untilOn?.description, entry.ref, entry.reverses?.text, entry.ends?.text,
            ]
            for index in 0..<4 {
                parts.append(
                    index < entry.measures.count ? entry.measures[index].map(String.init) : nil)
            }
            parts.append(jsonObject(entry.fields))
            parts += Set(entry.persons).map { $0.role + ":" + $0.person.text }.sorted()
            parts.append("|")
            parts += Set(entry.subjects).map { $0.kind + ":" + $0.code }.sorted()
            if let minute = entry.minute { parts.append("@\(minute.number)") }
            let content = String(Fingerprint(parts).text.prefix(32))
            #expect(entry.content == content)
            #expect(FinishedEntry(entry).content == content)
        }
    }

    @Test func aTextIsTrimmedLetterByLetter() {
        var dice = Dice(seed: 7)
        let letters = Array("党a. \t\n\r\u{3000}\u{A0}\u{85}\u{301}\u{200D}\u{600}é".unicodeScalars)
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<dice.roll(0...6) { text.append(letters[dice.roll(0...letters.count - 1)]) }
            var rest = Substring(String(text))
            while let first = rest.first, first.isWhitespace { rest.removeFirst() }
            while let last = rest.last, last.isWhitespace { rest.removeLast() }
            #expect(Array(String(text).trimmed.unicodeScalars) == Array(rest.unicodeScalars))
        }
    }
}
