import Core
import Ledger
import Storage
import TestKit
import Testing

/// Who is missing among the persons is asked for from the form, which is kept meanwhile.
struct ProposePersonsTests {
    private static let roster = """
        人员编号,姓名,单位
        P-1,周瑞,410102001001
        P-3,周远方,410102001002
        P-6,周远方,410102001
        """

    private func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (WritingDesk, SignedIn) async throws -> Void
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            try await desk.test.accept(Self.roster, what: "persons")
            let system = try await desk.test.account("xi", office: .system)
            try await body(desk, system)
        }
    }

    private static func post(_ holder: String, _ changes: [String: String] = [:])
        -> [String: String]
    {
        [
            "unit": WritingDesk.first, "day": "2015-06-01", "person.holder": holder,
            "field.position": "community_director", "then": "propose",
        ].merging(changes) { $1 }
    }

    private static func proposals(_ desk: WritingDesk) async throws -> Int {
        try await desk.test.database.read {
            try $0.value("SELECT COUNT(*) FROM person_proposal", as: Int.self) ?? 0
        }
    }

    private static func proposal(_ desk: WritingDesk) async throws -> String {
        let id = try await desk.test.database.read {
            try $0.value("SELECT id FROM person_proposal", as: String.self)
        }
        return "/admin/persons/proposals/" + (try #require(id))
    }

    @Test(arguments: Engine.available)
    func whatIsNobodyMissingIsRefusedAndTheFormKept(on engine: Engine) async throws {
        try await with(engine) { desk, _ in
            let wrong: [([String: String], String)] = [
                (Self.post(""), "请填写要增加的人员的完整姓名"), (Self.post("P-1"), "已在名单中"),
                (Self.post("周瑞"), "已在名单中"), (Self.post("P-99"), "像是编号"),
                (Self.post("郑"), "不完整"),
                (Self.post("郑试丙", ["unit": WritingDesk.second]), "请先选择您可以填报的单位"),
                (Self.post("郑试丙", ["unit": ""]), "请先选择您可以填报的单位"),
            ]
            for (fields, words) in wrong {
                let answer = try await desk.write(fields, kind: "post")
                #expect(answer.status == 422 && answer.text.contains(words), "\(fields)")
                #expect(answer.text.contains("value=\"2015-06-01\""))
            }
            #expect(try await Self.proposals(desk) == 0)
            #expect(try await desk.count("draft") == 0)
            let reader = try await desk.client.page("/entries/new/post", as: desk.reader)
            #expect(reader.status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func aMissingPersonIsAskedForOnceAndTheFormIsADraft(on engine: Engine) async throws {
        try await with(engine) { desk, _ in
            let answer = try await desk.write(Self.post("郑试丙"), kind: "post")
            let place = try #require(answer.location, "\(answer.text)")
            #expect(place.hasPrefix("/entries/new/post?draft="))
            #expect(place.hasSuffix("&done=person_proposed"))
            let page = try await desk.client.page(place, as: desk.li)
            #expect(page.text.contains("value=\"郑试丙\"") && page.text.contains("已申请增加"))
            #expect(page.text.contains("value=\"2015-06-01\""))
            // Asked for once more from the draft, it is one proposal and one draft.
            let again = try await desk.client.submit(
                String(place.prefix { $0 != "&" }), Self.post("郑试丙"), to: "/entries/new/post",
                as: desk.li)
            #expect(again.status == 303)
            #expect(try await Self.proposals(desk) == 1)
            #expect(try await desk.count("draft") == 1)
            let list = try await desk.client.page("/entries", as: desk.li)
            #expect(list.text.contains("郑试丙（一社区）") && list.text.contains("等待系统管理员增加"))
            let other = try await desk.client.page("/entries", as: desk.wang)
            #expect(!other.text.contains("郑试丙"), "what somebody asked for is theirs alone")
            // The name stands nowhere in the clear.
            let said = try await desk.test.database.read {
                try $0.value("SELECT said FROM person_proposal", as: String.self) ?? ""
            }
            #expect(!said.isEmpty && !said.contains("郑"))
            #expect(try await desk.test.database.read { try $0.personCount() } == 3)
        }
    }

    @Test(arguments: Engine.available)
    func whoeverAddsPersonsFindsItAndAddsThem(on engine: Engine) async throws {
        try await with(engine) { desk, system in
            for writer in [desk.li, desk.wang] {
                let answer = try await desk.write(Self.post("郑试丙"), kind: "post", as: writer)
                #expect(answer.status == 303)
            }
            #expect(try await desk.client.page(Self.list, as: desk.li).status == 404)
            #expect(try await desk.client.page(Self.list, as: desk.wu).status == 404)
            let work = try await desk.client.page("/desk", as: system)
            #expect(work.text.contains("申请增加的人员") && work.text.contains("郑试丙"))
            let list = try await desk.client.page(Self.list, as: system)
            #expect(list.text.contains("郑试丙") && list.text.contains("li的名字"))
            let place = try #require(
                list.text.firstMatch(of: /href="(\/admin\/persons\/proposals\/[^"]+)"/)
            ).1
            let page = try await desk.client.page(String(place), as: system)
            #expect(page.text.contains("没有同名的人员") && page.text.contains("value=\"郑试丙\""))
            let taken = try await desk.client.submit(
                String(place), ["name": "郑试丙", "number": "P-3", "unit": WritingDesk.first],
                as: system)
            #expect(taken.status == 422 && taken.text.contains("已有人使用"))
            let nowhere = try await desk.client.submit(
                String(place), ["name": "郑试丙", "unit": "无此单位"], as: system)
            #expect(nowhere.status == 422)
            #expect(try await desk.test.database.read { try $0.personCount() } == 3)
            let added = try await desk.client.submit(
                String(place), ["name": "郑试丙", "number": "", "unit": WritingDesk.first],
                as: system)
            #expect(added.status == 303 && added.location?.contains("person_added") == true)
            #expect(try await Self.proposals(desk) == 0, "both asked for the same person")
            for writer in [desk.li, desk.wang] {
                let told = try await desk.client.page("/my/messages", as: writer)
                #expect(told.text.contains("您申请的人员已经增加"))
            }
            // The draft can be sent as it is.
            let entries = try await desk.client.page("/entries", as: desk.li)
            let draft = try #require(
                entries.text.firstMatch(of: /href="(\/entries\/new\/post\?draft=[^"]+)"/)
            ).1
            let sent = try await desk.client.submit(
                String(draft), Self.post("郑试丙", ["then": "post"]), to: "/entries/new/post",
                as: desk.li)
            #expect(sent.status == 303)
            #expect(try await desk.count("record") == 1)
            #expect(try await desk.verified().isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func whoIsNotAddedIsToldWhy(on engine: Engine) async throws {
        try await with(engine) { desk, system in
            _ = try await desk.write(Self.post("周远方"), kind: "post")
            let place = try await Self.proposal(desk)
            let page = try await desk.client.page(place, as: system)
            #expect(page.text.contains("P-3"), "a namesake elsewhere is shown")
            let bare = try await desk.client.submit(
                place, ["because": ""], to: place + "/refusal", as: system)
            #expect(bare.status == 422)
            let declined = try await desk.client.submit(
                place, ["because": "就是二社区的周远方，请填P-3"], to: place + "/refusal", as: system)
            #expect(declined.status == 303)
            #expect(try await desk.client.page(place, as: system).status == 404)
            let list = try await desk.client.page("/entries", as: desk.li)
            #expect(list.text.contains("未增加") && list.text.contains("请填P-3"))
            #expect(try await desk.test.database.read { try $0.personCount() } == 3)
            // Asked for anew, it waits again.
            _ = try await desk.write(Self.post("周远方"), kind: "post")
            #expect(try await Self.proposals(desk) == 1)
        }
    }

    @Test(arguments: Engine.available)
    func whatNobodyDealsWithIsDeletedAfterThirtyDays(on engine: Engine) async throws {
        try await with(engine) { desk, _ in
            _ = try await desk.write(Self.post("郑试丙"), kind: "post")
            for (days, left) in [(29, 1), (31, 0)] {
                let now = Moment(
                    milliseconds: TestDistrict.moment.milliseconds + Int64(days) * 86_400_000)
                try await desk.test.database.write { db in
                    for sweeper in ledgerData.sweepers where sweeper.name == Self.table {
                        _ = try sweeper.sweep(db, now)
                    }
                }
                #expect(try await Self.proposals(desk) == left, "after \(days) days")
            }
        }
    }

    @Test(arguments: Engine.available)
    func underSealNobodyIsAskedFor(on engine: Engine) async throws {
        try await with(engine) { desk, _ in
            let kinds = desk.test.district.catalogue.kinds.values.filter {
                $0.visibility == .sealed && !$0.persons.isEmpty
            }
            #expect(!kinds.isEmpty)
            for kind in kinds {
                let answer = try await desk.client.page("/entries/new/\(kind.id)", as: desk.li)
                #expect(!answer.text.contains("value=\"propose\""), "\(kind.id)")
            }
        }
    }

    private static let list = "/admin/persons/proposals"
    private static let table = "person_proposal"
}

extension Connection {
    fileprivate func personCount() throws -> Int {
        try value("SELECT COUNT(*) FROM person", as: Int.self) ?? 0
    }
}
