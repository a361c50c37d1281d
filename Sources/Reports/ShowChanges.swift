import Catalogue
import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /reports/:id/changes. For everybody: what each figure of an issued report would say now,
/// and which records made the difference, as far as their kinds may be shown.
struct ShowChanges: Sendable {
    let reports: Reports
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.word("id")
        let words = site.words(context)
        return try await site.show(context) { [reports, site] db in
            let reading = try reports.figures.reading(db)
            let report = try reports.find(id, reading, db)
            let list = try report.pins.map { try reports.compare($0, reading) }
                .filter { !$0.isUntouched }
            let page = try ChangesPage(
                report, list, Disclosures(reading, today: site.now().day), reading, words)
            return Sheet(
                page: page,
                trail: [
                    Link(words["nav_reports"], .reports),
                    Link(page.report, .report(id)),
                ], stamp: Stamp(position: reading.position, at: site.now()))
        }
    }
}

/// What has changed since a report was issued.
struct ChangesPage: Page {
    static let template = "reports/changes"
    /// At most so many records of one figure are listed; the count tells the rest.
    static let recordLimit = 20
    let title: String
    let report: String
    let lead: String
    let isEmpty: Bool
    let changes: [Change]
    let saidLabel: String
    let nowLabel: String

    struct Change: Sendable {
        let name: String
        let unit: String
        let href: String
        let said: String
        let now: String
        let note: String?
        let summary: String
        let records: [Line]
    }

    struct Line: Sendable {
        let sign: String
        let label: String
        let href: String
    }

    init(
        _ report: IssuedReport, _ list: [Comparison], _ disclosures: Disclosures,
        _ reading: Figures.Reading, _ words: Words
    ) throws {
        title = words["changes_title"]
        self.report = report.template.title[words.language]
        lead =
            words[
                list.isEmpty ? "changes_none" : "changes_lead",
                ["count": String(list.count), "position": report.position.grouped]]
        isEmpty = list.isEmpty
        changes = try list.map { one in
            try Change(one, disclosures.disclosure(one.now.question), reading, words)
        }
        saidLabel = words["changes_said"]
        nowLabel = words["changes_now"]
    }
}

extension ChangesPage.Change {
    /// - Parameter told: what may be said of the figure as it is now.
    init(
        _ one: Comparison, _ told: Disclosure, _ reading: Figures.Reading, _ words: Words
    ) {
        let catalogue = reading.reckoner.catalogue
        let indicator = catalogue.indicators[one.pin.question.indicator]
        let day = one.pin.question.period.lastDay
        let unit = reading.structure.nearestVersion(one.pin.question.unit, on: day)
        name = indicator?.name[words.language] ?? one.pin.question.indicator
        self.unit = unit?.name ?? ""
        href = Address.figure(one.pin.question, unit: unit?.code ?? "").text
        said = reading.told(one.pin, words)
        now = told == .open ? one.now.phrase(words.language) : words["figure_withheld"]
        note = one.isRedefined ? words["changes_redefined"] : nil
        // How many records came or went is a number of persons, too.
        let isProtected = indicator.map(catalogue.protects) ?? true
        summary =
            isProtected
            ? words["changes_persons"]
            : words[
                "changes_summary",
                [
                    "added": String(one.added.count), "removed": String(one.removed.count),
                    "changed": String(one.changed.count),
                ]]
        let kinds = indicator.map(catalogue.kinds(grounding:)) ?? []
        // Of two kinds it would be unclear which record is of which; the summary counts them.
        guard let kind = kinds.first, kinds.count == 1, kind.visibility == .public,
            kind.persons.isEmpty
        else {
            records = []
            return
        }
        let lines =
            one.added.map { ("+", $0) } + one.removed.map { ("−", $0) }
            + one.changed.map { ("≠", $0) }
        records = lines.prefix(ChangesPage.recordLimit).map { sign, id in
            ChangesPage.Line(
                sign: sign, label: kind.name[words.language] + " " + id,
                href: Record.path(ID(trusted: id)))
        }
    }
}
