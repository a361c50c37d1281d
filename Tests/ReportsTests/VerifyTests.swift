import Core
import Reports
import Storage
import TestKit
import Testing

/// An issued report is checked against the audit, and its pins against the ledger of then.
struct VerifyTests {
    private func verify(_ id: String, digest: String?, in small: ReportDistrict) async throws
        -> [String]
    {
        try await small.district.database.read { [reports = small.reports] db in
            let reading = try reports.figures.reading(db)
            return try reports.verify(try reports.find(id, reading, db), digest: digest, reading)
        }
    }

    private func digest(_ id: String, in small: ReportDistrict) async throws -> String? {
        try await small.district.database.read { db in
            try db.value(
                """
                SELECT digest FROM audit WHERE action = 'report.issued' AND subject = \(id)
                """, as: String.self)
        }
    }

    @Test(arguments: Engine.available)
    func aReportWhoseDigestIsAnotherIsFound(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            try await small.visits("V1,2015-02-10,\(ReportDistrict.grid),30,重,")
            let id = try await small.issue()
            for wrong in [nil, "0", ""] {
                let faults = try await verify(id, digest: wrong, in: small)
                #expect(faults.count == 1)
                #expect(faults.first?.contains("differ from the audit") == true)
            }
            let digest = try #require(try await digest(id, in: small))
            #expect(try await verify(id, digest: digest, in: small) == [])
        }
    }

    @Test(arguments: Engine.available)
    func pinsHoldThroughEverythingThatIsPostedLater(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let first = try await small.visits("V1,2015-02-10,\(ReportDistrict.grid),30,重,S1")
            try await small.visits("V2,2015-03-10,\(ReportDistrict.grid),30,轻,S1")
            try await small.care("C1,2015-01-01,\(ReportDistrict.grid),S1")
            let id = try await small.issue()
            let digest = try await digest(id, in: small)
            try await small.visits("V3,2015-02-11,\(ReportDistrict.grid),30,重,")
            _ = try await small.district.district.reverse(
                try await small.record("visit", "V2"), because: "录入有误",
                by: TestDistrict.actor)
            try await small.district.district.reverseImport(first, by: TestDistrict.actor)
            try await small.post("care", [.day: "2015-05-01", .ends: "C1"])
            #expect(try await verify(id, digest: digest, in: small) == [])
        }
    }

    /// A row slipped in behind the program's back, at a position that was passed long ago.
    @Test(arguments: Engine.available)
    func aRecordSlippedInBeforeThePositionIsFound(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let first = try await small.visits("V1,2015-02-10,\(ReportDistrict.grid),30,重,")
            for number in 2...5 {
                try await small.visits("V\(number),2015-03-10,\(ReportDistrict.grid),\(number),轻,")
            }
            let id = try await small.issue()
            let digest = try await digest(id, in: small)
            try await small.district.database.write { db in
                try db.execute(
                    """
                    INSERT INTO record (id, import_id, ordinal, kind, unit_id, happened_on, m1,
                        fields, content, recorded_at, recorded_by, digest)
                    SELECT 'slipped', import_id, 3, kind, unit_id, happened_on, m1, fields,
                        'slipped', recorded_at, recorded_by, digest
                    FROM record WHERE import_id = \(first)
                    """)
            }
            let faults = try await verify(id, digest: digest, in: small)
            #expect(faults.contains { $0.contains("visit.count||") })
            #expect(faults.contains { $0.contains("visit.minutes||02") })
            #expect(!faults.contains { $0.contains("visit.count||05") })
        }
    }
}
