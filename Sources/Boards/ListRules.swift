import Catalogue
import Core
import Hummingbird
import Web

/// GET /rules. For everybody: the rules of the field with their values, days and sources.
struct ListRules: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        if let form = try TableFile.Form(Query(request)) {
            return try await board.download(context, as: form, plainly: "rules") { snapshot in
                try RulesPage(snapshot).table(snapshot.words)
            }
        }
        return try await board.show(context) { snapshot in
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
    /// The rules whose source says that something of it is to be verified.
    let toVerify: Listed<Row>?
    let toVerifyText: String
    let rules: [Row]
    let isEmpty: Bool
    let takeAway: TakeAway

    struct Row: Sendable {
        let anchor: String
        let name: String
        let value: String
        let days: String
        let source: String
        /// For which unit it was made; nil where it holds everywhere.
        let scope: String?
        /// That nothing reads it; nil where a figure, a due or the program does.
        let reference: String?
        /// What of it is to be verified; nil for most rules.
        let mark: String?
        /// What would hold without the district's own value; empty for most rules.
        let insteadOf: [String]

        init(
            _ rule: Rule, _ overrides: [RuleOverride], inUse: Bool, _ snapshot: Snapshot
        ) {
            let words = snapshot.words
            let language = words.language
            anchor = rule.anchor
            name = rule.name[language]
            value = rule.written[language]
            days = rule.days(words)
            source = rule.source[language]
            scope = rule.scope.map { code in
                let unit = snapshot.structure.history(code: code).first?.name ?? code
                return words["rule_scope", ["unit": unit]]
            }
            reference = inUse ? nil : words["rule_reference"]
            let toVerify = rule.toVerify.map { words["rule_verify_\($0.rawValue)"] }
            mark = toVerify.isEmpty ? nil : toVerify.joined(separator: words["rule_verify_and"])
            insteadOf = overrides.filter { $0.own.isThe(rule) }.map { override in
                words[
                    "rule_instead_of",
                    [
                        "own": rule.written[language],
                        "other": override.other.written[language],
                        "days": override.days(words), "source": override.other.source[language],
                    ]]
            }
        }
    }

    /// The most rules the page lists.
    static let limit = 1_000

    init(_ snapshot: Snapshot) {
        let words = snapshot.words
        let all = snapshot.catalogue.rules.values.flatMap { $0 }
            .sorted { ($0.file, $0.line, $0.from) < ($1.file, $1.line, $1.from) }
        title = words["rules_title"]
        summary = words["rules_summary", ["count": all.count.grouped]]
        let overrides = snapshot.catalogue.overrides
        let used = snapshot.catalogue.rulesInUse
        rules = all.prefix(Self.limit).map {
            Row($0, overrides, inUse: used.contains($0.id), snapshot)
        }
        let marked = rules.filter { $0.mark != nil }
        toVerify = Listed(marked)
        toVerifyText = words["rules_to_verify_text", ["count": marked.count.grouped]]
        isEmpty = rules.isEmpty
        takeAway = snapshot.takeAway
    }
}

extension Rule {
    /// The days it is in force.
    func days(_ words: Words) -> String { writtenDays(from, until, words) }

    /// Whether both are the same value: no two of one rule and scope begin on one day.
    fileprivate func isThe(_ rule: Rule) -> Bool {
        id == rule.id && from == rule.from && scope == rule.scope
    }
}

extension RuleOverride {
    /// The days on which the one value stands in place of the other.
    fileprivate func days(_ words: Words) -> String { writtenDays(from, until, words) }
}

/// Days from the first until the one that is no longer meant.
private func writtenDays(_ from: Day, _ until: Day?, _ words: Words) -> String {
    guard let until else { return words["days_open", ["from": from.description]] }
    return words["days_closed", ["from": from.description, "to": (until - 1).description]]
}
