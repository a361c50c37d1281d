import Core
import Papers
import Testing

struct WrittenNumberTests {
    @Test(arguments: [
        ("授课96节", "96", 96, 1), ("授课90余节", "90余", 90, 1), ("占62.6%", "62.6%", 626, 10),
        ("占６２．６％", "62.6%", 626, 10), ("共2,260人次", "2,260", 2260, 1),
        ("投入1.2万元", "1.2万", 12000, 1), ("超过200次", "200", 200, 1),
        ("走访二百二十二户", "二百二十二", 222, 1), ("抽调七十余名干部", "七十余", 70, 1),
        ("达到百分之六十二点六", "百分之六十二点六", 626, 10), ("十二名党员", "十二", 12, 1),
    ])
    func aNumberIsReadAsItIsWritten(
        sentence: String, text: String, amount: Int, scale: Int
    ) throws {
        let found = WrittenNumber.all(in: sentence)
        try #require(found.count == 1)
        #expect(found[0].text == text)
        #expect(found[0].amount == amount && found[0].scale == scale)
    }

    @Test(arguments: [
        "2015年7月1日", "试组〔2015〕7号", "第3届", "第三批", "“三严三实”专题教育", "一是抓教育",
        "1. 基本情况", "A4纸", "上一个台阶",
    ])
    func aDayAnOrdinalAndAWordAreNoNumbers(sentence: String) {
        #expect(WrittenNumber.all(in: sentence).isEmpty)
    }

    @Test(arguments: [
        ("96节", 96, 1, true), ("96节", 95, 1, false), ("90余节", 96, 1, true),
        ("90余节", 89, 1, false), ("90余节", 100, 1, false), ("62.6%", 6264, 100, true),
        ("62.6%", 6266, 100, false), ("1.2万元", 12400, 1, true), ("1.2万元", 12600, 1, false),
        ("超过200次", 222, 1, true), ("63%", 6264, 100, true),
    ])
    func aNumberAgreesAsCoarselyAsItIsSaid(
        said: String, value: Int, parts: Int, agrees: Bool
    ) throws {
        let number = try #require(WrittenNumber.all(in: said).first)
        #expect(number.agrees(with: value, of: parts) == agrees)
    }
}
