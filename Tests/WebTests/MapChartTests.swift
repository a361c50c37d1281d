import Testing
import Web

/// Maps and lineages, drawn as text.
struct MapChartTests {
    private let square = "0,0 100,0 100,100 0,100"

    @Test(arguments: ["", "0,0 1,1", "0,0 1,1 x,2", "0,0 1,1 -1,2", "0,0 1,1 2", "0,0 1,1 2,10001"])
    func whatIsNoOutlineIsNotDrawn(text: String) {
        #expect(MapChart.Outline(text) == nil)
    }

    @Test func areasAreShadedInStepsUpToTheLargest() throws {
        let outline = try #require(MapChart.Outline(square))
        let next = try #require(MapChart.Outline("100,0 200,0 200,100 100,100"))
        let map = MapChart(
            title: "Honors",
            areas: [
                .init("A<b>", 0, text: "0", href: "/a?x=1&y=2", outline: outline),
                .init("B", 50, text: "50", href: "/b", outline: next),
                .init("C", 39, text: "39", href: "/c", outline: next),
                .init("D", nil, text: "–", href: "/d", outline: next),
            ]
        ) { "\($0) items" }.svg()
        #expect(map.contains("A&lt;b&gt;"))
        #expect(map.contains(#"href="/a?x=1&amp;y=2""#))
        for (step, count) in [(0, 1), (1, 1), (2, 0), (4, 1), (5, 1)] {
            let found = map.components(separatedBy: "map-area map-step-\(step)").count - 1
            #expect(found == count, "step \(step)")
        }
        for legend in ["≥ 0 items", "≥ 10 items", "≥ 20 items", "≥ 30 items", "≥ 40 items"] {
            #expect(map.contains(legend))
        }
        #expect(map.contains("<desc>A&lt;b&gt; 0; B 50; C 39; D –</desc>"))
    }

    @Test func aMapWithoutAreasIsEmpty() {
        #expect(MapChart(title: "None", areas: []) { "\($0)" }.svg() == "")
    }

    @Test func aLineageNamesWhatPassedWholeAndWhatDidNot() {
        let chart = LineageChart(
            title: "Lineage",
            before: [
                .init("East", text: "whole", href: "/e", isWhole: true),
                .init("West", text: "in part", href: "/w", isWhole: false),
            ], name: "Middle", after: []
        ).svg()
        #expect(chart.components(separatedBy: "chart-broken").count == 2)
        #expect(chart.contains("<desc>East whole; West in part; Middle</desc>"))
        #expect(chart.contains(#"<a href="/e">"#))
    }
}
