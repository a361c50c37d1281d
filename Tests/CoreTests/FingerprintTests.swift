import Core
import Storage
import TestKit
import Testing

@Suite struct FingerprintTests {
    @Test func noTwoListsShareAFingerprint() {
        let lists: [[String?]] = [
            [], [nil], [""], [nil, nil], ["", ""], [nil, ""], ["", nil], ["ab"], ["a", "b"],
            ["", "ab"], ["ab", ""], ["ab", nil], ["a", "", "b"], ["b", "a"], ["a,b"], ["a\u{0}b"],
            ["\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"], ["\u{0}"], ["甲"], ["é"], ["e\u{301}"],
        ]
        #expect(Set(lists.map { Fingerprint($0).text }).count == lists.count)
    }

    /// The parts are such that their texts, put one behind the other, often read the same.
    @Test func randomListsAgreeExactlyWhenTheyAreTheSame() {
        var dice = Dice(seed: 2)
        let parts: [String?] = [nil, "", "a", "aa", "aaa", "\u{0}", "\u{0}\u{0}\u{0}\u{0}"]
        var seen: [String: [String?]] = [:]
        for _ in 0..<20_000 {
            let list = (0..<Int.random(in: 0...6, using: &dice)).map { _ in
                parts[Int.random(in: 0..<parts.count, using: &dice)]
            }
            let text = Fingerprint(list).text
            #expect(seen[text, default: list] == list)
            seen[text] = list
        }
        #expect(Set(seen.values).count == seen.count)
    }

    @Test func partsMayComeOneByOne() {
        var fingerprint = Fingerprint()
        fingerprint.add("a")
        fingerprint.add(nil)
        fingerprint.add(-12)
        #expect(fingerprint.text == Fingerprint(["a", nil, "-12"]).text)
    }

    /// However long they are and however they are taken in.
    @Test func eachPartGoesInBehindItsLength() {
        var dice = Dice(seed: 6)
        for _ in 0..<500 {
            var bytes: [UInt8] = []
            var fingerprint = Fingerprint()
            for _ in 0..<dice.roll(0...30) {
                guard dice.roll(0...4) > 0 else {
                    bytes += [UInt8](repeating: 0xFF, count: 8)
                    fingerprint.add(Value.null)
                    continue
                }
                let part = String(repeating: "甲a", count: dice.roll(0...10) * dice.roll(0...60))
                bytes += withUnsafeBytes(of: UInt64(part.utf8.count).bigEndian, Array.init)
                bytes += part.utf8
                if dice.flip() { fingerprint.add(part) } else { fingerprint.add(.text(part)) }
            }
            #expect(fingerprint.text == hexadecimalDigest(bytes))
            #expect(fingerprint.half == fingerprint.text.prefix(32))
        }
        var numbers = Fingerprint()
        numbers.add(.integer(-5))
        #expect(numbers.text == Fingerprint(["-5"]).text)
    }

    @Test func itIsASHA256InHexadecimal() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(Fingerprint([]).text == empty)
        #expect(hexadecimalDigest([]) == empty)
        #expect(
            hexadecimalDigest(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(hexadecimal([0, 1, 15, 16, 255]) == "00010f10ff")
    }
}
