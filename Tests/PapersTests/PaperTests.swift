import Core
import Foundation
import Papers
import Testing

/// A paper is set as GB/T 9704-2012 asks: measured in the PDF, read by rules in the Word file.
@Suite(.serialized)
struct PaperTests {
    static let sentence = "上半年全区组织工作总体推进有力过半数社区的用房已经达标干部力量进一步向社区集中"

    /// A report of several pages with everything that a paper may have.
    static func paper(paragraphs: Int = 30) -> Paper {
        var blocks = [
            Paper.Block(.first, "一、基本情况"),
            Paper.Block(.text, "（一）“三严三实”专题教育——扎实推进。全年共授课96节，其余见附件。"),
            Paper.Block(
                .table, rows: [["社区", "面积", "达标"], ["一社区", "1,000", "是"], ["二社区", "980"]]),
            Paper.Block(.note, "注：数字以签发时为准。"),
        ]
        blocks += (0..<paragraphs).map { _ in
            Paper.Block(.text, String(repeating: sentence, count: 4) + "。")
        }
        var paper = Paper(
            .report, .zh, title: "关于上半年组织工作情况的报告", blocks: blocks,
            issuer: "中共试验区委组织部", signature: "中共试验区委组织部", day: "2015年7月1日")
        paper.number = DocumentNumber(sign: "试组", year: 2015, count: 7)
        paper.recipients = ["区委", "区政府"]
        paper.annexes = ["社区用房一览表", "<script>alert(1)</script>"]
        paper.copies = ["各街道党工委"]
        paper.printedBy = "区委组织部办公室　2015年7月1日印发"
        paper.source = "http://127.0.0.1/reports/X"
        return paper
    }

    // MARK: PDF

    @Test func aPageHasTwentyTwoLinesOfTwentyEightLetters() async throws {
        let pages = try Tool.boxes(of: try await PaperPrinter.pdf(of: Self.paper()))
        try #require(pages.count > 3)
        // The second page is text from edge to edge.
        let lines = pages[1].filter { $0.text.count > 3 }
        let tops = Set(lines.map { Int($0.top.rounded()) })
        #expect(tops.count == PaperMeasure.lines)
        #expect(lines.map(\.text.count).max() == PaperMeasure.letters)
        let point = PaperMeasure.pointsPerMillimeter
        let left = lines.map(\.left).min() ?? 0
        #expect(abs(left - PaperMeasure.left * point) < 1)
        let right = (PaperMeasure.left + PaperMeasure.typeWidth) * point
        #expect(lines.allSatisfy { $0.right < right + 1 })
        let bottom = (PaperMeasure.top + PaperMeasure.typeHeight) * point
        #expect(lines.allSatisfy { $0.bottom < bottom + 1 })
    }

    @Test func pageNumbersStandAtTheRightOfOddPagesAndAtTheLeftOfEvenOnes() async throws {
        let pages = try Tool.boxes(of: try await PaperPrinter.pdf(of: Self.paper()))
        let point = PaperMeasure.pointsPerMillimeter
        let foot = (PaperMeasure.top + PaperMeasure.typeHeight) * point
        for (index, page) in pages.enumerated() {
            let number = try #require(page.first { $0.text == "\(index + 1)" && $0.top > foot })
            #expect((number.left > 300) == (index % 2 == 0))
            let dashes = page.filter { $0.text == "—" && $0.top > foot }
            #expect(dashes.count == 2)
            // Seven millimeters below the type area, as far as letters have room above them.
            #expect(abs((dashes.first?.top ?? 0) - foot - 7 * point) < 4)
        }
    }

    @Test func theHeadHasItsRedLineAndWithoutAnIssuerThereIsNone() async throws {
        let rows = try Tool.redRows(of: try await PaperPrinter.pdf(of: Self.paper(paragraphs: 1)))
        #expect(!rows.isEmpty)
        var form = Self.paper(paragraphs: 1)
        form.issuer = nil
        #expect(try Tool.redRows(of: try await PaperPrinter.pdf(of: form)).isEmpty)
    }

    @Test func whatWasWrittenIsTextAndNothingIsFetched() async throws {
        var paper = Self.paper(paragraphs: 1)
        paper.blocks.append(Paper.Block(.text, "<img src=\"file:///etc/passwd\">"))
        let pages = try Tool.boxes(of: try await PaperPrinter.pdf(of: paper))
        let text = pages.joined().map(\.text).joined()
        #expect(text.contains("src=") && text.contains("alert(1)"))
        #expect(!PaperSheet(paper).html.contains("<img"))
    }

    @Test func itSaysWhichLettersStandForOthers() async throws {
        let paper = Self.paper(paragraphs: 1)
        let file = try await PaperFile(.pdf, of: paper)
        // The fonts of the standard are not free, so that no machine of a test has them.
        #expect(file.fonts.contains { $0.named == "仿宋_GB2312" && !$0.taken.isEmpty })
    }

    // MARK: Word

    @Test func everyRunOfAWordFileNamesItsFonts() throws {
        let bytes = try WordFile(Self.paper(paragraphs: 2)).bytes
        for name in ["word/document.xml", "word/footer1.xml", "word/footer2.xml"] {
            let xml = try Tool.part(name, of: bytes)
            let runs = xml.components(separatedBy: "<w:r>").dropFirst()
            #expect(!runs.isEmpty)
            for run in runs {
                let fonts = run.prefix { $0 != "/" }
                #expect(
                    fonts.hasPrefix("<w:rPr><w:rFonts w:ascii=") && fonts.contains("w:eastAsia="))
                #expect(fonts.contains("w:hAnsi=") && fonts.hasSuffix("w:hint=\"eastAsia\""))
            }
            #expect(!xml.contains("Theme") && !xml.contains("txbx") && !xml.contains("w:pict"))
        }
    }

    @Test func aTableOfAWordFileHasItsGrid() throws {
        let xml = try Tool.part("word/document.xml", of: try WordFile(Self.paper()).bytes)
        let tables = xml.components(separatedBy: "<w:tbl>").dropFirst()
        #expect(tables.count == 2)
        for table in tables {
            let body = table.components(separatedBy: "</w:tbl>")[0]
            let columns = body.components(separatedBy: "<w:gridCol ").count - 1
            for row in body.components(separatedBy: "<w:tr>").dropFirst() {
                #expect(row.components(separatedBy: "<w:tc>").count - 1 == columns)
            }
            // Lines of a fixed height would cut what stands in a row.
            #expect(!body.contains("lineRule=\"exact\""))
        }
    }

    @Test func aWordFileHasThePageOfTheStandard() throws {
        let bytes = try WordFile(Self.paper()).bytes
        let xml = try Tool.part("word/document.xml", of: bytes)
        #expect(xml.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"))
        #expect(xml.contains("w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\""))
        #expect(try Tool.part("word/settings.xml", of: bytes).contains("<w:evenAndOddHeaders/>"))
        #expect(xml.contains("试组〔2015〕7号") && xml.contains("&lt;script&gt;"))
    }

    @Test func theSamePaperMakesTheSameFile() throws {
        #expect(try WordFile(Self.paper()).bytes == WordFile(Self.paper()).bytes)
    }

    @Test func theTextOfAWordFileIsReadBack() async throws {
        let read = try await DocxText(try WordFile(Self.paper(paragraphs: 1)).bytes)
        #expect(read.text.contains("“三严三实”专题教育——扎实推进"))
        #expect(read.text.contains("关于上半年组织工作情况的报告") && !read.hasMacros)
    }

    @Test func whatIsNoWordFileIsRefused() async throws {
        for bytes in [Array("PK no archive".utf8), Array("%PDF-1.7".utf8), []] {
            await #expect(throws: Refusal.self) { try await DocxText(bytes) }
        }
    }
}
