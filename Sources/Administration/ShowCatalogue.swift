import Catalogue
import Core
import Hummingbird
import Ledger
import Web

/// GET /admin/catalogue. For the three administrators: what the catalogue in force holds, the
/// version of each figure's definition, and the rules with their days.
struct ShowCatalogue: Sendable {
    let app: Services

    /// How many days ahead a change of a rule is told.
    static let daysAhead = 90
    /// The most figures or rules the page lists.
    static let limit = 1_000

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        var page = DeskPage(words["catalogue_title"], lead: words["catalogue_lead"])
        page.sections = [counts(words), soon(words), rules(words), indicators(words)]
        return app.site.show(page, context)
    }

    private func counts(_ words: Words) -> DeskSection {
        let catalogue = app.district.catalogue
        var section = DeskSection(nil)
        section.add(words["catalogue_kinds"], String(catalogue.kinds.count))
        section.add(words["catalogue_indicators"], String(catalogue.indicators.count))
        section.add(words["catalogue_rules"], String(catalogue.rules.values.joined().count))
        section.add(words["catalogue_roles"], String(catalogue.roles.count))
        section.add(words["catalogue_forms"], String(catalogue.forms.count))
        section.add(words["catalogue_checklists"], String(catalogue.checklists.count))
        section.add(words["catalogue_register"], String(catalogue.register.count))
        return section
    }

    private var allRules: [Rule] {
        app.district.catalogue.rules.values.flatMap { $0 }
            .sorted { ($0.file, $0.line, $0.from) < ($1.file, $1.line, $1.from) }
    }

    /// The rules that begin or end within the coming days.
    private func soon(_ words: Words) -> DeskSection {
        let (today, last) = (app.today, app.today + Self.daysAhead)
        let changing = allRules.filter { rule in
            (today < rule.from && rule.from <= last)
                || rule.until.map { today < $0 && $0 <= last } ?? false
        }
        return table(
            changing,
            words["catalogue_soon", ["days": String(Self.daysAhead)]],
            words["catalogue_soon_none"], words)
    }

    private func rules(_ words: Words) -> DeskSection {
        table(allRules, words["catalogue_all_rules"], words["catalogue_rules_none"], words)
    }

    private func table(
        _ rules: [Rule], _ title: String, _ empty: String, _ words: Words
    ) -> DeskSection {
        let language = words.language
        var section = DeskSection(title)
        var table = DeskTable(
            title,
            [
                words["catalogue_rule"], words["catalogue_value"], words["grant_days"],
                words["catalogue_state"],
            ], empty: empty)
        for rule in rules.prefix(Self.limit) {
            table.add([
                .text(rule.name[language], to: Address("rules")),
                .text(
                    rule.reads?[language] ?? "\(rule.value) \(rule.unit.name[language])"),
                .day(words.days(rule.from, rule.until)),
                .text(
                    words[rule.inForce(on: app.today) ? "catalogue_now" : "catalogue_not_now"]),
            ])
        }
        section.table = table
        return section
    }

    private func indicators(_ words: Words) -> DeskSection {
        var section = DeskSection(words["catalogue_versions"])
        var table = DeskTable(
            words["catalogue_versions"],
            [words["catalogue_indicator"], words["catalogue_id"], words["catalogue_version"]],
            empty: words["catalogue_versions_none"])
        let all = app.district.catalogue.indicators.values.inOrder
        for indicator in all.prefix(Self.limit) {
            table.add([
                .text(
                    indicator.name[words.language],
                    to: indicator.visibility == .internal || indicator.visibility == .sealed
                        ? nil : Address("figures", indicator.id)),
                .text(indicator.id), .text(indicator.version),
            ])
        }
        section.table = table
        return section
    }
}
