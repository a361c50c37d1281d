import Core
import Figures
import Foundation
import Organization
import Storage

/// Every statement on reports and pins.
package struct ReportStore {
    private let db: Connection

    package init(db: Connection) { self.db = db }

    /// What a list of reports shows of each.
    package struct Headline: Sendable {
        package let id: String
        package let template: String
        package let title: ReportTemplate.Words
        package let unit: OrgUnit.ID
        package let period: String
        package let position: Int
        package let issuedAt: Moment
        package let isWithdrawn: Bool
    }

    package static let listLimit = 100
    /// The most years that the archive names.
    package static let yearLimit = 60

    /// The newest reports.
    ///
    /// - Parameter year: that of their periods; nil for every year.
    package func list(year: Int? = nil) throws -> [Headline] {
        let within: SQL = year.map { "WHERE r.period LIKE \(String($0) + "%")" } ?? ""
        return try db.rows(
            """
            SELECT r.id, r.template, r.body, r.unit_id, r.period, r.position, r.issued_at,
                w.report_id AS withdrawn
            FROM report AS r LEFT JOIN report_withdrawal AS w ON w.report_id = r.id \(within)
            ORDER BY r.issued_at DESC, r.id DESC LIMIT \(Self.listLimit)
            """
        ).map { row in
            Headline(
                id: try row.get("id"), template: try row.get("template"),
                title: try body(row).title, unit: try row.get("unit_id"),
                period: try row.get("period"), position: try row.get("position"),
                issuedAt: try row.get("issued_at"),
                isWithdrawn: try row.optional("withdrawn", as: String.self) != nil)
        }
    }

    /// The years of the periods that reports were issued for, the newest first.
    package func years() throws -> [Int] {
        try db.rows(
            """
            SELECT DISTINCT SUBSTR(period, 1, 4) FROM report
            ORDER BY SUBSTR(period, 1, 4) DESC LIMIT \(Self.yearLimit)
            """
        ).compactMap { Int(try $0.at(0, as: String.self)) }
    }

    /// A report that no longer holds, since when and why.
    package struct Withdrawal: Sendable {
        package let why: String
        package let at: Moment
    }

    package func withdrawal(of report: String) throws -> Withdrawal? {
        try db.first(
            "SELECT why, withdrawn_at FROM report_withdrawal WHERE report_id = \(report)"
        ).map { Withdrawal(why: try $0.get("why"), at: try $0.get("withdrawn_at")) }
    }

    func withdraw(_ report: String, because why: String, by actor: Actor, at moment: Moment) throws
    {
        try db.execute(
            """
            INSERT INTO report_withdrawal (report_id, why, withdrawn_at, withdrawn_by)
            VALUES (\(report), \(why), \(moment), \(actor.name))
            """)
    }

    private func body(_ row: Row) throws -> ReportTemplate {
        try JSONDecoder().decode(
            ReportTemplate.self, from: Data(row.get("body", as: String.self).utf8))
    }

    package func insert(_ report: IssuedReport) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = String(decoding: try encoder.encode(report.template), as: UTF8.self)
        try db.execute(
            """
            INSERT INTO report (id, template, template_version, body, unit_id, period, position,
                chain_hash, issued_at, issued_by)
            VALUES (\(report.id), \(report.template.id), \(report.templateVersion), \(body),
                \(report.unit), \(report.period.text), \(report.position), \(report.chainHash),
                \(report.issuedAt), \(report.issuedBy))
            """)
        try db.insert(
            into: "pin",
            [
                "report_id", "slot", "ordinal", "indicator", "indicator_version", "unit_id",
                "period", "structure", "state", "numerator", "denominator", "is_ratio",
                "member_count", "member_hash", "phrase_zh", "phrase_en",
            ],
            report.pins.enumerated().map { index, pin in
                [
                    .text(report.id), .text(pin.slot), .integer(Int64(index)),
                    .text(pin.question.indicator), .text(pin.version),
                    pin.question.unit.storageValue, .text(pin.question.period.text),
                    .text(pin.question.structure.rawValue), .text(pin.answer.state.rawValue),
                    pin.answer.numerator.storageValue, pin.answer.denominator.storageValue,
                    .flag(pin.answer.isRatio), pin.count.storageValue, .text(pin.hash),
                    .text(pin.zh), .text(pin.en),
                ]
            })
    }

    /// - Parameter effective: the day a reorganization takes effect, for periods named after it.
    package func find(_ id: String, effective: (String) -> Day?) throws -> IssuedReport? {
        guard let row = try db.first("SELECT * FROM report WHERE id = \(id)") else { return nil }
        let position = try row.get("position", as: Int.self)
        let issuedAt = try row.get("issued_at", as: Moment.self)
        let pins = try db.rows("SELECT * FROM pin WHERE report_id = \(id) ORDER BY ordinal").map {
            try pin($0, position: position, today: issuedAt.day, effective: effective)
        }
        let text = try row.get("period", as: String.self)
        guard let period = Period(text, effective: effective) else { return nil }
        return IssuedReport(
            id: id, template: try body(row), templateVersion: try row.get("template_version"),
            unit: try row.get("unit_id"), period: period, position: position,
            chainHash: try row.get("chain_hash"), issuedAt: issuedAt,
            issuedBy: try row.get("issued_by"), pins: pins)
    }

    private func pin(
        _ row: Row, position: Int, today: Day, effective: (String) -> Day?
    ) throws -> Pin {
        let text = try row.get("period", as: String.self)
        let question = Question(
            try row.get("indicator"), unit: try row.get("unit_id"),
            period: Period(text, effective: effective)
                ?? Period(text: text, from: .first, to: .first),
            structure: Question.Standpoint(rawValue: try row.get("structure")) ?? .then,
            position: position, today: today)
        let answer = Answer(
            state: Answer.State(rawValue: try row.get("state")) ?? .noData,
            numerator: try row.get("numerator"), denominator: try row.get("denominator"),
            isRatio: try row.get("is_ratio"), count: try row.get("member_count"))
        return Pin(
            slot: try row.get("slot"), question: question,
            version: try row.get("indicator_version"), answer: answer,
            count: try row.get("member_count"), hash: try row.get("member_hash"),
            zh: try row.get("phrase_zh"), en: try row.get("phrase_en"))
    }

    /// The report that was issued last from the same template for the same unit and period.
    func newest(like report: IssuedReport) throws -> String? {
        try db.value(
            """
            SELECT id FROM report
            WHERE template = \(report.template.id) AND unit_id = \(report.unit)
                AND period = \(report.period.text)
            ORDER BY issued_at DESC, id DESC LIMIT 1
            """, as: String.self)
    }

    package func identities() throws -> [String] {
        try db.rows("SELECT id FROM report ORDER BY id").map { try $0.at(0) }
    }
}
