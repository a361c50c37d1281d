import Ledger
import Testing

struct FoldedTextTests {
    @Test(
        arguments: [
            ("ＧＲＯＵＮＤ　Work", "ground work"), ("Ａ１２", "a12"), ("党课\t五一", "党课 五一"),
            ("ﾃｽﾄ", "テスト"),
        ])
    func widthAndCaseAndBlanksDoNotMatter(written: String, folded: String) {
        #expect(FoldedText(written).text == folded)
    }

    @Test(arguments: [
        ("文明街道", "明街", true), ("文明街道", "街", true), ("文明街道", "道", true),
        ("文明，街道", "明街", false), ("Clean STREETS", "street", true), ("第12期", "12", true),
        ("文明街道", "明道", false), ("𠮷祥社区", "𠮷祥", true),
    ])
    func aWordStandsAnywhereInAText(text: String, word: String, isThere: Bool) {
        let (text, word) = (FoldedText(text), FoldedText(word))
        #expect(text.holds([word]) == isThere)
        let pairs = Set(text.pairs.map(\.number))
        if isThere {
            #expect(word.needed.allSatisfy { pairs.contains($0.number) })
            for letter in word.lone {
                let range = Pair.beginning(with: letter)
                #expect(pairs.contains { range.contains($0) })
            }
        }
    }

    /// The pairs of “党建党课” hold both pairs of “建党建”, which does not stand in it.
    @Test func pairsAloneGiveFalseHits() {
        let (text, word) = (FoldedText("党建党课"), FoldedText("建党建"))
        #expect(Set(word.needed).isSubset(of: text.pairs))
        #expect(!text.holds([word]))
    }

    @Test func signsHaveNoPairs() {
        #expect(FoldedText("，。！ — ()").pairs.isEmpty)
        #expect(FoldedText("。").lone.isEmpty)
        #expect(FoldedText("、").needed.isEmpty)
    }
}
