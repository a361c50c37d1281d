import Core
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
