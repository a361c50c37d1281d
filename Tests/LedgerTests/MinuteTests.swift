import Core
import Ledger
import Storage
import TestKit
import Testing

/// The minute of a record: read as people write it, kept where it is given, and nowhere else.
struct MinuteTests {
    @Test(
        arguments: [
            ("9:30", "09:30"), ("09:30", "09:30"), ("９：３０", "09:30"), ("9点30分", "09:30"),
            ("9时30分", "09:30"), ("9点半", "09:30"), ("9点", "09:00"), ("九点", nil), ("上午9:30", "09:30"),
            ("上午 9：30", "09:30"), ("下午3点", "15:00"), ("下午3点一刻", "15:15"), ("晚上8:05", "20:05"),
            ("中午12点", "12:00"), ("中午1点", "13:00"), ("凌晨12:10", "00:10"), ("3:30 PM", "15:30"),
            ("12:00 am", "00:00"), ("12:15 p.m.", "12:15"), ("15:30", "15:30"),
            ("下午15:30", "15:30"),
            ("9:30:00", "09:30"), ("0:00", "00:00"), ("23:59", "23:59"), ("=\"09:30\"", "09:30"),
            ("24:00", nil), ("9:60", nil), ("9:3", nil), ("930", nil), ("9.30", nil),
            ("上午15:30", nil),
            ("下午0点", nil), ("9:30:15", nil), ("2015-03-01 09:30", nil), ("-1:30", nil),
            ("点30分", nil),
            ("0.395833", nil), ("", nil),
        ] as [(String, String?)])
    func aTimeIsReadAsPeopleWriteIt(written: String, minute: String?) {
        #expect(Reading.minute(written)?.description == minute)
    }

    @Test func whatIsNoMinuteOrNotAskedForIsSaidBesideItsField() throws {
        let desk = try ReadingDesk()
        func faults(_ changes: [Heading: String], event: Bool = false) -> [String] {
            let values = (event ? Self.leaflet : ReadingDesk.visit).merging(changes) { $1 }
            let no = #expect(throws: Refusal.self) { try desk.read(values, event: event) }
            return (no?.faults ?? []).map { "\($0.place): \($0.words.en)" }
        }
        #expect(faults([.minute: "9.30"]) == ["时间: “9.30” is not a time: write it as 09:30."])
        #expect(
            faults([.minute: "12:01", .day: "2015-07-01", .lastDay: "2015-07-02"])
                == ["时间: 12:01 has not come yet."], "it is noon")
        #expect(
            faults([.minute: "9:30"], event: true).first?.contains("has a day and no time") == true)
        #expect(try desk.read(ReadingDesk.visit).minute == nil, "it may be left out")
        let noon = ReadingDesk.visit.merging(
            [.minute: "中午12点", .day: "2015-07-01", .lastDay: "2015-07-02"]) { $1 }
        #expect(try desk.read(noon).minute?.description == "12:00")
    }

    private static let leaflet: [Heading: String] = [
        .day: "2015-03-01", .unit: "BUR", .measure(0): "5", .field("title"): "甲",
    ]

    @Test func anEntryWithoutAMinuteSaysWhatItAlwaysSaid() throws {
        let desk = try ReadingDesk()
        let plain = try desk.read(ReadingDesk.visit)
        var timed = plain
        timed.minute = Minute(hour: 9, minute: 30)
        #expect(plain.content != timed.content)
        timed.minute = nil
        #expect(plain.content == timed.content)
        // Fixed by an older program: what was posted before keeps its content.
        var old = Entry(
            id: ID(trusted: "01"), kind: "material", unit: ID(trusted: "u"),
            happenedOn: Day(2015, 3, 1)!)
        old.measures = [5]
        old.fields = ["title": "甲"]
        #expect(old.content == Self.olderContent)
    }

    private static let olderContent = "c836deb591a4281c3ec8406e807ac30d"

    @Test(arguments: Engine.available)
    func aMinuteComesByFileAndByValueAndIsVerified(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let head = "编号,日期,时间,单位,诉求类别,诉求编号\n"
            try await test.accept(
                head + "R-1,2015-03-01,９：３０,410102001001,咨询,R-1\n"
                    + "R-2,2015-03-01,下午3点,410102001001,咨询,R-2\n"
                    + "R-3,2015-03-01,,410102001001,咨询,R-3\n", what: "request")
            let kept = try await minutes(test)
            #expect(kept == ["R-1": 570, "R-2": 900, "R-3": nil])
            #expect(try await test.database.read { try test.district.verify($0) } == [])
            let refused = try await test.faults(
                head + "R-4,2015-03-01,25:00,410102001001,咨询,R-4\n", what: "request")
            #expect(refused.contains { $0.contains("“25:00” is not a time") }, "\(refused)")
            try await test.database.write { db in
                switch db.dialect {
                case .sqlite: try db.script("DROP TRIGGER IF EXISTS record_refuses_update")
                case .postgres:
                    try db.script("DROP TRIGGER IF EXISTS record_refuses_change ON record")
                }
                try db.execute("UPDATE record SET minute = 571 WHERE ref = 'R-1'")
                try db.execute("UPDATE record SET minute = 0 WHERE ref = 'R-3'")
            }
            let findings = try await test.database.read { try test.district.verify($0) }
            #expect(findings.filter { $0.sentence.contains("was changed") }.count == 2)
        }
    }

    private func minutes(_ test: TestDistrict) async throws -> [String: Int?] {
        try await test.database.read { db in
            var minutes: [String: Int?] = [:]
            for row in try db.rows("SELECT ref, minute FROM record") {
                minutes[try row.at(0)] = .some(try row.optionalAt(1, as: Int.self))
            }
            return minutes
        }
    }
}
