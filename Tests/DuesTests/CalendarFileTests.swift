import Core
import Dues
import Testing

struct CalendarFileTests {
    /// The content lines again, as a reader of the standard puts them together.
    private func unfolded(_ text: String) -> [String] {
        // By octets: a mark that follows the blank must not join it.
        var octets: [UInt8] = []
        for octet in text.utf8 {
            octets.append(octet)
            if octets.suffix(3) == [13, 10, 32] { octets.removeLast(3) }
        }
        return String(decoding: octets, as: UTF8.self).components("\r\n")
    }

    @Test(arguments: [
        "SUMMARY:short", "SUMMARY:" + String(repeating: "x", count: 67),
        "SUMMARY:" + String(repeating: "x", count: 68),
        "SUMMARY:" + String(repeating: "待办事项", count: 40),
        "SUMMARY:" + String(repeating: "a应", count: 60),
        "SUMMARY:" + String(repeating: "👩‍👩‍👧‍👦", count: 20),
        "SUMMARY:" + String(repeating: "é̂", count: 50), "",
    ])
    func noLineIsLongerThanSeventyFiveOctetsAndNoCharacterIsCut(_ line: String) {
        let folded = CalendarFile.folded(line)
        #expect(folded.hasSuffix("\r\n"))
        #expect(Array(unfolded(folded)[0].utf8) == Array(line.utf8))
        for piece in folded.utf8Pieces {
            #expect(piece.count <= CalendarFile.lineOctets)
            // Each piece by itself is whole UTF-8.
            #expect(String(validating: piece, as: UTF8.self) != nil)
        }
    }

    @Test func everyLengthAroundTheEdgeFolds() {
        for count in 60...240 {
            let line = String(repeating: count % 3 == 0 ? "字" : "x", count: count)
            let folded = CalendarFile.folded(line)
            #expect(unfolded(folded)[0] == line)
            #expect(folded.utf8Pieces.allSatisfy { $0.count <= 75 })
        }
    }

    @Test(arguments: [
        (#"a\b"#, #"a\\b"#), ("a;b,c", #"a\;b\,c"#), ("a\nb\r\nc", #"a\nb\nc"#),
        ("a\u{0}\u{7}b\rc", "abc"), ("9:00 \"x\"", "9:00 \"x\""),
        ("BEGIN:VEVENT\nX", #"BEGIN:VEVENT\nX"#),
    ])
    func whatHasAMeaningIsEscaped(_ text: String, _ escaped: String) {
        #expect(CalendarFile.escaped(text) == escaped)
    }

    @Test func anEventIsAWholeDayThatKeepsNobodyBusy() throws {
        let day = try #require(Day("2015-12-31"))
        let file = CalendarFile(
            name: "我的手机", language: .zh, changedAt: Moment(milliseconds: 1_435_723_200_000),
            events: [
                CalendarFile.Event(
                    uid: "life.2015@groundwork", day: day, summary: "组织生活会：甲, 乙",
                    description: "最早\n最迟", categories: ["待办事项", "逾期, 未办"],
                    url: "http://127.0.0.1/dues/life")
            ])
        let lines = unfolded(file.text)
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.suffix(2) == ["END:VCALENDAR", ""])
        #expect(lines.contains("DTSTART;VALUE=DATE:20151231"))
        #expect(lines.contains("DTEND;VALUE=DATE:20160101"))
        #expect(lines.contains("DTSTAMP:20150701T040000Z"))
        #expect(lines.contains(#"SUMMARY;LANGUAGE=zh-Hans:组织生活会：甲\, 乙"#))
        #expect(lines.contains(#"DESCRIPTION;LANGUAGE=zh-Hans:最早\n最迟"#))
        #expect(lines.contains(#"CATEGORIES;LANGUAGE=zh-Hans:待办事项,逾期\, 未办"#))
        #expect(lines.contains("TRANSP:TRANSPARENT"))
        #expect(!file.text.replacing("\r\n", with: "").contains { $0 == "\n" || $0 == "\r" })
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }

    /// The lines of a file as bytes, without their ends.
    fileprivate var utf8Pieces: [[UInt8]] {
        var pieces: [[UInt8]] = [[]]
        for byte in utf8 {
            if byte == 10 {
                pieces.append([])
            } else if byte != 13 {
                pieces[pieces.count - 1].append(byte)
            }
        }
        return pieces
    }
}
