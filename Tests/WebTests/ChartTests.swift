import Testing
import Web

@Suite struct ChartTests {
    private let hostile = #"<b onload="x">&'"#

    private func bars(_ bars: [(String, Int)]) -> String {
        BarChart(title: "T", bars: bars.map { .init($0.0, $0.1, text: "\($0.1)") }).svg()
    }

    @Test func theLongestBarIsTheLargestValueAndTheOthersKeepTheirShare() {
        let svg = bars([("a", 8), ("b", 2), ("c", 0), ("d", -5)])
        let widths = svg.matches(of: /class="chart-bar"[^>]* width="([^"]+)"/).map { String($0.1) }
        #expect(widths == ["100%", "25%", "0%", "0%"])
    }

    @Test(arguments: [[], [("a", 0), ("b", 0)]] as [[(String, Int)]])
    func nothingToShowIsStillAPicture(_ list: [(String, Int)]) {
        #expect(!bars(list).contains("NaN"))
        #expect(ShareStrip(title: "T", parts: []).svg().contains("<title>T</title>"))
        #expect(Sparkline(title: "T", points: []).svg().contains("<title>T</title>"))
    }

    @Test(arguments: [
        (0, [0]), (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (7, [0, 2, 4, 6, 8]),
        (51, [0, 20, 40, 60]), (100, [0, 20, 40, 60, 80, 100]),
        (413, [0, 100, 200, 300, 400, 500]),
        (9_999_999, [0, 2_000_000, 4_000_000, 6_000_000, 8_000_000, 10_000_000]),
    ])
    func anAxisBeginsAtZeroAndEndsAtARoundNumberAboveTheLargest(value: Int, ticks: [Int]) {
        #expect(ColumnChart.ticks(to: value) { String($0) }.map(\.value) == ticks)
    }

    /// A gap has no column, a zero has one without height, and a negative number goes no lower.
    @Test func columnsStandOnZeroAndAGapIsNone() {
        let values: [Int?] = [10, nil, 0, -3]
        let chart = ColumnChart(
            title: "T",
            steps: values.map { .init("s", $0, text: $0.map(String.init) ?? "-") },
            axis: ColumnChart.ticks(to: 10) { String($0) }
        ).svg()
        #expect(chart.matches(of: /class="chart-column"/).count == 3)
        #expect(chart.matches(of: /class="chart-column"[^>]*height="0em"/).count == 2)
        #expect(!chart.contains("NaN") && !chart.contains("\"-"))
        let small = SmallColumns(
            title: "T", points: values.map { .init("s", $0, text: "t") }, most: 10,
            line: [5, nil, 5, 5]
        ).svg()
        #expect(small.matches(of: /class="chart-column"/).count == 3)
        #expect(small.matches(of: /class="chart-median"/).count == 1)
        #expect(!SmallColumns(title: "T", points: [], most: 0).svg().contains("NaN"))
        #expect(!ColumnChart(title: "T", steps: [], axis: []).svg().contains("NaN"))
    }

    /// A line stands where its value is, its words above the field, and no number on it.
    @Test func aLineAcrossColumnsIsNamedAboveThemAndCrossesNoNumber() throws {
        func chart(_ lines: [ChartLine]) -> String {
            ColumnChart(
                title: "T", steps: [.init("a", 70, text: "70"), .init("b", 20, text: "20")],
                axis: ColumnChart.ticks(to: 100) { String($0) }, lines: lines
            ).svg()
        }
        let svg = chart([ChartLine(74, "target 74%", .standard)])
        let at = try #require(svg.firstMatch(of: /class="chart-standard"[^>]*y1="([0-9.]+)em"/))
        let line = try #require(Double(at.1))
        #expect(svg.matches(of: /class="chart-standard"/).count == 2, "the line and its sample")
        let words = try #require(svg.firstMatch(of: /y="([0-9.]+)em">target 74%</))
        #expect(try #require(Double(words.1)) < line)
        let number = try #require(svg.firstMatch(of: /y="([0-9.]+)em">70</))
        #expect(try #require(Double(number.1)) < line, "the number stands above the line")
        #expect(svg.contains("; target 74%</desc>"))
        #expect(!chart([]).contains("chart-standard"))
    }

    @Test func aFunnelNarrowsByWhatFellAway() {
        let svg = FunnelChart(
            title: "T",
            steps: [
                .init("found", 100, text: "100"),
                .init("solved", 50, text: "50", note: "50% of these"),
                .init("confirmed", 0, text: "0"),
            ]
        ).svg()
        let widths = svg.matches(of: /class="chart-column"[^>]* width="([0-9.]+)"/).map {
            String($0.1)
        }
        #expect(widths == ["1000", "500", "2"])
        #expect(svg.matches(of: /funnel-narrowing/).count == 2)
        #expect(svg.contains("solved 50 · 50% of these</text>"))
        #expect(!FunnelChart(title: "T", steps: []).svg().contains("NaN"))
    }

    @Test func everyTextIsEscapedAndToldToThoseWhoDoNotSee() {
        let all = [
            BarChart(
                title: hostile, bars: [.init(hostile, 1, text: hostile, href: "/x?\"&a=" + hostile)]
            ).svg(),
            ShareStrip(title: hostile, parts: [.init(hostile, 1, text: hostile)]).svg(),
            Sparkline(title: hostile, points: [.init(hostile, 1, text: hostile)]).svg(),
            SmallColumns(title: hostile, points: [.init(hostile, 1, text: hostile)], most: 1)
                .svg(),
            ColumnChart(
                title: hostile,
                steps: [
                    .init(
                        hostile, 1, text: hostile, before: 1,
                        beforeText: hostile)
                ], names: (now: hostile, before: hostile), axis: [.init(1, text: hostile)],
                turn: (step: 0, words: hostile), lines: [ChartLine(1, hostile, .standard)]
            ).svg(),
            FunnelChart(title: hostile, steps: [.init(hostile, 1, text: hostile, note: hostile)])
                .svg(),
            PeerStrip(title: hostile, words: hostile, own: 0, others: [0, 1], middle: 0.5).svg(),
        ]
        for svg in all {
            #expect(!svg.contains("<b"))
            #expect(svg.contains("<title>&lt;b onload=&quot;x&quot;&gt;&amp;&#39;</title>"))
            #expect(svg.contains("<desc>&lt;b"))
        }
        #expect(!all[0].contains("role="))
        #expect(all[1...].allSatisfy { $0.contains(#"role="img""#) })
        #expect(all[0].contains(#"<a href="/x?&quot;&amp;a=&lt;b"#))
    }

    @Test func noPictureCarriesAStyleThatThePolicyWouldDrop() {
        let page = StylePage(.en)
        for svg in [page.barsHTML, page.stripHTML, page.lineHTML] {
            #expect(!svg.contains("style"))
            #expect(!svg.contains("<script"))
        }
    }

    @Test func aGapBreaksTheLineAndIsNoZero() {
        func line(_ values: [Int?]) -> String {
            Sparkline(
                title: "T",
                points: values.enumerated().map { .init("\($0.offset)", $0.element, text: "") }
            ).svg()
        }
        #expect(line([1, 2, 3]).components(separatedBy: "<polyline").count == 2)
        #expect(line([1, 2, nil, 3, 4]).components(separatedBy: "<polyline").count == 3)
        #expect(line([nil, 5, nil]).contains("chart-dot"))
        #expect(line([0, 10]).contains(#"points="2,22 98,2""#))
        #expect(line([-5, 5]).contains(#"points="2,22 98,2""#))
    }

    @Test func theSharesFollowEachOtherAndFillTheStrip() {
        let svg = ShareStrip(
            title: "T",
            parts: [.init("a", 1, text: "1"), .init("b", 0, text: "0"), .init("c", 3, text: "3")]
        ).svg()
        #expect(svg.contains(#"class="chart-share-1" x="0%" y="0" width="25%""#))
        #expect(svg.contains(#"class="chart-share-3" x="25%" y="0" width="75%""#))
        #expect(svg.contains(">b</text>"))
    }

    @Test func aLongLabelIsCutByItsWidthAndKeptWholeInTheDescription() {
        let label = String(repeating: "路", count: 30)
        #expect(TextWidth.shortened(label, to: 32) == String(repeating: "路", count: 15) + "…")
        #expect(TextWidth.shortened("Tongbai Road", to: 20) == "Tongbai Road")
        #expect(bars([(label, 1)]).contains("<desc>\(label) 1</desc>"))
    }

    @Test(arguments: [(1.0, "1"), (0.5, "0.5"), (33.333, "33.33"), (0.049, "0.05"), (-2.5, "-2.5")])
    func lengthsAreWrittenShort(_ value: Double, _ text: String) {
        #expect(Drawing.number(value) == text)
    }
}
