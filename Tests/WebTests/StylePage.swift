import Core
import Foundation
import Hummingbird
import Web

/// A page that shows every piece of the visual language, with invented content, to look at and
/// to test against. It belongs to the tests: the program serves no such page.
struct StylePage: Page {
    static let template = "style/page"

    let title: String
    let lead: String
    let report: String
    let figureText: String
    let figureHref: String
    let tiles: [Tile]
    let rows: [Row]
    let facts: [Fact]
    let selects: [Select]
    let barsHTML: String
    let stripHTML: String
    let lineHTML: String
    let pager: Pager?

    struct Tile {
        let name: String
        let number: String
        let unit: String
        let href: String
    }

    struct Row {
        let day: String
        let unit: String
        let href: String
        let number: String
        let state: String
        let stateTag: String
    }

    struct Fact {
        let name: String
        let text: String
    }

    /// One plain text in it comes from outside, as a name in a record would.
    init(_ language: Language, hostile: String = "二七路街道 & 商户联盟", labelWidth: Int = 32) {
        func words(_ zh: String, _ en: String) -> String { Wording(zh: zh, en: en)[language] }
        title = words("社区党建与服务用房", "Community Party building and premises")
        lead = words(
            "全区 91 个社区的服务用房、支部与活动，按记录逐条统计。",
            "Premises, branches and activities of 91 communities, counted record by record.")
        report = words("上半年全区开展领导干部党课", "In the first half year, leading cadres held ")
        figureText = words("90余场次", "more than 90 lectures")
        figureHref = Address("figures", "lecture.count").with("unit", "410102").text
        tiles = [
            Tile(
                name: words("千平方米以上用房占比", "Premises of 1,000 m² and more"),
                number: "62.6", unit: "%", href: figureHref),
            Tile(
                name: words("社区用房", "Premises"), number: "114", unit: words("处", "sites"),
                href: figureHref),
            Tile(
                name: words("党课", "Lectures"), number: "93", unit: words("场次", "sessions"),
                href: figureHref),
        ]
        rows = (1...4).map { index in
            Row(
                day: "2015-0\(index)-1\(index)",
                unit: index == 2 ? hostile : words("桐柏路街道", "Tongbai Road Street"),
                href: Address("records", "0abc\(index)").text, number: (index * 1_291).grouped,
                state: index == 3 ? words("已作废", "Voided") : words("有效", "In force"),
                stateTag: index == 3 ? "tag-warn" : "tag-good")
        }
        facts = [
            Fact(
                name: words("口径", "Definition"),
                text: words(
                    "期内在区属各单位举办、由科级以上领导干部主讲的党课场次。",
                    "Lectures held in the period by a leading cadre of section level or above.")),
            Fact(name: words("统计单位", "Unit"), text: words("中原区", "Zhongyuan District")),
            Fact(name: words("期间", "Period"), text: "2015-01-01 – 2015-06-30"),
        ]
        selects = [
            Select(
                name: "period", label: words("期间", "Period"), chosen: "2015-H1",
                options: [
                    ("2015-H1", words("2015年上半年", "First half of 2015")),
                    ("2015-05", "2015-05"),
                ]),
            Select(
                name: "structure", label: words("口径时点", "Structure"), chosen: "then",
                options: [
                    ("then", words("按当时建制", "As it was then")),
                    ("now", words("按现行建制", "As organized now")),
                ]),
        ]
        barsHTML = BarChart(
            title: words("各街道党课场次", "Lectures by street"),
            bars: [
                .init(words("桐柏路街道", "Tongbai Road Street"), 31, text: "31", href: figureHref),
                .init(words("三官庙街道", "Sanguanmiao Street"), 12, text: "12"),
                .init(hostile, 7, text: "7"),
                .init(
                    words("航海西路街道办事处社区党建指导中心", "Hanghai West Road guidance office"),
                    0, text: "0"),
            ],
            labelWidth: labelWidth
        ).svg()
        stripHTML = ShareStrip(
            title: words("用房面积", "Premises by area"),
            parts: [
                .init(words("一千平方米以上", "1,000 m² and more"), 57, text: "57"),
                .init(words("五百至一千平方米", "500 to 1,000 m²"), 21, text: "21"),
                .init(words("五百平方米以下", "Less than 500 m²"), 13, text: "13"),
            ],
            labelWidth: labelWidth
        ).svg()
        lineHTML = Sparkline(
            title: words("每月场次", "Lectures by month"),
            points: [
                .init("2015-01", 11, text: "11"), .init("2015-02", 6, text: "6"),
                .init("2015-03", nil, text: words("无数据", "no data")),
                .init("2015-04", 21, text: "21"), .init("2015-05", 19, text: "19"),
                .init("2015-06", 24, text: "24"),
            ]
        ).svg()
        pager = Keyset(after: Cursor(["2015-01-11"])).pager(
            next: Cursor(["2015-04-14", "0abc4"]), at: Address("style"))
    }

    /// The template, kept here because test targets carry no resources.
    static let text = """
        <h1>{{title}}</h1>
        <p class="lead">{{lead}}</p>
        <div class="sheets">
        {{#tiles}}
        <section class="sheet tile">
        <span class="name">{{name}}</span>
        <span class="value"><a href="{{href}}">{{number}}</a>
        <span class="unit">{{unit}}</span></span>
        </section>
        {{/tiles}}
        </div>
        <form class="sheet filter" method="get">
        {{#selects}}
        {{>select}}
        {{/selects}}
        <button class="btn btn-primary" type="submit">OK</button>
        </form>
        <section class="prose report">
        <p>{{report}}<a class="figure" href="{{figureHref}}">{{figureText}}</a>。</p>
        </section>
        <h2>{{title}}</h2>
        <div class="table-frame" role="region" aria-label="{{title}}" tabindex="0">
        <table>
        <thead><tr><th>Day</th><th>Unit</th><th class="number">m²</th><th>State</th></tr></thead>
        <tbody>
        {{#rows}}
        <tr><td class="day">{{day}}</td><td><a href="{{href}}">{{unit}}</a></td>
        <td class="number">{{number}}</td>
        <td><span class="tag {{stateTag}}">{{state}}</span></td></tr>
        {{/rows}}
        </tbody>
        </table>
        </div>
        {{#pager}}{{>pager}}{{/pager}}
        <dl class="facts">
        {{#facts}}
        <dt>{{name}}</dt><dd>{{text}}</dd>
        {{/facts}}
        </dl>
        <h2>SVG</h2>
        {{{barsHTML}}}
        {{{stripHTML}}}
        {{{lineHTML}}}

        """
}

/// The feature of that page, with its template in a folder that the caller clears away.
func styleFeature(in folder: URL, hostile: String = "二七路街道 & 商户联盟") throws -> Feature {
    let templates = folder.appendingPathComponent("Templates")
    try FileManager.default.createDirectory(at: templates, withIntermediateDirectories: true)
    try Data(StylePage.text.utf8).write(to: templates.appendingPathComponent("page.mustache"))
    return Feature(
        name: "style",
        navigation: [
            Destination("nav_home", .home, path: "/"),
            Destination("nav_reports", .reports, path: "/reports"),
            Destination("nav_figures", .figures, path: "/figures"),
            Destination("nav_units", .units, path: "/units"),
            Destination("nav_kinds", .kinds, path: "/style"),
        ],
        templates: Bundle(path: folder.path), pages: [StylePage.self],
        routes: { router, site in
            router.get("style", needs: .everybody) { request, context in
                let query = Query(request)
                let keyset = try Keyset(query, parts: 2)
                return site.show(
                    StylePage(
                        context.language, hostile: hostile, labelWidth: context.labelWidth),
                    context,
                    stamp: Stamp(
                        position: 48_213 + (keyset.after == nil ? 0 : 1),
                        at: Moment(milliseconds: 1_448_000_000_000)))
            }
        })
}
