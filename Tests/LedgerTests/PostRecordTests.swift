import Core
import Ledger
import Storage
import TestKit
import Testing

struct PostRecordTests {
    @Test(arguments: Engine.available)
    func aRecordAndItsAuditRowAreOneCommit(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let before = try await test.state()
            let words = try await test.refused {
                try await test.post("material", [.day: "2015-03-01", .unit: "BUR-EDU"])
            }
            #expect(words.contains("份数") && words.contains("名称"))

            let id = try await test.postLeaflet("安全用电")
            let after = try await test.state()
            for (table, added) in ["position": 1, "record": 1, "audit": 1] {
                #expect(after[table] == before[table, default: 0] + added)
            }
            let row = try await test.database.read { db in
                try db.first("SELECT * FROM audit ORDER BY seq DESC LIMIT 1")
            }
            #expect(try row?.get("action") == "record.posted")
            #expect(try row?.get("subject") == id.text)
            #expect(try row?.get("actor") == "tester")
            #expect(try row?.get("first_position") == after["position"])
            #expect(try row?.get("last_position") == after["position"])
            let record = try #require(try await test.facts("material").first)
            #expect(record.id == id)
            #expect(record.position == after["position"])
            #expect(record.measures == [10, nil, nil, nil])
            #expect(record.recordedAt == TestDistrict.moment)
        }
    }

    @Test(arguments: Engine.available)
    func theSameThingIsWrittenOnceUnlessNumbersTellThemApart(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.postLeaflet("防火")
            let position = try await test.position()
            let words = try await test.refused { try await test.postLeaflet("防火") }
            #expect(words.contains("Record \(position) says the same"))
            try await test.postLeaflet("防火", ref: "F-2")
            #expect(try await test.facts("material").count == 2)
        }
    }

    @Test(arguments: Engine.available)
    func aNumberIsTakenUntilItsRecordIsReversed(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let first = try await test.postLeaflet("防火", ref: "F-1")
            let words = try await test.refused { try await test.postLeaflet("防盗", ref: "F-1") }
            #expect(words.contains("The number “F-1” is taken"))
            _ = try await test.district.reverse(first, because: "写错", by: TestDistrict.actor)
            try await test.postLeaflet("防盗", ref: "F-1")
            #expect(try await test.facts("material").map(\.fields["title"]) == ["防盗"])
        }
    }

    @Test(arguments: Engine.available)
    func aReversalNeedsItsReasonAndComesOnce(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let id = try await test.postLeaflet("防火")
            let actor = TestDistrict.actor
            for reason in ["", " \u{3000}"] {
                let words = try await test.refused {
                    try await test.district.reverse(id, because: reason, by: actor)
                }
                #expect(words.contains("needs a reason"))
            }
            let unknown = try await test.refused {
                try await test.district.reverse(.make(), because: "误", by: actor)
            }
            #expect(unknown == "There is no such thing.")

            let reversal = try await test.district.reverse(id, because: " 份数有误 ", by: actor)
            #expect(try await test.facts("material").isEmpty)
            let history = try await test.database.read { try RecordStore(db: $0).history(id) }
            #expect(history.map(\.id) == [id, reversal])
            #expect(history.last?.reverses == id)
            #expect(history.last?.reason == "份数有误")

            for again in [id, reversal] {
                let words = try await test.refused {
                    try await test.district.reverse(again, because: "再次", by: actor)
                }
                #expect(words.contains("has been voided already"))
            }
            let named = try await test.refused {
                try await test.post(
                    "material",
                    [.day: "2015-03-01", .reverses: id.text, .reason: "误", .unit: "BUR-EDU"])
            }
            #expect(named.contains("no record with the number"))
            try await test.postLeaflet("防火")
            #expect(try await test.facts("material").count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aStandingThingEndsByALaterRecord(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.postLeaflet("防火", ref: "F-1")
            let event = try await test.refused {
                try await test.post("material", [.day: "2015-03-02", .ends: "F-1"])
            }
            #expect(event.contains("Only a standing thing can end"))
            let id = try await test.post(
                "brand",
                [.ref: "B-1", .day: "2015-02-01", .unit: "410102001001", .field("title"): "邻里"])
            let elsewhere = try await test.refused {
                try await test.post("talent_station", [.day: "2015-05-01", .ends: "B-1"])
            }
            #expect(elsewhere.contains("no record with the number"), "another kind's number")

            let end = try await test.post("brand", [.day: "2015-05-01", .ends: "B-1"])
            #expect(try await lastOn(id, test) == "2015-05-01")
            #expect(try await test.facts("brand").map(\.id) == [id], "an end is no brand itself")
            _ = try await test.district.reverse(end, because: "未停", by: TestDistrict.actor)
            #expect(try await lastOn(id, test) == nil)
            try await test.post("brand", [.day: "2015-06-15", .ends: id.text])
            #expect(try await lastOn(id, test) == "2015-06-15")
        }
    }

    @Test(arguments: Engine.available)
    func privateValuesLieSealedBesideTheRecord(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let id = try await test.post(
                "request",
                [
                    .day: "2015-03-01", .unit: "410102001001", .field("matter"): "咨询",
                    .subject("request"): "Q-1", .privateValue("contact"): "6810-0000",
                ])
            try await test.database.read { db in
                let record = try #require(try db.first("SELECT * FROM record WHERE id = \(id)"))
                let kept = try #require(
                    try db.first("SELECT * FROM record_private WHERE record_id = \(id)"))
                let sealed = (
                    salt: try kept.get("salt", as: String.self),
                    body: try kept.get("body", as: String.self)
                )
                #expect(!sealed.body.contains("6810") && !sealed.salt.isEmpty)
                let values = try PrivateValues(sealed: sealed, test.district.sealedKey, for: id)
                #expect(values.body == #"{"contact":"6810-0000"}"#)
                #expect(values.salt.utf8.count == 32)
                #expect(try record.get("private_digest") == values.digest)
                for column in record.columns {
                    if case .text(let text) = record[column] { #expect(!text.contains("6810")) }
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aPersonNamedTwiceIsNamedOnce(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept("人员编号,姓名,单位\nP-1,甲,EDU-1\n", what: "persons")
            try await test.post(
                "training_class",
                [
                    .day: "2015-03-01", .unit: "BUR-EDU", .measure(0): "2",
                    .field("audience"): "党员", .field("mode"): "专题培训", .field("theme"): "党章",
                    .person("trainee"): "P-1；甲；P-1",
                ])
            #expect(try await test.count(of: "record_person") == 1)
            let findings = try await test.database.read { try test.district.verify($0) }
            #expect(findings == [])
        }
    }

    private func lastOn(_ id: Record.ID, _ test: TestDistrict) async throws -> String? {
        try await test.database.read { db in
            try db.value("SELECT last_on FROM fact WHERE id = \(id)", as: String.self)
        }
    }
}
