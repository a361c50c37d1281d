import Accounts
import Core
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import TestKit
import Testing
import Web

/// Whatever refuses a form, what was written in it comes back, with the way on.
struct RefusedFormTests {
    private static let path = "/entries/new/material"
    private static let title = "防火 <b>常识</b>"
    private static let shown = "value=\"防火 &lt;b&gt;常识&lt;/b&gt;\""

    /// The hidden fields of a page's form, and what somebody filled in.
    private static func fields(_ page: PageAnswer) -> [(String, String)] {
        page.hidden(for: path).merging(WritingDesk.leaflet(["field.title": title])) { $1 }
            .map { ($0.key, $0.value) }
    }

    private func expectBack(_ answer: PageAnswer, _ status: Int) {
        #expect(answer.status == status)
        expectBack(answer.text)
    }

    private func expectBack(_ text: String) {
        #expect(text.contains(Self.shown))
        #expect(text.contains("action=\"\(Self.path)\""))
    }

    @Test(arguments: Engine.available)
    func aFormOfASessionThatEndedComesBackAndIsTakenInOnceAfterSigningIn(
        on engine: Engine
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            let page = try await desk.client.page(Self.path, as: desk.li)
            try await desk.test.database.write { try SessionStore($0).endAll(of: desk.li.id) }
            let refused = try await desk.client.send(Self.path, Self.fields(page), as: desk.li)
            expectBack(refused, 403)
            #expect(refused.text.contains("href=\"/sign-in\""))
            #expect(try await desk.count("record") == 0)
            // Signed in in another tab the session is another: once more to look it over.
            let anew = try await desk.test.session(of: desk.li)
            let looked = try await desk.client.send(Self.path, Self.fields(refused), as: anew)
            expectBack(looked, 403)
            for _ in 1...2 {
                let sent = try await desk.client.send(Self.path, Self.fields(looked), as: anew)
                #expect(sent.status == 303, "\(sent.text)")
            }
            #expect(try await desk.count("record") == 1)
        }
    }

    /// In a browser, which keeps a cookie of its own from before the session to after it.
    @Test(arguments: Engine.available)
    func whoeverSignsInAgainInTheSameBrowserSendsWhatCameBackOnce(
        on engine: Engine
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            let visit = freshSecret()
            let page = try await desk.client.page(Self.path, as: desk.li.inBrowser(visit))
            try await desk.test.database.write { try SessionStore($0).endAll(of: desk.li.id) }
            let refused = try await desk.client.send(
                Self.path, Self.fields(page), as: desk.li.inBrowser(visit))
            expectBack(refused, 403)
            #expect(refused.text.contains("在新标签页登录"))
            #expect(refused.text.contains("请先在另一个标签页登录，再回到本页提交一次"))
            // Nobody is signed in yet: to send it again gives it back again, and loses nothing.
            let early = try await desk.client.send(
                Self.path, Self.fields(refused), cookie: "visit=\(visit)")
            expectBack(early, 403)
            #expect(try await desk.count("record") == 0)
            let anew = try await desk.test.session(of: desk.li)
            for _ in 1...2 {
                let sent = try await desk.client.send(
                    Self.path, Self.fields(early), as: anew.inBrowser(visit))
                #expect(sent.status == 303, "\(sent.text)")
            }
            #expect(try await desk.count("record") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aFormIsGoodForNobodyElseAndInNoOtherBrowser(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let visit = freshSecret()
            let page = try await desk.client.page(Self.path, as: desk.li.inBrowser(visit))
            for other in [
                desk.wang.inBrowser(visit), desk.li.inBrowser(freshSecret()), desk.li,
            ] {
                let refused = try await desk.client.send(Self.path, Self.fields(page), as: other)
                expectBack(refused, 403)
                #expect(refused.text.contains("请确认登录的是您本人，核对内容后再提交一次"))
                #expect(!refused.text.contains("请返回上一页"), "one thing to do, and not two")
            }
            #expect(try await desk.count("record") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func whatNoRouteDeclaresComesBackInNoWay(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let answer = try await desk.client.send(
                Self.path,
                [("field.title", Self.title), ("password", "geheim-1"), ("pin", "geheim-2")],
                as: desk.li)
            expectBack(answer, 403)
            #expect(!answer.text.contains("geheim"))
        }
    }

    @Test(arguments: Engine.available)
    func aFormOfARoleThatEndedComesBackAndEntersNothing(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let page = try await desk.client.page(Self.path, as: desk.li)
            let account = desk.li.id
            try await desk.test.database.write { db in
                let moment = TestDistrict.moment
                let grants = GrantStore(db)
                for grant in try grants.history(of: account) {
                    _ = try grants.end(grant.id, at: moment, by: TestDistrict.actor)
                    try Audit(db, key: desk.test.district.key).record(
                        "role.ended", grant.id.text, by: TestDistrict.actor, at: moment,
                        quietly: true)
                }
            }
            expectBack(
                try await desk.client.send(Self.path, Self.fields(page), as: desk.li), 404)
            #expect(try await desk.count("record") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aFormWhoseTokenIsNoLongerGoodComesBackAndCanBeSent(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let page = try await desk.client.page(Self.path, as: desk.li)
            let stale = Self.fields(page).map { $0.0 == "_token" ? ("_token", "1.x") : $0 }
            let refused = try await desk.client.send(Self.path, stale, as: desk.li)
            expectBack(refused, 403)
            let sent = try await desk.client.send(Self.path, Self.fields(refused), as: desk.li)
            #expect(sent.status == 303)
        }
    }

    @Test(arguments: Engine.available)
    func oneFormTooManyComesBack(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let page = try await desk.client.page(Self.path, as: desk.li)
            var answer = try await desk.client.send(Self.path, Self.fields(page), as: desk.li)
            var sent = 1
            while answer.status != 429, sent < 2 * Limits.formsPerMinute {
                answer = try await desk.client.send(Self.path, Self.fields(page), as: desk.li)
                sent += 1
            }
            expectBack(answer, 429)
        }
    }

    @Test(arguments: Engine.available)
    func ofAFormThatIsTooLargeComesBackWhatArrivedUpToALimit(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let path = "/entries/records/\(try await desk.written())/reverse"
            let long = String(repeating: "x", count: Limits.bodyBytes)
            let answer = try await desk.client.send(
                path, [("reason", Self.title), ("more", long)], as: desk.li)
            #expect(answer.status == 413)
            #expect(answer.text.contains(Self.shown))
            #expect(answer.text.utf8.count < 2 * Limits.keptFormBytes)
        }
    }

    @Test(arguments: Engine.available)
    func ofAFormWithFilesTheTextsComeBackAndAFieldToChooseThemAgain(
        on engine: Engine
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            try await desk.test.database.write { try SessionStore($0).endAll(of: desk.li.id) }
            let answer = try await desk.send(
                Self.path, WritingDesk.leaflet(["field.title": Self.title]),
                files: [(name: "a.txt", bytes: Array("geheim".utf8))], as: desk.li)
            #expect(answer.status == 403)
            expectBack(answer.text)
            #expect(answer.text.contains("enctype=\"multipart/form-data\""))
            #expect(answer.text.contains("type=\"file\""))
            #expect(!answer.text.contains("geheim"))
        }
    }

    @Test(arguments: Engine.available)
    func nothingOfAFormThatAnotherSiteSentIsShown(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            for length in [nil, Limits.uploadBytes + 1] {
                var headers: HTTPFields = [
                    .contentType: "application/x-www-form-urlencoded", .cookie: desk.li.cookie,
                ]
                headers[.origin] = "https://elsewhere.example"
                if let length { headers[.contentLength] = String(length) }
                let text = try await desk.client.execute(
                    uri: Self.path, method: .post, headers: headers,
                    body: ByteBuffer(string: "field.title=planted&unit=1")
                ) { String(buffer: $0.body) }
                #expect(!text.contains("planted"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func aPasswordDoesNotComeBackAndItsNameDoes(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let answer = try await desk.client.send(
                "/sign-in", [("name", "li"), ("password", "geheim-und-lang")])
            #expect(answer.status == 403)
            #expect(answer.text.contains("value=\"li\""))
            #expect(!answer.text.contains("geheim"))
            #expect(answer.text.contains("type=\"password\""))
        }
    }
}
