import Catalogue
import Core
import Figures
import Foundation
import Ledger
import Reports
import Storage
import TestKit

/// A small district with one kind of record, a few indicators over it, and one report of them.
struct ReportDistrict: Sendable {
    let district: TestDistrict
    let reports: Reports

    static let street = "410102001"
    static let one = "410102001001"
    static let grid = "410102001001001"
    static let elsewhere = "410102001002001"

    /// Runs the body with the district and its report.
    static func with(
        _ engine: Engine, _ body: (ReportDistrict) async throws -> Void
    ) async throws {
        try await withFolder(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { district in
                try await district.foundSmallDistrict()
                let reports = try Reports(district.figures, folders: [folder])
                try await body(ReportDistrict(district: district, reports: reports))
            }
        }
    }

    /// Writes files into a folder of their own, for as long as the body runs.
    static func withFolder(
        _ files: [String: String], _ body: (String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "reports_\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await body(folder.path)
    }

    static let files = [
        "kinds/small.yaml": kinds,
        "indicators/small.yaml": indicators(unit: "次"),
        "reports/small.yaml": report,
    ]

    private static let kinds = """
        visit:
          name: {zh: 走访, en: Visit}
          measures: {minutes: {label: {zh: 时长, en: Minutes}, unit: minute}}
          fields:
            weight:
              type: choice
              label: {zh: 轻重, en: Weight}
              options: {low: {zh: 轻, en: low}, high: {zh: 重, en: high}}
          subjects: {matter: {label: {zh: 事项, en: Matter}}}
        care:
          name: {zh: 关照, en: Care}
          shape: standing
          subjects: {matter: {label: {zh: 事项, en: Matter}}}

        """

    /// - Parameter unit: the counting unit of visits, by which a test defines them anew.
    static func indicators(unit: String) -> String {
        """
        visit.count:
          {name: {zh: 走访, en: Visits}, from: visit, value: count, unit: \(unit)}
        visit.minutes:
          {name: {zh: 时长, en: Minutes}, from: visit, value: sum(minutes), unit: 分钟}
        visit.share:
          {name: {zh: 比例, en: Share}, from: visit, value: count, where: {weight: {is: high}},
          over: visit.count, part: true, unit: "%", qualifier: share}
        visit.kept:
          {name: {zh: 逐月, en: Monthly}, from: visit, value: count,
          per: [{standing: care, subject: matter}, month], having: {at_least: 1}, unit: "%",
          qualifier: share}

        """
    }

    static let report = """
        small:
          title: {zh: 小结, en: Brief}
          forms: [street]
          periods: [H1]
          sections:
            - heading: {zh: 走访, en: Visits}
              paragraphs:
                - zh: "上半年走访[[visit.count]]，其中一社区[[visit.count|410102001001]]。"
                  en: "In the half-year [[visit.count|410102001001]] of [[visit.count]]."
                - zh: "二月[[visit.minutes||02]]，五月[[visit.count||05|没有走访]]。"
                  en: "February [[visit.minutes||02]]; May [[visit.count||05|no visit]]."
                - zh: "重要的占[[visit.share]]，逐月走访[[visit.kept]]。"
                  en: "Weighty [[visit.share]]; each month [[visit.kept]]."

        """

    /// Visits with a number, a day, a unit, minutes, a weight and a matter.
    @discardableResult
    func visits(_ rows: String...) async throws -> String {
        let head = "编号,日期,单位,时长,轻重,事项"
        return try await district.accept(
            ([head] + rows).joined(separator: "\n") + "\n", what: "visit")
    }

    func care(_ rows: String...) async throws {
        try await district.accept(
            (["编号,起始日期,单位,事项"] + rows).joined(separator: "\n") + "\n", what: "care")
    }

    @discardableResult
    func post(_ kind: String, _ values: [Heading: String]) async throws -> String {
        guard let known = district.district.catalogue.kinds[kind] else { throw Refusal.notFound }
        return try await district.district.post(values, kind: known, by: TestDistrict.actor).text
    }

    func record(_ kind: String, _ ref: String) async throws -> Record.ID {
        let found = try await district.database.read { db in
            try RecordStore(db: db).find(kind: kind, ref: ref)
        }
        guard let found else { throw Refusal.notFound }
        return found
    }

    func issue() async throws -> String {
        try await reports.issue(
            "small", unit: Self.street, period: "2015-H1", by: TestDistrict.actor)
    }

    func find(_ id: String) async throws -> IssuedReport {
        try await district.database.read { [reports] db in
            try reports.find(id, try reports.figures.reading(db), db)
        }
    }

    /// Every figure of an issued report, compared with the ledger as it stands.
    func compare(_ id: String, by other: Reports? = nil) async throws -> [String: Comparison] {
        let reports = other ?? reports
        return try await district.database.read { db in
            let reading = try reports.figures.reading(db)
            let report = try reports.find(id, reading, db)
            return Dictionary(
                uniqueKeysWithValues: try report.pins.map { pin in
                    (pin.slot, try reports.compare(pin, reading))
                })
        }
    }
}
