import Catalogue
import Core
import Testing

/// What stands, what is owed and what is refused, read off the records of a case.
@Suite struct CaseFoldTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try #require(ProcedureDraft.written) }

    private func story(_ id: String, _ lines: String) throws -> CaseStory {
        try CaseStory(id, in: catalogue, lines)
    }

    @Test func aCaseOpenedUnderOldValuesIsDecidedUnderThoseOfTheDayOfTheStep() throws {
        var story = try story(
            "admission",
            """
            apply 2024-11-01 of_age=true
            talk 2024-11-20
            activist 2025-01-10
            file_activist 2025-01-15
            mentors 2025-01-10 mentor=1
            consider 2025-07-10
            consider 2026-01-10
            notice 2026-01-12 clear until=2026-01-13
            candidate 2026-01-15
            consent 2026-02-01 agreed
            sponsors 2026-02-02 sponsor=2
            review 2026-03-01 passed
            training 2026-03-20 days=3
            examine 2026-04-20 proposed
            prereview 2026-05-20 agreed leaves_soon=false
            form 2026-05-22
            roll 2026-06-01 entitled=16 excluded=0
            """)
        // From 2026-05-11 a month is asked for; the clock began on 05-20, so that it is owed.
        let owed = try #require(try story.state("2026-06-10").obligations.first)
        #expect(owed.step == "meeting")
        #expect(owed.lastDay == (try time("2026-06-22").day))
        #expect(owed.clock?.rule == "admission.meeting_months")
        #expect(owed.clock?.sum.en == "2026-05-20 + 1 month = 2026-06-20 → 2026-06-22")
        #expect(owed.clock?.sum.zh == "2026-05-20 + 1个月 = 2026-06-20 → 2026-06-22")
        // Had the answer come before that day, nothing was owed by a day.
        story.steps[14] = try step("prereview 2026-05-10 agreed leaves_soon=false", seq: 15)
        #expect(try story.state("2026-06-10").obligations.first?.lastDay == nil)
        let votes = try #require(
            story.fold.voteCount(of: "meeting", on: try time("2026-06-10").day))
        #expect(votes.leastPresent == 9)
        #expect(votes.leastFor(present: 12) == 9)
    }

    /// Eight of sixteen are enough for a resolution, nine for an admission, and neither for an
    /// election, which asks for more than four fifths.
    @Test(arguments: [
        ("resolution", 8, true), ("admission", 8, false), ("admission", 9, true),
        ("election", 9, false), ("election", 13, true),
    ]) func theMatterDecidesHowManyMustCome(_ matter: String, _ present: Int, _ isEnough: Bool) {
        let count = VoteCount(
            entitled: 16, quorum: matter == "election" ? 80 : 50,
            isQuorumStrict: matter != "resolution", passes: 50, isMajorityStrict: true,
            base: matter == "election" ? .present : .entitled)
        #expect(count.hasQuorum(present: present) == isEnough)
    }

    @Test func aRefusalBringsItsSum() throws {
        let story = try story(
            "admission",
            """
            apply 2025-05-06 of_age=true
            talk 2025-05-20
            activist 2025-06-12
            file_activist 2025-06-20
            mentors 2025-06-12 mentor=2
            consider 2025-12-12
            notice 2026-06-01 clear until=2026-06-08
            """)
        let refused = story.fold.refusals(of: try step("candidate 2026-06-11")).refused
        #expect(refused.map(\.because) == [.notBefore, .needs])
        #expect(refused[0].earliest == (try time("2026-06-12")))
        #expect(refused[0].rule == "admission.observe_years")
        #expect(refused[0].clock?.anchorStep == "activist")
        #expect(refused[0].clock?.sum.en == "2025-06-12 + 1 year = 2026-06-12")
        #expect(refused[0].clock?.ruleFrom == (try time("2014-05-28").day))
        #expect(refused[1].about == "consider")
        #expect(refused[1].wanted == 2)
        #expect(refused[1].found == 1)
    }

    @Test func aNoticeOfFiveWorkingDaysMovesWhenTheHolidaysOfItsYearAreLoaded() throws {
        let lines = """
            apply 2026-01-05 of_age=true
            talk 2026-01-10
            activist 2026-01-20
            mentors 2026-01-20 mentor=1
            """
        let before = try story("admission", lines)
        let notice = "notice 2026-12-29 clear until="
        // 12-30, 12-31, 01-01, 01-04 and 01-05, as long as nobody knows that New Year is off.
        #expect(try before.refusals(notice + "2027-01-05") == [])
        let refusal = try #require(
            before.fold.refusals(of: try step(notice + "2027-01-04")).refused.first)
        #expect(refusal.because == .lasts)
        #expect(refusal.earliest == (try time("2027-01-05")))
        #expect(refusal.clock?.unknownYears == [2027])

        var draft = try ProcedureDraft()
        draft.files["calendars/2027.yaml"] = """
            year: 2027
            days:
              - {day: 2027-01-01, kind: holiday, name: {zh: 元旦, en: New Year}}
            """
        let after = try CaseStory("admission", in: draft.load(), lines)
        let moved = try #require(
            after.fold.refusals(of: try step(notice + "2027-01-05")).refused.first)
        #expect(moved.earliest == (try time("2027-01-06")))
        #expect(moved.clock?.unknownYears == [])
    }

    @Test func aPausedClockStandsAndSaysWhy() throws {
        var story = try story(
            "service_request",
            """
            file 2026-03-02T09:00 severity=ordinary
            accept 2026-03-02T09:30 accepted
            dispatch 2026-03-02T10:00 tier=community
            """)
        #expect(
            try story.state("2026-03-03").obligations.first?.lastDay?.description == "2026-03-05")
        let from = try time("2026-03-03T09:00").moment
        let until = try time("2026-03-05T09:00").moment
        story.pauses = [
            CasePause(ground: "weather", step: "handle", from: from, until: until),
            CasePause(ground: "weather", step: nil, from: from, until: until),
        ]
        let owed = try #require(try story.state("2026-03-04").obligations.first)
        #expect(owed.paused == "weather")
        #expect(owed.lastDay?.description == "2026-03-09")
        #expect(try story.state("2026-03-05T10:00").obligations.first?.paused == nil)
        let judged = story.fold.judgment(of: try step("handle 2026-03-11T10:00 done"))
        #expect(judged.late == 2 * 1_440)
        #expect(judged.paused == 2 * 1_440)
        #expect(judged.held == 9 * 1_440)
    }

    @Test func everyDepartmentThatWasCalledOwesItsOwnAnswer() throws {
        let story = try story(
            "service_request",
            """
            file 2026-03-02T09:00 severity=ordinary
            accept 2026-03-02T09:30 accepted
            dispatch 2026-03-02T10:00 tier=street
            call 2026-03-03T09:00 called=water+power
            arrive 2026-03-04T09:00 each=water
            call 2026-03-05T09:00 called=power+gas
            """)
        let owed = try story.state("2026-03-05T10:00").obligations
        #expect(
            owed.map { "\($0.step) \($0.each ?? "")" }
                == ["handle ", "arrive power", "arrive gas", "result water"])
        #expect(owed[1].since == (try time("2026-03-03T09:00")))
        #expect(owed[2].since == (try time("2026-03-05T09:00")))
        #expect(owed[3].since == (try time("2026-03-04T09:00")))
        #expect(try story.refusals("arrive 2026-03-05T11:00 each=water") == [.order])
        #expect(try story.refusals("arrive 2026-03-05T11:00 each=gas") == [])
    }

    @Test func whoeverHoldsTheCaseFollowsItsRecords() throws {
        var story = try story("service_request", "file 2026-03-02T09:00 severity=ordinary")
        #expect(try story.state("2026-03-02T10:00").owner == .called("community"))
        story.steps.append(try step("accept 2026-03-02T09:30 accepted", seq: 2))
        story.steps.append(try step("dispatch 2026-03-02T10:00 tier=community place=u7", seq: 3))
        #expect(try story.state("2026-03-02T10:30").owner == .place)
        #expect(try story.state("2026-03-02T10:30").ownerUnit == "u7")
        story.steps.append(try step("handle 2026-03-03T10:00 climb", seq: 4))
        let state = try story.state("2026-03-03T11:00")
        #expect(state.owner == .superior(.place))
        #expect(state.ownerUnit == "u7")
        #expect(state.obligations.map(\.step) == ["dispatch"])
        #expect(state.obligations.first?.round == 2)
    }

    @Test func aClosedRequestMayBeReopenedInsideItsWindow() throws {
        var story = try story(
            "service_request",
            """
            file 2026-03-02T09:00 severity=ordinary
            accept 2026-03-02T09:30 accepted
            dispatch 2026-03-02T10:00 tier=community
            handle 2026-03-03T10:00 done
            verify 2026-03-04T10:00 confirmed
            call_back 2026-03-04T11:00 solved
            close 2026-03-04T12:00 solved
            """)
        let closed = try story.state("2026-03-05")
        #expect(closed.end?.end == "closed")
        #expect(closed.obligations.isEmpty)
        #expect(closed.permitted == ["reopen", "rate"])
        #expect(try story.refusals("withdraw 2026-03-05T09:00") == [.ended])
        #expect(try story.refusals("reopen 2026-03-19T09:00") == [])
        #expect(try story.refusals("reopen 2026-03-20T09:00") == [.lapsed])
        story.steps.append(try step("reopen 2026-03-06T09:00", seq: 8))
        let open = try story.state("2026-03-06T10:00")
        #expect(open.end == nil)
        #expect(open.obligations.map(\.step) == ["handle"])
        #expect(open.obligations.first?.round == 2)
        #expect(open.standing["file"]?.count == 1)
        #expect(open.standing["handle"] == nil)
    }

    @Test func generallyAsksForAReasonInsteadOfRefusing() throws {
        var story = try story(
            "admission", try #require(Self.voted))
        let early = story.fold.refusals(of: try step("apply_full 2025-05-01"))
        #expect(early.refused.isEmpty)
        #expect(early.softened.map(\.name) == ["not_before"])
        #expect(
            story.fold.judgment(of: try step("apply_full 2025-05-01")).accepted == ["not_before"])
        story.steps.append(try step("apply_full 2025-05-31"))
        #expect(try story.refusals("full_meeting 2025-05-31 full") == [.order])
    }

    static let voted: String? = """
        apply 2023-01-05 of_age=true
        talk 2023-01-20
        activist 2023-02-01
        file_activist 2023-02-10
        mentors 2023-02-01 mentor=1
        consider 2023-08-01
        consider 2024-02-01
        notice 2024-02-10 clear until=2024-02-20
        candidate 2024-03-01
        consent 2024-03-10 agreed
        sponsors 2024-03-10 sponsor=2
        review 2024-04-01 passed
        training 2024-04-10 days=3
        examine 2024-05-01 proposed
        prereview 2024-05-10 agreed leaves_soon=false
        form 2024-05-12
        roll 2024-05-20 entitled=12 excluded=0
        meeting 2024-05-31 passed entitled=12 present=11 issued=11 returned=11 for=11
        talk_above 2024-06-20
        approve 2024-07-10 approved
        file_member 2024-07-20
        assign 2024-07-15
        oath 2024-07-30
        """

    @Test func theLineOfACaseSaysWhatIsDoneAndWhatIsStillToCome() throws {
        let story = try story("admission", try #require(Self.voted))
        let line = try story.state("2024-08-01").line
        func standing(_ id: String) -> CaseState.Place.Standing? {
            line.first { $0.step == id }?.standing
        }
        #expect(standing("approve") == .done)
        #expect(standing("apply_full") == .early)
        #expect(standing("full_meeting") == .waiting)
        #expect(standing("void") == nil)
        #expect(try story.state("2024-08-01").stage == "probation")
        #expect(try story.state("2024-08-01").permitted == ["withdraw"])
    }
}
