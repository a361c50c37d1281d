import Core
import Foundation
import HummingbirdTesting
import Storage
import TestKit
import Testing

/// The page of a case, its forms and what others see of it, through the real router.
@Suite struct CasePageTests {
    @Test(arguments: Engine.available)
    func whatIsMissingStandsBesideItsFieldAndNothingIsLost(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let refused = try await desk.apply(["field.of_age": "false"])
            #expect(refused.status == 422)
            #expect(refused.text.contains("value=\"P-1\""))
            #expect(refused.text.contains("href=\"#field-field-of-age\""))
            #expect(try await desk.count("case_state") == 0)
            let path = try await desk.opened()
            #expect(try await desk.count("case_state") == 1)
            #expect(try await desk.count("obligation") == 1)
            let page = try await desk.client.page(path, as: desk.mu)
            #expect(page.status == 200)
            #expect(page.text.contains("周文清：发展党员"))
        }
    }

    @Test(arguments: Engine.available)
    func thePageSaysWhoseTurnItIsAndUntilWhen(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let path = try await desk.opened()
            let page = try await desk.client.page(path, as: desk.mu)
            #expect(page.text.contains("轮到一社区小支部党支部书记：入党申请谈话。"))
            #expect(page.text.contains("自2015-05-04起，应于2015-06-04前完成，已逾期27天。"))
            #expect(page.text.contains("现在可以办：入党申请谈话"))
            let english = try await desk.client.page(path, as: desk.mu, language: .en)
            #expect(
                english.text.contains(
                    "Branch secretary of 一社区小支部: Talk with the applicant."))
            #expect(english.text.contains("was due by 2015-06-04, 27 days late"))
        }
    }

    @Test(arguments: Engine.available)
    func aStepThatIsTakenLeadsOnAndSaysHowLateItWas(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let path = try await desk.opened()
            let empty = try await desk.take("talk", of: path, ["day": "2015-06-30"])
            #expect(empty.status == 422)
            #expect(empty.text.contains("value=\"2015-06-30\""))
            #expect(empty.text.contains("href=\"#field-person-talker\""))
            try await desk.taken("talk", of: path, ["day": "2015-06-30", "person.talker": "P-2"])
            let page = try await desk.client.page(path, as: desk.mu)
            #expect(page.text.contains("逾期"))
            #expect(page.text.contains("现在可以办：确定入党积极分子"))
        }
    }

    @Test(arguments: Engine.available)
    func whyNotYetIsSaidWithItsSum(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let path = try await desk.mentored()
            let page = try await desk.client.page(path, as: desk.mu)
            #expect(page.text.contains("为什么还不能办“确定发展对象”"))
            #expect(page.text.contains("2015-05-10起满1年为2016-05-10，还差314天"))
            let english = try await desk.client.page(path, as: desk.mu, language: .en)
            #expect(english.text.contains("2015-05-10 + 1 year = 2016-05-10, 314 days to go"))
        }
    }

    @Test(arguments: Engine.available)
    func aStepBeforeWhatItRestsOnIsRefusedBesideItsDay(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let path = try await desk.opened()
            let answer = try await desk.take(
                "talk", of: path, ["day": "2015-05-01", "person.talker": "P-2"])
            #expect(answer.status == 422)
            #expect(answer.text.contains("href=\"#field-day\""))
            #expect(answer.text.contains("value=\"2015-05-01\""))
            #expect(try await desk.count("obligation") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aFormThatShowedAnOlderStoryIsShownAgain(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let path = try await desk.opened()
            let fields = ["day": "2015-05-06", "person.talker": "P-2", "shown": "0"]
            let answer = try await desk.take("talk", of: path, fields)
            #expect(answer.status == 409)
            #expect(answer.text.contains(">P-2</textarea>"))
        }
    }

    @Test(arguments: Engine.available)
    func othersFindWhatTheyFindWhereNothingIs(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let path = try await desk.opened()
            let foreign = try await desk.client.page(path, as: desk.lu)
            let nothing = try await desk.client.page(
                "/cases/\(ID<CaseDesk>.make())", as: desk.lu)
            #expect(foreign.status == 404)
            #expect(Self.plain(foreign.text) == Self.plain(nothing.text))
            let list = try await desk.client.page("/cases", as: desk.lu)
            #expect(!list.text.contains("周文清"))
        }
    }

    /// A page without what differs from request to request.
    private static func plain(_ text: String) -> String {
        text.replacing(/[0-9a-hjkmnp-tv-z]{26}/, with: "").replacing(
            /value="[^"]*"/, with: "")
    }

    @Test(arguments: Engine.available)
    func aStepIsTakenBackByWhoeverTookItAndTheStorySaysSo(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let path = try await desk.opened()
            try await desk.taken("talk", of: path, ["day": "2015-05-06", "person.talker": "P-2"])
            let empty = try await desk.client.submit(
                path, ["take_back_reason": ""], to: path + "/take-back", as: desk.mu)
            #expect(empty.status == 422)
            let back = try await desk.client.submit(
                path, ["take_back_reason": "填错了人"], to: path + "/take-back", as: desk.mu)
            #expect(back.status == 303)
            let page = try await desk.client.page(path, as: desk.mu)
            #expect(page.text.contains("撤回：入党申请谈话"))
            #expect(page.text.contains("轮到一社区小支部党支部书记：入党申请谈话。"))
            #expect(!page.text.contains("填错了人"))
        }
    }
}
