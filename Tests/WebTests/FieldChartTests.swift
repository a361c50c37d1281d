import Core
import Testing
import Web

/// Charts that are drawn in a field of their own units.
struct FieldChartTests {
    private static func square(_ x: Int) throws -> MapChart.Outline {
        try #require(MapChart.Outline("\(x),0 \(x + 100),0 \(x + 100),100 \(x),100"))
    }

    @Test(arguments: [
        (MapClasses.Way.equal, [0, 50, 39], [0, 10, 20, 30, 40]),
        (.equal, [0, 3], [0, 1, 2, 3]), (.equal, [], [0]),
        (.quantile, [1, 2, 3, 4, 100], [1, 2, 3, 4, 100]), (.quantile, [7, 7, 7], [7]),
    ])
    func valuesFallIntoShades(_ way: MapClasses.Way, _ values: [Int], _ bounds: [Int]) {
        let classes = MapClasses(way, of: values)
        #expect(classes.bounds == bounds)
        #expect(classes.step(of: nil) == 0)
        #expect(classes.step(of: values.max() ?? 0) == bounds.count)
    }

    @Test func noTwoNamesOfAMapTouchAndEveryAreaSaysItself() throws {
        let areas = try (0..<12).map { place in
            MapChart.Area(
                "很长的单位名称\(place)", place, text: "\(place)次", href: "/\(place)",
                outline: try Self.square(place * 30))
        }
        let map = MapChart(title: "T", areas: areas) { "\($0)" }
        for svg in [map.picture.svg(), map.narrow.svg()] {
            for place in 0..<12 { #expect(svg.contains("<title>很长的单位名称\(place) \(place)次<")) }
            let names = svg.components(separatedBy: "class=\"map-label\"").count - 1
            #expect((1..<6).contains(names), "only as many as have room: \(names)")
        }
    }

    @Test func aHoleIsAHoleAndANameStandsInsideItsArea() throws {
        let shape = DrawnArea(rings: [
            [(0, 0), (100, 0), (100, 20), (20, 20), (20, 80), (100, 80), (100, 100), (0, 100)]
        ])
        #expect(shape.middle.x < 20, "the middle of a bow lies outside of it")
        let outline = try #require(
            MapChart.Outline(rings: [
                [.init(x: 0, y: 0), .init(x: 9, y: 0), .init(x: 9, y: 9)], [.init(x: 1, y: 1)],
            ]))
        #expect(outline.rings.count == 1, "a ring of one corner is none")
        #expect(MapChart.Outline(rings: []) == nil)
    }

    @Test func aFlowTellsWhatWasDividedFromWhatWasNot() {
        let chart = FlowChart(
            title: "T", before: ["甲", "乙<b>"], after: ["丙", "丁"],
            bands: [
                .init(from: 0, to: 0, isPart: true), .init(from: 0, to: 1, isPart: true),
                .init(from: 1, to: 1, isPart: false), .init(from: 9, to: 9, isPart: false),
            ])
        let svg = chart.svg()
        #expect(svg.components(separatedBy: "class=\"flow-part\"").count - 1 == 2)
        #expect(svg.components(separatedBy: "class=\"flow-whole\"").count - 1 == 1)
        #expect(svg.contains("<desc>甲 → 丙; 甲 → 丁; 乙&lt;b&gt; → 丁</desc>"))
        #expect(!FlowChart(title: "T", before: [], after: [], bands: []).svg().contains("nan"))
    }

    @Test func dotsLieOnTheirSideOfTheLimit() throws {
        let chart = DotsChart(
            title: "T",
            dots: [
                .init(999, "a", isMet: false), .init(1000, "b", isMet: true),
                .init(0, "c", isMet: false), .init(5100, "d", isMet: true),
            ],
            axis: ColumnChart.ticks(to: 5100) { "\($0)" }, limit: (1000, "limit"))
        for picture in [chart.picture, chart.narrow] {
            let svg = picture.svg()
            let line = try #require(svg.firstMatch(of: /chart-standard" x1="([\d.]+)"/))
            let limit = try #require(Double(line.1))
            for dot in svg.matches(of: /class="(dot-met|dot-short)" cx="([\d.]+)"/) {
                let x = try #require(Double(dot.2))
                #expect(dot.1 == "dot-met" ? x >= limit : x <= limit)
            }
            #expect(svg.components(separatedBy: "<circle").count - 1 == 4)
        }
    }

    @Test func theStackedPartsFillTheirColumn() throws {
        let chart = StackedChart(
            title: "T", parts: ["甲", "乙"],
            steps: [.init("1月", [3, 1], text: "4"), .init("2月", [0, 0], text: "0")],
            axis: ColumnChart.ticks(to: 4) { "\($0)" })
        for svg in [chart.picture.svg(), chart.narrow.svg()] {
            let heights = svg.matches(of: /chart-part" .*? height="([\d.]+)"/)
                .compactMap { Double($0.1) }
            #expect(heights.count == 2 && abs(heights.reduce(0, +) - 260) < 0.1)
            #expect(svg.contains("<title>1月 甲 3</title>"))
            #expect(svg.contains("<desc>1月 4 (甲 3, 乙 1); 2月 0 (甲 0, 乙 0)</desc>"))
        }
    }

    @Test(arguments: [2012, 2015, 2024])
    func aYearHasASquareForEachOfItsDays(_ year: Int) throws {
        let day = try #require(Day(year, 3, 1))
        let chart = YearChart(
            title: "T", year: year, counts: [day: 3], month: { "\($0)月" },
            words: { "\($0) \($1)" })
        let days = year % 4 == 0 ? 366 : 365
        for svg in [chart.picture.svg(), chart.narrow.svg()] {
            #expect(svg.components(separatedBy: "<title>\(year)-").count - 1 == days)
            #expect(svg.contains("<desc>\(day) 3</desc>"))
        }
    }
}
