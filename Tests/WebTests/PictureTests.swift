import Core
import Testing
import Web

struct PictureTests {
    private static let sheet = """
        /* .chart-false { fill: red } */
        :root { --data: #1f5f99; --face: "Noto Sans CJK SC", sans-serif; }
        .chart { display: block; font-size: .92rem; font-family: var(--face); width: 100%; }
        .chart-bar { fill: var(--data); }
        .chart a:hover .chart-bar { fill: blue; }
        .tile { fill: var(--data); }
        @media print { .chart-bar { fill: black; } }
        .chart-base { stroke: var(--data); }
        """

    private static func frame(_ finding: String, _ what: String = "何事") -> ChartFrame {
        ChartFrame(
            "one", finding: finding, what: what,
            BarChart(title: "T", bars: [.init("A<b>", 3, text: "3", href: "/a?x=1&y=2")]).drawings,
            TakeAway(Address("figures", "x"), on: Day(2015, 6, 30) ?? .first),
            Terms([:]).words(.zh))
    }

    private static func file(_ frame: ChartFrame) -> String {
        PictureFile(frame: frame, source: "来源：台账 <1>", sheet: ChartSheet(sheet)).svg()
    }

    @Test func theSheetOfAFileHasEveryColorWrittenOutAndNothingOfThePage() {
        let text = ChartSheet(Self.sheet).text
        #expect(text.contains(".chart-bar{fill:#1f5f99}"))
        #expect(text.contains(".chart-base{stroke:#1f5f99}"))
        #expect(text.contains(#".chart{font-family:"Noto Sans CJK SC", sans-serif}"#))
        for left in ["var(", "hover", "tile", "black", "red", "rem", "width"] {
            #expect(!text.contains(left), "\(left)")
        }
    }

    @Test func aPictureStandsAloneWithItsFindingItsSourceAndNoWayOut() {
        let svg = Self.file(Self.frame("三个街道 & 全部"))
        #expect(svg.hasPrefix(#"<svg xmlns="http://www.w3.org/2000/svg" width="760""#))
        for there in [
            "三个街道 &amp; 全部</text>", ">何事</text>", "来源：台账 &lt;1&gt;</text>", "A&lt;b&gt;",
            "<" + "style>", "Noto Sans CJK SC",
        ] {
            #expect(svg.contains(there), "\(there)")
        }
        for left in ["<a ", "</a>", "href", "var("] {
            #expect(!svg.contains(left), "\(left)")
        }
    }

    @Test func aLongFindingIsBrokenIntoLinesThatFit() {
        let finding = String(repeating: "社区用房达标率", count: 12)
        let lines = Self.file(Self.frame(finding)).split(separator: "\n")
            .filter { $0.contains("file-finding\"") }
        #expect(lines.count == 3)
        #expect(TextWidth.lines("甲乙丙，丁", of: 6) == ["甲乙丙，", "丁"])
        #expect(TextWidth.lines("one two three", of: 8) == ["one two", "three"])
        #expect(TextWidth.lines("", of: 8) == [])
    }

    @Test func aPaintedPictureIsAPicture() async throws {
        let bytes = try await PaintedPicture(of: Self.file(Self.frame("街道"))).bytes
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        await #expect(throws: Refusal.self) { try await PaintedPicture(of: "<svg") }
    }

    @Test func aMissingProgramIsNamedWithItsPackage() {
        let program = LimitedProgram(
            "/usr/bin/not-there", package: "some-package", memoryBytes: 1, fileBytes: 1,
            seconds: 1, most: 1)
        #expect(throws: Refusal.self) { try program.requireInstalled() }
    }

    @Test func aRowSaysBothMomentsAndAnEmptyOneIsNoZero() {
        let chart = RowChart(
            title: "T",
            rows: [
                .init("柳湖", 100, text: "100%", note: "3/3", before: 0, beforeText: "0%"),
                .init("须水", nil, text: "–"), .init("莲湖", 0, text: "0%"),
            ],
            axis: ColumnChart.ticks(to: 100) { "\($0)%" },
            lines: [.init(50, "median 50%", .median), .init(70, "target 70%", .standard)],
            names: (now: "June", before: "December"))
        for picture in [chart.picture, chart.narrow] {
            let svg = picture.svg()
            #expect(svg.contains("<title>柳湖 100% (3/3) ← 0%</title>"))
            #expect(svg.components(separatedBy: "chart-now").count - 1 == 3, "one is the legend")
            #expect(svg.contains("chart-median") && svg.contains("chart-standard"))
            #expect(!svg.contains("NaN"))
        }
        let empty = RowChart(title: "T", rows: [], axis: [])
        #expect(!empty.svg().contains("NaN") && !empty.narrow.svg().contains("NaN"))
    }
}
