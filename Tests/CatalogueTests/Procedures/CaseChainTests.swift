import Catalogue
import Core
import TestKit
import Testing

/// Changes in the middle of a case, and what holds of every history.
@Suite struct CaseChainTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try #require(ProcedureDraft.written) }

    private func story(_ id: String, _ lines: String) throws -> CaseStory {
        try CaseStory(id, in: catalogue, lines)
    }

    @Test func aStepMayBeDatedBackOnlyWhereTheLaterOnesStayLawful() throws {
        let story = try story("admission", try #require(CaseFoldTests.voted))
        #expect(story.fold.firstFallen(inserting: try step("consider 2023-12-01")) == nil)
        let early = story.fold.firstFallen(inserting: try step("consider 2023-01-25"))
        #expect(early?.step.step == "consider")
        #expect(early?.refusal.because == .order)
        let withdrawn = story.fold.firstFallen(inserting: try step("withdraw 2024-03-05"))
        #expect(withdrawn?.step.step == "consent")
        #expect(withdrawn?.refusal.because == .ended)
    }

    @Test func aCorrectionNamesTheFirstLaterStepThatWouldFall() throws {
        let story = try story("admission", try #require(CaseFoldTests.voted))
        let fold = story.fold
        #expect(fold.firstFallen(correcting: try step("activist 2023-02-01", seq: 3)) == nil)
        let later = fold.firstFallen(correcting: try step("activist 2023-03-05", seq: 3))
        #expect(later?.step.step == "mentors")
        #expect(later?.refusal.because == .order)
        #expect(
            fold.firstFallen(
                correcting: try step("roll 2024-05-20 entitled=30 excluded=0", seq: 17))?.refusal
                .because == .quorum)
        #expect(fold.firstFallen(removing: 7)?.refusal.because == .needs)
        #expect(fold.firstFallen(removing: 23) == nil)
    }

    // MARK: Properties

    /// Random lawful histories of a request, with minutes that never meet.
    private func histories(_ count: Int) throws -> [CaseStory] {
        var dice = Dice(seed: 7)
        return try (0..<count).map { _ in
            var story = try story("service_request", "file 2026-03-02T09:00 severity=ordinary")
            var at = try time("2026-03-02T09:00")
            for number in 0..<dice.roll(3...24) {
                at = CaseTime(
                    Moment(
                        milliseconds: at.moment.milliseconds + Int64(dice.roll(1...900)) * 60_000))
                let steps = story.procedure.steps.flatMap { step -> [CaseStep] in
                    let outcomes = catalogue.kinds[step.kind]?.outcomes ?? []
                    let options = outcomes.isEmpty ? [nil] : outcomes.map(Optional.some)
                    let units = step.each == nil ? [nil] : ["water", "power"].map(Optional.some)
                    return options.flatMap { outcome in
                        units.map { unit in
                            var next = CaseStep(
                                step: step.id, at: at, outcome: outcome, each: unit, seq: number + 2
                            )
                            if step.id == "dispatch" { next.values = ["tier": "street"] }
                            if step.id == "call" { next.units = ["called": ["water", "power"]] }
                            return next
                        }
                    }
                }.filter { story.fold.refusals(of: $0).refused.isEmpty }
                guard let next = steps.randomElement(using: &dice) else { break }
                story.steps.append(next)
            }
            return story
        }
    }

    @Test func reversingTheLastStepGivesTheStateBefore() throws {
        for var story in try histories(60) {
            let at = try time("2026-05-01").moment
            let last = story.steps.removeLast()
            let before = story.fold
            var fold = before
            fold.take(last)
            let shorter = CaseFold.folding(
                story.procedure, Array(fold.records.dropLast()), in: story.world)
            #expect(shorter.state(at: at) == before.state(at: at))
            #expect(before.state(at: at).end != nil || !before.state(at: at).obligations.isEmpty)
        }
    }

    @Test func theOrderInWhichDatedStepsArePostedDoesNotMatter() throws {
        var dice = Dice(seed: 11)
        for story in try histories(60) {
            let at = try time("2026-05-01").moment
            let shuffled = story.steps.shuffled(using: &dice)
            let other = CaseFold.folding(story.procedure, shuffled, in: story.world)
            #expect(other.state(at: at) == story.fold.state(at: at))
        }
    }
}
