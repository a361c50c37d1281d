import Catalogue
import Core
import Hummingbird
import Web

/// GET /rules. For everybody: the rules of the field with their values, days and sources.
struct ListRules: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await board.show(context) { snapshot in
            BoardSheet(
                page: RulesPage(snapshot),
                trail: [Link(snapshot.words["nav_kinds"], .kinds)])
        }
    }
}

/// The rules, each with every value it ever had.
struct RulesPage: Page {
    static let template = "boards/rules"

    let title: String
    let summary: String
    let rules: [Row]
    let isEmpty: Bool

    struct Row: Sendable {
        let anchor: String
        let name: String
        let value: String
        let days: String
        let source: String
    }

    /// The most rules the page lists.
    static let limit = 1_000

    init(_ snapshot: Snapshot) {
        let (words, language) = (snapshot.words, snapshot.language)
        let all = snapshot.catalogue.rules.values.flatMap { $0 }
            .sorted { ($0.file, $0.line) < ($1.file, $1.line) }
        title = words["rules_title"]
        summary = words["rules_summary", ["count": all.count.grouped]]
        rules = all.prefix(Self.limit).map { rule in
            Row(
                anchor: "\(rule.id)-\(rule.from)", name: rule.name[language],
                value: rule.written[language], days: rule.days(words),
                source: rule.source[language])
        }
        isEmpty = rules.isEmpty
    }
}

extension Rule {
    /// The value with its unit, as people write it.
    var written: Wording {
        let name = unit.name
        return Wording(zh: "\(value)\(name.zh)", en: "\(value) \(name.en)")
    }

    /// The days it is in force.
    func days(_ words: Words) -> String {
        guard let until else { return words["days_open", ["from": from.description]] }
        return words["days_closed", ["from": from.description, "to": (until - 1).description]]
    }
}
