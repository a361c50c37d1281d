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

    /// Issues a report: its text and figures are kept as they are at this position.
    ///
    /// - Returns: the report's id.
    /// - Throws: `Refusal.conflict` for a period that is not over, and where the same text with
    ///   the same figures has been issued already.
    package func issue(
        _ templateID: String, unit: String, period: String, by actor: Actor
    ) async throws -> String {
        let template = try template(templateID)
        let district = figures.district
        let moment = district.now()
        let report = try await district.database.read { db in
            try ready(template, unit: unit, period: period, by: actor, at: moment, db)
        }
        try await district.database.write { db in try keep(report, by: actor, db) }
        return report.id
    }

    /// A report as it would be issued at the newest position; nothing is written yet.
    ///
    /// - Throws: `Refusal.conflict` for a period that is not over.
    package func ready(
        _ template: ReportTemplate, unit: String, period: String, by actor: Actor,
        at moment: Moment, _ db: Connection
    ) throws -> IssuedReport {
        let reading = try figures.reading(db)
        let draft = try draft(template, unit: unit, period: period, reading)
        guard draft.period.lastDay < moment.day else {
            throw Refusal.conflict(
                zh: "\(draft.period.words.zh)要到\(draft.period.lastDay.chinese)才结束，结束后才能签发。",
                en: "The report's period ends on \(draft.period.lastDay): issue it afterwards.")
        }
        // With its number, as `verify --head` takes it.
        let hash = try db.value(
            "SELECT CAST(seq AS TEXT) || ':' || hash FROM ledger_head WHERE id = 1",
            as: String.self)
        return IssuedReport(
            id: ID<IssuedReport>.make().text, template: draft.template,
            templateVersion: template.version, unit: draft.unit.unit, period: draft.period,
            position: reading.position, chainHash: hash ?? "", issuedAt: moment,
            issuedBy: actor.name, pins: draft.pins)
    }

    /// Writes an issued report with its pins, in a commit that may hold more: whoever issues one,
    /// by a command or at the desk, comes through here.
    ///
    /// - Throws: `Refusal.conflict` where the same text with the same figures was issued already.
    package func keep(_ report: IssuedReport, by actor: Actor, _ db: Connection) throws {
        let store = ReportStore(db: db)
        if let old = try store.newest(like: report),
            try figures.district.structure(db).issued(old, store)?.says(what: report) == true
        {
            throw Refusal.conflict(
                zh: "这份报告已经签发（编号 \(old)），此后文字和数字都没有变化。",
                en: "This report is issued already (\(old)); neither its text nor a figure has "
                    + "changed since.")
        }
        try store.insert(report)
        try Audit(db, key: figures.district.key).record(
            "report.issued", report.id, by: actor, at: report.issuedAt, evidence: report.digest)
    }

    /// Withdraws an issued report: it stays as it was, and its page says that it no longer holds,
    /// and why.
    ///
    /// - Throws: `Refusal.conflict` for one that was withdrawn already.
    package func withdraw(
        _ report: IssuedReport, because why: String, by actor: Actor, at moment: Moment,
        _ db: Connection
    ) throws {
        let store = ReportStore(db: db)
        guard try store.withdrawal(of: report.id) == nil else {
            throw Refusal.conflict(
                zh: "这份报告已经撤回。", en: "This report is withdrawn already.")
        }
        try store.withdraw(report.id, because: why, by: actor, at: moment)
        try Audit(db, key: figures.district.key).record(
            "report.withdrawn", report.id, by: actor, at: moment)
    }

    /// An issued report as it was.
    package func find(_ id: String, _ reading: Figures.Reading, _ db: Connection) throws
        -> IssuedReport
    {
        guard let report = try reading.structure.issued(id, ReportStore(db: db)) else {
            throw Refusal.notFound
        }
        return report
    }
}

extension Structure {
    /// An issued report, read with the days of this district's reorganizations.
    fileprivate func issued(_ id: String, _ store: ReportStore) throws -> IssuedReport? {
        try store.find(id) { reorganization($0)?.effectiveOn }
    }
}
