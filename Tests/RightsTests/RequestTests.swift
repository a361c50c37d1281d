import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Organization
import Rights
import Storage
import TestKit
import Testing

struct RequestTests {
    private static func ask(
        _ client: any TestClientProtocol, _ kind: String, as reader: SignedIn
    ) async throws -> PageAnswer {
        try await client.submit(
            "/my/data", ["kind": kind, "words": "请处理我的信息"], to: "/my/data/requests",
            as: reader)
    }

    private static func answer(
        _ client: any TestClientProtocol, _ id: String, _ fields: [String: String],
        as reader: SignedIn
    ) async throws -> PageAnswer {
        try await client.submit(
            "/rights/requests/\(id)", fields, to: "/rights/requests/\(id)/steps", as: reader)
    }

    private static func newest(_ town: RightsTown) async throws -> String {
        try #require(
            try await town.text("SELECT id FROM rights_request ORDER BY id DESC LIMIT 1"))
    }

    @Test(arguments: Engine.available)
    func aRequestWithoutAReasonComesBackWithItsFault(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            try await town.test.withSite { client in
                let answer = try await client.submit(
                    "/my/data", ["kind": "erase", "words": " "], to: "/my/data/requests", as: li)
                #expect(answer.status == 422)
                #expect(answer.text.contains("请写明涉及哪些信息"))
                #expect(answer.text.contains("value=\"erase\" selected"), "what was chosen stays")
                let forged = try await client.send(
                    "/my/data/requests", [("kind", "erase"), ("words", "x")], as: li)
                #expect(forged.status >= 400)
                #expect(try await town.count("SELECT COUNT(*) FROM rights_request") == 0)
            }
        }
    }

    /// The person reads who looked; asking for the page's head, or sending a faulty form, is none.
    @Test(arguments: Engine.available)
    func aLookIsEnteredOnceADayHoweverOftenThePageIsOpened(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            let officer = try await town.test.account("officer", role: "protection_officer")
            let other = try await town.test.account("other", role: "protection_officer")
            let looks: @Sendable () async throws -> Int = {
                try await town.count("SELECT COUNT(*) FROM data_view")
            }
            try await town.test.withSite { client in
                #expect(try await Self.ask(client, "copy", as: li).status == 303)
                let path = "/rights/requests/\(try await Self.newest(town))"
                let head = try await client.execute(
                    uri: path, method: .head, headers: [.cookie: officer.cookie]
                ) { Int($0.status.code) }
                #expect(head == 200)
                #expect(try await looks() == 0)
                for language in Language.allCases {
                    let page = try await client.page(path, as: officer, language: language)
                    #expect(page.status == 200)
                }
                #expect(try await looks() == 1)
                let faulty = try await client.submit(
                    path, ["state": ""], to: path + "/steps", as: officer)
                #expect(faulty.status == 422)
                #expect(try await looks() == 1)
                #expect(try await client.page(path, as: other).status == 200)
                #expect(try await looks() == 2)
                #expect(try await client.page(path, as: li).status == 404)
                #expect(try await looks() == 2)
            }
        }
    }

    /// Fifteen working days after Wednesday 1 July 2015 is Wednesday 22 July.
    @Test(arguments: Engine.available)
    func theClockCountsWorkingDaysAndThePersonReadsTheAnswer(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                #expect(try await Self.ask(client, "copy", as: li).status == 303)
                #expect(try await town.text("SELECT due_on FROM rights_request") == "2015-07-22")
                let id = try await Self.newest(town)
                let bare = try await Self.answer(
                    client, id, ["state": "refused", "ground": "", "reason": ""], as: officer)
                #expect(bare.status == 422 && bare.text.contains("拒绝须写明理由"))
                let refused = try await Self.answer(
                    client, id,
                    ["state": "refused", "ground": "repeated", "reason": "上月已经答复"], as: officer)
                #expect(refused.status == 303)
                let again = try await Self.answer(client, id, ["state": "done"], as: officer)
                #expect(again.status >= 400, "an answer is final")
                let page = try await client.page("/my/data", as: li)
                #expect(page.text.contains("上月已经答复") && page.text.contains("不予办理"))
                #expect(page.text.contains("办理个人信息请求"), "they read who looked")
                let told = try await client.page("/my/messages", as: li)
                #expect(told.text.contains("您的个人信息请求已有答复"))
                let officers = try await client.page("/my/messages", as: officer)
                #expect(officers.text.contains("没有消息"))
                #expect(!page.text.contains("officer的名字"))
                #expect(
                    try await town.count(
                        "SELECT COUNT(*) FROM audit WHERE subject = \(id)") == 2)
            }
        }
    }

    /// The calendar of 2027 is not loaded yet, so only its weekends are known.
    @Test(arguments: Engine.available)
    func aDayThatRunsIntoAYearWithoutHolidaysIsProvisional(on engine: Engine) async throws {
        try await RightsTown.with(engine, on: "2026-12-20") { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            try await town.test.withSite { client in
                #expect(try await Self.ask(client, "copy", as: li).status == 303)
                #expect(try await town.text("SELECT due_on FROM rights_request") == "2027-01-08")
                let page = try await client.page("/my/data", as: li)
                #expect(page.text.contains("2027-01-08（暂算：2027年的放假安排尚未装入）"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func aCalendarThatIsLoadedLaterMovesOpenRequestsAndSaysFromWhat(on engine: Engine) async throws
    {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                #expect(try await Self.ask(client, "copy", as: li).status == 303)
                #expect(try await moveDeadlines(town.test.district) == 0)
                // As an older calendar had it.
                _ = try await town.test.database.write {
                    try $0.execute("UPDATE rights_request SET due_on = '2015-07-20'")
                }
                #expect(try await moveDeadlines(town.test.district) == 1)
                #expect(try await moveDeadlines(town.test.district) == 0)
                #expect(try await town.text("SELECT due_on FROM rights_request") == "2015-07-22")
                #expect(
                    try await town.count("SELECT COUNT(*) FROM audit WHERE action = 'rights.moved'")
                        == 1)
                let path = "/rights/requests/\(try await Self.newest(town))"
                for (page, reader) in [("/my/data", li), (path, officer)] {
                    let page = try await client.page(page, as: reader)
                    #expect(page.text.contains("2015-07-22（原定2015-07-20"))
                }
                // What was answered keeps its day.
                let id = try await Self.newest(town)
                #expect(
                    try await Self.answer(client, id, ["state": "done"], as: officer).status == 303)
                _ = try await town.test.database.write {
                    try $0.execute("UPDATE rights_request SET due_on = '2015-07-20'")
                }
                #expect(try await moveDeadlines(town.test.district) == 0)
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoHasNotTheRightOrAsksHimselfCannotAnswer(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account(
                "officer", role: "protection_officer", person: town.person("P-1"))
            let clerk = try await town.test.account(
                "clerk", role: "community_clerk", unit: "410102001001")
            try await town.test.withSite { client in
                _ = try await Self.ask(client, "erase", as: officer)
                let id = try await Self.newest(town)
                #expect(
                    try await client.page("/rights/requests/\(id)", as: clerk).status == 404)
                #expect(try await client.page("/rights/requests", as: clerk).status == 404)
                #expect(try await client.page("/rights/requests/\(id)").status == 303)
                let own = try await Self.answer(client, id, ["state": "done"], as: officer)
                #expect(own.status == 409, "the form comes back, with why")
                #expect(own.text.contains("自己的请求须由他人答复"))
                #expect(try await town.text("SELECT state FROM rights_request") == "received")
            }
        }
    }

    @Test(arguments: Engine.available)
    func aRestrictedNameIsNeitherShownNorFound(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let person = try await town.person("P-1")
            let li = try await town.test.account("li", person: person)
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                _ = try await Self.ask(client, "restrict", as: li)
                let id = try await Self.newest(town)
                _ = try await Self.answer(client, id, ["state": "done"], as: officer)
                let (names, found) = try await town.test.database.read { db in
                    let store = PersonStore(db: db)
                    return (
                        try store.names([person]),
                        try store.find(name: "甲一").count + store.find(number: "P-1").count
                    )
                }
                #expect(names[person] == Person.withheld && found == 0)
                #expect(try await client.page("/my/data", as: li).text.contains("甲一"))
                let lifted = try await client.submit(
                    "/rights/requests/\(id)", ["why": "本人来函"],
                    to: "/rights/requests/\(id)/lifting", as: officer)
                #expect(lifted.status == 303)
                #expect(try await town.person("P-1") == person)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aNameIsCorrectedWithoutTouchingARecord(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                _ = try await Self.ask(client, "correct", as: li)
                let id = try await Self.newest(town)
                let done = try await Self.answer(
                    client, id, ["state": "done", "name": "贾一", "reason": "已更正"], as: officer)
                #expect(done.status == 303)
                #expect(try await town.count("SELECT COUNT(*) FROM person WHERE name = '贾一'") == 1)
                #expect(try await town.findings() == [])
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatIsAskedAtTheWindowHasTheSameClock(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                let bare = try await client.submit(
                    "/rights/intake", ["number": "P-2", "kind": "erase"], as: officer)
                #expect(bare.status == 422)
                let taken = try await client.submit(
                    "/rights/intake",
                    ["number": "P-2", "kind": "erase", "channel": "paper", "words": "来函"],
                    as: officer)
                #expect(taken.status == 303, "\(taken.text)")
                #expect(try await town.text("SELECT due_on FROM rights_request") == "2015-07-22")
                #expect(try await town.text("SELECT channel FROM rights_request") == "paper")
            }
        }
    }

    @Test(arguments: Engine.available)
    func anErasureReachesARecordAsItWasAndAsItWasCorrected(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                _ = try await client.submit(
                    "/rights/intake",
                    ["ref": "Q-1", "kind": "erase", "channel": "paper", "words": "来函"],
                    as: officer)
                let id = try await Self.newest(town)
                // It is corrected while the request is open.
                try await town.correct("Q-1", contact: "6810-2222")
                let done = try await Self.answer(client, id, ["state": "done"], as: officer)
                #expect(done.status == 303, "\(done.text)")
                #expect(try await town.residue(of: ["6810-0000", "6810-2222"]) == [])
                #expect(try await town.residue(of: ["6810-1111"]) != [], "another's")
                #expect(try await town.findings() == [])
            }
        }
    }

    @Test(arguments: Engine.available)
    func aNumberThatTwoKindsShareIsAskedForOnceMore(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.accept(
                "编号,日期,单位,服务事项,家庭代码,服务单号\nQ-1,2015-02-02,410102001,代办社保,H-1,O-1\n",
                what: "home_service")
            let service = try #require(
                try await town.text("SELECT id FROM record WHERE kind = 'home_service'"))
            try await town.test.withSite { client in
                func ask(_ ref: String) async throws -> PageAnswer {
                    try await client.submit(
                        "/rights/intake",
                        ["ref": ref, "kind": "copy", "channel": "paper", "words": "来函"],
                        as: officer)
                }
                let shared = try await ask("Q-1")
                #expect(shared.status == 422)
                #expect(shared.text.contains("不止一种记录用这个编号"))
                #expect(try await ask("Q-9").text.contains("没有这个编号的诉求"))
                let asked = try await ask(service)
                #expect(asked.status == 303, "\(asked.text)")
            }
            let meant = try await town.text("SELECT record_id FROM rights_request")
            #expect(meant == service)
        }
    }

    @Test(arguments: Engine.available)
    func aFormSentTwiceAtTheWindowIsTakenInOnce(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                let hidden = try await client.page("/rights/intake", as: officer)
                    .hidden(for: "/rights/intake")
                let said = [
                    "number": "P-2", "kind": "copy", "channel": "phone", "words": "来电",
                ]
                let fields = hidden.merging(said) { $1 }.map { ($0.key, $0.value) }
                let first = try await client.send("/rights/intake", fields, as: officer)
                let second = try await client.send("/rights/intake", fields, as: officer)
                #expect(first.status == 303 && second.location == first.location)
                #expect(try await town.count("SELECT COUNT(*) FROM rights_request") == 1)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aRightTakenAwayWhileAnAnswerIsUnderWayAnswersNothing(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                _ = try await Self.ask(client, "restrict", as: li)
                let id = try await Self.newest(town)
                let steps = "/rights/requests/\(id)/steps"
                let fields = try await client.page("/rights/requests/\(id)", as: officer)
                    .hidden(for: steps).merging(["state": "done"]) { $1 }
                    .map { ($0.key, $0.value) }
                let database = town.test.database
                let began = DispatchSemaphore(value: 0)
                async let taken: Void = database.write { db in
                    try db.execute(
                        """
                        UPDATE role_grant SET ended_at = granted_at, ended_by = granted_by
                        WHERE account_id = \(officer.id)
                        """)
                    began.signal()
                    // Nobody sees it yet, so the door lets the answer in.
                    Thread.sleep(forTimeInterval: 0.4)
                }
                try await database.read { _ in began.wait() }
                let answer = try await client.send(steps, fields, as: officer)
                try await taken
                #expect(answer.status == 404)
                #expect(try await town.text("SELECT state FROM rights_request") == "received")
            }
        }
    }

    /// The copy is imitated: what was decided since yesterday is taken out of the database by hand.
    @Test(arguments: Engine.available)
    func yesterdaysCopyLiftsNoRestrictionAndRevivesNoConsent(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                _ = try await Self.ask(client, "restrict", as: li)
                let id = try await Self.newest(town)
                _ = try await Self.answer(client, id, ["state": "done"], as: officer)
                for act in ["given", "withdrawn"] {
                    let fields = ["purpose": "talent_service", "act": act]
                    let said = try await client.submit(
                        "/my/data", fields, to: "/my/data/consents", as: li)
                    #expect(said.status == 303)
                }
                let restricted: SQL = """
                    SELECT COUNT(*) FROM person WHERE restricted_at IS NOT NULL
                    """
                let withdrawn: SQL = "SELECT COUNT(*) FROM consent WHERE act = 'withdrawn'"
                try await town.test.database.write { db in
                    try AuditRedactionTests.unprotect("consent", db)
                    try db.script("DELETE FROM consent WHERE act = 'withdrawn'")
                    try db.script("UPDATE person SET restricted_at = NULL")
                }
                #expect(try await town.eraser.reapply(by: TestDistrict.actor) == 2)
                #expect(try await town.count(restricted) == 1)
                #expect(try await town.count(withdrawn) == 1)
                #expect(try await town.eraser.reapply(by: TestDistrict.actor) == 0)

                let lifted = try await client.submit(
                    "/rights/requests/\(id)", ["why": "本人来函"],
                    to: "/rights/requests/\(id)/lifting", as: officer)
                #expect(lifted.status == 303)
                #expect(try await town.eraser.reapply(by: TestDistrict.actor) == 0)
                try await town.test.database.write { db in
                    try db.script("UPDATE person SET restricted_at = 1 WHERE number = 'P-1'")
                }
                #expect(try await town.eraser.reapply(by: TestDistrict.actor) == 1)
                #expect(try await town.count(restricted) == 0, "the last word counts")
                #expect(try await town.findings() == [])
            }
        }
    }

    /// Somebody without a person's entry has an account and nothing that could be restricted.
    @Test(arguments: Engine.available, ["restrict", "object"])
    func whatWouldRestrictNothingIsNotCalledDone(on engine: Engine, kind: String) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li")
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                _ = try await Self.ask(client, kind, as: li)
                let id = try await Self.newest(town)
                let shown = try await client.page("/rights/requests/\(id)", as: officer)
                #expect(shown.text.contains("限制处理不起作用"))
                let done = try await Self.answer(client, id, ["state": "done"], as: officer)
                #expect(done.status == 422 && done.text.contains("没有可以限制处理的人员登记"))
                #expect(try await town.text("SELECT state FROM rights_request") == "received")
                let refused = try await Self.answer(
                    client, id,
                    ["state": "refused", "ground": "nothing", "reason": "可以要求删除账户信息"],
                    as: officer)
                #expect(refused.status == 303)
                let ground = try await town.text("SELECT reason_code FROM rights_request")
                #expect(ground == "nothing")
                let page = try await client.page("/my/data", as: li)
                #expect(page.text.contains("没有可以限制处理的人员登记"))
            }
        }
    }

    @Test(arguments: Engine.available, [false, true])
    func aLongListOfRequestsIsReadPageByPage(on engine: Engine, closed: Bool) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            let (key, moment) = (town.test.district.key, town.clock.moment)
            try await town.test.database.write { db in
                let found = try db.value("SELECT MIN(id) FROM org_unit", as: OrgUnit.ID.self)
                let unit = try #require(found)
                for index in 1...101 {
                    let request = RightsRequest(
                        .copy, words: "第\(index)项", subject: DataSubject(contacts: ["c\(index)"]),
                        unit: unit, channel: .paper, askedAt: moment, dueOn: moment.day)
                    try RightsRequestStore(db, key: key).insert(request, by: TestDistrict.actor)
                }
                if closed { try db.script("UPDATE rights_request SET state = 'done'") }
            }
            try await town.test.withSite { client in
                let list = "/rights/requests" + (closed ? "?state=closed" : "")
                let forged = try await client.page("/rights/requests?after=x", as: officer)
                #expect(forged.status >= 400)
                let first = try await client.page(list, as: officer)
                let found = first.text.firstMatch(of: /href="([^"]*)" rel="next"/)
                let next = try #require(found).output.1.replacing("&amp;", with: "&")
                let second = try await client.page(String(next), as: officer)
                #expect(second.status == 200 && !second.text.contains("rel=\"next\""))
                let link = /href="\/rights\/requests\/([0-9A-Za-z-]+)"/
                let shown = (first.text + second.text).matches(of: link).map { $0.output.1 }
                #expect(shown.count == 101 && Set(shown).count == 101)
            }
        }
    }
}
