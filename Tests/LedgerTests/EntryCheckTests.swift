import Catalogue
import Core
import Ledger
import TestKit
import Testing

/// What the catalogue asks of the numbers of one entry is asked at every door.
struct EntryCheckTests {
    private static let head = "日期,单位,会议类别,应到人数,实到人数,时长\n"

    @Test(arguments: Engine.available)
    func moreThanCanBeIsRefusedWithBothNumbers(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let kind = try #require(
                test.district.catalogue.kinds["opinion_round"])
            let unit = kind.forms.contains("community") ? "410102001001" : "410102"
            func read(_ asked: String, _ answered: String, _ satisfied: String) async throws
                -> [Fault]
            {
                do {
                    _ = try await test.database.read { db in
                        try test.district.read(
                            [
                                .day: "2015-03-01", .unit: unit, .measure(0): asked,
                                .measure(1): answered, .measure(2): satisfied,
                                .field("asked_group"): "resident",
                            ], kind: kind, db: db)
                    }
                    return []
                } catch Refusal.invalid(let faults) { return faults }
            }
            #expect(try await read("50", "40", "39").isEmpty)
            #expect(try await read("50", "50", "50").isEmpty)
            let faults = try await read("12份", "30", "31")
            #expect(faults.map(\.field) == ["measure.1", "measure.2"])
            #expect(faults.first?.words.zh == "“收回评议表”30份大于“发出评议表”12份，请核对。")
            #expect(faults.last?.words.en.contains("is 31 copies, more than") == true)
            // A number that cannot be read is told once, and compared with nothing.
            let unread = try await read("多", "30", "20")
            #expect(unread.map(\.field) == ["measure.0"])
        }
    }

    @Test(arguments: Engine.available)
    func aFileIsAskedTheSame(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let faults = try await test.faults(
                Self.head
                    + "2015-03-01,EDU-1,党员大会,12人,30人,2小时\n"
                    + "2015-03-02,EDU-1,党员大会,12 persons,10名,1.5小时\n"
                    + "2015-03-03,EDU-1,党员大会,12小时,10,90分钟\n"
                    + "2015-03-04,EDU-1,党员大会,12,10,25小时\n", what: "branch_meeting")
            #expect(faults.count == 3, "\(faults)")
            #expect(faults.contains { $0.hasPrefix("2 实到人数: ") && $0.contains("is 30") })
            #expect(faults.contains { $0.hasPrefix("4 应到人数: ") && $0.contains("“小时”") })
            #expect(faults.contains { $0.hasPrefix("5 时长: ") && $0.contains("1500 minutes") })
        }
    }

    @Test func aCheckOfWhatIsNotThereIsAFaultOfTheCatalogue() async throws {
        let kind = """
            heap:
              name: {zh: 堆, en: Heap}
              measures:
                stones: {label: {zh: 石, en: Stones}, unit: piece}
                weight: {label: {zh: 用时, en: Time}, unit: minute}
              fields:
                said: {type: text, label: {zh: 说明, en: Words}}
              checks:
                - {field: stones, at_most: said}
                - {field: stones, at_most: weight}
                - {field: none, at_most: 3}
                - {field: stones}
            """
        try await OwnFolder.with(["kinds/heap.yaml": kind]) { folder in
            let broken = #expect(throws: BrokenCatalogue.self) {
                try Catalogue(folders: [TestDistrict.home.catalogue, folder])
            }
            let text = broken?.description ?? ""
            #expect(text.contains("“said” of a check is no number or day of “heap”"))
            #expect(text.contains("“stones” and “weight” are not in one unit"))
            #expect(text.contains("“none” of a check is no number or day"))
            #expect(text.contains("a check has “at_most” or “at_least”"))
        }
    }
}
