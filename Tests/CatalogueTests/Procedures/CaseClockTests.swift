import Catalogue
import Core
import TestKit
import Testing

/// The clocks of steps, against counting minute by minute.
@Suite struct CaseClockTests {
    private let catalogue: Catalogue
    private let usual = OfficeHours([.init(from: .first, open: [510..<720, 840..<1_050])])
    /// Another unit opens later, and longer in summer.
    private let other: OfficeHours
    private let world: CaseWorld

    init() throws {
        catalogue = try #require(ProcedureDraft.written)
        let summer = try time("2026-03-01").day
        other = OfficeHours([
            .init(from: .first, open: [600..<720, 780..<960]),
            .init(from: summer, open: [480..<690, 900..<1_140]),
        ])
        let (usual, other) = (usual, other)
        let examples = CaseWorld(of: catalogue)
        world = CaseWorld(
            rule: examples.rule, calendar: examples.calendar,
            hours: { $0 == "u7" ? other : usual }, outcomes: examples.outcomes)
    }

    /// The first minute at which so many minutes of work have gone by.
    private func counted(
        _ minutes: Int, from: Moment, _ hours: OfficeHours, _ pauses: [CasePause]
    ) -> Moment {
        var (left, at) = (minutes, from)
        while left > 0 {
            let day = at.day
            let open =
                world.calendar.isWorkingDay(day)
                && hours.open(on: day).contains { $0.contains(at.minuteOfDay) }
                && !pauses.contains { $0.from <= at && at < $0.until }
            if open { left -= 1 }
            at = Moment(milliseconds: at.milliseconds + 60_000)
        }
        return at
    }

    /// Over lunch, over the Saturday before the Spring Festival, which is worked, over its nine
    /// days, with pauses that overlap, and by the hours of the unit that owes it.
    @Test func hoursOfWorkAreThoseCountedMinuteByMinute() throws {
        var dice = Dice(seed: 3)
        let first = try time("2026-02-10").moment.milliseconds
        for turn in 0..<120 {
            func moment(_ days: ClosedRange<Int>) -> Moment {
                Moment(
                    milliseconds: first + Int64(
                        dice.roll(days.lowerBound * 1_440...days.upperBound * 1_440)) * 60_000)
            }
            let began = moment(0...22)
            let pauses = (0..<dice.roll(0...3)).compactMap { _ -> CasePause? in
                let (from, until) = (moment(0...26), moment(0...26))
                return from < until
                    ? CasePause(
                        ground: "weather", step: dice.flip() ? nil : "arbitrate", from: from,
                        until: until)
                    : nil
            }
            let isOther = turn % 2 == 0
            let opened = Moment(milliseconds: first - 86_400_000)
            var file = CaseStep(step: "file", at: CaseTime(opened), seq: 1)
            file.values = ["severity": "ordinary"]
            let accept = CaseStep(step: "accept", at: CaseTime(opened), outcome: "accepted", seq: 2)
            var dispatch = CaseStep(
                step: "dispatch", at: CaseTime(opened), place: isOther ? "u7" : "u8", seq: 3)
            dispatch.values = ["tier": "street"]
            let object = CaseStep(step: "object", at: CaseTime(began), seq: 4)
            var fold = CaseFold.folding(
                try #require(catalogue.procedures["service_request"]?.first),
                [file, accept, dispatch, object], pauses: pauses, in: world)
            fold.take(
                CasePause(
                    ground: "weather", step: "handle", from: began,
                    until: Moment(milliseconds: began.milliseconds + 1)))
            let owed = try #require(
                fold.obligations(at: began).first { $0.step == "arbitrate" })
            #expect(
                owed.latest == counted(8 * 60, from: began, isOther ? other : usual, pauses),
                "\(began.text) \(pauses)")
        }
    }

    private func story(_ id: String, _ lines: String) throws -> CaseStory {
        try CaseStory(id, in: catalogue, lines)
    }

    @Test(arguments: [
        // A month after the last of January is the last of February, a Saturday that is worked.
        ("2026-01-31", "2026-02-28"), ("2026-01-15", "2026-02-24"), ("2025-12-31", "2026-02-02"),
    ]) func aMonthEndsOnTheSameDayOrOnTheLastOfItsMonth(_ applied: String, _ last: String) throws {
        let story = try story("admission", "apply \(applied) of_age=true")
        let owed = try #require(try story.state(applied).obligations.first)
        #expect(owed.lastDay?.description == last)
    }

    @Test func aYearThatIsNotLoadedMakesItProvisional() throws {
        let owed = try #require(
            try story("admission", "apply 2026-12-20 of_age=true").state("2026-12-21")
                .obligations.first)
        #expect(owed.unknownYears == [2027])
        #expect(owed.lastDay?.description == "2027-01-20")
    }

    /// The letter of ten days over the Spring Festival is owed on the next day that is worked; late
    /// work may be written and says so.
    @Test func aLetterOverTheSpringFestivalMovesToTheNextWorkingDay() throws {
        let story = try story("relation_transfer", "letter 2026-02-10 distance=city")
        let owed = try #require(try story.state("2026-02-12").obligations.first)
        #expect(owed.lastDay?.description == "2026-02-24")
        #expect(owed.clock?.movedFrom?.description == "2026-02-20")
        #expect(try story.state("2026-02-24").line.first { $0.step == "answer" }?.standing == .owed)
        #expect(try story.state("2026-02-25").line.first { $0.step == "answer" }?.standing == .late)
        #expect(try story.state("2026-02-24").permitted == ["void"])
        #expect(try story.state("2026-02-25").permitted == ["renew", "void"])
        let judged = story.fold.judgment(of: try step("answer 2026-02-26 received"))
        #expect(judged.due == (try time("2026-02-25").moment))
        #expect(judged.late == 2 * 1_440)
        #expect(story.fold.judgment(of: try step("answer 2026-02-24 received")).late == 0)
    }

    @Test func whatLapsesNeverMoves() throws {
        let lines = """
            file 2026-01-26T09:00 severity=ordinary
            accept 2026-01-26T09:30 accepted
            dispatch 2026-01-26T10:00 tier=community
            handle 2026-01-27T10:00 done
            verify 2026-01-28T10:00 confirmed
            call_back 2026-01-28T11:00 solved
            close 2026-02-05T12:00 solved
            """
        let story = try story("service_request", lines)
        #expect(try story.refusals("reopen 2026-02-20T23:59") == [])
        #expect(try story.refusals("reopen 2026-02-21T00:00") == [.lapsed])
    }

    @Test func aRuleReachesRunningClocksOnlyWhereItSaysSo() throws {
        let lines = """
            letter 2026-03-02 distance=city
            answer 2026-03-09 received
            """
        let later = """
            transfer.confirm_days:
              name: {zh: 期限, en: Term}
              value: 9
              unit: working_day
              from: 2026-03-11
              source: {zh: 规定, en: A rule}
            """
        for (words, last) in [("", "2026-03-16"), ("  reaches: running\n", "2026-03-20")] {
            var draft = try ProcedureDraft()
            let rules = try #require(draft.files["rules/all.yaml"]).replacing(
                "name: {zh: confirm days, en: confirm days}\n",
                with: "name: {zh: confirm days, en: confirm days}\n  until: 2026-03-11\n")
            draft.files["rules/all.yaml"] = rules
            draft.files["rules/later.yaml"] = later + "\n" + words
            let story = try CaseStory("relation_transfer", in: draft.load(), lines)
            #expect(
                try story.state("2026-03-10").obligations.first?.lastDay?.description
                    == "2026-03-16")
            #expect(try story.state("2026-03-12").obligations.first?.lastDay?.description == last)
        }
    }

    @Test func aRuleThatSaysGenerallyAsksForAReason() throws {
        var draft = try ProcedureDraft()
        try draft.replace(
            "name: {zh: sponsors, en: sponsors}\n",
            "name: {zh: sponsors, en: sponsors}\n  generally: true\n", in: "rules/all.yaml")
        let lines = try #require(CaseFoldTests.voted).split(separator: "\n").prefix(10)
            .joined(separator: "\n")
        let fold = try CaseStory("admission", in: draft.load(), lines).fold
        let found = fold.refusals(of: try step("sponsors 2024-03-11 sponsor=1"))
        #expect(found.refused.isEmpty)
        #expect(found.softened.first?.wanted == 2)
    }
}
