import Core
import ReportDesk
import Testing

struct WrittenTextTests {
    @Test func whatIsReadIsWrittenAgainJustSo() {
        let text = """
            > 段首：走访不断线。
            走访企业[[visit.count]]。
            > 为零：没有走访。
            > 无数：没有数字。
            > 不低于：80
            其中五月[[visit.count||05]]。

            > 低于也要写在句子下面的。
            """
        var faults: [Wording] = []
        let whole = text.components(separatedBy: "\n\n")[0]
        let written = WrittenText(whole, &faults)
        #expect(faults.isEmpty)
        #expect(written.text(.zh) == whole)
        #expect(written.sentences.count == 2 && written.sentences[0].from == 80)
        var again: [Wording] = []
        #expect(WrittenText(written.text(.en), &again) == written && again.isEmpty)
    }

    @Test(arguments: [
        ("> 为零：没有。", "写在它所说的句子下面"), ("一句。\n> 不知道：什么", "再写冒号"),
        ("一句。\n> 不低于：很多", "整数"), ("一句。\n> 段首：在后", "最前面"),
        ("一句。\n> 为零：", "没有内容"), ("> 段首：只有段首", "要有句子"),
    ])
    func whatCannotBeReadIsNamedWithItsLine(text: String, says: String) {
        var faults: [Wording] = []
        _ = WrittenText(text, &faults)
        #expect(faults.contains { $0.zh.contains(says) }, "\(faults)")
        #expect(faults.allSatisfy { !$0.en.isEmpty })
    }
}
