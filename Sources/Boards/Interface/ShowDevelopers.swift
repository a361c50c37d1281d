import Catalogue
import Core
import Figures
import Hummingbird
import Ledger
import Web

/// GET /developers. For everybody: how programs read what the pages say, with commands that run as
/// they stand there, under which terms, and how it is cited.
struct ShowDevelopers: Sendable {
    let board: Board
    let api: Api

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let absolute = board.site.linked(request)
        let routes = api.routes
        // The commands name the host that was asked for, so the page is kept for nobody else.
        return try await board.show(context) { snapshot in
            BoardSheet(
                page: DevelopersPage(routes, snapshot, absolute: absolute), trail: [],
                isKept: false)
        }
    }
}

/// The page for those who write programs.
struct DevelopersPage: Page {
    static let template = "boards/developers"

    let title: String
    let examples: [Example]
    let routes: [Line]
    let document: Link
    let keys: Link
    let rules: [String]
    let licence: String
    let licenceHref: String?
    let licenceNote: String?
    let cite: String?
    let feeds: [Link]

    struct Example: Sendable {
        let exampleName: String
        let command: String
    }

    struct Line: Sendable {
        let address: String
        let says: String
    }

    init(_ routes: [ApiRoute], _ snapshot: Snapshot, absolute: (Address) -> String) {
        let (words, language) = (snapshot.words, snapshot.language)
        let licence = snapshot.catalogue.licence
        title = words["developers_title"]
        examples = DevelopersPage.examples(snapshot, absolute)
        self.routes = routes.map { Line(address: $0.address, says: $0.words[language]) }
        document = Link(
            absolute(Address("api", "v1", "openapi.json")), Address("api", "v1", "openapi.json"))
        keys = Link(
            words["developers_keys"], Address("sign-in").with("next", Address("my", "keys").text))
        rules = [
            words["developers_rule_state"], words["developers_rule_paging"],
            words["developers_rule_tag"], words["developers_rule_refusal"],
            words["developers_rule_budget"], words["developers_rule_language"],
            words["developers_rule_key"],
        ]
        self.licence = licence?.name[language] ?? words["licence_none"]
        licenceHref = licence?.address
        licenceNote = licence == nil ? words["developers_licence_none"] : nil
        cite = DevelopersPage.cite(snapshot)
        feeds = [
            Link(words["feed_news"], Address("feeds", "news")),
            Link(words["feed_reports"], Address("feeds", "reports")),
            Link(words["developers_sitemap"], Address("sitemap.xml")),
        ]
    }

    /// What the examples are of: something that is there in this district.
    private static func chosen(_ snapshot: Snapshot) -> Indicator? {
        let all = snapshot.publicIndicators.filter {
            $0.kind.flatMap { snapshot.catalogue.kinds[$0] }?.isListed == true && $0.addsUp
        }
        return all.first(where: \.headline) ?? all.first ?? snapshot.publicIndicators.first
    }

    private static func examples(
        _ snapshot: Snapshot, _ absolute: (Address) -> String
    ) -> [Example] {
        guard let indicator = chosen(snapshot), let unit = snapshot.root else { return [] }
        let words = snapshot.words
        let period = snapshot.periods?.half ?? .day(snapshot.today)
        let figure = Address.api("figures", indicator.id).with("unit", unit.code)
            .with("period", period.text)
        func example(_ word: String, _ command: String) -> Example {
            Example(exampleName: words[word], command: command)
        }
        func get(_ address: Address) -> String { "curl '\(absolute(address))'" }
        let named =
            "curl -G '\(absolute(.api("figures", indicator.id)))' "
            + "--data-urlencode 'unit=\(unit.name)' "
            + "--data-urlencode 'period=\(period.words.zh)'"
        var examples = [
            example("developers_figure", get(figure)),
            example("developers_names", named),
            example(
                "developers_trace",
                get(figure.moved(to: .api("figures", indicator.id, "trace")))),
            example(
                "developers_table",
                get(
                    Address.api("figures").with("figure", indicator.id)
                        .with("period", period.text).with("by", "quarter"))),
            example("developers_unit", get(.api("units", unit.code))),
        ]
        if let kind = indicator.kind.flatMap({ snapshot.catalogue.kinds[$0] }), kind.isListed {
            examples.append(
                example(
                    "developers_records",
                    get(.api("kinds", kind.id, "records").with("limit", "10"))))
        }
        examples.append(
            example(
                "developers_key",
                "curl -H \"Authorization: Bearer $KEY\" '\(absolute(figure))'"))
        return examples
    }

    private static func cite(_ snapshot: Snapshot) -> String? {
        guard let indicator = chosen(snapshot), let unit = snapshot.root else { return nil }
        let (words, language) = (snapshot.words, snapshot.language)
        let period = snapshot.periods?.half ?? .day(snapshot.today)
        return words[
            "developers_cite_example",
            [
                "source": snapshot.catalogue.licence?.source?[language] ?? words["site_name"],
                "indicator": indicator.name[language], "unit": unit.name,
                "period": period.words[language],
                "position": snapshot.reading.position.grouped,
                "day": snapshot.today.description,
            ]]
    }
}
