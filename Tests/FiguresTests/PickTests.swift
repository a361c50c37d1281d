import TestKit
import Testing

/// Figures that first pick one unit or one record.
struct PickTests {
    @Test(arguments: Engine.available)
    func theLargestSumOfAUnitIsPickedAndATieIsNoLargest(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            #expect(try await district.said("house.largest", At.street, "@2015-06-30") == "no_data")
            try await district.take(
                "house", "编号,起始日期,截止日期,单位,面积", "H1,2015-01-01,,\(At.grid11),300",
                "H2,2015-02-01,,\(At.grid12),150.5", "H3,2015-02-01,,\(At.two),400",
                "H4,2015-02-01,2015-03-31,\(At.two),50.5")
            let march = try await district.said("house.largest", At.street, "@2015-03-31")
            #expect(march == "tie")
            let any = try await district.said("house.largest_any", At.street, "@2015-03-31")
            #expect(any == "45050/100")
            let april = try await district.phrase("house.largest", At.street, "@2015-04-01")
            #expect(april == "451平方米", "half up")
            #expect(try await district.said("house.largest", At.two, "@2015-04-01") == "40000/100")
            for unit in [At.street, At.two] {
                #expect(try await district.addsUp("house.largest", unit, "@2015-04-01"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func thePickedUnitsOwnMeasuresAreDivided(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "house", "编号,起始日期,单位,面积", "H1,2015-03-01,\(At.grid11),5100",
                "H2,2015-03-01,\(At.two),1000")
            #expect(try await district.said("house.growth", At.street, "@2015-06-30") == "no_data")
            try await district.take(
                "works", "编号,日期,单位,原面积,现面积", "W1,2014-03-01,\(At.grid11),100,200",
                "W2,2015-03-01,\(At.grid11),392,5100", "W3,2015-04-01,\(At.grid11),,6000",
                "W4,2015-03-01,\(At.two),10,1000")
            let growth = try await district.said("house.growth", At.street, "@2015-06-30")
            #expect(growth == "5100/392", "the newest project that has both measures")
            let phrase = try await district.phrase("house.growth", At.street, "@2015-06-30")
            #expect(phrase == "13倍")
            #expect(try await district.said("house.growth", At.two, "@2015-06-30") == "1000/10")
            #expect(try await district.addsUp("house.growth", At.street, "@2015-06-30"))
        }
    }

    @Test(arguments: Engine.available)
    func theEarliestOfTheDistrictLiesInOneUnitAndATieIsNoFirst(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            #expect(try await district.said("visit.first", At.one, "..2015-06-30") == "no_data")
            try await district.visits("V1,2015-03-03,\(At.grid11)", "V2,2015-03-05,\(At.grid21)")
            #expect(try await district.said("visit.first", At.one, "..2015-06-30") == "1")
            #expect(try await district.said("visit.first", At.street, "..2015-06-30") == "1")
            #expect(try await district.said("visit.first", At.two, "..2015-06-30") == "0")
            #expect(try await district.phrase("visit.first", At.two, "..2015-06-30") == "0家")
            try await district.visits("V3,2015-03-03,\(At.grid21)")
            #expect(try await district.said("visit.first", At.one, "..2015-06-30") == "tie")
            try await district.reverse("visit", "V1")
            #expect(try await district.said("visit.first", At.one, "..2015-06-30") == "0")
            #expect(try await district.said("visit.first", At.two, "..2015-06-30") == "1")
            #expect(try await district.addsUp("visit.first", At.two, "..2015-06-30"))
        }
    }
}
