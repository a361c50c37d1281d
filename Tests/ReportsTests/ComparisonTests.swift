import Catalogue
import Core
import Figures
import Ledger
import Reports
import TestKit
import Testing

/// What was issued stays; what it would say now is told, with the records that made the change.
struct ComparisonTests {
    private static let grid = ReportDistrict.grid
    private static let elsewhere = ReportDistrict.elsewhere

    private func issued(_ small: ReportDistrict) async throws -> String {
        try await small.visits(
            "V1,2015-02-10,\(Self.grid),30,重,S1", "V2,2015-03-10,\(Self.elsewhere),40,轻,",
            "V3,2015-03-11,\(Self.grid),,轻,")
        try await small.care("C1,2015-01-01,\(Self.grid),S1")
        return try await small.issue()
    }

    @Test(arguments: Engine.available)
    func aReportThatNothingTouchedHasNothingToSay(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let id = try await issued(small)
            #expect(try await small.compare(id).values.allSatisfy(\.isUntouched))
            // Another unit, another period: the ledger grows and no figure moves.
            try await small.visits("V9,2015-02-10,BUR-EDU,30,重,", "V8,2014-12-31,\(Self.grid),1,重,")
            #expect(try await small.compare(id).values.allSatisfy(\.isUntouched))
        }
    }

    @Test(arguments: Engine.available)
    func aLaterRecordIsNamedWhereItCountsAndNowhereElse(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let id = try await issued(small)
            let before = try await small.find(id)
            let late = try await small.post(
                "visit",
                [.day: "2015-05-20", .unit: Self.elsewhere, .measure(0): "10", .ref: "V4"])
            let after = try await small.find(id)
            #expect(after.pins.map(\.zh) == before.pins.map(\.zh))
            #expect(
                after.template.text(after.pins, .zh) == before.template.text(before.pins, .zh))
            let changes = try await small.compare(id)
            let whole = try #require(changes["visit.count||"])
            #expect(whole.pin.zh == "3次")
            #expect(whole.now.zh == "4次")
            #expect(whole.added == [late])
            #expect(whole.removed == [])
            #expect(!whole.isSame && !whole.isUntouched && !whole.isRedefined)
            #expect(changes["visit.count||05"]?.added == [late])
            #expect(changes["visit.count|410102001001|"]?.isUntouched == true)
            #expect(changes["visit.minutes||02"]?.isUntouched == true)
        }
    }

    @Test(arguments: Engine.available)
    func aReversedRecordIsNamedAsRemoved(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let id = try await issued(small)
            let gone = try await small.record("visit", "V1")
            _ = try await small.district.district.reverse(
                gone, because: "录入有误", by: TestDistrict.actor)
            let changes = try await small.compare(id)
            #expect(changes["visit.count||"]?.removed == [gone.text])
            #expect(changes["visit.count||"]?.now.zh == "2次")
            #expect(changes["visit.minutes||02"]?.now.zh == "0分钟")
            #expect(changes["visit.minutes||02"]?.removed == [gone.text])
            #expect(try await small.find(id).pins.map(\.zh)[0] == "3次")
        }
    }

    @Test(arguments: Engine.available)
    func anImportThatIsUndoneTakesItsRecordsAlongAndNoOther(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let extra = try await small.visits("V7,2015-04-01,\(Self.grid),5,轻,")
            let id = try await issued(small)
            let gone = try await small.record("visit", "V7")
            try await small.district.district.reverseImport(extra, by: TestDistrict.actor)
            let changes = try await small.compare(id)
            #expect(changes["visit.count||"]?.pin.zh == "4次")
            #expect(changes["visit.count||"]?.now.zh == "3次")
            #expect(changes["visit.count||"]?.removed == [gone.text])
            #expect(changes["visit.count||"]?.added == [])
            #expect(changes["visit.count||05"]?.isUntouched == true)
            try await small.visits("V7,2015-04-01,\(Self.grid),5,轻,")
            let back = try #require(try await small.compare(id)["visit.count||"])
            #expect(back.isSame, "it says the same")
            #expect(!back.isUntouched, "of other records")
            #expect(back.removed == [gone.text])
            #expect(back.added.count == 1)
        }
    }

    /// What a share is divided by, and the things that were due, move it as well.
    @Test(arguments: Engine.available)
    func aShareNamesTheRecordsOfItsWholeAndOfWhatWasDue(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let id = try await issued(small)
            let light = try await small.post(
                "visit", [.day: "2015-05-20", .unit: Self.grid, .field("weight"): "轻"])
            let share = try #require(try await small.compare(id)["visit.share||"])
            #expect(share.pin.zh == "33%")
            #expect(share.now.zh == "25%")
            #expect(share.added == [light])
            let end = try await small.post("care", [.day: "2015-03-01", .ends: "C1"])
            #expect(!end.isEmpty)
            let kept = try #require(try await small.compare(id)["visit.kept||"])
            #expect(kept.pin.answer.denominator == 6)
            #expect(kept.now.answer.denominator == 2)
            #expect(kept.changed == [try await small.record("care", "C1").text])
        }
    }

    @Test(arguments: Engine.available)
    func aFigureThatIsDefinedAnewIsSaidToBe(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let id = try await issued(small)
            let files = ReportDistrict.files.merging([
                "indicators/small.yaml": ReportDistrict.indicators(unit: "件")
            ]) { $1 }
            try await ReportDistrict.withFolder(files) { folder in
                let old = small.district.district
                let anew = District(
                    database: old.database,
                    catalogue: try Catalogue(folders: [TestDistrict.home.catalogue, folder]),
                    key: old.key, sealedKey: old.sealedKey, declared: old.declared,
                    now: old.now)
                let reports = try Reports(Figures(anew), folders: [folder])
                let changes = try await small.compare(id, by: reports)
                let count = try #require(changes["visit.count||"])
                #expect(count.isRedefined)
                #expect(count.pin.zh == "3次")
                #expect(count.now.zh == "3件")
                #expect(count.added.isEmpty && count.removed.isEmpty && count.changed.isEmpty)
                #expect(changes["visit.minutes||02"]?.isUntouched == true)
            }
        }
    }
}
