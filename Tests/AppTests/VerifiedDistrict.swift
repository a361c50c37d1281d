import App
import Core
import Foundation
import Ledger
import Reports
import Storage
import TestKit

/// A small district in which a little of everything has happened, and what verify finds in it.
struct VerifiedDistrict {
    let test: TestDistrict
    private let reports: Reports

    init(_ test: TestDistrict) throws {
        self.test = test
        let folder = test.folder.path + "/catalogue/reports"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try Data(Self.template.utf8).write(to: URL(fileURLWithPath: folder + "/small.yaml"))
        reports = try Reports(test.figures, folders: [test.folder.catalogue])
    }

    func findings() async throws -> [String] {
        try await verify(reports, data: test.folder).map(\.sentence)
    }

    static func busy(_ test: TestDistrict) async throws -> VerifiedDistrict {
        let district = try VerifiedDistrict(test)
        try await test.foundSmallDistrict()
        try await test.accept(
            merger(of: "410102001002002", on: "2015-06-01"), what: "reorganizations")
        try await test.accept(
            "人员编号,姓名,单位\nP-1,甲,EDU-1\nP-2,乙,EDU-1\nP-3,丙,EDU-2\nP-4,丁,EDU-2\n", what: "persons")
        try await test.accept(
            "编号,日期,单位,份数,名称\nL-2,2015-03-02,BUR-EDU,20,乙\nL-3,2015-03-03,BUR-EDU,30,丙\n",
            what: "material")
        try await test.accept(
            "编号,日期,单位,份数,名称\nL-4,2015-03-04,BUR-EDU,40,丁\n", what: "material")
        let undone = try await test.accept(
            "编号,日期,单位,份数,名称\nL-5,2015-03-05,BUR-EDU,50,戊\n", what: "material")
        let actor = TestDistrict.actor
        try await test.district.reverseImport(undone, by: actor)
        let path = try test.file("签到表.txt", "签到表")
        try await district.post(
            "material",
            [
                .ref: "L-1", .day: "2015-03-01", .unit: "BUR-EDU", .measure(0): "10",
                .field("title"): "甲",
            ], evidence: [EvidenceFile(path: path)])
        try await district.post(
            "membership",
            [
                .ref: "M-1", .day: "2015-01-05", .unit: "EDU-1", .field("stage"): "正式党员",
                .person("member"): "P-1",
            ])
        try await district.post(
            "request",
            [
                .ref: "Q-1", .day: "2015-03-01", .unit: "410102001001", .field("matter"): "咨询",
                .subject("request"): "Q-1", .privateValue("contact"): "6810-0000",
            ])
        let wrong = try await district.post(
            "material",
            [
                .ref: "L-6", .day: "2015-03-06", .unit: "BUR-EDU", .measure(0): "60",
                .field("title"): "己",
            ])
        _ = try await test.district.reverse(wrong, because: "份数有误", by: actor)
        _ = try await test.district.join("P-3", into: "P-2", on: Day(2015, 6, 1)!, by: actor)
        try await district.actQuietly()
        try await district.stageWithoutPublishing()
        _ = try await district.reports.issue("small", unit: "410102", period: "2015-H1", by: actor)
        return district
    }

    /// A file in which a grid of the second community becomes another one.
    static func merger(of code: String, on day: String) -> String {
        "批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级\n"
            + "R1,调整,1号,\(day),merge,\(code),410102001002003,新网格,grid,410102001002\n"
    }

    @discardableResult
    private func post(
        _ kind: String, _ values: [Heading: String], evidence: [EvidenceFile] = []
    ) async throws -> Record.ID {
        guard let kind = test.district.catalogue.kinds[kind] else { throw Refusal.notFound }
        return try await test.district.post(
            values, kind: kind, evidence: evidence, in: test.folder.evidence,
            by: TestDistrict.actor)
    }

    /// What changes no page: accounts, roles, and a look at a sealed record, one behind the other.
    private func actQuietly() async throws {
        let (key, moment) = (test.district.key, test.district.now())
        let writer = try await test.account("li", role: "community_clerk")
        _ = try await test.account("wang")
        try await test.database.write { db in
            let grant = try db.value("SELECT id FROM role_grant", as: String.self) ?? ""
            let waiting = ID<Record>.make().text
            let said = try test.district.sealedKey.seal(fields: [:], of: writer.id.text)
            try db.execute(
                """
                INSERT INTO entry_waiting (id, account_id, kind, unit_id, happened_on, said,
                    asked_at)
                VALUES (\(waiting), \(writer.id), 'opinion_round', (SELECT unit_id FROM
                    role_grant), '2015-06-20', \(said), \(moment))
                """)
            try Audit(db, key: key).record(
                "entry.waits", waiting, by: writer.actor, at: moment, quietly: true)
            for (action, subject) in [
                ("account.disabled", "x"), ("role.given", grant), ("sealed.viewed", "x"),
            ] {
                try Audit(db, key: key).record(
                    action, subject, by: TestDistrict.actor, at: moment, quietly: true)
            }
        }
    }

    /// Leaves rows of an import that was stopped before it was published.
    private func stageWithoutPublishing() async throws {
        let path = try test.file(
            "killed.csv", "编号,日期,单位,份数,名称\nL-9,2015-03-09,BUR-EDU,90,壬\n")
        let killed = Task {
            try await test.district.importFile(path, what: "material", by: TestDistrict.actor) {
                _, _ in withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        guard case .failure = await killed.result else { throw Refusal.notAllowed }
    }

    /// Takes the protection off the tables and changes them.
    func tamper(_ tampering: Tampering) async throws {
        try await test.database.write { db in
            for table in tampering.tables where Self.protected.contains(table) {
                switch db.dialect {
                case .sqlite:
                    try db.script("DROP TRIGGER \(table)_refuses_update")
                    try db.script("DROP TRIGGER \(table)_refuses_delete")
                case .postgres:
                    try db.script("DROP TRIGGER \(table)_refuses_change ON \(table)")
                }
            }
            try db.script(tampering.statements)
        }
    }

    /// The tables whose rows never change.
    static let protected = [
        "audit", "record", "record_person", "record_subject", "evidence", "org_unit",
        "reorganization", "org_unit_version", "org_link", "lineage", "person_join", "report", "pin",
    ]

    static func sameColumn(of table: String) -> String {
        switch table {
        case "record_person", "record_subject": "record_id = record_id"
        case "pin": "report_id = report_id"
        case "audit": "seq = seq"
        default: "id = id"
        }
    }

    private static let template = """
        small:
          title: {zh: 小报告, en: Small report}
          forms: [district]
          periods: [half]
          serves: []
          sections:
            - heading: {zh: 概况, en: Overview}
              paragraphs:
                - zh: "社区有[[unit.communities||@]]。"
                  en: "There are [[unit.communities||@]]."
        """
}
