import Accounts
import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// Who gives rights by entering a post is somebody else, and stands higher.
struct PostRightsTests {
    private static let persons = """
        人员编号,姓名,单位
        P-1,甲一,410102001001
        P-2,乙二,410102001001
        P-3,丙三,410102001001

        """

    private static func post(_ changes: [String: String] = [:]) -> [String: String] {
        [
            "unit": WritingDesk.first, "day": "2015-06-01", "person.holder": "P-1",
            "field.position": "committee_secretary", "then": "post",
        ].merging(changes) { $1 }
    }

    /// The desk, with a street's leader and a clerk who is a person of the register.
    private func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (WritingDesk, SignedIn, SignedIn) async throws -> Void
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            try await desk.test.accept(Self.persons, what: "persons")
            let street = try await desk.test.account(
                "jie", role: "street_lead", unit: "410102001")
            let holder = try await desk.test.account(
                "ren", role: "reader", unit: WritingDesk.first,
                person: try await person("P-1", desk))
            try await body(desk, street, holder)
        }
    }

    private func person(_ number: String, _ desk: WritingDesk) async throws -> Person.ID {
        try await desk.test.database.read { db in
            try #require(try PersonStore(db: db).find(number: number).first?.id)
        }
    }

    private func rights(_ reader: SignedIn, _ desk: WritingDesk) async throws -> Set<Right> {
        let test = desk.test
        return try await test.database.read { db in
            let account = try #require(try AccountStore(db).find(reader.id))
            let access = try test.accounts.access(of: account, on: test.district.now().day, db)
            return Set(access.holdings.map(\.right))
        }
    }

    private func confirm(
        _ place: String, as second: SignedIn, _ desk: WritingDesk
    ) async throws -> PageAnswer {
        try await desk.client.submit(place, [:], to: "\(place)/posting", as: second)
    }

    @Test(arguments: Engine.available)
    func aPostThatBringsRightsWaitsForSomebodyHigherUp(on engine: Engine) async throws {
        try await with(engine) { desk, street, holder in
            let sent = try await desk.write(Self.post(), kind: "post")
            let place = String(try #require(sent.location, "\(sent.text)").prefix { $0 != "?" })
            #expect(place.hasPrefix("/confirmations/"))
            #expect(try await rights(holder, desk) == [.read])
            // The secretary of the same community confirms there, but is a peer of the post.
            let peer = try await desk.client.page(place, as: desk.wu)
            #expect(peer.text.contains("须由上级单位有同样权限的人复核"))
            #expect(peer.hidden(for: "\(place)/posting").isEmpty)
            #expect(try await confirm(place, as: desk.wu, desk).status != 303)
            #expect(try await desk.count("record") == 0)
            #expect(try await confirm(place, as: street, desk).status == 303)
            #expect(try await rights(holder, desk) == [.read, .write, .confirm, .import])
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func atOfARoleBindsPostsAsWell(on engine: Engine) async throws {
        try await with(engine) { desk, street, holder in
            let officer = try await desk.test.account(
                "guan", role: "organization_officer", unit: "410102")
            let sent = try await desk.write(
                Self.post(["field.position": "street_leader"]), kind: "post", as: officer)
            #expect(sent.location?.hasPrefix("/records/") == true, "a fact that brings nothing")
            #expect(try await rights(holder, desk) == [.read])
            let security = try await desk.test.account("an", office: .security)
            let page = try await desk.client.page(
                "/admin/grants/\(holder.id)", as: security)
            #expect(page.text.contains("这类单位没有这个角色"))
        }
    }

    @Test(arguments: Engine.available)
    func itsEndItsCorrectionAndTheReturnOfItsEndWaitAsWell(on engine: Engine) async throws {
        try await with(engine) { desk, street, holder in
            let sent = try await desk.write(Self.post(), kind: "post")
            let place = String(try #require(sent.location).prefix { $0 != "?" })
            let posted = try await confirm(place, as: street, desk)
            let id = String(try #require(posted.location).dropFirst(9).prefix(26))
            func asks(
                _ step: String, _ fields: [String: String], on record: String = id
            ) async throws -> String {
                let sent = try await desk.client.submit(
                    "/entries/records/\(record)/\(step)", fields, as: desk.li)
                let location = try #require(sent.location, "\(sent.text)")
                #expect(location.hasPrefix("/confirmations/"), "\(step)")
                return String(location.prefix { $0 != "?" })
            }
            let moved = try await asks(
                "correct", Self.post(["person.holder": "P-2", "reason": "写错"]))
            #expect(try await confirm(moved, as: desk.wu, desk).status != 303)
            _ = try await desk.client.submit(moved, [:], to: "\(moved)/withdrawal", as: desk.li)
            let taken = try await asks("reverse", ["reason": "写错"])
            _ = try await desk.client.submit(taken, [:], to: "\(taken)/withdrawal", as: desk.li)
            let ended = try await asks("end", ["day": "2015-06-10"])
            #expect(try await rights(holder, desk).contains(.confirm))
            #expect(try await confirm(ended, as: street, desk).status == 303)
            #expect(try await rights(holder, desk) == [.read])
            let end = try #require(
                try await desk.test.database.read { db in
                    try db.value("SELECT id FROM record WHERE ends = \(id)", as: String.self)
                })
            let back = try await asks("reverse", ["reason": "没有离任"], on: end)
            #expect(try await confirm(back, as: desk.wu, desk).status != 303)
            #expect(try await rights(holder, desk) == [.read])
            #expect(try await confirm(back, as: street, desk).status == 303)
            #expect(try await rights(holder, desk).contains(.confirm))
            #expect(try await desk.verified() == [])
        }
    }

    /// What waits says so before it is sent; a post that brings nothing does not wait.
    @Test(arguments: Engine.available)
    func theFormsOfAStepSayBeforehandThatItWaits(on engine: Engine) async throws {
        try await with(engine) { desk, street, holder in
            func id(_ answer: PageAnswer) throws -> String {
                String(try #require(answer.location, "\(answer.text)").dropFirst(9).prefix(26))
            }
            func says(
                _ step: String, of record: String, to reader: SignedIn
            ) async throws -> Bool {
                let page = try await desk.client.page(
                    "/entries/records/\(record)/\(step)", as: reader)
                try #require(page.status == 200)
                let isSaid = page.text.contains("须由上级单位有同样权限的人复核")
                #expect(page.text.contains("提交复核") == isSaid, "its button says the same")
                return isSaid
            }
            let sent = try await desk.write(Self.post(), kind: "post")
            let place = String(try #require(sent.location).prefix { $0 != "?" })
            let post = try id(try await confirm(place, as: street, desk))
            let plain = try id(
                try await desk.write(
                    Self.post(["person.holder": "P-2", "field.position": "community_director"]),
                    kind: "post"))
            for step in ["end", "reverse", "correct"] {
                #expect(try await says(step, of: post, to: desk.li), "\(step)")
                let isSaid = try await says(step, of: plain, to: desk.li)
                #expect(!isSaid, "\(step)")
            }
            // To give up a post of one's own is anybody's, at once: it says nothing, and is done.
            let isSaid = try await says("end", of: post, to: holder)
            #expect(!isSaid)
            let given = try await desk.client.submit(
                "/entries/records/\(post)/end", ["day": "2015-06-20"], as: holder)
            #expect(given.location?.hasSuffix("?done=entry_ended") == true, "\(given.text)")
        }
    }

    @Test(arguments: Engine.available)
    func aPostWrittenByAnAccountWithoutAWarrantBringsNothing(on engine: Engine) async throws {
        try await with(engine) { desk, street, holder in
            let test = desk.test
            let writer = desk.li.actor
            try await test.database.write { db in
                let kind = try #require(test.district.catalogue.kinds["post"])
                let entry = try test.district.read(
                    [
                        .day: "2015-05-01", .unit: WritingDesk.first,
                        .field("position"): "committee_secretary", .person("holder"): "P-1",
                    ], kind: kind, db: db)
                try test.district.post(entry, by: writer, db: db)
            }
            #expect(try await rights(holder, desk) == [.read])
            let security = try await test.account("an", office: .security)
            let page = try await desk.client.page("/admin/grants/\(holder.id)", as: security)
            #expect(page.text.contains("未经上级复核，不带来权限"))
            // What is brought at the machine brings them: offices are given there as well.
            try await test.accept(
                "日期,单位,职务,任职人\n2015-05-02,410102001001,committee_secretary,P-1\n",
                what: "post")
            #expect(try await rights(holder, desk).contains(.confirm))
        }
    }
}
