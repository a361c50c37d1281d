import Catalogue
import Core
import Figures
import Ledger
import Organization
import Storage

/// The reports of a district: drafts that show live figures, and issued ones that keep theirs.
package struct Reports: Sendable {
    package let figures: Figures
    package let templates: [String: ReportTemplate]

    package init(_ figures: Figures, folders: [String]) throws {
        self.figures = figures
        templates = try ReportTemplate.load(
            folders: folders, catalogue: figures.district.catalogue)
    }

    package func template(_ id: String) throws(Refusal) -> ReportTemplate {
        guard let template = templates[id] else { throw .notFound }
        return template
    }

    package func list() async throws -> [ReportStore.Headline] {
        try await figures.district.database.read { db in try ReportStore(db: db).list() }
    }

    /// Reads a template with its figures as they are now. A slot whose unit or reorganization
    /// the district does not have gets no pin, and prints that there is no data.
    package func draft(
        _ template: ReportTemplate, unit: String, period: String, _ reading: Figures.Reading
    ) throws -> [Pin] {
        guard let report = Period(period), report.from > Day.first else {
            throw Refusal.invalid(
                "时段", zh: "“\(period)”不能作为报告时段，例如 2015-H1。",
                en: "“\(period)” cannot be a report's period: write 2015-H1.")
        }
        guard !reading.structure.history(code: unit).isEmpty else {
            throw Refusal.invalid(
                "单位", zh: "没有编码为 \(unit) 的单位。", en: "No unit has the code \(unit).")
        }
        var pins: [Pin] = []
        var seen: Set<String> = []
        for slot in template.slots where seen.insert(slot.key).inserted {
            do {
                let question = try reading.question(
                    slot.indicator, unit: slot.unit ?? unit, period: slot.period(in: report))
                pins.append(try reading.pin(slot.key, question))
            } catch is Refusal {
                continue
            }
        }
        return pins
    }

    /// Issues a report: its text and figures are kept as they are at this position.
    ///
    /// - Returns: the report's id.
    package func issue(
        _ templateID: String, unit: String, period: String, by actor: Actor
    ) async throws -> String {
        let template = try template(templateID)
        let district = figures.district
        let moment = district.now()
        let report = try await district.database.read { db in
            let reading = try figures.reading(db)
            let pins = try draft(template, unit: unit, period: period, reading)
            guard let period = Period(period),
                let unit = reading.structure.unit(code: unit, on: period.lastDay)
            else { throw Refusal.notFound }
            // With its number, as `verify --head` takes it.
            let hash = try db.value(
                "SELECT CAST(seq AS TEXT) || ':' || hash FROM ledger_head WHERE id = 1",
                as: String.self)
            return IssuedReport(
                id: ID<IssuedReport>.make().text, template: template,
                templateVersion: template.version, unit: unit.unit, period: period,
                position: reading.position, chainHash: hash ?? "", issuedAt: moment,
                issuedBy: actor.name, pins: pins)
        }
        try await district.database.write { db in
            try ReportStore(db: db).insert(report)
            try Audit(db, key: district.key).record(
                "report.issued", report.id, by: actor, at: moment, evidence: report.digest)
        }
        return report.id
    }

    /// An issued report as it was.
    package func find(_ id: String, _ reading: Figures.Reading, _ db: Connection) throws
        -> IssuedReport
    {
        let report = try ReportStore(db: db).find(id) { code in
            reading.structure.reorganization(code)?.effectiveOn
        }
        guard let report else { throw Refusal.notFound }
        return report
    }
}
