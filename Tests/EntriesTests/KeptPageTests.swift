import Accounts
import Core
import Storage
import TestKit
import Testing

/// Pages that are kept for who may do just the same.
struct KeptPageTests {
    @Test(arguments: Engine.available)
    func aPageKeptForOneIsNotShownToWhoMayDoLess(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let path = "/records/\(try await desk.written())"
            let step = "/entries\(path)/correct"
            for reader in [desk.li, desk.wang, desk.li] {
                #expect(try await desk.client.page(path, as: reader).text.contains(step))
            }
            for reader in [desk.zhao, desk.reader, nil] {
                let page = try await desk.client.page(path, as: reader)
                #expect(page.status == 200 && !page.text.contains(step))
            }
            #expect(try await desk.client.page(path, as: desk.li).text.contains(step))
        }
    }

    @Test(arguments: Engine.available)
    func aKeptPageIsGoneWithTheRightItShows(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let path = "/records/\(try await desk.written())"
            let step = "/entries\(path)/correct"
            #expect(try await desk.client.page(path, as: desk.li).text.contains(step))
            let (key, li) = (desk.test.district.key, desk.li)
            try await desk.test.database.write { db in
                let grants = GrantStore(db)
                for grant in try grants.history(of: li.id) {
                    _ = try grants.end(grant.id, at: TestDistrict.moment, by: li.actor)
                    try Audit(db, key: key).record(
                        "role.ended", grant.id.text, by: li.actor, at: TestDistrict.moment,
                        quietly: true)
                }
            }
            let page = try await desk.client.page(path, as: li)
            #expect(page.status == 200 && !page.text.contains(step))
            #expect(try await desk.client.page("/entries", as: li).status == 404)
            #expect(try await desk.client.page(path, as: desk.wang).text.contains(step))
        }
    }

    @Test(arguments: Engine.available)
    func eachSessionSignsOutWithItsOwnToken(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            func head(_ reader: SignedIn?) async throws -> [String: String] {
                try await desk.client.page("/", as: reader).hidden(for: "/sign-out")
            }
            let (li, wang, again) = (
                try await head(desk.li), try await head(desk.wang), try await head(desk.li)
            )
            #expect(try await head(nil) == [:])
            #expect(li["_token"] != nil && li["_token"] != wang["_token"])
            #expect(li["_key"] != again["_key"], "two showings are two forms")
            let foreign = try await desk.client.send(
                "/sign-out", wang.map { ($0.key, $0.value) }, as: desk.li)
            #expect(foreign.status == 403)
            let out = try await desk.client.send(
                "/sign-out", again.map { ($0.key, $0.value) }, as: desk.li)
            #expect(out.status == 303)
            #expect(try await desk.client.page("/my", as: desk.li).status == 303)
        }
    }
}
