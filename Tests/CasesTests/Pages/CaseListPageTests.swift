import Core
import Foundation
import HummingbirdTesting
import Storage
import TestKit
import Testing

/// Lists of cases, the desk, what the person concerned sees, and procedures.
@Suite struct CaseListPageTests {
    @Test(arguments: Engine.available)
    func theNumberAboveAListIsThatOfTheList(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let none = try await desk.client.page("/cases", as: desk.mu)
            #expect(none.text.contains("目前没有轮到您办的件"))
            let path = try await desk.opened()
            let list = try await desk.client.page("/cases", as: desk.mu)
            #expect(list.text.contains("1件轮到我办，已逾期"))
            #expect(list.text.contains("href=\"\(path)\""))
            let file = try await desk.client.page("/cases?as=csv", as: desk.mu)
            #expect(file.status == 200)
            #expect(file.text.contains("发展党员"))
            #expect(!file.text.contains("周文清"))
            let unit = try await desk.client.page("/cases?unit=DW-1", as: desk.mu)
            #expect(unit.text.contains("一社区小支部的办件"))
            #expect(unit.text.contains("共1件"))
            let closed = try await desk.client.page("/cases?state=closed", as: desk.mu)
            #expect(closed.text.contains("按所选条件没有办件"))
        }
    }

    @Test(arguments: Engine.available)
    func theDeskAndTheHeaderSayWhatWaits(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            _ = try await desk.mentored()
            let page = try await desk.client.page("/desk", as: desk.chen)
            #expect(page.text.contains("轮到我办的件"))
            #expect(page.text.contains("积极分子备案"))
            let lists = try await desk.client.page("/cases", as: desk.chen, language: .en)
            #expect(lists.text.contains("1 case waits for me"))
        }
    }

    @Test(arguments: Engine.available)
    func whomACaseIsAboutSeesItsStepsAndNotItsLists(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let none = try await desk.client.page("/my/cases", as: desk.mu)
            #expect(none.text.contains("没有与您有关的办件"))
            let path = try await desk.opened()
            let mine = try await desk.client.page("/my/cases", as: desk.zhou)
            #expect(mine.text.contains("href=\"\(path)\""))
            #expect(mine.text.contains("轮到一社区小支部党支部书记"))
            let page = try await desk.client.page(path, as: desk.zhou)
            #expect(page.status == 200)
            #expect(!page.text.contains("/records/"))
            let list = try await desk.client.page("/cases", as: desk.zhou)
            #expect(list.status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func aProcedureIsToldFromItsDefinition(_ engine: Engine) async throws {
        try await CaseDesk.with(engine) { desk in
            let told = try await desk.client.page("/procedures/admission")
            #expect(told.status == 200)
            #expect(told.text.contains("立件单位党支部书记"))
            #expect(told.text.contains("href=\"/rules#admission.talk_months"))
            let sealed = try await desk.client.page("/procedures/member_disposal")
            #expect(sealed.status == 404)
            #expect(try await desk.client.page("/admin/procedures", as: desk.mu).status == 404)
            let officer = try await desk.test.account(
                "zu", role: "organization_officer", unit: "410102")
            let all = try await desk.client.page("/admin/procedures", as: officer)
            #expect(all.text.contains("/admin/procedures/admission"))
            #expect(!all.text.contains("/admin/procedures/member_disposal"))
            let one = try await desk.client.page("/admin/procedures/admission", as: officer)
            #expect(one.status == 200)
            #expect(one.text.contains("相符"))
        }
    }
}
