import Core
import Entries
import Foundation
import Ledger
import Organization
import Storage
import TestKit
import Testing
import Web

struct ConfirmEntryTests {
    private static let opinion = [
        "unit": WritingDesk.first, "day": "2015-06-30", "measure.0": "50", "measure.1": "40",
        "measure.2": "39", "field.asked_group": "resident", "then": "post",
    ]

    private func asked(_ desk: WritingDesk, as writer: SignedIn? = nil) async throws -> String {
        let answer = try await desk.write(Self.opinion, kind: "opinion_round", as: writer)
        let place = try #require(answer.location, "\(answer.text)")
        #expect(place.hasSuffix("?done=entry_waits"))
        return String(place.prefix { $0 != "?" })
    }

    @Test(arguments: Engine.available)
    func whatWaitsIsNoRecordAndItsWriterDoesNotConfirmIt(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            // Wu may confirm, but not what they wrote themselves.
            let own = try await asked(desk, as: desk.wu)
            let page = try await desk.client.page(own, as: desk.wu)
            #expect(page.status == 200 && !page.text.contains("\(own)/posting"))
            let forged = try await desk.client.submit(
                own, [:], to: "\(own)/posting", as: desk.wu)
            #expect(forged.status == 403, "there is no such form on the page")
            for other in [desk.wang, desk.zhao, desk.reader] {
                #expect(try await desk.client.page(own, as: other).status == 404)
            }
            #expect(try await desk.count("record") == 0)
            #expect(try await desk.client.page("/confirmations", as: desk.li).status == 404)
            let waiting = try await desk.test.database.read { db in
                let structure = try desk.test.district.structure(db)
                let day = desk.test.district.now().day
                return try ["410102", WritingDesk.second].map { code in
                    try PendingEntry.count(
                        kind: "opinion_round",
                        units: [structure.unit(code: code, on: day)?.unit].compactMap { $0 },
                        on: day, db)
                }
            }
            #expect(waiting == [1, 0])
        }
    }

    /// The reader of the first community is told; a visitor and who works elsewhere are not.
    @Test(arguments: Engine.available)
    func theFigureSaysHowMuchWaitsToWhoMayReadThere(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await asked(desk)
            func says(
                _ reader: SignedIn?, _ unit: String = WritingDesk.first
            ) async throws -> Bool {
                let page = try await desk.client.page(
                    "/figures/opinion.answered?unit=\(unit)&period=2015-H1", as: reader)
                try #require(page.status == 200)
                return page.text.contains("现有1条等待复核")
            }
            for other in [nil, desk.zhao] {
                let isTold = try await says(other)
                #expect(!isTold)
            }
            let above = try await says(desk.reader, "410102")
            #expect(!above, "his right does not reach the district")
            for own in [desk.reader, desk.li, desk.wu] {
                let isTold = try await says(own)
                #expect(isTold)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aSecondPersonConfirmsOnce(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let place = try await asked(desk)
            let list = try await desk.client.page("/confirmations", as: desk.wu)
            #expect(list.text.contains(place) && list.text.contains("li的名字"))
            let page = try await desk.client.page(place, as: desk.wu)
            let fields = page.hidden(for: "\(place)/posting").map { ($0.key, $0.value) }
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        try await desk.client.send("\(place)/posting", fields, as: desk.wu).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(answers.sorted() == [303, 409, 409])
            #expect(try await desk.count("record") == 1)
            let row = try await desk.test.database.read { db in
                try db.first(
                    """
                    SELECT a.actor, r.recorded_by FROM audit a JOIN record r ON r.id = a.subject
                    WHERE a.action = 'record.confirmed'
                    """)
            }
            #expect(try row?.get("actor") == desk.wu.id.text)
            #expect(try row?.get("recorded_by") == desk.li.id.text)
            let told = try await desk.client.page("/my/messages", as: desk.li).text
            #expect(told.components(separatedBy: "已审核通过").count == 2, "the writer hears it once")
            #expect(told.contains("href=\"\(place)\""))
            let own = try await desk.client.page("/my/messages", as: desk.wu).text
            #expect(own.contains("没有消息"))
            #expect(try await desk.verified() == [])
        }
    }

    /// Two accounts are one person when they name them, or their double that was found to be them.
    @Test(arguments: Engine.available)
    func whoHasTwoAccountsIsNoSecondPersonForHimself(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let test = desk.test
            try await test.accept(
                "人员编号,姓名,单位\nP-1,甲一,410102001001\nP-2,甲一,410102001001\n",
                what: "persons")
            let persons = try await test.database.read { db in
                try ["P-1", "P-2"].compactMap {
                    try PersonStore(db: db).find(number: $0).first?.id
                }
            }
            try #require(persons.count == 2)
            func account(_ name: String, _ person: Person.ID) async throws -> SignedIn {
                try await test.account(
                    name, role: "community_secretary", unit: WritingDesk.first, person: person)
            }
            let writer = try await account("jia", persons[0])
            let same = try await account("jia2", persons[0])
            let double = try await account("yi", persons[1])
            let place = try await asked(desk, as: writer)
            let before = try await desk.client.page(place, as: double)
            #expect(before.status == 200, "nobody knows yet that he is the same")
            let fields = before.hidden(for: "\(place)/posting").map { ($0.key, $0.value) }
            _ = try await test.district.join(
                "P-2", into: "P-1", on: TestDistrict.moment.day, by: TestDistrict.actor)
            for own in [same, double] {
                let list = try await desk.client.page("/confirmations", as: own)
                #expect(list.status == 200 && !list.text.contains(place))
                #expect(try await desk.client.page(place, as: own).status == 404)
            }
            let sent = try await desk.client.send("\(place)/posting", fields, as: double)
            #expect(sent.status == 404)
            #expect(try await desk.count("record") == 0)
            let other = try await desk.client.submit(
                place, [:], to: "\(place)/posting", as: desk.wu)
            #expect(other.status == 303)
            #expect(try await desk.count("record") == 1)
        }
    }

    @Test(arguments: Engine.available, ["disabled", "without his right"])
    func nothingIsEnteredInTheNameOfWhoMayNoLongerWriteIt(
        on engine: Engine, writer state: String
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            let place = try await asked(desk)
            let page = try await desk.client.page(place, as: desk.wu)
            #expect(!page.text.contains("填报人已无填报权限"))
            let fields = page.hidden(for: "\(place)/posting").map { ($0.key, $0.value) }
            let change: SQL =
                state == "disabled"
                ? "UPDATE account SET disabled_at = 1 WHERE id = \(desk.li.id)"
                : """
                UPDATE role_grant SET ended_at = 1, ended_by = 'x'
                WHERE account_id = \(desk.li.id)
                """
            try await desk.test.database.write { db in try db.execute(change) }
            let sent = try await desk.client.send("\(place)/posting", fields, as: desk.wu)
            #expect(sent.status == 409 && sent.text.contains("不能以其名义提交"))
            #expect(try await desk.count("record") == 0)
            let list = try await desk.client.page(
                "/confirmations", as: desk.wu, language: .en)
            #expect(list.text.contains("Its writer may no longer report it"))
            let now = try await desk.client.page(place, as: desk.wu)
            #expect(now.text.contains("请写明理由退回"))
            #expect(!now.text.contains("\(place)/posting"))
            let back = try await desk.client.submit(
                place, ["reason": "填写人已调离"], to: "\(place)/return", as: desk.wu)
            #expect(back.status == 303)
        }
    }

    @Test(arguments: Engine.available)
    func whatWaitsIsReadPageByPage(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let forged = try await desk.client.page("/confirmations?after=a~b", as: desk.wu)
            #expect(forged.status == 422)
            let count = Limits.rowsPerPage + 3
            try await desk.test.database.write { db in
                let unit = try desk.test.district.structure(db)
                    .unit(code: WritingDesk.first, on: TestDistrict.moment.day)
                let own = try #require(unit).unit
                try db.insert(
                    into: "entry_waiting",
                    ["id", "account_id", "kind", "unit_id", "happened_on", "said", "asked_at"],
                    (0..<count).map { _ in
                        [
                            PendingEntry.ID.make().storageValue, desk.li.id.storageValue,
                            .text("opinion_round"), own.storageValue, .text("2015-06-30"),
                            .text("{}"), .integer(1),
                        ]
                    })
            }
            func rows(_ page: PageAnswer) -> Set<String> {
                Set(
                    page.text.components(separatedBy: "href=\"/confirmations/").dropFirst()
                        .map { String($0.prefix(26)) })
            }
            let first = try await desk.client.page("/confirmations", as: desk.wu)
            #expect(rows(first).count == Limits.rowsPerPage)
            let next = try #require(
                first.text.components(separatedBy: "href=\"/confirmations?after=").dropFirst()
                    .first?.prefix { $0 != "\"" })
            let second = try await desk.client.page(
                "/confirmations?after=\(next)", as: desk.wu)
            #expect(rows(second).count == 3 && rows(first).isDisjoint(with: rows(second)))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsSentBackIsMendedAndSentAgain(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let place = try await asked(desk)
            let bare = try await desk.client.submit(
                place, ["reason": ""], to: "\(place)/return", as: desk.wu)
            #expect(bare.status == 422 && bare.text.contains("写明退回的理由"))
            let back = try await desk.client.submit(
                place, ["reason": "满意数多了"], to: "\(place)/return", as: desk.wu)
            #expect(back.status == 303)
            let start = try await desk.client.page("/entries", as: desk.li)
            #expect(start.text.contains("满意数多了"))
            let again = "/entries/new/opinion_round?returned=\(place.suffix(26))"
            #expect(try await desk.client.page(again, as: desk.wang).status == 404)
            let form = try await desk.client.page(again, as: desk.li)
            #expect(form.text.contains("value=\"39\""))
            let sent = try await desk.client.submit(
                again, Self.opinion.merging(["measure.2": "38"]) { $1 }, as: desk.li)
            #expect(sent.location?.hasSuffix("?done=entry_waits") == true)
            #expect(try await desk.count("waiting") == 1, "the one that was sent back is gone")
            #expect(try await desk.count("record") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aCorrectionWaitsAsWell(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let place = try await asked(desk)
            let posted = try await desk.client.submit(
                place, [:], to: "\(place)/posting", as: desk.wu)
            let id = String(try #require(posted.location).dropFirst(9).prefix(26))
            let change = Self.opinion.merging(["measure.2": "10", "reason": "数错"]) { $1 }
            let asked = try await desk.client.submit(
                "/entries/records/\(id)/correct", change, as: desk.li)
            let next = String(try #require(asked.location).prefix { $0 != "?" })
            #expect(next.hasPrefix("/confirmations/"))
            #expect(try await desk.counts(id), "until somebody confirms, the old one counts")
            let done = try await desk.client.submit(next, [:], to: "\(next)/posting", as: desk.wu)
            #expect(done.status == 303)
            #expect(try await desk.counts(id) == false)
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aReversalWaitsAsWell(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let place = try await asked(desk)
            let posted = try await desk.client.submit(
                place, [:], to: "\(place)/posting", as: desk.wu)
            let id = String(try #require(posted.location).dropFirst(9).prefix(26))
            let form = "/entries/records/\(id)/reverse"
            let bare = try await desk.client.submit(form, ["reason": ""], as: desk.li)
            #expect(bare.status == 422)
            #expect(try await desk.count("waiting") == 1, "only what was confirmed")
            func asks(_ writer: SignedIn) async throws -> String {
                let sent = try await desk.client.submit(form, ["reason": "重复"], as: writer)
                let location = try #require(sent.location, "\(sent.text)")
                #expect(location.hasPrefix("/confirmations/"))
                return String(location.prefix { $0 != "?" })
            }
            // Wu may confirm, but takes nothing back by themselves either.
            let own = try await asks(desk.wu)
            let page = try await desk.client.page(own, as: desk.wu)
            #expect(!page.text.contains("\(own)/posting"))
            #expect(try await desk.counts(id), "until somebody confirms, it counts")
            _ = try await desk.client.submit(own, [:], to: "\(own)/withdrawal", as: desk.wu)
            let first = try await asks(desk.li)
            let list = try await desk.client.page("/confirmations", as: desk.wu)
            #expect(list.text.contains("群众评议（撤回）"))
            let told = try await desk.client.page(first, as: desk.wu)
            #expect(told.text.contains("重复") && told.text.contains("39"))
            #expect(told.text.contains("复核前原记录照常计入统计"))
            let back = try await desk.client.submit(
                first, ["reason": "没有重复"], to: "\(first)/return", as: desk.wu)
            #expect(back.status == 303)
            let start = try await desk.client.page("/entries", as: desk.li)
            #expect(start.text.contains("没有重复") && start.text.contains(form))
            let next = try await asks(desk.li)
            #expect(try await desk.client.page(first, as: desk.li).status == 404)
            let done = try await desk.client.submit(next, [:], to: "\(next)/posting", as: desk.wu)
            #expect(done.location == "/records/\(id)?done=entry_confirmed")
            #expect(try await desk.counts(id) == false)
            let row = try await desk.test.database.read { db in
                try db.first(
                    """
                    SELECT a.actor, r.recorded_by FROM audit a JOIN record r ON r.id = a.subject
                    WHERE a.action = 'record.reversed'
                    """)
            }
            #expect(try row?.get("actor") == desk.wu.id.text)
            #expect(try row?.get("recorded_by") == desk.li.id.text)
            #expect(try await desk.verified() == [])
        }
    }

    /// Why it goes back may speak of persons, as any other reason: it is read by its writer and
    /// whoever may decide it, and stands nowhere in the clear.
    @Test(arguments: Engine.available)
    func whyItWasSentBackIsSealed(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let place = try await asked(desk)
            let why = "把王某听成了黄某"
            let sent = try await desk.client.submit(
                place, ["reason": why], to: "\(place)/return", as: desk.wu)
            #expect(sent.status == 303, "\(sent.text)")
            let row = try #require(
                try await desk.test.database.read { try $0.first("SELECT * FROM entry_waiting") })
            let reason = try row.optional("reason", as: String.self)
            #expect(reason == nil)
            #expect(try !row.get("said", as: String.self).contains("王某"))
            for reader in [desk.li, desk.wu] {
                #expect(try await desk.client.page(place, as: reader).text.contains(why))
            }
            let id = place.split(separator: "/").last.map(String.init) ?? ""
            let again = try await desk.client.page(
                "/entries/new/opinion_round?returned=\(id)", as: desk.li)
            #expect(again.text.contains(why) && again.text.contains("value=\"50\""))
            #expect(try await desk.verified() == [])
        }
    }

    private static let appointment = """
        helper_post:
          name: {zh: 任命, en: Appointment}
          shape: standing
          visibility: internal
          confirm: true
          at: [community]
          fields:
            position:
              type: choice
              label: {zh: 职务, en: Position}
              required: true
              options:
                helper: {zh: 帮办, en: Helper}
          persons:
            holder:
              label: {zh: 任职人, en: Holder}
              required: true
              many: false
              register: post_holder
        """

    private static let helper = """
        helper:
          name: {zh: 帮办, en: Helper}
          may: [read, write]
          at: [community]
          posts:
            - {kind: helper_post, person: holder, field: position, values: [helper]}
        """

    /// Whose post it is may come out after it was written.
    @Test(arguments: Engine.available)
    func nobodyConfirmsAPostThatIsHisOwnOrItsWriters(on engine: Engine) async throws {
        let own = ["kinds/helper_post.yaml": Self.appointment, "roles.yaml": Self.helper]
        try await OwnFolder.with(own) { folder in
            try await WritingDesk.with(engine, catalogue: [folder]) { desk in
                let test = desk.test
                try await test.accept(
                    """
                    人员编号,姓名,单位
                    P-1,甲一,410102001001
                    P-2,甲一,410102001001
                    P-3,乙二,410102001001
                    P-4,乙二,410102001001

                    """, what: "persons")
                let persons = try await test.database.read { db in
                    try ["P-1", "P-3"].compactMap {
                        try PersonStore(db: db).find(number: $0).first?.id
                    }
                }
                try #require(persons.count == 2)
                let second = try await test.account(
                    "jia", role: "street_lead", unit: "410102001", person: persons[0])
                let high = try await test.account(
                    "jie", role: "street_lead", unit: "410102001")
                let writer = try await test.account(
                    "yi", role: "community_clerk", unit: WritingDesk.first, person: persons[1])
                func appoint(_ number: String, as writer: SignedIn) async throws -> String {
                    try waitingPlace(
                        try await desk.write(
                            [
                                "unit": WritingDesk.first, "day": "2015-06-10",
                                "person.holder": number, "field.position": "helper",
                                "then": "post",
                            ], kind: "helper_post", as: writer))
                }
                func confirm(_ place: String, as second: SignedIn) async throws -> PageAnswer {
                    try await desk.client.submit(place, [:], to: "\(place)/posting", as: second)
                }
                /// What somebody reads to whom a post of their own is offered for confirmation.
                func isToldThatItIsHisOwn(_ place: String) async throws -> Bool {
                    let page = try await desk.client.page(place, as: second)
                    return page.text.contains("这一职务带来权限，请由他人复核。")
                        && page.hidden(for: "\(place)/posting").isEmpty
                }
                let plain = try await appoint("P-1", as: desk.li)
                let doubled = try await appoint("P-2", as: desk.li)
                let written = try await appoint("P-4", as: writer)
                let early = try await desk.client.page(doubled, as: second)
                    .hidden(for: "\(doubled)/posting").map { ($0.key, $0.value) }
                #expect(!early.isEmpty, "before it is known that he is the same person")
                let before = try await desk.client.page(written, as: high)
                    .hidden(for: "\(written)/posting").map { ($0.key, $0.value) }
                for (from, into) in [("P-2", "P-1"), ("P-4", "P-3")] {
                    _ = try await test.district.join(
                        from, into: into, on: TestDistrict.moment.day, by: TestDistrict.actor)
                }
                for place in [plain, doubled] {
                    #expect(try await isToldThatItIsHisOwn(place))
                }
                let refused = try await desk.client.send(
                    "\(doubled)/posting", early, as: second)
                #expect(refused.status == 409 && refused.text.contains("这是您本人的职务"))
                for other in [high, second] {
                    let page = try await desk.client.page(written, as: other)
                    #expect(page.text.contains("填报人本人的职务"))
                    #expect(page.hidden(for: "\(written)/posting").isEmpty)
                }
                let late = try await desk.client.send(
                    "\(written)/posting", before, as: high)
                #expect(late.status == 409 && late.text.contains("这是填报人本人的职务"))
                #expect(try await desk.count("record") == 0)
                let done = try await confirm(doubled, as: high)
                #expect(done.status == 303)
                let id = String(try #require(done.location).dropFirst(9).prefix(26))
                // To end it is theirs as well; to take that back would bring their rights again.
                let end = try waitingPlace(
                    try await desk.client.submit(
                        "/entries/records/\(id)/end", ["day": "2015-06-20"], as: desk.li))
                #expect(try await confirm(end, as: second).status == 303)
                let ended = try #require(
                    try await test.database.read { db in
                        try db.value("SELECT id FROM record WHERE ends = \(id)", as: String.self)
                    })
                let back = try waitingPlace(
                    try await desk.client.submit(
                        "/entries/records/\(ended)/reverse", ["reason": "有误"], as: desk.li))
                #expect(try await isToldThatItIsHisOwn(back))
                #expect(try await confirm(back, as: high).status == 303)
                #expect(try await desk.verified() == [])
            }
        }
    }

    private static let plate = """
        plate:
          name: {zh: 挂牌, en: Plate}
          shape: standing
          visibility: public
          confirm: true
          at: [community]
          fields:
            title: {type: text, label: {zh: 名称, en: Title}, required: true}
        """

    @Test(arguments: Engine.available)
    func anEndWaitsAsWell(on engine: Engine) async throws {
        try await OwnFolder.with(["kinds/plate.yaml": Self.plate]) { folder in
            try await WritingDesk.with(engine, catalogue: [folder]) { desk in
                func confirmed(_ answer: PageAnswer) async throws -> String {
                    let location = try #require(answer.location, "\(answer.text)")
                    #expect(location.hasSuffix("?done=entry_waits"))
                    let place = String(location.prefix { $0 != "?" })
                    let done = try await desk.client.submit(
                        place, [:], to: "\(place)/posting", as: desk.wu)
                    return String(try #require(done.location).dropFirst(9).prefix(26))
                }
                func lastDay(_ id: String) async throws -> Day? {
                    try await desk.test.database.read { db in
                        try RecordStore(db: db).end(of: Record.ID(trusted: id))
                    }
                }
                let id = try await confirmed(
                    desk.write(
                        [
                            "unit": WritingDesk.first, "day": "2015-06-10",
                            "field.title": "示范", "then": "post",
                        ], kind: "plate"))
                let form = "/entries/records/\(id)/end"
                let early = try await desk.client.submit(
                    form, ["day": "2015-06-01"], as: desk.li)
                #expect(early.status == 422)
                let asked = try await desk.client.submit(
                    form, ["day": "2015-06-20", "reason": "摘牌"], as: desk.li)
                let before = try await lastDay(id)
                #expect(before == nil)
                let ended = try await confirmed(asked)
                #expect(ended == id)
                let after = try await lastDay(id)
                #expect(after == Day(2015, 6, 20))
                #expect(try await desk.verified() == [])
            }
        }
    }

    @Test(arguments: Engine.available)
    func theWriterWithdraws(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let place = try await asked(desk)
            let gone = try await desk.client.submit(
                place, [:], to: "\(place)/withdrawal", as: desk.li)
            #expect(gone.location == "/entries?done=entry_withdrawn")
            #expect(try await desk.client.page(place, as: desk.wu).status == 404)
            #expect(try await desk.count("waiting") == 0)
        }
    }
}

/// Where the entry waits that somebody just wrote.
private func waitingPlace(_ answer: PageAnswer) throws -> String {
    let place = try #require(answer.location, "\(answer.text)")
    try #require(place.hasPrefix("/confirmations/"))
    return String(place.prefix { $0 != "?" })
}
