import Core
import Reports
import Testing

struct SlotTests {
    @Test func aSlotSaysIndicatorUnitPeriodAndWhatZeroPrints() throws {
        let slot = try #require(Piece.read("[[ a.b | X-1 | Q1 | 没有 ]]").first?.slot)
        #expect(slot.indicator == "a.b")
        #expect(slot.unit == "X-1")
        #expect(slot.period == "Q1")
        #expect(slot.zero == "没有")
        #expect(slot.key == "a.b|X-1|Q1", "the zero sentence is no part of the question")
    }

    @Test func whatASlotLeavesOutComesFromTheReport() throws {
        let slot = try #require(Piece.read("[[a.b]]").first?.slot)
        #expect(slot.unit == nil)
        #expect(slot.zero == nil)
        #expect(slot.key == "a.b||")
    }

    @Test(
        arguments: [
            ("", "2015-H1"), ("@", "@2015-06-30"), ("..", "..2015-06-30"), ("Q1", "2015-Q1"),
            ("06", "2015-06"), ("before:R1", "before:R1"), ("2014", "2014"),
            ("2015-02-01..2015-02-03", "2015-02-01..2015-02-03"),
        ])
    func thePeriodOfASlotIsReadWithinThatOfTheReport(written: String, asked: String) throws {
        let slot = try #require(Piece.read("[[a.b||\(written)]]").first?.slot)
        let report = try #require(Period("2015-H1"))
        #expect(slot.period(in: report) == asked)
    }

    @Test(
        arguments: [
            ("", 0, ""), ("只有文字", 0, "只有文字"), ("前[[a.b]]后", 1, "前|后"),
            ("[[a.b]][[c.d]]", 2, ""), ("缺一半[[a.b", 0, "缺一半[[a.b"), ("a]]b", 0, "a]]b"),
            ("]]倒[[a.b]]", 0, "]]倒[[a.b]]"), ("[[]]", 0, ""), ("[[a|b|c|d|e]]", 0, "a|b|c|d|e"),
        ])
    func aParagraphIsCutIntoTextAndSlots(paragraph: String, slots: Int, text: String) {
        let pieces = Piece.read(paragraph)
        let texts = pieces.compactMap { piece in
            if case .text(let text) = piece, !text.isEmpty { return text }
            return nil
        }
        #expect(pieces.compactMap(\.slot).count == slots)
        #expect(texts.joined(separator: "|") == text)
    }
}
