import Core
import Figures
import Foundation
import Ledger
import Papers
import Reports
import TestKit
import Testing

/// A small district with visits, a figure of them and a report, for papers of it.
struct PaperDistrict: Sendable {
    let district: TestDistrict
    let papers: Papers

    static let street = "410102001"
    static let grid = "410102001001001"

    static func with(
        _ engine: Engine, _ body: (PaperDistrict) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "papers_\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await TestDistrict.with(engine, catalogue: [folder.path]) { district in
            // A server reads the district's own folder.
            try FileManager.default.copyItem(
                atPath: folder.path, toPath: district.folder.catalogue)
            try await district.foundSmallDistrict()
            try await district.accept(visits, what: "visit")
            let papers = try Papers(
                district.figures,
                folders: [TestDistrict.home.catalogue, folder.path])
            try await body(PaperDistrict(district: district, papers: papers))
        }
    }

    /// 41 visits in the half-year, three of them in May, two in the second community.
    private static var visits: String {
        let days =
            (1...36).map { ("2015-02-\(10 + $0 % 10)", grid) }
            + (1...3).map { ("2015-05-1\($0)", grid) }
            + (1...2).map { ("2015-03-0\($0)", "410102001002001") }
        return "编号,日期,单位\n"
            + days.enumerated().map { "V\($0),\($1.0),\($1.1)\n" }.joined()
    }

    private static let files = [
        "kinds/small.yaml": """
        visit:
          name: {zh: 走访, en: Visit}

        """,
        "indicators/small.yaml": """
        visit.count:
          {name: {zh: 走访居民, en: Visits}, from: visit, value: count, unit: 次}

        """,
        "reports/small.yaml": """
        small:
          title: {zh: "{unit}{period}走访情况", en: "Visits of {unit} in {period}"}
          forms: [street]
          periods: [H1]
          issuer: {zh: "{unit}办事处", en: "Office of {unit}"}
          sections:
            - heading: {zh: "{number}、基本情况", en: "{number}. Visits"}
              paragraphs:
                - zh: "各社区入户走访群众[[visit.count]]，其中五月上门走访[[visit.count||05]]。"
                  en: "There were [[visit.count]], of them in May [[visit.count||05]]."

        """,
    ]

    func issue() async throws -> String {
        try await papers.reports.issue(
            "small", unit: Self.street, period: "2015-H1", by: TestDistrict.actor)
    }

    /// Does the jobs that wait.
    func work() async throws {
        let runner = JobRunner(
            district.database, [PaperFiles(district: district.district).kind],
            now: district.district.now, log: { _, error in Issue.record(error) })
        while try await runner.runOnce() {}
    }

    /// The numbers of a text, held against the ledger.
    func check(_ text: String) async throws -> TextFigures {
        try await district.database.read { db in
            let reading = try papers.reports.figures.reading(db)
            let asked = try AskedCheck(unit: Self.street, period: "2015-H1", reading)
            return try papers.reports.check(
                text, unit: asked.unit, period: asked.period, reading, .zh
            ) { _ in true }
        }
    }
}
