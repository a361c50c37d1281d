import Core
import Figures
import TestKit
import Testing

/// What was answered once is answered again for the position it was answered at.
struct PositionTests {
    private struct Asked: Sendable {
        let indicator: String
        let unit: String
        let period: String
        let structure: Question.Standpoint
    }

    private static let asked: [Asked] =
        [At.street, At.one, At.two, At.grid11].flatMap { unit in
            [
                ("visit.count", "2015-H1"), ("visit.count", "2015-Q2"), ("visit.persons", "2015"),
                ("visit.minutes", "2015-H1"), ("visit.communities", "2015-H1"),
                ("visit.by_leaders", "2015-H1"), ("visit.settled", "2015-H1"),
                ("visit.monthly_kept", "2015-H1"), ("visit.grid_share", "2015-H1"),
                ("visit.streak", "2015-H1"), ("visit.first", "..2015-06-30"),
                ("visit.share", "2015-H1"), ("duty.holders", "@2015-06-30"),
                ("duty.started", "2015-H1"), ("house.largest", "@2015-06-30"),
                ("units.communities", "@2015-06-30"),
            ].flatMap { indicator, period in
                [Question.Standpoint.then, .now].map { structure in
                    Asked(
                        indicator: indicator, unit: unit, period: period, structure: structure)
                }
            }
        }

    @Test(arguments: Engine.available)
    func anOlderPositionAnswersWhatItAnsweredThen(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            var past: [(step: String, position: Int, answers: [Answer])] = []
            func note(_ step: String) async throws {
                past.append(
                    (step, try await district.position(), try await answers(district, nil)))
            }
            try await note("founded")
            try await district.persons("A1,丁一,\(At.grid11)", "A2,牛二,\(At.grid11)")
            try await note("persons")
            try await district.take(
                "duty", "编号,起始日期,单位,职级,值守人,事项", "D1,2015-01-01,\(At.one),领导,A1,S1",
                "D2,2015-02-01,\(At.two),领导,A2,S2")
            let first = try await district.take(
                "visit", "编号,日期,单位,时长,走访人,事项,轻重",
                "V1,2015-02-10,\(At.grid11),30,A1,S1,重", "V2,2015-03-10,\(At.one),30,A2,S1,轻",
                "V3,2015-04-10,\(At.one),40,A2,S2,重", "V4,2015-04-11,\(At.grid11),,A1；A2,S2,")
            try await note("visits")
            try await district.take(
                "house", "编号,起始日期,单位,面积", "H1,2015-01-01,\(At.one),10",
                "H2,2015-01-01,\(At.two),10")
            try await district.post(
                "settled", [.day: "2015-05-05", .unit: At.one, .subject("matter"): "S1"])
            try await note("houses and a follower")
            try await district.reverse("visit", "V2")
            try await note("a reversal")
            let second = try await district.take(
                "visit", "编号,日期,单位,时长", "V5,2015-05-10,\(At.two),15",
                "V6,2015-05-11,\(At.grid21),15")
            try await note("a second import")
            try await district.post("duty", [.day: "2015-04-01", .ends: "D2"])
            try await note("an end")
            let join = try await district.district.join(
                "A2", into: "A1", on: TestDistrict.moment.day, by: TestDistrict.actor)
            try await note("a join")
            let merger = try await district.merge()
            try await note("a merger")
            try await district.district.reverseImport(second, by: TestDistrict.actor)
            try await note("an import undone")
            try await district.district.reverseImport(merger, by: TestDistrict.actor)
            try await note("the merger undone")
            try await district.split()
            try await note("a split")
            try await district.district.undoJoin(
                join, on: TestDistrict.moment.day, by: TestDistrict.actor)
            try await district.reverse("visit", "V1")
            try await note("the join undone")
            #expect(!first.isEmpty)

            for (step, position, before) in past {
                let again = try await answers(district, position)
                for (asked, (old, new)) in zip(Self.asked, zip(before, again)) {
                    let what = "\(asked.indicator) \(asked.unit) \(asked.period) \(asked.structure)"
                    #expect(old == new, "\(what), after \(step)")
                }
            }
            #expect(Set(past.map(\.answers)).count > 8, "the steps must make a difference")
        }
    }

    private func answers(_ district: TestDistrict, _ position: Int?) async throws -> [Answer] {
        let figures = district.figures
        return try await district.database.read { db in
            let reading = try figures.reading(db)
            return try Self.asked.map { asked in
                let period = try #require(Period(asked.period))
                // The unit is asked by what its code meant on the first day of all.
                let unit = try #require(
                    reading.structure.history(code: asked.unit).last)
                let question = reading.question(
                    asked.indicator, unit: unit.unit, period, asked.structure)
                let at = position ?? reading.position
                return try reading.reckoner.answer(
                    question.asking(at: at, today: try reading.today(at: at)))
            }
        }
    }
}
