import Core
import Foundation
import HummingbirdTesting
import ReportDesk
import Reports
import Storage
import TestKit
import Testing

/// A small district with visits, a template of them, and three people of its street: one who
/// writes, one who reviews and one who signs.
struct WritingDistrict: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol
    let writer: SignedIn
    let reviewer: SignedIn
    let signer: SignedIn
    /// Reads and writes for the first community alone.
    let outside: SignedIn

    static let street = "410102001"

    static func with(
        _ engine: Engine, _ body: @escaping @Sendable (WritingDistrict) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "desk_\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await TestDistrict.with(engine, catalogue: [folder.path]) { test in
            // A server reads the district's own folder.
            try FileManager.default.copyItem(atPath: folder.path, toPath: test.folder.catalogue)
            try await test.foundSmallDistrict()
            try await test.accept(visits, what: "visit")
            let writer = try await test.account("xie", role: "street_staff", unit: street)
            let reviewer = try await test.account("shen", role: "street_lead", unit: street)
            let signer = try await test.account("qian", role: "street_lead", unit: street)
            let outside = try await test.account(
                "wai", role: "community_clerk", unit: "410102001001")
            try await test.withSite { client in
                try await body(
                    WritingDistrict(
                        test: test, client: client, writer: writer, reviewer: reviewer,
                        signer: signer, outside: outside))
            }
        }
    }

    /// 41 visits in the half-year, three of them in May.
    private static var visits: String {
        let days = (1...38).map { "2015-02-\(10 + $0 % 10)" } + (1...3).map { "2015-05-1\($0)" }
        return "编号,日期,单位\n"
            + days.enumerated().map { "V\($0),\($1),410102001001001\n" }.joined()
    }

    private static let files = [
        "kinds/small.yaml": """
        visit:
          name: {zh: 走访, en: Visit}
        parade:
          name: {zh: 巡游, en: Parade}

        """,
        "indicators/small.yaml": """
        visit.count:
          {name: {zh: 走访居民, en: Visits}, from: visit, value: count, unit: 次}
        parade.count:
          {name: {zh: 组织巡游, en: Parades}, from: parade, value: count, unit: 次}

        """,
        "reports/small.yaml": """
        small:
          name: {zh: 街道小结, en: Street brief}
          title: {zh: "{unit}{period}小结", en: "{unit}: {period}"}
          forms: [street]
          periods: [half, quarter]
          issuer: {zh: "{unit}办事处", en: "Office of {unit}"}
          sections:
            - heading: {zh: "{number}、走访", en: "{number}. Visits"}
              paragraphs:
                - zh: "{span}走访居民[[visit.count]]。"
                  en: "In {span} there were [[visit.count]]."
                  zero: {zh: "{span}没有走访。", en: "No visits in {span}."}
            - heading: {zh: "{number}、巡游", en: "{number}. Parades"}
              paragraphs:
                - zh: "巡游照常举行。"
                  en: "Parades went on."
                - zh: "组织巡游[[parade.count]]。"
                  en: "There were [[parade.count]]."

        """,
    ]

    /// Begins a report; answers its address.
    func begin(period: String = "2015-H1") async throws -> String {
        let answer = try await client.submit(
            "/reports/desk/new",
            ["begins_from": "small", "unit": Self.street, "period": period, "own_title": ""],
            as: writer)
        #expect(answer.status == 303, "\(answer.text)")
        return try #require(answer.location)
    }

    /// Saves a text of a section.
    func write(
        _ section: String, _ text: String, why: String = "改", in report: String,
        as reader: SignedIn? = nil, heading: String = "{number}、走访"
    ) async throws -> PageAnswer {
        try await client.submit(
            "\(report)/sections/\(section)",
            [
                "section_heading": heading, "section_heading_en": "", "body_zh": text,
                "body_en": "", "why_changed": why,
            ], as: reader ?? writer)
    }

    /// Takes a step of the review on the page of its case.
    func step(
        _ step: String, _ values: [String: String], of report: String, as reader: SignedIn
    ) async throws -> PageAnswer {
        let id = try await test.database.read { db in
            try db.value("SELECT case_id FROM report_writing", as: String.self)
        }
        let page = "/cases/\(try #require(id))"
        return try await client.submit(
            "\(page)?step=\(step)", values, to: "\(page)/steps/\(step)", as: reader)
    }

    func count(_ table: String) async throws -> Int? {
        try await test.database.read { db in
            try db.value("SELECT COUNT(*) FROM \(name: table)", as: Int.self)
        }
    }
}
